"""check_macho.py [BUNDLE [ROOT]] - the universal executable is what it must be.

Processors, oldest system, protections, libraries by name, imports against stubs.txt in both
directions, size, signature of the linker, and nothing of the machine that built it."""
import hashlib
import os
import plistlib
import struct
import sys

import macho
import rows
from checks import Checks

SIZE_MAX = 1000000  # bytes, for a processor (docs/decisions/044-size.md)
MACOS = 1
SYSTEM = "/usr/lib/libSystem.B.dylib"
READ, WRITE, EXECUTE = 1, 2, 4
READ_ONLY = 0x10  # SG_READ_ONLY: made read-only once dyld is done with it
STAB, EXTERNAL = 0xE0, 0x01
HASHED = 0x00020002  # CS_ADHOC, CS_LINKER_SIGNED


def check_file(c, data, info):
    found = macho.slices(data)
    for cpu, piece in found.items():
        c.that(len(piece) <= SIZE_MAX, f"{cpu}: {len(piece)} bytes, more than {SIZE_MAX}")
    c.same(sorted(found), ["arm64", "x86_64"], "processors")
    version = info["CFBundleShortVersionString"].encode()
    for cpu, piece in found.items():
        c.that(version + b"\0" in piece or version + b"\n" in piece,
               f"{cpu}: the version of Info.plist does not stand in it")
        for folder in {os.getcwd(), os.path.realpath("."), os.path.expanduser("~")} - {"/"}:
            c.that(folder.encode() + b"/" not in piece, f"{cpu}: {folder} of this machine is in it")
    return {cpu: macho.Slice(piece) for cpu, piece in found.items()}


def check_header(c, s, info):
    c.same(s.kind, macho.EXECUTE, f"{s.cpu}: kind of file")
    for name in ("PIE", "TWOLEVEL", "NOUNDEFS"):
        c.that(s.flags & getattr(macho, name), f"{s.cpu}: not {name}")
    c.that(not s.flags & macho.ALLOW_STACK_EXECUTION, f"{s.cpu}: its stack may be executed")
    oldest = info["LSMinimumSystemVersion"]
    c.same(s.build(), (MACOS, oldest, oldest), f"{s.cpu}: platform, oldest system, SDK")
    c.that(s.blob(macho.CHAINED_FIXUPS), f"{s.cpu}: no chained fixups")
    for old in (macho.DYLD_INFO, macho.DYLD_INFO_ONLY):
        c.that(not s.all(old), f"{s.cpu}: old dyld information")
    c.that(not s.all(macho.RPATH), f"{s.cpu}: an rpath: libraries would be searched for")


def check_segments(c, s):
    for segment in s.segments():
        c.that(segment.protection & (WRITE | EXECUTE) != WRITE | EXECUTE,
               f"{s.cpu}: {segment.name} can be written and executed")
        if segment.name == "__DATA_CONST":
            c.that(segment.flags & READ_ONLY, f"{s.cpu}: __DATA_CONST stays writable")
    c.that("__DATA_CONST" in [g.name for g in s.segments()], f"{s.cpu}: no __DATA_CONST")


def check_symbols(c, s):
    left = [name for name, kind in s.symbols() if kind & STAB or not kind & EXTERNAL]
    c.same(left, [], f"{s.cpu}: symbols that stripping leaves out")


def check_imports(c, all_slices, stubs):
    """A row of stubs.txt is used by one processor at least; an import has its row."""
    used = set()
    for s in all_slices:
        names = {i.name for i in s.imports()}
        c.same(sorted(s.libraries()), sorted([("load", name) for name in [*stubs, SYSTEM]]),
               f"{s.cpu}: libraries")
        c.same([i for i in s.imports() if i.weak], [], f"{s.cpu}: imports that may be missing")
        strangers = [i for i in s.imports()
                     if i.library != SYSTEM and i.name not in stubs.get(i.library, ())]
        c.same(strangers, [], f"{s.cpu}: imports that stubs.txt does not have")
        c.that("___stack_chk_fail" in names, f"{s.cpu}: built without the stack protector")
        c.that("___memcpy_chk" in names, f"{s.cpu}: built without _FORTIFY_SOURCE")
        c.same(sorted(names & {"_system", "_popen", "_strcpy", "_gets", "_fork", "_vfork"}), [],
               f"{s.cpu}: banned functions")
        used |= {(i.library, i.name) for i in s.imports()}
    rows_of_stubs = {(library, name) for library in stubs for name in stubs[library]}
    c.same(sorted(rows_of_stubs - used), [], "stubs.txt: rows that nothing uses")


def check_signature(c, s):
    """Each page of the file has its hash. macOS ends an arm64 program that has none."""
    blob = s.blob(macho.CODE_SIGNATURE)
    if not c.that(blob, f"{s.cpu}: no signature"):
        return
    limit = struct.unpack("<I", s.one(macho.CODE_SIGNATURE)[8:12])[0]
    start = struct.unpack(">I", blob[16:20])[0]
    directory = blob[start:]
    _, _, _, flags, hashes, _, _, pages, covered = struct.unpack(">9I", directory[:36])
    size, kind, _, shift = directory[36:40]
    c.same((flags, kind, size, covered), (HASHED, 2, 32, limit),
           f"{s.cpu}: flags, hash, its size and the bytes signed")
    page = 1 << shift
    wrong = [i for i in range(pages)
             if hashlib.sha256(s.data[i * page:min((i + 1) * page, limit)]).digest() !=
             directory[hashes + 32 * i:hashes + 32 * (i + 1)]]
    c.same((wrong, pages), ([], -(-limit // page)), f"{s.cpu}: pages with another hash, and pages")


def main(bundle, root):
    c = Checks()
    with open(os.path.join(bundle, "Contents/Info.plist"), "rb") as f:
        info = plistlib.load(f)
    with open(os.path.join(bundle, "Contents/MacOS", info["CFBundleExecutable"]), "rb") as f:
        data = f.read()
    found = check_file(c, data, info)
    for s in found.values():
        check_header(c, s, info)
        check_segments(c, s)
        check_symbols(c, s)
        check_signature(c, s)
    check_imports(c, found.values(), rows.stubs(root))
    c.close()


if __name__ == "__main__":
    words = sys.argv[1:] + [None, None]
    main(words[0] or "build/macos/ContainerKit.app", words[1] or ".")
