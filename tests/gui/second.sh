#!/usr/bin/env bash
# second.sh - one instance per user: a second start says so and leaves the first alone; TERM, like Quit,
# ends the program within 2 s, and after kill -9 no child lives longer; no container is touched.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web
gui_start "$ck"
wait_for 20 gui_bar_is 1

step "a second one gives way"
ends 0 "$ck"
matches "$err$out" "runs already"
ends 0 "$ck" --login
matches "$err$out" "runs already" "a start at login"
gone "$gui_app" && fail "the first one has ended"

step "and the first one opens its menu, as a Mac does when a program is opened again"
wait_for 10 gui_more 0 '^item.*Quit Container Kit'
gui_close
wait_for 10 gui_more 0 '^closed'

step "TERM ends it cleanly"
children=$(ps -o pid= --ppid "$gui_app")
kill -TERM "$gui_app"
wait_for 3 gone "$gui_app"
for pid in $children; do wait_for 3 gone "$pid"; done
gui_healthy
state_is web running

step "after kill -9 the leash ends what it left"
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 20 gui_bar_is 1
children=$(ps -o pid= --ppid "$gui_app")
[ -n "$children" ] || fail "no child: neither a leash nor a stream of events"
kill -9 "$gui_app"
for pid in $children; do wait_for 2 gone "$pid"; done
state_is web running
