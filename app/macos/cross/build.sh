#!/usr/bin/env bash
# build.sh - the program for macOS from nothing: what is needed, then the bundle
# build/macos/ContainerKit.app. Works from any folder. Called by the build.sh of the project.
#
#   B=FOLDER    the bundle goes there, what it is made from to FOLDER-work (build/macos)
#   UNIVERSAL, ID_SUFFIX, WORK   as in app/macos/macos.mk
#   SIDECAR=TREE SIDECAR_VERSION=V [SIDECAR_TEAM=T]   with this engine in it (sidecar.sh)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
umask 022 # modes are part of what is shipped
B=${B:-build/macos}
work=${WORK:-$B-work}

if [ "$(uname -s)" != Darwin ] || [ -n "${UNIVERSAL:-}" ]; then
    app/macos/cross/setup.sh "$work"
fi
exec make -s -f app/macos/macos.mk -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" \
    B="$B" WORK="$work"
