#!/bin/sh
# cask.sh BUNDLE ZIP CASK - writes the Homebrew cask for a released zip. All facts come from the
# bundle and the zip; the address is where the project's releases lie.
set -eu
bundle=$1
zip=$2
cask=$3
home=https://github.com/ethercorps/container-kit

value() { # KEY of Info.plist
    sed -n "/<key>$1</{n;s/.*<string>\(.*\)<\/string>.*/\1/p;}" "$bundle/Contents/Info.plist"
}

id=$(value CFBundleIdentifier)
version=$(value CFBundleShortVersionString)
name=$(value CFBundleName)
program=$(value CFBundleExecutable)
minimum=$(value LSMinimumSystemVersion)
sum=$(openssl dgst -sha256 "$zip" | sed 's/.* //')
case $minimum in
26.*) system=tahoe ;;
*)
    echo "cask.sh: Homebrew's name of macOS $minimum is not known here" >&2
    exit 1
    ;;
esac
case $(basename "$zip") in
*"_${version}_"*) ;;
*)
    echo "cask.sh: $zip is not of the version $version" >&2
    exit 1
    ;;
esac

# launchctl: what the app left with launchd; the names of the files are the labels
agents=
for agent in "$bundle"/Contents/Library/LaunchAgents/*.plist; do
    [ ! -f "$agent" ] || agents="$agents${agents:+, }\"$(basename "$agent" .plist)\""
done
uninstall="quit: \"$id\""
[ -z "$agents" ] || uninstall="launchctl: [$agents],
            $uninstall"

cat >"$cask" <<END
cask "container-kit" do
  version "$version"
  sha256 "$sum"

  url "$home/releases/download/v#{version}/$(basename "$zip" | sed "s/_${version}_/_#{version}_/")"
  name "$name"
  desc "Menu-bar utility for containers"
  homepage "$home"

  auto_updates true
  depends_on macos: ">= :$system"

  app "$(basename "$bundle")"
  binary "#{appdir}/$(basename "$bundle")/Contents/MacOS/$program"
  manpage "#{appdir}/$(basename "$bundle")/Contents/Resources/$program.1"
  bash_completion "#{appdir}/$(basename "$bundle")/Contents/Resources/completions/$program.bash"
  fish_completion "#{appdir}/$(basename "$bundle")/Contents/Resources/completions/$program.fish"
  zsh_completion "#{appdir}/$(basename "$bundle")/Contents/Resources/completions/_$program"

  uninstall $uninstall

  zap trash: [
    "~/Library/Application Support/$id",
    "~/Library/Caches/$id",
    "~/Library/HTTPStorages/$id",
    "~/Library/Preferences/$id.plist",
    "~/Library/Saved Application State/$id.savedState",
  ]
end
END
