#!/usr/bin/env bash
# stats.sh - the word `stats` with a real podman and with Apple's stand-in: one shot, figures that fit.
. tests/lib.sh
in_world "$@"
podman_world

# shellcheck disable=SC2016 # for the container's shell
busy='trap "exit 0" TERM
    while :; do i=0; while [ $i -lt 4000 ]; do i=$((i + 1)); done; sleep 0.02; done'

step "without a container"
is "$("$ck" stats)" "No container runs." "stats of nothing"
is "$("$ck" stats --json)" "[]" "the same as JSON"

step "a table of all that run"
container busy sh -c "$busy"
container idle
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null
"$ck" stats >"$world/table"
grep -Eq '^NAME +CPU +MEMORY +LIMIT +NETWORK IN / OUT +DISK READ / WRITTEN +PIDS +ENGINE$' "$world/table" ||
    fail "no heads: $(cat "$world/table")"
grep -Eq '^busy +[0-9]+\.[0-9]% ' "$world/table" || fail "no figures: $(cat "$world/table")"
grep -q '^cold' "$world/table" && fail "cold does not run"
is "$(wc -l <"$world/table")" 3 "lines"

step "JSON of one, by name: percent of the moment, not of its life"
"$ck" stats --json busy | /usr/bin/python3 -c '
import json, sys
rows = json.load(sys.stdin)
assert [row["name"] for row in rows] == ["busy"], rows
assert rows[0]["engine"] == "podman" and len(rows[0]["id"]) == 64
assert 0.5 < rows[0]["cpu_percent"] < 110, rows
assert rows[0]["memory"] > 0 and rows[0]["pids"] >= 1'

step "what does not run or is not there has none"
status=0
"$ck" stats busy cold >"$world/out" 2>"$world/err" || status=$?
is "$status" 1 "status"
is "$(cat "$world/out")" "" "output"
is "$(cat "$world/err")" "container-kit: cold is created" "what is told"
status=0
"$ck" stats nobody 2>"$world/err" || status=$?
is "$status" 1 "status"

step "Apple's engine tells totals alone: two answers make a percentage"
apple_world
hide_podman
"$ck" stats --json busy | /usr/bin/python3 -c '
import json, sys
row = json.load(sys.stdin)[0]
assert row["engine"] == "apple" and row["memory_limit"] == 1073741824, row
assert 0.05 < row["cpu_percent"] < 0.2, row' # the stand-in counts a thousandth of the time
is "$(grep -c ' *stats ' "$apple/calls")" 2 "times that it was asked"
