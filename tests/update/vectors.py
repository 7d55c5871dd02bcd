#!/usr/bin/python3
"""Signatures and versions: what the probe says about each of them, and what minisign says.

    vectors.py PROBE

Reads tests/fixtures/update; its README.md tells where each file comes from. Ends with "N passed, M
failed" and a status that is not zero if anything differs."""
import base64
import json
import os
import sys
import tempfile

from roundtrip import check_minisign
from tell import Tell, path_of

# folder of signed/, tauri/ or wild/: word, key, signature, file, more words -> answer
FILES = [
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.minisig", "hello.txt", [], "accept"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.minisig", "hello.txt", ["--legacy"], "accept"),
    ("signed", "sig", "TEST-ONLY.pub", "latest.json.minisig", "latest.json", [], "accept"),
    ("signed", "sig", "TEST-ONLY.pub", "Demo_1.2.0_darwin-aarch64.app.tar.gz.minisig",
     "Demo_1.2.0_darwin-aarch64.app.tar.gz", [], "accept"),
    ("signed", "sig", "TEST-ONLY.pub", "Demo_1.2.0_linux-x86_64.app.tar.gz.minisig",
     "Demo_1.2.0_linux-x86_64.app.tar.gz", [], "accept"),
    ("signed", "sig", "TEST-ONLY.pub", "Demo_1.2.0_linux-x86_64.app.tar.gz.minisig",
     "Demo_1.2.0_darwin-aarch64.app.tar.gz", [], "reject signature"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.minisig", "latest.json", [], "reject signature"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.legacy.minisig", "hello.txt", [],
     "reject algorithm"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.legacy.minisig", "hello.txt", ["--legacy"],
     "accept"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.legacy.minisig", "latest.json", ["--legacy"],
     "reject signature"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt.otherkey.minisig", "hello.txt", [],
     "reject key-id"),
    ("signed", "sig", "TEST-ONLY-OTHER.pub", "hello.txt.otherkey.minisig", "hello.txt", [],
     "accept"),
    ("signed", "sig", "TEST-ONLY-OTHER.pub", "hello.txt.minisig", "hello.txt", [],
     "reject key-id"),
    ("signed", "sig", "TEST-ONLY.pub.tauri", "hello.txt.minisig", "hello.txt", [], "reject key"),
    ("signed", "tsig", "TEST-ONLY.pub", "hello.txt.minisig", "hello.txt", [], "reject base64"),
    ("signed", "tsig", "TEST-ONLY.pub.tauri", "hello.txt.minisig", "hello.txt", [],
     "reject base64"),
    ("signed", "sig", "TEST-ONLY.pub", "hello.txt", "hello.txt", [], "reject text"),
    ("signed", "sig", "hello.txt", "hello.txt.minisig", "hello.txt", [], "reject key"),
    ("tauri", "tsig", "pubkey.txt", "hello.txt.version.sig", "../signed/hello.txt", [], "accept"),
    ("tauri", "tsig", "pubkey.txt", "hello.txt.noversion.sig", "../signed/hello.txt", [],
     "accept"),
    ("tauri", "tsig", "pubkey.txt", "hello.txt.version.sig", "../signed/latest.json", [],
     "reject signature"),
    ("tauri", "tsig", "../signed/TEST-ONLY.pub.tauri", "hello.txt.version.sig",
     "../signed/hello.txt", [], "reject key-id"),
    ("tauri", "sig", "pubkey.txt", "hello.txt.version.sig", "../signed/hello.txt", [],
     "reject key"),
    ("wild/aead", "sig", "minisign.pub", "message.txt.minisig", "message.txt", [],
     "reject algorithm"),
    ("wild/aead", "sig", "minisign.pub", "message.txt.minisig", "message.txt", ["--legacy"],
     "accept"),
]

