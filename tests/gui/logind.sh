#!/usr/bin/env bash
# logind.sh - sleep, lock, user switching, low power and another network, told by a logind and a
# power-profiles-daemon of our own on a system bus of our own: what stops, what goes on, and that
# the program outlives the bus.
. tests/lib.sh
if [ -z "${CK_NET:-}" ] && [ "$(id -u)" -eq 0 ]; then
    CK_NET=own exec unshare -n bash "$0" "$@" # a network whose routes we may change
fi
in_world "$@"
. tests/gui/gui.sh
podman_world
apple_world
gui_server

login=org.freedesktop.login1
session=/org/freedesktop/login1/session/c1
profiles=net.hadess.PowerProfiles

start_bus() {
    dbus-daemon --session --nofork --nopidfile --address="unix:path=$world/bus" \
        >"$world/bus.log" 2>&1 &
    bus=$!
    at_exit "kill $bus 2>/dev/null; wait $bus 2>/dev/null || true"
    wait_for 10 test -S "$world/bus"
}

mock() { # NAME TEMPLATE: a service of python3-dbusmock
    local pid
    /usr/bin/python3 -m dbusmock --system --template "$2" >"$world/$2.log" 2>&1 &
    pid=$!
    at_exit "kill $pid 2>/dev/null; wait $pid 2>/dev/null || true"
    wait_for 20 busctl_ok status "$1"
}

call() { busctl --address="$DBUS_SYSTEM_BUS_ADDRESS" call "$@" >/dev/null; }
busctl_ok() { busctl --address="$DBUS_SYSTEM_BUS_ADDRESS" "$@" >/dev/null 2>&1; }
emit_sleep() { # true | false
    call $login /org/freedesktop/login1 org.freedesktop.DBus.Mock EmitSignal sssav \
        $login.Manager PrepareForSleep b 1 b "$1"
}
session_is() { # PROPERTY true|false
    call $login $session org.freedesktop.DBus.Mock UpdateProperties "sa{sv}" \
        $login.Session 1 "$1" b "$2"
}

said() { grep -c "machine: $1" "$gui_dir/app.log" || true; }     # WORDS: how often
now_said() { [ "$(said "$2")" -ge "$1" ]; }                      # COUNT WORDS
streams() { [ -n "$(pgrep -P "$gui_app" -f 'podman events')" ]; } # podman is being listened to
no_streams() { ! streams; }
stream() { pgrep -P "$gui_app" -f 'podman events'; }
lists() { grep -c '^list ' "$apple/calls" || true; } # how often Apple's engine was asked

export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$world/bus XDG_SESSION_ID=c1
ip link set lo up
start_bus
mock $login logind
call $login /org/freedesktop/login1 org.freedesktop.DBus.Mock AddSession ssusb c1 seat0 0 root true
mock $profiles power_profiles_daemon
container web
gui_start "$ck"
wait_for 20 gui_bar_is 2 # podman's, and the same one through Apple's stand-in
wait_for 10 streams

step "asleep: the stream ends, and nothing is looked at"
emit_sleep true
wait_for 10 now_said 1 asleep
wait_for 10 no_streams
sleep 0.7 # a look that was under way ends
before=$(lists)
[ "$before" -gt 0 ] || fail "Apple's engine was never asked"
apple_changed # which would be looked at at once
podman stop -t 0 web >/dev/null
sleep 1.5 # what must not come
is "$(lists)" "$before" "looks while asleep"
no_streams || fail "a stream while asleep"
gui_bar_is 2 || fail "the icon changed while asleep"

step "awake: looked at at once"
emit_sleep false
wait_for 10 now_said 1 awake
wait_for 10 gui_bar_is ''
wait_for 10 streams

step "a locked screen does not stop it"
session_is LockedHint true
wait_for 10 now_said 1 'screen locked'
podman start web >/dev/null
apple_changed # there are no events to tell it
wait_for 20 gui_bar_is 2
session_is LockedHint false
wait_for 10 now_said 1 'screen unlocked'

step "a lock that is only asked for is none"
call $login $session $login.Session Lock

step "another user has the screen: as asleep; back: looked at"
session_is Active false
wait_for 10 now_said 1 'session left'
is "$(said 'screen locked')" 1 "locks"
wait_for 10 no_streams
session_is Active true
wait_for 10 now_said 1 'session back'
wait_for 10 streams

step "low power, by the profile"
call $profiles /net/hadess/PowerProfiles org.freedesktop.DBus.Mock UpdateProperties "sa{sv}" \
    $profiles 1 ActiveProfile s power-saver
wait_for 10 now_said 1 'low power on'
call $profiles /net/hadess/PowerProfiles org.freedesktop.DBus.Mock UpdateProperties "sa{sv}" \
    $profiles 1 ActiveProfile s balanced
wait_for 10 now_said 1 'low power off'

step "another way out: the stream begins anew; an address alone does nothing"
first=$(stream)
ip addr add 10.9.9.1/32 dev lo
ip route add default dev lo
wait_for 10 now_said 1 'network changed'
wait_for 10 gone "$first"
wait_for 10 streams
ip addr add 10.9.9.2/32 dev lo
sleep 2.5 # what must not come
is "$(said 'network changed')" 1 "changes of the network"
session_is LockedHint true
wait_for 10 now_said 2 'screen locked'
emit_sleep true
wait_for 10 now_said 2 asleep

step "the bus dies while all of that is so: taken back, and the program lives"
kill -9 "$bus"
wait_for 10 grep -q 'power: the system bus has gone' "$gui_dir/app.log"
wait_for 10 now_said 2 awake
wait_for 10 now_said 2 'screen unlocked'
is "$(said 'network changed')" 1 "changes of the network"
wait_for 10 streams
gone "$gui_app" && fail "the program went with the bus"
gui_quit

step "no bus at all: one line, and everything else works"
rm -f "$world/bus"
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 20 gui_bar_is 2
wait_for 10 grep -q 'power: no system bus' "$gui_dir/app.log"
is "$(grep -c 'power:' "$gui_dir/app.log")" 1 "lines about power"
kill -TERM "$gui_app"
wait_for 5 gone "$gui_app"
gui_healthy

step "what was logged can be read afterwards, by this user alone"
log=$XDG_DATA_HOME/container-kit/container-kit.log
is "$(stat -c '%a %F' "$log")" '600 regular file' "mode of the log"
ends 0 "$ck" doctor --log
matches "$out" '^20[0-9-]+ [0-9:.]+ info \[.*\] machine: asleep$'
matches "$out" 'info \[look-podman\] podman: running, 1 containers$'
is "$(tail -n 1 <<<"$out" | sed 's/.*\] //')" 'end: everything of ours has ended' "its last line"
is "$err" ""
rm "$log"
ends 0 "$ck" doctor --log
is "$out" ""
has "$err" 'there is no log'
