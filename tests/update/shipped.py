#!/usr/bin/python3
"""Nothing of the hooks of core/update/hooks.h is in a program that ships.

    shipped.py --hooks PROGRAM SHIPPED...

PROGRAM is a build with hooks: everything that is looked for has to be found there, or nothing was
looked for. SHIPPED are builds without, for any system. Names are read from hooks.c. Ends with "N
passed, M failed" and a status that is not zero if anything differs."""
import os
import re
import subprocess
import sys
import tempfile

from tell import Tell

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../core/update/hooks")
# No variable of ours decides anything; these two are the build's, which a failed MUST() may quote.
OURS = re.compile(rb"(?<![A-Za-z0-9_])CK_(?!VERSION|BUNDLE_ID)[A-Z][A-Z0-9_]*")


def read(path):
    with open(path, "rb") as f:
        return f.read()


def names():
    """The variables, and the functions."""
    text, declared = read(SOURCE + ".c").decode(), read(SOURCE + ".h").decode()
    prefix = re.search(r'#define PREFIX "(\w+)"', text)[1]
    variables = [prefix + n for n in re.findall(r'(?<!define )PREFIX "(\w+)"', text)]
    return variables, sorted(set(re.findall(r"\b(hook_\w+)\(enum", declared)))


def stripped(path, folder):
    """What a debugger would need is not handed out; a Mach-O was made without it."""
    if read(path)[:4] != b"\x7fELF":
        return read(path)
    out = os.path.join(folder, "stripped")
    subprocess.run(["strip", "-o", out, path], check=True)
    return read(out)


def main():
    if len(sys.argv) < 4 or sys.argv[1] != "--hooks":
        print(__doc__.strip(), file=sys.stderr)
        return 2
    t = Tell(None)
    variables, functions = names()
    t.same("there are hooks", (len(variables) > 5, len(functions) > 2), (True, True))
    hooks = read(sys.argv[2])
    for name in variables + functions:
        t.same(f"{sys.argv[2]} has {name}", name.encode() in hooks, True)
    with tempfile.TemporaryDirectory() as folder:
        for path in sys.argv[3:]:
            data = stripped(path, folder)
            for name in variables + functions:
                t.same(f"{path} has {name}", name.encode() in data, False)
            t.same(f"variables of ours in {path}", sorted(set(OURS.findall(data))), [])
            t.same(f"{path} is the program", b"com.ethercorps.container-kit" in data, True)
    return t.close()


if __name__ == "__main__":
    sys.exit(main())
