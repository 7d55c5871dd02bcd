#!/usr/bin/env bash
# place.sh - a container that dies above the pointer must not make the click hit another one
# (mac-behaviour 3): rows keep their places while the menu is open, and the order is settled after it.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

step "four containers run"
for name in a1 b2 c3 d4; do container "$name"; done
gui_start "$ck"
wait_for 20 gui_bar_is 4

step "the one above the pointer dies, one is removed, a new one comes; then Stop is clicked"
gui_open
gui_hover_row c3
podman kill a1 >/dev/null
wait_for 10 gui_changed $'a1'
podman rm -f -t 0 b2 >/dev/null
wait_for 10 gui_changed $'b2'
container e5
wait_for 10 gui_changed $'e5'
gui_shot place-1-while-open
gui_pick Stop
wait_for 20 state_is c3 exited
state_is d4 running || fail "the wrong container was stopped"
state_is e5 running || fail "the wrong container was stopped"

step "closed, the order is settled"
wait_for 10 gui_bar_is 2
gui_open
gui_shot place-2-settled
[ "$(gui_order a1)" -gt "$(gui_order d4)" ] || fail "a1 has ended and is still above d4"
gui_close
gui_quit
