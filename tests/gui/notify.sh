#!/usr/bin/env bash
# notify.sh - a container that ends with an error becomes a notification on the desktop, whose button
# starts it again; then it is taken back. With a real notification service; then with none, and with no
# bus at all.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

windows() { xdotool search --onlyvisible --class xfce4-notifyd 2>/dev/null; }
is_shown() { [ -n "$(windows)" ]; }
is_gone() { [ -z "$(windows)" ]; }

# The first run ends with 3 when it is told to, the next ones stay.
flaky() { # NAME
    mkdir -p "$world/flaky"
    podman run -d --name "$1" -v "$world/flaky:/flaky" localhost/ck-test:1 sh -c '
        trap "exit 0" TERM
        while [ ! -e /flaky/fail ]; do sleep 0.1; done
        rm /flaky/fail
        exit 3' >/dev/null
}

step "a container ends with an error: told on the desktop"
cat >"$world/bus.conf" <<EOT
<busconfig>
  <type>session</type>
  <listen>unix:path=$world/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOT
start_bus() {
    dbus-daemon --nofork --config-file="$world/bus.conf" 2>"$world/bus.err" &
    bus=$!
    at_exit "kill $bus 2>/dev/null; wait $bus 2>/dev/null"
    wait_for 20 test -S "$world/bus"
}
start_service() {
    /usr/lib/*/xfce4/notifyd/xfce4-notifyd >"$world/notifyd.log" 2>&1 &
    service=$!
    at_exit "kill $service 2>/dev/null; wait $service 2>/dev/null"
    wait_for 20 busctl --user call org.freedesktop.Notifications /org/freedesktop/Notifications \
        org.freedesktop.Notifications GetCapabilities
}
export DBUS_SESSION_BUS_ADDRESS=unix:path=$world/bus
start_bus
start_service
flaky web
gui_start "$ck"
wait_for 20 gui_bar_is 1
touch "$world/flaky/fail"
wait_for 20 state_is web exited
wait_for 20 is_shown
sleep 1
gui_shot notify-1