# signatures of wild/js/example.txt -> answer, and the answer with --legacy
JS = {
    "example": ("reject algorithm", "accept"),
    "emoji-comment": ("reject algorithm", "accept"),
    "pre-hashed": ("accept", "accept"),
    "extra-line-break1": ("reject text", "reject text"),
    "extra-line-break2": ("reject text", "reject text"),
    "extra-line-break3": ("reject text", "reject text"),
    "missing-line-break": ("reject text", "reject text"),
    "no-comment": ("reject text", "reject text"),
    "no-line-breaks": ("reject text", "reject text"),
    "no-trusted-comment": ("reject text", "reject text"),
    "wrong-global-sig": ("reject algorithm", "reject comment-signature"),
    "wrong-info": ("reject algorithm", "reject signature"),
}

L = 2 ** 252 + 27742317777372353535851937790883648493  # the order of the large group

# all spellings of the points of small order (RFC 8032, 5.1.3 tells how a point is written)
SMALL = [bytes([b]) + bytes(30) + bytes([e]) for b in (0, 1) for e in (0, 0x80)] + [
    bytes([b]) + b"\xff" * 30 + bytes([e]) for b in (0xEC, 0xED, 0xEE) for e in (0x7F, 0xFF)] + [
    bytes.fromhex(x + e) for x in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03")
    for e in (("05", "85") if x.startswith("26") else ("7a", "fa"))]

# in their order (semver.org, item 11, and what it leaves open)
ORDER = """0.0.0-0 0.0.0 0.0.1 0.1.0 0.9.18446744073709551615 0.10.0 1.0.0--- 1.0.0-alpha
    1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1-2
    1.0.1-10 1.0.1-99999999999999999999999 1.0.1-100000000000000000000000
    1.0.1-100000000000000000000000.0 1.0.1-- 1.0.1-0a 1.0.1-1-1 1.0.1-B 1.0.1-a 1.0.1-aa 1.0.1
    1.2.3 1.10.3 2.0.0 18446744073709551615.0.0""".split()
EQUAL = [("1.0.0+1", "1.0.0+2"), ("1.0.0", "1.0.0+001"), ("1.0.0-a+x.y-z", "1.0.0-a")]
GOOD = ["1.2.3-" + "a" * 122, "1.0.0+" + "0" * 122, "1.1.2-prerelease+meta",
        "1.0.0-0A.is.legal", "1.2.3----RC-SNAPSHOT.12.9.1--.12+788", "1.0.0+0.build.1-rc.10000aaa"]
BAD = ["", "1", "1.2", "1.2.3.4", "v1.2.3", "V1.2.3", " 1.2.3", "1.2.3 ", "1.2.3\n", "01.2.3",
       "1.02.3", "1.2.03", "1.2.3-01", "1.2.3-a.01", "1.2.3-", "1.2.3-a.", "1.2.3-.a",
       "1.2.3-a..b", "1.2.3+", "1.2.3+a.", "1.2.3+a+b", "1.2.3-a_b", "1.2.3+a_b", "1.2.3-\xe4",
       "-1.2.3", "+1.2.3", "1.-2.3", "1.2.x", "a.b.c", "1..3", ".1.2.3", "1,2,3", "0x1.2.3",
       "18446744073709551616.0.0", "99999999999999999999999.999.999", "1.2.3-" + "a" * 123,
       "1.2.3+" + "0" * 123, "alpha", "1.0.0-alpha beta"]


def check_files(t):
    for folder, word, key, sig, file, more, want in FILES:
        key, sig, file = (path_of(f"{folder}/{name}") for name in (key, sig, file))
        t.answers(f"{folder}: {word} {os.path.basename(key)} {os.path.basename(sig)} {more}",
                  [word, "--pubkey", key, "--sig", sig, "--file", file, *more], want)
    named = {f"{folder}/{row[1]}" for folder, *row in [(f[0], f[1], f[3]) for f in FILES]}
    for folder in ("signed", "tauri", "wild/aead"):
        for name in os.listdir(path_of(folder)):
            if name.endswith((".minisig", ".sig")):
                t.same(f"{folder}/{name} is in the table", f"{folder}/{name}" in named, True)


