#!/usr/bin/env bash
# dns.sh - the window of Apple's DNS domains, clicked through as root, for whom nobody is asked for a
# password: list, add, refuse, remove; and the line for a terminal where the command is not root's.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
apple_world
hide_podman
gui_server

w='DNS Domains'
domains() { (cd "$apple/dns" 2>/dev/null && echo *); }
type_in() { # TEXT: into the field of the new domain, whose label is at its left
    local x y
    read -r x y < <(gui_control_at "$w" 'New domain')
    gui_click $((x + 200)) "$y"
    xdotool key End
    xdotool key --repeat 20 --delay 10 BackSpace
    xdotool type --delay 20 -- "$1"
}
shows() { wait_for 20 gui_control_seen "$w" "$1"; }

container web
gui_start "$ck"
wait_for 30 gui_bar_is 1

step "a row of Apple's section opens the window, and the list is empty"
gui_open
gui_pick "$w"
shows 'No domains yet.'
gui_shot dns-1-empty

step "add one: by the button, and by Return"
type_in dev.local
gui_press "$w" Add
shows 'dev.local was added.'
is "$(domains)" "dev.local"
gui_shot dns-2-added
type_in test
xdotool key Return
shows 'test was added.'
is "$(domains)" "dev.local test"

step "what can be no domain, and what is there already, is told, and nothing is run"
: >"$apple/calls"
type_in '-x;id'
gui_press "$w" Add
shows 'That is no domain'
gui_shot dns-3-refused
has_not "$(cat "$apple/calls")" create
type_in test
gui_press "$w" Add
shows 'is there already'
has_not "$(cat "$apple/calls")" create

step "a removal is confirmed in the window"
gui_press "$w" 'Remove…' # of the last row
shows 'Remove test?'
gui_shot dns-4-confirm
gui_press "$w" 'Keep It'
shows 'New domain'
is "$(domains)" "dev.local test"
gui_press "$w" 'Remove…'
shows 'Remove test?'
gui_press "$w" 'Remove Domain'
shows 'test was removed.'
is "$(domains)" "dev.local"

step "what the engine says when it fails"
echo exit=1 dns-create >"$apple/fault"
type_in other
gui_press "$w" Add
shows 'other was not added'
rm "$apple/fault"

step "a command that others could change is not run: the line for a terminal is there, to be copied"
chmod g+w /usr/local/bin/container
: >"$apple/calls"
gui_press "$w" Add # what was typed is still there
shows 'sudo /usr/local/bin/container system dns create other'
gui_press "$w" 'Copy sudo Command'
shows 'Copied.'
gui_shot dns-5-sudo
has_not "$(cat "$apple/calls")" create
chmod g-w /usr/local/bin/container

step "a question that stays open keeps the menu and Quit"
echo hang dns-create >"$apple/fault"
gui_press "$w" Add
shows 'Adding other'
gui_shot dns-6-busy
gui_open
gui_at "$w" >/dev/null || fail "the menu does not list the window"
gui_close
gui_quit
