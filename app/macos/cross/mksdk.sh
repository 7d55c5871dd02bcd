#!/bin/sh
# mksdk.sh HEADERS SDK - makes a folder that clang and lld take for an SDK of macOS.
#
# HEADERS is what setup.sh fetched: the C headers and the list of libSystem's symbols. The other
# libraries get their lists from stubs.txt beside this script.
set -eu
headers=$1
sdk=$2
here=$(cd "$(dirname "$0")" && pwd)

rm -rf "$sdk"
mkdir -p "$sdk/usr/lib"
cp -R "$headers/include/any-macos-any" "$sdk/usr/include"
# the same on every system, and older than Apple's
cp /usr/include/sqlite3.h /usr/include/zlib.h /usr/include/zconf.h "$sdk/usr/include/"
cp -R "$(pkg-config --variable=includedir libcurl)/curl" "$sdk/usr/include/"
cp "$headers/darwin/libSystem.tbd" "$sdk/usr/lib/libSystem.tbd"
# The compiler's driver reads which system it builds for here; AppKit looks at it at run time.
echo '{"CanonicalName":"macosx26.0","Version":"26.0","MaximumDeploymentTarget":"26.0.99"}' \
    >"$sdk/SDKSettings.json"

awk -v sdk="$sdk" '
function finish() {
    if (path == "")
        return
    file = sdk "/" path
    folder = file
    sub("/[^/]*$", "", folder)
    system("mkdir -p \"" folder "\"")
    print "--- !tapi-tbd\ntbd-version: 4\ntargets: [ x86_64-macos, arm64-macos ]" >file
    print "install-name: \047" name "\047\ncurrent-version: " version >file
    print "exports:\n  - targets: [ x86_64-macos, arm64-macos ]" >file
    if (symbols != "")
        print "    symbols: [ " symbols " ]" >file
    if (classes != "")
        print "    objc-classes: [ " classes " ]" >file
    print "..." >file
    close(file)
    symbols = classes = ""
}
/^#/ || NF == 0 { next }
$1 == "library" && NF == 4 { finish(); path = $2; name = $3; version = $4; next }
$1 == "class" && NF == 2 { classes = classes (classes == "" ? "" : ", ") $2; next }
NF == 1 && /^_/ { symbols = symbols (symbols == "" ? "" : ", ") $1; next }
{ print "stubs.txt:" NR ": cannot be read: " $0 >"/dev/stderr"; failed = 1; exit }
END { if (failed) exit 1; finish() }' "$here/stubs.txt"
