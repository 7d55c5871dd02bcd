#!/usr/bin/env bash
# sidecar.sh - the engine that came with the program: laid out as in the bundle, by the script that
# lays it out there, and run from a copy. The engine is Apple's stand-in over real containers.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world
apple_world
hide_podman
rm /usr/local/bin/container

# Not below /tmp, where nothing can be trusted.
place=/usr/local/bin/.place
export XDG_DATA_HOME=$place/data
support=$XDG_DATA_HOME/container-kit
resources=$place/Kit.app/Contents/Resources
mkdir -p "$place/Kit.app/Contents/MacOS" "$place/tree/bin" "$place/tree/libexec/container/plugins"
install -m 0755 "$ck" "$place/Kit.app/Contents/MacOS/container-kit"
ck=$place/Kit.app/Contents/MacOS/container-kit
install -m 0755 tests/fake/container "$place/tree/bin/container"
head -c 3000000 /dev/urandom >"$place/tree/libexec/container/plugins/large"
install -m 0755 /bin/sleep "$place/tree/bin/container-apiserver"
ln -s ../../../bin "$place/tree/libexec/container/plugins/bin"

lay_out() { # VERSION
    sh app/macos/cross/sidecar.sh "$place/tree" "$resources" "$1" ABCDE12345
}
lay_out 1.2.2

installed() { find "$support/engine" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | sort; }
container web

step "it is copied when it is first asked for, and lists containers from the copy"
ends 0 "$ck" version
is "$(installed)" ""
is "$(listed --engine apple)" "web running"
copy=$(installed)
matches "$copy" "^$support/engine/1\.2\.2-[0-9a-f]{12}$"
is "$(stat -c %a "$support/engine")" 700 "mode of the folder of engines"
diff -r "$resources/container" "$copy" || fail "the copy is not the tree"
ends 0 "$ck" doctor
has "$out" "executable  $copy/bin/container"
has "$out" "$copy/bin/container (used: the first there is, and trusted)"
mv "$resources/container" "$resources/away" # no longer needed, and not the one that is run
mkdir "$resources/container"
is "$(listed --engine apple)" "web running"
rmdir "$resources/container"
mv "$resources/away" "$resources/container"

step "a changed copy is not run, and the fixed folders are not taken in its place"
give container tests/fake/container
: >"$apple/calls"
printf x >>"$copy/libexec/container/plugins/large"
ends 3 "$ck" list --engine apple
has "$err" "the bundled engine was changed: $copy/libexec/container/plugins/large has other bytes"
ends 0 "$ck" doctor
matches "$out" "state +not trusted: the bundled engine was changed"
ends 0 "$ck" menu
matches "$out" "not trusted"
ends 3 "$ck" stop web
is "$(state_of web)" running
is "$(cat "$apple/calls")" "" "calls"
rm /usr/local/bin/container
rm -r "$copy"

step "neither is a changed tree copied"
cp -R "$resources" "$place/good"
printf x >>"$resources/container/bin/container"
ends 3 "$ck" list --engine apple
has "$err" "bin/container has other bytes"
is "$(installed)" ""
rm -r "$resources/container"
cp -RP "$place/good/container" "$resources/container"
sed -i 's/^0755/0700/' "$resources/container.sha256"
ends 3 "$ck" list --engine apple
has "$err" "has another mode"
echo broken >"$resources/container.sha256"
ends 3 "$ck" list --engine apple
has "$err" "the bundled engine is not trusted: line 1 of the list"
rm "$resources/container.sha256"
ends 0 "$ck" doctor
matches "$out" "state +not trusted: the bundled engine is not trusted: .*container.sha256 is not there"
lay_out 1.2.2

step "a full disk: nothing is left, and it works when there is room again"
mkdir -p "$support"
mount -t tmpfs -o size=1m,mode=0700 tmpfs "$support"
ends 1 "$ck" list --engine apple
has "$err" "cannot copy the bundled engine's libexec/container/plugins/large: No space left on device"
is "$(installed)" ""
mount -o remount,size=100m "$support"
is "$(listed --engine apple)" "web running"
umount "$support"

