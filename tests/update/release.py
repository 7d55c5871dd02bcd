#!/usr/bin/python3
"""What publish.py signs and writes, with keys that are thrown away; and all that it must refuse.

    release.py PROBE

Small archives stand for the program's; what a Mac's tools say is said by stand-ins.
Ends with "N passed, M failed" and a status that is not zero if anything differs."""
import base64
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile

import tarball as t
from roundtrip import Pair, minisign
from tell import Tell

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
LINUX = "Demo-1.2.0-linux-x86_64.tar.gz"
MAC = "Demo_1.2.0_universal.app.tar.gz"
ENDPOINT = "https://updates.example.org/demo/latest.json"
HOSTS = ("updates.example.org", "github.com")
URL = "https://github.com/example/demo/releases/download/v{version}/"
SECRET_WORD = "correct horse"


class Bench(Tell):
    """Two pairs of keys, archives, and the tool."""

    def __init__(self, probe, folder):
        super().__init__(probe)
        self.folder = folder
        self.manifest, self.payload = Pair(folder, "manifest"), Pair(folder, "payload")
        self.other = Pair(folder, "other")
        self.keys = [p.bare() for p in (self.payload, self.manifest)]
        self.out = os.path.join(folder, "out")
        self.notes = self.file("notes", b"A release.\n")
        self.mac = self.archive(MAC, self.program(t.universal(t.X86_64, t.ARM64)),
                                t.plist(LSMinimumSystemVersion="26.0"), target=None,
                                targets=["darwin-aarch64", "darwin-x86_64"])
        self.linux = self.archive(LINUX)
        for pair in (self.manifest, self.payload, self.other):
            os.chmod(pair.secret, 0o600)

    def file(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def program(self, start, *more):
        return start + b"\0".join([*(k.encode() for k in (ENDPOINT, *HOSTS, *self.keys)), *more])

    def archive(self, name, program=None, info=None, **made):
        made = {"target": None, "targets": ["linux-x86_64"], **made}
        texts = [t.plist() if info is None else info, t.release(**made),
                 program or self.program(t.elf())]
        self.unpacked = sum(map(len, texts))  # of the last one made
        entries = t.demo(*texts)
        return self.file(name, t.packed(entries + t.END))

    def environment(self, **change):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "UPDATE_URL": URL,
               "UPDATE_MANIFEST_SECRET": self.manifest.secret,
               "UPDATE_PAYLOAD_SECRET": self.payload.secret, "UPDATE_ENDPOINT": ENDPOINT,
               "UPDATE_MANIFEST_KEYS": self.manifest.bare(),
               "UPDATE_PAYLOAD_KEYS": self.payload.bare(),
               "UPDATE_HOSTS": " ".join(HOSTS), "TEAM_ID": "TEAM123456", **change}
        return {k: v for k, v in env.items() if v is not None}

    def publish(self, *words, typed="", **change):
        shutil.rmtree(self.out, ignore_errors=True)
        return self.run(*words, typed=typed, **change)

    def run(self, *words, typed="", **change):
        return subprocess.run([sys.executable, "-B", os.path.join(ROOT, "app/release/publish.py"),
                               words[0], "--probe", self.probe, "--out", self.out, *words[1:]],
                              capture_output=True, text=True, input=typed, check=False,
                              env=self.environment(**change), timeout=120)

    def new(self, *words, **change):
        return self.publish("new", "--notes", self.notes, *words, **change)

    def makes(self, what, done):
        self.same(f"{what}: {done.stderr[-300:]}", done.returncode, 0)
        made = sorted(os.listdir(self.out)) if os.path.isdir(self.out) else []
        return self.same(what + ", files", made, ["latest.json", "latest.json.minisig"])

    def refuses(self, what, why, done):
        self.same(f"refused: {what}: {done.stderr[-300:]}",
                  (done.returncode, why in done.stderr), (1, True))
        self.same(f"refused: {what}, left", os.path.exists(self.out), False)

    def read(self, name="latest.json"):
        with open(os.path.join(self.out, name), encoding="utf-8") as f:
            return f.read()


def comment_of(signature):
    return signature.split("\n")[2][len("trusted comment: "):].split("\t")


