#!/usr/bin/env bash
# registry.sh - the window of the registries: a wrong and the right password typed, logged in and
# out at a real registry, and nothing of the password anywhere but in podman's own file.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
. tests/registry.sh
mkdir -p "$world/auth"
export REGISTRY_AUTH_FILE=$world/auth/auth.json # else root's own, for podman
registry_password='S3cret-w0rd.of-Alice' # as xdotool can type it on any keyboard
registry_start
registry_silent
podman_world
registry_known_to_podman
gui_server
ulimit -S -c unlimited # the test's own, which the program is to lower

seen() { gui_control_seen "$1" "$2"; }
not_seen() { ! seen "$@"; }
writes() { # TITLE TEXT: into the field behind that label
    local at
    wait_for 10 seen 'Log In' "$1"
    at=$(gui_control_at 'Log In' "$1")
    # shellcheck disable=SC2086 # two words
    set -- ${at% *} ${at#* } "$2"
    gui_move $(($1 + 200)) "$2"
    xdotool mousedown 1
    sleep 0.1
    xdotool mouseup 1
    xdotool type "$3"
}
auth_has() { grep -qs "$registry" "$REGISTRY_AUTH_FILE"; }
auth_has_not() { ! auth_has; }

step "the window is opened by a row of the menu, and has nothing to show"
LOG=debug gui_start "$ck"
gui_open
gui_pick 'Registries'
wait_for 10 seen Registries 'No registries yet'
gui_shot registry-1-empty

step "a wrong password: the window says so, and the field is empty again"
gui_press Registries 'Add'
wait_for 10 seen 'Log In' 'base64-coded'
gui_shot registry-2-form
writes Registry "$registry"
writes User alice
writes Password wrong-one
gui_shot registry-3-typed
gui_press 'Log In' 'Log In'
wait_for 20 seen 'Log In' 'did not accept this user name and password'
gui_shot registry-4-wrong

step "the right one, ended by Return: the window closes, the list has it"
writes Password "$registry_password"
xdotool key Return
wait_for 20 seen Registries 'logged in'
wait_for 5 gui_window_is_gone 'Log In'
auth_has || fail "podman was not logged in"
gui_shot registry-5-in

step "a registry that does not answer: Cancel, and the end of podman"
gui_press Registries 'Add'
writes Registry "$silent"
writes User alice
writes Password "$registry_password"
gui_press 'Log In' 'Log In'
wait_for 10 seen 'Log In' 'Logging in to'
gui_shot registry-6-slow
asks() { child=$(pgrep -f "podman login .*$silent"); }
wait_for 10 asks
has_not "$(tr '\0' ' ' <"/proc/$child/cmdline")" "$registry_password"
gui_press 'Log In' Cancel
wait_for 10 gone "$child"
wait_for 5 gui_window_is_gone 'Log In'

step "typed, drawn anew and left: it is gone with the window"
gui_press Registries 'Add'
writes Registry ghcr.io
writes Password "$registry_password"
drawn=$(gui_count '(secret)')
gui_open
gui_pick 'Log In'
wait_for 10 gui_more "$drawn" '(secret)'
xdotool key Escape
wait_for 5 gui_window_is_gone 'Log In'

step "logged out: it is remembered; removed: it is not"
gui_press Registries 'Log Out'
wait_for 20 seen Registries 'not logged in'
auth_has_not || fail "podman is still logged in"
gui_shot registry-7-out
empty=$(gui_count $'^control\tRegistries\tNo registries yet')
gui_press Registries Remove
wait_for 20 gui_more "$empty" $'^control\tRegistries\tNo registries yet'
is "$("$ck" registry)" 'No registries.'

step "the password is in no file, no word and no environment, and a crash leaves none behind"
[ "$(sed -n 's/^Max core file size *\([0-9]*\) .*/\1/p' "/proc/$gui_app/limits")" = 0 ] ||
    fail "a crash would leave a core file"
! grep -FRqs -D skip "$registry_password" "$world" || fail "a file holds the password"
! grep -Fqs "$registry_password" "/proc/$gui_app/cmdline" "/proc/$gui_app/environ" ||
    fail "ps shows the password"
gui_quit
