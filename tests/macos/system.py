"""system.py - those functions of libSystem that the program calls in the emulator, in Python.

A small world: one user, no file but folders that can be made, threads that never run, a clock that
stands still. What is not here is not served, and the run ends with its name."""
import re
import struct

from emulator import MASK, Exit, VaList, Variable, formatted

HOME = "/Users/somebody"
PROGRAM = "/Applications/ContainerKit.app/Contents/MacOS/container-kit"
VERSION = b"26.1"
AD_HOC = 0x20003  # CS_VALID, CS_ADHOC, CS_LINKER_SIGNED: what the linker of the cross build makes
NOT_THERE = 2  # ENOENT
WOULD_BLOCK = 35  # EWOULDBLOCK
O_CREAT, O_DIRECTORY = 0x200, 0x100000
USER, PROCESS = 501, 4321


class System:
    """`out` and `err` are what was written; `functions` and `variables` are for a Machine."""

    def __init__(self, environment=()):
        self.environment = {"HOME": HOME, "USER": "somebody", **dict(environment)}
        self.out, self.err = b"", b""
        self.threads = []  # (function, argument) of those that were started
        self.descriptors = 3
        self.categories = []  # of the system's log, by the number that stands for the object
        self.logged = []  # (category, type, public text, private text)
        self.made = set()  # pipes with a name
        self.locked = False  # another process holds each lock
        self.functions = {"_" + name[2:]: getattr(self, name)
                          for name in dir(self) if name.startswith("c_")}
        for other, name in SAME.items():
            self.functions[other] = self.functions[name]
        for name in NOTHING:
            self.functions[name] = lambda m: 0
        self.variables = {
            "___stack_chk_guard": lambda m: 0x00A5C3F0E1D2B496,
            "___stdoutp": lambda m: 1, "___stderrp": lambda m: 2,
            "_environ": lambda m: m.vector([f"{k}={v}" for k, v in self.environment.items()]),
        }
        self.errno = None
        self.signature = AD_HOC

    def fail(self, m, number):
        m.put(self.c___error(m), number, "<i")
        return MASK

    def say(self, stream, data):
        if stream == 1:
            self.out += data
        elif stream == 2:
            self.err += data
        return len(data)  # others are pipes, at whose ends nobody reads

    # --- memory and text ---------------------------------------------------------------------

    def c___error(self, m):
        if self.errno is None:
            self.errno = m.cell(0)
        return self.errno

    def c_malloc(self, m):
        return m.allocate(m.argument(0))

    def c_calloc(self, m):
        count, size = m.arguments(2)
        return m.allocate(count * size)  # never used before, so it is zero

    def c_realloc(self, m):
        old, size = m.arguments(2)
        fresh = m.allocate(size)
        if old:
            m.write(fresh, m.read(old, min(m.sizes[old], size)))
        return fresh

    def c_free(self, m):
        if m.argument(0) and m.argument(0) not in m.sizes:
            raise ValueError(f"free of {m.argument(0):#x}, which was never given")

    def c_memcpy(self, m):
        to, source, size = m.arguments(3)
        m.write(to, m.read(source, size))
        return to

    def c___memcpy_chk(self, m):
        if m.argument(2) > m.argument(3):
            raise ValueError("memcpy() beyond the end")
        return self.c_memcpy(m)

    def c_bzero(self, m):
        m.write(m.argument(0), bytes(m.argument(1)))

    def c_memset(self, m):
        m.write(m.argument(0), bytes([m.argument(1) & 255]) * m.argument(2))
        return m.argument(0)

    def c_memcmp(self, m):
        a, b, size = m.arguments(3)
        return compare(m.read(a, size), m.read(b, size))

    def c_memchr(self, m):
        at, byte, size = m.arguments(3)
        found = m.read(at, size).find(bytes([byte & 255]))
        return 0 if found < 0 else at + found

    def c_strlen(self, m):
        return len(m.text(m.argument(0)))

    def c_strcmp(self, m):
        return compare(*(m.text(a) for a in m.arguments(2)))

    def c_strncmp(self, m):
        a, b, size = m.arguments(3)
        return compare(m.text(a)[:size], m.text(b)[:size])

    def c_strchr(self, m):
        return found_at(m.argument(0), (m.text(m.argument(0)) + b"\0").find(
            bytes([m.argument(1) & 255])))

    def c_strrchr(self, m):
        return found_at(m.argument(0), (m.text(m.argument(0)) + b"\0").rfind(
            bytes([m.argument(1) & 255])))

    def c_strstr(self, m):
        a, b = m.arguments(2)
        return found_at(a, m.text(a).find(m.text(b)))

    def c_strspn(self, m):
        text, those = (m.text(a) for a in m.arguments(2))
        return len(text) - len(text.lstrip(those))

    def c_strcspn(self, m):
        text, those = (m.text(a) for a in m.arguments(2))
        return next((i for i, c in enumerate(text) if c in those), len(text))

    def c_strtoll(self, m):
        at, end, base = m.arguments(3)
        digits = re.match(rb"-?[0-9]*", m.text(at))[0]
        if base != 10 or not digits.strip(b"-"):
            raise ValueError(f"strtoll() of {m.text(at)} with base {base}")
        m.put(end, at + len(digits), "<Q")
        return int(digits) & MASK

    def c___tolower(self, m):
        return ord(chr(m.argument(0)).lower())

    def c_snprintf(self, m):
        return put_text(m, *m.arguments(2),
                        formatted(m, m.text(m.argument(2)), Variable(m, 3)))

    def c_vsnprintf(self, m):
        to, size, form, rest = m.arguments(4)
        return put_text(m, to, size, formatted(m, m.text(form), VaList(m, rest)))

    # --- streams and files -------------------------------------------------------------------

    def c_printf(self, m):
        return self.say(1, formatted(m, m.text(m.argument(0)), Variable(m, 1)))

    def c_fprintf(self, m):
        return self.say(m.argument(0), formatted(m, m.text(m.argument(1)), Variable(m, 2)))

    def c_puts(self, m):
        return self.say(1, m.text(m.argument(0)) + b"\n")

    def c_putchar(self, m):
        return self.say(1, bytes([m.argument(0) & 255]))

    def c_fputs(self, m):
        return self.say(m.argument(1), m.text(m.argument(0)))

    def c_fputc(self, m):
        return self.say(m.argument(1), bytes([m.argument(0) & 255]))

    def c_fwrite(self, m):
        at, size, count, stream = m.arguments(4)
        self.say(stream, m.read(at, size * count))
        return count

    def c_write(self, m):
        return self.say(m.argument(0), m.read(m.argument(1), m.argument(2)))

    def c_stat(self, m):
        return self.fail(m, NOT_THERE)

    def c_fstat(self, m):
        m.write(m.argument(1), struct.pack("<iH", 0, 0o100600) + bytes(138))  # an empty file
        return 0

    def c_flock(self, m):
        return self.fail(m, WOULD_BLOCK) if self.locked else 0

    def fresh(self):
        """A descriptor."""
        self.descriptors += 1
        return self.descriptors - 1

    def c_open(self, m):
        """What was made, a folder, or a device; no other file is there."""
        name = m.text(m.argument(0))
        if not m.argument(1) & (O_CREAT | O_DIRECTORY) and not name.startswith(b"/dev/") and \
                name not in self.made:
            return self.fail(m, NOT_THERE)
        return self.fresh()

    def c_mkfifo(self, m):
        self.made.add(m.text(m.argument(0)))
        return 0

    def c_kqueue(self, m):
        return self.fresh()

    def c_opendir(self, m):
        self.fail(m, NOT_THERE)
        return 0

    def c_pipe(self, m):
        m.write(m.argument(0), struct.pack("<ii", self.descriptors, self.descriptors + 1))
        self.descriptors += 2
        return 0

    def c__NSGetExecutablePath(self, m):
        m.write(m.argument(0), PROGRAM.encode() + b"\0")
        return 0

    def c_realpath(self, m):
        m.write(m.argument(1), m.text(m.argument(0)) + b"\0")
        return m.argument(1)

    # --- the system's log and its notifications ----------------------------------------------

    def c_os_log_create(self, m):
        self.categories.append(tuple(m.text(a).decode() for a in m.arguments(2)))
        return len(self.categories)

    def c__os_log_impl(self, m):
        """The buffer: two bytes, then of each argument what it is, its size, its bytes."""
        _, log, kind, form, at, size = m.arguments(6)
        data, place, limit, texts = m.read(at, size), 2, 0, []
        for _ in range(data[1]):
            what, width = data[place:place + 2]
            value = int.from_bytes(data[place + 2:place + 2 + width], "little")
            place += 2 + width
            if what >> 4 == 1:
                limit = value
            else:
                texts.append((what & 15, m.read(value, limit).decode()))
        if m.text(form) != b"%{public}.*s%{private}.*s" or [w for w, _ in texts] != [2, 1]:
            raise ValueError(f"os_log of {m.text(form)} with {texts}")
        self.logged.append((self.categories[log - 1], kind & 255, texts[0][1], texts[1][1]))

    def c_notify_register_file_descriptor(self, m):
        m.put(m.argument(1), self.fresh(), "<i")
        m.put(m.argument(3), 1, "<i")
        return 0

    # --- the process -------------------------------------------------------------------------

    def c_getenv(self, m):
        value = self.environment.get(m.text(m.argument(0)).decode())
        return 0 if value is None else m.string(value)

    def c_getuid(self, m):
        return USER

    def c_getpid(self, m):
        return PROCESS

    def c_getrlimit(self, m):
        m.write(m.argument(1), struct.pack("<QQ", 0, 2**63 - 1))  # no core files, as on any Mac
        return 0

    def c_setrlimit(self, m):
        return 0

    def c_sysconf(self, m):
        return 16384

    def c_uname(self, m):
        words = ("Darwin", "mac", "25.0.0", "Darwin Kernel", m.slice.cpu)
        m.write(m.argument(0), b"".join(w.encode().ljust(256, b"\0") for w in words))
        return 0

    def c_sysctlbyname(self, m):
        if m.text(m.argument(0)) != b"kern.osproductversion":
            return self.fail(m, NOT_THERE)
        m.write(m.argument(1), VERSION + b"\0")
        return 0

    def c_csops(self, m):
        m.put(m.argument(2), self.signature, "<I")
        return 0

    def c_clock_gettime(self, m):
        m.write(m.argument(1), struct.pack("<qq", 1764000000, 0))
        return 0

    def c_localtime_r(self, m):
        m.write(m.argument(1), bytes(56))
        return m.argument(1)

    def c_pthread_getname_np(self, m):
        m.write(m.argument(1), b"main\0")
        return 0

    def c_pthread_self(self, m):
        return 1

    def c_pthread_equal(self, m):
        return int(m.argument(0) == m.argument(1))

    def c_pthread_create(self, m):
        thread, _, function, argument = m.arguments(4)
        self.threads.append((function, argument))
        m.put(thread, 1 + len(self.threads))
        return 0

    def c_posix_spawn(self, m):
        return NOT_THERE  # there is no engine in this world

    def c__exit(self, m):
        raise Exit(m.argument(0))

    def c_abort(self, m):
        raise Exit(134)


