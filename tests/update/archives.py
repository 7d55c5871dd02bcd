#!/usr/bin/python3
"""Archives: what the probe says about good ones and hostile ones, and what is left on the disk.

    archives.py PROBE

Rules are those of updates.md, sections 7 and 8; the rows in names are those of the table of attacks in section
9. After each question the folder that was unpacked into must be empty and all
beside it as it was. If started by root, everything is asked a second time as nobody. Ends with "N
passed, M failed" and a status that is not zero if anything differs."""
import bz2
import gzip
import hashlib
import lzma
import os
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import zlib

import tarball as t
from tell import Tell, path_of

NOBODY = 65534
IN = "Demo.app/Contents/Resources/"
WORDS = {"--app-id": t.APP_ID, "--version": t.VERSION, "--target": "linux-x86_64"}
MIB = 1 << 20


def fingerprint(folder):
    """All that could be changed about what lies in a folder, but for times."""
    found = []
    for where, folders, files in os.walk(folder):
        for name in sorted(folders + files):
            path = os.path.join(where, name)
            st = os.lstat(path)
            data = b""
            if stat.S_ISREG(st.st_mode):
                with open(path, "rb") as f:
                    data = f.read()
            found.append((path, st.st_mode, st.st_uid, st.st_nlink, hashlib.sha256(data).hexdigest()))
    return found


class Asker(Tell):
    """Asks in a world of its own: outside/ with a canary, tmp/ to unpack into."""

    def __init__(self, probe, folder, user=None):
        super().__init__(probe)
        self.folder = folder
        self.user = user
        self.before_probe = []  # words of a command that starts it
        self.tmp = os.path.join(folder, "tmp")
        self.outside = os.path.join(folder, "outside")
        for path in (self.tmp, self.outside):
            os.mkdir(path)
        self.canary = os.path.join(self.outside, "canary")
        with open(self.canary, "w", encoding="ascii") as f:
            f.write("as it was\n")
        os.chmod(self.canary, 0o640)
        if user is not None:
            for path in (self.tmp, self.outside, self.canary):
                os.chown(path, user, user)
        self.before = fingerprint(self.outside)

    def ask(self, words):
        how = {} if self.user is None else {"user": self.user, "group": self.user, "extra_groups": []}
        done = subprocess.run([*self.before_probe, self.probe, *words], capture_output=True,
                              timeout=120, check=False, env={"TMPDIR": self.tmp, "LC_ALL": "C"}, **how)
        line = done.stdout.decode(errors="replace")
        if (len(done.stderr.splitlines()) == 1) != line.startswith("reject"):
            line += f"(standard error: {done.stderr.decode(errors='replace')!r})"
        return line, done.returncode

    def file(self, what, path, want, **words):
        asked = {**WORDS, "--file": path, **{"--" + k.replace("_", "-"): v for k, v in words.items()}}
        self.answers(what, ["archive", *(w for k, v in asked.items() if v is not None for w in (k, v))],
                     want)
        self.same(f"{what}: left behind", os.listdir(self.tmp), [])
        self.same(f"{what}: beside", fingerprint(self.outside), self.before)
        if self.failed and os.listdir(self.tmp):
            shutil.rmtree(self.tmp)
            os.mkdir(self.tmp)

    def raw(self, what, data, want, **words):
        path = os.path.join(self.folder, "update.app.tar.gz")
        with open(path, "wb") as f:
            f.write(data)
        os.chmod(path, 0o644)
        self.file(what, path, want, **words)

    def tar(self, what, data, want, **words):
        self.raw(what, t.packed(data), want, **words)

    def more(self, what, entries, want, **words):
        """A good app with more entries behind its own."""
        self.tar(what, t.demo() + entries + t.END, want, **words)


