#!/bin/sh
# contents.sh - prints the text files of the bundle, each made from the one place where its facts
# stand: the project's Info.plist, the table of words, the sources that are linked in.
#
#   contents.sh plist INFO-PLIST SUFFIX        Info.plist: SUFFIX behind the identifier, and
#                                              CFBundleVersion, which is the version
#   contents.sh strings WORDS LANGUAGE         LANGUAGE.lproj/InfoPlist.strings
#   contents.sh release INFO-PLIST PLATFORM... release.json, from the Info.plist of the bundle
#   contents.sh licenses NAME=FILE...          licenses.txt
set -eu

die() {
    echo "contents.sh: $*" >&2
    exit 1
}

value() { # INFO-PLIST KEY: a text of it
    sed -n "/<key>$2</{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}" "$1" | grep . ||
        die "$1 has no $2"
}

print_plist() { # INFO-PLIST SUFFIX
    id=$(value "$1" CFBundleIdentifier)$2
    version=$(value "$1" CFBundleShortVersionString)
    awk -v id="$id" -v version="$version" '
        { print }
        /<key>CFBundleIdentifier</ { getline; print "\t<string>" id "</string>" }
        /<key>CFBundleShortVersionString</ {
            getline; print
            print "\t<key>CFBundleVersion</key>\n\t<string>" version "</string>"
        }' "$1"
}

# A list of properties in XML: no encoding has to be guessed. The keys of Info.plist are those rows
# of the table whose name begins as such a key does. Between quotes stand the texts.
print_strings() { # WORDS LANGUAGE
    awk -F '"' -v language="$2" '
        /^LANGUAGE\(/ {
            columns += 2
            if ($2 == language)
                column = columns
        }
        /^WORD\(/ && !begun {
            begun = 1
            if (!column)
                exit 1
            print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            print "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" " \
                "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"
            print "<plist version=\"1.0\">\n<dict>"
        }
        /^WORD\((NS|CF)/ {
            key = $1
            gsub(/^WORD\(|, *$/, "", key)
            text = $column
            if (text == "")
                exit 1
            gsub(/&/, "\\&amp;", text)
            gsub(/</, "\\&lt;", text)
            print "\t<key>" key "</key>\n\t<string>" text "</string>"
        }
        END { print "</dict>\n</plist>" }' "$1" || die "$1 lacks a word in the language $2"
}

print_release() { # INFO-PLIST PLATFORM...
    id=$(value "$1" CFBundleIdentifier)
    version=$(value "$1" CFBundleShortVersionString)
    shift
    targets=
    for platform in "$@"; do targets="$targets${targets:+, }\"$platform\""; done
    printf '{"app_id": "%s", "version": "%s", "targets": [%s]}\n' "$id" "$version" "$targets"
}

print_licenses() { # NAME=FILE...
    separator=
    for part in "$@"; do
        [ -s "${part#*=}" ] || die "no licence of ${part%%=*}: ${part#*=}"
        printf '%s%s\n\n' "$separator" "${part%%=*}"
        cat "${part#*=}"
        separator='
--------------------------------------------------------------------------------

'
    done
}

word=${1:-}
[ $# -lt 2 ] || shift
case $word in
plist | strings | release | licenses) "print_$word" "$@" ;;
*) die "no such word: $word" ;;
esac
