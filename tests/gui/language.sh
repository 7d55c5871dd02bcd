#!/usr/bin/env bash
# language.sh - the language: what the environment asks for, and what the settings ask for instead.
. tests/lib.sh
in_world "$@"
. tests/gui/gui.sh
podman_world
gui_server
container web

# shellcheck disable=SC2046  # two words: x and y
open_until() { # TITLE: opens the menu and waits for that row
    local before
    before=$(gui_count "^item.*$1")
    gui_click $(gui_bar)
    wait_for 10 gui_more "$before" "^item.*$1"
    sleep 0.1
}
has_row() { gui_at "$1" >/dev/null || fail "no row \"$1\""; }

step "the environment's language"
export LANG=de_DE.UTF-8 LANGUAGE=nl:de
unset LC_ALL
gui_start "$ck"
wait_for 20 gui_bar_is 1
open_until 'Container Kit beenden'
has_row 'Einstellungen …'
has_row '1 aktiv'
gui_hover web
wait_for 10 gui_at 'Neu starten' >/dev/null
wait_for 10 gui_at 'Aktiv seit' >/dev/null
gui_shot language-1-german
gui_pick 'Einstellungen …'
wait_for 10 gui_control_seen Einstellungen 'Bei der Anmeldung öffnen'
gui_shot language-2-settings

step "the settings' language counts at once: for the menu, and for a window when it is filled again"
ends 0 "$ck" settings language
is "$out" system
gui_press Einstellungen 'Wie das System'
gui_shot language-3-choices
sleep 0.3
read -r x y < <(gui_control_at Einstellungen 'Wie das System')
gui_click "$x" $((y + 24 * 4)) # system, en, de, fr, es
wait_for 10 gui_control_seen Einstellungen 'Abrir al iniciar sesión'
language_is() { [ "$("$ck" settings language)" = "$1" ]; }
wait_for 10 language_is es
open_until 'Salir de Container Kit'
has_row '1 en ejecución'
gui_shot language-4-spanish
gui_pick 'Salir de Container Kit'
wait_for 5 gone "$gui_app"
gui_healthy

step "and at the next start"
: >"$GS_STATUSBAR_TRACE"
gui_start "$ck"
wait_for 20 gui_bar_is 1
open_until 'Salir de Container Kit'
gui_pick 'Salir de Container Kit'
wait_for 5 gone "$gui_app"
gui_healthy
