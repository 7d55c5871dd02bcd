#!/usr/bin/env bash
# find.sh - the window that finds a container: what is typed filters at once, the list follows the
# engines without a row changing its place, and its buttons do what the menu's rows do.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

step "thirty containers, so that some are folded; two of them run"
container web-shop
container db-shop
for i in $(seq 28); do podman create --name "job-$i" localhost/ck-test:1 sleep 600 >/dev/null; done
gui_start "$ck"
wait_for 20 gui_bar_is 2

# Titles in the window's list as it was drawn last: what came behind the search field's line.
rows() {
    awk -F'\t' '$1 == "control" && $2 == "Find Container" {
        if ($3 == "Search") n = 0
        row[n++] = $3
    } END {for (i = 0; i < n; i++) print row[i]}' "$GS_STATUSBAR_TRACE"
}
has_row() { rows | grep -q -- "$1"; }
has_no_row() { ! has_row "$1"; }

step "Find Container... in the menu opens it, with the keyboard in its field"
gui_open
gui_pick 'Find Container…'
wait_for 10 has_row web-shop
has_row job-28 || fail "what is folded in the menu is missing"
gui_shot find-1-all

step "typing filters"
xdotool type 'SHOP run'
wait_for 10 has_no_row job-1
has_row web-shop
has_row db-shop
gui_shot find-2-typed

step "a row follows its container and keeps its place; a new one comes behind it"
podman kill db-shop >/dev/null
wait_for 10 has_row '✕ db-shop\|○ db-shop'
podman rm -f -t 0 db-shop >/dev/null
container new-shop
wait_for 10 has_row new-shop
[ "$(rows | grep -n db-shop | cut -d: -f1)" -lt "$(rows | grep -n web-shop | cut -d: -f1)" ] ||
    fail "db-shop has lost its place"
[ "$(rows | grep -n web-shop | cut -d: -f1)" -lt "$(rows | grep -n new-shop | cut -d: -f1)" ] ||
    fail "new-shop came in front of web-shop"
gui_shot find-3-lived

step "typed anew, the order is the menu's again; then Stop, by click"
xdotool key BackSpace
wait_for 10 has_no_row db-shop
xdotool type ' web'
wait_for 10 has_no_row new-shop
gui_press 'Find Container' Stop
wait_for 20 state_is web-shop exited
wait_for 10 has_row '○ web-shop'
state_is new-shop running || fail "new-shop was touched"

step "by keys: the row below, its actions, the first of them"
xdotool key --repeat 20 --delay 10 BackSpace
xdotool type 'job-2'
wait_for 10 has_row job-28
wait_for 10 has_no_row web-shop
xdotool key Down Return Right
wait_for 10 has_row '→ Start'
gui_shot find-4-keys
xdotool key Return
wait_for 20 state_is job-20 running
state_is job-2 created || fail "job-2 was touched"
wait_for 10 has_no_row '→'

step "Escape closes it; opened again, from its shortcut, nothing is typed"
xdotool key Escape
wait_for 10 gui_window_is_gone 'Find Container'
gui_open
before=$(gui_count '^control.*Find Container')
xdotool key alt+f
wait_for 10 gui_more "$before" '^control.*Find Container'
has_row new-shop || fail "what was typed before is still there"
xdotool key Escape
wait_for 10 gui_window_is_gone 'Find Container'

step "Quit"
podman rm --all --force --time 0 >/dev/null # with all of them it would be below the screen
wait_for 20 gui_bar_is ''
gui_quit
