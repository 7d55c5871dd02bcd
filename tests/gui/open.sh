#!/usr/bin/env bash
# open.sh - Shell and Open in Browser, by mouse and from the command line. A recorder stands in for the
# browser, another one for the terminal: it reads its file three seconds late and runs it on a real
# pseudo-terminal, so a shell really runs in a container.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server

# NAME COMMANDS: /usr/bin/NAME of this world
system_gives() {
    layer /usr/bin
    rm -f "/usr/bin/$1"
    printf '#!/bin/sh\n%s\n' "$2" >"/usr/bin/$1"
    chmod 0755 "/usr/bin/$1"
}

scripts() { find "$gui_dir/data/container-kit/terminal" -name '*.command' 2>/dev/null; }
has_script() { [ -n "$(scripts)" ]; }
typed() { cat "$world/typed" 2>/dev/null; }
typed_has() { typed | grep -q "$1"; }
urls() { cat "$world/urls" 2>/dev/null || true; }
opened() { [ "$(urls | tail -n 1)" = "$1" ]; }

system_gives xdg-open "printf '%s\n' \"\$@\" >>'$world/urls'"
# what is typed is not what is printed: $((40 + 2)) becomes 42 in the shell alone
system_gives ck-terminal "[ \"\$1\" = -e ] || exit 9
env >'$world/terminal.env'
sleep 3
echo 'echo shell-in-\$(cat /tmp/name)-\$((40 + 2)); exit' | script -qec \"\$2\" '$world/typed' >/dev/null"
ln -s /usr/bin/ck-terminal /usr/bin/x-terminal-emulator

step "a container with a published port runs"
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
podman run -d --name web --network bridge -p "127.0.0.1:$port:80" localhost/ck-test:1 \
    sh -c 'echo web >/tmp/name; trap "exit 0" TERM; while :; do sleep 0.1; done' >/dev/null
container plain
mkdir -p "$gui_dir/data/container-kit/terminal"
chmod 0700 "$gui_dir/data/container-kit/terminal"
touch -d '2 hours ago' "$gui_dir/data/container-kit/terminal/stray.command"
gui_start "$ck"
wait_for 20 gui_bar_is 2
wait_for 10 test ! -e "$gui_dir/data/container-kit/terminal/stray.command"

step "Open in Browser: the port's page, in the browser"
gui_open
gui_hover_row web
gui_hover 'Open in Browser'
wait_for 10 gui_at "127.0.0.1:$port" 'Open in Browser' >/dev/null
gui_shot open-1-ports
gui_pick "127.0.0.1:$port" 'Open in Browser'
wait_for 10 opened "http://127.0.0.1:$port/"

step "Shell: the script is private, runs late, runs in the container, and is gone"
gui_open
gui_hover_row web
gui_pick Shell
wait_for 20 has_script
is "$(stat -c %a "$(scripts)")" 700 "mode of the script"
is "$(stat -c %a "$gui_dir/data/container-kit/terminal")" 700 "mode of its folder"
has "$(cat "$(scripts)")" "export CONTAINERS_CONF=$CONTAINERS_CONF" script
wait_for 20 typed_has 'shell-in-web-42'
has_script && fail "the script is still there"
matches "$(cat "$world/terminal.env")" '^DISPLAY=:' "environment of the terminal"
has_not "$(cat "$world/terminal.env")" CONTAINERS_CONF "environment of the terminal"

step "no port, no page: the row is grey"
gui_open
gui_hover_row plain
gui_pick 'Open in Browser'
gui_shot open-2-grey
gui_close
is "$(urls | wc -l)" 1 "pages opened"

step "without a terminal the row says so, and no window opens"
mv /usr/bin/x-terminal-emulator /usr/bin/ck-away
gui_open
gui_hover_row plain
gui_pick Shell
wait_for 20 grep -q 'podman: shell: .*x-terminal-emulator is not there' "$gui_dir/app.log"
gui_open
wait_for 10 gui_at 'could not open a shell' >/dev/null
gui_hover_row '● plain'
gui_shot open-3-failure
gui_close
mv /usr/bin/ck-away /usr/bin/x-terminal-emulator

step "from the command line"
rm -f "$world/typed"
ends 0 "$ck" open web
is "$out" "opened http://127.0.0.1:$port/" open
ends 1 "$ck" open web 1
has "$err" "does not publish TCP port 1" open
ends 1 "$ck" open plain
ends 0 "$ck" shell web
is "$out" "opened a shell in web" shell
wait_for 20 typed_has 'shell-in-web-42'
podman stop -t 1 plain >/dev/null
ends 1 "$ck" shell plain
has "$err" "it is stopped" shell

step "Quit does not close the terminal"
rm -f "$world/typed"
gui_open
gui_hover_row web
gui_pick Shell
wait_for 20 has_script
gui_quit
wait_for 20 typed_has 'shell-in-web-42'
state_is web running