step "killed in the middle of the copy: the next one begins anew"
truncate -s 60000000 "$place/tree/libexec/container/plugins/large"
lay_out 1.2.3
"$ck" list >/dev/null 2>&1 </dev/null &
killed=$!
halfway() { [ -s "$(echo "$support/engine/$1"-*.new/libexec/container/plugins/large)" ]; } # VERSION
wait_for 30 halfway 1.2.3
kill -9 "$killed"
wait "$killed" 2>/dev/null || true
matches "$(installed)" '1\.2\.3-[0-9a-f]{12}\.new$'
is "$(listed --engine apple)" "web running"
matches "$(installed)" '/1\.2\.3-[0-9a-f]{12}$'

step "quit in the middle of the copy: it ends at once, and leaves nothing half done"
truncate -s 400000000 "$place/tree/libexec/container/plugins/large"
lay_out 1.2.3-large
start_watch
wait_for 30 halfway 1.2.3-large
stop_watch TERM
has_not "$(installed)" 1.2.3-large

step "two at once: one copies, the other waits"
truncate -s 3000000 "$place/tree/libexec/container/plugins/large"
lay_out 1.2.4
"$ck" list --json >"$world/one" 2>&1 </dev/null &
one=$!
"$ck" list --json >"$world/two" 2>&1 </dev/null &
two=$!
wait "$one" || fail "$(cat "$world/one")"
wait "$two" || fail "$(cat "$world/two")"
has "$(cat "$world/one")" '"web"'
has "$(cat "$world/two")" '"web"'

step "a service that runs from an old copy keeps it, whoever sees it; other old copies go"
old=$(installed | grep /1.2.3-)
"$old/bin/container" system start 2>/dev/null
daemon=$(world_pids container-apiserver || true) # others come and go while it reads
[ -n "$daemon" ] || fail "there is no service"
lay_out 1.2.4-unseen
ends 0 "$ck" list
unseen=$(installed | grep /1.2.4-unseen-)
"$unseen/bin/container-apiserver" 600 &
sleeper=$!
at_exit "kill $sleeper 2>/dev/null"
lay_out 1.2.5
start_watch
wait_for 20 saw 'apple   -  .* -> running: 1 of 1'
swept() { ! installed | grep -q '/1.2.4-[0-9a-f]*$'; }
wait_for 20 swept
is "$(installed | sed 's/.*engine.//; s/-[0-9a-f]*$//' | tr '\n' ' ')" "1.2.3 1.2.4-unseen 1.2.5 "

step "and is still there when the program has ended"
stop_watch TERM
gone "$daemon" && fail "the service ended with the program"
is "$("$old/bin/container" system status --format json | grep -o '"status":"running"')" '"status":"running"'
kill "$daemon"

# Both apps whole, in one call, as an update does it.
exchange() { # ONE OTHER
    /usr/bin/python3 -c 'import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
one, other = (os.fsencode(p) for p in sys.argv[1:])
sys.exit(os.strerror(ctypes.get_errno()) if libc.renameat2(-100, one, -100, other, 2) else 0)' "$@"
}
digest() { (cd "$1" && find . -type f -exec sha256sum {} + | sort) && ls -lR --time-style=full-iso "$1"; }

step "an update exchanges the app, with another engine in it: the service goes on from its copy"
kill "$sleeper"
wait_for 10 gone "$daemon"
wait_for 10 gone "$sleeper"
old=$(installed | grep /1.2.5-)
"$old/bin/container" system start 2>/dev/null
served() { daemon=$(world_pids container-apiserver || true) && [ -n "$daemon" ]; }
wait_for 10 served
digest "$old" >"$world/before"
cp -RP "$place/Kit.app" "$place/New.app"
resources=$place/New.app/Contents/Resources
truncate -s 2000000 "$place/tree/libexec/container/plugins/large"
lay_out 1.3.0
exchange "$place/Kit.app" "$place/New.app"
rm -rf "$place/New.app" # the old app, of which nothing runs any more
gone "$daemon" && fail "the service ended with the exchange"
digest "$old" >"$world/after"
cmp "$world/before" "$world/after"

step "the new app runs its own engine, and leaves the one in use alone"
start_watch
wait_for 20 saw 'apple   -  .* -> running: 1 of 1'
has "$(installed)" /1.3.0-
stop_watch TERM
gone "$daemon" && fail "the service ended with the new program"
digest "$old" >"$world/after"
cmp "$world/before" "$world/after"
kill "$daemon"
