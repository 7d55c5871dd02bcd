#!/usr/bin/env bash
# stats.sh - what a container uses: measured while its sub-menu is open, drawn there, and not a moment
# longer. In the rows themselves only if that is switched on.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

asking() { world_pids stats; } # processes that ask an engine for statistics
not_asking() { [ -z "$(asking)" ]; }

step "one container works, one sleeps"
# about a third of a processor; it ends at once on TERM
container busy sh -c 'trap "exit 0" TERM
    while :; do i=0; while [ $i -lt 4000 ]; do i=$((i + 1)); done; sleep 0.02; done'
container idle
gui_start "$ck"
wait_for 20 gui_bar_is 2

step "the menu alone asks for nothing, the sub-menu does"
gui_open
not_asking || fail "statistics are asked for though nobody looks"
gui_hover_row busy
gui_changed 'CPU [0-9.]+% · Memory [0-9.]+.[kM]B' ||
    wait_for 20 gui_changed 'CPU [0-9.]+% · Memory [0-9.]+.[kM]B'
wait_for 20 gui_changed 'CPU, last 60 s: peak [0-9.]+%'
sleep 8
gui_shot stats-1-sub-menu

step "closed, nothing asks any more"
gui_close
wait_for 5 not_asking
gui_quit