# Names that other functions have on one of the processors, or with a check in front.
SAME = {
    "_bzero": "_bzero", "___bzero": "_bzero", "_memmove": "_memcpy", "___memmove_chk":
    "___memcpy_chk", "_stat$INODE64": "_stat", "_lstat": "_stat", "_lstat$INODE64": "_stat",
    "_readlink": "_stat", "_access": "_stat", "_geteuid": "_getuid", "_realpath$DARWIN_EXTSN": "_realpath",
    "_opendir$INODE64": "_opendir", "_fstat$INODE64": "_fstat", "_statvfs": "_stat",
}
# Those that have nothing to do here and say that it went well.
NOTHING = ("_signal _sigaction _sigprocmask _pthread_sigmask _fflush _close _fcntl "
           "_mkdir _unlink _fsync _rename _kevent _isatty _dlclose _dlopen _dlsym _pthread_mutex_init "
           "_pthread_mutex_destroy _pthread_mutex_lock _pthread_mutex_unlock _pthread_cond_init "
           "_pthread_cond_destroy _pthread_cond_signal _pthread_join _pthread_kill "
           "_pthread_setname_np _notify_cancel").split()


def compare(a, b):
    return (a > b) - (a < b)


def found_at(start, offset):
    return 0 if offset < 0 else start + offset


def put_text(m, to, size, text):
    if size:
        m.write(to, text[:size - 1] + b"\0")
    return len(text)
