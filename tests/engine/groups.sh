#!/usr/bin/env bash
# groups.sh - compose projects, pins and what is hidden, from the command line, with real containers.
. tests/lib.sh
in_world "$@"
podman_world

member() { # PROJECT NAME
    podman run -d --name "$2" --label com.docker.compose.project="$1" localhost/ck-test:1 \
        sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done' >/dev/null
}
in_terminal() { # COMMAND...: as a person would; its output is in $world/pty
    /usr/bin/python3 -B - "$world/pty" "$@" <<'EOT'
import os, pty, sys
with open(sys.argv[1], "wb") as out:
    def keep(fd):
        data = os.read(fd, 4096)
        out.write(data)
        return data
    status = pty.spawn(sys.argv[2:], keep, lambda fd: b"")
sys.exit(os.waitstatus_to_exitcode(status))
EOT
}

member shop shop-web
member shop shop-db
for i in 1 2 3 4 5 6; do member farm "farm-$i"; done
container alone

step "the menu has a row for each project, its containers behind it"
ends 0 "$ck" menu
has "$out" "● shop — 2 running >"
has "$out" "● farm — 6 running >"
has "$out" "
  ● shop-web — ck-test:1 >"
has "$out" "
● alone — ck-test:1 >"

step "list has them all, and the project of each"
ends 0 "$ck" list
matches "$out" '^● *shop-web +running'
"$ck" list --json | /usr/bin/python3 -c '
import json, sys
projects = {c["name"]: c["project"] for c in json.load(sys.stdin)}
assert projects["shop-db"] == "shop" and projects["alone"] is None, projects'

step "stop, restart and start of a project"
ends 0 "$ck" stop --project shop
is "$(sort <<<"$out")" $'stopped shop-db\nstopped shop-web'
state_is shop-web exited
state_is alone running
ends 0 "$ck" stop --project shop
is "$out" "" "a second stop"
ends 0 "$ck" restart --project shop # what does not run is not restarted
is "$out" "" "a restart of nothing"
ends 0 "$ck" start --project shop
is "$(sort <<<"$out")" $'started shop-db\nstarted shop-web'
ends 1 "$ck" stop --project nobody
has "$err" 'there is no project "nobody"'

step "more than a handful, at a terminal: who it would be, and nothing is done"
status=0
in_terminal "$ck" stop --all >/dev/null || status=$?
is "$status" 2 "status"
has "$(cat "$world/pty")" "that would stop 9 containers"
has "$(cat "$world/pty")" "say so with --yes"
state_is farm-1 running
status=0
in_terminal "$ck" stop --project farm --yes >/dev/null || status=$?
is "$status" 0 "status"
state_is farm-1 exited
state_is shop-web running

step "a script has said what it wants"
ends 0 "$ck" start --all
state_is farm-6 running
ends 0 "$ck" stop --all --engine podman
is "$(podman ps -q)" "" "running containers"
ends 0 "$ck" start --all

step "pinned to the top, hidden, and taken back, by name"
order() { "$ck" menu | grep -E '^(●|Hidden)' | sed 's/^● //; s/ .*//' | tr '\n' ' '; }
is "$(order)" "farm shop alone " "order"
ends 0 "$ck" pin alone shop-db
is "$(order)" "alone shop-db farm shop " "order"
ends 0 "$ck" pin "$(id_of farm-3)"
ends 0 "$ck" unpin shop-db
is "$(order)" "alone farm-3 farm shop " "order"
ends 0 "$ck" hide alone
is "$(order)" "farm-3 farm shop Hidden… " "order"
podman rm -f -t 0 alone >/dev/null
container alone
is "$(order)" "farm-3 farm shop Hidden… " "order, with alone made anew"
podman rm -f -t 0 alone >/dev/null
ends 0 "$ck" unhide alone # it need not be there
container alone
is "$(order)" "farm-3 farm shop alone " "order"
ends 1 "$ck" pin nobody
ends 1 "$ck" unpin nobody

step "without groups the menu is flat"
ends 0 "$ck" settings group false
is "$(order)" "farm-3 alone farm-1 farm-2 farm-4 farm-5 farm-6 shop-db shop-web " "order"

echo "groups: ok"
