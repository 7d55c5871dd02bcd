#!/usr/bin/env bash
# history.sh - from run to run: what happened is in the History menu, also after a new start; before
# an engine has answered, the menu has its last list; a setting takes effect.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

events() { "$ck" history --json | /usr/bin/python3 -c '
import json, sys
print(*(e["name"] + " " + e["what"] for e in reversed(json.load(sys.stdin))), sep="\n")'; }
has_event() { grep -qx "$1" <<<"$(events)"; }
shows_history() { # TEXT: below History, which is opened for it
    gui_open
    gui_hover History
    wait_for 10 gui_at "$1" >/dev/null
}

step "what happens is written while the program runs"
container web
container db
podman run -d --name job localhost/ck-test:1 sh -c 'while [ ! -e /end ]; do sleep 0.1; done; exit 3' >/dev/null
gui_start "$ck"
wait_for 20 gui_bar_is 3
podman exec job touch /end
wait_for 20 gui_bar_is 2
wait_for 20 has_event "job died"
gui_open
gui_hover_row web
gui_pick Stop
wait_for 20 has_event "web stopped"
is "$(stat -c %a "$XDG_DATA_HOME/container-kit/container-kit.db")" 600 "mode of the file"

step "it is in the menu"
wait_for 20 gui_bar_is 1
shows_history 'job ended with an error (exit code 3)'
gui_shot history-1
gui_close
gui_quit

step "also after a new start, and with what was set meanwhile"
ends 0 "$ck" settings show-count false
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
shows_history 'web stopped'
gui_shot history-2
gui_close
gui_bar_is '' || fail "the count is shown: $(gui_bar_title)"
gui_quit

step "an engine that does not answer: its last list"
: >"$GS_STATUSBAR_TRACE"
mkdir -p "$world/slow"
printf '#!/bin/sh\nexec sleep 600\n' >"$world/slow/podman"
hide /usr/bin/podman
give podman "$world/slow/podman"
gui_start "$ck"
gui_open
wait_for 10 gui_at 'List from' >/dev/null
gui_at db >/dev/null
gui_shot history-3
gui_close
gui_quit
