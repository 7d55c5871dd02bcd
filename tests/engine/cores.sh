#!/usr/bin/env bash
# cores.sh - passwords pass through our memory: the program leaves no core file, and the commands that
# it starts may, as the user set it.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world

core_limit() { sed -n 's/^Max core file size *\([0-9a-z]*\) .*/\1/p' "/proc/$1/limits"; }
ulimit -S -c 12 # KiB
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:disable_coredump=0" # the sanitizer would lower it itself

step "ours is 0, that of the event stream is the user's"
start_watch
streams() { stream=$(pgrep -P "$watcher" -f 'podman events'); }
wait_for 20 streams
is "$(core_limit $$)" 12288 "the test's own limit"
is "$(core_limit "$watcher")" 0 "limit of the program"
is "$(core_limit "$stream")" 12288 "limit of a child"
for pid in $(pgrep -P "$watcher" -f -- --leash); do
    is "$(core_limit "$pid")" 0 "limit of the leash, which is ourselves"
done
stop_watch TERM
