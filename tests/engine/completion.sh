#!/usr/bin/env bash
# completion.sh - what shells complete, asked of real shells, and the manual page, read by mandoc.
# shellcheck disable=SC2016 # for the inner shells
. tests/lib.sh
in_world "$@"
unset DISPLAY
podman_world
podman create --name web-1 localhost/ck-test:1 sleep 600 >/dev/null
podman create --name db.main localhost/ck-test:1 sleep 600 >/dev/null
ln -s "$ck" "$world/container-kit"
export PATH=$world:$PATH

bash_completes() { # LINE: what bash would offer for the last word of it
    bash -c 'eval "$(container-kit completion bash)"
        COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        case $1 in *" ") COMP_WORDS+=("") COMP_CWORD=$((COMP_CWORD + 1)) ;; esac
        _container_kit && printf "%s " "${COMPREPLY[@]}"' - "$1"
}
fish_completes() { # LINE: the same of fish, without descriptions
    fish -c 'container-kit completion fish | source; complete -C $argv[1]' "$1" |
        cut -f 1 | sort | tr '\n' ' '
}

step "names of containers are printed a line each"
names="db.main web-1"
ends 0 "$ck" completion containers
is "$(sort <<<"$out" | tr '\n' ' ')" "$names " "containers"
ends 2 "$ck" completion
ends 2 "$ck" completion tcsh
ends 2 "$ck" completion bash zsh

step "bash"
is "$(bash_completes "container-kit sto")" "stop " "a word"
is "$(bash_completes "container-kit list --e")" "--engine " "an option"
is "$(bash_completes "container-kit list --engine p")" "podman " "an engine"
is "$(bash_completes "container-kit dns a")" "add " "a word behind a word"
is "$(bash_completes "container-kit settings grace")" "grace-seconds " "a setting"
for name in $names; do has "$(bash_completes "container-kit stop ")" "$name " "containers"; done

step "fish"
is "$(fish_completes "container-kit sto")" "stop " "a word"
is "$(fish_completes "container-kit registry log")" "login logout " "a word behind a word"
has "$(fish_completes "container-kit list --engine ")" "podman " "an engine"
for name in $names; do has "$(fish_completes "container-kit stop ")" "$name " "containers"; done

step "zsh"
"$ck" completion zsh >"$world/_container-kit"
zsh -n "$world/_container-kit"
is "$(zsh -f -c 'autoload -U compinit; compinit -D -u
    eval "$(container-kit completion zsh)"; print -r -- ${_comps[container-kit]}')" \
    _container_kit "what completes it"

step "every word is in the help, in the manual and in each completion"
"$ck" --help >"$world/help"
"$ck" manual >"$world/manual.1"
while read -r word; do
    matches "$(cat "$world/manual.1")" "^\.SS ${word//-/.*-}" "manual"
    has "$(bash_completes "container-kit $word")" "$word " "bash"
    has "$(fish_completes "container-kit $word")" "$word " "fish"
    matches "$(cat "$world/_container-kit")" "^ *'$word:" "zsh"
done < <(sed -n 's/^  \([a-z-]*\)  *[a-z].*/\1/p' "$world/help")
is "$(mandoc -T lint -W warning "$world/manual.1" | grep -v "missing date" || true)" "" "mandoc"
