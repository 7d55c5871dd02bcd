"""payloads.py - manifests and archives as the servers of fetch.py offer them, whole and broken.

Rows are those of the attack table (updates.md, section 9). A file of files.test is a function of
(connection, headers): what it sends is the case."""
import base64
import fcntl
import hashlib
import json
import os
import shutil
import stat
import subprocess

from roundtrip import Pair, data_of
from servers import answer, drip, endless, redirect

KEY, APP, VERSION = "linux-x86_64", "org.example.demo", "1.2.0"
ARCHIVE = f"Demo_{VERSION}_{KEY}.app.tar.gz"
MANIFEST, SIGNATURE, PAYLOAD = "/d/latest.json", "/d/latest.json.minisig", "/d/" + ARCHIVE
ETAG, TIME = 'ETag: "one"', "Last-Modified: Wed, 18 Nov 2026 09:30:00 GMT"
BIG = 64 << 20
MEMORY_MAX = 16 << 10  # KiB above what the program has at its start


class Release:
    """A signed manifest and archive; `change` alters the entry before it is signed."""

    def __init__(self, t, pair, data, **change):
        self.t, self.pair, self.data = t, pair, data
        text = pair.sign(t.folder, data, f"timestamp:1\tfile:{ARCHIVE}\tversion:{VERSION}\t"
                                         f"target:{KEY}")
        self.signature = base64.b64encode(text.encode()).decode()
        entry = {"url": "https://files.test" + PAYLOAD, "signature": self.signature,
                 "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        entry.update(change)
        entry = {k: v for k, v in entry.items() if v is not None}
        self.manifest = json.dumps({"version": VERSION, "app_id": APP,
                                    "expires": "2030-01-01T00:00:00Z",
                                    "platforms": {KEY: entry}}).encode()
        self.minisig = pair.sign(t.folder, self.manifest,
                                 f"timestamp:1\tfile:latest.json\tversion:{VERSION}").encode()
        self.folder = os.path.join(t.folder, "updates")
        self.publish()

    def publish(self):
        files = self.t.world.files
        files[MANIFEST] = lambda c, headers: c.sendall(answer(self.manifest))
        files[SIGNATURE] = lambda c, headers: c.sendall(answer(self.minisig))
        files[PAYLOAD] = lambda c, headers: send_part(c, headers, self.data)
        shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self, each):
        self.t.world.files[PAYLOAD] = each

    def words(self, payload, *more):
        words = ["payload" if payload else "manifest", "https://files.test" + MANIFEST, "--pubkey",
                 self.pair.public, "--app-id", APP, "--again-ms", "100"]
        if payload:
            words += ["--target", KEY, "--now", "2026-11-20T00:00:00Z", "--folder", self.folder]
        return [*words, *more]

    def manifest_gives(self, name, want):
        self.t.gives(name, self.words(False), want)

    def gives(self, name, want=None, *more):
        """By default: all of the archive, and nothing left behind."""
        whole = "accept " + hashlib.sha256(self.data).hexdigest()
        self.t.gives(name, self.words(True, *more), want or whole)

    def part(self):
        name = hashlib.blake2b(self.signature.encode(), digest_size=16).hexdigest()
        return os.path.join(self.folder, name + ".part")

    def has_part(self, name, size):
        """None: there is nothing at all."""
        left = sorted(os.listdir(self.folder)) if os.path.isdir(self.folder) else []
        if size is None:
            self.t.same(name + ", left", left, [])
        elif self.t.same(name + ", a part", os.path.exists(self.part()), True):
            self.t.same(name + ", size of the part", os.path.getsize(self.part()), size)
            modes = [stat.S_IMODE(os.stat(p).st_mode) for p in (self.folder, self.part())]
            self.t.same("row 38: modes: " + name, modes, [0o700, 0o600])

    def last_asked(self):
        """Range and If-Range of the last request for the archive."""
        asked = [(h.get("range"), h.get("if-range")) for host, path, h in self.t.world.seen
                 if (host, path) == ("files.test", PAYLOAD)]
        return asked[-1] if asked else "nothing"


def send_part(c, headers, data, tag=ETAG, cut=None):
    """As a good server does; with `cut` it breaks off after so many bytes of the whole."""
    first = int(headers["range"][6:-1]) if "range" in headers else 0
    if first >= len(data) > 0:
        c.sendall(answer(b"", "416 Range Not Satisfiable"))
        return
    status = "206 Partial Content" if first else "200 OK"
    told = [f"Content-Length: {len(data) - first}", *([tag] if tag else [])]
    if first:
        told.append(f"Content-Range: bytes {first}-{len(data) - 1}/{len(data)}")
    c.sendall(answer(data[first:cut], status, *told, length=False))