def check_good(a):
    a.tar("good", t.demo() + t.END, "accept")
    for target in ("darwin-aarch64", "linux-x86_64"):
        with open(path_of(f"signed/Demo_1.2.0_{target}.app.tar.gz"), "rb") as f:
            a.raw(f"{target} of the fixtures", f.read(), "accept", target=target)
    good = t.demo()
    a.tar("one block of zeros", good + bytes(512), "accept")
    a.tar("padding up to the cap", good + bytes(512 + MIB), "accept")
    a.more("./ in front", t.entry("./" + IN + "a", b"x"), "accept")
    a.more("GNU's mark", t.entry(IN + "a", b"x", magic=b"ustar  \0"), "accept")
    a.more("old type of a file", t.entry(IN + "a", b"x", kind=b"\0"), "accept")
    a.more("a prefix", t.entry("a", b"x", prefix=IN[:-1].encode()), "accept")
    a.more("GNU has no prefix", t.entry("a", b"x", prefix=IN[:-1].encode(), magic=b"ustar  \0"),
           "reject path")
    a.more("folders without entries", t.entry(IN + "b/c/d", b"x"), "accept")
    a.more("a folder behind what is in it", t.entry(IN + "b/c", b"x") + t.folder(IN + "b/"), "accept")
    a.more("a folder twice", t.folder(IN + "b") * 2, "accept")
    a.more("an empty file", t.entry(IN + "a"), "accept")
    a.more("a file of many blocks", t.entry(IN + "a", os.urandom(300000)), "accept")
    a.more("blanks around numbers", t.header(IN + "a", size=b"       0 \0\0\0", mode=b" 644 \0 \0"),
           "accept")
    a.more("pax path", t.pax(t.record("path", IN + "p" * 150)) + t.entry("x", b"1"), "accept")
    a.more("pax of another kind", t.pax(t.record("mtime", "1.5"), t.record("LIBARCHIVE.x", "\n=")) +
           t.entry(IN + "a"), "accept")
    a.more("pax size", t.pax(t.record("size", "3")) + t.entry(IN + "a", b"123"), "accept")
    a.more("a comment for all", t.pax(t.record("comment", "c"), kind=b"g") + t.entry(IN + "a"), "accept")
    a.more("GNU's long name", t.long_name(IN + "p" * 150 + "\0") + t.entry("x"), "accept")
    a.more("GNU's long name without its NUL", t.long_name(IN + "p" * 150) + t.entry("x"), "accept")
    a.more("pax is stronger than GNU", t.long_name("/etc/x\0") + t.pax(t.record("path", IN + "a")) +
           t.entry("../x"), "accept")
    a.more("GNU is stronger than the header", t.long_name(IN + "a\0") + t.entry("../x"), "accept")
    a.more("a link", t.link(IN + "l", "release.json"), "accept")
    a.more("a link up and down", t.link(IN + "l", "../../Contents/MacOS/Demo"), "accept")
    a.more("a long link", t.pax(t.record("linkpath", "n" * 200)) + t.link(IN + "l", "x"), "accept")
    a.more("GNU's long link", t.long_name("n" * 200 + "\0", b"K") + t.link(IN + "l", "x"), "accept")
    a.more("a link that names nothing", t.link(IN + "l", "gone"), "accept")
    a.more("names up to the caps", t.long_name(IN + "n" * 255) + t.entry("x") +
           t.long_name(IN + "/".join("d" * (32 - 3))) + t.entry("x"), "accept")


