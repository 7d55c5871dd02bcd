"""kit.py - an app that updates itself, the world around it, and what lies on its disk: for install.py.

A Kit is one user's: the app Kit.app with tests/update/installed.c as its program, a data folder and
an archive of the next version. Each has a disk in memory of its own."""
import contextlib
import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import tarfile
import tempfile
import time

import tarball

OLD, NEW = "1.0.0", "1.1.0"
APP_ID, KEY = "org.example.kit", "linux-x86_64"
QUICK = {"CK_HOOK_ALIVE_MS": "150", "CK_HOOK_HEALTH_MS": "3000", "CK_HOOK_END_MS": "300"}
PATIENCE = 60


def tree_of(path):
    """One number for all that lies there, "" for nothing."""
    if not os.path.lexists(path):
        return ""
    found = hashlib.sha256()
    for where, folders, files in os.walk(path):
        folders.sort()
        for name in sorted(folders + files):
            one = os.path.join(where, name)
            st = os.lstat(one)
            found.update(f"{one[len(path):]} {st.st_mode:o} ".encode())
            if stat.S_ISREG(st.st_mode):
                with open(one, "rb") as f:
                    found.update(hashlib.sha256(f.read()).digest())
    return found.hexdigest()


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def read_of(pid, what):
    with open(f"/proc/{pid}/{what}", "rb") as f:
        return f.read()


def variables_of(pid):
    """A process that is just becoming another program has neither variables nor words for a moment,
    which is waited for."""
    while not read_of(pid, "environ") and not read_of(pid, "cmdline"):
        state, parent = read_of(pid, "stat").rpartition(b")")[2].split()[:2]
        if state in (b"Z", b"X") or parent in (b"0", b"2"):  # it has ended, or is none of ours
            break
        time.sleep(0.002)
    return read_of(pid, "environ").split(b"\0")


