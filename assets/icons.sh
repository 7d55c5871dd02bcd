#!/bin/sh
# icons.sh SVG... - writes icons.inc: every picture of assets/ in 1x and 2x as PNG bytes in C.
#
# The first part of a file's name tells its size in points: status-* 18, mark-* 16, app 64. A row of
# the table at the end is {"name", points, {1x, bytes}, {2x, bytes}}. Needs rsvg-convert (librsvg).
set -eu

points_of() {
    case $1 in
    status-*) echo 18 ;;
    mark-*) echo 16 ;;
    app) echo 64 ;;
    *)
        echo "icons.sh: $1: no size is known for this name" >&2
        exit 1
        ;;
    esac
}

# one_array NAME PIXELS SVG
one_array() {
    rsvg-convert -w "$2" -h "$2" -f png -o "$png" "$3"
    echo "static const unsigned char $1[] = {"
    od -An -v -tu1 "$png" | sed 's/^ *//; s/ *$//; s/  */,/g; s/$/,/'
    echo "};"
}

png=$(mktemp)
trap 'rm -f "$png"' EXIT
rows=
for svg in "$@"; do
    name=$(basename "$svg" .svg)
    points=$(points_of "$name")
    array=$(echo "$name" | tr - _)
    one_array "${array}_1x" "$points" "$svg"
    one_array "${array}_2x" $((points * 2)) "$svg"
    rows="$rows    {\"$name\", $points, {${array}_1x, sizeof ${array}_1x}, {${array}_2x, sizeof ${array}_2x}},
"
done
echo "static const struct picture pictures[] = {"
printf '%s' "$rows"
echo "};"
