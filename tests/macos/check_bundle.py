"""check_bundle.py [BUNDLE] - the folder ContainerKit.app has what Info.plist says, and nothing that
does not belong there; an engine in it is as it is listed."""
import hashlib
import os
import plistlib
import re
import stat
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from checks import Checks

# What is fixed for good; the rest of Info.plist is compared with the files.
FIXED = {
    "CFBundleIdentifier": "com.ethercorps.container-kit",
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
PROGRAMS = (b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
SIDECAR = "Contents/Resources/container/"  # a distribution with its own signatures
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
    c.that(re.fullmatch(r"\d+(\.\d+){0,2}", info.get("CFBundleVersion", "")),
           "Info.plist: CFBundleVersion is no number")
    return info


def check_files(c, bundle, info):
    executable = "Contents/MacOS/" + info.get("CFBundleExecutable", "")
    for path in ("Contents/Info.plist", "Contents/PkgInfo", executable,
                 f"Contents/Resources/{info.get('CFBundleIconFile')}.icns"):
        c.that(os.path.isfile(os.path.join(bundle, path)), f"{path} is not there")
    c.same(read(bundle, "Contents/PkgInfo"), b"APPL????", "PkgInfo")
    for folder, _, names in os.walk(bundle):
        for name in names:
            full = os.path.join(folder, name)
            path = os.path.relpath(full, bundle)
            c.that(not os.path.islink(full) or path.startswith(SIDECAR), f"{path} is a link")
            if path.startswith(SIDECAR) or os.path.islink(full):
                continue
            runs = read(bundle, path)[:4] in PROGRAMS
            c.same(runs, path == executable, f"{path} is a program")
            c.same(os.stat(full).st_mode & 0o777, 0o755 if runs else 0o644, f"{path}: mode")
            c.that(not re.match(r"\.|.*~$|.*\.(c|h|o|mk|svg)$", name), f"{path} does not belong")


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


def main(bundle):
    c = Checks()
    info = check_plist(c, read(bundle, "Contents/Info.plist"))
    check_files(c, bundle, info)
    check_engine(c, bundle)
    check_icon(c, read(bundle, "Contents/Resources/AppIcon.icns"))
    c.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build/macos/ContainerKit.app")
