#!/usr/bin/env bash
# context.sh - a chosen place: podman over a second connection, a socket of another podman with a
# store of its own; every word of the command line goes there, and back when the choice is undone.
# shellcheck disable=SC2119 # words of listed() are options
. tests/lib.sh
in_world "$@"
podman_world

other() { # the podman behind the connection
    CONTAINERS_CONF=$world/other.conf CONTAINERS_STORAGE_CONF=$world/other-s.conf podman "$@"
}

sed "s|$world/p|$world/q|" "$world/c.conf" >"$world/other.conf"
sed "s|$world/p|$world/q|" "$world/s.conf" >"$world/other-s.conf"
mkdir -p "$world/q"
podman save localhost/ck-test:1 2>/dev/null | other load >/dev/null 2>&1 || fail "no image for the other podman"
other system service --time 0 "unix://$world/other.sock" >"$world/service.log" 2>&1 &
at_exit "kill $! 2>/dev/null; wait $! 2>/dev/null"
at_exit 'other rm --all --force --time 0 >/dev/null 2>&1'
wait_for 20 test -S "$world/other.sock"
cat >>"$world/c.conf" <<EOT
[engine.service_destinations.build-server]
uri="unix://$world/other.sock"
EOT

sleeps=(sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done')
container here "${sleeps[@]}"
other run -d --name there localhost/ck-test:1 "${sleeps[@]}" >/dev/null

step "its own choice is what is on this machine"
is "$(listed)" "here running"

step "the chosen connection is another place, for a list and for actions"
ends 0 "$ck" settings podman-connection build-server
is "$(listed)" "there running"
ends 0 "$ck" stop -t 0 there
is "$(listed)" "there stopped"
is "$(state_of here)" running "the one on this machine"
ends 1 "$ck" stop here
has "$err" 'no container "here"'
ends 0 "$ck" menu
has "$out" "context: build-server"
ends 0 "$ck" engine --json
has "$out" '"context":"build-server"'

step "a connection that is not there is the engine's own sentence"
ends 0 "$ck" settings podman-connection nowhere
ends 1 "$ck" list
has "$err" nowhere
ends 2 "$ck" settings podman-connection '-a'

step "and back"
ends 0 "$ck" settings podman-connection --default
is "$(listed)" "here running"
