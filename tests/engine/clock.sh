#!/usr/bin/env bash
# clock.sh - the wall clock jumps, as it does when a machine wakes or its date is set: deadlines stay,
# ages follow. libfaketime moves the clock of our program alone, and leaves the monotonic one.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world

jump() { echo "$1" >"$world/time"; } # the clock shows so much later from now on
with_clock() {
    # the sanitizer's own library is in the program and does not mind what stands before it
    env FAKETIME_TIMESTAMP_FILE="$world/time" FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1 \
        ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
        LD_PRELOAD="$(echo /usr/lib/*/faketime/libfaketimeMT.so.1)" "$@"
}

step "the clock that the program sees can be moved"
jump +0
container web
with_clock "$ck" menu >"$world/now"
jump +8h
with_clock "$ck" menu >"$world/later"
has_not "$(cat "$world/now")" "8 h"
has "$(cat "$world/later")" "8 h" "the menu eight hours later"

step "eight hours pass during a stop: it is not over its deadline"
jump +0
container slow sh -c 'trap "sleep 3; exit 0" TERM; while :; do sleep 0.1; done'
with_clock "$ck" stop --time 30 slow >"$world/stopped" 2>&1 &
stopper=$!
wait_for 20 state_is slow stopping
jump +8h
wait "$stopper" || fail "stop: $(cat "$world/stopped")"
is "$(cat "$world/stopped")" "stopped slow"
is "$(podman inspect --format '{{.State.ExitCode}}' slow)" 0 "exit code of a container that had its time"

step "and eight hours back"
podman start slow >/dev/null
jump +0
with_clock "$ck" stop --time 30 slow >"$world/stopped" 2>&1 &
stopper=$!
wait_for 20 state_is slow stopping
jump -8h
wait "$stopper" || fail "stop: $(cat "$world/stopped")"
is "$(cat "$world/stopped")" "stopped slow"
