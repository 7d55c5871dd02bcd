#!/usr/bin/env bash
# run.sh - runs one test program, says in one line how it went, counts.
#
#     tests/run.sh --open             forgets what was counted
#     tests/run.sh NAME COMMAND...    "ok NAME (1.2 s)", or "FAILED NAME" and the end of its log
#     tests/run.sh --close            "N passed, N failed" alone on a line; status 1 if any failed
#
# Logs are build/test-logs/NAME.log. A test that hangs is ended after $TEST_LIMIT seconds (900).
set -uo pipefail
logs=build/test-logs

now_ms() { # milliseconds; whole seconds where date(1) knows no better
    case $(date +%N) in
    N | *[!0-9]*) echo "$(date +%s)000" ;;
    *) date +%s%3N ;;
    esac
}

limited() { # COMMAND...: with a limit where the system has timeout(1)
    if command -v timeout >/dev/null; then
        timeout -k 10 "${TEST_LIMIT:-900}" "$@"
    else
        "$@"
    fi
}

case ${1:-} in
--open)
    mkdir -p "$logs"
    : >"$logs/results"
    ;;
--close)
    passed=$(grep -c '^ok ' "$logs/results")
    failed=$(grep -c '^FAILED ' "$logs/results")
    sed -n 's/^FAILED /failed: /p' "$logs/results"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    ;;
?*)
    name=$1
    shift
    mkdir -p "$logs"
    log=$logs/$(tr ' /' '--' <<<"$name").log
    began=$(now_ms)
    status=0
    limited "$@" >"$log" 2>&1 </dev/null || status=$?
    took=$(($(now_ms) - began))
    took=$((took / 1000)).$((took % 1000 / 100))
    if [ "$status" -eq 0 ]; then
        echo "ok $name ($took s)" | tee -a "$logs/results"
    else
        line="FAILED $name ($took s, status $status)"
        echo "$line" >>"$logs/results"
        # one write: tests that run side by side do not mix
        printf '%s\n---- the end of %s\n%s\n----\n' "$line" "$log" "$(tail -n 60 "$log")"
    fi
    exit "$status"
    ;;
*)
    echo "usage: tests/run.sh --open | NAME COMMAND... | --close" >&2
    exit 2
    ;;
esac
