"""recorder.py - the Objective-C runtime and AppKit as far as the program can tell them from the real
ones at its start: every message it sends is written down, and answered with an object, or with what
was set before.

Types come from the rows of cocoa.def, so both processors give the same record."""
import struct

import rows
from emulator import Unserved

UNSEEN = {"stringWithUTF8String:", "UTF8String", "timeIntervalSinceReferenceDate",
          "sizeWithAttributes:"}
IVAR, IVAR_OFFSET, OBJECT_SIZE = 0xC0FFEE, 8, 64
PNG = b"\x89PNG\r\n\x1a\n"
# A 14-inch MacBook Pro; an icon that is in its menu bar, and one that is not allowed to be.
SCREEN, VISIBLE = (0, 0, 1512, 982), (0, 70, 1512, 874)
PLACED, NOT_PLACED = (1200, 944, 34, 38), (0, -38, 34, 38)
COPY_KEYS = ("bundleIdentifier", "processIdentifier", "bundleURL", "path")
CAN_BE_SEEN = 2  # NSWindowOcclusionStateVisible


class Recorder:
    """`has_all`: this system has the optional rows too. `icon`: the frame of the status button's
    window. `on_run`: called with (recorder, machine) when the program runs its event loop."""

    def __init__(self, root, has_all, icon, on_run):
        classes, messages, _ = rows.tables(root)
        self.icon = icon
        self.classes = {name for name, need in classes.items() if has_all or need == "REQ"}
        self.rows = {(r.kind, r.text): r for r in messages}
        needed = {r.text for r in messages if r.need == "REQ"}
        self.missing = set() if has_all else {r.text for r in messages} - needed
        self.on_run = on_run
        self.lines = []
        self.names, self.texts, self.owner = {}, {}, {}
        self.counts, self.properties, self.methods = {}, {}, {}
        self.selectors, self.made = {}, {}
        self.posted = []  # (object, selector) for the main thread
        self.handlers = []  # copies of the program's blocks, as the system makes them
        self.dictionaries = {}  # (object, key as it is written down) -> object
        self.later = []  # (seconds, object, selector)
        self.copies = []  # (process, path) of running programs with our bundle identifier
        self.copy_of = {}  # object -> one of them
        self.functions = {"_" + n[2:]: getattr(self, n) for n in dir(self) if n.startswith("c_")}
        self.functions["_object_getClass"] = lambda m: m.argument(0) and self.class_of(m)
        exported = [n for n in rows.exported(root)]
        self.variables = {n: (lambda m, n=n: self.new(m, n[1:])) for n in exported}
        self.variables["_NSApp"] = lambda m: self.shared(m, "NSApp")

    def shared(self, m, name):
        """The object of that name, the same each time."""
        if name not in self.made:
            self.made[name] = self.new(m, name)
        return self.made[name]

    def new(self, m, name):
        at = m.allocate(OBJECT_SIZE)
        m.write(at, bytes(OBJECT_SIZE))
        self.names[at] = name
        return at

    def numbered(self, m, name):
        self.counts[name] = self.counts.get(name, 0) + 1
        return self.new(m, f"{name}#{self.counts[name]}")

    # --- runtime -----------------------------------------------------------------------------

    def c_objc_getClass(self, m):
        name = m.text(m.argument(0)).decode()
        return self.shared(m, name) if name in self.classes or name in self.made else 0

    def c_objc_allocateClassPair(self, m):
        name = m.text(m.argument(1)).decode()
        self.lines.append(f"class {name} : {self.names[m.argument(0)]}")
        return self.shared(m, name)

    def c_objc_registerClassPair(self, m):
        return None

    def c_class_addIvar(self, m):
        return 1

    def c_class_addMethod(self, m):
        cls, sel, function, types = m.arguments(4)
        types = m.text(types).decode()
        if not m.arm:  # one record for both processors
            types = types.replace("c", "B")
        self.methods[self.names[cls], self.selectors[sel]] = function
        self.lines.append(f"  {self.selectors[sel]} {types}")
        return 1

    def c_dlopen(self, m):
        return 1  # the program and its libraries

    def c_dlsym(self, m):
        name = "_" + m.text(m.argument(1)).decode()
        return m.cell(self.variables[name](m)) if name in self.variables else 0

    def c_class_getInstanceVariable(self, m):
        return IVAR

    def c_ivar_getOffset(self, m):
        return IVAR_OFFSET

    def c_sel_registerName(self, m):
        text = m.text(m.argument(0)).decode()
        return self.selector(m, text)

    def selector(self, m, text):
        for at, known in self.selectors.items():
            if known == text:
                return at
        at = m.string(text)
        self.selectors[at] = text
        return at

    def c_sel_isEqual(self, m):
        return int(self.selectors[m.argument(0)] == self.selectors[m.argument(1)])

    def class_of(self, m):
        return self.owner.get(m.argument(0), m.argument(0))

    def c_class_respondsToSelector(self, m):
        return int(self.selectors[m.argument(1)] not in self.missing)

    def c_class_getInstanceMethod(self, m):
        return self.method(m, "-")

    def c_class_getClassMethod(self, m):
        return self.method(m, "+")

    def method(self, m, kind):
        """Is it a row's, and not missing here?"""
        text = self.selectors[m.argument(1)]
        return int((kind, text) in self.rows and text not in self.missing)

    # --- messages ----------------------------------------------------------------------------

    def c_objc_msgSend(self, m):
        return self.message(m, 0)

    def c_objc_msgSend_stret(self, m):  # x86_64: the place for the result comes first
        self.message(m, 1)
        return m.argument(0)

    def message(self, m, first):
        receiver, selector = m.arguments(first + 2)[first:]
        text = self.selectors[selector]
        if receiver == 0:
            return 0
        name = self.names[receiver]
        is_class = name in self.classes or name.startswith("CK") and "#" not in name
        row = self.rows.get(("+" if is_class else "-", text)) or self.rows.get(("-", text))
        if row is None or text in self.missing:
            raise Unserved(f"[{name} {text}]")
        values = self.read_arguments(m, row, first + 2)
        if text not in UNSEEN:
            self.lines.append(f"[{name} {self.shown(text, [s for _, s in values])}]")
        return self.reply(m, row, receiver, name, [v for v, _ in values])

    DOUBLES = {"double": 1, "NSPoint": 2, "NSSize": 2, "NSRect": 4}

    def read_arguments(self, m, row, number):
        """(value, as it is written down) of each. A frame is on x86_64's stack."""
        found, double, stacked = [], 0, 0
        for kind in row.arguments:
            count = self.DOUBLES.get(kind)
            if count == 4 and not m.arm:
                values = [as_double(m.stacked(stacked + i)) for i in range(count)]
                stacked += count
            elif count:
                values = [m.double(double + i) for i in range(count)]
                double += count
            if count:
                found.append((values, " x ".join(f"{v:g}" for v in values)))
                continue
            value = m.argument(number)
            number += 1
            found.append((value, self.show(m, kind, value, found)))
        return found

    def show(self, m, kind, value, before):
        if kind == "id":
            text = self.texts.get(value, "").replace("\r", "\\r").replace("\n", "\\n")
            return text or self.names.get(value, "nil" if value == 0 else "?")
        if kind == "SEL":
            return self.selectors.get(value, "none")
        if kind == "BOOL":
            return "YES" if value & 0xFF else "NO"
        if kind == "long":
            return str(value - 2 ** 64 if value >> 63 else value)
        if kind == "const char *":
            return f'"{m.text(value).decode()}"'
        if kind == "const void *":
            data = m.read(value, 24)
            size = [int.from_bytes(data[i:i + 4], "big") for i in (16, 20)]
            return f"PNG of {size[0]} x {size[1]}" if data[:8] == PNG else "bytes"
        if kind == "const id *":
            return "list"
        if kind == "struct block *":
            return self.keep_block(m, value) if value else "nil"
        return "some" if before and "PNG" in before[0][1] else f"{value:#x}"

    @staticmethod
    def shown(text, values):
        if not values:
            return text
        return " ".join(f"{k}:{v}" for k, v in zip(text.split(":"), values))

    def reply(self, m, row, receiver, name, values):
        text = row.text
        self.remember(m, receiver, text, values)
        if text == "run":
            self.on_run(self, m)
        elif text == "performSelectorOnMainThread:withObject:waitUntilDone:modes:":
            self.posted.append((receiver, self.selectors[values[0]]))
        elif text == "performSelector:withObject:afterDelay:inModes:":
            self.later.append((values[2][0], receiver, self.selectors[values[0]]))
        if text in ("retain", "init") or text.startswith("init"):
            return receiver
        if text in ("alloc", "new") or text == "performSelector:":
            made = self.numbered(m, name)
            self.owner[made] = receiver
            return made
        if text == "stringWithUTF8String:":
            return self.text_of(m, m.text(values[0]).decode())
        if text == "UTF8String":
            return m.string(self.texts[receiver][1:-1])
        if text == "objectForKey:":
            return self.dictionaries.get((receiver, self.texts[values[0]]), 0)
        answer = self.answer_by_type(m, row, receiver, name)
        if text == "objectAtIndex:" and name.startswith("runningApplications"):
            self.copy_of[answer] = self.copies[values[0]]
        return answer

    def remember(self, m, receiver, text, values):
        if text.startswith("set") and len(values) == 1:
            self.properties[receiver, text[3].lower() + text[4:-1]] = values[0]
        if text == "initWithTitle:action:keyEquivalent:":
            for key, value in zip(("title", "action", "keyEquivalent"), values):
                self.properties[receiver, key] = value
            self.properties[receiver, "alternate"] = 0
        if text == "insertItem:atIndex:" or text == "addItem:":
            self.properties[values[0], "menu"] = receiver

    def answer_by_type(self, m, row, receiver, name):
        key = row.text
        if row.result == "void":
            return None
        if row.result == "double":
            m.give_double(13.0)
            return None
        if row.result == "NSSize":
            m.give_double(7.0 * len(self.texts.get(receiver, "")))
            m.give_double(16.0, 1)
            return None
        if row.result == "NSRect":
            return self.give_rect(m, self.rect(name, key))
        if key in COPY_KEYS:
            return self.answer_about_copies(m, receiver, key)
        if (receiver, key) in self.properties:
            return self.properties[receiver, key]
        if key.startswith("is") and (receiver, key[2:].lower()) in self.properties:
            return self.properties[receiver, key[2:].lower()] & 0xFF
        if row.result == "id" and (row.kind == "+" or row.arguments or key in (
                "button", "bundleIdentifier", "cell", "notificationCenter", "window")):
            if key in ("sharedApplication",):
                return self.shared(m, "NSApp")
            if not row.arguments and key != "separatorItem":
                return self.shared(m, f"{name}.{key}")
            return self.numbered(m, key.split(":")[0])
        if key == "count":
            return len(self.copies) if name.startswith("runningApplications") else \
                int(name.endswith(".screens"))
        if key == "occlusionState":
            return CAN_BE_SEEN if self.icon == PLACED else 0
        return 1 if row.result == "BOOL" and key != "isLowPowerModeEnabled" else 0

    # --- blocks ------------------------------------------------------------------------------

    def keep_block(self, m, at):
        """A copy, for the program's lies on its stack."""
        size = m.get(m.get(at + 24) + 8)
        copy = m.allocate(size)
        m.write(copy, bytes(m.read(at, size)))
        self.handlers.append(copy)
        return "block"

    def call_handler(self, m, *words):
        """Calls the program's oldest block."""
        block = self.handlers.pop(0)
        self.lines.append("> block")
        m.call(m.get(block + 16), block, *words)

    def block(self, m, shows):
        """A block of the system's; that it is called is written down, with what it is given."""
        def called(machine):
            number = f" {machine.argument(1)}" if shows else ""
            self.lines.append(f"block called{number}")
        at = m.allocate(32)
        m.put(at + 16, m.door(f"block {at}", called))
        return at

    def answer_about_copies(self, m, receiver, key):
        copy = self.copy_of.get(receiver)
        if key == "bundleIdentifier":
            return self.text_of(m, "com.ethercorps.container-kit")
        if key == "processIdentifier":
            return copy[0]
        if key == "path":
            return self.text_of(m, copy[1])
        made = self.numbered(m, key)  # bundleURL
        self.copy_of[made] = copy
        return made

    def text_of(self, m, text):
        made = self.new(m, "NSString")
        self.texts[made] = f'"{text}"'
        return made

    def rect(self, name, key):
        if key == "visibleFrame":
            return VISIBLE
        return self.icon if name.endswith(".window") else SCREEN

    @staticmethod
    def give_rect(m, values):
        for i, value in enumerate(values):
            if m.arm:
                m.give_double(value, i)
            else:
                m.put(m.argument(0) + 8 * i, value, "<d")

    # --- what AppKit would send --------------------------------------------------------------

    def text(self, m, text):
        at = self.new(m, "NSString")
        self.texts[at] = f'"{text}"'
        return at

    def send(self, m, receiver, text, *words):
        """Calls the program's method; its result."""
        self.lines.append(f"> [{self.names[receiver]} {text}]")
        function = self.methods[self.names[self.owner[receiver]], text]
        return m.call(function, receiver, self.selector(m, text), *words)

    def turn(self, m):
        """What was posted to the main thread is done."""
        while self.posted:
            receiver, text = self.posted.pop(0)
            self.send(m, receiver, text, 0)

    def wait(self, m):
        """All that was to come later, in its order."""
        due, self.later = sorted(self.later, key=lambda one: one[0]), []
        for seconds, receiver, text in due:
            self.lines.append(f"> after {seconds:g} s")
            self.send(m, receiver, text, 0)
            self.turn(m)


def as_double(number):
    return struct.unpack("<d", struct.pack("<Q", number))[0]
