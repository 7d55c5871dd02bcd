"""tarball.py - archives made byte by byte, so that nothing is repaired that a test wants broken."""
import gzip
import json
import struct
import zlib

APP_ID, VERSION = "org.example.demo", "1.2.0"
END = bytes(1024)
PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
%s</dict>
</plist>
"""
ARM64, X86_64 = 0x0100000C, 0x01000007


def elf(machine=62, start=b"\x7fELF\x02\x01\x01"):
    return start + bytes(16 - len(start)) + struct.pack("<HHI", 2, machine, 1) + bytes(100)


def macho(cpu=ARM64, magic=0xFEEDFACF):
    return struct.pack("<IIIIIIII", magic, cpu, 0, 2, 0, 0, 0, 0) + bytes(96)


def universal(*cpus, count=None, magic=0xCAFEBABE):
    slices = b"".join(struct.pack(">IIIII", c, 0, 16384, 128, 14) for c in cpus)
    return struct.pack(">II", magic, len(cpus) if count is None else count) + slices


def field(number, size):
    return number if isinstance(number, bytes) else b"%0*o\0" % (size - 1, number)


def header(name, size=0, kind=b"0", mode=0o644, link=b"", prefix=b"", magic=b"ustar\x0000",
           checksum=None):
    """`name` may be text; numbers may be bytes, taken as they are."""
    name, link = (t.encode() if isinstance(t, str) else t for t in (name, link))
    block = name[:100].ljust(100, b"\0") + field(mode, 8) + field(0, 8) + field(0, 8)
    block += field(size, 12) + field(1795000000, 12) + b" " * 8 + kind + link[:100].ljust(100, b"\0")
    block += magic.ljust(8, b"\0") + b"root".ljust(32, b"\0") * 2 + field(0, 8) + field(0, 8)
    block += prefix.ljust(155, b"\0") + bytes(12)
    if checksum is None:
        checksum = b"%06o\0 " % sum(block)
    return block[:148] + checksum + block[156:]


def padded(data):
    return data + bytes(-len(data) % 512)


def entry(name, data=b"", **how):
    return header(name, len(data), **how) + padded(data)


def folder(name, **how):
    return header(name, kind=b"5", **{"mode": 0o755, **how})


def link(name, target, **how):
    return header(name, kind=b"2", link=target, **{"mode": 0o777, **how})


def record(key, value):
    key, value = (t.encode() if isinstance(t, str) else t for t in (key, value))
    size = len(key) + len(value) + 3
    while len(str(size)) + len(key) + len(value) + 3 != size:
        size = len(str(size)) + len(key) + len(value) + 3
    return b"%d %s=%s\n" % (size, key, value)


def pax(*records, kind=b"x"):
    return entry("pax", b"".join(records), kind=kind)


def long_name(name, kind=b"L"):
    return entry("././@LongLink", name.encode() if isinstance(name, str) else name, kind=kind)


def plist(**change):
    """Info.plist; a value of None leaves the key out, bytes of XML stand for a whole value."""
    keys = {"CFBundleExecutable": "Demo", "CFBundleIdentifier": APP_ID,
            "CFBundleShortVersionString": VERSION, **change}
    return (PLIST % "".join(f"\t<key>{k}</key>\n\t<string>{v}</string>\n" for k, v in keys.items()
                            if v is not None)).encode()


def release(**change):
    what = {"app_id": APP_ID, "version": VERSION, "target": "linux-x86_64", **change}
    return json.dumps({k: v for k, v in what.items() if v is not None}).encode()


def demo(info=None, made=None, program=None, mode=0o755, executable="Demo"):
    """The entries of a whole small app, for Linux if nothing is said."""
    return b"".join((
        folder("Demo.app/"), folder("Demo.app/Contents/"),
        entry("Demo.app/Contents/Info.plist", plist() if info is None else info),
        folder("Demo.app/Contents/MacOS/"),
        entry(f"Demo.app/Contents/MacOS/{executable}", elf() if program is None else program,
              mode=mode),
        folder("Demo.app/Contents/Resources/"),
        entry("Demo.app/Contents/Resources/release.json", release() if made is None else made)))


def packed(tar, level=1):
    return gzip.compress(tar, level, mtime=0)


def repeated(first, again, times, last):
    """The same as packed(first + again * times + last), without all of that in memory."""
    z = zlib.compressobj(1, zlib.DEFLATED, 31)
    parts = [z.compress(first), *(z.compress(again) for _ in range(times)), z.compress(last)]
    return b"".join(parts) + z.flush()
