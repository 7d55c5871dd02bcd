"""check_sidecar.py [BUNDLE] - what app/macos/cross/sidecar.sh makes of a distribution of Apple's
container, and what it refuses: in a copy of the bundle, and with a list that is made here again."""
import os
import shutil
import subprocess
import sys
import tempfile

from check_bundle import lines_of
from checks import Checks

SCRIPT = "app/macos/cross/sidecar.sh"
VERSION, TEAM = "1.2.2", "ABCDE12345"
PROGRAM = "bin/container"
MACHO = b"\xcf\xfa\xed\xfe" + bytes(range(256)) * 400


def put(root, path, data, mode=0o644):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), mode=0o755, exist_ok=True)
    with open(full, "wb") as f:
        f.write(data)
    os.chmod(full, mode)


def make_tree(root):
    """Small, with all that is allowed in one: names, modes, links, an empty folder."""
    put(root, PROGRAM, MACHO, 0o755)
    put(root, "bin/container-apiserver", MACHO[:-1], 0o755)
    put(root, "bin/uninstall-container.sh", b"#!/bin/sh\nexit 0\n", 0o755)
    put(root, "libexec/container/plugins/a b/config.toml", b"name = 'a b'\n")
    put(root, "libexec/container/plugins/a b/bin/-x", MACHO[:9], 0o555)
    put(root, "libexec/container/plugins/caf\u00e9\\n", b"")
    put(root, "libexec/a-before-slash", b"")
    os.makedirs(os.path.join(root, "etc/empty"))
    os.symlink("container", os.path.join(root, "bin/ctr"))
    os.symlink("../../bin/../libexec/./container", os.path.join(root, "libexec/container/self"))
    for folder, _, _ in os.walk(root):
        os.chmod(folder, 0o755)
    os.chmod(os.path.join(root, "libexec/container/plugins/a b/bin"), 0o555)


def run(tree, resources, *words):
    done = subprocess.run(["sh", SCRIPT, tree, resources, *words], capture_output=True, text=True)
    return done.returncode, done.stderr


def run_check(bundle):
    words = [sys.executable, "-B", os.path.join(os.path.dirname(__file__), "check_bundle.py"), bundle]
    return subprocess.run(words, capture_output=True).returncode


def check_whole(c, bundle):
    with tempfile.TemporaryDirectory() as root:
        copy = shutil.copytree(bundle, os.path.join(root, "A.app"), symlinks=True)
        resources = os.path.join(copy, "Contents/Resources")
        tree = os.path.join(root, "tree")
        make_tree(tree)
        before = list(lines_of(tree))
        for team in ((), (TEAM,)):  # the second one replaces the first
            c.same(run(tree, resources, VERSION, *team), (0, ""), "sidecar.sh")
            with open(os.path.join(resources, "container.sha256"), "rb") as f:
                got = f.read().split(b"\n")
            head = [b"container-sidecar 1", b"version 1.2.2", b"team " + (team or ("-",))[0].encode()]
            c.same(got[:3], head, "head of the list")
            c.same(got[3:-1], before, "the list, and the tree it was made from")
            c.same(got[-1], b"", "end of the list")
            c.same(list(lines_of(os.path.join(resources, "container"))), before, "the copy")
        c.same(run_check(copy), 0, "check_bundle.py on a bundle with an engine in it")
        os.chmod(os.path.join(resources, "container/etc"), 0o700)
        c.same(run_check(copy), 1, "check_bundle.py on an engine that is not as it is listed")
        os.chmod(os.path.join(resources, "container/etc"), 0o755)
        shutil.copy(os.path.join(tree, PROGRAM), os.path.join(resources, "tool"))
        c.same(run_check(copy), 1, "check_bundle.py on a program beside the engine")


def at(*path):
    return os.path.join(*path)


# what is done to a good tree, and what sidecar.sh must say
REFUSED = [
    ("a fifo", "neither a file", lambda t: os.mkfifo(at(t, "bin/fifo"))),
    ("set-user-id", "set-user-id", lambda t: os.chmod(at(t, PROGRAM), 0o4755)),
    ("set-group-id", "set-user-id", lambda t: os.chmod(at(t, "bin"), 0o2755)),
    ("sticky", "set-user-id", lambda t: os.chmod(at(t, "etc"), 0o1755)),
    ("others write", "may write", lambda t: os.chmod(at(t, "etc/empty"), 0o757)),
    ("group writes", "may write", lambda t: os.chmod(at(t, PROGRAM), 0o775)),
    ("newline", "cannot be printed", lambda t: put(t, "bin/a\nb", b"")),
    ("tab", "cannot be printed", lambda t: put(t, "bin/a\tb", b"")),
    ("absolute", "an absolute link", lambda t: os.symlink("/bin/sh", at(t, "bin/sh"))),
    ("out", "out of the tree", lambda t: os.symlink("../../tree/bin", at(t, "bin/sh"))),
    ("out at once", "out of the tree", lambda t: os.symlink("..", at(t, "up"))),
    ("nothing", "to nothing", lambda t: os.symlink("sh", at(t, "bin/sh2"))),
    ("two links", "through something else", lambda t: (os.symlink("..", at(t, "bin/up")),
                                                      os.symlink("up/bin", at(t, "bin/x")))),
    ("through a file", "through something else",
     lambda t: os.symlink("container/..", at(t, "bin/x"))),
    ("no program", "no bin/container", lambda t: os.remove(at(t, PROGRAM))),
    ("a program that does not run", "no bin/container", lambda t: os.chmod(at(t, PROGRAM), 0o644)),
    ("no tree", "is not a folder", shutil.rmtree),
]
WORDS = [("", ()), (".1", ()), ("1/2", ()), ("1 2", ()), ("A", ()), ("1" * 33, ()),
         ("1", ("abcde12345",)), ("1", ("ABCDE1234",)), ("1", ("ABCDE123456",)), ("1", ("A\"BCDE1234",))]


def check_refusals(c):
    for what, sentence, change in REFUSED:
        with tempfile.TemporaryDirectory() as root:
            tree, out = at(root, "tree"), at(root, "out")
            make_tree(tree)
            change(tree)
            status, said = run(tree, out, VERSION)
            c.that(status == 1 and sentence in said, f"{what}: {status}, {said}")
            c.that(not os.path.exists(at(out, "container.sha256")), f"{what}: there is a list")
    with tempfile.TemporaryDirectory() as root:
        make_tree(at(root, "tree"))
        for version, team in WORDS:
            status, _ = run(at(root, "tree"), at(root, "out"), version, *team)
            c.same(status, 1, f"sidecar.sh with {version!r}, {team!r}")


def main(bundle):
    c = Checks()
    check_whole(c, bundle)
    check_refusals(c)
    c.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build/macos/ContainerKit.app")