def check_new(b):
    b.makes("a release", b.new(b.linux, "--rollout", "25"))
    manifest = json.loads(b.read())
    entry = manifest["platforms"]["linux-x86_64"]
    b.same("entry", {k: v for k, v in entry.items() if k != "signature"},
           {"url": URL.format(version="1.2.0") + LINUX, "size": os.path.getsize(b.linux),
            "unpacked_size": b.unpacked})
    b.same("fields", [manifest[k] for k in ("schema", "app_id", "version", "notes", "critical",
                                            "rollout")],
           [1, t.APP_ID, "1.2.0", "A release.", False, {"percent": 25}])
    b.same("nothing that another reader takes for something else",
           [k for k in ("name", "url", "signature") if k in manifest], [])
    days = [datetime.datetime.strptime(manifest[k], "%Y-%m-%dT%H:%M:%SZ")
            for k in ("pub_date", "expires")]
    b.same("it ends in 45 days", (days[1] - days[0]).days, 45)
    payload, minisig = base64.b64decode(entry["signature"]).decode(), b.read("latest.json.minisig")
    stamp = comment_of(minisig)[0]
    b.same("a time", stamp.startswith("timestamp:") and stamp[10:].isdigit(), True)
    b.same("comment of the list", comment_of(minisig), [stamp, "file:latest.json", "version:1.2.0"])
    b.same("comment of the archive", comment_of(payload),
           [stamp, "file:" + LINUX, "version:1.2.0", "target:linux-x86_64"])
    b.same("minisign takes the list", minisign(
        "-V", "-q", "-p", b.manifest.public, "-m", os.path.join(b.out, "latest.json")), 0)
    sig = b.file("payload.minisig", payload.encode())
    b.same("minisign takes the archive",
           minisign("-V", "-q", "-p", b.payload.public, "-m", b.linux, "-x", sig), 0)


def check_refused(b):
    def archive(what, why, name=LINUX, program=None, info=None, hosts=" ".join(HOSTS), **made):
        b.refuses(what, why, b.new(b.archive(name, program, info, **made), UPDATE_HOSTS=hosts))
        b.archive(LINUX)

    for name in ("Demo_1.2.0_universal-unsigned.app.tar.gz", "Demo_1.2.0_universal-adhoc.app.tar.gz",
                 "Demo-1.2.0-linux-x86_64-dev.tar.gz"):
        archive(name, "not for handing out", name)
    for name in ("Demo 1.2.0.tar.gz", "Demo-1.2.0.zip", "caf\u00e9.tar.gz"):
        archive(name, "would not survive an upload", name)
    archive("development", "the key of development",
            program=b.program(t.elf(), b"RWSDEVELOPMENTabc"))
    archive("hooks", "hooks of tests", program=b.program(t.elf(), b"CK_HOOK_NOW"))
    archive("asks nobody", "does not know https://", program=t.elf())
    archive("no such key", "does not know RW", program=t.elf() + b"\0".join(
        k.encode() for k in (ENDPOINT, *HOSTS, b.payload.bare())))
    archive("a host that it does not fetch from", "does not know files.example.org",
            hosts=" ".join((*HOSTS, "files.example.org")))
    archive("another version inside", "reject version", info=t.plist(CFBundleShortVersionString="1.1.0"))
    archive("another processor", "reject processor", targets=["linux-aarch64"])
    archive("no version", "the program itself would refuse", version="1.2")
    b.refuses("one system twice", "same system", b.new(b.linux, b.linux))
    b.refuses("two releases", "not of one release", b.new(b.linux, b.archive(
        "Demo-1.3.0.tar.gz", version="1.3.0", targets=["linux-aarch64"])))
    b.refuses("not an archive", "nothing was made", b.new(b.file("x.tar.gz", b"x")))
    b.refuses("no notes", "is empty", b.publish("new", "--notes", b.file("none", b" \n"), b.linux))
    b.refuses("a Mac's here", "only a Mac", b.new(b.mac))


def check_folder(b):
    """What else lies where the list is to be made is nobody's to remove."""
    shutil.rmtree(b.out, ignore_errors=True)
    os.mkdir(b.out)
    other = b.file("out/precious.tar.gz", b"x")
    done = b.run("new", "--notes", b.notes, b.linux)
    b.same("a folder with something else in it", (done.returncode, os.path.exists(other),
                                                  "for the list alone" in done.stderr), (1, True, True))


