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
# shellcheck disable=SC2016 # for the container's shell
container busy sh -c 'trap "exit 0" TERM
    while :; do i=0; while [ $i -lt 4000 ]; do i=$((i + 1)); done; sleep 0.02; done'
container idle
gui_start "$ck"
wait_for 20 gui_bar_is 2

step "the menu alone asks for nothing, the sub-menu does"
gui_open
not_asking || fail "statistics are asked for though nobody looks"
gui_hover_row busy
wait_for 20 gui_changed 'CPU [0-9.]+% · Memory [0-9.]+[^0-9]+[kM]B'
wait_for 20 gui_changed 'CPU, last 60 s: peak [0-9.]+%'
wait_for 30 gui_more 4 '^change.*peak' # some points more, for the picture
gui_shot stats-1-sub-menu

step "another sub-menu is another container"
gui_hover_row idle
wait_for 20 gui_changed 'CPU [0-9].[0-9]% · Memory'

step "closed, nothing asks any more"
gui_close
wait_for 5 not_asking
gui_quit

step "with figures in the rows"
"$ck" settings show-stats true
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 20 gui_bar_is 2
gui_open
wait_for 20 gui_changed '● busy — ck-test:1 · [1-9][0-9]*%'
wait_for 20 gui_changed '● idle — ck-test:1 · [0-9]%'
gui_shot stats-2-rows
[ "$(gui_order busy)" -lt "$(gui_order idle)" ] || fail "a row changed its place"
gui_close
wait_for 5 not_asking
gui_quit
state_is busy running || fail "busy was touched"
