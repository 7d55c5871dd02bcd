"""check_release.py [--signing] - what ./build.sh release makes, on Linux for real, on a Mac with
stand-ins; --signing: the latter alone.

Linux: two folders give the same bytes, and nothing for Macs claims to be a release. Mac: a `uname`
that says Darwin, and stand-ins for make, tar and Apple's tools that write down how they were called.
Each of them is made to fail in turn: nothing follows, nothing is left."""
import glob
import hashlib
import json
import os
import plistlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

from checks import Checks

OUT, STAGE = "build/release", "build/release.new"
LINUX = "linux-" + os.uname().machine
APP = STAGE + "/ContainerKit.app"
IDENTITY = "Developer ID Application: Some Body (TEAM123456)"
OURS = {"UPDATE_MANIFEST_KEYS": "RWQ".ljust(56, "m"), "UPDATE_PAYLOAD_KEYS": "RWQ".ljust(56, "p"),
        "UPDATE_ENDPOINT": "https://github.com/latest.json"}
SIGNED = {"SIGN_IDENTITY": IDENTITY, "NOTARY_PROFILE": "some-profile", **OURS}
TOOLS = ("make", "tar", "codesign", "xcrun", "ditto", "spctl")

# Writes down its name and words, or ends with 1 when it is the call number $FAIL_AT. Makes what
# others look for: the bundle, an archive, Apple's answer.
STAND_IN = r"""#!/bin/bash
echo "${0##*/} $*" >>"$RECORD"
[ "$(wc -l <"$RECORD")" != "${FAIL_AT:-0}" ] || exit 1
case "${0##*/} $*" in
make*)
    for word in "$@"; do case $word in B=*) folder=${word#B=} ;; esac done
    cp -R "$BUNDLE" "$folder/ContainerKit.app"
    printf '%s' "$ID_SUFFIX" >"$RECORD.suffix"
    [ -z "$HELPER" ] || install -D /dev/null "$folder/ContainerKit.app/Contents/Helpers/helper" ;;
*' -xzf '*) mkdir "$2/ContainerKit.app" ;;
*' -czf '*) for word in "$@"; do case $word in *.tar.gz) echo archive >"$word" ;; esac done ;;
ditto*) for word in "$@"; do :; done && echo zip >"$word" ;;
*' submit '*) echo "{\"id\": \"1\", \"status\": \"${NOTARY:-Accepted}\"}" ;;
esac
"""
# As if all had been built: what is of interest is what becomes of it.
LINUX_MAKE = r"""#!/bin/bash
for word in "$@"; do case $word in B=*) folder=${word#B=} ;; esac done
mkdir -p "$folder"
cp /bin/true "$folder/container-kit"
cp -R "$BUNDLE" "$folder/ContainerKit.app"
"""
UNAME = "#!/bin/sh\ncase $1 in -m) echo arm64 ;; *) echo Darwin ;; esac\n"

# What must be called, in this order, after `make`. {v} is the version.
SIGN = "codesign --force --options runtime {stamp} --sign {identity} "
MAC_STEPS = [
    SIGN + "--entitlements app/macos/entitlements.plist " + APP,
    "codesign --verify --strict --deep --verbose=2 " + APP,
    f"ditto -c -k --keepParent {APP} {STAGE}/notary.zip",
    f"xcrun notarytool submit {STAGE}/notary.zip --keychain-profile some-profile --wait "
    "--output-format json",
    "xcrun stapler staple " + APP,
    "xcrun stapler validate " + APP,
    "spctl --assess --type execute --verbose=2 " + APP,
    "tar --no-xattrs --no-mac-metadata --format ustar --uid 0 --gid 0 -C " + STAGE +
    f" -czf {STAGE}/out/{{name}}.app.tar.gz ContainerKit.app",
    f"ditto -c -k --keepParent {APP} {STAGE}/out/{{name}}.zip",
    f"tar -C {STAGE}/again -xzf {STAGE}/out/{{name}}.app.tar.gz",
    f"codesign --verify --strict --deep --verbose=2 {STAGE}/again/ContainerKit.app",
]
NOT_ADHOC = ("notarytool", "stapler", "spctl", "notary.zip")


def version():
    with open("Info.plist", "rb") as f:
        return plistlib.load(f)["CFBundleShortVersionString"]


def digests(folder):
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, OUT, "*"))):
        with open(path, "rb") as f:
            found[os.path.basename(path)] = hashlib.sha256(f.read()).hexdigest()
    return found


def git(folder, *words):
    subprocess.run(["git", "-c", "user.name=Test", "-c", "user.email=test@localhost", *words],
                   cwd=folder, check=True, capture_output=True)


