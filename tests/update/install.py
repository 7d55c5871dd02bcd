#!/usr/bin/python3
"""Installing an update: killed at every step, on full, foreign and read-only disks, twenty times at
once, with versions that do not run.

    install.py INSTALLED            INSTALLED is tests/update/installed.c, built with VARIANT=hooks
    install.py INSTALLED --real     the same without hooks: the long waits, once, as they ship

Runs as root in a mount namespace of its own, on small disks in memory. What is asked is the app
itself, in 1.0.0, which becomes 1.1.0 and perhaps comes back. Numbers are rows of the attack table
(updates.md, section 9). Ends with "N passed, M failed" and a status that is not zero if anything
differs."""
import contextlib
import fcntl
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time

import tarball
from kit import NEW, OLD, PATIENCE, World, mount, tree_of
from tell import Tell

NOBODY = 65534
MOVING = {"CK_HOOK_SWAP_ERRNO": "22"}  # EINVAL: this disk knows no exchange
DAY = 86400


# --- the way it should go --------------------------------------------------------------------------

def check_good(t, world, more):
    name = "row 0: " + ("in three moves" if more else "in one call")
    with world.kit() as k:
        t.same(name + ", nothing waits", k.run("waiting"), "nothing")
        t.same(name + ", staged", k.stage(), "")
        t.same(name + ", it waits", k.run("waiting"), NEW)
        k.is_whole(name + ", staged", "old")
        modes = [stat.S_IMODE(os.stat(os.path.join(p, n)).st_mode) for p, n in
                 ((k.apps, k.staging()[0]), (k.data, "update"), (k.data, "update/journal.json"))]
        t.same(name + ", modes", modes, [0o700, 0o700, 0o600])
        t.same(name + ", handed over", k.run("hand-over", **more), "")
        k.waits(name + ", confirmed", lambda: k.state() == "NONE" and k.starts())
        t.same(name + ", starts", k.starts(), [NEW + " new"])
        k.is_whole(name, "new")
        t.same(name + ", the previous one", k.previous(), [OLD])
        t.same(name + ", its tree", tree_of(os.path.join(k.data, "previous.noindex", OLD)), k.old)
        t.same(name + ", nothing is left", k.staging(), [])
        k.end()
        t.same(name + ", another start", k.play(1), [NEW + " nothing"])


def check_quit(t, world):
    name = "row 0: at quit"
    with world.kit() as k:
        t.same(name + ", staged", k.stage(), "")
        t.same(name + ", the program says so", k.play(1, CK_TEST_AT_QUIT="1"), [OLD + " ready"])
        k.is_whole(name, "new")
        t.same(name + ", nothing was started", k.starts(), [OLD + " ready"])
        t.same(name + ", the next start", k.play(1), [NEW + " new"])
        t.same(name + ", confirmed", (k.state(), k.previous(), k.staging()), ("NONE", [OLD], []))
    name = "row 0: a newer one comes while one waits"
    with world.kit() as k:
        k.stage()
        newer = os.path.join(k.folder, "newer.tar.gz")
        k.new = k.make_archive(newer, "1.2.0")
        t.same(name, (k.stage(newer, "1.2.0"), k.run("waiting"), len(k.staging())),
               ("", "1.2.0", 1))
        t.same(name + ", installed", (k.run("quit"), k.whole()), ("", "new"))


def check_changed(t, world):
    name = "row 26: what is ready changes while it waits"
    with world.kit() as k:
        k.stage()
        with open(os.path.join(k.apps, k.staging()[0], "Kit.app/Contents/Resources/more"), "wb"):
            pass
        backup = os.path.join(k.data, "backup-" + OLD)
        os.mkdir(backup)  # of an exchange that was cut short before
        t.same(name, k.run("quit"), "bundle")
        k.is_whole(name, "old")
        t.same(name + ", nothing is left",
               (k.state(), k.staging(), os.path.exists(backup)), ("NONE", [], False))