def cutter(release, at, tag=ETAG):
    return lambda c, headers: send_part(c, headers, release.data, tag, at)


def check_manifests(t, pair):
    r = Release(t, pair, b"archive")
    r.manifest_gives("a manifest", "accept " + VERSION)
    good, minisig = r.manifest, r.minisig
    for name, path, content, want in (
            ("row 33: no signature", SIGNATURE, answer(b"no", "404 Not Found"), "reject status"),
            ("row 33: a page for a signature", SIGNATURE, answer(b"<html>"), "reject text"),
            ("row 16: a long signature", SIGNATURE, answer(minisig * 200), "reject size"),
            ("row 16: a long manifest", MANIFEST, answer(bytes((1 << 20) + 1)), "reject size"),
            ("rows 5, 15: a page for a manifest", MANIFEST, answer(b"<html>"), "reject signature"),
            ("row 15: a changed manifest", MANIFEST, answer(good + b" "), "reject signature"),
            ("row 37: no manifest", MANIFEST, answer(b"", "500 No"), "reject status"),
            ("row 3: elsewhere", MANIFEST, redirect("https://evil.test/x"), "reject url")):
        r.publish()
        t.world.files[path] = lambda c, headers, content=content: c.sendall(content)
        seen = len(t.world.seen)
        r.manifest_gives(name, want)
        asked = [p for _, p, _ in t.world.seen[seen:]]
        t.same(name + ", asked", (asked.count(MANIFEST), asked.count(SIGNATURE)),
               {"reject signature": (2, 2), "reject text": (1, 1)}.get(
                   want, (path == MANIFEST, 1)))
    r.publish()
    replies = [answer(good + b" ")]
    t.world.files[MANIFEST] = lambda c, headers: c.sendall(
        replies.pop() if replies else answer(good))
    r.manifest_gives("row 15: a release in progress", "accept " + VERSION)
    t.world.files[MANIFEST] = lambda c, headers: c.sendall(answer(good + b" "))
    t.gives("stopped before it is fetched again",
            r.words(False, "--again-ms", "50000", "--stop-ms", "1500"), "reject cancelled")


def check_broken(t, pair):
    """Rows 16, 18 and 19: nothing but the archive passes, and nothing else stays."""
    data = data_of(100000)
    r = Release(t, pair, data)
    r.gives("an archive")
    r.has_part("an archive", None)
    for name, content, want in (
            ("row 19: the first byte", b"x" + data[1:], "hash"),
            ("row 19: the last byte", data[:-1] + b"x", "hash"),
            ("row 7: another file", data_of(100001)[1:], "hash"),
            ("row 18: one byte less", data[:-1], "size"), ("row 18: nothing", b"", "size"),
            ("row 16: one byte more", data + b"x", "size")):
        r.publish()
        r.serve(lambda c, headers, content=content: send_part(c, headers, content))
        r.gives(name, "reject " + want)
        r.has_part(name, None)
    r.publish()
    r.serve(lambda c, headers: c.sendall(answer(b"", "404 Not Found")))
    r.gives("row 37: no archive", "reject status")
    r.has_part("row 37: no archive", None)
    unsaid = Release(t, pair, data, size=None, sha256=None)
    unsaid.gives("neither size nor digest told")
    unsaid.serve(lambda c, headers: send_part(c, headers, data[:-1] + b"x"))
    unsaid.gives("row 19: without a digest", "reject signature")
    unsaid.serve(lambda c, headers: c.sendall(b"HTTP/1.1 200 OK\r\n\r\n") or endless(c))
    unsaid.gives("row 16: endless", "reject size", "--max", "1000000")
    unsaid.has_part("row 16: endless", None)
    unsaid.serve(lambda c, headers: c.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + data) or
                 drip(c, b"x", 0.2))
    unsaid.gives("row 17: a body that does not end, stopped", "reject cancelled", "--stop-ms",
                 "1000")
    unsaid.has_part("row 17: a body that does not end", None)


