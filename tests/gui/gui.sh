# shellcheck shell=bash
# gui.sh - drives the real program with a real mouse: an X server of our own, clicks by item title.
#
# Source it after tests/lib.sh. The program writes where its items are (GS_STATUSBAR_TRACE, the format
# is in app/gnustep/trace.h), so no test knows a pixel. A person rests on a row before the click, so the
# mouse here does too, for a tenth of a second; everything else waits for a condition.

gui_server() { # starts Xvfb on a free display; sets DISPLAY and the folders that AppKit would write to
    # shellcheck disable=SC2154  # $world is of tests/lib.sh
    gui_dir=$(mktemp -d "$world/gui.XXXXXX")
    local n
    Xvfb -displayfd 3 -screen 0 1000x800x24 -nolisten tcp -noreset 3>"$gui_dir/display" 2>"$gui_dir/xvfb.log" &
    gui_xvfb=$!
    at_exit "kill $gui_xvfb 2>/dev/null; wait $gui_xvfb 2>/dev/null || true"
    wait_for 20 test -s "$gui_dir/display"
    n=$(cat "$gui_dir/display")
    export DISPLAY=:$n
    # as after a first start: its window would stand before what is tested
    mkdir -p "$gui_dir/gs" "$gui_dir/data/container-kit"
    chmod 0700 "$gui_dir/data/container-kit"
    touch "$gui_dir/data/container-kit/first-start-done"
    sed -e '/^GNUSTEP_USER_/d' /etc/GNUstep/GNUstep.conf >"$gui_dir/gs.conf"
    {
        echo "GNUSTEP_USER_DEFAULTS_DIR=$gui_dir/gs"
        echo "GNUSTEP_USER_DIR_LIBRARY=$gui_dir/gs/Library"
        echo "GNUSTEP_USER_DIR_LIBRARIES=$gui_dir/gs/Library/Libraries"
    } >>"$gui_dir/gs.conf"
    # this machine's sleep and locks are no business of a test
    export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$gui_dir/no-bus
    export GNUSTEP_CONFIG_FILE=$gui_dir/gs.conf XDG_DATA_HOME=$gui_dir/data
    export GS_STATUSBAR_TRACE=$gui_dir/trace
    : >"$GS_STATUSBAR_TRACE"
}

gui_report() { # after a failure (status of run_exit_words): what the program saw and what it showed
    # shellcheck disable=SC2154  # of tests/lib.sh
    [ "$status" -ne 0 ] || return 0
    echo "---- end of the log"
    tail -n 40 "$gui_dir/app.log"
    echo "---- end of the trace"
    tail -n 40 "$GS_STATUSBAR_TRACE"
    gui_shot "failed-$(basename "$0" .sh)"
}

gui_start() { # EXECUTABLE: starts it and waits for its status item
    LOG=${LOG:-info} "$1" >"$gui_dir/app.log" 2>&1 &
    gui_app=$!
    at_exit "kill -9 $gui_app 2>/dev/null; wait $gui_app 2>/dev/null || true"
    at_exit gui_report # before that: exit words run from the last to the first
    wait_for 60 grep -q '^bar' "$GS_STATUSBAR_TRACE"
}

gui_at() { # TITLE-PART [MENU]: x and y of the item last seen with that text in its title
    # through the environment: awk would read a backslash in -v as the beginning of an escape
    t=$1 m=${2:-} awk -F'\t' '
        BEGIN {t = ENVIRON["t"]; m = ENVIRON["m"]}
        $1 == "item" && index($3, t) && (m == "" || index($2, m)) {x = $4; y = $5}
        END {if (x == "") exit 1; print x, y}' "$GS_STATUSBAR_TRACE"
}

gui_bar() { awk -F'\t' '$1 == "bar" {x = $4; y = $5} END {if (x == "") exit 1; print x, y}' "$GS_STATUSBAR_TRACE"; }
gui_bar_title() { awk -F'\t' '$1 == "bar" {t = $3} END {print t}' "$GS_STATUSBAR_TRACE"; }
gui_bar_is() { [ "$(gui_bar_title)" = "$1" ]; }

gui_move() { # X Y
    xdotool mousemove "$1" "$2"
    sleep 0.1
}

