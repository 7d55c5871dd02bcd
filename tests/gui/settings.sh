#!/usr/bin/env bash
# settings.sh - Settings…: a click counts at once, in the menu bar and in what is kept.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
cat >>"$world/c.conf" <<EOT
[engine.service_destinations.build-server]
uri="unix://$world/nobody.sock"
EOT
gui_server
container web

# NOW STEPS: of the pop-up button that shows NOW the choice so many rows below it, negative for above.
# GNUstep's list opens with NOW above the button and has rows of its height.
choose() {
    local x y
    gui_press Settings "$1"
    read -r x y < <(gui_control_at Settings "$1")
    sleep 0.3 # the list comes up in a loop of its own, which says nothing
    gui_click "$x" $((y + 24 * $2))
}
muted_is() { # NAME
    [ "$(/usr/bin/python3 -c 'import sqlite3, sys
print(*[n for n, in sqlite3.connect(sys.argv[1]).execute("SELECT name FROM muted")])' \
        "$XDG_DATA_HOME/container-kit/container-kit.db")" = "$1" ]
}
press_box() { # TITLE, the whole of it
    local x y
    read -r x y < <(awk -F'\t' -v t="$1" '$1 == "control" && $3 == t {p = $4 " " $5} END {print p}' "$GS_STATUSBAR_TRACE")
    gui_move "$x" "$y"
    xdotool mousedown 1
    sleep 0.1 # as in gui_press
    xdotool mouseup 1
}
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
choose General 1
wait_for 10 gui_control_seen Settings 'Look at the containers of'
gui_shot settings-2-engines
press_box Podman
wait_for 10 setting_is podman false
wait_for 10 gui_bar_is ''
gui_open
! tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE" | grep -q $'^item\t.*web' || fail "its container is in the menu"
gui_shot settings-3-off
gui_close
press_box Podman
wait_for 10 setting_is podman true
wait_for 20 gui_bar_is 1

step "a connection that podman knows can be chosen, and its section says so"
choose 'own choice' 1 # podman's: it stands lower, and docker's is not there
wait_for 10 setting_is podman-connection build-server
wait_for 20 gui_bar_is ''
gui_open
wait_for 10 gui_at 'context: build-server' >/dev/null
gui_shot settings-4-connection
gui_close
choose build-server -1
wait_for 10 setting_is podman-connection ''
wait_for 20 gui_bar_is 1

step "what is told is chosen too"
choose Engines 1
wait_for 10 gui_control_seen Settings 'Tell me when'
gui_press Settings 'keeps restarting'
wait_for 10 setting_is notify-loop false
gui_shot settings-5-notes

step "who is muted from the menu is listed, and is not muted any more by a button"
gui_open
gui_hover_row web
gui_pick 'Mute Notifications'
wait_for 10 muted_is web
gui_press Settings Close
wait_for 5 gui_window_is_gone Settings
gui_open
gui_pick Settings
wait_for 10 gui_control_seen Settings 'web (Podman)'
gui_shot settings-5-muted
gui_press Settings Unmute
wait_for 10 muted_is ''

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
choose General 1
wait_for 10 gui_control_seen Settings '45 seconds'
gui_shot settings-6-other
choose Engines 3
wait_for 10 gui_control_seen Settings 'Events in the history'
gui_shot settings-7-advanced
xdotool key Escape
wait_for 5 gui_window_is_gone Settings
gui_quit
