"""check_run.py [EXECUTABLE [LINUX]] - runs both processors' programs in the emulator: words of the
command line give the same output and status as the program that was built for this system."""
import subprocess
import sys

import macho
from checks import Checks
from emulator import Exit, Machine, Unserved
from system import PROGRAM, System

WORDS = (["version"], ["--version"], ["help"], ["nonsense"], ["list", "--nonsense"])


def run_here(program, words):
    done = subprocess.run([program, *words], capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run_emulated(piece, words):
    system = System()
    machine = Machine(piece, system.functions, system.variables)
    status = machine.main("container-kit", *words)
    return status, system.out.decode(), system.err.decode()


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
    c.close()


if __name__ == "__main__":
    given = sys.argv[1:] + [None, None]
    main(given[0] or "build/macos/ContainerKit.app/Contents/MacOS/container-kit",
         given[1] or "build/linux/container-kit")
