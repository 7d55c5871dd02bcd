"""rules.py - the rules that need nothing but the text.

A rule takes a Source and yields (path, line, what is wrong). RULES at the end lists them."""
import os
import re

# Which folder of core may include which; app may include all of core.
CORE_MAY = {
    "base": {"base"},
    "exec": {"exec", "base"},
    "engine": {"engine", "exec", "base"},
    "store": {"store", "engine", "exec", "words", "base"},
    "refresh": {"refresh", "engine", "exec", "store", "base"},
    "words": {"words", "base"},
    "menu": {"menu", "words", "engine", "base"},
    "action": {"action", "engine", "exec", "store", "words", "base"},
    "notify": {"notify", "words", "engine", "exec", "base"},
    "desktop": {"desktop", "engine", "exec", "words", "base"},
    "logs": {"logs", "desktop", "engine", "exec", "words", "base"},
    "update": {"update", "desktop", "store", "exec", "words", "base"},
    "kit": {"kit", "action", "menu", "notify", "desktop", "update", "refresh", "store", "engine",
            "exec", "words", "base"},
}
# The user interface that both systems share knows neither of them; the command line knows none.
APP_MAY_NOT = {
    "app/cocoa": ("app/gnustep/", "app/macos/", "app/cli/"),
    "app/service": ("app/cocoa/", "app/gnustep/", "app/macos/", "app/cli/"),
    "app/cli": ("app/cocoa/", "app/gnustep/", "app/macos/"),
    "app/gnustep": ("app/cli/", "app/macos/"),
    "app/macos": ("app/cli/", "app/gnustep/"),
}
UI_WORDS = r"(?i:objc)|AppKit|NSStatus|(?i:gnustep)|dispatch/"
INCLUDE = r'(?m)^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"]'


def layering(s):
    if s.kind not in ("c", "h", "def"):
        return
    part = s.path.split("/")
    for line, m in s.finds(INCLUDE, s.statements):
        name = m[2]
        if m[1] == "<":
            continue
        if s.under("core"):
            to = name.split("/")
            if to[0] != "core" or len(to) < 3:
                yield s.path, line, f"core includes {name}, which is not core's"
            elif to[1] not in CORE_MAY.get(part[1], ()):
                yield s.path, line, f"core/{part[1]} must not include {name}"
        elif s.under("app"):
            for bad in APP_MAY_NOT.get(os.path.dirname(s.path), ()):
                if name.startswith(bad):
                    yield s.path, line, f"{os.path.dirname(s.path)} must not include {name}"
            if name.startswith("tests/"):
                yield s.path, line, f"the program includes a test's {name}"
    if s.under("core") and part[1] not in CORE_MAY:
        yield s.path, 1, f"core/{part[1]} has no place in the order of layers (rules.py)"


def ui_words(s):
    if not s.under("core") or s.kind not in ("c", "h", "def", "mk"):
        return
    for line, m in s.finds(UI_WORDS, s.text):
        yield s.path, line, f"core must not know the user interface: {m[0]}"


# name -> the only files of core and app that may use it
SINGLE = (
    (r"\bposix_spawn\w*", r"core/exec/spawner\.c", "only the spawner starts processes"),
    (r"\b(?:v?fork|execlp?e?|execvpe?|execve|fexecve)\s*\(", None, "the program never forks"),
    (r"\bexecv\s*\(", r"core/base/sys_macos\.c", "only a link's place is taken by ourselves"),
    (r"\b(?:system|popen)\s*\(", None, "no shell, ever"),
    (r"\b(?:objc_msgSend|objc_msg_lookup)\w*",
     r"app/cocoa/(objc|rows\w*)\.h|app/gnustep/msgsend\.S", "messages are rows of a .def file"),
    # a class made at run time is looked up before it is made (target.c, platform.c), a method
    # is replaced by its name (replace.c), a table is compared with the system (selfcheck.c)
    (r"\b(?:sel_registerName|sel_getUid|objc_getClass|objc_lookUpClass)\b",
     r"app/cocoa/(objc|rows\w*)\.h|app/cocoa/(target|selfcheck)\.c|app/gnustep/(replace|platform)\.c",
     "names of the runtime are looked up in one place"),
    (r"\bsqlite3_\w+", r"core/store/db\.c", "one file speaks to SQLite"),
    (r"\b(?:secret_(?:service|item|collection|value|password)_\w+|Sec(?:Item|Keychain)[A-Z]\w+)",
     r"core/store/keychain_(?:linux|macos)\.c", "a file per system speaks to the keychain"),
    (r"\bcurl_\w+", r"core/(base|update)/http\.c", "one file speaks to the network"),
    (r"\b__(?:APPLE|MACH|linux|gnu_linux)__\b",
     r"app/cocoa/objc\.h|core/exec/(env|spawner)\.c", "what differs between systems has a file each"),
)


