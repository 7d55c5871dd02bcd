#!/usr/bin/env bash
# faults.sh - what an engine can do to us: be missing, not trusted, hang, flood, print garbage, fail,
# vanish between two looks. The list stays as it was, and the sentence is plain.
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world
apple_world
hide_podman
container web
container db

report() { # the doctor's JSON of Apple's engine, one member
    "$ck" doctor --json | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)[0][sys.argv[1]])' "$1"
}

step "not trusted: the file, then its folder, can be written by others; the reason is told"
chmod 0777 /usr/local/bin/container
ends 3 "$ck" list
matches "$err" "^container-kit: Apple container: .*/usr/local/bin/container"
is "$out" ""
is "$(report state)/$(report trusted)/$(report program)" "not trusted/False/None"
has "$(report reason)" /usr/local/bin/container
: >"$apple/calls"
ends 3 "$ck" stop web
is "$(cat "$apple/calls")" "" "calls of an executable that is not trusted"
chmod 0755 /usr/local/bin/container
chmod 0777 /usr/local/bin
is "$(report state)" "not trusted"
chmod 0755 /usr/local/bin
chown 65534 /usr/local/bin/container
is "$(report state)" "not trusted"
chown 0 /usr/local/bin/container

step "through a link: the folder that it points into counts too"
mkdir -m 0777 /usr/local/bin/open
mv /usr/local/bin/container /usr/local/bin/open/container
mv "$apple" /usr/local/bin/open/container.d
ln -s open/container /usr/local/bin/container
is "$(report state)" "not trusted"
chmod 0755 /usr/local/bin/open
is "$(report state)" "running"
rm /usr/local/bin/container
mv /usr/local/bin/open/container /usr/local/bin/container
mv /usr/local/bin/open/container.d "$apple"

step "watch is told of every fault, and no container goes with it"
start_watch
wait_for 20 saw 'apple   -  .* -> running: 2 of 2'
suffers() { # FAULT STATE: the engine turns into STATE, then back; the containers stay
    echo "$1" >"$apple/fault"
    apple_changed
    wait_for 100 saw "apple   -  running -> $2: ."
    rm "$apple/fault"
    apple_changed
    wait_for 100 saw "apple   -  $2 -> running: 2 of 2"
    saw '  (web|db)  ' && fail "$1 changed containers: $(cat "$watched")"
    watch_from_here
}
suffers garbage failed
suffers "exit=125" failed
suffers flood failed
suffers unregistered stopped
suffers hang "not responding"

step "the executable vanishes between two looks, and comes back"
mv /usr/local/bin/container /usr/local/bin/away
apple_changed
# a look under way may have started the stand-in, whose interpreter then finds no script: "failed" first
wait_for 100 saw 'apple   -  .* -> missing'
mv /usr/local/bin/away /usr/local/bin/container
apple_changed
wait_for 100 saw 'apple   -  missing -> running: 2 of 2'
saw '  (web|db)  ' && fail "the containers did not change"

stop_watch TERM

step "a container that vanishes between the look and the action"
cat >"$world/racer" <<'EOT'
#!/bin/sh
# the stand-in, but web is removed behind the first list
. /usr/local/bin/container.d/racer.env
/usr/local/bin/container.d/real "$@" || exit $?
[ "$1" = list ] && podman rm -f -t 0 web >/dev/null
exit 0
EOT
mkdir -p "$apple/container.d"
cp "$apple/world" "$apple/container.d/world"
sed 's/^/export /' "$apple/world" >"$apple/racer.env"
mv /usr/local/bin/container "$apple/real"
give container "$world/racer"
ends 1 "$ck" stop web
matches "$err" "^container-kit: stop web: .*web"
is "$(state_of db)" running
