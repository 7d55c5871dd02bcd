#!/usr/bin/env bash
# container.sh - what one container's sub-menu has beyond start and stop: pause, kill and remove, with
# and without Option; copies, read back from the X clipboard; the window that inspects it.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

# What is asked of GNUstep's pasteboard server while a program is giving it something made it hang up
# on that program, which ends then (gnustep-back 0.29): a person is slower than that, so this is too.
copied() {
    sleep 0.3
    timeout 3 xclip -o -selection clipboard 2>/dev/null
}
copied_is() { [ "$(copied)" = "$1" ]; }
copied_has() { copied | grep -qF -- "$1"; }
is_there() { podman container exists "$1"; }
is_gone() { ! podman container exists "$1"; }
option_down() { # until the rows that Option shows are there
    local before
    before=$(gui_count $'^item\t.*\tKill\t')
    xdotool keydown Alt_R
    wait_for 10 gui_more "$before" $'^item\t.*\tKill\t'
}
open_row() { # NAME: the menu, with that container's sub-menu, which has no Start while it is paused
    local before
    gui_open
    before=$(gui_count $'^item\t.*\tRestart\t')
    gui_hover "$1"
    wait_for 10 gui_more "$before" $'^item\t.*\tRestart\t'
    sleep 0.1
}
open_copies() { # NAME: the menu, with what can be copied of that container
    open_row "$1"
    gui_hover Copy "$1"
    wait_for 10 gui_at 'Run Command' Copy >/dev/null
}
text_has() { # TEXT: the text of the window $w, as its button copies it, has that in it
    gui_press "$w" Copy
    copied_has "$1"
}
shows() { wait_for 20 gui_control_seen "$@"; }

podman run -d --name web -e SECRET='pa ss' -v /etc:/host:ro localhost/ck-test:1 \
    sh -c 'trap "" TERM; while :; do sleep 0.1; done' >/dev/null
container db
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null
gui_start "$ck"
wait_for 20 gui_bar_is 2

step "Pause and Resume"
open_row web
gui_shot container-1-rows
gui_pick Pause
wait_for 20 state_is web paused
wait_for 10 gui_bar_is 1
open_row web
gui_pick Resume
wait_for 20 state_is web running
wait_for 10 gui_bar_is 2

step "copies: what the list has, and the line that would make it, without values"
open_copies web
gui_shot container-2-copy
gui_pick Image Copy
wait_for 10 copied_is localhost/ck-test:1
open_copies web
gui_pick 'Run Command' Copy
wait_for 10 copied_has 'podman run --detach --name web '
has "$(copied)" ' --volume /etc:/host:ro --env SECRET localhost/ck-test:1 sh -c '
has_not "$(copied)" 'pa ss'

step "with Option the values are in it"
open_copies web
option_down
gui_shot container-3-option
gui_pick 'Run Command with Values' Copy
xdotool keyup Alt_R
wait_for 10 copied_has "--env 'SECRET=pa ss'"

step "Inspect: the values are hidden until they are asked for"
w='Inspect web'
open_row web
gui_pick Inspect
wait_for 20 text_has '"SECRET=••••"'
has_not "$(copied)" 'pa ss'
gui_shot container-4-inspect
gui_press "$w" 'Show values'
wait_for 20 text_has '"SECRET=pa ss"'
gui_shot container-5-values
gui_press "$w" 'Show values'
wait_for 20 text_has '"SECRET=••••"'

step "a search goes round, both ways"
xdotool key alt+f
xdotool type --delay 20 restartpolicy
xdotool key Return
shows "$w" '1 of '
gui_shot container-6-found
gui_press "$w" Copy # what is selected
wait_for 10 copied_is RestartPolicy
xdotool key alt+shift+g
shows "$w" '1 of 1'
xdotool key alt+a type zzz
gui_press "$w" Next
shows "$w" 'Not found'

step "the Edit menu's keys are those of the text that was clicked"
gui_click 400 450
xdotool key alt+a
xdotool key alt+c
wait_for 10 copied_has '"SECRET=••••"'

step "Remove asks, while another container's change comes into the menu"
r='Remove cold'
open_row cold
gui_pick 'Remove…'
shows "$r" 'Remove the container cold?'
gui_shot container-7-remove
gui_open
podman stop -t 0 db >/dev/null
wait_for 10 gui_changed $'\t.*○ db'
gui_shot container-8-meanwhile
gui_close
is_there cold
gui_press "$r" Cancel
wait_for 10 gui_window_is_gone "$r"
is_there cold || fail "Cancel removed it"
open_row cold
gui_pick 'Remove…'
gui_press "$r" Remove
wait_for 20 is_gone cold
{ is_there db && is_there web; } || fail "another one was removed"

step "one that runs is ended, and the question says so; what was asked is what is done"
r='Remove db'
open_row db
gui_pick 'Remove…'
shows "$r" 'Remove the container db?'
podman start db >/dev/null
wait_for 10 gui_bar_is 2
gui_press "$r" Remove # it was asked about a container that had ended
gui_open
wait_for 10 gui_at 'cannot remove db: it is running' >/dev/null
gui_close
is_there db || fail "a running one was removed, and nobody had asked that"
open_row '● db'
gui_pick 'Remove…'
shows "$r" 'ended at once'
gui_shot container-9-running
gui_press "$r" Remove
wait_for 20 is_gone db
wait_for 10 gui_bar_is 1

step "Kill, for what does not end by itself, and Remove Now"
open_row '● web'
option_down
gui_pick Kill
xdotool keyup Alt_R
wait_for 20 state_is web exited
wait_for 10 gui_bar_is ''
open_row '○ web'
option_down
gui_pick 'Remove Now'
xdotool keyup Alt_R
wait_for 20 is_gone web
gui_press "$w" Refresh
told_gone() { gui_control_seen "$w" 'is gone' || gui_control_seen "$w" 'no such container'; }
wait_for 20 told_gone # by us or, before our next look, by the engine
gui_shot container-10-gone
gui_quit