def check_continued(t, pair):
    """Row 18: a transfer that broke off goes on where it stopped, if it is still the same."""
    r = Release(t, pair, data_of(300000))
    size = len(r.data)
    for tag, called in ((ETAG, '"one"'), (TIME, "wed, 18 nov 2026 09:30:00 gmt")):
        for at in (1, size // 2, size - 1):
            r.publish()
            r.serve(cutter(r, at, tag))
            r.gives(f"row 18: cut at {at}", "reject network")
            r.has_part(f"cut at {at}", at)
            r.serve(lambda c, headers, tag=tag: send_part(c, headers, r.data, tag))
            r.gives(f"cut at {at}, continued")
            t.same(f"cut at {at}, asked", r.last_asked(), (f"bytes={at}-", called))
            r.has_part(f"cut at {at}, continued", None)
    for name, serve, want, left in (
            ("the server starts anew", lambda c, h: c.sendall(answer(r.data)), None, None),
            ("another file by now", lambda c, h: c.sendall(answer(r.data[::-1])), "hash", None),
            ("another part", lambda c, h: send_part(c, {"range": "bytes=99-"}, r.data), "status",
             None),
            ("not a part any more", lambda c, h: c.sendall(answer(b"", "416 No")), "status", None),
            ("a longer whole", lambda c, h: send_part(c, h, r.data + b"x"), "status", None),
            ("cut at once", lambda c, h: c.sendall(b""), "network", 1000),
            ("cut again", lambda c, h: send_part(c, h, r.data, ETAG, 2000), "network", 2000)):
        r.publish()
        r.serve(cutter(r, 1000))
        r.gives(name + ", first", "reject network")
        r.serve(serve)
        r.gives(name, want and "reject " + want)
        r.has_part(name, left)
    for name, tag in (("no tag", None), ("a weak tag", 'ETag: W/"one"'),
                      ("two tags", 'ETag: "one"\r\nETag: "two"')):
        r.publish()
        r.serve(cutter(r, 1000, tag))
        r.gives(name + ", first", "reject network")
        r.has_part(name, None)
        r.serve(cutter(r, None))
        r.gives(name)
        t.same(name + ", asked", r.last_asked(), (None, None))


def check_places(t, pair):
    """Row 26: what lies where the file is to be is never written through, and never continued."""
    r = Release(t, pair, data_of(50000))
    canary = os.path.join(t.folder, "canary")

    def lay(how):
        r.publish()
        r.serve(cutter(r, 1000))
        r.gives("a part to lay something over", "reject network")
        r.serve(cutter(r, None))
        with open(canary, "wb") as f:
            f.write(r.data[:500])
        os.unlink(r.part())
        how(canary, r.part())

    for name, how in (("row 26: a link", os.symlink), ("row 26: a hard link", os.link),
                      ("row 26: a pipe", lambda _, to: os.mkfifo(to))):
        lay(how)
        r.gives(name)
        with open(canary, "rb") as f:
            t.same(name + ", the file behind it", f.read(), r.data[:500])
        t.same(name + ", asked", r.last_asked(), (None, None))
    lay(lambda _, to: os.mkdir(to))
    r.gives("a folder", "reject read")
    r.publish()
    os.mkdir(r.folder, 0o755)
    for name in ("0123.part", "0123.part.tag", "0123.part.tag.new"):
        with open(os.path.join(r.folder, name), "wb"):
            pass
    r.gives("a folder that others may read, with an older part")
    r.has_part("older parts", None)
    t.same("the folder's mode", stat.S_IMODE(os.stat(r.folder).st_mode), 0o700)
    r.publish()
    os.symlink(t.folder, r.folder)
    r.gives("a link for a folder", "reject read")
    os.unlink(r.folder)


def check_room(t, pair):
    """Rows 28 and 31: a disk that is full, and somebody else who fetches the same."""
    r = Release(t, pair, data_of(300000))
    os.mkdir(r.folder)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", r.folder], check=True)
    r.gives("row 28: a full disk", "reject read")
    r.has_part("row 28: a full disk", None)
    subprocess.run(["umount", r.folder], check=True)
    r.publish()
    r.serve(cutter(r, 1000))
    r.gives("a part to be held", "reject network")
    with open(r.part(), "rb") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        r.gives("row 31: somebody else fetches it", "reject read")
        r.has_part("row 31: somebody else's", 1000)
    r.serve(cutter(r, None))
    r.gives("row 31: when they have gone")


def check_large(t, pair):
    """What is hashed while it arrives needs no memory, nor a second reading."""
    r = Release(t, pair, data_of(BIG))
    out = t.gives("a large archive", r.words(True),
                  "accept " + hashlib.sha256(r.data).hexdigest())
    before, after = map(int, out.split()[:2] if out else (0, 1 << 30))
    print(f"a large archive: {after - before} KiB above the {before} KiB of the start")
    with open(t.probe, "rb") as f:
        sanitized = b"__asan_" in f.read()
    if not sanitized:  # which keeps a shadow of all memory
        t.same("its memory is within 16 MiB", after - before <= MEMORY_MAX, True)


def check(t):
    pair = Pair(t.folder, "update")
    check_manifests(t, pair)
    check_broken(t, pair)
    check_continued(t, pair)
    check_places(t, pair)
    check_room(t, pair)
    check_large(t, pair)
