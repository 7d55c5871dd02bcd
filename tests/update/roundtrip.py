"""roundtrip.py - the real program minisign makes keys and signatures; both sides judge them, then
all that can be changed about them is changed.

The attack table of updates.md (section 9), rows 6 to 10 and 19."""
import base64
import hashlib
import os
import subprocess

PREFIX = "trusted comment: "
SIZES = (0, 1, 64, 65535, 65536, 65537, 5000000)
COMMENTS = (None, "", "version:1.2.0", "timestamp:1\tfile:a b\tversion:1.2.0\ttarget:x", "\u2603 \U0001f600",
            "x" * 4000)


def minisign(*words):
    return subprocess.run(["minisign", *words], capture_output=True, stdin=subprocess.DEVNULL,
                          timeout=60, check=False).returncode


class Pair:
    """A new pair of keys, whose secret one is in the folder alone."""

    def __init__(self, folder, name):
        self.public = os.path.join(folder, name + ".pub")
        self.secret = os.path.join(folder, name + ".key")
        if minisign("-G", "-W", "-f", "-p", self.public, "-s", self.secret) != 0:
            raise RuntimeError("minisign cannot make keys")

    def key(self):
        with open(self.public, encoding="ascii") as f:
            return f.read()

    def bare(self):
        return self.key().split("\n")[1]

    def sign(self, folder, data, comment=None, *more):
        """The text of a signature."""
        path = os.path.join(folder, "signed.bin")
        with open(path, "wb") as f:
            f.write(data)
        words = [] if comment is None else ["-t", comment]
        if minisign("-S", "-s", self.secret, "-m", path, "-x", path + ".minisig", *words, *more):
            raise RuntimeError("minisign cannot sign")
        with open(path + ".minisig", encoding="utf-8", newline="") as f:
            return f.read()


def theirs(folder, key, text, data):
    """Does minisign accept it?"""
    for name, content in (("p", key), ("s", text), ("f", data)):
        with open(os.path.join(folder, "their-" + name), "wb") as f:
            f.write(content if isinstance(content, bytes) else content.encode())
    p, s, f = (os.path.join(folder, "their-" + n) for n in "psf")
    return minisign("-V", "-q", "-p", p, "-m", f, "-x", s) == 0


