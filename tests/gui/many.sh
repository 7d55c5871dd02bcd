#!/usr/bin/env bash
# many.sh - 1,000 containers, names of 300 characters, right-to-left and control characters: the menu
# stays usable. The engine is a docker that prints a list from a file.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

/usr/bin/python3 - >"$world/list" <<'EOT'
import hashlib
import json
names = ["long-" + "n" * 295, "\u05e9\u05dc\u05d5\u05dd-web", "bell\u0007-\u202egnp.exe", "tab\there"]
names += ["service-%d" % i for i in range(996)]
for i, name in enumerate(names):
    print(json.dumps({
        "ID": hashlib.sha256(name.encode()).hexdigest(), "Names": name, "Image": "shop/app:%d" % i,
        "State": "running", "Status": "Up 2 hours", "Ports": "", "Labels": "", "Command": '"x"'}))
EOT
cat >"$world/docker" <<EOT
#!/bin/sh
case \$1 in
ps) exec cat "$world/list" ;;
events) exec sleep 1000 ;;
*) exit 1 ;;
esac
EOT
give docker "$world/docker"
gui_start "$ck"
wait_for 20 gui_bar_is 1000

step "the first ones are there, whole names as tool tips, nothing that reorders or hides"
gui_open
gui_shot many-1-open
gui_at '\u{202E}gnp.exe' >/dev/null
gui_at 'bell\x07' >/dev/null
gui_at 'service-1 ' >/dev/null
grep -q 'nnnnnnnn…nnnnnnn' "$GS_STATUSBAR_TRACE" || fail "the long name is not cut in its middle"

step "More… holds the rest, in pages"
gui_hover 'More…'
wait_for 10 gui_at 'service-9'
gui_shot many-2-more
gui_close
gui_quit