class Kit:
    """One user's world: an app in `apps`, a data folder, and an archive of the next version."""

    def __init__(self, t, folder, real=False):
        self.t, self.folder = t, folder
        self.apps = os.path.join(folder, "apps")
        self.app = os.path.join(self.apps, "Kit.app")
        self.data = os.path.join(folder, "xdg/container-kit")
        self.environment = {"XDG_DATA_HOME": os.path.join(folder, "xdg"), "HOME": folder,
                            "PATH": "/usr/bin:/bin", **({} if real else QUICK),
                            "ASAN_OPTIONS": f"log_path={t.reports}/report"}
        self.user = None
        os.makedirs(self.apps)
        os.makedirs(os.path.join(folder, "xdg"))
        self.make_app(self.app, OLD)
        self.old = tree_of(self.app)
        self.archive = os.path.join(folder, "new.tar.gz")
        self.new = self.make_archive(self.archive)

    def make_app(self, app, version, behaviour="good", app_id=APP_ID, program=None):
        inside = os.path.join(app, "Contents")
        os.makedirs(os.path.join(inside, "MacOS"))
        os.makedirs(os.path.join(inside, "Resources"))
        texts = {"Info.plist": tarball.plist(CFBundleExecutable="kit", CFBundleIdentifier=app_id,
                                             CFBundleShortVersionString=version),
                 "Resources/release.json": tarball.release(app_id=app_id, version=version),
                 "Resources/behaviour": behaviour.encode()}
        for name, data in texts.items():
            with open(os.path.join(inside, name), "wb") as f:
                f.write(data)
        target = os.path.join(inside, "MacOS/kit")
        if program is None:
            shutil.copyfile(self.t.probe, target)
        else:
            with open(target, "wb") as f:
                f.write(program)
        os.chmod(target, 0o755)

    def make_archive(self, path, version=NEW, extra=0, **how):
        """The tree that it unpacks to; `extra` bytes that pack well are in it."""
        with tempfile.TemporaryDirectory() as at:
            app = os.path.join(at, "Kit.app")
            self.make_app(app, version, **how)
            if extra:
                with open(os.path.join(app, "Contents/Resources/large"), "wb") as f:
                    f.truncate(extra)
            with tarfile.open(path, "w:gz", compresslevel=1, format=tarfile.USTAR_FORMAT) as tar:
                tar.add(app, "Kit.app")
            return tree_of(app)

    def program(self, app=None):
        return os.path.join(app or self.app, "Contents/MacOS/kit")

    def start(self, *words, app=None, **more):
        return subprocess.Popen([self.program(app), *words], cwd="/", stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                env={**self.environment, **more}, user=self.user)

    def run(self, *words, app=None, **more):
        """The first word of the answer, "" for none; or the signal."""
        with self.start(*words, app=app, **more) as p:
            out = p.communicate(timeout=PATIENCE)[0].decode()
        if p.returncode < 0:
            return signal.Signals(-p.returncode).name
        return out.split(":")[0].strip() if p.returncode in (0, 1) else f"status {p.returncode}"

    def stage(self, archive=None, version=NEW, **more):
        return self.run("stage", archive or self.archive, version, **more)

    def journal(self):
        try:
            with open(os.path.join(self.data, "update/journal.json"), encoding="ascii") as f:
                return json.load(f)
        except FileNotFoundError:
            return {"state": "NONE"}

    def state(self):
        return self.journal()["state"]

    def starts(self):
        try:
            with open(os.path.join(self.data, "starts"), encoding="ascii") as f:
                return [line.strip() for line in f]
        except FileNotFoundError:
            return []

    def staging(self):
        return [name for name in os.listdir(self.apps) if name.startswith(".Kit.update-")]

    def previous(self):
        path = os.path.join(self.data, "previous.noindex")
        return sorted(os.listdir(path)) if os.path.isdir(path) else []

    def whole(self):
        """Which version lies there, byte by byte."""
        return {self.old: "old", self.new: "new", "": "nothing"}.get(tree_of(self.app), "half a one")

    def is_whole(self, name, want):
        self.t.same(name + ", what lies there", self.whole(), want)

    def waits(self, name, condition):
        until = time.monotonic() + PATIENCE
        while not condition() and time.monotonic() < until:
            time.sleep(0.02)
        self.t.same(name, bool(condition()), True)

    def lives(self):
        """The processes of this world."""
        mark = f"XDG_DATA_HOME={self.environment['XDG_DATA_HOME']}".encode()
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                if mark in variables_of(pid):
                    found.append(int(pid))
        return found

    def end(self, sig=signal.SIGTERM):
        """Ends what runs of this world, and waits for that."""
        for pid in self.lives():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sig)
        until = time.monotonic() + PATIENCE
        while self.lives() and time.monotonic() < until:
            time.sleep(0.02)

    def play(self, lines, app=None, **more):
        """The program is started by the user, who waits for so many more lines of starts, and quits
        it: those lines."""
        before = len(self.starts())
        with self.start(app=app, **more) as p:
            self.waits(f"{lines} starts", lambda: len(self.starts()) >= before + lines)
            self.waits_to_settle()
            self.end()
            p.communicate(timeout=PATIENCE)
        return self.starts()[before:]

    def waits_to_settle(self):
        """Until a version that has to prove itself has done so, or is gone."""
        until = time.monotonic() + PATIENCE
        while self.state() in ("SWAPPED", "CONFIRMED") and self.lives() and \
                time.monotonic() < until:
            time.sleep(0.02)


class World:
    def __init__(self, t, folder):
        self.t, self.folder, self.count = t, folder, 0

    @contextlib.contextmanager
    def kit(self, size="300m", **how):
        """On a disk of its own."""
        self.count += 1
        folder = os.path.join(self.folder, str(self.count))
        os.mkdir(folder)
        mount("-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", folder)
        kit = Kit(self.t, folder, **how)
        try:
            yield kit
        finally:
            kit.end(signal.SIGKILL)
            subprocess.run(["umount", "-R", "-l", folder], check=True)
