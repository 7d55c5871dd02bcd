#!/usr/bin/env bash
# cli.sh - the command line itself: words, options, help, exit status, and a machine without any
# engine. No display, no HOME, no terminal.
. tests/lib.sh
in_world "$@"
unset DISPLAY
all_words="list menu start stop restart kill pause unpause remove inspect pin unpin hide unhide logs shell open watch history settings doctor version
    login-item link dns registry"

step "every word is listed and has its help"
ends 0 "$ck" --help
usage=$out
ends 0 "$ck" help
is "$out" "$usage" "help"
for word in $all_words; do
    matches "$usage" "^  $word +[a-z]" usage
    ends 0 "$ck" "$word" --help
    has "$out" "Usage: container-kit $word" "help of $word"
    ends 0 "$ck" "$word" -h
done

step "the version is that of Info.plist"
version=$(sed -n '/CFBundleShortVersionString/{n;s/.*<string>\(.*\)<.*/\1/p;}' Info.plist)
ends 0 "$ck" version
is "$out" "container-kit $version"
ends 0 "$ck" --version
is "$out" "container-kit $version"

step "wrong words are told, with status 2 and nothing on standard output"
refused() {
    ends 2 "$ck" "$@"
    is "$out" "" "standard output of: $*"
    has "$err" "container-kit: " "standard error of: $*"
    has "$err" "Usage: " "standard error of: $*"
}
refused nonsense
refused ""
refused list extra
refused list --no-such
refused list --json=1
refused list --engine
refused list --engine lxc
refused menu --json
refused start
refused stop --time
refused stop --time 3601 web
refused stop --time -1 web
refused stop --time 1x web
refused stop -t "" web
refused stop --project
refused stop --project ""
refused stop --project shop --all
refused stop --project shop web
refused stop --all web
refused kill --all
refused start --all --yes
refused pin --all
refused pin
refused unhide -- -a
refused stop -n 5 web
refused logs one two
refused inspect
refused inspect --json web
refused stop --force web
refused shell one two
refused shell
refused open web http
refused open web 0
refused open web 65536
refused open web 80 81
refused logs -n 100001 web
refused logs -n 99999999999999999999 web
refused registry nonsense
refused registry list ghcr.io
refused registry --user anna
refused registry login --json ghcr.io
refused registry login --engine podman --password-stdin ghcr.io
refused registry login --engine podman --user anna ghcr.io
refused registry login --user anna --password-stdin ghcr.io
refused registry login --engine podman --user anna --password-stdin
refused registry login --engine podman --user anna --password-stdin -- --all
refused registry login --engine podman --user anna --password-stdin ghcr.io quay.io
refused registry login --engine podman --user " " --password-stdin ghcr.io
refused registry logout ghcr.io
refused registry logout --engine podman
# shellcheck disable=SC2016 # not to be expanded: that is the test
for id in -a --all "" a/b "a b" 'web;id' '$(id)' $'web\n' $'w\x1beb' ../web .web "$(printf 'a%.0s' $(seq 256))"; do
    refused stop -- "$id"
    refused remove -- web "$id"
done
refused stop -a
refused stop -- -a
refused stop web -a
ends 2 "$ck" stop -- $'w\x1b[31m'
has_not "$err" $'\x1b' "a control character on the terminal"

step "no engine at all"
hide /usr/bin/podman
ends 3 "$ck" list
is "$(wc -l <"$world/err")" 1 "sentences"
has "$err" "no container engine was found"
ends 3 "$ck" list --json
is "$out" "[]"
ends 3 "$ck" list --engine podman
matches "$err" "^container-kit: Podman: ."
ends 3 "$ck" stop web
ends 3 "$ck" logs web
ends 0 "$ck" menu
has "$out" "down | "
has "$out" "Quit Container Kit"
ends 0 "$ck" doctor
for title in "Apple container" Docker Podman; do
    matches "$out" "^$title"
done
has "$out" "Container Kit $version" doctor
has "$out" "  program     $(realpath "$ck")" doctor
matches "$out" '^  system      Linux [0-9].*, [a-z0-9_]+$' doctor
matches "$out" '^  updates     (none: a development build|[a-z]+, https://[^ ]+)$' doctor
has_not "$out" "  bundle" "doctor of a program in no bundle"
ends 0 "$ck" doctor --json
/usr/bin/python3 - "$world/out" <<'EOT'
import json, sys
reports = json.load(open(sys.argv[1]))
assert [r["engine"] for r in reports] == ["apple", "docker", "podman"], reports
for r in reports:
    assert r["state"] == "missing" and r["program"] is None and r["trusted"] is None, r
    assert r["reason"] and "/usr/local/bin/" in " ".join(r["candidates"]), r
EOT

step "the system has every class and method that the tables name, and a bundle knows itself"
ends 0 "$ck" doctor --self-check
matches "$out" '^  cocoa\.def +[0-9]+ rows: [0-9]{3} found, 0 missing, [0-9]+ not here'
matches "$out" '^  gnustep\.def +[0-9]+ rows: [0-9]{3} found, 0 missing, [0-9]+ not here'
has "$out" "  not here  -[NSMenuItem setPreferredImageVisibility:]"
has_not "$out" MISSING
mkdir -p "$world/X.app/Contents/MacOS"
cp "$ck" "$world/X.app/Contents/MacOS/container-kit"
ends 0 "$world/X.app/Contents/MacOS/container-kit" doctor --self-check
has "$out" "  bundle      $world/X.app"
has "$out" "  identifier  com.ethercorps.container-kit.dev"

step "an environment of nothing"
bare() { env -i ${LSAN_OPTIONS:+"LSAN_OPTIONS=$LSAN_OPTIONS"} "$@"; } # leaks of libraries, by name
ends 3 bare "$ck" list
ends 0 bare HOME= "$ck" menu
ends 0 bare LC_ALL=C "$ck" doctor
has "$out" "  proxy       none" doctor
ends 0 bare https_proxy=http://me:secret@proxy:3128 no_proxy=localhost,.lan "$ck" doctor
has "$out" "  proxy       http://proxy:3128" doctor
has "$out" "  not for     localhost,.lan" doctor
has_not "$out$err" secret doctor
ends 0 bare https_proxy=ftp://proxy "$ck" doctor
has "$out" "  proxy       none: https_proxy is not the address of a proxy" doctor

step "an output that takes nothing is a failure"
status=0
"$ck" doctor >/dev/full 2>"$world/err" || status=$?
is "$status" 1 "status with a full disk"
status=0
"$ck" version >/dev/full 2>"$world/err" || status=$?
is "$status" 1 "status with a full disk"
