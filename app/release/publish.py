#!/usr/bin/env python3
"""publish.py - signs archives, writes latest.json and its signature, and believes neither until the
program's own reader took them (updates.md, section 3).

    publish.py new --probe PROBE --notes FILE --out FOLDER [--critical] [--rollout N] ARCHIVE...
    publish.py renew --probe PROBE --out FOLDER [--rollout N] LATEST.JSON

new: a release. Which system, processor, version and program an archive is of is read from the
archive. renew: the same release with a new time and a new end, at least monthly, because nobody is
offered anything after the end. FOLDER is made anew when all was verified, and not touched before;
one in which lies anything else than an earlier list is refused.

    UPDATE_PAYLOAD_SECRET, UPDATE_MANIFEST_SECRET   files with the secret keys, which minisign reads;
                         it asks for their passwords itself, on its standard input
    UPDATE_URL           folder the archives will be in: https, "{version}" is replaced
    UPDATE_DAYS          how long the list is valid, 45 days without it
    UPDATE_PAYLOAD_KEYS, UPDATE_MANIFEST_KEYS, UPDATE_HOSTS, UPDATE_ENDPOINT, TEAM_ID
                         as the programs in the archives were built with (core/update/ours.sh)

No secret goes through this program. An archive for a Mac is taken on a Mac alone, where its
signature and its ticket are looked at. Written for Python 3.9, which is what a Mac has."""
import argparse
import base64
import datetime
import json
import os
import plistlib
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import time

NAME = re.compile(r"[A-Za-z0-9._+-]+\.tar\.gz\Z")  # hosts rewrite other names
NEVER = re.compile(r"-(unsigned|adhoc|dev)\.")  # what release.sh makes besides releases
DEVELOPMENT, HOOKS = b"RWSDEVELOPMENT", b"CK_HOOK"
MANIFEST = "latest.json"
SIGNATURE = MANIFEST + ".minisig"
DAYS = 45
NOTES_MAX = 16 << 10  # more is not shown (core/update/notes.h)


class Refused(Exception):
    """Why nothing was made, in one sentence."""


def check(holds, why):
    if not holds:
        raise Refused(why)


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)


def setting(name, default=None):
    value = os.environ.get(name) or default
    check(value is not None, f"{name} is not set")
    return value


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime(
        "%Y-%m-%dT%H:%M:%SZ")


# --- keys -------------------------------------------------------------------------------------


class Signer:
    """A secret key in its file, and those public ones of the program that may belong to it."""

    def __init__(self, role):
        self.secret = setting(f"UPDATE_{role}_SECRET")
        self.public = setting(f"UPDATE_{role}_KEYS").split()
        try:
            found = os.stat(self.secret)
        except OSError as e:
            raise Refused(f"the secret key: {e.strerror}: {self.secret}") from e
        check(stat.S_ISREG(found.st_mode), f"the secret key is no file: {self.secret}")
        check(found.st_mode & 0o077 == 0, f"others may read the secret key: chmod 600 {self.secret}")

    def sign(self, path, comment):
        """The text of the signature. Prehashed, which is minisign's default; never -l."""
        with tempfile.TemporaryDirectory() as folder:
            out = os.path.join(folder, "signature")
            done = subprocess.run(["minisign", "-S", "-s", self.secret, "-m", path, "-x", out,
                                   "-t", comment, "-c", "signature of Container Kit"], check=False)
            check(done.returncode == 0, "minisign did not sign " + os.path.basename(path))
            with open(out, encoding="ascii") as f:
                return f.read()

    def public_of(self, signature):
        """Which of the program's keys made it."""
        label = base64.b64decode(signature.split("\n")[1])[2:10]
        for line in self.public:
            if base64.b64decode(line)[2:10] == label:
                return line
        raise Refused(f"signed with a key that no program knows; {self.secret}?")


# --- archives ---------------------------------------------------------------------------------


