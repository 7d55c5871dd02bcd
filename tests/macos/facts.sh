#!/bin/sh
# facts.sh [FOLDER] - after a change of what the program uses: writes facts.tsv anew from the tables
# of Apple's interfaces, which lie outside of the project and are needed for nothing else.
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-../shared/apple}
[ -f "$folder/selectors.tsv" ] || {
    echo "facts.sh: there are no tables in $folder; facts.tsv stays as it is" >&2
    exit 1
}
exec /usr/bin/python3 -B tests/macos/facts.py "$folder"
