#!/usr/bin/env bash
# release.sh - makes what is handed out, in build/release; all of it or nothing.
#
# On a Mac with a Developer ID: universal app, signed from the inside out, notarized, stapled, and
# from it archive, zip and Homebrew cask. On a Mac without one: the same signed ad hoc. Only the first
# is a release. On Linux: the archive for Linux, and the app for Macs unsigned, which is no release;
# the same bytes from the same commit. publish.py signs archives for the updater.
#
#   SIGN_IDENTITY   "Developer ID Application: NAME (TEAM)", in the keychain
#   NOTARY_PROFILE  what `xcrun notarytool store-credentials` was told to keep the account under
#   SIDECAR, SIDECAR_VERSION, SIDECAR_TEAM   as for cross/sidecar.sh; its signatures stay its makers'
#   SOURCE_DATE_EPOCH  the time that all files of an unsigned archive have: that of the last commit
#   UPDATE_...      what the updater has compiled in (core/update/ours.sh); without it, what is made
#                   for Linux is a development build, and on a Mac there is no release
#
# No password is asked for, read or passed here: both names are looked up in the keychain by Apple's
# tools. Works with bash 3.2. Called by the build.sh of the project.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
umask 022
system=$(uname -s)
identity=${SIGN_IDENTITY:-}
profile=${NOTARY_PROFILE:-}
out=build/release
stage=build/release.new # what is not finished; never left behind
app=$stage/ContainerKit.app
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

die() {
    echo "release.sh: $*" >&2
    exit 1
}

# Each step is told before it begins, and nothing follows one that failed. A step is a command, or a
# function whose commands are joined by &&: bash does not stop inside a tested function by itself.
step() { # WHAT COMMAND...
    local what=$1
    shift
    echo "release.sh: $what"
    "$@" || die "stopped, nothing was made: could not $what"
}

version() {
    sed -n '/CFBundleShortVersionString/{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}' Info.plist
}

build() { # SUFFIX of the identifier
    B=$stage WORK=build/macos-work ID_SUFFIX=$1 UNIVERSAL=yes app/macos/cross/build.sh
}

# --- signing: Mac ------------------------------------------------------------------------------

sign() { # PATH OPTION...
    local path=$1
    shift
    codesign --force --options runtime "$stamp" --sign "${identity:--}" "$@" "$path"
}