class Archive:
    """What an archive says about itself."""

    def __init__(self, path):
        self.path, self.name = path, os.path.basename(path)
        check(NAME.match(self.name), f"{self.name}: this name would not survive an upload")
        check(not NEVER.search(self.name), f"{self.name} is not for handing out")
        self.size = os.path.getsize(path)
        with tarfile.open(path) as tar:
            self.unpacked = sum(e.size for e in tar.getmembers() if e.isreg())
            top = tar.getmembers()[0].name.split("/")[0]
            self.info = plistlib.loads(self.member(tar, top + "/Contents/Info.plist"))
            made = json.loads(self.member(tar, top + "/Contents/Resources/release.json"))
            self.program = self.member(
                tar, f"{top}/Contents/MacOS/{self.info['CFBundleExecutable']}")
        self.app_id, self.version, self.targets = made["app_id"], made["version"], made["targets"]
        self.mac = any(t.startswith("darwin-") for t in self.targets)

    def member(self, tar, name):
        try:
            return tar.extractfile(name).read()
        except (KeyError, AttributeError) as e:
            raise Refused(f"{self.name} has no {name}") from e

    def check_program(self, keys):
        """It must be able to find the next update, and be what is meant for everybody."""
        for mark, what in ((DEVELOPMENT, "the key of development"), (HOOKS, "hooks of tests")):
            check(mark not in self.program, f"{self.name}: the program has {what} in it")
        for text in (setting("UPDATE_ENDPOINT"), *setting("UPDATE_HOSTS").split(), *keys):
            check(text.encode() in self.program, f"{self.name}: the program does not know {text}")

    def check_mac(self):
        """The bundle that comes out of it, as Gatekeeper will see it."""
        check(run("uname", "-s").stdout == "Darwin\n",
              f"{self.name}: only a Mac can look at its signature")
        team = setting("TEAM_ID")
        with tempfile.TemporaryDirectory() as folder:
            app = os.path.join(folder, "ContainerKit.app")
            for what, words in (
                    ("is no archive", ["tar", "-C", folder, "-xzf", self.path]),
                    ("is not signed by the team", [
                        "codesign", "--verify", "--strict", "--deep", "-R=anchor apple generic and "
                        f'certificate leaf[subject.OU] = "{team}"', app]),
                    ("is not stapled", ["xcrun", "stapler", "validate", app]),
                    ("is not let through by Gatekeeper", ["spctl", "--assess", "--type", "execute",
                                                          app])):
                done = run(*words)
                check(done.returncode == 0, f"{self.name} {what}: {done.stderr}".strip())


# --- the list ---------------------------------------------------------------------------------


class Release:
    """What is made, in a folder of its own until all of it was verified."""

    def __init__(self, probe, scratch):
        self.probe, self.scratch, self.now = os.path.abspath(probe), scratch, int(time.time())
        self.folder = os.path.join(scratch, "out")
        self.hosts = setting("UPDATE_HOSTS").replace(" ", ",")
        self.manifests = Signer("MANIFEST")
        os.mkdir(self.folder)

    def ask(self, *words):
        """The shipped reader's answer; anything but a yes ends it."""
        done = run(self.probe, *words)
        check((done.returncode, done.stdout) == (0, "accept\n"),
              f"the program itself would refuse this: {words[0]}: {done.stdout}{done.stderr}".strip())

    def ask_manifest(self, word, folder, target, key, now, *more):
        public = os.path.join(self.scratch, "key")
        with open(public, "w", encoding="ascii") as f:
            f.write(key)
        path = os.path.join(folder, MANIFEST)
        self.ask(word, "--file", path, "--target", target, "--current", "0.0.0-0", "--now", now,
                 "--os", "99999", "--hosts", self.hosts, "--app-id", read_json(path)["app_id"],
                 "--pubkey", public, "--manual", *more)

    def ask_signed(self, folder, now):
        """Does the list in this folder fit its signature, for all whom it offers something?"""
        signature = os.path.join(folder, SIGNATURE)
        with open(signature, encoding="ascii") as f:
            key = self.manifests.public_of(f.read())
        for target in read_json(os.path.join(folder, MANIFEST))["platforms"]:
            self.ask_manifest("signed-manifest", folder, target, key, now, "--minisig", signature)

    def ask_bound(self, manifest, archives, signer):
        """Is each archive that of its entries?"""
        for archive in archives:
            for target in archive.targets:
                text = base64.b64decode(manifest["platforms"][target]["signature"]).decode()
                self.ask_manifest("bind", self.folder, target, signer.public_of(text),
                                  moment(self.now), "--payload", archive.path)

    def sign_payload(self, archive, target, signer):
        """The entry of one system and processor. No sha256: the signature, which is itself in a
        signed list, says the same, and that digest would cost more than all else (decision 038)."""
        self.ask("archive", "--file", archive.path, "--app-id", archive.app_id, "--version",
                 archive.version, "--target", target, "--unpacked-size", str(archive.unpacked))
        text = signer.sign(archive.path, f"timestamp:{self.now}\tfile:{archive.name}\t"
                                         f"version:{archive.version}\ttarget:{target}")
        url = setting("UPDATE_URL").format(version=archive.version).rstrip("/")
        entry = {"signature": base64.b64encode(text.encode()).decode(),
                 "url": f"{url}/{archive.name}", "size": archive.size,
                 "unpacked_size": archive.unpacked}
        if archive.mac:
            entry["minimum_system_version"] = archive.info["LSMinimumSystemVersion"]
        return entry

    def write(self, manifest):
        """The list, and its signature over the very bytes that are on the disk."""
        manifest["expires"] = moment(self.now + int(setting("UPDATE_DAYS", str(DAYS))) * 86400)
        path = os.path.join(self.folder, MANIFEST)
        with open(path, "w", encoding="ascii") as f:
            json.dump(manifest, f, indent=2)
            f.write("\n")
        text = self.manifests.sign(path, f"timestamp:{self.now}\tfile:{MANIFEST}\t"
                                         f"version:{manifest['version']}")
        with open(os.path.join(self.folder, SIGNATURE), "w", encoding="ascii") as f:
            f.write(text)
        self.ask_signed(self.folder, moment(self.now))


