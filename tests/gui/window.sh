#!/usr/bin/env bash
# window.sh - the windows: the first start's, About, the one that stands in for an icon that cannot be
# seen; they close by button and by keys, are listed in the menu, and keep nobody from logging out.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web

welcome_is_due() { rm -f "$gui_dir/data/container-kit/first-start-done"; }
# shellcheck disable=SC2046 # two words
bar_window() { xdotool mousemove $(gui_bar) getmouselocation --shell | sed -n 's/^WINDOW=//p'; }
since_opened() { tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE"; }
row_count() { since_opened | awk -F'\t' -v t="$1" '$1 == "item" && $3 == t {n[$5] = 1} END {print length(n)}'; }
window_row_at() { since_opened | awk -F'\t' -v t="$1" '$1 == "item" && $3 == t {print $4, $5; exit}'; } # the upper one

step "the first start: one window, and what it says of the engine comes in time"
welcome_is_due
gui_start "$ck"
wait_for 20 gui_bar_is 1
wait_for 10 gui_control_seen Welcome "Podman"
gui_shot window-1-welcome
stat -c %a "$gui_dir/data/container-kit/first-start-done" >"$world/mode"
is "$(cat "$world/mode")" 600 "mode of the note that it was shown"

step "its box opens the program at login, and back"
login_item_is() { [ "$("$ck" login-item)" = "$1" ]; }
is "$("$ck" login-item)" off
gui_press Welcome 'Open at login'
wait_for 5 login_item_is on
gui_shot window-1b-login
gui_press Welcome 'Open at login'
wait_for 5 login_item_is off

step "and another one makes it a command"
gui_press Welcome 'command line tool'
wait_for 5 test -L /usr/local/bin/container-kit
is "$(readlink -f /usr/local/bin/container-kit)" "$(readlink -f "$ck")" "where the command leads"
gui_press Welcome 'command line tool'
wait_for 5 test ! -e /usr/local/bin/container-kit

step "it is in the menu while it is open"
gui_open
gui_at Welcome >/dev/null || fail "the menu does not list the open window"
gui_shot window-2-menu
gui_close
gui_press Welcome Done
wait_for 5 gui_window_is_gone Welcome

step "About: a menu row brings it to the front; Escape and Command-W close it"
gui_open
gui_pick 'About Container Kit'
wait_for 10 gui_control_seen 'About Container Kit' Version
gui_shot window-3-about
drawn=$(gui_count $'^control\tAbout Container Kit\tVersion')
gui_open
gui_shot window-4-listed
is "$(row_count 'About Container Kit')" 2 "rows about About while it is open"
# shellcheck disable=SC2046 # two words
gui_click $(window_row_at 'About Container Kit')
wait_for 5 gui_more "$drawn" $'^control\tAbout Container Kit\tVersion'
xdotool key Escape
wait_for 5 gui_window_is_gone 'About Container Kit'
gui_open
is "$(row_count 'About Container Kit')" 1 "rows about About after it was closed"
gui_pick 'About Container Kit'
wait_for 10 gui_control_seen 'About Container Kit' Version
xdotool key alt+w
wait_for 5 gui_window_is_gone 'About Container Kit'

step "TERM ends it within two seconds, windows or not; the first start does not come twice"
gui_open
gui_pick 'About Container Kit'
wait_for 10 gui_control_seen 'About Container Kit' Version
wait_for 30 grep -q 'icon: placed' "$gui_dir/app.log"
kill -TERM "$gui_app"
wait_for 2 gone "$gui_app"
wait "$gui_app" || fail "its status is $?" # its last thread has gone too, and the lock with it
gui_healthy
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 20 gui_bar_is 1
is "$(gui_count $'^control\tWelcome')" 0 "controls of the first start's window"

step "an icon that cannot be seen: after two looks a window stands in for it"
xdotool windowmove "$(bar_window)" 300 400
wait_for 30 gui_control_seen 'Container Kit' 'cannot be seen'
gui_shot window-5-stand-in
is "$(grep -c 'icon: off screen' "$gui_dir/app.log")" 2 "looks that missed the icon"
gui_control_seen 'Container Kit' web || fail "the container is not in the window"

step "its rows act, and follow what happens"
gui_press 'Container Kit' Stop
wait_for 20 state_is web exited
wait_for 10 gui_control_seen 'Container Kit' Start
gui_shot window-6-stopped
gui_press 'Container Kit' Start
wait_for 20 state_is web running
wait_for 10 gui_control_seen 'Container Kit' Stop
gui_press 'Container Kit' Close
wait_for 5 gui_window_is_gone 'Container Kit'

step "Quit leaves the container as it is"
gui_open
gui_pick 'Quit Container Kit'
wait_for 5 gone "$gui_app"
gui_healthy
state_is web running
