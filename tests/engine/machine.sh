#!/usr/bin/env bash
# machine.sh - podman as on a Mac: its containers are in a machine, which is started and stopped. The
# tool is a stand-in; its machine is a daemon that it leaves in our group, and that outlives us.
. tests/lib.sh
in_world "$@"
hide /usr/bin/podman

state=/usr/local/bin/machine.d
mkdir "$state"
cat >"$world/podman" <<EOT
#!/bin/sh
[ "\$1" != --connection ] || { echo "\$2" >>$state/connections; shift 2; }
echo "\$*" >>$state/calls
running=false; [ ! -e $state/up ] || running=true
case "\$1 \$2" in
'machine list') [ ! -e $state/none ] || { echo '[]'; exit; }
    echo '[{"Name":"podman-machine-default","Default":true,"Running":'\$running'}]' ;;
'machine start') sleep 600 >/dev/null 2>&1 & echo \$! >$state/pid; touch $state/up ;;
'machine stop') kill \$(cat $state/pid); rm $state/up ;;
'ps --all') \$running || { echo 'Cannot connect to Podman. Please verify your connection' >&2; exit 125; }
    echo '[]' ;;
'version --format') echo '{"Client":{"Version":"5.2.0"},"Server":{"Version":"5.2.0"}}' ;;
esac
EOT
give podman "$world/podman"
at_exit "kill \$(cat $state/pid) 2>/dev/null"

step "a machine that does not run can be started, and there is a row for it"
ends 3 "$ck" engine status podman
matches "$out" "^podman +stopped +- +service stopped"
ends 0 "$ck" menu
has "$out" "Start Podman"
has_not "$out" "podman machine start"

step "the start leaves the machine behind, which outlives the word"
ends 0 "$ck" engine start podman
is "$out" "started podman"
kill -0 "$(cat "$state/pid")" || fail "the machine ended with the word that started it"
ends 0 "$ck" engine podman
matches "$out" "^podman +running +5.2.0 +service running"
ends 0 "$ck" menu
has "$out" "Stop Podman…"

step "behind a chosen connection there is no machine of ours"
ends 0 "$ck" settings podman-connection far
ends 0 "$ck" engine podman
matches "$out" "service - +context far"
has "$(cat "$state/connections")" far
ends 0 "$ck" settings podman-connection --default

step "stop it; and where no machine was made, there is nothing to start"
ends 0 "$ck" engine stop podman
gone "$(cat "$state/pid")" || fail "the machine still runs"
touch "$state/none"
ends 3 "$ck" engine status podman
matches "$out" "service - *$"
ends 0 "$ck" menu
has "$out" "To start it: podman machine start"

step "words that make no sense"
ends 2 "$ck" engine start
ends 2 "$ck" engine start nobody
ends 2 "$ck" engine podman docker
