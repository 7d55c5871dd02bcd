#!/usr/bin/env bash
# settings.sh - Settings…: a click counts at once, in the menu bar and in what is kept.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web

setting_is() { [ "$("$ck" settings "$1")" = "$2" ]; }

step "a menu row opens the window"
gui_start "$ck"
wait_for 20 gui_bar_is 1
gui_open
gui_pick Settings
wait_for 10 gui_control_seen Settings 'Open at login'
gui_shot settings-1

step "the number beside the icon goes and comes back"
gui_press Settings 'Show how many'
wait_for 10 gui_bar_is ''
wait_for 10 setting_is show-count false
gui_press Settings 'Show how many'
wait_for 10 gui_bar_is 1
wait_for 10 setting_is show-count true

step "an engine that is not to be looked at is not in the menu, and back again"
gui_press Settings Podman
wait_for 10 setting_is podman false
wait_for 10 gui_bar_is ''
gui_open
! tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE" | grep -q $'^item\t.*web' || fail "its container is in the menu"
gui_shot settings-2-off
gui_close
gui_press Settings Podman
wait_for 10 setting_is podman true
wait_for 20 gui_bar_is 1

step "what is told is chosen too"
gui_press Settings 'keeps restarting'
wait_for 10 setting_is notify-loop false
gui_shot settings-3

step "the command line's value is there at the next start"
gui_press Settings Close
wait_for 5 gui_window_is_gone Settings
gui_quit
ends 0 "$ck" settings grace-seconds 45
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 20 gui_bar_is 1
gui_open
gui_pick Settings
wait_for 10 gui_control_seen Settings 'Open at login'
gui_shot settings-4-other
xdotool key Escape
wait_for 5 gui_window_is_gone Settings
gui_quit
