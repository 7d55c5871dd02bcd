#!/usr/bin/env bash
# text.sh - without a display the program says so, and prints the menu as text.
. tests/lib.sh
in_world "$@"
podman_world
container web

step "no DISPLAY"
ends 0 env -u DISPLAY "$ck"
has "$err" "no display"
has "$out" "● web"
has "$out" "Quit Container Kit"

step "a DISPLAY that nobody answers"
ends 0 env DISPLAY=:987 "$ck"
has "$err" "no display"
has "$out" "● web"

step "no engine at all: what to do"
hide /usr/bin/podman
ends 0 env -u DISPLAY "$ck"
has "$out" "No container engine found"
has "$out" "podman"
