"""check_run.py [EXECUTABLE [LINUX]] - runs both processors' programs in the emulator: words of the
command line give the same output and status as the program that was built for this system. And the
self-check, which tells of a Mac, finds what is missing on one and nothing else."""
import os
import subprocess
import sys

import macho
from checks import Checks
from emulator import Exit, Machine, Unserved
from recorder import Recorder
from system import PROGRAM, System

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
DEVELOPER = 0x10001  # CS_VALID, CS_RUNTIME
WORDS = (["version"], ["--version"], ["help"], ["nonsense"], ["list", "--nonsense"])


def run_here(program, words):
    done = subprocess.run([program, *words], capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run_emulated(piece, words):
    system = System()
    machine = Machine(piece, system.functions, system.variables)
    status = machine.main("container-kit", *words)
    return status, system.out.decode(), system.err.decode()


def self_check(piece, has_all=True, without=(), signature=None):
    """(status, output) on a Mac that lacks the classes or selectors `without`."""
    system = System()
    system.signature = signature or system.signature
    r = Recorder(ROOT, has_all, None, None)
    r.classes |= {row.cls for row in r.rows.values()}  # those that only others inherit from
    r.classes -= set(without)
    r.missing |= set(without)
    machine = Machine(piece, {**system.functions, **r.functions}, system.variables)
    status = machine.main("container-kit", "doctor", "--self-check")
    return status, system.out.decode()


def check_self(c, cpu, piece):
    status, out = self_check(piece)
    for line in (f"  system      macOS 26.1, {cpu}", f"  program     {PROGRAM}",
                 f"  bundle      {PROGRAM.split('/Contents')[0]}",
                 "  identifier  com.ethercorps.container-kit",
                 "  signature   ad hoc, by the linker alone"):
        c.that(line in out, f"{cpu}: self-check has no {line!r}: {out}")
    c.that(status == 0 and " 0 missing, 0 not here" in out, f"{cpu}: self-check of the newest: {out}")
    status, out = self_check(piece, has_all=False, signature=DEVELOPER)
    c.that(status == 0 and " 0 missing, " in out and
           "  not here  -[NSMenuItem setPreferredImageVisibility:]\n" in out,
           f"{cpu}: self-check of the least: {out}")
    c.that("  signature   by a developer, hardened runtime\n" in out, f"{cpu}: signature: {out}")
    for lost in ("-[NSMenu insertItem:atIndex:]", "+[NSStatusBar systemStatusBar]"):
        status, out = self_check(piece, without=[lost[2:-1].split()[1]])
        c.that(status == 1 and f"  MISSING   {lost}\n" in out and " 1 missing" in out,
               f"{cpu}: self-check without {lost} ({status}): {out}")
    status, out = self_check(piece, without=["NSPasteboard"])
    c.that(status == 1 and "  MISSING   NSPasteboard\n" in out, f"{cpu}: no NSPasteboard: {out}")


def check_link(c, cpu, piece):
    """Through a link the program has no bundle: it starts itself anew by its own path."""
    system = System()
    started = []

    def readlink(m):
        m.write(m.argument(1), b"x")
        return 1

    def execv(m):
        started.append(m.text(m.argument(0)).decode())
        raise Exit(0)

    functions = {**system.functions, "_readlink": readlink, "_execv": execv}
    try:
        Machine(piece, functions, system.variables).main("container-kit", "version")
    except Unserved as e:
        c.that(False, f"{cpu}: through a link: nobody serves {e}")
    c.same(started, [PROGRAM], f"{cpu}: what is started in a link's place")
    c.same(system.out, b"", f"{cpu}: said before")


def main(executable, program):
    c = Checks()
    with open(executable, "rb") as f:
        pieces = macho.slices(f.read())
    for cpu, piece in pieces.items():
        check_link(c, cpu, piece)
    for words in WORDS:
        here = run_here(program, words)
        c.that(here[1] or here[2], f"{words}: {program} says nothing")
        for cpu, piece in pieces.items():
            try:
                c.same(run_emulated(piece, words), here, f"{cpu}: {' '.join(words)}")
            except Unserved as e:
                c.that(False, f"{cpu}: {' '.join(words)}: nobody serves {e}")
    for cpu, piece in pieces.items():
        try:
            check_self(c, cpu, piece)
        except Unserved as e:
            c.that(False, f"{cpu}: self-check: nobody serves {e}")
    c.close()


if __name__ == "__main__":
    given = sys.argv[1:] + [None, None]
    main(given[0] or "build/macos/ContainerKit.app/Contents/MacOS/container-kit",
         given[1] or "build/linux/container-kit")