def single(s):
    if not s.under("core", "app") or s.kind not in ("c", "h", "def", "S"):
        return
    for pattern, where, why in SINGLE:
        if where is not None and re.fullmatch(where, s.path):
            continue
        for line, m in s.finds(pattern, s.code):
            yield s.path, line, f"{m[0].rstrip(' (')}: {why}"


SQL = r'"(?:[^"\\\n]|\\.)*(?:\bSELECT\s|\bINSERT\s|\bDELETE FROM\b|\bCREATE (?:TABLE|INDEX)\b|' \
      r'\bUPDATE \w+ SET\b|\bPRAGMA\s|\bVACUUM\b|\bDROP \w+\b|\bALTER TABLE\b)'


def sql_texts(s):
    """SQL stands in one file, as constants (sql.h): none is put together at run time."""
    if not s.under("core", "app") or s.kind not in ("c", "h") or s.path == "core/store/sql.c":
        return
    for line, _ in s.finds(SQL, s.statements):
        yield s.path, line, "SQL text outside of core/store/sql.c"


SHOWS = r"\b(?:form_\w+|menu_list_add|ns_(?:item_init|item_set_title|button_set_title|menu_init|" \
        r"window_set_title|set_tip|accessibility_\w+))\s*\((?:[^;\"]|\"\")*(?P<text>\"[^\"\n]*\")"
TITLE = r"\.title\s*=\s*(?P<text>\"[^\"\n]+\")|\{(?P<button>\"[A-Z][^\"\n]*\"), \w+\}"
NAME = "\"Container Kit\""


def hard_coded(s):
    """What a person reads comes from core/words/words.def, in every language. The names of things
    (keys, formats of numbers) have no space and start small."""
    if not s.under("app/cocoa", "core/menu", "core/notify") or s.kind != "c":
        return
    for pattern in (SHOWS, TITLE):
        for line, m in s.finds(pattern, s.statements):
            text = m["text"] or m.groupdict().get("button")
            if text != NAME and re.search(r"[A-Za-z]{2,} [A-Za-z]|\"[A-Z][a-z]{2,}", text):
                yield s.path, line, f"{text} is shown, and stands in no table of words"


BANNED = ("strcpy strcat strncpy strncat sprintf vsprintf strtok gets atoi atol atoll atof alloca "
          "rand srand tmpnam tempnam mktemp system popen setjmp longjmp sigsetjmp siglongjmp "
          "localtime gmtime ctime asctime").split()


def banned(s):
    if s.kind not in ("c", "h", "def"):
        return
    for line, m in s.finds(r"(?<![\w.])(?<!->)(?:%s)\s*\(" % "|".join(BANNED), s.code):
        yield s.path, line, f"{m[0].rstrip(' (')}() is banned"


def typedefs(s):
    """A struct keeps its word; a function's type may have a name. objc.h's are the runtime's."""
    if not s.under("core", "app") or s.kind not in ("c", "h") or s.path == "app/cocoa/objc.h":
        return
    body = r"\btypedef\s+(?:struct|union|enum)\b[^;({]*(?:\{[^}]*\})?[^;(]*;"
    for line, _ in s.finds(body, s.code):
        yield s.path, line, "no typedef of a struct, union or enum"


