#!/usr/bin/env bash
# logs.sh - the window of a container's log: colours, searching, copying, saving; ten thousand lines a
# second beside a menu that answers; restarted and removed containers.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
cc -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -static -o "$world/img/bin/log-writer" tests/gui/log_writer.c
mkdir -p "$HOME/Downloads"
w='Logs of talk' # the window

shows() { gui_control_seen "$w" "$1"; }
state_says() { # PATTERN: what a text of the window says, as it was drawn last
    awk -F'\t' -v w="$w" '$1 == "control" && $2 == w && $3 == "Search" {n = 0}
        $1 == "control" && $2 == w {text[++n] = $3}
        END {for (i = 1; i <= n; i++) print text[i]}' "$GS_STATUSBAR_TRACE" | grep -Eq "$1"
}
show_logs() { # NAME
    gui_open
    gui_hover_row "$1"
    gui_pick 'Show Logs'
}
finds() { # TEXT TALLY: typed into the field, which is selected whole
    xdotool key alt+f
    xdotool type --delay 20 "$1"
    xdotool key Return
    wait_for 20 found "$1" "$2"
}
found() { state_says "^$1\$" && state_says "^$2\$"; }
finds_soon() { # TEXT TALLY: it may have to come first
    xdotool key alt+f
    xdotool type --delay 20 "$1"
    wait_for 40 found_now "$2"
}
found_now() {
    xdotool key Return
    sleep 0.2
    state_says "^$1\$"
}
save() { # the newest file of downloads is the log; again, if one was still being written
    local before
    before=$(find "$HOME/Downloads" -name '*.log' | wc -l)
    wait_for 20 saves "$before"
    log=$(find "$HOME/Downloads" -name '*.log' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
}
saves() {
    gui_press "$w" 'Save…'
    sleep 0.2
    [ "$(find "$HOME/Downloads" -name '*.log' | wc -l)" -gt "$1" ]
}
log_has() { save && grep -q "$1" "$log"; }
copied() { [ "$(timeout 10 xclip -o -selection clipboard 2>/dev/null)" = "$1" ]; }
copied_like() { timeout 10 xclip -o -selection clipboard 2>/dev/null | grep -q "$1"; }
rss() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$gui_app/status"; }
ticks() { awk '{print $14 + $15}' "/proc/$gui_app/stat"; }

step "a log with colours, the container's standard error in it too"
# shellcheck disable=SC2016 # the shell in the container expands it
container talk sh -c 'trap "echo bye; exit 0" TERM
    for i in 1 2 3 4 5 6; do printf "\033[3${i}mcolour $i\033[0m \033[1mbold\033[0m \033[90mgrey\033[0m plain\n"; done
    sleep 0.3; echo "an Error" >&2; sleep 0.3 # the engine reads two pipes, and tells the times of that
    printf "10%%\r100%%\n"; echo "Grüße, 世界"
    i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); echo "old line $i"; done
    while :; do sleep 0.1; [ ! -e /tmp/say ] || { cat /tmp/say; rm /tmp/say; }; done'
gui_start "$ck"
wait_for 20 gui_bar_is 1
show_logs talk
wait_for 20 shows 'New lines appear here'
finds_soon 'old line 2000' '1 of 1'

step "search: any case, both ways, round the ends; older lines come in from the ring"
finds 'ERROR' '1 of 1'
gui_shot logs-1-colours
gui_press "$w" Next
wait_for 10 state_says '^1 of 1$'
finds 'LINE 200' '1 of 2' # upwards from what is shown
xdotool key alt+shift+g # and round the beginning
wait_for 10 state_says '^2 of 2$'
gui_press "$w" Next
wait_for 10 state_says '^1 of 2$'
finds 'nowhere' 'Not found'
gui_shot logs-2-searched

step "what is selected is copied; without a selection, all of it"
finds 'old line 777' '1 of 1'
gui_press "$w" Copy
wait_for 20 copied 'old line 777'

step "a window that was scrolled up stays; continued, it is at the end again"
podman exec talk sh -c 'echo "while you were away" >/tmp/say'
wait_for 20 state_says ' more lines below'
at=$(gui_control_at "$w" Pause) # what is said when it is paused begins so too
gui_press "$w" Pause
wait_for 10 state_says '^Paused; '
# shellcheck disable=SC2086 # two words
gui_move $at
xdotool mousedown 1
sleep 0.1
xdotool mouseup 1
wait_for 10 state_says 'New lines appear here'
gui_shot logs-3-end