def check_gzip(a):
    """Section 7: one member of gzip, nothing else."""
    good = t.demo() + t.END
    data = t.packed(good)
    for what, bad in (("nothing", b""), ("plain tar", good), ("bzip2", bz2.compress(good)),
                      ("xz", lzma.compress(good)), ("zlib", zlib.compress(good)), ("text", b"<html>"),
                      ("two members", data + t.packed(b"")), ("split over two members",
                       t.packed(good[:1024]) + t.packed(good[1024:])),
                      ("a byte behind", data + b"\0"), ("another method", data[:2] + b"\7" + data[3:]),
                      ("reserved flag", data[:3] + b"\x80" + data[4:]),
                      ("wrong checksum", data[:-8] + b"1234" + data[-4:]),
                      ("wrong length", data[:-4] + b"1234"), ("cut trailer", data[:-1]),
                      ("no trailer", data[:-8]), ("cut in the middle", data[:len(data) // 2]),
                      ("only a header", data[:10]), ("half a header", data[:5])):
        a.raw(f"gzip: {what}", bad, "reject archive")
    named = gzip.compress(good, mtime=0)
    a.raw("gzip: a name and more fields", named[:3] + b"\x1c" + named[4:10] + b"\3\0abcname\0comment\0" +
          named[10:], "accept")


def check_structure(a):
    good = t.demo()
    bad = "reject archive"
    for what, data, want in (
            ("no end", good, bad), ("empty", t.END, bad), ("only padding", bytes(10240), bad),
            ("cut in a header", good[:-600], bad), ("cut in a file", good[:-512], bad),
            ("more behind the end", good + bytes(512) + b"x", bad),
            ("an entry behind the end", good + bytes(512) + t.entry(IN + "a") + t.END, bad),
            ("row 20: endless padding", good + bytes(512 + MIB + 1), "reject size"),
            ("row 20: a bomb of padding", good + bytes(64 * MIB), "reject size")):
        a.tar(f"end: {what}", data, want)
    for what, entry, want in (
            ("checksum", t.header(IN + "a", checksum=b"000000\0 "), bad),
            ("no mark", t.header(IN + "a", magic=b""), bad),
            ("another mark", t.header(IN + "a", magic=b"ustax\x0000"), bad),
            ("row 20: binary size", t.header(IN + "a", size=b"\x80" + bytes(10) + b"\1"), bad),
            ("negative size", t.header(IN + "a", size=b"-0000000001\0"), bad),
            ("size with a letter", t.header(IN + "a", size=b"0000000000a\0"), bad),
            ("size 8", t.header(IN + "a", size=b"00000000008\0"), bad),
            ("two numbers", t.header(IN + "a", size=b"000 0000000\0"), bad),
            ("no size", t.header(IN + "a", size=b" " * 12), bad),
            ("binary mode", t.header(IN + "a", mode=b"\x80" + bytes(7)), bad),
            ("folder with bytes", t.entry(IN + "a", b"x", kind=b"5"), bad),
            ("link with bytes", t.entry(IN + "a", b"x", kind=b"2", link="b"), bad),
            ("row 20: huge size", t.header(IN + "a", size=b"77777777777\0"), "reject size"),
            ("row 20: one byte too large", t.header(IN + "a", size=512 * MIB), "reject size")):
        a.more(f"header: {what}", entry, want)
    for kind in "1346789SVDMNABCEXaz":
        a.more(f"row 23: kind {kind}", t.header(IN + "a", kind=kind.encode()), "reject kind")


def check_notes(a):
    """Row 21: what pax and GNU tar say about the next entry."""
    bad, after = "reject archive", t.entry(IN + "a", b"123")
    whole = t.record("path", IN + "a")
    for what, records in (
            ("no length", b"path=x\n"), ("length 0", b"0 path=x\n"), ("no newline", whole[:-1]),
            ("too long", b"99 path=x\n"), ("too short", b"8 path=xy\n"), ("signed", b"+9 path=x\n"),
            ("leading zero", b"010 path=x\n"), ("no key", b"6 =xy\n"), ("no equals", b"8 pathx\n"),
            ("two blanks", b"10  path=x"), ("rest", whole + b"x"), ("zeros behind", whole + bytes(3)),
            ("huge length", b"99999999999999999999999 path=x\n"),
            ("twice", t.record("path", IN + "b") + whole), ("size twice", t.record("size", "3") * 2),
            ("another size", t.record("size", "4")), ("size of zero", t.record("size", "0")),
            ("signed size", t.record("size", "+3")), ("no size", t.record("size", "")),
            ("binary size", t.record("size", "3\0"))):
        a.more(f"row 21: pax: {what}", t.pax(records) + after, bad)
    a.more("pax: no path", t.pax(t.record("path", "")) + after, "reject path")
    a.more("row 21: pax path", t.pax(t.record("path", "../outside/canary")) + after, "reject path")
    a.more("row 21: NUL in a pax path", t.pax(t.record("path", IN + "b\0/../../../x")) + after, "reject path")
    a.more("row 21: GNU path", t.long_name("../outside/canary\0") + after, "reject path")
    a.more("row 21: NUL in a GNU path", t.long_name(IN + "b\0/x\0") + after, "reject path")
    a.more("row 22: pax link", t.pax(t.record("linkpath", a.canary)) + t.link(IN + "l", "x"), "reject link")
    a.more("row 22: GNU link", t.long_name(a.canary, b"K") + t.link(IN + "l", "x"), "reject link")
    a.more("holes", t.pax(t.record("GNU.sparse.major", "1")) + after, "reject kind")
    a.more("holes for all", t.pax(t.record("GNU.sparse.name", "x"), kind=b"g") + after, "reject kind")
    for key in ("path", "linkpath", "size"):
        a.more(f"{key} for all", t.pax(t.record(key, "3"), kind=b"g") + after, bad)
    for what, note in (("pax", t.pax(t.record("mtime", "1"))), ("L", t.long_name(IN + "a\0")),
                       ("K", t.long_name("n\0", b"K"))):
        a.more(f"{what} twice", note * 2 + after, bad)
        a.more(f"{what} and no entry", note, bad)
        a.tar(f"{what} and nothing", t.demo() + note, bad)
    a.more("row 20: pax at its cap", t.pax(t.record("c", "x" * (MIB - 12))) + after, "accept")
    a.more("row 20: pax over its cap", t.header("pax", size=MIB + 1, kind=b"x"), "reject size")
    a.more("row 20: pax for all over its cap", t.header("pax", size=MIB + 1, kind=b"g"), "reject size")
    a.more("row 20: GNU over its cap", t.header("x", size=65537, kind=b"L"), "reject size")
    a.more("GNU at its cap", t.long_name(IN.ljust(65536, "n")) + after, "reject path")


def check_paths(a):
    """Row 21, and names that two file systems would see in two ways."""
    for name in ("../x", "/etc/x", a.canary, "Demo.app/../x", IN + "../../../x", IN + "..", IN + ".",
                 IN + "./x", "././" + IN + "x", IN + "/x", IN + "x//", "Demo.app//x", "", "./", ".",
                 "/", IN + "a\nb", IN + "a\x7f", IN + "caf\u00e9", IN + "cafe\u0301", IN + "a\\b",
                 IN + "a\tb", IN + "._x", IN + "._", IN + ".DS_Store", "Demo.app/__MACOSX/x",
                 "__MACOSX/Demo.app/x", "Other.app/x", "demo.app/x", "Demo.APP/x", "Demo/x", "x",
                 ".Demo.app/x", "Demo.app.x/y", "Demo.app\\x", IN + "\x80"):
        a.more(f"row 21: path {name!r}", t.long_name(name + "\0") + t.entry("x", b"1"), "reject path")
    a.more("row 21: part of 256", t.long_name(IN + "n" * 256) + t.entry("x"), "reject path")
    a.more("row 21: path of 1025", t.long_name(IN + "/".join(["n" * 199] * 5)[:1025 - len(IN)]) + t.entry("x"),
           "reject path")
    a.more("row 21: 33 parts", t.long_name(IN + "/".join("d" * (33 - 3))) + t.entry("x"), "reject path")
    for what, entries in (
            ("a file twice", t.entry(IN + "a") * 2), ("case", t.entry(IN + "a") + t.entry(IN + "A")),
            ("case of a folder", t.folder(IN + "b") + t.folder(IN + "B")),
            ("case of a parent", t.entry(IN + "b/x") + t.entry(IN + "B/y")),
            ("case of the app's own", t.entry("Demo.app/contents/x")),
            ("file and folder", t.entry(IN + "a") + t.folder(IN + "a")),
            ("folder and file", t.folder(IN + "a") + t.entry(IN + "a")),
            ("below a file", t.entry(IN + "a") + t.entry(IN + "a/x")),
            ("row 22: below a link", t.link(IN + "l", "../MacOS") + t.entry(IN + "l/Demo", b"evil")),
            ("row 22: link and folder", t.link(IN + "l", "../MacOS") + t.folder(IN + "l")),
            ("row 22: link for a folder", t.entry(IN + "b/x") + t.link(IN + "b", "x")),
            ("row 22: link for the program", t.link("Demo.app/Contents/MacOS/Demo", "../x"))):
        a.more(f"path: {what}", entries, "reject path")
    for what, data in (("app is a file", t.entry("Demo.app", b"x")), ("app is a link", t.link("Demo.app", "x")),
                       ("hidden app", t.entry(".app/x", b"x")), ("no app", t.entry("Demo/x", b"x"))):
        a.tar(f"path: {what}", data + t.END,
              "reject link" if "is a link" in what else "reject path")


def check_links(a):
    """Row 22."""
    for target in ("", "/", "/etc/passwd", a.canary, "../../../x", "../../../Demo.app/Contents/Info.plist",
                   "../../../../outside/canary", ".", "./x", "x/.", "x/./y", "x/../y", "x/..", "..",
                   "../", "../..", "x/", "x//y", "../x/../../..", "a\nb", "caf\u00e9", "a\\b", "\x7f",
                   "n" * 256):
        a.more(f"row 22: link to {target!r}", t.long_name(target, b"K") + t.link(IN + "l", "y"),
               "reject link")
    a.more("row 22: s -> . and t -> s/s/..", t.link(IN + "s", ".") + t.link(IN + "t", "s/s/.."), "reject link")
    a.more("row 22: link at the top goes up", t.link("Demo.app/l", "../x"), "reject link")
    a.more("row 22: hard link", t.header(IN + "h", kind=b"1", link=a.canary), "reject kind")
    a.more("row 22: hard link inside", t.header(IN + "h", kind=b"1", link=IN + "release.json"), "reject kind")
    out = t.link(IN + "l", "../../../../../outside")
    a.more("row 22: write through a link out", out + t.entry(IN + "l/canary", b"evil"), "reject link")
    a.more("row 22: chmod through a link out", t.entry(IN + "l", mode=0o777) + out, "reject link")
    a.more("row 22: written through a link inside, then swapped",
           t.link(IN + "l", "../MacOS") + t.link(IN + "L", "../../Contents"), "reject path")


def check_modes(a):
    """Row 23. That modes become what they should is looked at in test_archive.c."""
    for mode in (0o4755, 0o2755, 0o1755, 0o7777):
        a.more(f"row 23: file of mode {mode:o}", t.entry(IN + "a", mode=mode), "reject mode")
        a.more(f"row 23: folder of mode {mode:o}", t.folder(IN + "a", mode=mode), "reject mode")
    a.more("row 23: written by all", t.entry(IN + "a", mode=0o777) + t.folder(IN + "b", mode=0o777), "accept")
    a.more("row 23: readable by nobody", t.entry(IN + "a", mode=0) + t.folder(IN + "b", mode=0) +
           t.entry(IN + "b/c", mode=0), "accept")


def check_bombs(a):
    """Row 20. A good app has 7 entries."""
    many = b"".join(t.entry(f"{IN}{n}") for n in range(20000 - 7))
    a.more("row 20: 20000 entries", many, "accept")
    a.more("row 20: 20001 entries", many + t.entry(IN + "last"), "reject size")
    a.more("row 20: a folder again and again", t.folder(IN) * 20000, "reject size")
    a.more("row 20: folders without entries",
           b"".join(t.long_name(f"Demo.app/{n}/" + "/".join("d" * 29)) + t.entry("x")
                    for n in range(1500)), "reject size")
    note = t.pax(t.record("c", "x" * (MIB - 12)), kind=b"g")
    a.raw("row 20: notes without end", t.repeated(t.demo(), note, 1 << 10, t.END), "reject size")
    size = len(t.plist() + t.elf() + t.release())
    a.tar("row 20: as many bytes as told", t.demo() + t.END, "accept", unpacked_size=str(size))
    a.tar("row 20: one more than told", t.demo() + t.END, "reject size", unpacked_size=str(size - 1))
    a.more("row 20: a file beyond what was told", t.entry(IN + "a", bytes(8 * MIB)), "reject size",
           unpacked_size=str(8 * MIB))


def check_bundle(a):
    """Section 8, rows 24 and 25."""
    def info(what, want, data, **words):
        a.tar(f"Info.plist: {what}", t.demo(info=data) + t.END, want, **words)

    def made(what, want, data, **words):
        a.tar(f"release.json: {what}", t.demo(made=data) + t.END, want, **words)

    def program(what, want, data, target="linux-x86_64", **how):
        a.tar(f"row 24: {what} for {target}",
              t.demo(program=data, made=t.release(target=target), **how) + t.END, want, target=target)

    info("row 25: another program", "reject app-id", t.plist(CFBundleIdentifier="org.example.demo2"))
    info("row 25: case", "reject app-id", t.plist(CFBundleIdentifier="org.example.Demo"))
    info("no program", "reject app-id", t.plist(CFBundleIdentifier=None))
    info("row 35: another version", "reject version", t.plist(CFBundleShortVersionString="1.1.10"))
    info("no version", "reject version", t.plist(CFBundleShortVersionString=None))
    info("build of a version", "reject version", t.plist(CFBundleShortVersionString="1.2.0+1"))
    info("no executable", "reject bundle", t.plist(CFBundleExecutable=None))
    for name in ("", "../Demo", "/bin/sh", "Other", ".Demo", "a&amp;b", "MacOS/Demo"):
        info(f"executable {name!r}", "reject bundle", t.plist(CFBundleExecutable=name))
    good = t.plist()
    for what, data in (
            ("twice", good.replace(b"</dict>", b"<key>CFBundleIdentifier</key><string>x</string></dict>")),
            ("binary", b"bplist00" + bytes(40)), ("empty", b""), ("cut", good[:-10]),
            ("more behind", good + b"<plist/>"), ("BOM", b"\xef\xbb\xbf" + good),
            ("not UTF-8", good.replace(b"Demo", b"Dem\xff")), ("NUL", good.replace(b"Demo", b"De\0o")),
            ("entity", good.replace(b"plist PUBLIC", b"plist [<!ENTITY a 'b'>] PUBLIC")),
            ("CDATA", good.replace(b"Demo<", b"<![CDATA[Demo]]><")),
            ("a number", good.replace(b"<string>Demo</string>", b"<integer>1</integer>")),
            ("an instruction", good.replace(b"<dict>", b"<?x y?><dict>", 1)),
            ("a character by number", good.replace(b"<string>Demo", b"<string>&#68;emo")),
            ("deep", good.replace(b"</dict>", b"<key>x</key>" + b"<array>" * 20 + b"</array>" * 20 +
                                  b"</dict>"))):
        info(what, "reject bundle", data)
    info("other keys", "accept", good.replace(
        b"</dict>", b"<!-- a note --><key>x</key><dict><key>CFBundleIdentifier</key><array><true/>"
        b"<string>&#65;&amp;</string></array></dict>\n<key>y</key><data/></dict>"))
    info("key spelt with a number", "reject app-id", good.replace(b"CFBundleId", b"CFBundle&#73;d"))
    info("too large", "reject size", good + b" " * MIB)
    made("row 25: sister", "reject app-id", t.release(app_id="org.example.sister"))
    made("no program", "reject app-id", t.release(app_id=None))
    made("row 35: another version", "reject version", t.release(version="1.2.1"))
    made("no version", "reject version", t.release(version=None))
    made("row 24: another target", "reject target", t.release(target="linux-aarch64"))
    made("no target", "reject target", t.release(target=None))
    made("in a list", "accept", t.release(target=None, targets=["linux-aarch64", "linux-x86_64"]))
    made("not in the list", "reject target", t.release(target=None, targets=["linux-aarch64"]))
    made("in neither", "reject target", t.release(targets=["linux-aarch64"]))
    made("an empty list", "reject target", t.release(target=None, targets=[]))
    for what, change in (("a number", {"version": 1}), ("list of numbers", {"targets": [1]}),
                         ("a text for a list", {"targets": "linux-x86_64"}), ("a list", {"app_id": []})):
        made(what, "reject type", t.release(**change))
    made("key twice", "reject json", t.release()[:-1] + b', "version": "1.2.0"}')
    made("no JSON", "reject json", b"")
    made("too large", "reject size", t.release() + b" " * 65536)
    made("as large as may be", "accept", t.release().ljust(65536))
    a.tar("row 25: asked for another", t.demo() + t.END, "reject app-id", app_id="org.example.other")
    a.tar("another version offered", t.demo() + t.END, "reject version", version="1.3.0")
    a.tar("v in front", t.demo() + t.END, "accept", version="v1.2.0")
    for lacking in ("Info.plist", "release.json", "MacOS/Demo"):
        short = t.demo().replace(lacking.encode(), lacking[:-1].encode() + b"\0", 1)
        broken = bytearray(short)
        at = short.index(lacking[:-1].encode()) // 512 * 512
        broken[at + 148:at + 156] = b" " * 8
        broken[at + 148:at + 156] = b"%06o\0 " % sum(broken[at:at + 512])
        a.tar(f"lacks {lacking}", bytes(broken) + t.END, "reject bundle")
    program("no right to run it", "reject bundle", None, mode=0o644)
    program("another name", "reject bundle", None, executable="Dem0")
    linux, mac = ("linux-x86_64", "linux-aarch64"), ("darwin-x86_64", "darwin-aarch64")
    for what, data, fits in (
            ("ELF x86_64", t.elf(62), linux[:1]), ("ELF aarch64", t.elf(183), linux[1:]),
            ("ELF of 32 bits", t.elf(62, b"\x7fELF\x01\x01\x01"), ()),
            ("ELF, big end first", t.elf(62, b"\x7fELF\x02\x02\x01"), ()),
            ("Mach-O x86_64", t.macho(t.X86_64), mac[:1]), ("Mach-O arm64", t.macho(t.ARM64), mac[1:]),
            ("Mach-O of 32 bits", t.macho(7, 0xFEEDFACE), ()),
            ("universal", t.universal(t.X86_64, t.ARM64), mac), ("Intel alone", t.universal(t.X86_64), mac[:1]),
            ("universal, cut", t.universal(t.ARM64, count=2), ()),
            ("no slices", t.universal(t.ARM64, count=0), ()),
            ("nine slices", t.universal(*[t.ARM64] * 9), ()), ("eight slices", t.universal(*[7] * 7, t.ARM64), mac[1:]),
            ("Java", struct.pack(">IHH", 0xCAFEBABE, 0, 52) + bytes(200), ()),
            ("script", b"#!/bin/sh\n", ()), ("nothing", b"", ()), ("four bytes", t.macho()[:4], ())):
        for target in linux + mac:
            program(what, "accept" if target in fits else "reject processor", data, target)
    program("unknown", "reject processor", None, target="windows-x86_64")


def check_place(a):
    """Row 26: an archive that is named like a part of itself. One that is replaced while it is
    unpacked is in test_archive.c."""
    path = os.path.join(a.tmp, "..", "Demo.app")
    with open(path, "wb") as f:
        f.write(t.packed(t.demo() + t.END))
    os.chmod(path, 0o644)
    a.file("row 26: named like the app", path, "accept")
    os.unlink(path)


def check_full(a):
    """Row 28: a disk that is too small from the start, and one that becomes full."""
    if sys.platform != "linux" or os.geteuid() != 0 or a.user is not None:
        return
    mount = 'mount -t tmpfs -o size=%dm none "$0" && exec "$@"'
    for what, size, data, want in (("small app", 66, b"", "accept"), ("no room", 32, b"", "reject space"),
                                   ("full", 66, bytes(80 * MIB), "reject write")):
        a.before_probe = ["unshare", "-m", "--propagation", "private", "sh", "-c", mount % size, a.tmp]
        a.more(f"row 28: {what}", t.entry(IN + "a", data), want)
    a.before_probe = ["unshare", "-m", "--propagation", "private", "sh", "-c", mount % 66, a.tmp]
    a.tar("row 28: too little for what was told", t.demo() + t.END, "reject space", unpacked_size=str(4 * MIB))
    a.before_probe = []


def roomy(folder):
    """Is there room for the largest app here, and for what has to stay free?"""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize > 400 * MIB and os.access(folder, os.W_OK)


def main():
    if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    status = 0
    memory = "/dev/shm" if roomy("/dev/shm") else None # a disk is slow to confirm 20000 files
    for user in (None, NOBODY) if os.geteuid() == 0 else (None,):
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            os.chmod(folder, 0o755)
            probe = shutil.copy(sys.argv[1], os.path.join(folder, "probe")) # where nobody may go
            a = Asker(probe, folder, user)
            for check in (check_good, check_gzip, check_structure, check_notes, check_paths, check_links,
                          check_modes, check_bombs, check_bundle, check_place, check_full):
                check(a)
        status |= a.close()
    return status


if __name__ == "__main__":
    sys.exit(main())
