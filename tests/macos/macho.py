"""macho.py - reads the executables of macOS, as far as the tests need: a reader of our own, so that
it does not agree with the linker by sharing its code.

Names and numbers are those of <mach-o/loader.h>, <mach-o/fat.h> and <mach-o/fixup-chains.h>."""
import collections
import struct

FAT = 0xCAFEBABE
MAGIC = 0xFEEDFACF
CPUS = {0x0100000C: "arm64", 0x01000007: "x86_64"}
EXECUTE = 2
NOUNDEFS, TWOLEVEL, PIE, ALLOW_STACK_EXECUTION = 0x1, 0x80, 0x200000, 0x20000

SYMTAB, LOAD_DYLIB, SEGMENT, CODE_SIGNATURE = 0x02, 0x0C, 0x19, 0x1D
BUILD_VERSION, DYLD_INFO, DYLD_INFO_ONLY = 0x32, 0x22, 0x80000022
RPATH, MAIN, CHAINED_FIXUPS = 0x8000001C, 0x80000028, 0x80000034
LOADS = {LOAD_DYLIB: "load", 0x80000018: "weak", 0x8000001F: "reexport", 0x80000023: "upward"}

Segment = collections.namedtuple("Segment", "name address size offset file_size protection flags")
Import = collections.namedtuple("Import", "library name weak")


def slices(data):
    """Processor -> bytes of each program in the file."""
    magic, count = struct.unpack(">II", data[:8])
    if magic != FAT:
        return {Slice(data).cpu: data}
    found = {}
    for i in range(count):
        _, _, offset, size, align = struct.unpack(">5I", data[8 + 20 * i:28 + 20 * i])
        if offset % (1 << align) != 0 or offset + size > len(data):
            raise ValueError("a slice lies where it must not")
        piece = data[offset:offset + size]
        found[Slice(piece).cpu] = piece
    if len(found) != count:
        raise ValueError("two slices for one processor")
    return found


class Slice:
    def __init__(self, data):
        self.data = data
        magic, cpu, _, self.kind, count, _, self.flags, _ = struct.unpack("<8I", data[:32])
        if magic != MAGIC or cpu not in CPUS:
            raise ValueError("no executable of a known processor")
        self.cpu = CPUS[cpu]
        self.commands = []  # (command, its bytes)
        at = 32
        for _ in range(count):
            command, size = struct.unpack("<II", data[at:at + 8])
            self.commands.append((command, data[at:at + size]))
            at += size

    def all(self, command):
        return [body for c, body in self.commands if c == command]

    def one(self, command):
        found = self.all(command)
        return found[0] if len(found) == 1 else None

    def segments(self):
        for body in self.all(SEGMENT):
            name = body[8:24].rstrip(b"\0").decode()
            address, size, offset, file_size = struct.unpack("<4Q", body[24:56])
            _, protection, _, flags = struct.unpack("<4I", body[56:72])
            yield Segment(name, address, size, offset, file_size, protection, flags)

    def libraries(self):
        """(how, install name) in the order that imports count in."""
        for command, body in self.commands:
            if command in LOADS:
                start, = struct.unpack("<I", body[8:12])
                yield LOADS[command], body[start:].split(b"\0")[0].decode()

    def build(self):
        """(platform, oldest system, SDK) as (number, "26.0", "26.0")."""
        body = self.one(BUILD_VERSION)
        if body is None:
            return None
        platform, oldest, sdk = struct.unpack("<3I", body[8:20])
        return platform, text_version(oldest), text_version(sdk)

    def entry(self):
        """Offset of main() in the file."""
        return struct.unpack("<Q", self.one(MAIN)[8:16])[0]

    def blob(self, command):
        """The bytes that a command of kind linkedit_data points to."""
        body = self.one(command)
        if body is None:
            return None
        offset, size = struct.unpack("<II", body[8:16])
        return self.data[offset:offset + size]

    def imports(self):
        """In the order that fixups count in."""
        blob = self.blob(CHAINED_FIXUPS)
        _, _, imports, symbols, count, form, packed = struct.unpack("<7I", blob[:28])
        if form != 1 or packed != 0:
            raise ValueError("imports in a form that was not expected")
        libraries = [name for _, name in self.libraries()]
        found = []
        for i in range(count):
            word, = struct.unpack("<I", blob[imports + 4 * i:imports + 4 * i + 4])
            start = symbols + (word >> 9)
            name = blob[start:blob.index(b"\0", start)].decode()
            ordinal = word & 0xFF
            library = libraries[ordinal - 1] if 1 <= ordinal <= len(libraries) else str(ordinal)
            found.append(Import(library, name, bool(word >> 8 & 1)))
        return found

    def fixups(self):
        """(address, number of the import or None, what is added or the address pointed to)."""
        blob = self.blob(CHAINED_FIXUPS)
        segments = list(self.segments())
        base = next(s.address for s in segments if s.name == "__TEXT")
        starts, = struct.unpack("<I", blob[4:8])
        count, = struct.unpack("<I", blob[starts:starts + 4])
        for i in range(count):
            offset, = struct.unpack("<I", blob[starts + 4 + 4 * i:starts + 8 + 4 * i])
            if offset != 0:
                yield from self.chain(blob[starts + offset:], base)

    def chain(self, start, base):
        _, page_size, form, segment, _, pages = struct.unpack("<IHHQIH", start[:22])
        if form not in (2, 6):
            raise ValueError(f"pointers in form {form}")
        for page in range(pages):
            first, = struct.unpack("<H", start[22 + 2 * page:24 + 2 * page])
            if first == 0xFFFF:
                continue
            at = segment + page * page_size + first
            while True:
                word, = struct.unpack("<Q", self.at(base + at, 8))
                if word >> 63:
                    yield base + at, word & 0xFFFFFF, word >> 24 & 0xFF
                else:
                    target = word & 0xFFFFFFFFF | (word >> 36 & 0xFF) << 56
                    yield base + at, None, target + (base if form == 6 else 0)
                step = word >> 51 & 0xFFF
                if step == 0:
                    break
                at += 4 * step

    def at(self, address, size):
        for s in self.segments():
            if s.address <= address < s.address + s.file_size:
                offset = s.offset + address - s.address
                return self.data[offset:offset + size]
        raise ValueError(f"nothing at {address:#x}")

    def symbols(self):
        """(name, type) of what the symbol table still has."""
        offset, count, strings, _ = struct.unpack("<4I", self.one(SYMTAB)[8:24])
        for i in range(count):
            name, kind = struct.unpack("<IB", self.data[offset + 16 * i:offset + 16 * i + 5])
            start = strings + name
            yield self.data[start:self.data.index(b"\0", start)].decode(), kind


def text_version(number):
    return f"{number >> 16}.{number >> 8 & 0xFF}" + (f".{number & 0xFF}" if number & 0xFF else "")
