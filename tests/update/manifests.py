#!/usr/bin/python3
"""Manifests: what the probe says about a good one with one thing changed at a time.

    manifests.py PROBE

The good ones are in tests/fixtures/update/signed. Rules are those of updates.md, sections 2 to 6.
Ends with "N passed, M failed" and a status that is not zero if anything differs."""
import base64
import copy
import hashlib
import json
import os
import sys
import tempfile

from roundtrip import Pair
from tell import Tell, path_of

TARGET = "darwin-aarch64"
ARCHIVE = f"Demo_1.2.0_{TARGET}.app.tar.gz"
WORDS = {"--target": TARGET, "--current": "1.1.0", "--now": "2026-11-20T00:00:00Z", "--os": "26.0",
         "--hosts": "updates.example.org,github.com", "--app-id": "org.example.demo"}
ENTRY = "platforms", TARGET
URL = "https://updates.example.org/demo/v1.2.0/" + ARCHIVE
DROP = object()

# path in the strict manifest, value -> answer
CHANGES = [
    (("schema",), 2, "reject schema"), (("schema",), "1", "reject schema"),
    (("schema",), 1.5, "reject schema"), (("schema",), None, "reject schema"),
    (("schema",), DROP, "accept"), (("schema",), 1.0, "accept"),
    (("app_id",), "org.example.demo2", "reject app-id"), (("app_id",), "", "reject app-id"),
    (("app_id",), None, "reject type"), (("app_id",), DROP, "accept"),
    (("channel",), 1, "reject type"), (("channel",), "beta", "accept"),
    (("name",), 1, "accept"), (("future",), {"any": [1]}, "accept"),
    (("version",), "v1.2.0", "accept"), (("version",), "vv1.2.0", "reject version"),
    (("version",), "1.2", "reject version"), (("version",), 1.2, "reject type"),
    (("version",), DROP, "reject version"), (("version",), None, "reject type"),
    (("version",), "1.1.0", "none not-newer"), (("version",), "1.1.0+9", "none not-newer"),
    (("version",), "1.0.9", "none not-newer"), (("version",), "1.1.1-rc.1", "accept"),
    (("notes",), None, "accept"), (("notes",), 1, "reject type"), (("notes",), DROP, "accept"),
    (("pub_date",), None, "accept"), (("pub_date",), "2026-11-18", "reject type"),
    (("pub_date",), "2026-02-29T00:00:00Z", "reject type"),
    (("pub_date",), "2024-02-29t23:59:60.123456789-23:59", "accept"),
    (("pub_date",), "2026-11-18T09:30:00", "reject type"),
    (("pub_date",), "2026-11-18T24:00:00Z", "reject type"),
    (("pub_date",), "2026-11-18T09:30:00.Z", "reject type"),
    (("pub_date",), "2026-11-18T09:30:00.1234567890Z", "reject type"),
    (("pub_date",), "2026-11-18 09:30:00Z", "reject type"),
    (("pub_date",), "2026-11-18T09:30:00+0100", "reject type"),
    (("pub_date",), " 2026-11-18T09:30:00Z", "reject type"), (("pub_date",), 5, "reject type"),
    (("expires",), "2026-11-20T00:00:00Z", "reject expired"),
    (("expires",), "2026-11-20T00:00:01Z", "accept"),
    (("expires",), "2026-11-20T01:00:00+01:00", "reject expired"),
    (("expires",), "2026-11-19T23:00:01-01:00", "accept"),
    (("expires",), "1970-01-01T00:00:00Z", "reject expired"),
    (("expires",), None, "reject expired"), (("expires",), DROP, "reject expired"),
    (("expires",), 1, "reject type"),
    (("critical",), True, "accept"), (("critical",), "true", "reject type"),
    (("critical",), 1, "reject type"), (("critical",), None, "reject type"),
    (("platforms",), [], "reject type"), (("platforms",), None, "reject type"),
    (("platforms",), DROP, "reject type"), (("platforms",), {}, "none no-entry"),
    (("platforms", "linux-x86_64"), 1, "accept"), (ENTRY, DROP, "none no-entry"),
    (ENTRY, [], "reject type"), (ENTRY, None, "reject type"),
    (ENTRY + ("signature",), "", "reject type"), (ENTRY + ("signature",), DROP, "reject type"),
    (ENTRY + ("signature",), 1, "reject type"), (ENTRY + ("signature",), None, "reject type"),
    (ENTRY + ("signature",), "A" * 32768, "accept"),
    (ENTRY + ("signature",), "A" * 32769, "reject type"),
    (ENTRY + ("size",), 0, "reject type"), (ENTRY + ("size",), 268435456, "accept"),
    (ENTRY + ("size",), 268435457, "reject type"), (ENTRY + ("size",), 1.5, "reject type"),
    (ENTRY + ("size",), "546", "reject type"), (ENTRY + ("size",), None, "reject type"),
    (ENTRY + ("size",), -1, "reject type"), (ENTRY + ("size",), DROP, "accept"),
    (ENTRY + ("unpacked_size",), 536870912, "accept"),
    (ENTRY + ("unpacked_size",), 536870913, "reject type"),
    (ENTRY + ("unpacked_size",), 0, "reject type"),
    (ENTRY + ("sha256",), "a" * 64, "accept"), (ENTRY + ("sha256",), "A" * 64, "reject type"),
    (ENTRY + ("sha256",), "a" * 63, "reject type"), (ENTRY + ("sha256",), "g" * 64, "reject type"),
    (ENTRY + ("sha256",), 1, "reject type"), (ENTRY + ("sha256",), DROP, "accept"),
    (("minimum_system_version",), "26.0.1", "none system"),
    (("minimum_system_version",), "26", "accept"), (("minimum_system_version",), None, "accept"),
    (("minimum_system_version",), "27", "none system"),
    (("minimum_system_version",), 26, "reject type"),
    (("minimum_system_version",), "26.", "reject type"),
    (("minimum_system_version",), "26.1.2.3", "reject type"),
    (("minimum_system_version",), "123456", "reject type"),
    (ENTRY + ("minimum_system_version",), "27", "none system"),
    (("rollout",), DROP, "accept"), (("rollout",), {"percent": 0}, "none rollout"),
    (("rollout",), {"percent": 1}, "accept"), (("rollout",), {"percent": 101}, "reject type"),
    (("rollout",), {"percent": 50.5}, "reject type"), (("rollout",), {}, "reject type"),
    (("rollout",), None, "reject type"), (("rollout",), 50, "reject type"),
]