gui_click() { # X Y
    gui_move "$1" "$2"
    xdotool click 1
}

# shellcheck disable=SC2046  # two words: x and y
gui_open() { # opens the menu of the status item and waits until its items are there
    local before
    before=$(gui_count '^item.*Quit Container Kit')
    gui_mark=$(($(wc -l <"$GS_STATUSBAR_TRACE") + 1))
    gui_click $(gui_bar)
    wait_for 10 gui_more "$before" '^item.*Quit Container Kit'
    sleep 0.1
}

gui_count() { grep -c "$1" "$GS_STATUSBAR_TRACE" || true; } # PATTERN
gui_more() { [ "$(gui_count "$2")" -gt "$1" ]; }            # COUNT PATTERN: now there are more


# shellcheck disable=SC2046
gui_hover() { # TITLE [MENU]
    wait_for 10 gui_at "$@" >/dev/null
    gui_move $(gui_at "$@")
}

gui_hover_row() { # NAME: hovers a container's row until its sub-menu has come
    local before
    before=$(gui_count $'^item\t.*\tStart\t')
    gui_hover "$1"
    wait_for 10 gui_more "$before" $'^item\t.*\tStart\t'
    sleep 0.1
}

gui_pick() { # TITLE [MENU]
    gui_hover "$@"
    xdotool click 1
}

gui_changed() { # PATTERN: since gui_open an item of the open menu has changed to such a line
    tail -n "+$gui_mark" "$GS_STATUSBAR_TRACE" | grep '^change' | grep -Eq "$1"
}

gui_close() { # closes an open menu by a click on the empty desktop
    gui_click 20 780
    sleep 0.2
}

gui_shot() { # NAME: keeps a picture of the screen in build/
    mkdir -p build/screenshots
    import -window root "build/screenshots/$1.png"
}

gui_healthy() { # no exception was swallowed, nothing of a sanitizer in the log
    if grep -E 'ignoring exception|reported exception|[Uu]ncaught|AppKit off the main thread|ERROR: AddressSanitizer|runtime error:|WARNING: ThreadSanitizer' \
        "$gui_dir/app.log"; then
        fail "the program's log has an exception or a sanitizer report"
    fi
}

gui_quit() { # chooses Quit, expects status 0 within 5 s and no child left
    gui_open
    gui_pick 'Quit Container Kit'
    wait_for 5 gone "$gui_app"
    local status=0
    wait "$gui_app" || status=$?
    [ "$status" -eq 0 ] || {
        tail -n 20 "$gui_dir/app.log"
        fail "exit status $status after Quit"
    }
    gui_healthy
}

gui_order() { # TITLE-PART: place of the item in the menu that was opened last
    awk -F'\t' -v t="$1" '$1 == "item" {n++} $1 == "item" && $3 ~ /Quit/ {n = 0} $1 == "item" && index($3, t) {at = n}
        END {if (at == "") exit 1; print at}' "$GS_STATUSBAR_TRACE"
}

# Controls of windows, by the title of the window and of the control; for a text the text itself.

gui_control_at() { # WINDOW TITLE-PART: x and y of the control last drawn with that text
    w=$1 t=$2 awk -F'\t' '
        BEGIN {w = ENVIRON["w"]; t = ENVIRON["t"]}
        $1 == "gone" && $2 == w {x = ""}
        $1 == "control" && $2 == w && index($3, t) {x = $4; y = $5}
        END {if (x == "") exit 1; print x, y}' "$GS_STATUSBAR_TRACE"
}

gui_control_seen() { gui_control_at "$@" >/dev/null; } # to wait for

# shellcheck disable=SC2046
gui_press() { # WINDOW TITLE-PART
    wait_for 10 gui_control_at "$@" >/dev/null
    gui_move $(gui_control_at "$@")
    xdotool mousedown 1
    sleep 0.1 # a finger takes as long, and GNUstep loses the end of a click that takes no time
    xdotool mouseup 1
}

gui_window_is_gone() { # WINDOW: what was traced of it last is its going
    w=$1 awk -F'\t' '$2 == ENVIRON["w"] && ($1 == "gone" || $1 == "control") {last = $1}
        END {exit last != "gone"}' "$GS_STATUSBAR_TRACE"
}
