#!/usr/bin/env bash
# notify.sh - a container that ends with an error becomes a notification on the desktop, whose button
# starts it again; and it is taken back when the container runs again. With a real notification service
# on a bus of its own; then both go and come back; then there is no bus at all.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

start_bus() { # the bus, and a log of what is said on it
    dbus-daemon --nofork --config-file="$world/bus.conf" 2>"$world/bus.err" &
    bus=$!
    at_exit "kill $bus 2>/dev/null; wait $bus 2>/dev/null || true"
    wait_for 20 busctl --user status >/dev/null 2>&1
    dbus-monitor --session >>"$world/said" 2>/dev/null &
    at_exit "kill $! 2>/dev/null; wait $! 2>/dev/null || true"
}

has_service() {
    busctl --user call org.freedesktop.Notifications /org/freedesktop/Notifications \
        org.freedesktop.Notifications GetCapabilities >/dev/null 2>&1
}

start_service() {
    "$(dpkg -L xfce4-notifyd | grep 'notifyd/xfce4-notifyd$')" >>"$world/notifyd.log" 2>&1 &
    service=$!
    at_exit "kill $service 2>/dev/null; wait $service 2>/dev/null || true"
    wait_for 20 has_service
}

windows() { xdotool search --onlyvisible --class xfce4-notifyd 2>/dev/null; }
is_shown() { [ -n "$(windows)" ]; }
is_gone() { [ -z "$(windows)" ]; }
said() { grep -c -- "$1" "$world/said" || true; }
said_more() { [ "$(said "$2")" -gt "$1" ]; } # COUNT TEXT

press_button() { # NUMBER: of the two at the lower right of the one notification, from the right
    local X Y WIDTH HEIGHT
    eval "$(xdotool getwindowgeometry --shell "$(windows | tail -n 1)" | grep -E '^(X|Y|WIDTH|HEIGHT)=')"
    gui_click $((X + WIDTH - 60 - 95 * ($1 - 1))) $((Y + HEIGHT - 32))
}

container_that_fails() { # when fail_it is called, each time
    mkdir -p "$world/shared"
    podman run -d --name web -v "$world/shared:/shared" localhost/ck-test:1 sh -c '
        trap "exit 0" TERM
        while [ ! -e /shared/fail ]; do sleep 0.1; done
        rm /shared/fail
        exit 3' >/dev/null
}

fail_it() {
    touch "$world/shared/fail"
    wait_for 20 state_is web exited
}

is_on_bus() { busctl --user list | grep -q container-kit; }

start_it() {
    podman start web >/dev/null
    wait_for 20 gui_bar_is 1
}

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
export DBUS_SESSION_BUS_ADDRESS=unix:path=$world/bus

step "a container ends with an error: told on the desktop; its button starts it again"
start_bus
start_service
container_that_fails
gui_start "$ck"
wait_for 20 gui_bar_is 1
fail_it
wait_for 20 is_shown
sleep 0.3 # it fades in
gui_shot notify-1
press_button 2 # Restart
wait_for 20 state_is web running
wait_for 20 gui_bar_is 1
wait_for 20 is_gone
is "$(said 'web ended with an error')" 1 "notifications"
has "$(cat "$world/said")" "Show Logs" "buttons"

step "stopped by a click: nothing is told"
gui_open
gui_hover_row web
gui_pick Stop
wait_for 20 state_is web exited
wait_for 20 gui_bar_is ''
start_it
is "$(said 'web ended with an error')" 1 "notifications"

step "its health check fails: told, with its own shape; it recovers: taken back"
podman run -d --name sick --health-cmd 'test -e /well' --health-interval disable --health-retries 1 \
    --health-start-period 0s localhost/ck-test:1 sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done' >/dev/null
wait_for 20 gui_bar_is 2
podman healthcheck run sick >/dev/null 2>&1 || true
wait_for 20 said_more 0 'sick is unhealthy'
wait_for 20 is_shown
gui_open
gui_at '▲ sick' >/dev/null
gui_close
closed=$(said CloseNotification)
podman exec sick touch /well
podman healthcheck run sick >/dev/null 2>&1
wait_for 20 said_more "$closed" CloseNotification
wait_for 20 is_gone
podman rm --force --time 0 sick >/dev/null
wait_for 20 gui_bar_is 1

step "it runs again: taken back"
closed=$(said CloseNotification)
fail_it
wait_for 20 said_more 1 'web ended with an error'
wait_for 20 is_shown
start_it
wait_for 20 said_more "$closed" CloseNotification
wait_for 20 is_gone

step "the service goes, another one comes"
kill "$service"
wait_for 20 gone "$service"
start_service
fail_it
wait_for 20 said_more 2 'web ended with an error'
start_it

step "the bus goes, another one comes; and the third end is a loop"
kill "$bus"
wait_for 20 gone "$bus"
wait_for 20 grep -q 'notes: the session bus cannot be reached\|notes: there is no session bus' "$gui_dir/app.log"
start_bus
start_service
wait_for 20 is_on_bus
fail_it
wait_for 20 said_more 0 'web keeps restarting'
wait_for 20 is_shown
sleep 0.3 # it fades in
gui_shot notify-2
is "$(said 'web ended with an error')" 3 "notifications"

step "the other button shows the log"
press_button 1
wait_for 20 gui_control_seen 'Logs of web' 'Clear'
xdotool key Escape
wait_for 10 gui_window_is_gone 'Logs of web'
gui_quit

step "without a bus: no notifications, and everything else"
unset DBUS_SESSION_BUS_ADDRESS
: >"$GS_STATUSBAR_TRACE"
podman start web >/dev/null
gui_start "$ck"
wait_for 20 gui_bar_is 1
wait_for 20 grep -q 'notes: there is no session bus' "$gui_dir/app.log"
fail_it
wait_for 20 gui_bar_is ''
gui_quit
