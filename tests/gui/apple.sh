#!/usr/bin/env bash
# apple.sh - Apple's engine clicked through end to end: a stand-in that speaks its contract over real
# podman containers. It has no events, so the menu polls; a stop shows its own transitional state.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
apple_world
hide_podman
gui_server

container web
podman create --name cold localhost/ck-test:1 sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done' >/dev/null
gui_start "$ck"
wait_for 30 gui_bar_is 1

step "stop, by click: the row says so at once, the engine only when it is over"
gui_open
gui_hover_row web
gui_shot apple-1-row
gui_pick Stop
wait_for 20 state_is web exited
wait_for 20 gui_bar_is ""

step "start the other one"
gui_open
gui_hover_row cold
gui_pick Start
wait_for 20 state_is cold running
wait_for 20 gui_bar_is 1

step "restart is stop and start"
: >"$apple/calls"
gui_open
gui_hover_row cold
gui_pick Restart
wait_for 30 grep -q '^start cold' "$apple/calls"
grep -q '^stop --time 10 cold' "$apple/calls" || fail "no stop before the start"
wait_for 20 gui_bar_is 1

step "the service goes away: the list stays, with its age, and the menu says why"
echo unregistered >"$apple/fault"
gui_open
gui_pick Refresh
wait_for 20 gui_bar_is ""
gui_open
gui_at cold >/dev/null
gui_at 'not running' >/dev/null
gui_shot apple-2-down
gui_close
rm "$apple/fault"
gui_quit