# --- what is refused --------------------------------------------------------------------------------

def refused(t, k, name, want, archive=None, version=NEW, **more):
    """And the app is as it was, nothing is left, nothing waits."""
    t.same(name, k.stage(archive, version, **more), want)
    k.is_whole(name, "old")
    t.same(name + ", nothing is left", (k.staging(), k.state()), ([], "NONE"))


def check_refusals(t, world):
    with world.kit() as k:
        path = os.path.join(k.folder, "bad.tar.gz")
        for name, want, how in (
                ("row 24: another processor", "processor", {"program": tarball.elf(183)}),
                ("row 24: a Mac's program", "processor", {"program": tarball.macho()}),
                ("row 25: a sister's app", "app-id", {"app_id": "org.example.sister"}),
                ("row 35: another version inside", "version", {"version": "1.1.10"})):
            k.make_archive(path, **how)
            refused(t, k, name, want, path)
        k.make_archive(path, OLD)
        refused(t, k, "row 35: the same version", "version", path, OLD)
        refused(t, k, "row 39: not signed by its makers", "code-signature",
                CK_HOOK_UNSIGNED="1")


def check_replaced(t, world):
    """Between check and use the test changes what lies at the archive's path."""
    with world.kit() as k:
        evil, mark = os.path.join(k.folder, "evil.tar.gz"), os.path.join(k.folder, "mark")
        k.make_archive(evil, behaviour="exit")
        for name, change, want in (
                ("row 26: another file under its name", lambda: os.replace(evil, k.archive), ""),
                ("row 26: other bytes in the file", lambda: scribble(k.archive), "signature")):
            k.make_archive(k.archive)
            with k.start("stage-late", k.archive, NEW, mark) as p:
                k.waits(name + ", checked", lambda: os.path.exists(mark))
                change()
                os.unlink(mark)
                out = p.communicate(timeout=PATIENCE)[0].decode()
            if want == "":
                t.same(name, out, "")
                t.same(name + ", installed", (k.run("quit"), k.whole()), ("", "new"))
                t.same(name + ", runs", k.play(1), [NEW + " new"])
                os.rename(k.app, k.app + ".gone")
                k.make_app(k.app, OLD)
            else:
                t.same(name, out.split(":")[0] in (want, "archive"), True)
                k.is_whole(name, "old")
                t.same(name + ", nothing is left", (k.staging(), k.state()), ([], "NONE"))
        inside = os.path.join(k.apps, "Kit.app.tar.gz")  # named like a part of itself, beside it
        k.make_archive(inside)
        t.same("row 26: an archive beside the app", k.stage(inside), "")


