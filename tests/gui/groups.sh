#!/usr/bin/env bash
# groups.sh - compose projects by mouse: all of one is stopped, what it comes to is seen on its row, the
# one that fails is named; more than a handful is asked about first; pinned on top, hidden and shown again.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

member() { # PROJECT NAME COMMAND...
    podman run -d --name "$2" --label com.docker.compose.project="$1" localhost/ck-test:1 \
        sh -c "$3" >/dev/null
}
ready='trap "exit 0" TERM; while :; do sleep 0.1; done'
slow='trap "" TERM; while :; do sleep 0.1; done' # it takes the grace, and then a KILL

# The program's podman refuses to stop what is named in a file; it is the real one in all else.
refuse_stops() {
    mkdir -p /usr/local/bin/.tools
    cp /usr/bin/podman /usr/local/bin/.tools/podman
    hide /usr/bin/podman
    cat >"$world/podman" <<EOT
#!/bin/sh
case " \$* " in
*" stop "*)
    for id in \$(cat $world/refused 2>/dev/null); do
        case " \$* " in
        *" \$id "*) echo "Error: it holds on to its files" >&2; exit 125 ;;
        esac
    done ;;
esac
exec /usr/local/bin/.tools/podman "\$@"
EOT
    give podman "$world/podman"
    hash -r
}

all_are() { # STATE NAME...
    local state=$1 name
    shift
    for name in "$@"; do state_is "$name" "$state" || return 1; done
}

seen() { tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE" | grep -Eq "$1"; } # PATTERN: since gui_open

# shellcheck disable=SC2046 # two words: x and y
gui_hover_group() { # NAME: until its sub-menu has come
    local before
    before=$(gui_count $'^item\t.*\tStart All\t')
    gui_hover "$1"
    wait_for 10 gui_more "$before" $'^item\t.*\tStart All\t'
    sleep 0.1
}

refuse_stops
member shop shop-web "$ready"
member shop shop-db "$slow"
member shop shop-mail "$ready"
for i in 1 2 3 4 5 6; do member farm "farm-$i" "$ready"; done
container alone
"$ck" settings grace-seconds 3
id_of shop-mail >"$world/refused"
one_about() { [ "$(xdotool search --onlyvisible --name "$1" | wc -l)" -eq 1 ]; } # TITLE, in ASCII: one such window
gui_start "$ck"
wait_for 30 gui_bar_is 10

step "a project is one row, and its containers are behind it"
gui_open
gui_at '● shop — 3 running' >/dev/null
gui_at '● farm — 6 running' >/dev/null
gui_at '● alone' >/dev/null
gui_at 'shop-web' && fail "a member stands beside its group"
gui_hover_group '● shop'
gui_at 'shop-web' >/dev/null
gui_shot groups-1-open

step "Stop All: the row tells how far it is, and the one that failed is named"
gui_pick 'Stop All'
gui_open
wait_for 20 seen 'shop — stopping [12] of 3…'
gui_shot groups-2-progress
wait_for 20 all_are exited shop-web shop-db
wait_for 20 gui_changed 'shop — ⚠ 1 of 3 running'
gui_close
wait_for 20 gui_bar_is 8
gui_open
gui_hover_group 'shop — ⚠ 1 of 3'
wait_for 10 gui_at '⚠ shop-mail: could not stop — Error: it holds on to its files' >/dev/null
gui_shot groups-3-failed
gui_close
state_is shop-mail running

step "Start All clears it"
: >"$world/refused"
gui_open
gui_hover_group 'shop — ⚠ 1 of 3'
gui_pick 'Start All'
wait_for 20 gui_bar_is 10
all_are running shop-web shop-db shop-mail
gui_open
seen '⚠' && fail "the failure is still there"
gui_close

step "more than a handful is asked about first, and Cancel means no"
gui_open
gui_hover_group '● farm'
gui_pick 'Stop All…'
wait_for 10 gui_control_seen 'Stop All — farm' 'Stop 6 containers?'
gui_control_seen 'Stop All — farm' 'farm-1, farm-2, farm-3, farm-4, farm-5, farm-6'
gui_shot groups-4-question
gui_open
gui_hover_group 'All Containers'
gui_pick 'Stop All…' 'All Containers'
wait_for 10 gui_control_seen 'Stop All — Podman' 'Stop 10 containers?'
gui_open
gui_at 'Stop All — farm' >/dev/null
gui_at 'Stop All — Podman' >/dev/null
gui_close
podman stop -t 0 alone >/dev/null # asked again, the same window asks about those that run now
wait_for 20 gui_bar_is 9
gui_open
gui_hover_group 'All Containers'
gui_pick 'Stop All…' 'All Containers'
wait_for 10 gui_control_seen 'Stop All — Podman' 'Stop 9 containers?'
wait_for 10 one_about 'Stop All .*Podman'
podman start alone >/dev/null
wait_for 20 gui_bar_is 10
xdotool key Escape
wait_for 10 gui_window_is_gone 'Stop All — Podman'
gui_open
gui_hover_group '● farm'
drawn=$(gui_count '^control.*Stop All — farm')
gui_pick 'Stop All…' '● farm' # about which there is a question already: that comes to the front
wait_for 10 gui_more "$drawn" '^control.*Stop All — farm'
wait_for 10 one_about 'Stop All .*farm'
xdotool key Return
wait_for 10 gui_window_is_gone 'Stop All — farm'
all_are running farm-1 farm-2 farm-3 farm-4 farm-5 farm-6
gui_open
gui_hover_group '● farm'
gui_pick 'Stop All…'
wait_for 10 gui_control_seen 'Stop All — farm' 'Stop 6 containers?'
gui_press 'Stop All — farm' 'Stop All'
wait_for 30 all_are exited farm-1 farm-2 farm-3 farm-4 farm-5 farm-6
wait_for 20 gui_bar_is 4
all_are running shop-web shop-db shop-mail alone

step "pinned on top, and there after the next start"
gui_open
gui_hover_row alone
gui_pick 'Pin to Top'
gui_open
[ "$(gui_order '● alone')" -lt "$(gui_order '● shop')" ] || fail "alone is not on top"
gui_shot groups-5-pinned

step "hidden behind a row of its own, and shown again"
gui_hover_row alone
gui_pick 'Hide'
gui_open
wait_for 10 gui_at 'Hidden… (1)' >/dev/null
gui_hover 'Hidden… (1)'
gui_hover_row alone
gui_shot groups-6-hidden
gui_pick 'Show Again'
gui_quit
all_are running shop-web shop-db shop-mail alone

step "what was chosen is kept"
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 30 gui_bar_is 4
gui_open
gui_at '● alone' >/dev/null
seen 'Hidden…' && fail "it is hidden again"
gui_close
gui_quit
