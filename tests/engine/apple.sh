#!/usr/bin/env bash
# apple.sh - Apple's engine, by a stand-in that speaks its contract over real podman containers
# (tests/fake/container), in the shapes of three releases. Podman itself is hidden from the program.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world
apple_world
hide_podman

saw_call() { grep -q -- "^$1\$" "$apple/calls"; }
calls_from_here() { : >"$apple/calls"; }

podman run -d --name web --label ck.publish=0.0.0.0:8080:80 localhost/ck-test:1 \
    sh -c 'trap "exit 0" TERM; echo hello; echo; echo there; while :; do sleep 0.1; done' >/dev/null
container db
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null

drive() { # SHAPE VERSION
    echo "$1" >"$apple/shape"
    step "Apple $2: list"
    is "$(listed --engine apple)" $'cold stopped\ndb running\nweb running'
    ends 0 "$ck" list
    matches "$out" "^[^ ]+ +web +running +localhost/ck-test:1 +8080->80/tcp +apple$"
    is "$(sed 1d <<<"$out" | awk '{print $2}' | tr '\n' ' ')" "db web cold " "order in the table"
    ends 0 "$ck" list --json --engine apple
    matches "$out" '"name": ?"web".*"address": ?"192\.168\.64\.[0-9]+"'
    ends 0 "$ck" doctor
    matches "$out" "version +$2"
    ends 0 "$ck" menu
    has "$out" "Apple container"

    step "Apple $2: actions"
    calls_from_here
    ends 0 "$ck" stop --time 3 web
    wait_for 10 state_is web exited # for a moment it is "stopped", until it was cleaned up
    saw_call "stop --time 3 web" || fail "stop was not called as it should be"
    ends 0 "$ck" start web
    is "$(state_of web)" running
    calls_from_here
    ends 0 "$ck" restart -t 2 web
    is "$(state_of web)" running
    is "$(grep -E '^(stop|start)' "$apple/calls")" $'stop --time 2 web\nstart web' "calls of restart"
    ends 0 "$ck" kill web
    wait_for 10 state_is web exited # for a moment it is "stopped", until it was cleaned up
    ends 1 "$ck" kill web
    matches "$err" "^container-kit: kill web: .*(stopped|no runtime client)"
    ends 0 "$ck" start web
    ends 1 "$ck" pause web
    ends 1 "$ck" remove web
    matches "$err" "running and can not be deleted"
    ends 0 "$ck" logs -n 2 web
    is "$out" $'hello\nthere'
    podman create --name old localhost/ck-test:1 sleep 1 >/dev/null
    ends 0 "$ck" remove old
    podman container exists old && fail "old is still there"

    step "Apple $2: an id that is not valid is never a word of a command"
    calls_from_here
    for id in -a --all 'web;id' "a b"; do
        ends 2 "$ck" stop -- "$id"
    done
    is "$(cat "$apple/calls")" "" "calls"

    step "Apple $2: the service is not there"
    echo unregistered >"$apple/fault"
    ends 3 "$ck" list
    matches "$err" "^container-kit: Apple container: ."
    is "$out" ""
    ends 3 "$ck" stop web
    echo down >"$apple/fault"
    ends 4 "$ck" list
    has "$err" "does not answer"
    rm "$apple/fault"
    is "$(state_of web)" running

    step "Apple $2: an engine that fails says so itself"
    echo "exit=125 stop" >"$apple/fault"
    ends 1 "$ck" stop web
    has "$err" "something went wrong here"
    echo "garbage list" >"$apple/fault"
    ends 1 "$ck" list
    rm "$apple/fault"
}
drive 0.12 0.12.3
drive 1.2 1.2.2
drive 1.4 1.4.1

step "watch polls: a death is seen without an event stream"
start_watch
wait_for 20 saw 'apple   -  .* -> running: 2 of 3'
podman kill web >/dev/null
wait_for 70 saw 'apple   web  running -> stopped$'

step "and the folder of containers is watched: what comes there makes it look at once"
watch_from_here
podman run -d --name late localhost/ck-test:1 sleep 600 >/dev/null
apple_changed
wait_for 9 saw 'apple   late  none -> running$' # polling would take 10 s at least
stop_watch TERM

step "an engine that never answers is left after its limit"
echo hang >"$apple/fault"
ends 4 "$ck" list
matches "$err" "^container-kit: Apple container: ."
rm "$apple/fault"
none_left() { [ -z "$(world_pids /usr/local/bin/container)" ]; }
wait_for 2 none_left
