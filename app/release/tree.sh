#!/bin/sh
# tree.sh PROGRAM TARGET ID_SUFFIX FOLDER - makes FOLDER/ContainerKit.app for Linux: PROGRAM in a
# folder of the form that a Mac's bundle has, because there is one updater for both. What lies there
# of an earlier one is replaced.
#
#   TARGET     as in an update's manifest, e.g. linux-x86_64
#   ID_SUFFIX  behind the identifier, as PROGRAM was built with (core/core.mk)
# Works from the project's folder.
set -eu
program=$1
target=$2
suffix=$3
inside=$4/ContainerKit.app/Contents
umask 022

contents() { # FILE WORD...: one text of the bundle, whole or not at all
    file=$inside/$1
    shift
    sh app/macos/contents.sh "$@" >"$file.new"
    mv "$file.new" "$file"
}

rm -rf "$4/ContainerKit.app"
mkdir -p "$inside/MacOS" "$inside/Resources"
contents Info.plist plist Info.plist "$suffix"
contents Resources/release.json release "$inside/Info.plist" "$target"
contents Resources/licenses.txt licenses 'Container Kit=LICENSE' # libraries are the system's
sh app/release/told.sh "$program" "$inside/Resources"
cp assets/app.svg "$inside/Resources/AppIcon.svg"
strip -o "$inside/MacOS/container-kit" "$program"
chmod 755 "$inside/MacOS/container-kit"
