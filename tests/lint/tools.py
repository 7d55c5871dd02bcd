"""tools.py - the rules that need a compiler or another tool, with a memory.

The result of a tool for a file is kept in build/lint/<tool>/<hash>; the hash covers the file, all
headers of ours it includes, the tool's settings and its version. At most two run at a time."""
import concurrent.futures
import hashlib
import os
import platform
import re
import shlex
import shutil
import subprocess

from source import INCLUDED

RULES = ["clang-format", "gcc", "globals", "clang", "cppcheck", "clang-tidy", "shellcheck"]
CACHE = "build/lint"
ALLOWED = "tests/lint/globals.txt"
AT_ONCE = 2
MAC = platform.system() == "Darwin"
# Files of the other system do not compile on this one.
FOREIGN = re.compile(r"_linux\.c$|^app/gnustep/" if MAC else r"_macos\.c$|^app/macos/")
# What a Mac with Homebrew alone lacks is checked on Linux.
# The analyser of clang-tidy looks at fewer paths, which is six times as quick; --deep has all.
SHALLOW = ["-Xclang", "-analyzer-config", "-Xclang", "mode=shallow"]
OPTIONAL = {"gcc", "globals", "clang-tidy", "cppcheck", "clang-format", "shellcheck"} if MAC else set()
LINE = re.compile(r"^([^\s:][^:]*):(\d+):(?:\d+:)? (?:fatal )?(error|warning|note|style|"
                  r"performance|portability|information): (.*)$")


def run(names, sources, flags, whole):
    """Set of (path, line, rule, text)."""
    lint = Lint(shlex.split(flags), whole, sources)
    found = set()
    jobs = []
    for name in names:
        if shutil.which("nm" if name == "globals" else name) is None:
            if name not in OPTIONAL:
                found.add(("tests/lint/lint.sh", 1, name, f"{name} is not installed"))
            continue
        jobs += [(name, s) for s in lint.files(name, sources)]
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for result in pool.map(lambda job: lint.check(*job), jobs):
            found |= result
    if whole and "globals" in names:
        found |= lint.stale_globals()
    return found


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        return b""