ADDRESSES = {
    URL: True, URL.replace("https", "HTTPS"): True, URL.replace("updates", "UpDates"): True,
    URL.replace(".org/", ".org:443/"): True, URL + "?a=b&c=%2F": True, URL + "%20": True,
    "https://github.com/a": True, "https://github.com//a": True,
    "http" + URL[5:]: False, "https:/" + URL[8:]: False, "https:///" + URL[8:]: False,
    URL.replace("updates.", "updates.evil."): False, URL.replace(".org", ".org."): False,
    URL.replace(".org", ".org.evil"): False, URL.replace("updates", "xupdates"): False,
    URL.replace("//", "//me@"): False, URL.replace("//", "//me:x@"): False,
    "https://evil.example\\@updates.example.org/a": False, "https://updates.example.org@evil/a": False,
    URL.replace(".org/", ".org:444/"): False, URL.replace(".org/", ".org:/"): False,
    URL.replace(".org/", ".org:0443/"): False, URL + "#a": False, "#" + URL: False,
    "https://updates.example.org": False, "https://updates.example.org/": False,
    "https://updates.example.org?a/b": False, "https://[::1]/a": False, "https://127.0.0.1/a": False,
    URL.replace("updates", "%75pdates"): False, URL + "%": False, URL + "%2": False,
    URL + "%zz": False, URL + "%00": False, URL + "%1f": False, URL + "%7F": False,
    URL + "%2f": False, URL + "%5C": False, URL + "?%0a": False, URL + " ": False,
    URL + "\n": False, URL + "\u00e4": False, URL + "{}": False, URL + "|": False, "": False,
    "file:///etc/passwd": False, " " + URL: False, URL + "/" + "a" * (2047 - len(URL)): True,
    URL + "/" + "a" * (2048 - len(URL)): False,
}

