"""emulator.py - runs a program of macOS, of either processor, in the CPU emulator Unicorn.

The program is loaded as dyld would: segments, fixups, imports. An imported function is a place to
which the program jumps and where a Python function answers in its stead; one that nobody answers
ends the run, by name. An imported variable is a cell of memory. That covers what no link can show:
fixups, the calling conventions of both processors, variable arguments above all."""
import re
import struct

import unicorn
from unicorn import arm64_const as arm
from unicorn import x86_const as x86

import macho

DOORS, DATA, STACK, HEAP = 0x7F0000000, 0x7E0000000, 0x6F0000000, 0x500000000
DOORS_SIZE, DATA_SIZE, STACK_SIZE, HEAP_SIZE = 0x10000, 0x10000, 0x800000, 0x4000000
END = DOORS  # a function that was called from here returns to it
PAGE = 0x1000
MASK = 2 ** 64 - 1


class Unserved(Exception):
    """The program called what nobody answers, or did what its processor refuses."""


class Exit(Exception):
    """The program ended itself."""


class Machine:
    def __init__(self, piece, functions, variables):
        """functions: name -> function(machine), which gives the result or None; variables: name ->
        function(machine), which gives the 8 bytes there."""
        self.slice = macho.Slice(piece)
        self.arm = self.slice.cpu == "arm64"
        self.functions = functions
        self.heap, self.data = HEAP, DATA
        self.sizes = {}
        self.calls = {}
        self.uc = unicorn.Uc(unicorn.UC_ARCH_ARM64, unicorn.UC_MODE_ARM) if self.arm else \
            unicorn.Uc(unicorn.UC_ARCH_X86, unicorn.UC_MODE_64)
        if self.arm:  # clang takes an M1 for granted, which knows more than the oldest arm64
            self.uc.ctl_set_cpu_model(arm.UC_CPU_ARM64_MAX)
        r = [arm.UC_ARM64_REG_X0 + i for i in range(8)] if self.arm else \
            [x86.UC_X86_REG_RDI, x86.UC_X86_REG_RSI, x86.UC_X86_REG_RDX, x86.UC_X86_REG_RCX,
             x86.UC_X86_REG_R8, x86.UC_X86_REG_R9]
        self.registers = r
        self.result = r[0] if self.arm else x86.UC_X86_REG_RAX
        self.stack_register = arm.UC_ARM64_REG_SP if self.arm else x86.UC_X86_REG_RSP
        self.pc_register = arm.UC_ARM64_REG_PC if self.arm else x86.UC_X86_REG_RIP
        for start, size in ((DOORS, DOORS_SIZE), (DATA, DATA_SIZE), (STACK, STACK_SIZE),
                            (HEAP, HEAP_SIZE)):
            self.uc.mem_map(start, size)
        self.load(variables)
        self.uc.hook_add(unicorn.UC_HOOK_CODE, lambda uc, *_: uc.emu_stop(), begin=DOORS,
                         end=DOORS + DOORS_SIZE - 1)
        self.uc.reg_write(self.stack_register, STACK + STACK_SIZE - 0x100)
        if self.arm:
            self.uc.reg_write(arm.UC_ARM64_REG_CPACR_EL1, 3 << 20)  # floating point is on

    def load(self, variables):
        for s in self.slice.segments():
            if s.name != "__PAGEZERO":
                self.uc.mem_map(s.address, -(-s.size // 0x1000) * 0x1000)
                self.uc.mem_write(s.address, self.slice.data[s.offset:s.offset + s.file_size])
        self.names = [i.name for i in self.slice.imports()]
        places = [self.cell(variables[name](self)) if name in variables else DOORS + 16 * (i + 1)
                  for i, name in enumerate(self.names)]
        for address, number, value in self.slice.fixups():
            self.put(address, value if number is None else places[number] + value)

    # --- memory ------------------------------------------------------------------------------

    def read(self, address, size):
        return bytes(self.uc.mem_read(address, size))

    def write(self, address, data):
        self.uc.mem_write(address, bytes(data))

    def get(self, address, form="<Q"):
        return struct.unpack(form, self.read(address, struct.calcsize(form)))[0]

    def put(self, address, value, form="<Q"):
        self.write(address, struct.pack(form, value))

    def text(self, address):
        found, size = b"", 64
        while True:  # never beyond a page's end, for the next one may not be there
            place = address + len(found)
            piece = self.read(place, min(size, PAGE - place % PAGE))
            end = piece.find(b"\0")
            if end >= 0:
                return found + piece[:end]
            found += piece
            size = PAGE

    def allocate(self, size):
        at = self.heap
        self.heap += -(-max(size, 1) // 16) * 16
        self.sizes[at] = size
        return at

    def string(self, text):
        """Address of a copy, with its end."""
        data = (text.encode() if isinstance(text, str) else text) + b"\0"
        at = self.allocate(len(data))
        self.write(at, data)
        return at

    def cell(self, value):
        """A new variable of 8 bytes."""
        self.data += 8
        self.put(self.data, value)
        return self.data

    # --- calls -------------------------------------------------------------------------------

    def door(self, name, function):
        """Address of a function that the program may call without importing it."""
        self.names.append(name)
        self.functions[name] = function
        return DOORS + 16 * len(self.names)

    def argument(self, n):
        """The n-th, which is a number or an address."""
        if n < len(self.registers):
            return self.uc.reg_read(self.registers[n])
        place = n - len(self.registers) + (0 if self.arm else 1)  # behind the return address
        return self.get(self.uc.reg_read(self.stack_register) + 8 * place)

    def arguments(self, count):
        return [self.argument(i) for i in range(count)]

    def double(self, n):
        """The n-th of those that are floating point numbers."""
        number = self.uc.reg_read((arm.UC_ARM64_REG_D0 if self.arm else x86.UC_X86_REG_XMM0) + n)
        return struct.unpack("<d", struct.pack("<Q", number & MASK))[0]

    def stacked(self, n):
        """The n-th word that is an argument and lies on the stack."""
        place = n + (0 if self.arm else 1)  # behind the return address
        return self.get(self.uc.reg_read(self.stack_register) + 8 * place)

    def give_double(self, value, n=0):
        """The n-th of a result of floating point numbers."""
        number, = struct.unpack("<Q", struct.pack("<d", value))
        self.uc.reg_write((arm.UC_ARM64_REG_D0 if self.arm else x86.UC_X86_REG_XMM0) + n, number)

    def call(self, address, *words):
        """Calls a function of the program; its result as an unsigned number of 64 bits."""
        stack = self.uc.reg_read(self.stack_register)
        kept = self.uc.reg_read(arm.UC_ARM64_REG_LR) if self.arm else 0
        top = (stack - 256) & ~15
        if self.arm:
            self.uc.reg_write(arm.UC_ARM64_REG_LR, END)
        else:
            top -= 8
            self.put(top, END)
        self.uc.reg_write(self.stack_register, top)
        for register, word in zip(self.registers, words):
            self.uc.reg_write(register, word & MASK)
        self.run(address)
        self.uc.reg_write(self.stack_register, stack)
        if self.arm:
            self.uc.reg_write(arm.UC_ARM64_REG_LR, kept)
        return self.uc.reg_read(self.result)

    def run(self, address):
        while address != END:
            try:
                self.uc.emu_start(address, END)
            except unicorn.UcError as e:
                raise Unserved(f"{e} at {self.uc.reg_read(self.pc_register):#x}") from e
            address = self.uc.reg_read(self.pc_register)
            if address == END:
                return
            if not DOORS < address < DOORS + DOORS_SIZE:
                raise Unserved(f"stopped at {address:#x}")
            self.answer(self.names[(address - DOORS) // 16 - 1])
            if self.arm:
                address = self.uc.reg_read(arm.UC_ARM64_REG_LR)
            else:
                stack = self.uc.reg_read(self.stack_register)
                address = self.get(stack)
                self.uc.reg_write(self.stack_register, stack + 8)

    def answer(self, name):
        self.calls[name] = self.calls.get(name, 0) + 1
        if name not in self.functions:
            raise Unserved(name)
        result = self.functions[name](self)
        if result is not None:
            self.uc.reg_write(self.result, result & MASK)

    def main(self, *words):
        """Runs main() with these words; its exit code."""
        base = next(s.address for s in self.slice.segments() if s.name == "__TEXT")
        argv = self.vector(words)
        try:
            return self.call(base + self.slice.entry(), len(words), argv) & 0xFF
        except Exit as e:
            return e.args[0] & 0xFF

    def vector(self, words):
        """A list of texts with NULL at its end."""
        at = self.allocate(8 * (len(words) + 1))
        for i, word in enumerate(words):
            self.put(at + 8 * i, self.string(word))
        self.put(at + 8 * len(words), 0)
        return at


class Variable:
    """Reads what stands for the dots of a call: take() a number, take_double() another."""

    def __init__(self, machine, fixed):
        """`fixed`: how many come before the dots. Apple's arm64 puts the rest on the stack."""
        self.m = machine
        self.number, self.doubles = fixed, 0
        self.stack = machine.uc.reg_read(machine.stack_register)

    def take(self):
        if self.m.arm:
            self.stack += 8
            return self.m.get(self.stack - 8)
        self.number += 1
        return self.m.argument(self.number - 1)

    def take_double(self):
        if self.m.arm:
            return struct.unpack("<d", struct.pack("<Q", self.take()))[0]
        self.doubles += 1
        return self.m.double(self.doubles - 1)


class VaList:
    """The same of a va_list: an address on arm64, a record on x86_64."""

    def __init__(self, machine, address):
        self.m, self.at = machine, address

    def take(self, step=8, limit=48, field=0):
        if self.m.arm:
            self.at += 8
            return self.m.get(self.at - 8)
        offset = self.m.get(self.at + field, "<I")
        if offset < limit:
            self.m.put(self.at + field, offset + step, "<I")
            return self.m.get(self.m.get(self.at + 16) + offset)
        place = self.m.get(self.at + 8)
        self.m.put(self.at + 8, place + 8)
        return self.m.get(place)

    def take_double(self):
        return struct.unpack("<d", struct.pack("<Q", self.take(16, 176, 4)))[0]


FORMAT = re.compile(rb"%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?(hh|h|ll|l|z|j|t)?([diuxXcspgfeG%])")
BITS = {b"hh": 8, b"h": 16, None: 32}


def formatted(machine, form, rest):
    """What printf() makes of a format and the arguments that `rest` gives."""
    def signed(number, bits):
        number &= 2 ** bits - 1
        return number - 2 ** bits if number >> (bits - 1) else number

    def one(m):
        flags, width, precision, size, kind = m.groups()
        if kind == b"%":
            return b"%"
        width = signed(rest.take(), 32) if width == b"*" else width and int(width)
        precision = signed(rest.take(), 32) if precision == b"*" else precision and int(precision)
        spec = "%" + flags.decode() + (str(width) if width is not None else "")
        if precision is not None and precision >= 0:
            spec += f".{precision}"
        bits = BITS.get(size, 64)
        if kind in b"gfeG":
            return (spec + kind.decode()).encode() % rest.take_double()
        number = rest.take()
        if kind == b"s":
            value = limited_text(machine, number, precision)
            return (spec.split(".")[0] + "s").encode() % value
        if kind == b"c":
            return (spec + "c").encode() % (number & 0xFF)
        if kind in b"di":
            return (spec + "d").encode() % signed(number, bits)
        if kind == b"p":
            return b"0x%x" % number
        return (spec + kind.decode().replace("u", "d")).encode() % (number & (2 ** bits - 1))

    return FORMAT.sub(one, form)


def limited_text(machine, address, limit):
    """Reads no byte behind the limit, as printf() must not."""
    if limit is None or limit < 0:
        return machine.text(address)
    found = b""
    while len(found) < limit:
        byte = machine.read(address + len(found), 1)
        if byte == b"\0":
            break
        found += byte
    return found
