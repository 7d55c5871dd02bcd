#!/bin/sh
# sidecar.sh TREE RESOURCES VERSION [TEAM] - puts a distribution of Apple's container into a bundle.
#
# TREE is what the installer would put into /usr/local: bin/container, libexec and so on. It becomes
# RESOURCES/container whole, bytes, modes and links as they are, with the signatures it came with;
# RESOURCES/container.sha256 becomes the list of exactly that (core/engine/sidecar_list.h). TEAM is
# the team that signed its programs, as codesign -dv names it; without one the digests alone count.
# What could not be trusted on the user's machine is refused here. Works on Linux and on macOS.
set -eu
LC_ALL=C
export LC_ALL
umask 022
tab=$(printf '\t')

die() {
    echo "sidecar.sh: $*" >&2
    exit 1
}

case $# in
3 | 4) ;;
*) die "usage: sidecar.sh TREE RESOURCES VERSION [TEAM]" ;;
esac
tree=$1
resources=$2
version=$3
team=${4:--}

case $version in
'' | .* | *[!0-9a-z.-]*) die "not a version: $version" ;;
esac
[ "${#version}" -le 32 ] || die "not a version: $version"
case $team in
-) ;;
*[!A-Z0-9]*) die "not the name of a team: $team" ;;
??????????) ;;
*) die "not the name of a team: $team" ;;
esac

mode_of() { # PATH: four digits
    if [ "$(uname -s)" = Darwin ]; then
        printf '%04o\n' "0$(/usr/bin/stat -f %Lp "$1")"
    else
        printf '%04o\n' "0$(stat -c %a "$1")"
    fi
}

digest_of() { # PATH
    if command -v sha256sum >/dev/null; then
        sha256sum <"$1" | cut -c 1-64
    else
        shasum -a 256 <"$1" | cut -c 1-64
    fi
}

refuse() { # WHAT FIND-WORDS...: nothing of that kind may be in the tree
    what=$1
    shift
    found=$(find . "$@" -print | sed -n 1p)
    [ -z "$found" ] || die "$tree/${found#./}: $what"
}

# Each part of a link's way but the last is a folder, so that no second link leads it astray; what
# is at its end is there.
check_link() { # LINK
    rest=$(readlink "$1")
    at=$(dirname "$1")
    case $rest in /*) die "$tree/${1#./}: an absolute link" ;; esac
    while :; do
        part=${rest%%/*}
        if [ -L "$at" ] || [ ! -d "$at" ]; then
            die "$tree/${1#./}: a link through something else"
        fi
        case $part in
        '' | .) ;;
        ..)
            [ "$at" != . ] || die "$tree/${1#./}: a link out of the tree"
            at=$(dirname "$at")
            ;;
        *) at=$at/$part ;;
        esac
        [ "$part" != "$rest" ] || break
        rest=${rest#*/}
    done
    [ -e "$at" ] || [ -L "$at" ] || die "$tree/${1#./}: a link to nothing"
}

# In the tree.
check_tree() {
    refuse "a name with a character that cannot be printed" -name '*[[:cntrl:]]*'
    refuse "neither a file, a folder nor a link" ! -type f ! -type d ! -type l
    refuse "set-user-id, set-group-id or sticky" \
        ! -type l \( -perm -4000 -o -perm -2000 -o -perm -1000 \)
    refuse "group or others may write it" ! -type l \( -perm -0020 -o -perm -0002 \)
    if [ -L bin/container ] || [ ! -f bin/container ] || [ ! -x bin/container ]; then
        die "$tree has no bin/container that can be run"
    fi
    find . -type l -print | while IFS= read -r link; do check_link "$link"; done
}

# In the copy: one line for each thing in it, sorted by path.
list_tree() {
    printf 'container-sidecar 1\nversion %s\nteam %s\n' "$version" "$team"
    find . -print | sort | while IFS= read -r path; do
        name=${path#./}
        if [ -L "$path" ]; then
            printf '%s\n' "-${tab}l${tab}$(readlink "$path")${tab}$name"
        elif [ -d "$path" ]; then
            printf '%s\n' "$(mode_of "$path")${tab}d${tab}-${tab}$name"
        else
            printf '%s\n' "$(mode_of "$path")${tab}f${tab}$(digest_of "$path")${tab}$name"
        fi
    done
}

[ -d "$tree" ] || die "$tree is not a folder"
(
    cd "$tree"
    check_tree
)
mkdir -p "$resources"
[ ! -d "$resources/container" ] || chmod -R u+rwX "$resources/container"
rm -rf "$resources/container" "$resources/container.sha256"
mkdir "$resources/container"
# without -p, which would keep owners too; modes are then the source's, for none is masked out
(umask 0 && cp -RP "$tree/." "$resources/container")
chmod "$(mode_of "$tree")" "$resources/container"
(
    cd "$resources/container"
    check_tree
    list_tree
) >"$resources/container.sha256"
