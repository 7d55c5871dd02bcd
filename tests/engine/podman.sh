#!/usr/bin/env bash
# podman.sh - the command line against real podman containers.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world

step "list says what podman says"
container web
podman run -d --name db --label com.docker.compose.project=shop localhost/ck-test:1 sleep 600 >/dev/null
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null
podman run --name batch localhost/ck-test:1 sh -c 'echo one; sleep 0.3; echo two >&2; sleep 0.3; echo three; exit 3' \
    >/dev/null 2>&1 || true
podman pod create --name pod --infra-image localhost/ck-test:1 \
    --infra-command '/bin/sleep 600' >/dev/null
podman pod start pod >/dev/null
"$ck" list --json >"$world/ours"
podman ps --all --format json >"$world/theirs"
/usr/bin/python3 - "$world/ours" "$world/theirs" <<'EOT'
import json, sys
ours = {c["id"]: c for c in json.load(open(sys.argv[1]))}
theirs = {c["Id"]: c for c in json.load(open(sys.argv[2]))}
states = {"running": "running", "created": "created", "exited": "stopped"}
assert len(theirs) == 5 and ours.keys() == theirs.keys(), (ours.keys(), theirs.keys())
for id_, c in ours.items():
    t = theirs[id_]
    assert c["engine"] == "podman" and c["name"] == t["Names"][0], c
    assert c["image"] == t["Image"] and c["state"] == states[t["State"]], (c, t)
named = {c["name"]: c for c in ours.values()}
assert named["batch"]["exit_code"] == 3 and named["db"]["project"] == "shop", named
assert named["web"]["started"] and named["cold"]["started"] is None, named
EOT

step "the table is for people: aligned, without what podman runs for itself"
ends 0 "$ck" list
is "$(wc -l <"$world/out")" 5 "lines"
matches "$out" "^ +NAME +STATE +IMAGE +PORTS +ENGINE$"
matches "$out" "^[^ ]+ +web +running +localhost/ck-test:1 +podman$"
matches "$out" "^[^ ]+ +batch +stopped \(3\) "
matches "$out" "^[^ ]+ +cold +created "
ends 0 "$ck" list --engine podman
is "$(wc -l <"$world/out")" 5 "lines"
ends 3 "$ck" list --engine apple

step "the menu as text"
ends 0 "$ck" menu
matches "$out" "^running \| 2 \| "
matches "$out" "^[^ ]+ web "
matches "$out" "^ +Stop$"
ends 0 "$ck" doctor
matches "$out" "executable +/usr/bin/podman"
matches "$out" "version +$(podman --version | sed 's/.* //')"

step "stop, start, restart: by name, by id, by the start of an id"
ends 0 "$ck" stop web
is "$out" "stopped web"
is "$(state_of web)" exited
ends 0 "$ck" start "$(id_of web)"
is "$(state_of web)" running
before=$(podman inspect --format '{{.State.Pid}}' web)
ends 0 "$ck" restart --time 1 "$(id_of web | cut -c1-12)"
is "$(state_of web)" running
[ "$(podman inspect --format '{{.State.Pid}}' web)" != "$before" ] || fail "web was not restarted"
ends 0 "$ck" stop --engine podman -t 0 web db web
matches "$out" "^stopped web$"
matches "$out" "^stopped db$"
is "$(wc -l <"$world/out")" 2 "lines for two containers, one of them named twice"
ends 0 "$ck" start web db
podman run -d --rm --name once localhost/ck-test:1 sleep 600 >/dev/null
ends 1 "$ck" restart web once
has "$err" "once is removed when it stops, so it cannot be restarted"
is "$out" "" "nothing is done if one of them cannot be"
is "$(state_of once)" running
podman rm -f -t 0 once >/dev/null
ends 0 "$ck" pause web
is "$(state_of web)" paused
matches "$("$ck" list)" "^[^ ]+ +web +paused"
ends 0 "$ck" unpause web
ends 0 "$ck" kill web
is "$(podman inspect --format '{{.State.ExitCode}}' web)" 137
ends 0 "$ck" start web

step "what podman refuses is told in its own words"
ends 1 "$ck" unpause web
matches "$err" "^container-kit: unpause web: .*not paused"
is "$out" ""
ends 1 "$ck" remove web
matches "$err" "^container-kit: remove web: .*running"
is "$(state_of web)" running
ends 1 "$ck" stop nosuch
has "$err" 'there is no container "nosuch"'
ends 1 "$ck" stop web nosuch
is "$(state_of web)" running "state of web, named beside one that is not there"

step "an id that is not valid reaches nothing"
for id in -a --latest 'web;id'; do
    ends 2 "$ck" stop -- "$id"
    ends 2 "$ck" stop "$id"