class Lint:
    def __init__(self, flags, whole, sources):
        self.flags = flags
        self.whole = whole
        self.headers = {s.path for s in sources if s.kind in ("h", "def")}
        self.included = {}  # path -> the files of ours it includes, all of them
        self.versions = {}
        self.allowed = read_allowed()
        self.deep = bool(os.environ.get("LINT_DEEP"))
        self.globals_used = set()

    # --- which files -------------------------------------------------------------------------

    def files(self, name, sources):
        if name == "shellcheck":
            return [s.path for s in sources if s.kind == "sh"]
        if name == "clang-format":
            return [s.path for s in sources if s.kind in ("c", "h")]
        c = [s.path for s in sources if s.kind == "c" and not FOREIGN.search(s.path)]
        if name == "globals":
            return [p for p in c if p.startswith(("core/", "app/"))]
        if name == "clang-tidy":
            return [p for p in c if p.startswith(("core/", "app/", "tests/probe/", "tests/fake/"))]
        if name == "clang" and not self.whole:  # a changed header is judged by who includes it
            c += self.users_of(self.headers)
        return sorted(set(c))

    def users_of(self, headers):
        users = []
        for top in ("core", "app", "tests"):
            for folder, _, names in os.walk(top):
                paths = [os.path.join(folder, n) for n in names if n.endswith(".c")]
                users += [p for p in paths
                          if not FOREIGN.search(p) and headers & set(self.includes(p))]
        return users

    def includes(self, path):
        """All files of ours that path includes, directly or not, itself first."""
        if path not in self.included:
            seen, todo = [], [path]
            while todo:
                p = todo.pop()
                if p in seen:
                    continue
                seen.append(p)
                for m in INCLUDED.finditer(read(p).decode("utf-8", "replace")):
                    for base in ("", os.path.dirname(p), CACHE + "/gen"):
                        full = os.path.normpath(os.path.join(base, m[1]))
                        if os.path.isfile(full):
                            todo.append(full)
                            break
            self.included[path] = seen
        return self.included[path]

    # --- the tools ---------------------------------------------------------------------------

    def command(self, name, path):
        if name == "clang-format":
            return ["clang-format", "--dry-run", "-Werror", path]
        if name == "shellcheck":
            return ["shellcheck", "-x", "-f", "gcc", path]
        if name == "gcc":  # optimised, for some warnings need it
            return ["gcc", *self.flags, "-S", path, "-o", os.devnull]
        if name == "clang":
            return ["clang", *self.flags, "-fsyntax-only", path]
        if name == "cppcheck":
            wanted = [f for f in self.flags if f.startswith(("-I", "-D"))]
            return ["cppcheck", "--quiet", "--std=c11", "--language=c", "--inline-suppr",
                    "--enable=warning,performance,portability", "--error-exitcode=1",
                    "--suppress=missingIncludeSystem", "--template=gcc", *wanted, path]
        return ["clang-tidy", "--quiet", path, "--", *self.flags, *([] if self.deep else SHALLOW)]

    def check(self, name, path):
        if name == "globals":
            return self.check_globals(path)
        output = self.remembered(name, self.command(name, path), path)
        found = set()
        for line in output.split("\n"):
            m = LINE.match(line)
            if m and (m[3] != "note" or name == "shellcheck"):
                found.add((os.path.relpath(m[1]), int(m[2]), name, m[4]))
        if output and not found:  # it failed and did not say where
            found.add((path, 1, name, output.strip().split("\n")[0]))
        return found

    def check_globals(self, path):
        """Symbols in writable data. Without PIE constant tables of pointers are not among them."""
        flags = [f for f in self.flags if not f.startswith("-fsanitize")]
        script = 'gcc "$@" && nm --defined-only "$OBJECT"'
        with TemporaryObject() as obj:
            argv = ["bash", "-c", script, "globals", *flags, "-fno-pie", "-c", path, "-o", obj]
            output = self.remembered("globals", argv, path, {"OBJECT": obj}, (obj,))
        found = set()
        for line in output.split("\n"):
            m = re.match(r"^[0-9a-f]+ [bBdDcCsSgG] (\S+?)(?:\.\d+)?$", line)
            if not m or m[1].startswith("."):
                continue
            self.globals_used.add((path, m[1]))
            if (path, m[1]) not in self.allowed:
                found.add((path, line_of(path, m[1]), "globals",
                           f"{m[1]} is a variable that outlives its function; if it must be one, "
                           f"{ALLOWED} says why"))
        return found

    def stale_globals(self):
        return {(ALLOWED, line, "globals", f"{name} of {path} is no such variable any more")
                for (path, name), line in self.allowed.items()
                if (path, name) not in self.globals_used and not FOREIGN.search(path)}

    # --- the memory --------------------------------------------------------------------------

    def remembered(self, name, argv, path, env=None, volatile=()):
        """Output of argv, "" if it found nothing; run only if its inputs are new."""
        key = self.key(name, [a for a in argv if a not in volatile], path)
        kept = os.path.join(CACHE, name, key)
        if os.path.isfile(kept):
            return read(kept).decode("utf-8", "replace")
        done = subprocess.run(argv, capture_output=True, text=True, errors="replace",
                              env={**os.environ, **(env or {}), "LC_ALL": "C"})
        output = done.stdout.replace(",-warnings-as-errors]", "]")
        if name != "clang-tidy" or done.returncode != 0:
            output += done.stderr
        if done.returncode == 0 and name != "globals":
            output = ""
        elif done.returncode != 0 and not output:
            output = f"{name} ended with {done.returncode}"
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        fresh = f"{kept}.{os.getpid()}"
        with open(fresh, "w", encoding="utf-8") as f:
            f.write(output)
        os.replace(fresh, kept)
        return output

    def key(self, name, argv, path):
        h = hashlib.sha256()
        parts = [*argv, self.version(name)]
        if name in ("clang-format", "clang-tidy"):
            parts.append(read("." + name).decode())
        for part in parts:
            h.update(part.encode() + b"\0")
        files = self.includes(path)
        if name in ("clang-format", "shellcheck"):
            files = [path]
        if name == "shellcheck":  # sourced files count
            files = [path] + sorted(f"tests/{f}" for f in os.listdir("tests") if f.endswith(".sh"))
        for p in files:
            h.update(p.encode() + b"\0" + hashlib.sha256(read(p)).digest())
        return h.hexdigest()

    def version(self, name):
        tool = "gcc" if name == "globals" else name
        if tool not in self.versions:
            done = subprocess.run([tool, "--version"], capture_output=True, text=True)
            self.versions[tool] = done.stdout
        return self.versions[tool]


class TemporaryObject:
    def __enter__(self):
        import tempfile
        os.makedirs(CACHE, exist_ok=True)
        fd, self.path = tempfile.mkstemp(suffix=".o", dir=CACHE)
        os.close(fd)
        return self.path

    def __exit__(self, *_):
        os.unlink(self.path)


def read_allowed():
    """(path, name) -> line of "path name reason" in the list; a line without a reason is none."""
    allowed = {}
    for n, line in enumerate(read(ALLOWED).decode().split("\n"), 1):
        words = line.split(None, 2)
        if len(words) == 3 and not line.startswith("#"):
            allowed[(words[0], words[1])] = n
    return allowed


def line_of(path, name):
    for n, line in enumerate(read(path).decode("utf-8", "replace").split("\n"), 1):
        if re.search(r"\b%s\b" % re.escape(name), line):
            return n
    return 1
