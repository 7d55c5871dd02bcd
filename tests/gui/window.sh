#!/usr/bin/env bash
# window.sh - the windows: the first start's, About, the one that stands in for an icon that cannot be
# seen; they close by button and by keys, are listed in the menu, and keep nobody from logging out.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web

welcome_is_due() { rm -f "$gui_dir/data/container-kit/first-start-done"; }
# shellcheck disable=SC2046 # two words
bar_window() { xdotool mousemove $(gui_bar) getmouselocation --shell | sed -n 's/^WINDOW=//p'; }
no_row() { ! gui_at "$1" >/dev/null; } # TITLE: not in the menu that was opened last

step "the first start: one window, and what it says of the engine comes in time"
welcome_is_due
gui_start "$ck"
wait_for 20 gui_bar_is 1
wait_for 10 gui_control_seen Welcome "Podman"
gui_shot window-1-welcome
stat -c %a "$gui_dir/data/container-kit/first-start-done" >"$world/mode"
is "$(cat "$world/mode")" 600 "mode of the note that it was shown"

step "it is in the menu while it is open"
gui_open
gui_at Welcome >/dev/null || fail "the menu does not list the open window"
gui_shot window-2-menu
gui_close
gui_press Welcome Done
wait_for 5 gui_window_is_gone Welcome

step "About: shown by a click, closed by Escape, by Command-W, by its menu row brought to the front"
gui_open
gui_pick 'About Container Kit'
wait_for 10 gui_control_seen 'About Container Kit' Version
gui_shot window-3-about
xdotool key Escape
wait_for 5 gui_window_is_gone 'About Container Kit'
gui_open
gui_pick 'About Container Kit'
wait_for 10 gui_control_seen 'About Container Kit' Version
xdotool key alt+w
wait_for 5 gui_window_is_gone 'About Container Kit'

step "an icon that cannot be seen: a window stands in for it"
wait_for 30 grep -q 'icon: placed' "$gui_dir/app.log"
kill -TERM "$gui_app"
wait_for 2 gone "$gui_app"
gui_start "$ck"
wait_for 20 gui_bar_is 1
sleep 1
bar=$(bar_window)
xdotool windowmove "$bar" 300 400
wait_for 30 grep -q 'icon: off screen' "$gui_dir/app.log"
wait_for 30 gui_control_seen 'Container Kit' 'cannot be seen'
sleep 1
gui_shot window-4-stand-in
cat "$gui_dir/app.log"
