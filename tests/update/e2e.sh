#!/usr/bin/env bash
# e2e.sh - updates from end to end: a real server, real signatures, the real program in its folder, a
# person in front of it. In a network of its own, so that the server is at port 443 of its name.
# $B has the program with hooks (core/update/hooks.h).
if [ -z "${CK_NET:-}" ] && [ "$(id -u)" -eq 0 ]; then
    CK_NET=own exec unshare --net bash "$0" "$@"
fi
B=${B:-build/hooks}
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
ip link set lo up
gui_server # its data folder is that of the command line too
offers=$world/offers
apps=$world/apps
app=$apps/ContainerKit.app
installed=$app/Contents/MacOS/container-kit

# --- what there is ---

program() { # VERSION: the program, as if that version had been built; in $world/built/VERSION
    local folder=$world/built/$1 source
    mkdir -p "$world/built"
    cp -a "$B" "$folder"
    # shellcheck disable=SC2013 # words, not lines
    for source in $(grep -rl CK_VERSION app core --include '*.c'); do
        rm -f "$folder/obj/${source%.c}.o"
    done
    rm -f "$folder/container-kit" "$folder/libcore.a"
    make -s -f tests/tests.mk B="$folder" VARIANT=hooks VERSION="$1" "$folder/container-kit"
}

tree() { # VERSION PROGRAM: the app of that version with that program; in $world/trees/VERSION
    local folder=$world/trees/$1 contents=$world/trees/$1/ContainerKit.app/Contents version
    version=$(sed -n '/CFBundleShortVersionString/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}' Info.plist)
    mkdir -p "$folder"
    sh app/release/tree.sh "$world/built/1.0.0/container-kit" linux-x86_64 .dev "$folder"
    cp "$2" "$contents/MacOS/container-kit" # not every one can tell its own manual
    sed -i "s/${version//./\\.}/$1/" "$contents/Info.plist" "$contents/Resources/release.json"
}

crashing() { # a program that ends as soon as it starts
    printf 'int main(void) { return 1; }\n' | cc -x c -o "$world/crash" -
}

installs() { # VERSION: as if it had been put there by hand
    mkdir -p "$apps"
    cp -a "$world/trees/$1/ContainerKit.app" "$apps/"
}

publish() { # VERSION [WORD...]
    /usr/bin/python3 -B tests/update/offer.py publish "$offers" \
        "$world/trees/$1/ContainerKit.app" "${@:2}"
}

version_on_disk() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$app/Contents/Resources/release.json"; }
installed_is() { [ "$(version_on_disk)" = "$1" ]; }
data=$XDG_DATA_HOME/container-kit
remembers() { grep -qs "$1" "$data/update/state.json"; }

step "three versions, one of which does not run, and a server"
program 1.0.0
program 1.1.0
program 1.3.0
crashing
tree 1.0.0 "$world/built/1.0.0/container-kit"
tree 1.1.0 "$world/built/1.1.0/container-kit"
tree 1.2.0 "$world/crash"
tree 1.3.0 "$world/built/1.3.0/container-kit"
/usr/bin/python3 -B tests/update/offer.py serve "$offers" 2>"$world/offers.err" &
server=$!
at_exit "kill $server 2>/dev/null; wait $server 2>/dev/null || true"
printf '127.0.0.1 localhost\n127.0.1.1 updates.test\n' >"$world/hosts"
mount --bind "$world/hosts" /etc/hosts
at_exit "umount /etc/hosts"
wait_for 60 test -e "$offers/serving"
mount --bind "$offers/ca.pem" /etc/ssl/certs/ca-certificates.crt
at_exit "umount /etc/ssl/certs/ca-certificates.crt"
export CK_HOOK_ENDPOINT=https://updates.test/latest.json CK_HOOK_HOSTS=updates.test
export CK_HOOK_AGAIN_MS=100 CK_HOOK_ALIVE_MS=1500
export CK_HOOK_HEALTH_MS=20000 CK_HOOK_FIRST_CHECK_MS=1000
CK_HOOK_KEY=$(sed -n 2p "$offers/update.pub")
export CK_HOOK_KEY
installs 1.0.0

step "the command line: nobody is there yet, then nothing new, then something"
ends 1 "$installed" update check
has "$err" "404"
publish 1.0.0
ends 0 "$installed" update check
is "$out" "1.0.0 is the newest version"
publish 1.1.0 --notes "Better."
ends 0 "$installed" update check
is "$out" "1.1.0 is available; this is 1.0.0"
ends 0 "$installed" update check --json
has "$out" '"offered": "1.1.0"'
installed_is 1.0.0 || fail "a check has installed something"

step "and it is installed where no menu bar runs; nothing is left beside it"
ends 0 "$installed" update install
is "$out" "1.1.0 is installed"
installed_is 1.1.0 || fail "it is not"
is "$("$installed" version)" "container-kit 1.1.0"

# --- in the menu bar ---

