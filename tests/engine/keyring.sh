#!/usr/bin/env bash
# keyring.sh - the keychain's calls against a real GNOME Keyring on a session bus of our own: kept,
# read, changed by another program, locked, its dialog cancelled or answered, no service, no bus, a
# service that never answers.
. tests/lib.sh
. tests/gui/gui.sh
in_world "$@"
gui_server # the keyring's dialog

keychain=$PWD/$B/keychain
[ -x "$keychain" ] || fail "$keychain is not built"
export XDG_RUNTIME_DIR=$world/run
mkdir -m 0700 "$XDG_RUNTIME_DIR" "$world/services"
cp /usr/share/dbus-1/services/org.gnome.keyring.SystemPrompter.service "$world/services"
password='correct horse / ünïcode'

# A session bus whose services are those in $world/services; they see our display.
bus() {
    cat >"$world/bus.conf" <<EOT
<busconfig>
  <type>session</type>
  <listen>unix:path=$world/run/session</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$world/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
EOT
    dbus-daemon --config-file="$world/bus.conf" --nofork --nopidfile 2>"$world/bus.log" &
    bus=$!
    disown # no word from the shell when it is killed
    at_exit "kill -9 $bus 2>/dev/null"
    DBUS_SESSION_BUS_ADDRESS=unix:path=$world/run/session wait_for 10 owned org.freedesktop.DBus
    export DBUS_SESSION_BUS_ADDRESS=unix:path=$world/run/session
}

not_owned() { ! owned "$1"; }
owned() { busctl --user status "$1" >/dev/null 2>&1; } # BUS NAME

keyring() { # OPTION...: starts the service; with --unlock it has the keyring "login", unlocked
    gnome-keyring-daemon --foreground --components=secrets "$@" \
        --control-directory="$world/run/keyring" >"$world/keyring.log" 2>&1 < <(printf master) &
    keyring=$!
    disown # no word from the shell when it is killed
    at_exit "kill -9 $keyring 2>/dev/null"
    wait_for 10 owned org.freedesktop.secrets
}

lock() {
    busctl --user call org.freedesktop.secrets /org/freedesktop/secrets \
        org.freedesktop.Secret.Service Lock ao 1 /org/freedesktop/secrets/collection/login >/dev/null
}

other() { # another program, on the same item
    local word=$1
    shift
    secret-tool "$word" "$@" service com.ethercorps.container-kit account anna@registry.example.com
}

get=("$keychain" get anna registry.example.com)
put=("$keychain" put anna registry.example.com)
get() { "${get[@]}"; }
put() { printf %s "$1" | "${put[@]}"; }
refused() { # CODE SENTENCE COMMAND...
    local code=$1 sentence=$2
    shift 2
    ends 1 "$@"
    is "$err" "$code: $sentence"
    is "$out" ""
}
dialog() { xdotool search --onlyvisible --class prompter 2>/dev/null | grep -q .; }
no_dialog() { ! dialog; }

# COMMAND...: runs it in the background with a dialog up; then the dialog is answered.
asked() {
    "$@" >"$world/asked" 2>&1 </dev/stdin &
    asker=$!
    wait_for 20 dialog
}
ended() { # STATUS TEXT
    local status=0
    wait_for 20 gone "$asker"
    wait "$asker" || status=$?
    is "$status $(cat "$world/asked")" "$1 $2" "end of a call in the background"
}
answered() { # STATUS TEXT
    ended "$@"
    wait_for 20 no_dialog
}
no_service="There is no keyring: no service for passwords is running here."
missing="The keyring has no password for anna@registry.example.com."
cancelled="The keyring stayed locked: its dialog was cancelled."

step "no session bus at all: one sentence, and no program that would start one"
unset DBUS_SESSION_BUS_ADDRESS
for word in get delete; do refused down "$no_service" "$keychain" "$word" anna registry.example.com; done
refused down "$no_service" "$keychain" status
has "$(put x 2>&1)" "$no_service"
is "$(world_pids dbus-launch)" "" "dbus-launch"

step "an address at which nobody is"
DBUS_SESSION_BUS_ADDRESS=unix:path=$world/run/nobody refused down "$no_service" "$keychain" status

step "a bus without the service"
bus
refused down "$no_service" "$keychain" status
refused down "$no_service" get
has "$(put x 2>&1)" "$no_service"