# what stands in place of `"future":1` -> does the text pass?
JSON = {
    '"x":1': True, '"x":-0.5e+10': True, '"x":"\\u00e4\\ud83d\\ude00\\/"': True, '"x":[[],{}]': True,
    '"version ":1': True, '"Version":1': True, '"x":"\x7f"': True,
    '"version":"9.9.9"': False, '"x":1,"x":2': False, '"x":{"a":1,"a":1}': False,
    '"x":[{"a":1,"\\u0061":1}]': False, '"versio\\u006e":"9.9.9"': False,
    '"x":"\\u0000"': False, '"version\\u0000x":1': False, '"x":"\x01"': False, '"x":"\n"': False,
    '"x":012': False, '"x":1.': False, '"x":.5': False, '"x":+1': False, '"x":1e': False,
    '"x":1e999': False, '"x":NaN': False, '"x":Infinity': False, '"x":0x1': False, '"x":-': False,
    '"x":tru': False, '"x":True': False, "'x':1": False, 'x:1': False, '"x":1,': False,
    '"x":"\\x"': False, '"x":"\\u12g4"': False, '"x":"\\ud800"': False, '"x" 1': False,
    '"x":/**/1': False, '"x":' + "[" * 63 + "]" * 63: True, '"x":' + "[" * 64 + "]" * 64: False,
    '"x":' + "[" * 5000: False,
}


def changed(manifest, path, value):
    result = copy.deepcopy(manifest)
    inside = result
    for key in path[:-1]:
        inside = inside[key]
    if value is DROP:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return result