done
ends 2 "$ck" stop -- --all # which is an option of ours, and none of the engine's
is "$(state_of web) $(state_of db)" "running running"

step "the start of an id must be unique, and is not enough to remove"
start=
for i in $(seq 120); do
    podman create --name "many$i" localhost/ck-test:1 sleep 1 >/dev/null
    start=$(podman ps -aq --no-trunc | cut -c1-2 | sort | uniq -d | grep -vx db | head -n 1) || true # a name
    [ -z "$start" ] || break
done
ends 2 "$ck" start "$start"
has "$err" "more than one"
short=$(id_of cold | cut -c1-12)
ends 1 "$ck" remove "$short"
is "$(state_of cold)" created
ends 0 "$ck" remove cold
is "$out" "removed cold"
podman container exists cold && fail "cold is still there"
ends 0 "$ck" remove "$(id_of many1)"

step "what runs is removed only if that is said; its volumes stay, also those without a name"
podman run -d --name doomed -v /data -e SECRET='pa ss' localhost/ck-test:1 sleep 600 >/dev/null
volumes=$(podman volume ls -q)
ends 1 "$ck" remove doomed
is "$(state_of doomed)" running

step "inspect: values of the environment only if they are asked for"
ends 0 "$ck" inspect doomed
is "$(/usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["Name"])' <<<"$out")" doomed
has "$out" '"SECRET=••••"'
has_not "$out" 'pa ss'
ends 0 "$ck" inspect --values doomed
has "$out" '"SECRET=pa ss"'
ends 1 "$ck" inspect nosuch
is "$out" ""
has "$err" 'there is no container "nosuch"'
ends 0 "$ck" remove --force doomed
is "$out" "removed doomed"
podman container exists doomed && fail "doomed is still there"
is "$(podman volume ls -q)" "$volumes" "volumes"

step "logs"
ends 0 "$ck" logs batch
is "$out" $'one\nthree'
is "$err" "two"
ends 0 "$ck" logs -n 1 batch
is "$out$err" "three"
podman run -d --name talker localhost/ck-test:1 \
    sh -c 'i=0; while :; do echo line $i; i=$((i + 1)); sleep 0.1; done' >/dev/null
"$ck" logs -f -n 0 talker >"$world/log" 2>&1 </dev/null &
follower=$!
at_exit "kill -9 $follower 2>/dev/null"
wait_for 10 grep -q '^line ' "$world/log"
podman kill talker >/dev/null
wait_for 10 gone "$follower"
status=0
wait "$follower" || status=$?
is "$status" 0 "status of logs -f after the container has ended"
printf '#!/bin/sh\nprintf "\\\\033[31mred\\\\n"\n' >"$world/paint"
podman run --name red -v "$world/paint:/paint:ro" localhost/ck-test:1 sh /paint >/dev/null
ends 0 "$ck" logs red
has "$out" $'\x1b[31mred' "bytes into a pipe"
script -qec "'$ck' logs red" /dev/null >"$world/tty" </dev/null
has "$(cat "$world/tty")" '\x1B[31mred' "a log on a terminal"

step "a change made by others is seen by watch"
start_watch
wait_for 20 saw 'podman  -  .* -> running: 2 of '
saw '  web  ' && fail "what was there at the start is no change"
podman kill web >/dev/null
wait_for 10 saw '^..:..:..  podman  web  running -> stopped \(exit 137\)$'
podman start web >/dev/null
wait_for 10 saw '  web  stopped -> running$'
podman pause web >/dev/null
wait_for 10 saw '  web  running -> paused$'
podman unpause web >/dev/null
wait_for 10 saw '  web  paused -> running$'
podman run -d --name late localhost/ck-test:1 sleep 600 >/dev/null
wait_for 10 saw '  late  none -> (running|created)$'
podman rm -f -t 0 late >/dev/null
wait_for 10 saw '  late  (running|stopped|removing) -> gone$'
saw '  db  ' && fail "db did not change"

step "an interrupt ends it in order"
children=$(children_of "$watcher")
[ -n "$children" ] || fail "watch has no child: what reads the events?"
stop_watch INT
for pid in $children; do wait_for 2 gone "$pid"; done
is "$(state_of web) $(state_of db)" "running running"

step "watch ends when nobody reads it, also when it has nothing to say"
mkfifo "$world/fifo"
"$ck" watch >"$world/fifo" 2>/dev/null </dev/null &
watcher=$!
at_exit "kill -9 $watcher 2>/dev/null"
head -n 3 "$world/fifo" >/dev/null # a line of each engine; then it is quiet
wait_for 5 gone "$watcher"
