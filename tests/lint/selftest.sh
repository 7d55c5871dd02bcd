#!/usr/bin/env bash
# selftest.sh - each rule of the lint is seen to fail: one violation is planted in a copy of a part
# of the tree, and the lint has to name its file, line and rule. Without it, it finds nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir -p "$copy"/{core,app/cocoa,app/cli,tests}
cp -R core/core.mk core/base "$copy/core/"
install -D core/update/ours.sh "$copy/core/update/ours.sh" # the flags are made with it
cp app/app.mk "$copy/app/"
cp -R tests/tests.mk tests/lint "$copy/tests/"
cp Info.plist .clang-format .clang-tidy "$copy/"
sed -i.old -e '/^app\//d' -e '/^core\//{/^core\/base\//!d;}' "$copy/tests/lint/globals.txt"
rm -f "$copy/tests/lint/globals.txt.old"
cd "$copy"

failed=0
planted=0
rules_seen=" "

fail() {
    echo "selftest: $*" >&2
    failed=1
}

# plant RULE FILE LINE, text on standard input: the lint must name it, and nothing without it.
plant() {
    local rule=$1 file=$2 line=$3 out
    planted=$((planted + 1))
    rules_seen+="$rule "
    mkdir -p "$(dirname "$file")"
    cat >"$file"
    if out=$(tests/lint/lint.sh --only "$rule" "$file"); then
        fail "$rule: not seen in $file: $out"
    elif ! grep -qF "$file:$line: [$rule] " <<<"$out"; then
        fail "$rule: expected $file:$line, got: $out"
    fi
    rm "$file"
}

# harmless RULE FILE: looks like a violation, and is none.
harmless() {
    local rule=$1 file=$2 out
    planted=$((planted + 1))
    mkdir -p "$(dirname "$file")"
    cat >"$file"
    out=$(tests/lint/lint.sh --only "$rule" "$file") || fail "$rule: false alarm: $out"
    rm "$file"
}

out=$(tests/lint/lint.sh --all) || fail "the copy itself is not clean: $out"

plant layering core/base/x.c 1 <<<'#include "core/exec/child.h"'
plant layering core/menu/x.c 1 <<<'#include "core/exec/child.h"'
plant layering core/engine/x.h 2 <<<$'\n#include "app/setup.h"'
plant layering core/action/x.h 1 <<<'#include "core/kit/kit.h"'
plant layering core/other/x.c 1 <<<'#include "core/base/buf.h"'
plant layering app/cocoa/x.c 1 <<<'#include "app/gnustep/gnustep.h"'
plant layering app/cli/x.c 1 <<<'#include "app/cocoa/cocoa.h"'
harmless layering core/action/x.c <<<'#include "core/engine/engine.h"'
harmless layering core/base/x.c <<<'/* #include "app/setup.h" */'

plant ui-words core/base/x.c 1 <<<'/* drawn by AppKit */'
plant ui-words core/base/x.c 1 <<<'#include <objc/runtime.h>'
plant ui-words core/base/x.c 1 <<<'#include <dispatch/dispatch.h>'
harmless ui-words app/cocoa/x.c <<<'/* drawn by AppKit */'

plant single-user core/base/x.c 1 <<<'int e = posix_spawn(0, 0, 0, 0, 0, 0);'
plant single-user core/exec/x.c 1 <<<'int a = fork();'
plant single-user app/x.c 1 <<<'int a = execv("/bin/ls", 0);'
plant single-user app/cli/x.c 1 <<<'int a = system("ls");'
plant single-user core/base/x.c 1 <<<'void *f = popen ("ls", "r");'
plant single-user app/cocoa/x.c 1 <<<'void *f = objc_msgSend;'
plant single-user app/cocoa/x.c 1 <<<'void *f = objc_getClass("NSMenu");'
plant single-user core/engine/x.c 1 <<<'int a = sqlite3_open(0, 0);'
plant words app/cocoa/x.c 1 <<<'static void a(struct form *f) { form_text(f, FORM_PLAIN, "Not found here."); }'
plant sql core/store/x.c 1 <<<'const char *a = "SELECT name FROM setting WHERE name = %s";'
plant single-user core/base/x.c 1 <<<'int a = curl_easy_perform(0);'
plant single-user core/menu/x.c 1 <<<'#ifdef __APPLE__'
harmless single-user core/base/x.c <<<'/* fork() and "posix_spawn" in words */ const char *s = "system(x)";'
plant single-user core/base/sys_macos.c 1 <<<'int a = execve(p, v, e);'
harmless single-user core/base/sys_macos.c <<<'int a = execv(p, v);'
harmless single-user core/exec/spawner.c <<<'int e = posix_spawn(0, 0, 0, 0, 0, 0);'

