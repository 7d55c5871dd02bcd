#!/bin/sh
# told.sh PROGRAM FOLDER - writes what the program tells about itself, for man and for shells:
# FOLDER/container-kit.1 and FOLDER/completions. PROGRAM is a container-kit that runs here; it may be
# another build of the same sources than the one that is shipped beside.
set -eu
program=$1
folder=$2
mkdir -p "$folder/completions"

told() { # FILE WORD...: whole or not at all
    file=$folder/$1
    shift
    "$program" "$@" >"$file.new"
    mv "$file.new" "$file"
}

told container-kit.1 manual
told completions/container-kit.bash completion bash
told completions/_container-kit completion zsh
told completions/container-kit.fish completion fish
