#!/usr/bin/env bash
# elevate.sh - the two commands that need root, asked for by an ordinary user: a real polkitd on a
# system bus of this world's own, which allows, refuses, or has a session's agent ask; and that agent.
. tests/lib.sh
in_world "$@"
unset DISPLAY
[ -x /usr/bin/pkexec ] || fail "the package policykit-1 is missing"
podman_world
apple_world
hide_podman
chmod 0666 "$apple/calls"
give ck-user "$ck" # where others than root can reach it
tool=/usr/local/bin/ck-user
rules=/usr/local/bin/.rules
agent=/usr/local/bin/.agent
install -m 0755 tests/engine/polkit_agent.py "$agent"
install -m 0644 tests/gui/lsan.supp /usr/local/bin/.lsan

domains() { (cd "$apple/dns" 2>/dev/null && shopt -s nullglob && echo *); }
as_user() {
    setpriv --reuid=65534 --regid=65534 --clear-groups env -i HOME=/ \
        LSAN_OPTIONS=suppressions=/usr/local/bin/.lsan:print_suppressions=0 \
        ASAN_OPTIONS=verify_asan_link_order=0 "$@"
}
as_user_soon() { # time passes twenty times as fast for the program alone
    as_user env FAKETIME="+0 x20" LD_PRELOAD="$(echo /usr/lib/*/faketime/libfaketimeMT.so.1)" "$@"
}
polkit_says() { # RESULT: what it does with every wish to run something as root
    printf 'polkit.addRule(function(action, subject) {\n    return polkit.Result.%s;\n});\n' "$1" \
        >"$rules/10-test.rules"
    if [ -n "${polkitd:-}" ]; then
        kill "$polkitd"
        wait "$polkitd" 2>/dev/null || true
    fi
    /usr/lib/polkit-1/polkitd --no-debug >"$world/polkitd.log" 2>&1 &
    polkitd=$!
    wait_for 20 busctl --system status org.freedesktop.PolicyKit1 >/dev/null 2>&1
}
unchanged() { # SENTENCE: status 1, this is said, and no domain was made
    is "$out" "" "output"
    has "$err" "$1"
    is "$(domains)" "" "domains"
}

step "a system bus and polkitd of our own"
mount -t tmpfs tmpfs /run/dbus
mkdir -p "$rules"
mount --bind "$rules" /etc/polkit-1/rules.d
dbus-daemon --system --nofork --nopidfile 2>"$world/bus.log" &
at_exit "kill $! \${polkitd:-} 2>/dev/null; wait 2>/dev/null || true"
wait_for 20 test -S /run/dbus/system_bus_socket

step "listing asks nobody"
ends 0 as_user "$tool" dns
is "$out" ""

step "no agent: told, with the line for a terminal"
polkit_says AUTH_ADMIN
ends 1 as_user "$tool" dns add dev.local
unchanged "no program of this session asks for passwords; nothing was changed"
has "$err" "this line does it: sudo /usr/local/bin/container system dns create dev.local"

step "not allowed"
polkit_says NO
ends 1 as_user "$tool" dns add dev.local
unchanged "the system did not allow it; nothing was changed"

step "the question is closed"
polkit_says AUTH_ADMIN
ends 1 as_user "$agent" dismiss "$tool" dns add dev.local
unchanged "the question for a password was closed; nothing was changed"
has_not "$err" sudo

step "nobody answers: after its time the question is taken back"
ends 4 as_user_soon "$agent" hang "$tool" dns add dev.local
unchanged "was not answered in time; nothing was changed"

step "hostile names are refused before anybody is asked"
: >"$apple/calls"
# shellcheck disable=SC2016 # that is what is hostile about them
for name in '' "a'b" 'a"b' '$(id)' '`id`' 'a;id' 'a b' $'a\nb' '-a' 'a/b' 'ü' \
    "$(printf 'a.%.0s' {1..150})a"; do
    ends 2 as_user "$tool" dns add -- "$name"
    is "$out" "" "output"
done
is "$(cat "$apple/calls")" "" "calls"
ends 2 as_user "$tool" dns add -a
ends 2 as_user "$tool" dns add
ends 2 as_user "$tool" dns list a
ends 2 as_user "$tool" dns change a

step "allowed: it is done, and the engine's own refusals are passed on"
polkit_says YES
ends 0 as_user "$tool" dns add dev.local
is "$out" "added dev.local"
is "$(domains)" "dev.local"
ends 0 as_user "$tool" dns list --json
is "$out" '["dev.local"]'
ends 1 as_user "$tool" dns add DEV.local
has "$err" "the domain DEV.local is there already"
echo exit=7 dns-create >"$apple/fault"
ends 1 as_user "$tool" dns add other
has "$err" "something went wrong here"
rm "$apple/fault"

step "what root runs cannot be ended by us, and that is what is said"
echo hang dns-create >"$apple/fault"
ends 4 as_user_soon "$tool" dns add slow.example
has "$err" "it is still running as root"
has_not "$err" cancel
hanging=$(pgrep -f 'container system dns create slow.example')
[ -n "$hanging" ] || fail "it is not running any more"
kill -9 "$hanging"
rm "$apple/fault"

step "a command that others could change is run as root for nobody"
: >"$apple/calls"
chown 65534 /usr/local/bin/container
ends 1 as_user "$tool" dns remove dev.local
has "$err" "does not belong to root"
has "$err" "this line does it: sudo /usr/local/bin/container system dns delete dev.local"
chown 0 /usr/local/bin/container
chmod g+w /usr/local/bin/container
ends 1 "$ck" dns remove dev.local
has "$err" "is writable by group 0"
chmod g-w /usr/local/bin/container
is "$(grep -c delete "$apple/calls" || true)" 0 "deletions"
is "$(domains)" "dev.local"

step "root asks nobody"
polkit_says NO
ends 0 "$ck" dns remove dev.local
is "$out" "removed dev.local"
is "$(domains)" ""
ends 1 "$ck" dns remove dev.local
has "$err" "there is no domain dev.local"