def check_keys(b):
    b.refuses("unknown key", "no program knows", b.new(
        b.linux, UPDATE_PAYLOAD_SECRET=b.other.secret))
    b.refuses("unknown key for the list", "no program knows", b.new(
        b.linux, UPDATE_MANIFEST_SECRET=b.other.secret))
    b.refuses("row 39: one key for both", "not for both", b.new(
        b.linux, UPDATE_MANIFEST_KEYS=b.payload.bare(), UPDATE_MANIFEST_SECRET=b.payload.secret))
    for name in ("UPDATE_PAYLOAD_SECRET", "UPDATE_MANIFEST_SECRET", "UPDATE_URL", "UPDATE_HOSTS",
                 "UPDATE_ENDPOINT", "UPDATE_PAYLOAD_KEYS"):
        b.refuses(f"no {name}", f"{name} is not set", b.new(b.linux, **{name: None}))
    b.refuses("a host that no program asks", "reject url", b.new(
        b.linux, UPDATE_URL="https://evil.example/{version}"))
    b.refuses("http", "reject url", b.new(b.linux, UPDATE_URL="http://github.com/{version}"))
    b.refuses("no key there", "No such file", b.new(b.linux, UPDATE_PAYLOAD_SECRET="/nowhere"))
    os.chmod(b.payload.secret, 0o640)
    b.refuses("others may read the key", "chmod 600", b.new(b.linux))
    os.chmod(b.payload.secret, 0o600)
    both = " ".join([b.other.bare(), b.payload.bare()])
    program = b.program(t.elf(), b.other.bare().encode())
    b.makes("a change of keys: the old one signs", b.new(
        b.archive(LINUX, program), UPDATE_PAYLOAD_KEYS=both))
    b.makes("and then the new one", b.new(
        b.archive(LINUX, program), UPDATE_PAYLOAD_KEYS=both, UPDATE_PAYLOAD_SECRET=b.other.secret))
    b.archive(LINUX)


def check_password(b):
    """minisign asks for it; it is in no argument and in no variable, so nowhere to be seen."""
    words = ["minisign", "-G", "-f", "-p", os.path.join(b.folder, "locked.pub"), "-s",
             os.path.join(b.folder, "locked.key")]
    subprocess.run(words, input=f"{SECRET_WORD}\n{SECRET_WORD}\n", text=True, check=True,
                   capture_output=True, timeout=120)
    with open(words[4], encoding="ascii") as f:
        key = f.read().split("\n")[1]
    program = b.program(t.elf(), key.encode())
    words = {"UPDATE_PAYLOAD_KEYS": key, "UPDATE_PAYLOAD_SECRET": words[6]}
    done = b.new(b.archive(LINUX, program), typed=SECRET_WORD + "\n", **words)
    b.makes("a key with a password", done)
    b.same("the password is not repeated", SECRET_WORD in done.stdout + done.stderr, False)
    b.refuses("another password", "minisign did not sign",
              b.new(b.archive(LINUX, program), typed="wrong\n", **words))
    b.archive(LINUX)


def check_renewed(b):
    b.makes("a release", b.new(b.linux))
    old = os.path.join(b.folder, "old")
    shutil.copytree(b.out, old)
    before = json.loads(b.read())
    path = os.path.join(old, "latest.json")
    b.makes("renewed", b.publish("renew", path, "--rollout", "50", UPDATE_DAYS="60"))
    after = json.loads(b.read())
    b.same("only that is new", {k: v for k, v in after.items() if before.get(k) != v},
           {"expires": after["expires"], "rollout": {"percent": 50}})
    b.same("it ends later", after["expires"] > before["expires"], True)
    with open(path, "a", encoding="ascii") as f:
        f.write(" ")
    b.refuses("what nobody signed is not renewed", "reject signature", b.publish("renew", path))
    shutil.rmtree(b.out, ignore_errors=True)
    shutil.copytree(old, b.out)
    b.run("renew", path)
    b.same("a failure leaves what was there", b.read()[-1], " ")
    os.unlink(path + ".minisig")
    b.refuses("no signature", "No such file", b.publish("renew", path))