app_pid() { # of the program in the menu bar, whichever version it is
    local pid
    for pid in $(world_pids "$installed"); do
        [ "$(readlink "/proc/$pid/exe")" != "$installed" ] ||
            grep -qz -e '--leash' -e '--update-watchdog' "/proc/$pid/cmdline" || echo "$pid"
    done
}
runs() { [ -n "$(app_pid)" ] && [ "$(app_pid)" != "$gui_app" ]; } # another one than before
gui_again() { # the one that was started by an update is the one to click on
    gui_app=$(app_pid)
    at_exit "kill -9 $gui_app 2>/dev/null"
}
long_ago() { # the last check was: one is due
    sed -i 's/"last_check": [0-9]*/"last_check": 1/' "$data/update/state.json"
}
remembered_now() { ! remembers '"last_check": 1,'; }
gui_quit_other() { # as gui_quit, of one that is no child of ours
    gui_open
    gui_pick 'Quit Container Kit'
    wait_for 5 gone "$gui_app"
}
gui_close_window() { # with the key
    xdotool key Escape
    wait_for 5 gui_window_is_gone 'Software Update'
}
shows() { gui_control_seen 'Software Update' "$1"; }

step "1.1.0 starts, proves that it runs, and says nothing while there is nothing"
gui_start "$installed"
wait_for 20 remembers last_check
gui_open
gui_pick 'Check for Updates'
wait_for 10 shows '1.1.0 is the newest version'
gui_shot update-1-newest
gui_press 'Software Update' Close
wait_for 5 gui_window_is_gone 'Software Update'

step "row 37: a server that has nothing is told to who asked, with what to do about it"
mv "$offers/www/latest.json" "$offers/latest.json"
gui_open
gui_pick 'Check for Updates'
wait_for 10 shows 'cannot be reached'
gui_shot update-1-failed
mv "$offers/latest.json" "$offers/www/latest.json"
gui_press 'Software Update' 'Try Again'
wait_for 10 shows '1.1.0 is the newest version'
gui_close_window
wait_for 20 test -d "$data/previous.noindex/1.0.0"
gui_quit
installed_is 1.1.0 || fail "a quit has changed the version"

step "row 36: one that does not run: a line in the menu and a sign beside the icon, no window"
publish 1.2.0 --notes $'Faster.\n\n- \e[31mred\e[0m \xe2\x80\xaeand <b>bold</b>'
long_ago
gui_start "$installed"
wait_for 20 gui_bar_is '↑'
! shows 'is available' || fail "a window opened by itself"
gui_open
gui_hover 'Update to 1.2.0'
gui_shot update-2-menu
xdotool click 1
wait_for 10 shows 'Container Kit 1.2.0 is available'
shows '[31mred[0m and <b>bold</b>' || fail "the notes are not plain text"
gui_shot update-3-offered

step "row 36: it is installed, ends at once, and the version before comes back by itself"
gui_press 'Software Update' 'Install and Restart'
wait_for 20 gone "$gui_app"
wait_for 60 runs
installed_is 1.1.0 || fail "it did not come back"
wait_for 20 remembers '"blocked": "1.2.0"'
gui_again
gui_open
wait_for 10 gui_at 'did not start' >/dev/null
gui_shot update-4-back
gui_close

step "row 35: it is not offered again by itself, not after a restart either; but to who asks"
gui_quit_other
long_ago
gui_start "$installed"
wait_for 20 remembered_now
gui_bar_is '' || fail "it is offered again"
gui_open
gui_pick 'Check for Updates'
wait_for 10 shows 'Container Kit 1.2.0 is available'
gui_press 'Software Update' 'Skip This Version'
wait_for 5 gui_window_is_gone 'Software Update'
wait_for 5 remembers '"skipped": "1.2.0"'
wait_for 5 gui_bar_is ''

step "the next one is: cancelled half-way, taken up again, and it runs"
publish 1.3.0 --notes "Starts again." --critical
touch "$offers/slow"
gui_open
gui_pick 'Check for Updates'
rm "$offers/slow"
wait_for 20 shows 'Container Kit 1.3.0 is available'
shows 'is important' || fail "nobody says that it matters"
touch "$offers/slow"
gui_press 'Software Update' 'Install and Restart'
wait_for 10 shows ' of '
gui_shot update-5-downloading
gui_press 'Software Update' Cancel
wait_for 10 shows 'Install and Restart'
gui_close_window
gui_open
gui_hover 'Important Update to 1.3.0'
is "$(gui_order 'Important Update')" 1 "place of what is important"
gui_shot update-6-important
rm "$offers/slow"
xdotool click 1
gui_press 'Software Update' 'Install and Restart'
wait_for 20 gone "$gui_app"
wait_for 60 runs
wait_for 30 test -d "$data/previous.noindex/1.1.0"
installed_is 1.3.0 || fail "it is not installed"
is "$("$installed" version)" "container-kit 1.3.0"
gui_again
[ "$(find "$apps" -mindepth 1 -maxdepth 1)" = "$app" ] || fail "something is left beside the app"

step "what the command line makes ready takes the place of the menu bar when that ends"
tree 1.4.0 "$world/built/1.3.0/container-kit"
publish 1.4.0
ends 0 "$installed" update install
is "$out" "1.4.0 is ready; it is installed when the menu bar ends"
installed_is 1.3.0 || fail "it was exchanged under its feet"
ends 0 "$installed" update status
has "$out" "ready     1.4.0"
gui_quit_other
installed_is 1.4.0 || fail "it was not installed at the end"