def data_of(size):
    return (b"%07d\n" * (size // 8 + 1) % tuple(range(size // 8 + 1)))[:size]


def relabelled(text, change):
    """The signature with other bytes in its second line."""
    lines = text.split("\n")
    lines[1] = base64.b64encode(change(base64.b64decode(lines[1]))).decode()
    return "\n".join(lines)


def check_accepted(t, folder, pair):
    for size in SIZES:
        data = data_of(size)
        text = pair.sign(folder, data)
        t.same(f"{size} bytes, minisign", theirs(folder, pair.key(), text, data), True)
        for name, key in (("", pair.key()), (", bare key", pair.bare())):
            t.answers(f"{size} bytes{name}", t.sig_words(folder, key, text, data), "accept")
        for name, other in (("one more", data + b"x"), ("one less", data[:-1]),
                            ("half", data[:size // 2]), ("nothing", b""),
                            ("last changed", data[:-1] + b"x")):
            if other != data:
                t.answers(f"{size} bytes, {name}", t.sig_words(folder, pair.key(), text, other),
                          "reject signature")
    for comment in COMMENTS:
        text = pair.sign(folder, b"data", comment)
        t.same(f"comment {comment!r} was written", comment is None or
               text.split("\n")[2] == PREFIX + comment or comment == "", True)
        t.answers(f"comment {comment!r}", t.sig_words(folder, pair.key(), text, b"data"), "accept")


def check_tauri_forms(t, folder, pair):
    text = pair.sign(folder, b"data", "of a length that needs padding")
    key, sig = (base64.b64encode(x.encode()).decode() for x in (pair.key(), text))
    bare = base64.b64encode(pair.bare().encode()).decode()
    t.same("this signature is padded", sig[-1], "=")
    for name, k, s, want in (
            ("both", key, sig, "accept"), ("bare key inside", bare, sig, "accept"),
            ("newline behind", key, sig + "\n", "reject base64"),
            ("newline behind the key", key + "\n", sig, "reject base64"),
            ("blank in front", key, " " + sig, "reject base64"),
            ("nothing", key, "", "reject base64"), ("no key", "", sig, "reject base64"),
            ("the lines themselves", key, text, "reject base64"),
            ("twice", key, base64.b64encode(sig.encode()).decode(), "reject text"),
            ("an address", key, "https://example.org/a.sig", "reject base64"),
            ("no padding", key, sig.rstrip("="), "reject base64"),
            ("too long", key, "QUFB" * 8193, "reject base64")):
        t.answers(f"Tauri: {name}", t.sig_words(folder, k, s, b"data", "tsig"), want)


def check_keys_mixed(t, folder, pair, other):
    """Rows 6 and 8."""
    data = b"data"
    text = pair.sign(folder, data)
    foreign = other.sign(folder, data)
    our_id, other_key = base64.b64decode(pair.bare())[2:10], base64.b64decode(other.bare())
    forged = relabelled(foreign, lambda b: b[:2] + our_id + b[10:])
    same_id = base64.b64encode(b"Ed" + our_id + other_key[10:]).decode()
    words = t.sig_words(folder, pair.key(), foreign, data)
    t.answers("row 6: another key", words, "reject key-id")
    t.answers("row 6: our id on another key's signature", t.sig_words(folder, pair.key(), forged, data),
              "reject comment-signature")
    t.answers("row 6: another key with our id", t.sig_words(folder, same_id, text, data),
              "reject comment-signature")
    for name, change, want in (
            ("no algorithm", lambda b: b"XX" + b[2:], "reject algorithm"),
            ("eD", lambda b: b"eD" + b[2:], "reject algorithm"),
            ("another signature", lambda b: b[:10] + bytes(64), "reject comment-signature")):
        t.answers(name, t.sig_words(folder, pair.key(), relabelled(text, change), data), want)


def check_legacy(t, folder, pair):
    """Row 8: any signature of ours is, by two bytes that nobody signed, also one of 64 bytes."""
    data = b"data"
    old = pair.sign(folder, data, None, "-l")
    digest = hashlib.blake2b(data).digest()
    confused = relabelled(pair.sign(folder, data), lambda b: b"Ed" + b[2:])
    t.same("minisign takes the digest for the file",
           theirs(folder, pair.key(), confused, digest), True)
    for name, text, content in (("legacy", old, data), ("relabelled", confused, digest)):
        words = t.sig_words(folder, pair.key(), text, content)
        t.answers(f"row 8: {name}", words, "reject algorithm")
        t.answers(f"{name}, legacy too", words + ["--legacy"], "accept")
    back = relabelled(pair.sign(folder, digest, None, "-l"), lambda b: b"ED" + b[2:])
    t.answers("a digest that was signed as a file", t.sig_words(folder, pair.key(), back, data),
              "accept")  # so the release side never signs with -l


def check_comments_moved(t, folder, pair):
    """Row 10: a comment belongs to its signature."""
    one, two = (pair.sign(folder, d, c).split("\n") for d, c in ((b"1", "version:1"), (b"2", "version:2")))
    for name, lines, want in (
            ("comment of another", one[:2] + two[2:], "reject comment-signature"),
            ("comment without its signature", one[:2] + two[2:3] + one[3:],
             "reject comment-signature"),
            ("changed", one[:2] + [one[2] + "1"] + one[3:], "reject comment-signature"),
            ("a blank more", one[:2] + [one[2] + " "] + one[3:], "reject comment-signature"),
            ("missing", one[:2] + one[3:], "reject text"),
            ("another untrusted one", ["untrusted comment: whatever"] + one[1:], "accept")):
        t.answers(f"row 10: comment: {name}", t.sig_words(folder, pair.key(), "\n".join(lines), b"1"), want)


def check_every_byte(t, folder, pair):
    """Row 19: no changed byte passes, but in the comment that says it is untrusted."""
    data = b"a small payload\n"
    text = pair.sign(folder, data).encode()
    first = len(b"untrusted comment: ")
    free = range(first, text.index(b"\n"))
    for i in range(len(text)):
        changed = text[:i] + bytes([text[i] ^ 1]) + text[i + 1:]
        line, _ = t.ask(t.sig_words(folder, pair.key(), changed, data))
        t.same(f"row 19: byte {i} of the signature changed: {line!r}", line == "accept\n", i in free)
    for i in range(len(data)):
        changed = data[:i] + bytes([data[i] ^ 1]) + data[i + 1:]
        t.answers(f"row 19: byte {i} changed", t.sig_words(folder, pair.key(), text, changed),
                  "reject signature")
    for end in range(len(text) - 1):  # the last line may lack its end
        line, status = t.ask(t.sig_words(folder, pair.key(), text[:end], data))
        t.same(f"row 18: cut at {end}", (line, status), ("reject text\n", 1))


def check_minisign(t, folder):
    pair, other = Pair(folder, "one"), Pair(folder, "two")
    check_accepted(t, folder, pair)
    check_tauri_forms(t, folder, pair)
    check_keys_mixed(t, folder, pair, other)
    check_legacy(t, folder, pair)
    check_comments_moved(t, folder, pair)
    check_every_byte(t, folder, pair)
