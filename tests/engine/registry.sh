#!/usr/bin/env bash
# registry.sh - logging in to a real registry with real clients: right and wrong password, nobody
# there, slow, a certificate nobody knows; and where the password is not.
. tests/lib.sh
in_world "$@"
. tests/registry.sh
unset DISPLAY

mkdir -p "$world/auth" "$world/docker"
encoded=$(printf 'alice:%s' "$registry_password" | base64 -w0)
export REGISTRY_AUTH_FILE=$world/auth/auth.json # else root's own, for podman
registry_start
podman_world

login() { # ENGINE HOST PASSWORD: status in $status, words in $out and $err
    status=0
    out=$(printf '%s\n' "$3" | LOG=debug "$ck" registry login --engine "$1" --user alice \
        --password-stdin "$2" 2>"$world/err") || status=$?
    err=$(cat "$world/err")
    cat "$world/err" >>"$world/all.err"
}
fails() { # STATUS SENTENCE
    is "$status" "$1" "status, with $err"
    is "$out" ""
    has "$err" "container-kit: registry: $2"
}
state() { # ENGINE HOST
    "$ck" registry --json | e=$1 h=$2 /usr/bin/python3 -c '
import json, os, sys
for r in json.load(sys.stdin):
    if (r["engine"], r["registry"]) == (os.environ["e"], os.environ["h"]):
        print(r["state"], r["user"])'
}

drive() { # ENGINE: through its client, which knows the certificate
    step "$1: the wrong password, then the right one"
    login "$1" "$registry" wrong
    fails 1 "$registry did not accept this user name and password."
    is "$(state "$1" "$registry")" ""
    login "$1" "$registry" "$registry_password"
    is "$status" 0 "status, with $err"
    is "$out" "logged in to $registry"
    is "$(state "$1" "$registry")" "logged-in alice"
    matches "$("$ck" registry list --engine "$1")" "^$registry +$1 +logged in +alice\$"

    grep -FRqs "$encoded" "$world/auth" "$world/docker" ||
        fail "$1 keeps the password otherwise than the window says"

    step "$1: out again; it is remembered, and out twice is no failure"
    ends 0 "$ck" registry logout --engine "$1" "$registry"
    is "$(state "$1" "$registry")" "logged-out alice"
    ends 0 "$ck" registry logout --engine "$1" "$registry"
}

step "podman: a certificate of an authority that nobody here knows"
login podman "$registry" "$registry_password"
fails 1 "$registry shows a certificate that is not trusted here (x509: "
registry_known_to_podman

drive podman

step "podman: nobody there"
nobody=127.0.0.1:$(free_port)
login podman "$nobody" "$registry_password"
fails 1 "$nobody cannot be reached (connection refused)."

step "podman: a registry that never answers; the end of ours is the end of podman"
registry_silent
printf x | "$ck" registry login --engine podman --user alice --password-stdin "$silent" \
    >"$world/out" 2>&1 &
slow=$!
asks() { child=$(pgrep -P "$slow" -f 'podman login'); }
wait_for 20 asks
has_not "$(tr '\0' ' ' <"/proc/$child/cmdline")" "$registry_password"
kill -TERM "$slow"
wait "$slow" 2>/dev/null || true
wait_for 10 gone "$child"

step "docker: its daemon is podman's service, which knows the certificate"
give docker "$(docker_client)"
export DOCKER_CONFIG=$world/docker DOCKER_HOST=unix://$world/s
SSL_CERT_FILE=$registry_ca podman system service --time 0 "unix://$world/s" \
    >"$world/service.log" 2>&1 </dev/null &
at_exit "kill $! 2>/dev/null; wait $! 2>/dev/null"
wait_for 20 test -S "$world/s"
drive docker
login docker "$nobody" "$registry_password"
fails 1 "$nobody "

step "the password is in no word and no environment of a child"
client=$(docker_client)
cat >"$world/recorder" <<EOR
#!/bin/sh
tr '\\0' '\\n' </proc/\$\$/cmdline >>/usr/local/bin/recorded
tr '\\0' '\\n' </proc/\$\$/environ >>/usr/local/bin/recorded
exec $client "\$@"
EOR
give docker "$world/recorder"
login docker "$registry" "$registry_password"
is "$status" 0 "status, with $err"
has "$(cat /usr/local/bin/recorded)" --password-stdin
has "$(cat /usr/local/bin/recorded)" DOCKER_CONFIG
has_not "$(cat /usr/local/bin/recorded)" "$registry_password"
ends 0 "$ck" registry logout --engine docker "$registry"

step "Apple's: the words that it gets"
apple_world
login apple ghcr.io "$registry_password"
is "$status" 0 "status, with $err"
is "$(state apple ghcr.io)" "logged-in alice"
has "$(cat "$apple/calls")" "registry login --username=alice --password-stdin ghcr.io"
has_not "$(cat "$apple/calls")" "$registry_password"
is "$(cat "$apple/password")" "$registry_password"
rm "$apple/password"
echo "exit=1 registry" >"$apple/fault"
login apple ghcr.io "$registry_password"
fails 1 "Error: something went wrong here"
: >"$apple/fault"
ends 0 "$ck" registry logout --engine apple ghcr.io
is "$(state apple ghcr.io)" "logged-out alice"

step "a password comes on standard input, and not from a terminal"
ends 2 "$ck" registry login --engine podman --user alice "$registry"
has "$err" "--password-stdin"
status=0
script -qec "'$ck' registry login --engine podman --user alice --password-stdin $registry" \
    "$world/terminal" >/dev/null </dev/null || status=$?
is "$status" 2 "status on a terminal"
has "$(cat "$world/terminal")" "a terminal would show the password"
ends 1 "$ck" registry login --engine podman --user alice --password-stdin "$registry"
has "$err" "An empty password is none."

step "what is remembered is in the store, the password nowhere"
[ -s "$XDG_DATA_HOME/container-kit/container-kit.db" ] || fail "there is no store"
! grep -FRqs -D skip "$registry_password" "$world" || fail "a file holds the password"
! grep -FRqs -D skip "$encoded" "$world" || fail "a file holds the password, base64-coded"