# What lies inside comes first, each by itself; --deep would give all the same options. The sidecar
# in Resources keeps the signatures that its makers gave it: a new one loses their entitlements.
sign_inside_out() {
    local helper
    for helper in "$app"/Contents/Helpers/*; do
        [ ! -f "$helper" ] || sign "$helper" || return 1
    done
    sign "$app" --entitlements app/macos/entitlements.plist
}

verify() { # BUNDLE
    codesign --verify --strict --deep --verbose=2 "$1"
}

# notarytool may end with 0 although Apple said no, so its answer is read.
notarize() {
    local answer=$stage/notary.json
    ditto -c -k --keepParent "$app" "$stage/notary.zip" &&
        xcrun notarytool submit "$stage/notary.zip" --keychain-profile "$profile" --wait \
            --output-format json >"$answer" || return 1
    grep -Eq '"status" *: *"Accepted"' "$answer" || {
        cat "$answer" >&2
        echo "release.sh: \`xcrun notarytool log ID\` tells why" >&2
        return 1
    }
}

staple() {
    xcrun stapler staple "$app" && xcrun stapler validate "$app"
}

# --- archives ----------------------------------------------------------------------------------

pack_mac() { # NAME
    COPYFILE_DISABLE=1 tar --no-xattrs --no-mac-metadata --format ustar --uid 0 --gid 0 \
        -C "$stage" -czf "$stage/out/$1.app.tar.gz" ContainerKit.app &&
        ditto -c -k --keepParent "$app" "$stage/out/$1.zip"
}

# What people get is the archive, not the folder it was made from.
verify_archive() { # NAME
    mkdir "$stage/again" && tar -C "$stage/again" -xzf "$stage/out/$1.app.tar.gz" &&
        verify "$stage/again/ContainerKit.app"
}

# The same bytes from the same files: names sorted, one owner, one time, no time in gzip.
pack_linux() { # FOLDER NAME.tar
    tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=go-w,u+rw \
        --mtime="@$when" -C "$1" -cf "$stage/out/$2" ContainerKit.app && gzip -9n "$stage/out/$2"
}

pack_unsigned() { # NAME
    find "$app" -exec touch -h -d "@$when" {} + && pack_linux "$stage" "$1.app.tar" &&
        (cd "$stage" && find ContainerKit.app | LC_ALL=C sort |
            TZ=UTC zip -q -X -y -@ "out/$1.zip")
}

# A program that says everything twice, once for debuggers, would say where it was built.
build_linux() { # TARGET SUFFIX
    make -s -f app/app.mk -j "$(getconf _NPROCESSORS_ONLN)" B="$stage/linux" ID_SUFFIX="$2" \
        TARGET="$1" OPT='-O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2' \
        "$stage/linux/container-kit" &&
        app/release/tree.sh "$stage/linux/container-kit" "$1" "$2" "$stage/linux"
}

# The old artefacts go away only now that there are new ones.
publish() {
    rm -rf "$out" && mv "$stage/out" "$out"
}

# --- the three ways ------------------------------------------------------------------------------

check_signer() {
    case $identity in
    'Developer ID Application: '*) ;;
    *) die "SIGN_IDENTITY is no \"Developer ID Application: NAME (TEAM)\", so nobody could notarize" ;;
    esac
    [ -n "$profile" ] || die "NOTARY_PROFILE is not set: xcrun notarytool store-credentials makes one"
    [ -z "$(git status --porcelain)" ] || die "a release is made from a commit: something is changed"
}

release_signed() {
    local name
    name=ContainerKit_$(version)_universal
    stamp=--timestamp
    check_signer
    TEAM_ID=${identity##*\(}
    export TEAM_ID=${TEAM_ID%\)}
    step "compile in what a release has" core/update/ours.sh release
    step "build the app" build ''
    step "sign the app" sign_inside_out
    step "verify the signature" verify "$app"
    step "have the app notarized" notarize
    step "staple the ticket to the app" staple
    step "ask Gatekeeper" spctl --assess --type execute --verbose=2 "$app"
    step "make the archives" pack_mac "$name"
    step "verify the archive" verify_archive "$name"
    step "write the cask" app/macos/cask.sh "$app" "$stage/out/$name.zip" "$stage/out/container-kit.rb"
    step "put it all into $out" publish
    echo "release.sh: notarized; docs/releasing.md tells what comes next"
}

release_adhoc() {
    local name
    name=ContainerKit_$(version)_universal-adhoc
    stamp=--timestamp=none
    step "build the app" build .dev
    step "sign the app ad hoc" sign_inside_out
    step "verify the signature" verify "$app"
    step "make the archives" pack_mac "$name"
    step "verify the archive" verify_archive "$name"
    step "put it all into $out" publish
    cat <<'END'
release.sh: signed ad hoc, because SIGN_IDENTITY is not set. This is for your own Mac: on another one
  Gatekeeper refuses it until its owner allows it in System Settings; it cannot update itself; and
  each build is a new program to the keychain, to privacy settings and to login items. It calls
  itself com.ethercorps.container-kit.dev and has its own data.
END
}

release_unsigned() {
    local name target suffix='' end=''
    name=ContainerKit_$(version)_universal-unsigned
    target=linux-$(uname -m)
    when=${SOURCE_DATE_EPOCH:-}
    [ -n "$when" ] || when=$(git log -1 --format=%ct)
    core/update/ours.sh release 2>"$stage/why" || { suffix=.dev && end=-dev; }
    step "build the app for Macs" build .dev
    step "make its archives" pack_unsigned "$name"
    step "build the app for Linux" build_linux "$target" "$suffix"
    step "make its archive" pack_linux "$stage/linux" "ContainerKit-$(version)-$target$end.tar"
    step "put it all into $out" publish
    cat <<'END'
release.sh: the archives for Macs are unsigned, because only a Mac can sign. They are for looking at and
  for comparing: the same commit gives the same bytes. A Mac that downloads one calls it damaged. They
  are no release, and nothing that offers updates may name them.
END
    [ -z "$end" ] || echo "release.sh: the one for Linux is a development build: $(cat "$stage/why")"
}

mkdir -p build
rm -rf "$stage"
mkdir -p "$stage/out"
if [ "$system" != Darwin ]; then
    [ -z "$identity" ] || die "SIGN_IDENTITY is set, but only a Mac can sign"
    release_unsigned
elif [ -n "$identity" ]; then
    release_signed
else
    release_adhoc
fi
