#!/usr/bin/env bash
# orphan.sh - the program ends, however it ends: no child of ours is left after 2 s, and no container
# and no daemon goes with it.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world
container web
container db

all_gone() { for pid in "$@"; do gone "$pid" || return 1; done; }

step "kill -9 of watch: its children, the leash among them, are gone within 2 s"
start_watch
wait_for 20 saw 'podman  -  .* -> running: 2 of 2'
streams() { pgrep -P "$watcher" -f 'podman events' >/dev/null; }
wait_for 10 streams
children=$(children_of "$watcher")
[ "$(wc -w <<<"$children")" -ge 2 ] || fail "expected the event stream and the leash: $children"
kill -9 "$watcher"
# shellcheck disable=SC2086 # words
wait_for 2 all_gone $children

step "the same while an engine hangs and takes no notice of TERM"
apple_world
echo hang >"$apple/fault"
start_watch
hangs() { pgrep -P "$watcher" -f /usr/local/bin/container >/dev/null; }
wait_for 20 hangs
wait_for 20 streams
children=$(children_of "$watcher")
kill -9 "$watcher"
# shellcheck disable=SC2086
wait_for 2 all_gone $children

step "SIGTERM, SIGINT, SIGHUP: an end in order within 2 s, also while an engine hangs"
for signal in TERM INT HUP; do
    start_watch
    wait_for 20 hangs
    wait_for 20 streams
    children=$(children_of "$watcher")
    stop_watch "$signal"
    # shellcheck disable=SC2086
    wait_for 2 all_gone $children
done
rm "$apple/fault"

step "no container went with it"
is "$(state_of web) $(state_of db)" "running running"

step "kill -9 in the middle of a stop: its child ends, nothing else does"
container slow sh -c 'trap "" TERM; while :; do sleep 0.1; done'
"$ck" stop --engine podman --time 30 slow >/dev/null 2>&1 </dev/null &
stopper=$!
stops() { pgrep -P "$stopper" -f 'podman stop' >/dev/null; }
wait_for 20 stops
children=$(children_of "$stopper")
kill -9 "$stopper"
# shellcheck disable=SC2086
wait_for 2 all_gone $children
is "$(state_of web) $(state_of db)" "running running"

step "what a container was started by may die: the container lives on"
ends 0 "$ck" stop --engine podman web
"$ck" start --engine podman web >/dev/null 2>&1 </dev/null &
starter=$!
wait_for 20 state_is web running
kill -9 "$starter" 2>/dev/null || true
wait "$starter" 2>/dev/null || true
start_watch
wait_for 20 saw 'podman  -  .* -> running: '
is "$(state_of web)" running
stop_watch TERM
is "$(state_of web)" running