for name in strcpy strcat sprintf vsprintf strtok gets atoi atol strncpy alloca rand tmpnam mktemp \
    setjmp system popen; do
    plant banned tests/x.c 2 <<<$'\nint a = '"$name(0);"
done
harmless banned core/base/x.c <<<'/* strcpy(a, b) */ int a = x->rand(1) + my_atoi("atoi(1)");'

plant typedef core/base/x.h 1 <<<'typedef struct foo { int a; } foo;'
plant typedef core/base/x.h 1 <<<'typedef enum { A, B } foo;'
harmless typedef core/base/x.h <<<'typedef enum rc parse_fn(const char *bytes);'

plant prototype-comment core/base/x.h 3 <<<$'#define X 1\n\nint x_first(void);'
plant prototype-comment core/base/x.h 3 <<<$'/* a comment of something else */\n\nint x_first(int a,\n            int b);'
harmless prototype-comment core/base/x.h <<<$'/* Its cap is there. */\n#define CAP 1\nint x_one(void);'
harmless prototype-comment core/base/x.h <<<$'extern int all[JOIN(a, b)];'
harmless prototype-comment core/base/x.h <<<$'/* Both. */\nint x_one(void);\nint x_two(void);'

plant size core/base/x.c 601 < <(for _ in $(seq 601); do echo '/* a line */'; done)
plant size core/base/x.c 2 < <(
    printf 'void f(void)\n{\n'
    for _ in $(seq 101); do echo '    f();'; done
    echo '}'
)
harmless size core/base/x.c < <(
    printf 'void f(void)\n{\n'
    for _ in $(seq 100); do echo '    f();'; done
    echo '}'
)

plant guard core/base/x.h 1 <<<$'#ifndef X_H\n#define X_H\n#endif'
plant unfinished core/base/x.c 1 <<<'/* TO''DO: later */'
plant unfinished tests/x.sh 1 <<<'# X''XX'
harmless unfinished tests/x.sh <<<'mktemp -d /tmp/x-XXXXXX'
plant machine-path README.md 1 <<<"as in $PWD/notes"
plant machine-path core/base/x.c 1 <<<'/* from registry.npm''js.org */'
plant white-space core/base/x.c 1 <<<'int a; '

plant clang-format core/base/x.c 1 <<<'int  a;'
plant gcc core/base/x.c 1 <<<'static int unused(void);'
plant gcc core/base/x.c 3 <<<$'int f(char *p);\nint f(char *p) {\nint x = *p; return 0; }'
plant clang core/base/x.c 1 <<<'int f(int a) { return a; }'
plant globals core/base/x.c 3 <<<$'int count(void);\n\nstatic int calls;\nint count(void)\n{\n    return ++calls;\n}'
plant globals core/base/x.c 4 <<<$'int count(void);\nint count(void)\n{\n    static int calls;\n    return ++calls;\n}'
harmless globals core/base/x.c <<<$'const char *f(int i);\nconst char *f(int i)\n{\n    static const char *const all[] = {"a", "b"};\n    return all[i];\n}'
plant cppcheck core/base/x.c 4 <<<$'int f(void);\nint f(void)\n{\n    int a[2] = {0}; return a[2];\n}'
plant clang-tidy core/base/x.c 5 <<<$'#include <string.h>\nint f(const char *a);\nint f(const char *a)\n{\n    if (strcmp(a, "x"))\n        return 1;\n    return 0;\n}'
plant shellcheck tests/x.sh 2 <<<$'#!/bin/sh\nrm $1'

# An entry of the list that nothing needs any more is one too many.
rules_seen+="globals "
echo 'core/base/buf.c gone it is not there' >>tests/lint/globals.txt
out=$(tests/lint/lint.sh --only globals) && fail "a stale entry of globals.txt was not seen"
grep -q 'globals.txt:3: ' <<<"$out" || fail "stale entry: $out"

# What was found once is found again from memory, and a header's change reaches who includes it.
printf '#define SEVEN 7\n' >core/base/seven.h
printf '#include "core/base/seven.h"\nint seven = SEVEN;\n' >core/base/seven.c
tests/lint/lint.sh --only gcc core/base/seven.c >/dev/null || fail "gcc: a false alarm"
printf '#define SEVEN "7"\n' >core/base/seven.h
for round in first second; do
    if tests/lint/lint.sh --only gcc core/base/seven.c >/dev/null; then
        fail "gcc: a changed header was not seen, $round time"
    fi
done
if tests/lint/lint.sh --only clang core/base/seven.h >/dev/null; then
    fail "clang: who includes a changed header was not looked at"
fi

for rule in $(tests/lint/lint.sh --rules); do
    case $rules_seen in
    *" $rule "*) ;;
    *) fail "no violation of $rule is planted here" ;;
    esac
done
[ "$failed" = 0 ] || exit 1
echo "selftest: $planted plants, each judged as it should be"
