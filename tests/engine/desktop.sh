#!/usr/bin/env bash
# desktop.sh - what the program does with the desktop around it, by words: opened at login, the link
# of the command line tool, what `doctor` says about the program itself. No display.
. tests/lib.sh
in_world "$@"
unset DISPLAY
entry=$XDG_CONFIG_HOME/autostart/com.ethercorps.container-kit.desktop
tool=/usr/local/bin/container-kit

# says OUT ERR WORDS...: ends well, prints exactly OUT, and ERR is in what it says beside
says() {
    local want_out=$1 want_err=$2
    shift 2
    ends 0 "$@"
    is "$out" "$want_out" "output of: ${*:2}"
    if [ -n "$want_err" ]; then has "$err" "$want_err"; else is "$err" "" "standard error"; fi
}

# refuses ERR WORDS...: status 1, nothing on standard output, ERR in the one sentence
refuses() {
    local want_err=$1
    shift
    ends 1 "$@"
    is "$out" "" "output of: ${*:2}"
    has "$err" "container-kit: "
    has "$err" "$want_err"
}

doctor_has() { # PATTERN
    ends 0 "$ck" doctor
    matches "$out" "$1" doctor
}

step "wrong words"
for words in "login-item maybe" "login-item on off" "login-item --json" "login-item --remove" \
    "link now" "link --json" "list --remove"; do
    # shellcheck disable=SC2086 # several words
    ends 2 "$ck" $words
    is "$out" "" "output of: $words"
    has "$err" "Usage: "
done

step "the login item is off, and asking makes nothing"
says off "" "$ck" login-item
doctor_has "^  login item  off$"
[ ! -e "$XDG_CONFIG_HOME" ] || fail "asking made $XDG_CONFIG_HOME"
says off "" "$ck" login-item off
[ ! -e "$XDG_CONFIG_HOME" ] || fail "switching off made $XDG_CONFIG_HOME"

step "on: a private file that starts exactly this executable"
(umask 0 && says on "" "$ck" login-item on)
is "$(stat -c %a "$entry")" 600 "mode of the entry"
is "$(stat -c %a "$(dirname "$entry")")" 700 "mode of its folder"
has "$(cat "$entry")" "Exec=\"$ck\" --login"
is "$(find "$XDG_CONFIG_HOME" -type f | wc -l)" 1 "files"
if command -v desktop-file-validate >/dev/null; then
    ends 0 desktop-file-validate "$entry"
fi
says on "" "$ck" login-item
doctor_has "^  login item  on$"

step "what it starts opens the menu-bar item, not the command line"
ends 0 "$ck" --login # there is no display, so the menu is printed
has "$out" "Quit Container Kit"
has_not "$err" "there is no word"
for word in -NSDocumentRevisionsDebugMode -AppleLanguages -psn_0_12345; do
    ends 0 "$ck" "$word" YES
    has "$out" "Quit Container Kit" "$word"
done
ends 2 "$ck" --log

step "off again: what we wrote is gone, and its folder stays"
says off "" "$ck" login-item off
[ ! -e "$entry" ] || fail "the entry is still there"
says off "" "$ck" login-item off

step "what a person changed stays"
"$ck" login-item on >/dev/null
printf '# mine\nX-Delay=5\nHidden=true\n' >>"$entry"
says off "" "$ck" login-item
says on "" "$ck" login-item on
for line in "# mine" "X-Delay=5" "Hidden=false"; do has "$(cat "$entry")" "$line"; done
says off "" "$ck" login-item off
for line in "# mine" "X-Delay=5" "Hidden=true"; do has "$(cat "$entry")" "$line"; done

step "the entry of a copy that was elsewhere"
sed -i -e "s,^Exec=.*,Exec=/opt/old/container-kit --login," -e /Hidden/d "$entry"
says on "another copy is opened: /opt/old/container-kit" "$ck" login-item
says on "" "$ck" login-item on
has "$(cat "$entry")" "Exec=\"$ck\" --login"

step "what is not ours stays"
echo notes >"$entry"
ends 0 "$ck" login-item
is "$out" unavailable
has "$err" "is no desktop entry"
refuses "is no desktop entry" "$ck" login-item on
refuses "is no desktop entry" "$ck" login-item off
is "$(cat "$entry")" notes
rm "$entry"
echo elsewhere >"$world/elsewhere"
ln -s "$world/elsewhere" "$entry"
ends 0 "$ck" login-item
is "$out" unavailable
refuses "is a symbolic link" "$ck" login-item on
refuses "is a symbolic link" "$ck" login-item off
is "$(cat "$world/elsewhere")" elsewhere
rm "$entry"

step "without XDG_CONFIG_HOME it is in ~/.config"
ends 0 env -u XDG_CONFIG_HOME "$ck" login-item on
[ -f "$HOME/.config/autostart/$(basename "$entry")" ] || fail "no entry below HOME"
ends 0 env XDG_CONFIG_HOME=relative "$ck" login-item
is "$out" on

step "the link, made once"
doctor_has "^  link        not installed$"
says "$tool" "" "$ck" link
is "$(readlink "$tool")" "$ck"
says "$tool" "" "$ck" link
doctor_has "^  link        $tool$"
ends 0 env PATH=/usr/bin:/bin "$ck" link
has "$out" "$tool; its folder is not in PATH"

step "through the link the program knows where it lies"
version=$("$ck" version)
says "$version" "" "$tool" version
ends 0 "$tool" doctor
matches "$out" "^  program     $ck$"
matches "$out" "^  place       a plain executable$"
matches "$out" "^  link        $tool$"
ends 0 "$tool" login-item on
has "$(cat "$entry")" "Exec=\"$ck\" --login"

step "the link is removed, an old one led here, nothing else touched"
says "not installed" "" "$ck" link --remove
[ ! -L "$tool" ] || fail "the link is still there"
says "not installed" "" "$ck" link --remove
ln -s /opt/old/container-kit "$tool"
doctor_has "^  link        $tool leads to another copy: /opt/old/container-kit$"
says "$tool" "" "$ck" link
is "$(readlink "$tool")" "$ck"
rm "$tool"
give container-kit /bin/true
refuses "is not a link to Container Kit" "$ck" link
refuses "is not a link to Container Kit" "$ck" link --remove
cmp -s /bin/true "$tool" || fail "somebody's file was changed"
rm "$tool"

step "without a folder of the system's the link is in the home folder"
mkdir "$world/home" "$world/usr-local"
# shellcheck disable=SC2016 # for the inner bash
ends 0 unshare -m bash -c 'mount --bind "$1" /usr/local && shift && exec "$@"' - "$world/usr-local" \
    env HOME="$world/home" "$ck" link
has "$out" "$world/home/.local/bin/container-kit; its folder is not in PATH"
is "$(readlink "$world/home/.local/bin/container-kit")" "$ck"

step "an environment of nothing"
ends 0 env -i ${LSAN_OPTIONS:+"LSAN_OPTIONS=$LSAN_OPTIONS"} "$ck" link
ends 0 env -i ${LSAN_OPTIONS:+"LSAN_OPTIONS=$LSAN_OPTIONS"} "$ck" link --remove
