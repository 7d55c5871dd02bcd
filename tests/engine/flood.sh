#!/usr/bin/env bash
# flood.sh - an engine prints 1 GiB: memory stays bounded, the others are listed all the same. A
# sanitizer keeps what was freed, so this is for the plain build.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world
apple_world
container web

peak_of() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$1/status"; }

step "list: what the other engine has, and one sentence"
echo "flood list" >"$apple/fault"
ends 1 "$ck" list
matches "$out" " web +running .* podman$"
matches "$err" "^container-kit: Apple container: ."
is "$(wc -l <"$world/err")" 1 "sentences"

step "watch: the peak of its memory"
rm "$apple/fault"
start_watch
wait_for 20 saw 'apple   -  .* -> running: 1 of 1'
echo "before: $(peak_of "$watcher") kB"
echo "flood list" >"$apple/fault"
apple_changed
wait_for 100 saw 'apple   -  running -> failed: .'
peak=$(peak_of "$watcher")
echo "peak: $peak kB"
[ "$peak" -lt 204800 ] || fail "watch grew to $peak kB"
[ "$peak" -gt 32768 ] || fail "a peak of $peak kB: nothing was flooded"
stop_watch TERM