step "somebody else has the service's name, and knows nothing of passwords"
/usr/bin/python3 -c '
import dbus, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
dbus.SessionBus().request_name("org.freedesktop.secrets")
GLib.MainLoop().run()' &
stranger=$!
disown
at_exit "kill -9 $stranger 2>/dev/null"
wait_for 10 owned org.freedesktop.secrets
refused down "$no_service" "$keychain" status
refused down "$no_service" get
kill -9 "$stranger"
wait_for 10 not_owned org.freedesktop.secrets

step "a service without any keyring yet: keeping a password asks for a new one's"
keyring
is "$("$keychain" status)" open
refused missing "$missing" get
asked "${put[@]}" <<<new
gui_shot keyring-new
xdotool key Escape
answered 1 "denied: No keyring was made: its dialog was cancelled."
kill -9 "$keyring"
wait_for 10 not_owned org.freedesktop.secrets

step "kept, read, replaced, as bytes and not as text"
keyring --unlock
is "$("$keychain" status)" open
refused missing "$missing" get
put "$password"
is "$(get)" "$password"
is "$(other lookup)" "$password" "what another program reads"
printf 'two\nlines\0 and a NUL' | "${put[@]}"
is "$(get | od -c)" "$(printf 'two\nlines\0 and a NUL' | od -c)"
put "$password"
is "$(other search 2>&1 | grep -c '^\[/')" 1 "items after three times put"
refused missing "The keyring has no password for anna@other.example.com." \
    "$keychain" get anna other.example.com

step "a password is in no word, no environment and no file but the keyring's own, which is encrypted"
"${put[@]}" < <(printf %s "$password" && sleep 30) &
asker=$!
wait_for 10 test -e "/proc/$asker/environ"
grep -Fqs "$password" "/proc/$asker/cmdline" "/proc/$asker/environ" && fail "ps shows the password"
kill -9 "$asker"
wait "$asker" 2>/dev/null || true
grep -FRqs -D skip "$password" "$world" && fail "a file holds the password"

step "changed and removed by another program"
printf changed | other store --label=x
is "$(get)" changed
head -c 5000 /dev/zero | tr '\0' x | other store --label=x
refused "too big" "A password has at most 4096 bytes." get
other clear
refused missing "$missing" get
refused missing "$missing" "$keychain" delete anna registry.example.com

step "removed"
put "$password"
"$keychain" delete anna registry.example.com
refused missing "$missing" get
is "$(other lookup || true)" ""

step "locked: status asks nobody; a cancelled dialog is told apart from a missing item"
put "$password"
lock
is "$("$keychain" status)" locked
dialog && fail "status made a dialog"
asked "${get[@]}"
gui_shot keyring-dialog
xdotool key Escape
answered 1 "denied: $cancelled"
asked "${put[@]}" <<<new
xdotool key Escape
answered 1 "denied: $cancelled"
asked "$keychain" delete anna registry.example.com
xdotool key Escape
answered 1 "denied: $cancelled"
is "$("$keychain" status)" locked
refused missing "The keyring has no password for anna@other.example.com." \
    "$keychain" get anna other.example.com

step "locked, and the stop sign while the dialog is up: the call ends, the keyring lives"
asked "${get[@]}"
kill -TERM "$asker"
ended 1 "cancelled: The keychain's answer was not waited for."
xdotool key Escape
wait_for 20 no_dialog
is "$("$keychain" status)" locked

step "locked, and its password typed"
asked "${get[@]}"
xdotool type master
xdotool key Return
answered 0 "$password"
is "$("$keychain" status)" open

step "the session bus dies in the middle of a question: we do not die with it"
kill -STOP "$keyring"
waits() { grep -qsx keychain-system "/proc/$asker/task/"*/comm; }
"${get[@]}" >"$world/asked" 2>&1 &
asker=$!
wait_for 10 waits
kill -9 "$bus"
ended 1 "down: $no_service"

step "a service that never answers: the stop sign ends the call at once; status gives up alone"
kill -9 "$keyring"
bus
/usr/bin/python3 -c '
import dbus, signal
dbus.SessionBus().request_name("org.freedesktop.secrets")
signal.pause()' &
at_exit "kill -9 $! 2>/dev/null; wait $! 2>/dev/null"
wait_for 10 owned org.freedesktop.secrets
"${get[@]}" >"$world/asked" 2>&1 &
asker=$!
wait_for 10 waits
kill -TERM "$asker"
wait_for 2 gone "$asker"
ended 1 "cancelled: The keychain's answer was not waited for."
refused timeout "The keychain does not answer." "$keychain" status
