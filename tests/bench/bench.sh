#!/usr/bin/env bash
# bench.sh - all figures in one run: core in memory, an update that is fetched, events with a real
# podman, the menu on a screen.
#
# Medians with their spread; ratios are what counts, the machine is whatever it is. Nothing here passes
# or fails: no test asserts a speed.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
bench=$PWD/$B/bench

title() { printf '\n== %s\n' "$*"; }

spread() { # UNIT, numbers on stdin: median (p10 .. p90) of n
    sort -n | awk -v u="$1" '{v[NR] = $1} END {
        if (NR == 0) {print "no figures"; exit 1}
        printf "%.1f %s (p10 %.1f, p90 %.1f, max %.1f, n %d)\n",
            v[int((NR + 1) / 2)], u, v[int(NR * .1) + 1], v[int((NR - 1) * .9) + 1], v[NR], NR}'
}

title "core, in memory"
"$bench"

title "fetching and proving an update"
/usr/bin/python3 -B tests/bench/update.py "$B/probe" "$B/fetch"

title "finding a container, in memory"
"$bench" find

podman_world
title "events: real podman, 20 deaths, then 60 quiet seconds"
"$bench" events

title "start to icon, 10 starts, AppKit's loading included in the second figure"
gui_server
: >"$world/start" && : >"$world/whole"
for _ in 1 2 3 4 5 6 7 8 9 10; do
    : >"$GS_STATUSBAR_TRACE"
    began=$(date +%s%3N)
    gui_start "$ck"
    echo $(($(date +%s%3N) - began)) >>"$world/whole"
    wait_for 10 grep -q 'the icon is there after' "$gui_dir/app.log"
    sed -n 's/.*the icon is there after \([0-9]*\) ms.*/\1/p' "$gui_dir/app.log" >>"$world/start"
    kill -TERM "$gui_app"
    wait "$gui_app" || true
done
echo "to the icon, of main():          $(spread ms <"$world/start")"
echo "to the icon, seen from outside:  $(spread ms <"$world/whole")"

title "opening the menu, 200 containers, 20 openings after the first"
for i in $(seq 200); do podman create --name "c$i" localhost/ck-test:1 sleep 600 >/dev/null; done
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 30 grep -q '200 containers' "$gui_dir/app.log"
of_day() { awk -F'[:. ]' '{print (($1 * 60 + $2) * 60 + $3) * 1000 + $4}'; } # HH:MM:SS.mmm -> ms
ready='menu: ready \([0-9.]*\) ms.*'
: >"$world/clicked"
for _ in $(seq 21); do
    before=$(grep -c "$ready" "$gui_dir/app.log" || true)
    # shellcheck disable=SC2046 # two words: x and y
    gui_move $(gui_bar)
    date +%H:%M:%S.%3N | of_day >>"$world/clicked"
    xdotool click 1
    until [ "$(grep -c "$ready" "$gui_dir/app.log")" -gt "$before" ]; do sleep 0.05; done
    gui_close
done
grep "$ready" "$gui_dir/app.log" | of_day | paste - "$world/clicked" |
    awk 'NR > 1 {print $1 - $2}' >"$world/whole"
sed -n "s/.*$ready/\1/p" "$gui_dir/app.log" | tail -n +2 >"$world/ready"
sed -n 's/.*menu: on screen \([0-9.]*\) ms.*/\1/p' "$gui_dir/app.log" | tail -n +2 >"$world/screen"
echo "click to end of menuWillOpen:, xdotool's start included:   $(spread ms <"$world/whole")"
echo "menuNeedsUpdate: to end of menuWillOpen:, our own part:    $(spread ms <"$world/ready")"
echo "menuNeedsUpdate: to drawn, with GNUstep's drawing:         $(spread ms <"$world/screen")"
gui_quit

title "size"
strip -o "$world/stripped" "$ck"
echo "executable, stripped: $(($(stat -c %s "$world/stripped") / 1024)) KiB"
