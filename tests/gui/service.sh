#!/usr/bin/env bash
# service.sh - the service behind Apple's engine by click: started, with what is under way shown; one
# of another installation; stopped and restarted only after a question. What a start left behind
# outlives Quit and kill -9.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
apple_world
hide_podman
gui_server

w='Apple container'
service_is() { [ "$(cat "$apple/service" 2>/dev/null)" = "$1" ]; }
daemons() { (world_pids container-apiserver || true) | wc -l; } # a process that ends meanwhile is no matter
menu_has() { tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE" | grep -q $'^\\(item\\|change\\)\t.*'"$1"; }
opens_without() { # WORDS: a menu that is opened now has no such row
    local has=yes
    gui_open
    menu_has "$1" || has=no
    gui_close
    [ "$has" = no ]
}
called() { grep -c "^$1" "$apple/calls" || true; }

container web
echo unregistered >"$apple/service"
gui_start "$ck"

step "it does not run: one row starts it, and there is nothing to stop"
gui_open
wait_for 20 menu_has 'Apple container — not running'
menu_has 'Start Apple container' || fail "nothing starts it"
! menu_has 'Stop Apple container' || fail "what does not run can be stopped"
gui_shot service-1-stopped
gui_pick 'Start Apple container'

step "a start takes its time, and says so"
wait_for 20 service_is running
wait_for 20 gui_bar_is 1
is "$(called 'system start')" 1
gui_open
menu_has 'Stop Apple container' || fail "nothing stops it"
gui_shot service-2-running
gui_close
is "$(daemons)" 1

step "a stop asks first, and says how many containers stop"
gui_open
gui_pick 'Stop Apple container'
wait_for 10 gui_control_seen "$w" 'This stops 1 running container.'
gui_shot service-3-ask
gui_press "$w" Cancel
wait_for 5 gui_window_is_gone "$w"
service_is running || fail "it was stopped all the same"
gui_open
gui_pick 'Stop Apple container'
wait_for 10 gui_control_seen "$w" 'This stops'
gui_press "$w" Stop
wait_for 20 service_is unregistered
wait_for 20 state_is web exited
wait_for 20 gui_bar_is ''

step "while it starts, the header and a note tell"
echo slow system >"$apple/fault"
gui_open
gui_pick 'Start Apple container'
gui_open
wait_for 10 menu_has 'Apple container.* — starting…'
menu_has 'The first time this can take some minutes' || fail "nothing says that it takes long"
gui_shot service-4-starting
gui_close
wait_for 40 service_is running
rm "$apple/fault"
gui_open
wait_for 30 menu_has 'none of 1 running'
gui_close

step "the service of another installation is named, and can be restarted"
echo unregistered >"$apple/service"
gui_open
gui_pick Refresh
gui_open
wait_for 20 menu_has 'not running'
gui_close
echo running >"$apple/service"
echo /opt/elsewhere >"$apple/root"
gui_open
gui_pick Refresh
gui_open
wait_for 20 menu_has 'another installation answers: /opt/elsewhere'
gui_shot service-5-other
gui_pick 'Restart Apple container'
wait_for 10 gui_control_seen "$w" 'Restart Apple container?'
gui_shot service-6-restart
gui_press "$w" Restart
wait_for 20 grep -q /usr/local "$apple/root"
wait_for 20 grep -q 'service-restart: ok' "$gui_dir/app.log"
wait_for 20 opens_without 'another installation'

step "what was started outlives Quit, and kill -9"
before=$(daemons)
[ "$before" -gt 0 ] || fail "there is no daemon"
gui_quit
is "$(daemons)" "$before" "daemons after Quit"
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
kill -9 "$gui_app"
wait_for 5 gone "$gui_app"
sleep 2 # as long as the leash may take
is "$(daemons)" "$before" "daemons after kill -9"
