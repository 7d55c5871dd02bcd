"""check_bundle.py [BUNDLE [ROOT]] - the folder ContainerKit.app has what Info.plist says, the texts
that the tables of ROOT say, and nothing that does not belong there; an engine in it is as it is
listed. Prints the sizes."""
import hashlib
import json
import os
import plistlib
import re
import stat
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import macho
from checks import Checks

# What is fixed for good; the rest of Info.plist is compared with the files.
FIXED = {
    "CFBundleExecutable": "container-kit",
    "CFBundleName": "Container Kit",
    "CFBundleDisplayName": "Container Kit",
    "CFBundleDevelopmentRegion": "en",
    "CFBundlePackageType": "APPL",
    "CFBundleInfoDictionaryVersion": "6.0",
    "CFBundleIconFile": "AppIcon",
    "LSMinimumSystemVersion": "26.0",
    "LSUIElement": True,
    "NSPrincipalClass": "NSApplication",
    "NSHighResolutionCapable": True,
    "NSSupportsAutomaticTermination": False,
    "NSSupportsSuddenTermination": False,
}
IDENTIFIER = "com.ethercorps.container-kit"  # of a release; other builds have DEVELOPMENT behind it
DEVELOPMENT = ".dev"
USAGE = "NSLocalNetworkUsageDescription"  # the one thing that macOS has to ask the user for
PLATFORMS = {"arm64": "darwin-aarch64", "x86_64": "darwin-x86_64"}  # names in updates.md 2
RESOURCES = "Contents/Resources/"
FILES = ["Contents/Info.plist", "Contents/PkgInfo", RESOURCES + "AppIcon.icns",
         RESOURCES + "release.json", RESOURCES + "licenses.txt", RESOURCES + "container-kit.1",
         *(RESOURCES + "completions/" + name
           for name in ("container-kit.bash", "_container-kit", "container-kit.fish"))]
