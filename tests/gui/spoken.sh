#!/usr/bin/env bash
# spoken.sh - what a screen reader is told of the icon, the rows, what is behind them and the curve,
# against tests/golden/spoken.txt. GOLDEN_UPDATE=1 writes the file anew; read it before you keep it.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null
podman run --name broken localhost/ck-test:1 sh -c 'exit 3' || true
for name in one two; do
    podman create --name "shop-$name" --label com.docker.compose.project=shop \
        localhost/ck-test:1 sleep 600 >/dev/null
done

said() { grep -c $'^spoken\t'"$1" "$GS_STATUSBAR_TRACE" || true; } # KIND AND TEXT
said_some() { [ "$(said "$1")" -gt 0 ]; }

# Each once, without what is another in each run.
all_said() {
    grep '^spoken' "$GS_STATUSBAR_TRACE" | cut -f 2- |
        sed -E -e 's/[0-9a-f]{12}$/ID/' -e 's/[0-9]+(\.[0-9]+)?%/N%/g' \
            -e '/Measuring|^row-label.CPU [0-9N]|^row-label.Memory|^row-value.$|not measured/d' | sort -u
}

step "the icon, the rows, a group, a container and its curve"
gui_start "$ck"
wait_for 20 gui_bar_is 1
gui_open
gui_hover_row web
wait_for 30 said_some $'row-value\tnow '
gui_close
gui_open
gui_hover shop
wait_for 10 said_some $'row-label\tshop-two'
gui_close
gui_quit

step "as it was agreed"
all_said >"$world/spoken"
if [ -n "${GOLDEN_UPDATE:-}" ]; then cp "$world/spoken" tests/golden/spoken.txt; fi
diff -u tests/golden/spoken.txt "$world/spoken" || fail "a screen reader is told something else"
