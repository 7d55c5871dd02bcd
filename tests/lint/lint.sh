#!/usr/bin/env bash
# lint.sh - the house rules, checked. Each finding is "file:line: [rule] what is wrong".
#
#     lint.sh [--all]               every file
#     lint.sh --changed [FILE...]   the files named, or those that differ from the last commit
#     lint.sh FILE...               the same
#     lint.sh --only RULE ...       one rule alone, in front of any of the above
#     lint.sh --deep ...            clang-tidy follows every path: minutes, once before something lands
#     lint.sh --rules               the names of the rules
#
# Rules about text are in rules.py, those that need a compiler or another tool in tools.py, which
# keeps results in build/lint by the hash of all that went into them: a second run is quick.
# selftest.sh shows that each rule fails when it should. Ends with 1 if anything was found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

python=/usr/bin/python3 # another one in PATH may belong to some other project
[ -x "$python" ] || python=python3

only=()
files=()
whole=1
while [ $# -gt 0 ]; do
    case $1 in
    --all) ;;
    --deep) export LINT_DEEP=1 ;;
    --changed) whole=0 ;;
    --only)
        only=(--only "${2:?--only needs a rule}")
        shift
        ;;
    --rules) exec "$python" -I -B tests/lint/main.py --rules ;;
    -*)
        sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
    *)
        whole=0
        files+=("$1")
        ;;
    esac
    shift
done

if [ "$whole" = 0 ] && [ ${#files[@]} = 0 ]; then
    while IFS= read -r name; do
        files+=("$name")
    done < <(
        git diff --name-only --diff-filter=d HEAD
        git ls-files --others --exclude-standard
    )
    if [ ${#files[@]} = 0 ]; then
        echo "lint: nothing has changed"
        exit 0
    fi
fi

mkdir -p build/lint
flags=$(make -s -f tests/lint/flags.mk flags)
exec "$python" -I -B tests/lint/main.py --flags "$flags" ${only[@]+"${only[@]}"} \
    ${files[@]+"${files[@]}"}