def read_json(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def read_notes(path):
    with open(path, encoding="utf-8") as f:
        notes = f.read().strip()
    check(notes != "", f"{path} is empty: what is new?")
    check(len(notes.encode()) <= NOTES_MAX, f"{path} is longer than what is shown")
    return notes


def read_archives(paths, signers):
    archives = [Archive(path) for path in paths]
    first = archives[0]
    targets = [t for a in archives for t in a.targets]
    check(len(set(targets)) == len(targets), "two archives are for the same system and processor")
    for a in archives:
        check((a.app_id, a.version) == (first.app_id, first.version),
              f"{a.name} and {first.name} are not of one release")
        a.check_program([key for s in signers for key in s.public])
        if a.mac:
            a.check_mac()
    return archives


def make_new(words, release):
    payloads = Signer("PAYLOAD")
    check(not set(payloads.public) & set(release.manifests.public),
          "a key is for manifests or for archives, not for both")
    archives = read_archives(words.files, (payloads, release.manifests))
    manifest = {"schema": 1, "app_id": archives[0].app_id,
                "channel": setting("UPDATE_CHANNEL", "stable"), "version": archives[0].version,
                "notes": read_notes(words.notes), "pub_date": moment(release.now),
                "critical": words.critical}
    if words.rollout is not None:
        manifest["rollout"] = {"percent": words.rollout}
    manifest["platforms"] = {t: release.sign_payload(a, t, payloads)
                             for a in archives for t in a.targets}
    release.write(manifest)
    release.ask_bound(manifest, archives, payloads)


def make_renewed(words, release):
    """Only what was signed by us is signed again."""
    check([os.path.basename(p) for p in words.files] == [MANIFEST], f"which {MANIFEST} is it?")
    manifest = read_json(words.files[0])
    release.ask_signed(os.path.dirname(words.files[0]) or ".", manifest["pub_date"])
    if words.rollout is not None:
        manifest["rollout"] = {"percent": words.rollout}
    release.write(manifest)


def check_folder(path):
    """Is there nothing in it that would be lost?"""
    if os.path.lexists(path):
        check(os.path.isdir(path) and set(os.listdir(path)) <= {MANIFEST, SIGNATURE},
              f"{path} is not a folder for the list alone")


def percent(text):
    value = int(text)
    if not 0 <= value <= 100:
        raise ValueError
    return value


def read_words():
    parser = argparse.ArgumentParser(description="signs archives and writes latest.json")
    parser.add_argument("word", choices=("new", "renew"))
    for name, required in (("--probe", True), ("--out", True), ("--notes", False)):
        parser.add_argument(name, required=required)
    parser.add_argument("--critical", action="store_true")
    parser.add_argument("--rollout", type=percent)
    parser.add_argument("files", nargs="+")
    words = parser.parse_args()
    if (words.notes is None) == (words.word == "new"):
        parser.error("--notes FILE: what is new? It belongs to a new release")
    return words


def main():
    words = read_words()
    os.umask(0o022)
    try:
        check_folder(words.out)
        with tempfile.TemporaryDirectory() as scratch:
            release = Release(words.probe, scratch)
            (make_new if words.word == "new" else make_renewed)(words, release)
            shutil.rmtree(words.out, ignore_errors=True)
            shutil.move(release.folder, words.out)
    except (Refused, OSError, ValueError, KeyError, tarfile.TarError) as e:
        sys.exit(f"publish.py: nothing was made: {e}")


if __name__ == "__main__":
    main()
