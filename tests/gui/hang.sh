#!/usr/bin/env bash
# hang.sh - an engine that does not answer: the menu opens and works all the same.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web

step "a docker that hangs on every word"
cat >"$world/hang" <<'EOT'
#!/bin/sh
exec sleep 1000
EOT
give docker "$world/hang"
gui_start "$ck"
wait_for 20 gui_bar_is 1

step "the menu opens, podman's containers are there and can be stopped"
gui_open
gui_hover_row web
gui_pick Stop
wait_for 20 state_is web exited
gui_open
gui_shot hang-1
gui_close

step "Quit does not wait for it"
gui_quit
