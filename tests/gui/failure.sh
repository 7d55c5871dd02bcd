#!/usr/bin/env bash
# failure.sh - an engine that says no: the row and the menu say so in its own words, no window opens, and
# the next try clears it.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
apple_world
hide_podman
gui_server

windows() { xdotool search --onlyvisible --name '' 2>/dev/null | wc -l; }

container web
gui_start "$ck"
wait_for 30 gui_bar_is 1

step "Stop is refused: told where it was asked for, in the engine's own words"
before=$(windows)
echo "exit=125 stop" >"$apple/fault"
gui_open
gui_hover_row web
gui_pick Stop
wait_for 20 grep -q '^stop ' "$apple/calls"
wait_for 20 grep -q 'apple: stop: failed: web' "$gui_dir/app.log"
is "$(windows)" "$before" "windows on screen"
gui_open
wait_for 10 gui_at 'could not stop' >/dev/null
gui_hover_row '● web'
wait_for 10 gui_at 'something went wrong here' >/dev/null
gui_shot failure-1
gui_close
state_is web running

step "the next try succeeds and clears it"
rm "$apple/fault"
gui_open
gui_hover_row '● web'
gui_pick Stop
wait_for 20 state_is web exited
wait_for 20 gui_bar_is ""
gui_open
tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE" | grep 'could not stop' && fail "the failure is still there"
gui_close
gui_quit
