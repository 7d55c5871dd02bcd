#!/bin/sh
# ours.sh - what the updater has compiled in (ours.h), from variables of the environment. Nothing of
# it is secret.
#
#   ours.sh include TARGET   prints ours.inc for that system and processor, e.g. linux-x86_64
#   ours.sh release          fails, and says why, if these values are not those of a release
#
#   UPDATE_MANIFEST_KEYS, UPDATE_PAYLOAD_KEYS
#                      public keys of minisign, the line that begins with RW, with blanks between them
#   UPDATE_ENDPOINT    https address of latest.json
#   UPDATE_HOSTS       exact names, with blanks between them: of the endpoint, archives, redirects
#   UPDATE_CHANNEL     a word
#   TEAM_ID            ten letters and digits: the team of Apple's that signs the app
#   SOURCE_DATE_EPOCH  seconds since 1970; the time of the last commit without it
set -eu

# Its text says what it is, so that it can be looked for in a program; its secret half was thrown
# away when it was made.
development=RWSDEVELOPMENTJZK10Aw1W6v7+VZqUNQtP1lIw5oxIiCWNK+9qz3dRY
manifest=${UPDATE_MANIFEST_KEYS:-$development}
payload=${UPDATE_PAYLOAD_KEYS:-$development}
endpoint=${UPDATE_ENDPOINT:-}
hosts=${UPDATE_HOSTS:-github.com objects.githubusercontent.com release-assets.githubusercontent.com}
channel=${UPDATE_CHANNEL:-stable}
team=${TEAM_ID:-}

die() {
    echo "ours.sh: $*" >&2
    exit 1
}

# Each value becomes a text in C, so what is in it is a closed list.
only() { # NAME VALUE CHARACTERS
    case $2 in *[!$3]*) die "$1 has a character that it cannot have: $2" ;; esac
}

texts() { # VALUE: each word of it as a text in C
    separator=
    for word in $1; do
        printf '%s"%s"' "$separator" "$word"
        separator=', '
    done
}

check() {
    only UPDATE_MANIFEST_KEYS "$manifest" 'A-Za-z0-9+/ '
    only UPDATE_PAYLOAD_KEYS "$payload" 'A-Za-z0-9+/ '
    only UPDATE_ENDPOINT "$endpoint" 'A-Za-z0-9._~:/+-'
    only UPDATE_HOSTS "$hosts" 'a-z0-9. -'
    only UPDATE_CHANNEL "$channel" 'a-z0-9-'
    only TEAM_ID "$team" 'A-Z0-9'
    for key in $manifest $payload; do
        case ${#key}-$key in 56-RW*) ;; *) die "this is no public key of minisign: $key" ;; esac
    done
    case $endpoint in '' | https://*/latest.json) ;; *) die "UPDATE_ENDPOINT is not the https address of a latest.json" ;; esac
}

build_time() {
    when=${SOURCE_DATE_EPOCH:-}
    [ -n "$when" ] || when=$(git log -1 --format=%ct 2>/dev/null) || when=0 # no repository
    only SOURCE_DATE_EPOCH "$when" 0-9
    echo "$when"
}

has_development() {
    case " $manifest $payload " in *" $development "*) ;; *) false ;; esac
}

print_include() { # TARGET
    when=$(build_time)
    development_build=false
    if [ -z "$endpoint" ] || has_development; then
        development_build=true
    fi
    cat <<END
#define OURS_DEVELOPMENT $development_build
#define OURS_MANIFEST_KEYS $(texts "$manifest")
#define OURS_PAYLOAD_KEYS $(texts "$payload")
#define OURS_ENDPOINT "$endpoint"
#define OURS_HOSTS $(texts "$hosts")
#define OURS_CHANNEL "$channel"
#define OURS_TEAM "$team"
#define OURS_TARGET "$1"
#define OURS_BUILD_TIME $when
END
}

check_release() {
    ! has_development ||
        die "UPDATE_MANIFEST_KEYS or UPDATE_PAYLOAD_KEYS has no key but that of development"
    [ -n "$endpoint" ] || die "UPDATE_ENDPOINT is not set"
    host=${endpoint#https://}
    case " $hosts " in
    *" ${host%%/*} "*) ;;
    *) die "the host of UPDATE_ENDPOINT is not one of UPDATE_HOSTS" ;;
    esac
    for key in $manifest; do
        case " $payload " in *" $key "*) die "a key is for manifests or for archives, not for both" ;; esac
    done
}

export LC_ALL=C
check
case ${1:-}-$# in
include-2) print_include "$2" ;;
release-1) check_release ;;
*) die "wrong words" ;;
esac