def copy_of_tree(folder):
    """The files as they lie here, as one commit, with what set-up fetched."""
    tree = os.path.join(folder, "tree")
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], check=True,
                            capture_output=True).stdout.decode().split("\0")
    for path in listed:
        if path and not path.startswith(("tests/fixtures", "docs")) and os.path.exists(path):
            os.makedirs(os.path.dirname(os.path.join(tree, path)), exist_ok=True)
            shutil.copy2(path, os.path.join(tree, path))
    work = os.path.join(tree, "build/macos-work")
    os.makedirs(work)
    for name in ("headers", "deps"):
        os.symlink(os.path.abspath(f"build/macos-work/{name}"), os.path.join(work, name))
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "all")
    return tree


def release(tree, **environment):
    return subprocess.run(["app/macos/release.sh"], cwd=tree, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, env={**os.environ, **environment})


def put_tool(folder, name, text):
    """A stand-in; returns the folder."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    os.chmod(path, 0o755)
    return folder


# --- Linux ---------------------------------------------------------------------------------------

def check_tar(c, tar):
    """No owner, no odd mode, one time."""
    entries = tar.getmembers()
    c.same([e.name for e in entries], sorted(e.name for e in entries), "tar: order")
    for e in entries:
        c.same((e.uid, e.gid, e.uname, e.gname, e.mtime), (0, 0, "", "", 1700000000), e.name)
        runs = e.isdir() or e.name.endswith("/container-kit")
        c.same((e.mode, e.isdir() or e.isreg()), (0o755 if runs else 0o644, True), e.name)
    return entries


def check_mac_archives(c, tree, name):
    """The zip holds the same bytes."""
    with tarfile.open(os.path.join(tree, OUT, name + ".app.tar.gz")) as tar, \
            zipfile.ZipFile(os.path.join(tree, OUT, name + ".zip")) as packed:
        entries = check_tar(c, tar)
        for e in entries:
            if e.isreg():
                c.same(packed.read(e.name), tar.extractfile(e).read(), f"zip: {e.name}")
        c.same(len(packed.namelist()), len(entries), "zip: entries")


def check_linux_archive(c, tree, name, app_id):
    """What the updater wants to find in it, and nothing that tells of the place it was built in."""
    inside = "ContainerKit.app/Contents/"
    with tarfile.open(os.path.join(tree, OUT, name)) as tar:
        check_tar(c, tar)
        c.same(json.load(tar.extractfile(inside + "Resources/release.json")),
               {"app_id": app_id, "version": version(), "targets": [LINUX]}, "release.json for Linux")
        program = tar.extractfile(inside + "MacOS/container-kit").read()
    c.that(tree.encode() not in program, "the program for Linux knows where it was built")
    c.same(program[:4], b"\x7fELF", "the program for Linux")


def check_linux(c, tree, other):
    mac = f"ContainerKit_{version()}_universal-unsigned"
    linux, dev = (f"ContainerKit-{version()}-{LINUX}{end}.tar.gz" for end in ("", "-dev"))
    os.makedirs(os.path.join(tree, OUT))
    with open(os.path.join(tree, OUT, "of the last time"), "w", encoding="utf-8"):
        pass
    for folder in (tree, other):
        done = release(folder, SOURCE_DATE_EPOCH="1700000000", SIGN_IDENTITY="", **OURS)
        c.same(done.returncode, 0, f"release: {done.stderr}")
        c.that("only a Mac can sign" in done.stdout, "release does not say that nothing is signed")
        c.that("development" not in done.stdout, "what has all values is called development")
    c.same(list(digests(tree)), [linux, mac + ".app.tar.gz", mac + ".zip"], "artefacts")
    c.same(digests(other), digests(tree), "artefacts from another folder")
    c.that(not os.path.exists(os.path.join(tree, STAGE)), "release.new is left behind")
    check_mac_archives(c, tree, mac)
    check_linux_archive(c, tree, linux, "com.ethercorps.container-kit")
    done = release(tree, SOURCE_DATE_EPOCH="no time", SIGN_IDENTITY="", **OURS)
    c.that(done.returncode == 1 and "SOURCE_DATE_EPOCH" in done.stderr, "a wrong time")
    c.same(len(digests(tree)), 3, "artefacts of the last time after a failure")
    done = release(tree, SIGN_IDENTITY=IDENTITY)
    c.that(done.returncode == 1 and "only a Mac can sign" in done.stderr, "signing on Linux")
    done = release(tree, SOURCE_DATE_EPOCH="1700000000", SIGN_IDENTITY="",
                   BUNDLE=os.path.abspath("build/macos/ContainerKit.app"),
                   PATH=put_tool(tree + "-bin", "make", LINUX_MAKE) + ":" + os.environ["PATH"])
    c.same((done.returncode, list(digests(tree))[0]), (0, dev), "artefact of development")
    c.that("is a development build: ours.sh: " in done.stdout, "a development build is not told")
    check_linux_archive(c, tree, dev, "com.ethercorps.container-kit.dev")


# --- Mac -----------------------------------------------------------------------------------------

class Mac:
    def __init__(self, folder, tree):
        self.tree, self.bin = tree, os.path.join(folder, "bin")
        self.record = os.path.join(folder, "record")
        self.bundle = os.path.abspath("build/macos/ContainerKit.app")
        for name in TOOLS:
            put_tool(self.bin, name, STAND_IN)
        put_tool(self.bin, "uname", UNAME)

    def release(self, **environment):
        """(what it did, calls after the one of make)."""
        shutil.rmtree(os.path.join(self.tree, OUT), ignore_errors=True)
        with open(self.record, "w", encoding="utf-8"):
            pass
        done = release(self.tree, **{
            "SIGN_IDENTITY": "", "NOTARY_PROFILE": "", "HELPER": "", **environment,
            "PATH": self.bin + ":" + os.environ["PATH"], "RECORD": self.record,
            "BUNDLE": self.bundle})
        with open(self.record, encoding="utf-8") as f:
            return done, f.read().split("\n")[:-1]

    def suffix(self):
        with open(self.record + ".suffix", encoding="utf-8") as f:
            return f.read()


def steps(name, **words):
    return [s.format(name=name, **words) for s in MAC_STEPS]


def check_signed(c, mac):
    name = f"ContainerKit_{version()}_universal"
    done, calls = mac.release(**SIGNED)
    c.same(done.returncode, 0, f"signed release: {done.stderr}")
    c.same(calls[1:], steps(name, stamp="--timestamp", identity=IDENTITY), "calls of a release")
    c.same(mac.suffix(), "", "suffix of a release's identifier")
    c.same(list(digests(mac.tree)), [name + ".app.tar.gz", name + ".zip", "container-kit.rb"],
           "artefacts of a release")
    done, calls = mac.release(**SIGNED, HELPER="yes")
    c.same([k.split()[-1] for k in calls[1:3]], [APP + "/Contents/Helpers/helper", APP],
           "what is signed first")
    c.that(not any("--deep" in k for k in calls if "--sign" in k), "--deep is used to sign")


def check_adhoc(c, mac):
    name = f"ContainerKit_{version()}_universal-adhoc"
    done, calls = mac.release()
    wanted = [s for s in steps(name, stamp="--timestamp=none", identity="-")
              if not any(word in s for word in NOT_ADHOC)]
    c.same((done.returncode, calls[1:]), (0, wanted), "calls without an identity")
    c.that("signed ad hoc" in done.stdout, "it does not say what ad hoc means")
    c.same(mac.suffix(), ".dev", "suffix of an ad hoc build's identifier")
    c.same(list(digests(mac.tree)), [name + ".app.tar.gz", name + ".zip"], "ad hoc artefacts")


def check_failures(c, mac):
    """Each call fails in turn, and the last of all is it."""
    for words, count in ((SIGNED, len(MAC_STEPS) + 1), ({}, len(MAC_STEPS) - 4)):
        for number in range(1, count + 1):
            done, calls = mac.release(**words, FAIL_AT=str(number))
            at = f"call {number} fails ({calls[-1][:40]})"
            c.same((done.returncode, len(calls)), (1, number), at)
            c.that("nothing was made: could not " in done.stderr, f"{at}: says {done.stderr}")
            c.same((digests(mac.tree), os.path.exists(os.path.join(mac.tree, STAGE))), ({}, False),
                   f"{at}: what is left")
    done, calls = mac.release(**SIGNED, HELPER="yes", FAIL_AT="2")
    c.same((done.returncode, len(calls)), (1, 2), "what lies inside cannot be signed")
    done, calls = mac.release(**SIGNED, NOTARY="Invalid")
    c.same((done.returncode, calls[-1].split()[1], digests(mac.tree)), (1, "notarytool", {}),
           "Apple says no")
    c.that('"Invalid"' in done.stderr and "notarytool log" in done.stderr, "Apple's no is not told")


def check_refusals(c, mac):
    for words, wanted in (
            ({"SIGN_IDENTITY": "Apple Development: Some Body", "NOTARY_PROFILE": "p"}, "is no"),
            ({"SIGN_IDENTITY": IDENTITY}, "NOTARY_PROFILE is not set"),
            ({**SIGNED, "UPDATE_ENDPOINT": ""}, "UPDATE_ENDPOINT is not set"),
            ({**SIGNED, "UPDATE_PAYLOAD_KEYS": ""}, "no key but that of development")):
        done, calls = mac.release(**words)
        c.same((done.returncode, calls, wanted in done.stderr), (1, [], True), f"{words}")
    changed = os.path.join(mac.tree, "app/new.c")
    with open(changed, "w", encoding="utf-8"):
        pass
    done, calls = mac.release(**SIGNED)
    c.same((done.returncode, calls, "something is changed" in done.stderr), (1, [], True),
           "a release of what is not committed")
    os.remove(changed)


def check_sources(c, folder, mac):
    """A universal build on a Mac takes no source that has another hash than the one written down."""
    put_tool(mac.bin, "curl", '#!/bin/sh\necho "$@" >>"$RECORD"\n'
             'while [ "$1" != -o ]; do shift; done\necho other >"$2"\n')
    work = os.path.join(folder, "work")
    done = subprocess.run(["app/macos/cross/setup.sh", work], capture_output=True, text=True,
                          env={**os.environ, "PATH": mac.bin + ":" + os.environ["PATH"],
                               "RECORD": os.path.join(folder, "curl")})
    c.that(done.returncode == 1 and "orig.tar.gz has another hash: " in done.stderr,
           f"a source with another hash: {done.stderr}")
    c.that(not os.path.exists(os.path.join(work, "deps")), "a source with another hash was unpacked")
    with open(os.path.join(folder, "curl"), encoding="utf-8") as f:
        calls = f.read().split("\n")[:-1]
    c.that(len(calls) == 1 and "--proto =https " in calls[0], f"calls of curl: {calls}")


# --- the cask ------------------------------------------------------------------------------------

def cask(bundle, path, out):
    done = subprocess.run(["app/macos/cask.sh", bundle, path, out], capture_output=True, text=True)
    if done.returncode != 0:
        return done.stderr
    with open(out, encoding="utf-8") as f:
        return f.read()


def check_cask(c, folder):
    bundle = shutil.copytree("build/macos/ContainerKit.app", os.path.join(folder, "ContainerKit.app"))
    path = os.path.join(folder, f"ContainerKit_{version()}_universal.zip")
    with open(path, "wb") as f:
        f.write(b"zip")
    text = cask(bundle, path, os.path.join(folder, "container-kit.rb"))
    for wanted in (f'version "{version()}"', f'sha256 "{hashlib.sha256(b"zip").hexdigest()}"',
                   "/v#{version}/ContainerKit_#{version}_universal.zip", "auto_updates true",
                   'depends_on macos: ">= :tahoe"', 'app "ContainerKit.app"',
                   'binary "#{appdir}/ContainerKit.app/Contents/MacOS/container-kit"',
                   'manpage "#{appdir}/ContainerKit.app/Contents/Resources/container-kit.1"',
                   'uninstall quit: "com.ethercorps.container-kit.dev"\n',
                   '"~/Library/Application Support/com.ethercorps.container-kit.dev"'):
        c.that(wanted in text, f"the cask has no {wanted}: {text}")
    agents = os.path.join(bundle, "Contents/Library/LaunchAgents")
    os.makedirs(agents)
    with open(os.path.join(agents, "some.agent.plist"), "w", encoding="utf-8"):
        pass
    c.that('uninstall launchctl: ["some.agent"],\n            quit: "com.' in
           cask(bundle, path, os.path.join(folder, "container-kit.rb")), "the cask's launchctl")
    os.rename(path, os.path.join(folder, "ContainerKit_9.9.9_universal.zip"))
    c.that("is not of the version" in cask(bundle, os.path.join(
        folder, "ContainerKit_9.9.9_universal.zip"), os.path.join(folder, "x.rb")),
        "a zip of another version")


def main(words):
    c = Checks()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as elsewhere:
        tree, other = copy_of_tree(folder), copy_of_tree(elsewhere)
        mac = Mac(folder, tree)
        check_refusals(c, mac)
        check_signed(c, mac)
        check_adhoc(c, mac)
        check_failures(c, mac)
        check_sources(c, folder, mac)
        check_cask(c, folder)
        if "--signing" not in words:
            check_linux(c, tree, other)
    c.close()


if __name__ == "__main__":
    main(sys.argv[1:])
