"""source.py - a file as the rules see it: its lines, and its C code without comments."""
import os
import re

# What other people's tools wrote, or what must keep the bytes it has.
NOT_OURS = ("build", ".git", "tests/fixtures", "tests/golden")

INCLUDED = re.compile(r'(?m)^[ \t]*#[ \t]*include[ \t]+"([^"]+)"')
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def is_ours(path):
    path = os.path.normpath(path)
    return not any(path == p or path.startswith(p + "/") for p in NOT_OURS)


def blank(text):
    """Spaces instead of text, so that every place keeps its line and column."""
    return re.sub(r"[^\n]", " ", text)


def without_comments(text):
    return TOKEN.sub(lambda m: blank(m[0]) if m[0].startswith("/") else m[0], text)


def without_comments_and_strings(text):
    def replace(m):
        if m[0].startswith("/"):
            return blank(m[0])
        return m[0][0] + blank(m[0][1:-1]) + m[0][-1]

    return TOKEN.sub(replace, text)


class Source:
    def __init__(self, path):
        self.path = path
        with open(path, "rb") as f:
            data = f.read()
        self.binary = b"\0" in data
        self.text = "" if self.binary else data.decode("utf-8", "replace")
        self.lines = self.text.split("\n")
        self.kind = self._kind()
        is_c = self.kind in ("c", "h", "def", "S")
        self.statements = without_comments(self.text) if is_c else ""  # strings are kept
        self.code = without_comments_and_strings(self.text) if is_c else ""

    def _kind(self):
        end = os.path.splitext(self.path)[1][1:]
        if end in ("c", "h", "def", "S", "sh", "py", "mk", "md"):
            return end
        first = self.lines[0]
        if first.startswith("#!"):
            return "py" if "python" in first else "sh"
        return ""

    def under(self, *folders):
        return any(self.path.startswith(f + "/") for f in folders)

    def finds(self, pattern, text):
        """(line number, match) of each match in text, which is laid out like the file."""
        for m in re.finditer(pattern, text):
            yield text.count("\n", 0, m.start()) + 1, m
