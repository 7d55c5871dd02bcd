#!/usr/bin/env bash
# coverage.sh - how much of core/ the unit tests and fixtures run: lines per folder, then all. A figure
# to look at, not a gate: what matters is that each test was seen to fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=build/coverage
make -s -f tests/tests.mk -j 2 B="$folder" OPT='-O0 -g --coverage' "$folder/unit" "$folder/probe"
find "$folder" -name '*.gcda' -delete
"$folder/unit" >/dev/null
/usr/bin/python3 tests/engine/fixtures.py "$folder/probe" >/dev/null
find "$folder/obj/core" -name '*.gcda' -print0 | xargs -0 gcov -n 2>/dev/null | awk -F"[':% ]" '
    /^File/ {file = $3}
    /^Lines executed/ && file ~ /^core\/.*\.c$/ && !(file in seen) {
        seen[file] = 1
        split(file, part, "/")
        share = $0; sub(/.*executed:/, "", share); sub(/%.*/, "", share)
        lines = $0; sub(/.* of /, "", lines)
        all[part[2]] += lines; run[part[2]] += lines * share / 100
        all["core"] += lines; run["core"] += lines * share / 100
    }
    END {for (f in all) printf "%-10s %5.1f %% of %d lines\n", f, 100 * run[f] / all[f], all[f]}' |
    sort -k2 -n