class Asker:
    def __init__(self, t, folder):
        self.t, self.folder = t, folder
        self.manifest = self.load("latest.json")

    @staticmethod
    def load(name):
        with open(path_of("signed/" + name), encoding="utf-8") as f:
            return json.load(f)

    def file(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path

    def answers(self, what, manifest, want, *flags, word="manifest", **more):
        """more: options with their value, e.g. app_id="x"; None leaves one out."""
        text = json.dumps(manifest) if isinstance(manifest, dict) else manifest
        words = {**WORDS, **{"--" + k.replace("_", "-"): v for k, v in more.items()}}
        listed = [x for k, v in words.items() if v is not None for x in (k, v)]
        self.t.answers(what, [word, "--file", self.file("manifest", text), *listed, *flags], want)


def check_fields(a):
    a.answers("the good one", a.manifest, "accept")
    for path, value, want in CHANGES:
        shown = "absent" if value is DROP else str(value)[:60]
        a.answers(f"{'.'.join(path)} = {shown}", changed(a.manifest, path, value), want)
    for url, good in ADDRESSES.items():
        a.answers(f"rows 1, 4: address {url[:90]!r}", changed(a.manifest, ENTRY + ("url",), url),
                  "accept" if good else "reject url")
    a.answers("no address", changed(a.manifest, ENTRY + ("url",), DROP), "reject url")
    a.answers("its own system version wins", changed(changed(
        a.manifest, ("minimum_system_version",), "99"), ENTRY + ("minimum_system_version",), "14"),
        "accept")


def check_json(a):
    text = json.dumps(a.manifest, ensure_ascii=False)
    for piece, good in JSON.items():
        a.answers(f"JSON {piece[:60]!r}", text[:-1] + "," + piece + "}",
                  "accept" if good else "reject json")
    for what, data in (("BOM", b"\xef\xbb\xbf" + text.encode()), ("NUL", text.encode() + b"\0"),
                       ("text behind", text + "x"), ("two values", text + "{}"), ("nothing", ""),
                       ("an array", "[" + text + "]"), ("a text", '"a"'), ("HTML", "<html></html>"),
                       ("not UTF-8", text.encode().replace(b"Test", b"T\xffst")),
                       ("cut", text[:-1])):
        a.answers(f"JSON: {what}", data, "reject json")
    a.answers("white space around", " \r\n\t" + text + "\n\n", "accept")
    a.answers("as large as may be", text + " " * (2 ** 20 - len(text.encode())), "accept")
    a.answers("too large", text + " " * (2 ** 20 - len(text.encode()) + 1), "reject size")
    many = ",".join(f'"k{i}":0' for i in range(90000))
    a.answers("many keys", text[:-1] + "," + many + "}", "accept")
    a.answers("many keys, one twice", text[:-1] + "," + many + ',"k5":0}', "reject json")


def check_profiles(a):
    tauri, dynamic = a.load("latest.tauri.json"), a.load("dynamic.json")
    a.answers("Tauri's, strict", tauri, "reject expired")
    a.answers("Tauri's", tauri, "accept", profile="tauri")
    a.answers("dynamic", dynamic, "accept", profile="tauri")
    a.answers("dynamic, strict", {**dynamic, "expires": "2036-01-01T00:00:00Z"}, "reject type")
    a.answers("dynamic fields beside platforms", {**tauri, "url": 5, "signature": ""}, "accept",
              profile="tauri")
    a.answers("strict one, Tauri's profile", a.manifest, "accept", profile="tauri")
    a.answers("no program named", a.manifest, "accept", app_id=None)
    a.answers("row 25: another program", a.manifest, "reject app-id", app_id="org.example.other")
    a.answers("another processor", a.manifest, "none no-entry", target="linux-aarch64")
    half = changed(a.manifest, ("rollout",), {"percent": 50})
    a.answers("bucket within", half, "accept", bucket="49")
    a.answers("bucket outside", half, "none rollout", bucket="50")
    a.answers("bucket outside, asked for", half, "accept", "--manual", bucket="50")
    a.answers("bucket outside, critical", {**half, "critical": True}, "accept", bucket="50")


def check_signed(a, pair, other):
    """Sections 3A and 9, rows 12, 15 and 33."""
    good = json.dumps(a.manifest)
    comment = "timestamp:1795000000\tfile:latest.json\tversion:1.2.0"

    def ask(what, want, text=good, signed=good, comment=comment, by=pair, **more):
        sig = by.sign(a.folder, signed.encode(), comment)
        a.answers(what, text, want, word="signed-manifest", pubkey=pair.public,
                  minisig=a.file("minisig", sig), **more)

    ask("signed", "accept")
    ask("the same marks", "accept", max_seen="1.2.0", last_ts="1795000000")
    ask("row 12: a higher version was seen", "reject rollback", max_seen="1.2.1")
    ask("row 12: a later time was seen", "reject rollback", last_ts="1795000001")
    ask("row 12: older than what runs and than what was seen", "reject rollback", current="2.0.0",
        max_seen="2.0.0")
    ask("row 15: another text", "reject signature", text=good + " ")
    ask("row 5: HTML, signed by nobody", "reject signature", text="<html>")
    ask("another key", "reject key-id", by=other)
    for what, text, want in (
            ("row 7: of an archive", f"timestamp:1\tfile:{ARCHIVE}\tversion:1.2.0", "reject file"),
            ("no file", "timestamp:1\tversion:1.2.0", "reject file"),
            ("no version", "timestamp:1\tfile:latest.json", "reject version"),
            ("another version", comment[:-1] + "1", "reject version"),
            ("no time", "file:latest.json\tversion:1.2.0", "reject comment"),
            ("prose", "signed by hand", "reject comment")):
        ask(f"comment: {what}", want, comment=text)
    expired = json.dumps({**a.manifest, "expires": "2026-11-01T00:00:00Z"})
    ask("row 13: signed and expired", "reject expired", text=expired, signed=expired)
    a.answers("row 33: no signature", good, "reject text", word="signed-manifest", pubkey=pair.public,
              minisig=a.file("minisig", "<html>404</html>"))


def check_bound(a, pair, other):
    """Sections 3B and 9, rows 7 and 11."""
    data = b"an archive\n" * 1000
    fields = {"timestamp": "1", "file": ARCHIVE, "version": "1.2.0", "target": TARGET}

    def ask(what, want, payload=data, profile="strict", by=pair, entry=(), url=URL, **change):
        said = {**fields, **change}
        comment = "\t".join(f"{k}:{v}" for k, v in said.items() if v is not None)
        sig = base64.b64encode(by.sign(a.folder, data, comment).encode()).decode()
        whole = {"signature": sig, "url": url, "size": len(data),
                 "sha256": hashlib.sha256(data).hexdigest(), **dict(entry)}
        a.answers(what, changed(a.manifest, ENTRY, whole), want, word="bind", profile=profile,
                  pubkey=pair.public, payload=payload and a.file("payload", payload))

    ask("bound", "accept")
    ask("before the download", "accept", payload=None)
    ask("row 11: an old archive under a new number", "reject version", version="1.0.0")
    ask("no version", "reject version", version=None)
    ask("row 7: another processor's", "reject target", target="darwin-x86_64")
    ask("no target", "reject target", target=None)
    ask("row 7: another name", "reject file", file="App.app.tar.gz")
    ask("no name", "reject file", file=None)
    ask("a query behind the name", "accept", url=URL + "?token=1/2")
    ask("another key", "reject key-id", by=other)
    ask("row 19: a changed byte", "reject hash", payload=b"A" + data[1:])
    ask("a changed byte, no digest told", "reject signature", payload=b"A" + data[1:],
        entry={"sha256": hashlib.sha256(b"A" + data[1:]).hexdigest()})
    ask("cut", "reject size", payload=data[:-1])
    ask("longer", "reject size", payload=data + b"x")
    ask("another digest told", "reject hash", entry={"sha256": "0" * 64})
    ask("Tauri: no target", "accept", profile="tauri", target=None, file=None)
    ask("Tauri: another target", "reject target", profile="tauri", target="x")
    ask("Tauri: another name", "accept", profile="tauri", file="App.app.tar.gz")
    ask("Tauri: no version", "reject version", profile="tauri", version=None)
    for name, profile in (("latest.json", "strict"), ("latest.tauri.json", "tauri"),
                          ("dynamic.json", "tauri")):
        a.answers(f"{name} bound", a.load(name), "accept", word="bind", profile=profile,
                  pubkey=path_of("signed/TEST-ONLY.pub"), payload=path_of("signed/" + ARCHIVE))
    a.answers("row 7: latest.json, the other archive", a.manifest, "reject size", word="bind",
              pubkey=path_of("signed/TEST-ONLY.pub"),
              payload=path_of("signed/Demo_1.2.0_linux-x86_64.app.tar.gz"))
    with open(path_of("signed/latest.json"), "rb") as f:
        a.answers("latest.json, signed", f.read(), "accept", word="signed-manifest",
                  pubkey=path_of("signed/TEST-ONLY.pub.tauri"),
                  minisig=path_of("signed/latest.json.minisig"))


def main():
    if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    t = Tell(os.path.abspath(sys.argv[1]))
    with tempfile.TemporaryDirectory() as folder:
        a = Asker(t, folder)
        pair, other = Pair(folder, "one"), Pair(folder, "two")
        check_fields(a)
        check_json(a)
        check_profiles(a)
        check_signed(a, pair, other)
        check_bound(a, pair, other)
    return t.close()


if __name__ == "__main__":
    sys.exit(main())