def scribble(path):
    """In the middle, where only the second look at the bytes can see it."""
    with open(path, "r+b") as f:
        f.seek(os.path.getsize(path) // 2)
        f.write(b"scribble")


# --- row 27: killed at every step ---------------------------------------------------------------------

def recovers(t, k, name, want, lines, news, app=None):
    """A start after the crash says `news` and leaves `want`; a second one changes nothing more."""
    t.same(name + ", the next start", k.play(lines, app=app), news)
    k.is_whole(name, want)
    before = (k.state(), k.staging(), tree_of(os.path.join(k.data, "update")))
    k.play(1, app=app)
    k.is_whole(name + ", again", want)
    t.same(name + ", again", (k.state(), k.staging(), tree_of(os.path.join(k.data, "update"))),
           before)


def check_killed_staging(t, world):
    for point, state in (("lock", "NONE"), ("unpack", "NONE"), ("check", "NONE"),
                         ("ready", "READY")):
        name = f"row 27: killed at {point}"
        with world.kit() as k:
            t.same(name, k.stage(CK_HOOK_POINT=point), "SIGKILL")
            k.is_whole(name, "old")
            t.same(name + ", noted", k.state(), state)
            recovers(t, k, name, "old", 1, [OLD + (" ready" if state == "READY" else " nothing")])
            for stray in k.staging():
                os.utime(os.path.join(k.apps, stray), (time.time() - 2 * DAY,) * 2)
            k.play(1)
            t.same(name + ", strays go after a day", len(k.staging()), int(state == "READY"))
            t.same(name + ", and then it works", (k.stage(), k.run("quit"), k.whole()),
                   ("", "", "new"))


def check_killed_swapping(t, world):
    ready, new = [OLD + " ready"], [NEW + " new"]
    for point, more, at_once, want, news in (
            ("swap", {}, "old", "old", ready), ("swapped", {}, "new", "new", new),
            ("swap", MOVING, "old", "old", ready), ("moving", MOVING, "nothing", "old", ready),
            ("moved", MOVING, "new", "new", new), ("swapped", MOVING, "new", "new", new)):
        name = f"row 27: killed at {point}" + (" in three moves" if more else "")
        with world.kit() as k:
            other = os.path.join(k.folder, "other/Kit.app")
            k.make_app(other, OLD)
            t.same(name + ", staged", k.stage(), "")
            t.same(name, k.run("quit", CK_HOOK_POINT=point, **more), "SIGKILL")
            k.is_whole(name + ", at once", at_once)
            if at_once == "nothing":  # another copy of the program finds the note
                k.play(1, app=other)
                k.is_whole(name + ", repaired by another copy", "old")
            recovers(t, k, name, want, 1, news)


def check_killed_watchdog(t, world):
    """The watchdog dies; what it had done is found by the start that the user makes."""
    for point, want, news in (("swap", "old", OLD + " ready"), ("swapped", "new", NEW + " new"),
                              ("launch", "new", NEW + " new")):
        name = f"row 27: watchdog killed at {point}"
        with world.kit() as k:
            k.stage()
            t.same(name + ", handed over", k.run("hand-over", CK_HOOK_POINT=point), "")
            k.waits(name, lambda: not k.lives())
            k.is_whole(name + ", at once", want)
            recovers(t, k, name, want, 1, [news])
    name = "row 27: killed at handover"
    with world.kit() as k:
        k.stage()
        t.same(name, k.run("hand-over", CK_HOOK_POINT="handover"), "SIGKILL")
        k.waits(name + ", confirmed", lambda: k.state() == "NONE" and k.starts())
        k.is_whole(name, "new")
    for point, want, state in (("confirm", "old", "ROLLED_BACK"), ("cleanup", "new", "CONFIRMED")):
        name = f"row 27: new version killed at {point}"
        with world.kit() as k:
            k.stage()
            t.same(name + ", handed over", k.run("hand-over", CK_HOOK_POINT=point), "")
            k.waits(name, lambda k=k, state=state: k.state() == state)
            if want == "old":
                k.waits(name + ", the old one is back", lambda: len(k.starts()) == 2)
            k.end()
            k.is_whole(name, want)
            t.same(name + ", the next start", k.play(1),
                   [OLD + " failed"] if want == "old" else [NEW + " nothing"])
            t.same(name + ", tidied up", k.staging(), [])


# --- row 28: full disks -------------------------------------------------------------------------------

def fill(path):
    with contextlib.suppress(OSError), open(path, "wb", buffering=0) as f:
        while f.write(bytes(1 << 12)):
            pass


def check_full(t, world):
    with world.kit(size="40m") as k:
        refused(t, k, "row 28: too small a disk", "space")
    with world.kit(size="110m") as k:
        large = os.path.join(k.folder, "large.tar.gz")
        k.make_archive(large, extra=200 << 20)
        refused(t, k, "row 28: full while it is unpacked", "write", large)
    with world.kit(size="120m") as k:
        mark = os.path.join(k.folder, "mark")
        with k.start("stage-late", k.archive, NEW, mark) as p:
            k.waits("row 28: checked", lambda: os.path.exists(mark))
            fill(os.path.join(k.folder, "full"))
            os.unlink(mark)
            out = p.communicate(timeout=PATIENCE)[0].decode()
        t.same("row 28: full between check and use", out.split(":")[0], "space")
        k.is_whole("row 28: full between check and use", "old")
        t.same("row 28: nothing is left", (k.staging(), k.state()), ([], "NONE"))
    for more, want in (({}, "new"), (MOVING, "old")):
        name = "row 28: no room for notes" + (", three moves" if more else "")
        with world.kit() as k:
            mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", k.environment["XDG_DATA_HOME"])
            k.stage()
            fill(os.path.join(k.environment["XDG_DATA_HOME"], "full"))
            t.same(name, k.run("quit", **more), "write" if more else "")
            k.is_whole(name, want)
            os.unlink(os.path.join(k.environment["XDG_DATA_HOME"], "full"))
            recovers(t, k, name, want, 1, [NEW + " new" if want == "new" else OLD + " ready"])


# --- rows 29 to 31: places and others -------------------------------------------------------------------

def check_places(t, world):
    for name, mode, owner in (("the folder of the app is not ours", 0o755, 0),
                              ("a sticky folder with somebody's app", 0o1777, 0)):
        with world.kit() as k:
            give_data(k, NOBODY)
            os.chmod(k.apps, mode)
            os.chown(k.app, owner, owner)
            t.same("row 29: " + name, k.run("open"), "place")
            k.is_whole("row 29: " + name, "old")
    with world.kit() as k:
        give_data(k, NOBODY)
        os.chown(k.apps, NOBODY, NOBODY)
        t.same("row 29: the app itself is not ours", k.run("open"), "place")
        os.chown(k.app, NOBODY, NOBODY)
        t.same("row 29: both are ours", k.run("open"), "opened")
        t.same("row 29: as a user", (k.stage(), k.run("quit"), k.whole()), ("", "", "new"))
    with world.kit() as k:
        mount("--bind", k.apps, k.apps)
        mount("-o", "remount,bind,ro", k.apps)
        t.same("row 30: a disk that cannot be changed", k.run("open"), "place")
        t.same("row 30: nothing is staged there", (k.stage(), k.staging()), ("place", []))
    with world.kit() as k:
        aside = os.path.join(k.folder, "aside")
        os.mkdir(aside)
        mount("-t", "tmpfs", "tmpfs", aside)
        shutil.copytree(k.app, os.path.join(aside, "Kit.app"))
        mount("--bind", os.path.join(aside, "Kit.app"), k.app)
        t.same("row 30: the app is a disk of its own", k.run("open"), "place")
        t.same("row 30: no app around it", k.run("open", app=None), "place")
    with world.kit() as k:
        os.rename(k.app, os.path.join(k.apps, "kit"))
        t.same("row 30: a folder that is no app", k.run("open", app=os.path.join(k.apps, "kit")),
               "place")


def give_data(k, user):
    os.chown(k.environment["XDG_DATA_HOME"], user, user)
    k.user = user


def check_at_once(t, world):
    with world.kit() as k:
        running = [k.start("hold") for _ in range(20)]
        answers = sorted(p.stdout.readline().decode().split(":")[0].strip() for p in running)
        for p in running:
            p.communicate(b"\n", timeout=PATIENCE)
        t.same("row 31: 20 at once", answers, ["busy"] * 19 + ["opened"])
        t.same("row 31: and then", k.run("open"), "opened")
        two = {"XDG_DATA_HOME": os.path.join(k.folder, "xdg2")}
        copy = os.path.join(k.folder, "copy/Kit.app")
        k.make_app(copy, OLD)
        with k.start("hold") as p:
            p.stdout.readline()
            t.same("row 31: two users", k.run("open", **two), "busy")
            t.same("row 31: two copies", k.run("open", app=copy), "busy")
            t.same("row 31: two users with a copy each", k.run("open", app=copy, **two), "opened")
            p.communicate(b"\n", timeout=PATIENCE)
        k.stage()
        with open(os.path.join(k.data, "update/watchdog.lock"), "wb") as f:
            fcntl.flock(f, fcntl.LOCK_EX)
            with k.start("--update-watchdog") as p:
                p.communicate(timeout=PATIENCE)
        t.same("row 31: a second watchdog", (p.returncode, k.state(), k.whole()),
               (1, "READY", "old"))
        watchdogs = [k.start("--update-watchdog") for _ in range(5)]
        for p in watchdogs:
            p.stdin.close()
        for p in watchdogs:
            p.wait(timeout=PATIENCE)
        t.same("row 31: five watchdogs", sorted(p.returncode for p in watchdogs), [0, 1, 1, 1, 1])
        k.waits("row 31: five watchdogs, confirmed", lambda: k.state() == "NONE")
        t.same("row 31: one start", k.starts(), [NEW + " new"])
        k.is_whole("row 31: five watchdogs", "new")


# --- row 36: versions that do not run -------------------------------------------------------------------

def check_bad_versions(t, world, real=False):
    first = {"exit": NEW + " exits", "crash": NEW + " new", "hang": NEW + " new",
             "deaf": NEW + " new"}
    for behaviour in ("hang",) if real else first:
        for more in ({},) if real else ({}, MOVING):
            name = f"row 36: a version that is {behaviour}" + (", three moves" if more else "")
            with world.kit(real=real) as k:
                k.make_archive(k.archive, behaviour=behaviour)
                t.same(name + ", staged", k.stage(), "")
                began = time.monotonic()
                t.same(name + ", handed over", k.run("hand-over", **more), "")
                k.waits(name + ", the old one is back", lambda k=k: len(k.starts()) == 2)
                print(f"{name}: back after {time.monotonic() - began:.1f} s")
                k.waits(name + ", nothing else runs", lambda k=k: len(k.lives()) == 1)
                t.same(name + ", starts", k.starts(), [first[behaviour], OLD + " failed"])
                k.is_whole(name, "old")
                t.same(name + ", noted", (k.state(), k.staging()), ("ROLLED_BACK", []))
                k.end()
                t.same(name + ", remembered", k.play(1), [OLD + " failed"])


def check_watchdog_restarts(t, world):
    """Whatever the watchdog finds, in the end somebody is in the menu bar."""
    name = "row 36: the note is gone when it would come back"
    with world.kit() as k:
        k.make_archive(k.archive, behaviour="hang")
        k.stage()
        k.run("hand-over")
        k.waits(name + ", it started", lambda: k.starts() == [NEW + " new"])
        os.unlink(os.path.join(k.data, "update/journal.json"))  # as if it had confirmed itself
        k.waits(name + ", it is started again", lambda: len(k.starts()) == 2)
        t.same(name + ", starts", k.starts(), [NEW + " new", NEW + " nothing"])
    name = "row 36: the note is gone when it would go forward"
    with world.kit() as k:
        k.stage()
        with held_watchdog(k, name):
            os.unlink(os.path.join(k.data, "update/journal.json"))
        k.waits(name + ", the old one is started", lambda: k.starts() == [OLD + " nothing"])
        k.is_whole(name, "old")
    name = "row 28: no room to note that it was exchanged, and it does not run"
    with world.kit() as k:
        mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", k.environment["XDG_DATA_HOME"])
        k.make_archive(k.archive, behaviour="exit")
        k.stage()
        with held_watchdog(k, name) as pid:
            fill(os.path.join(k.environment["XDG_DATA_HOME"], "full"))
        k.waits(name + ", it has ended", lambda: pid not in k.lives())
        k.is_whole(name, "old")


@contextlib.contextmanager
def held_watchdog(k, name):
    """Its process, which goes no further than to wait for the lock of the menu bar."""
    with open(os.path.join(k.data, "instance.lock"), "wb") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        k.run("hand-over")
        k.waits(name + ", it waits", lambda: holds_open(k.lives(), "/watchdog.lock"))
        time.sleep(0.5)  # the note is read right behind that lock
        yield k.lives()[0]


def holds_open(pids, end):
    for pid in pids:
        with contextlib.suppress(OSError):
            folder = f"/proc/{pid}/fd"
            if any(os.readlink(os.path.join(folder, fd)).endswith(end) for fd in os.listdir(folder)):
                return True
    return False


def check_third_start(t, world):
    """Nobody watches: the program itself counts, and gives way at its third start."""
    for more in ({}, MOVING):
        name = "row 36: without a watchdog" + (", three moves" if more else "")
        with world.kit() as k:
            k.make_archive(k.archive, behaviour="crash")
            k.stage()
            k.run("quit")
            for attempt in (1, 2):
                t.same(f"{name}, start {attempt}", k.play(1, **more), [NEW + " new"])
                t.same(f"{name}, counted", k.journal()["attempts"], attempt)
            t.same(name + ", start 3", k.play(2, **more),
                   [NEW + " taken back just now", OLD + " failed"])
            k.is_whole(name, "old")
            t.same(name + ", noted", (k.state(), k.staging()), ("ROLLED_BACK", []))
    for point in ("swap", "moving", "moved", "swapped"):
        name = f"row 27: killed at {point} while it gives way, three moves"
        with world.kit() as k:
            other = os.path.join(k.folder, "other/Kit.app")
            k.make_app(other, OLD)
            k.make_archive(k.archive, behaviour="crash")
            k.stage()
            k.run("quit")
            k.play(1)
            k.play(1)
            t.same(name, k.run(CK_HOOK_POINT=point, **MOVING), "SIGKILL")
            if point == "moving":
                k.play(1, app=other)
            k.play(2 if point == "swap" else 1)
            k.is_whole(name, "old")
            t.same(name + ", noted", (k.state(), k.staging()), ("ROLLED_BACK", []))


def check_real(t, world):
    name = "row 0: with the waits that ship"
    with world.kit(real=True) as k:
        k.stage()
        began = time.monotonic()
        k.run("hand-over")
        k.waits(name + ", confirmed", lambda: k.state() == "NONE" and k.starts())
        print(f"{name}: confirmed after {time.monotonic() - began:.1f} s")
        k.is_whole(name, "new")
    check_bad_versions(t, world, real=True)


def check_all(t, world):
    for more in ({}, MOVING):
        check_good(t, world, more)
    check_quit(t, world)
    check_changed(t, world)
    check_refusals(t, world)
    check_replaced(t, world)
    check_killed_staging(t, world)
    check_killed_swapping(t, world)
    check_killed_watchdog(t, world)
    check_full(t, world)
    check_places(t, world)
    check_at_once(t, world)
    check_bad_versions(t, world)
    check_watchdog_restarts(t, world)
    check_third_start(t, world)


def main():
    if os.environ.get("CK_WORLD") != "install":
        os.environ["CK_WORLD"] = "install"
        os.execvp("unshare", ["unshare", "-m", "--propagation", "private", sys.executable, "-B",
                              *sys.argv])
    with tempfile.TemporaryDirectory(prefix="ck-install.") as folder:
        os.chmod(folder, 0o755)
        program = os.path.join(folder, "installed")
        subprocess.run(["strip", "-o", program, sys.argv[1]], check=True)
        t = Tell(program)
        t.reports = os.path.join(folder, "reports")  # of sanitizers: most processes have no stderr
        os.mkdir(t.reports)
        os.chmod(t.reports, 0o1777)
        (check_real if "--real" in sys.argv else check_all)(t, World(t, folder))
        for name in os.listdir(t.reports):
            with open(os.path.join(t.reports, name), encoding="utf-8", errors="replace") as f:
                t.same("reports of a sanitizer", f.read(), "")
    return t.close()


if __name__ == "__main__":
    sys.exit(main())