SEALS = {"Contents/_CodeSignature/CodeResources", "Contents/CodeResources"}  # signed, stapled
PROGRAMS = (b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
SIDECAR = RESOURCES + "container/"  # a distribution with its own signatures, and its list
SIDECAR_LIST = RESOURCES + "container.sha256"
ICONS = {"ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024}  # those that are PNG files


def read(bundle, path):
    with open(os.path.join(bundle, path), "rb") as f:
        return f.read()


def check_plist(c, data):
    """plistlib takes a key that stands twice, and text between the keys; macOS takes the last."""
    info = plistlib.loads(data, fmt=plistlib.FMT_XML)
    tree = xml.fromstring(data)
    for d in tree.iter("dict"):
        keys = [k.text for k in d.findall("key")]
        c.same(sorted(keys), sorted(set(keys)), "Info.plist: keys that stand there once")
        stray = [e.tail for e in d if e.tail and e.tail.strip()] + \
            [t for t in [d.text] if t and t.strip()]
        c.same(stray, [], "Info.plist: text between its keys")
    for key, value in FIXED.items():
        c.same(info.get(key), value, f"Info.plist: {key}")
    version = info.get("CFBundleShortVersionString", "")
    c.that(re.fullmatch(r"\d+\.\d+\.\d+", version), f"Info.plist: {version} is no version")
    c.same(info.get("CFBundleVersion"), version, "Info.plist: CFBundleVersion")
    c.that(info.get("CFBundleIdentifier") in (IDENTIFIER, IDENTIFIER + DEVELOPMENT),
           f"Info.plist: CFBundleIdentifier is {info.get('CFBundleIdentifier')}")
    c.same([k for k in info if k.endswith("UsageDescription")], [USAGE], "Info.plist: usage strings")
    return info


def words_of(root):
    """Language -> key -> text, of core/words/words.def."""
    with open(os.path.join(root, "core/words/words.def"), encoding="utf-8") as f:
        text = f.read()
    languages = re.findall(r'(?m)^LANGUAGE\(\w+, "([^"]+)"', text)
    rows = {key: re.findall(r'"([^"]*)"', rest)
            for key, rest in re.findall(r"(?m)^WORD\((\w+), (.*)\)$", text)}
    return {language: {key: texts[i] for key, texts in rows.items()}
            for i, language in enumerate(languages)}


def check_words(c, bundle, info, words):
    """Each language that Info.plist names has the keys of its own, none of them left in English."""
    c.same(info.get("CFBundleLocalizations"), list(words), "Info.plist: CFBundleLocalizations")
    for language, texts in words.items():
        path = f"{RESOURCES}{language}.lproj/InfoPlist.strings"
        wanted = {key: text for key, text in texts.items() if re.match("NS|CF", key)}
        c.same(plistlib.loads(read(bundle, path), fmt=plistlib.FMT_XML), wanted, path)
        c.that(language == "en" or wanted[USAGE] != words["en"][USAGE], f"{path}: is in English")
    c.same(info.get(USAGE), words["en"][USAGE], f"Info.plist: {USAGE}")


def check_release(c, data, info, cpus):
    """What an updater reads before it trusts a bundle (updates.md 8)."""
    wanted = {"app_id": info.get("CFBundleIdentifier"),
              "version": info.get("CFBundleShortVersionString"),
              "targets": sorted(PLATFORMS[cpu] for cpu in cpus)}
    c.same(json.loads(data), wanted, "release.json")


def check_program(c, data, info):
    """The program knows itself by the identifier that macOS knows it by. Processors of it."""
    found = macho.slices(data)
    for cpu, piece in found.items():
        c.that(f"/{info.get('CFBundleIdentifier')}\0".encode() in piece,
               f"{cpu}: the identifier of Info.plist does not stand in it")
    return found


def check_licenses(c, text):
    for part in ("Container Kit", "cJSON", "libsodium"):
        c.that(re.search(rf"(?m)^{part}$", text), f"licenses.txt: no part {part}")
    for words in ("Dave Gamble", "Frank Denis", "Permission is hereby granted, free of charge",
                  "Permission to use, copy, modify, and/or distribute"):
        c.that(words in text, f"licenses.txt: {words!r} is not in it")


def check_layout(c, paths, executable, words):
    """All files, and no other."""
    wanted = {*FILES, executable, *(f"{RESOURCES}{w}.lproj/InfoPlist.strings" for w in words)}
    ours = {p for p in paths if not p.startswith(SIDECAR)}
    has_sidecar = ours != paths
    c.same(SIDECAR_LIST in ours, has_sidecar, "the sidecar's list is there as the sidecar is")
    c.same(sorted(wanted - ours), [], "files that are not there")
    c.same(sorted(ours - wanted - SEALS - {SIDECAR_LIST}), [], "files that do not belong there")


def check_files(c, bundle, executable):
    """Kinds and modes; gives the paths."""
    paths = set()
    for folder, _, names in os.walk(bundle):
        for name in names:
            full = os.path.join(folder, name)
            path = os.path.relpath(full, bundle)
            paths.add(path)
            c.that(not os.path.islink(full) or path.startswith(SIDECAR), f"{path} is a link")
            if path.startswith(SIDECAR) or os.path.islink(full):
                continue
            runs = read(bundle, path)[:4] in PROGRAMS
            c.same(runs, path == executable, f"{path} is a program")
            c.same(os.stat(full).st_mode & 0o777, 0o755 if runs else 0o644, f"{path}: mode")
    return paths


def lines_of(root):
    """What the list of an engine says about its tree, behind its head (sidecar_list.h)."""
    found = {b".": root}
    for folder, folders, names in os.walk(root):
        for name in folders + names:
            full = os.path.join(folder, name)
            found[os.fsencode(os.path.relpath(full, root))] = full
    for path in sorted(found, key=lambda p: b"" if p == b"." else p):
        full = found[path]
        mode = b"%04o" % stat.S_IMODE(os.lstat(full).st_mode)
        if os.path.islink(full):
            yield b"\t".join((b"-", b"l", os.fsencode(os.readlink(full)), path))
        elif os.path.isdir(full):
            yield b"\t".join((mode, b"d", b"-", path))
        else:
            with open(full, "rb") as f:
                digest = hashlib.sha256(f.read()).hexdigest().encode()
            yield b"\t".join((mode, b"f", digest, path))


def check_engine(c, bundle):
    """All of the tree is listed, and nothing else; neither is there without the other."""
    tree = os.path.join(bundle, SIDECAR.rstrip("/"))
    c.same(os.path.exists(tree + ".sha256"), os.path.isdir(tree), "an engine has its list")
    if os.path.isdir(tree):
        listed = read(bundle, SIDECAR.rstrip("/") + ".sha256").split(b"\n")
        c.same(listed[3:-1], list(lines_of(tree)), "the list of the engine, and the engine")


def check_icon(c, data):
    """All sizes, and the largest fills its square: macOS 26 puts others on a grey plate."""
    c.same(data[:4], b"icns", "AppIcon.icns: first bytes")
    c.same(struct.unpack(">I", data[4:8])[0], len(data), "AppIcon.icns: its length")
    parts, at = {}, 8
    while at + 8 <= len(data):
        kind, size = data[at:at + 4].decode("latin-1"), struct.unpack(">I", data[at + 4:at + 8])[0]
        parts[kind] = data[at + 8:at + size]
        at += max(size, 8)
    for kind, pixels in ICONS.items():
        part = parts.get(kind, b"")
        if part[:8] == b"\x89PNG\r\n\x1a\n":
            c.same(struct.unpack(">II", part[16:24]), (pixels, pixels), f"AppIcon.icns: {kind}")
    c.that({"ic09", "ic10"} <= set(parts), f"AppIcon.icns: only {sorted(parts)}")
    with tempfile.NamedTemporaryFile(suffix=".png") as f:
        f.write(parts.get("ic10", b""))
        f.flush()
        seen = subprocess.run(["identify", "-format", "%[opaque]", f.name], capture_output=True,
                              text=True)
    c.same(seen.stdout.lower(), "true", "AppIcon.icns: the picture of 1024 pixels is opaque")


def print_sizes(bundle, paths):
    sizes = {path: os.lstat(os.path.join(bundle, path)).st_size for path in paths}
    for path in sorted(sizes):
        if not path.startswith(SIDECAR):
            print(f"{sizes[path]:9}  {path}")
    print(f"{sum(sizes.values()):9}  bytes in {len(sizes)} files")


def main(bundle, root):
    c = Checks()
    words = words_of(root)
    executable = "Contents/MacOS/" + FIXED["CFBundleExecutable"]
    paths = check_files(c, bundle, executable)
    check_layout(c, paths, executable, words)
    if c.failed:
        c.close()
    info = check_plist(c, read(bundle, "Contents/Info.plist"))
    c.same(read(bundle, "Contents/PkgInfo"), b"APPL????", "PkgInfo")
    cpus = check_program(c, read(bundle, executable), info)
    check_release(c, read(bundle, RESOURCES + "release.json"), info, cpus)
    check_words(c, bundle, info, words)
    check_licenses(c, read(bundle, RESOURCES + "licenses.txt").decode())
    check_engine(c, bundle)
    entitlements = plistlib.loads(read(root, "app/macos/entitlements.plist"))
    c.same(entitlements, {}, "entitlements: it needs none (docs/decisions/024)")
    check_icon(c, read(bundle, "Contents/Resources/AppIcon.icns"))
    print_sizes(bundle, paths)
    c.close()


if __name__ == "__main__":
    given = sys.argv[1:] + [None, None]
    main(given[0] or "build/macos/ContainerKit.app", given[1] or ".")
