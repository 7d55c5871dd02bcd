#!/usr/bin/env bash
# click.sh - the main job, by mouse: open the menu, stop a real container, see its row change while the
# menu is open, start it again, quit. The containers that were up stay up.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

step "three containers: two run, one has ended"
container web
container db
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null
gui_start "$ck"
wait_for 20 gui_bar_is 2

step "the menu opens from memory and has them all"
gui_open
gui_at web >/dev/null
gui_at db >/dev/null
gui_at cold >/dev/null
gui_shot click-1-open
gui_hover_row web
gui_shot click-2-row

step "Stop, by click"
gui_pick Stop
wait_for 20 state_is web exited
wait_for 10 gui_bar_is 1
state_is db running || fail "db was touched"

step "a row changes while the menu is open"
gui_open
podman start web >/dev/null
wait_for 10 gui_changed $'\t.*● web'
gui_shot click-3-changed
gui_close
wait_for 10 gui_bar_is 2

step "Stop and Start again, by click"
gui_open
gui_hover_row web
gui_pick Stop
wait_for 20 state_is web exited
wait_for 10 gui_bar_is 1
gui_open
gui_hover_row web
gui_pick Start
wait_for 20 state_is web running
wait_for 10 gui_bar_is 2

step "Quit leaves every container as it is"
gui_quit
state_is web running
state_is db running