def check_js(t):
    names = {n.split(".")[0] for n in os.listdir(path_of("wild/js")) if n.endswith(".minisig")}
    t.same("signatures of wild/js", sorted(names), sorted(JS))
    for name, wanted in JS.items():
        words = ["sig", "--pubkey", path_of("wild/js/minisign.pub"), "--sig",
                 path_of(f"wild/js/{name}.txt.minisig"), "--file", path_of("wild/js/example.txt")]
        t.answers(f"wild/js/{name}", words, wanted[0])
        t.answers(f"wild/js/{name}, legacy too", words + ["--legacy"], wanted[1])


def check_test_json(t, folder):
    with open(path_of("wild/test.json"), encoding="utf-8") as f:
        data = json.load(f)
    for name, lines in data["real"].items():
        text = "untrusted comment: any\n" + "".join(lines)
        want = "accept" if text.split("\n")[1].startswith("RU") else "reject algorithm"
        words = t.sig_words(folder, data["pk"], text, "test")
        t.answers(f"wild/test.json: {name}", words, want)
        t.answers(f"wild/test.json: {name}, legacy too", words + ["--legacy"], "accept")


def check_tauri_in_the_wild(t, folder):
    """Well-formed and of the right kind, so that only their key is not ours; or left empty."""
    with open(path_of("wild/tauri.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    key = base64.b64encode(open(path_of("signed/TEST-ONLY.pub"), "rb").read()).decode()
    t.same("wild/tauri.tsv has rows", len(rows), 32)
    for repository, platform, signature in rows:
        words = t.sig_words(folder, key, signature, "any", "tsig")
        t.answers(f"{repository} {platform}", words,
                  "reject key-id" if signature else "reject base64")


def check_wycheproof(t):
    with open(path_of("wycheproof.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    t.same("rows of Wycheproof", len(rows), 151)
    for number, key, message, signature, result, comment in rows:
        t.ed25519(f"row 9: Wycheproof {number}: {comment}", key, message, signature, result == "valid")


def check_small_order(t):
    """Row 9 of the attack table: keys and points that sign anything for lax readers."""
    with open(path_of("wycheproof.tsv"), encoding="utf-8") as f:
        rows = [line.split("\t") for line in f if "\tvalid\t" in line]
    _, key, message, signature = rows[3][:4]
    s = int.from_bytes(bytes.fromhex(signature)[32:], "little")
    for times in (1, 2, 4, 8):  # as many as fit into 32 bytes
        other = signature[:64] + (s + times * L).to_bytes(32, "little").hex()
        t.ed25519(f"row 9: S + {times} L", key, message, other, False)
    t.same("spellings of points of small order", len(set(SMALL)), 14)
    for point in SMALL:
        t.ed25519(f"row 9: R {point.hex()}", key, message, point.hex() + signature[64:], False)
        for r in SMALL:
            t.ed25519(f"row 9: key {point.hex()}, R {r.hex()}", point.hex(), message,
                      r.hex() + bytes(32).hex(), False)
    t.ed25519("row 9: zeros", key, message, bytes(64).hex(), False)


def check_semver(t):
    for i, a in enumerate(ORDER):
        for j, b in enumerate(ORDER):
            want = "lt" if i < j else "gt" if i > j else "eq"
            t.answers(f"semver {a} {b}", ["semver", a, b], want, 0)
    for a, b in EQUAL:
        t.answers(f"semver {a} {b}", ["semver", a, b], "eq", 0)
    for a in GOOD:
        t.answers(f"semver {a}", ["semver", a, a], "eq", 0)
    for a in BAD:
        t.answers(f"semver {a!r} first", ["semver", a, "1.0.0"], "reject version")
        t.answers(f"semver {a!r} second", ["semver", "1.0.0", a], "reject version")


def main():
    if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    t = Tell(os.path.abspath(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        check_files(t)
        check_js(t)
        check_test_json(t, folder)
        check_tauri_in_the_wild(t, folder)
        check_wycheproof(t)
        check_small_order(t)
        check_semver(t)
        check_minisign(t, folder)
    return t.close()


if __name__ == "__main__":
    sys.exit(main())
