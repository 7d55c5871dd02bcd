#!/bin/sh
# icns.sh SVG ICNS - draws an icon in all its sizes; with Apple's tool where it is, else with
# png2icns. macOS 26 puts a picture with clear edges on a grey plate: the drawing fills its square.
set -eu
svg=$1
icns=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

draw() { # PIXELS FILE
    rsvg-convert -w "$1" -h "$1" -f png -o "$2" "$svg"
}

if command -v iconutil >/dev/null; then
    mkdir "$folder/icon.iconset"
    for points in 16 32 128 256 512; do
        draw "$points" "$folder/icon.iconset/icon_${points}x${points}.png"
        draw $((points * 2)) "$folder/icon.iconset/icon_${points}x${points}@2x.png"
    done
    iconutil -c icns -o "$icns" "$folder/icon.iconset"
    exit
fi
set --
for pixels in 16 32 128 256 512 1024; do
    draw "$pixels" "$folder/$pixels.png"
    set -- "$@" "$folder/$pixels.png"
done
png2icns "$icns" "$@" >"$folder/log" || {
    cat "$folder/log" >&2
    exit 1
}
