"""core_system.py - system.py and what the core calls beyond it when it reads files: those that are
handed in, numbers out of text, sorting, chance that is none."""
import functools
import re
import socket
import struct

from system import System

BAD_DESCRIPTOR = 9  # EBADF
REGULAR = 0o100644
STAT_SIZE, STAT_MODE, STAT_BYTES = 144, 4, 96  # <sys/stat.h>: struct stat, st_mode, st_size
FAMILIES = {2: socket.AF_INET, 30: socket.AF_INET6}  # <sys/socket.h>
NUMBER = re.compile(rb"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
WHOLE = re.compile(rb"\s*[-+]?\d+")


class CoreSystem(System):
    """files: path -> bytes, to be read alone."""

    def __init__(self, files):
        super().__init__()
        self.files = files
        self.opened = {}  # descriptor -> [bytes, place]
        self.functions["_fstat$INODE64"] = self.functions["_fstat"]

    # --- files -------------------------------------------------------------------------------

    def c_open(self, m):
        path = m.text(m.argument(0)).decode()
        if path not in self.files:
            return super().c_open(m)
        fd = self.fresh()
        self.opened[fd] = [self.files[path], 0]
        return fd

    def c_fstat(self, m):
        fd, to = m.arguments(2)
        if fd not in self.opened:
            return self.fail(m, BAD_DESCRIPTOR)
        m.write(to, bytes(STAT_SIZE))
        m.put(to + STAT_MODE, REGULAR, "<H")
        m.put(to + STAT_BYTES, len(self.opened[fd][0]), "<q")
        return 0

    def c_pread(self, m):
        fd, to, size, place = m.arguments(4)
        if fd not in self.opened:
            return self.fail(m, BAD_DESCRIPTOR)
        data = self.opened[fd][0][place:place + size]
        m.write(to, data)
        return len(data)

    def c_read(self, m):
        fd, to, size = m.arguments(3)
        if fd not in self.opened:
            return self.fail(m, BAD_DESCRIPTOR)
        data, place = self.opened[fd]
        m.write(to, data[place:place + size])
        self.opened[fd][1] = min(place + size, len(data))
        return self.opened[fd][1] - place

    def c_lseek(self, m):
        fd, place, how = m.arguments(3)
        if fd not in self.opened or how != 0:  # SEEK_SET
            return self.fail(m, BAD_DESCRIPTOR)
        self.opened[fd][1] = place
        return place

    # --- numbers -----------------------------------------------------------------------------

    def number(self, m, pattern):
        """What the pattern finds at the front; puts where it ends to the second argument."""
        text, end = m.arguments(2)
        found = pattern.match(m.text(text))
        if end:
            m.put(end, text + (found.end() if found else 0))
        return found[0] if found else b"0"

    def c_strtod(self, m):
        m.give_double(float(self.number(m, NUMBER)))

    def c_strtol(self, m):
        return int(self.number(m, WHOLE))

    def c_llround(self, m):
        value = m.double(0)
        return int(abs(value) + 0.5) * (1 if value >= 0 else -1)

    # --- the rest ----------------------------------------------------------------------------

    def c_qsort(self, m):
        at, count, size, compare = m.arguments(4)
        items = [m.read(at + i * size, size) for i in range(count)]
        a, b = m.allocate(size), m.allocate(size)

        def order(one, two):
            m.write(a, one)
            m.write(b, two)
            result, = struct.unpack("<i", struct.pack("<I", m.call(compare, a, b) & 0xFFFFFFFF))
            return result

        m.write(at, b"".join(sorted(items, key=functools.cmp_to_key(order))))

    def c_inet_pton(self, m):
        family, text, to = m.arguments(3)
        try:
            m.write(to, socket.inet_pton(FAMILIES[family], m.text(text).decode()))
        except (OSError, UnicodeDecodeError):
            return 0
        return 1

    def c_memset_s(self, m):
        to, _, byte, size = m.arguments(4)
        m.write(to, bytes([byte & 255]) * size)
        return 0

    def c_arc4random(self, m):
        return 0x9E3779B9

    def c_arc4random_buf(self, m):
        to, size = m.arguments(2)
        m.write(to, bytes(i % 251 for i in range(size)))