def prototypes(s):
    """Each prototype in a header has a comment above it, or in the same block of lines.
    objc.h declares what belongs to the runtime, which is documented elsewhere."""
    if s.kind != "h" or not s.under("core", "app") or s.path == "app/cocoa/objc.h":
        return
    code = re.sub(r"(?m)^[ \t]*#(?:.*\\\n)*.*$", lambda m: re.sub(r"[^\n]", " ", m[0]), s.code)
    start = depth = 0
    for at, c in enumerate(code):
        depth += (c == "{") - (c == "}")
        if depth == 0 and c in ";}":
            text = code[start:at]
            if c == ";" and "{" not in text and "typedef" not in text.split() and \
                    re.search(r"\(.*\)\s*$", text, re.S):
                first = code.count("\n", 0, start + len(text) - len(text.lstrip()))
                last = code.count("\n", 0, at)
                if not has_comment(s.lines, first, last):
                    yield s.path, first + 1, "a prototype without a comment"
            start = at + 1


def has_comment(lines, first, last):
    while first > 0 and lines[first - 1].strip():
        first -= 1
    return any("/*" in line or "*/" in line for line in lines[first:last + 1])


FILE_LINES, FUNCTION_LINES = 600, 100


def size(s):
    count = len(s.lines) - 1
    if s.kind in ("c", "h", "sh", "py") and count > FILE_LINES:
        yield s.path, FILE_LINES + 1, f"{count} lines, more than {FILE_LINES}: split it"
    if s.kind != "c":
        return
    lines, start = s.code.split("\n"), None
    for n, line in enumerate(lines, 1):
        if line.rstrip() == "{":
            start = n
        elif line.rstrip() == "}" and start is not None:
            if n - start - 1 > FUNCTION_LINES:
                yield s.path, start, f"a function of {n - start - 1} lines, more than " \
                                     f"{FUNCTION_LINES}"
            start = None


def guard(s):
    if s.kind != "h" or not s.under("core", "app", "tests"):
        return
    want = re.sub(r"\W", "_", s.path).upper()
    guards = re.findall(r"(?m)^#ifndef (\w+)\n#define (\w+)", s.code)
    if "#ifndef" in s.code and guards[:1] != [(want, want)]:
        yield s.path, 1, f"the guard is not {want}"


# In pieces, so that this file does not find itself.
MARKS = r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b"


def unfinished(s):
    for line, m in s.finds(MARKS, s.text):
        yield s.path, line, f"{m[0]}: finish it, or file an issue"


SPACES = r"[ \t]+$"
HOSTS = r"registry\.npm" r"js\.org|npm" r"js\.com|py" r"pi\.org|pythonhost" r"ed\.org|" \
        r"crates\." r"io|ruby" r"gems\.org|proxy\.gol" r"ang\.org"


def machine_paths():
    """The folder this tree lies in, unless other machines have one of that name too."""
    here = os.getcwd()
    common = {"/", "/tmp", "/home", "/root", "/opt", "/srv", "/usr/src"}
    paths = {here} | ({os.path.dirname(here)} - common)
    return "|".join(re.escape(p) + r"(?![\w.-])" for p in sorted(paths, reverse=True))


def elsewhere(s):
    for line, m in s.finds(r"(?<![\w.$}])(?:%s)" % machine_paths(), s.text):
        yield s.path, line, f"{m[0]}: a path of one machine"
    for line, m in s.finds(HOSTS, s.text):
        yield s.path, line, f"{m[0]}: the host of a package registry"


def white_space(s):
    if s.kind == "" or s.kind == "md":
        return
    for line, _ in s.finds(r"(?m)" + SPACES, s.text):
        yield s.path, line, "white space at the end of the line"
    if s.text and not s.text.endswith("\n"):
        yield s.path, len(s.lines), "no newline at the end of the file"


RULES = [
    ("layering", layering),
    ("ui-words", ui_words),
    ("single-user", single),
    ("sql", sql_texts),
    ("words", hard_coded),
    ("banned", banned),
    ("typedef", typedefs),
    ("prototype-comment", prototypes),
    ("size", size),
    ("guard", guard),
    ("unfinished", unfinished),
    ("machine-path", elsewhere),
    ("white-space", white_space),
]