step "while the mouse selects, lines that come wait: what is selected is what was seen"
read -r x y <<<"$(gui_control_at "$w" 'New lines appear here.')"
gui_move "$x" $((y + 80))
xdotool mousedown 1
podman exec talk sh -c 'i=0; while [ $i -lt 200 ]; do i=$((i + 1)); echo "unseen line $i"; done >/tmp/said; mv /tmp/said /tmp/say'
said() { ! podman exec talk ls /tmp/say 2>/dev/null; }
wait_for 20 said
sleep 0.5 # several ticks
gui_shot logs-8-held
xdotool mousemove_relative 0 30
sleep 0.1
xdotool mouseup 1
gui_press "$w" Copy
wait_for 20 copied_like 'old line'
! copied_like unseen || fail "what came meanwhile was selected"

step "saved: as text, for the user alone, under a name that is free"
save
is "$(basename "$log")" talk.log
is "$(stat -c %a "$log")" 600 "mode of the file"
is "$(sed -n '1p;7,9p' "$log" | tr '\n' '|')" 'colour 1 bold grey plain|an Error|100%|Grüße, 世界|' "saved lines"
is "$(tail -n 1 "$log")" 'unseen line 200' "the last line"
wait_for 10 state_says "^Saved as $log"
save
is "$(basename "$log")" 'talk 2.log'

step "restarted: it goes on, and nothing comes twice"
podman exec talk sh -c 'echo "before the restart" >/tmp/say'
wait_for 20 log_has '^before the restart'
podman restart -t 5 talk >/dev/null
twice() { log_has '^bye' && [ "$(grep -c '^old line 2000$' "$log")" -eq 2 ]; }
wait_for 30 twice
podman exec talk sh -c 'echo "after the restart" >/tmp/say'
wait_for 20 log_has '^after the restart'
is "$(grep -c '^before the restart' "$log")" 1 "lines of before"

is "$(grep -c '^colour 1 ' "$log")" 2 "first lines of the two runs"
is "$(grep -c '^old line 777$' "$log")" 2 "lines of the two runs"

step "stopped and removed: it says so, and keeps what it has"
podman stop -t 5 talk >/dev/null
wait_for 20 state_says 'does not run'
podman rm talk >/dev/null
wait_for 20 state_says 'was removed'
gui_shot logs-4-removed
xdotool key Escape
wait_for 5 gui_window_is_gone "$w"

step "ten thousand lines a second for ten seconds"
tar -C "$world/img" -c . | podman import --change 'ENV PATH=/bin' - localhost/ck-test:2 >/dev/null 2>&1
container other
wait_for 20 gui_bar_is 1
podman run -d --name flood localhost/ck-test:2 \
    sh -c 'while [ ! -e /tmp/go ]; do sleep 0.1; done; exec log-writer 10000 10' >/dev/null
wait_for 20 gui_bar_is 2
w='Logs of flood'
show_logs flood
wait_for 20 shows 'New lines appear here'
before=$(rss)
began=$(ticks) began_s=$SECONDS
podman exec flood touch /tmp/go

step "meanwhile the menu opens and shows a change"
gui_open
podman stop -t 0 other >/dev/null
wait_for 10 gui_changed $'\t.*○ other'
gui_shot logs-5-flood
gui_close
finds_soon 'the last line' '1 of 1'
gui_shot logs-6-last
echo "processor: $(($(ticks) - began)) ticks of 10 ms in $((SECONDS - began_s)) s; memory: $before kB before, $(rss) kB after"
save
is "$(tail -n 1 "$log")" 'the last line'
is "$(wc -l <"$log")" 100000 "lines that are kept"
is "$(head -n 1 "$log" | cut -c1-11)" 'line 000001' "the first of them"
[ "$B" != build/linux ] || [ "$(rss)" -lt $((before + 131072)) ] || fail "memory grew from $before to $(rss) kB"

step "cleared; Quit ends the engine's command"
gui_press "$w" Clear
wait_for 10 state_says 'New lines appear here'
gui_shot logs-7-cleared
gui_quit
[ -z "$(pgrep -f "podman logs .* $(podman inspect --format '{{.Id}}' flood)")" ] || fail "a command is left"