def check_mac(b):
    """Stand-ins for a Mac's tools; each fails in turn."""
    tools = os.path.join(b.folder, "bin")
    os.mkdir(tools)
    for name, text in (("uname", "echo Darwin"), ("codesign", "[ $FAILS != codesign ]"),
                       ("xcrun", "[ $FAILS != xcrun ]"), ("spctl", "[ $FAILS != spctl ]")):
        path = b.file("bin/" + name, f"#!/bin/sh\necho \"${{0##*/}} $*\" >>\"$RECORD\"\n{text}\n"
                      .encode())
        os.chmod(path, 0o755)
    record = b.file("record", b"")
    here = {"PATH": tools + ":" + os.environ["PATH"], "RECORD": record, "FAILS": "none"}
    b.makes("a Mac's and Linux's", b.new(b.mac, b.linux, **here))
    entries = json.loads(b.read())["platforms"]
    b.same("entries", list(entries), ["darwin-aarch64", "darwin-x86_64", "linux-x86_64"])
    two = [entries[k] for k in ("darwin-aarch64", "darwin-x86_64")]
    b.same("one archive for both processors", two[0]["url"], two[1]["url"])
    b.same("each signed for itself", [comment_of(base64.b64decode(e["signature"]).decode())[3]
                                      for e in two], ["target:darwin-aarch64", "target:darwin-x86_64"])
    b.same("oldest system", [e.get("minimum_system_version") for e in entries.values()],
           ["26.0", "26.0", None])
    with open(record, encoding="utf-8") as f:
        asked = f.read()
    b.same("row 39: whose signature", 'leaf[subject.OU] = "TEAM123456"' in asked, True)
    for tool, why in (("codesign", "not signed"), ("xcrun", "not stapled"), ("spctl", "Gatekeeper")):
        b.refuses(f"a Mac's, {tool}", why, b.new(b.mac, **{**here, "FAILS": tool}))


def check_compiled_in(b):
    """ours.sh: what a program can be built with, and what of it is not a release."""
    def ours(*words, **change):
        done = subprocess.run([os.path.join(ROOT, "core/update/ours.sh"), *words], text=True,
                              capture_output=True, check=False, env=b.environment(**change))
        return done.returncode, done.stdout, done.stderr

    def refuses(what, why, *words, **change):
        status, out, err = ours(*words, **change)
        b.same(f"ours.sh: {what}: {err}", (status, out, why in err), (1, "", True))

    b.same("ours.sh: a release", ours("release"), (0, "", ""))
    for name in ("UPDATE_MANIFEST_KEYS", "UPDATE_PAYLOAD_KEYS"):
        refuses(f"{name} of development", "that of development", "release", **{name: None})
        for bad in ("RW", "x" * 56, b.payload.bare()[:-1], b.payload.bare()[:-1] + '"'):
            refuses(f"{name} {bad!r}", "", "include", "linux-x86_64", **{name: bad})
    refuses("no endpoint", "UPDATE_ENDPOINT is not set", "release", UPDATE_ENDPOINT=None)
    refuses("endpoint on no host of ours", "not one of UPDATE_HOSTS", "release",
            UPDATE_ENDPOINT="https://evil.example/latest.json")
    refuses("one key for both", "not for both", "release", UPDATE_PAYLOAD_KEYS=b.manifest.bare())
    for name, bad in (("UPDATE_ENDPOINT", "http://updates.example.org/latest.json"),
                      ("UPDATE_ENDPOINT", "https://updates.example.org/"),
                      ("UPDATE_ENDPOINT", 'https://updates.example.org/"/latest.json'),
                      ("UPDATE_HOSTS", 'a"b'), ("TEAM_ID", "a\\n"), ("UPDATE_CHANNEL", "a b"),
                      ("SOURCE_DATE_EPOCH", "now")):
        refuses(f"{name} {bad!r}", name, "include", "linux-x86_64", **{name: bad})
    _, text, _ = ours("include", "linux-x86_64", SOURCE_DATE_EPOCH="1700000000")
    for line in ("OURS_DEVELOPMENT false", f'OURS_MANIFEST_KEYS "{b.manifest.bare()}"',
                 f'OURS_PAYLOAD_KEYS "{b.payload.bare()}"', f'OURS_ENDPOINT "{ENDPOINT}"',
                 'OURS_HOSTS "updates.example.org", "github.com"', 'OURS_TEAM "TEAM123456"',
                 'OURS_TARGET "linux-x86_64"', "OURS_BUILD_TIME 1700000000"):
        b.same("ours.inc: " + line, f"#define {line}\n" in text, True)
    for name in ("UPDATE_ENDPOINT", "UPDATE_MANIFEST_KEYS", "UPDATE_PAYLOAD_KEYS"):
        _, text, _ = ours("include", "linux-x86_64", **{name: None})
        b.same(f"without {name}", "OURS_DEVELOPMENT true" in text, True)


def main():
    if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        b = Bench(os.path.abspath(sys.argv[1]), folder)
        for check in (check_new, check_refused, check_folder, check_keys, check_password,
                      check_renewed, check_mac, check_compiled_in):
            check(b)
        return b.close()


if __name__ == "__main__":
    sys.exit(main())
