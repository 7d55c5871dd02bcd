"""rows.py - what the program asks of macOS, read out of its source.

Message tables (app/cocoa/cocoa.def, app/macos/macos.def), methods that AppKit calls (the target_method tables), numbers
that stand for constants of Apple's (each has the constant's name in the comment behind or above
it), exported names (app/cocoa/cocoa.h, cocoa_constant()), and the stub table."""
import collections
import glob
import os
import re

SHARED = ("app/cocoa/*.c", "app/cocoa/*.h", "app/macos/*.c", "app/macos/*.h", "core/*/*_macos.c")
STUBS = "app/macos/cross/stubs.txt"
TABLES = ("app/cocoa/cocoa.def", "app/macos/macos.def")

Row = collections.namedtuple("Row", "path line kind function need cls text result arguments")
Method = collections.namedtuple("Method", "path line text function types")
Constant = collections.namedtuple("Constant", "path line name value apple")

# What a C type of objc.h is in a method's type encoding on arm64.
ENCODING = {
    "void": "v", "int": "i", "id": "@", "SEL": ":", "Class": "#", "BOOL": "B", "long": "q",
    "unsigned long": "Q", "unsigned long long": "Q", "double": "d", "const char *": "r*",
    "char *": "*",
    "const void *": "r^v", "void *": "^v", "const id *": "r^@", "id *": "^@", "NSPoint": "{CGPoint=dd}",
    "NSSize": "{CGSize=dd}", "NSRect": "{CGRect={CGPoint=dd}{CGSize=dd}}",
    "NSRange": "{_NSRange=QQ}", "struct block *": "@?",
}


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return f.read()


def sources(root):
    for pattern in SHARED:
        for path in sorted(glob.glob(os.path.join(root, pattern))):
            path = os.path.relpath(path, root)
            yield path, read(root, path)


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def blank_comments(text):
    return re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S)


def tables(root):
    """What table() gives, of all tables together. A class that one of them needs is needed."""
    classes, rows, selectors = {}, [], {}
    for path in TABLES:
        some, more, names = table(root, path)
        classes.update({n: need for n, need in some.items() if classes.get(n) != "REQ"})
        rows += more
        selectors.update(names)
    return classes, rows, selectors


def table(root, path):
    """(classes: name -> need, rows, selectors: name -> text). ValueError: a line that is none."""
    text = blank_comments(read(root, path))
    classes, rows, selectors = {}, [], {}
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        m = re.fullmatch(r"\s*(\w+)\s*\((.*)\)\s*", line)
        if not m:
            raise ValueError(f"{path}:{n}: no row: {line}")
        form, words = m[1], [w.strip() for w in m[2].split(",")]
        if form == "CLASS":
            classes[words[0]] = words[1]
        elif form == "SELECTOR":
            selectors[words[0]] = words[1].strip('"')
        else:
            rows.append(message(path, n, form, words))
    return classes, rows, selectors


def message(path, n, form, words):
    m = re.fullmatch(r"(C?MSG|C?VOID|RECT)(\d)", form)
    if not m:
        raise ValueError(f"{path}:{n}: no form of a row: {form}")
    function, need, cls, text, *types = words
    result = {"VOID": "void", "CVOID": "void", "RECT": "NSRect"}.get(m[1]) or types.pop(0)
    if len(types) != int(m[2]):
        raise ValueError(f"{path}:{n}: {form} with {len(types)} arguments")
    kind = "+" if m[1][0] == "C" else "-"
    return Row(path, n, kind, function, need, cls, text.strip('"'), result, types)


def encoding(result, arguments):
    """Of a method, without offsets; "?" for a type that has none."""
    kinds = [ENCODING.get(re.sub(r"\s+", " ", t), "?") for t in [result, *arguments]]
    return kinds[0] + "@:" + "".join(kinds[1:])


def methods(root, selectors):
    """Those of the target_method tables."""
    for path, text in sources(root):
        for m in re.finditer(r"\{SEL_(\w+),\s*\(IMP\)(\w+),\s*([^{}]*?)\}", text):
            types = "".join(w.strip('"') if w.startswith('"') else {"OBJC_BOOL": "B"}.get(w, "?")
                            for w in m[3].split())
            yield Method(path, line_of(text, m.start()), selectors.get(m[1], f"SEL_{m[1]}"), m[2],
                         types)


def function_encoding(text, name):
    """Of a C function that is a method: "v@:@" for (id self, SEL cmd, id x); None: not found."""
    m = re.search(r"(?m)^(?:static )?((?:unsigned )?\w+) \*?%s\(([^)]*)\)" % name, text)
    if not m:
        return None
    kinds = [re.sub(r"\s*\w+$", "", a.strip()) for a in m[2].split(",")]
    return encoding(m[1], kinds[2:]) if kinds[:2] == ["id", "SEL"] else None


APPLE_NAME = r"(?:NS|UN|SM|CF|kSec|errSec|kCF)[A-Z]\w+"


def constants(root):
    """Numbers that have the name of a constant of Apple's in their comment."""
    behind = re.compile(r"(?m)^[ \t]*(?:#define (\w+) +|(\w+) = )([^,\n/]*?),? */\* (%s)\b"
                        % APPLE_NAME)
    above = re.compile(r"(?m)^/\* (%s)[^*\n]*\*/\n#define (\w+) +(.+)$" % APPLE_NAME)
    for path, text in sources(root):
        for m in behind.finditer(text):
            yield Constant(path, line_of(text, m.start()), m[1] or m[2], number(m[3]), m[4])
        for m in above.finditer(text):
            yield Constant(path, line_of(text, m.start()), m[2], number(m[3]), m[1])


def number(text):
    """Value of a C number like (1UL << 20) or -1.0; None: it is none."""
    m = re.fullmatch(r"\(?(-?)(\w+(?:\.\d+)?)(?: << (\d+))?\)?", text.strip())
    if not m:
        return None
    digits = re.sub(r"(?i)(?<=\d|[a-f])u?l*$", "", m[2]) if m[2][:2] != "0x" else \
        re.sub(r"(?i)u?l*$", "", m[2])
    try:
        value = float(digits) if "." in digits else int(digits, 0)
    except ValueError:
        return None
    return (-value if m[1] else value) * 2 ** int(m[3] or 0)


def exported(root):
    """Symbols that cocoa.h declares or cocoa_constant() asks for: name -> where."""
    found = {}
    for path, text in sources(root):
        if path == "app/cocoa/cocoa.h":
            for m in re.finditer(r"(?m)^extern id ([^;()]+);", text):
                for name in m[1].split(","):
                    found["_" + name.strip()] = f"{path}:{line_of(text, m.start())}"
        for m in re.finditer(r'\bcocoa_constant\("(\w+)"\)', text):
            found["_" + m[1]] = f"{path}:{line_of(text, m.start())}"
    return found


def stubs(root):
    """Library -> set of symbols. A class is its symbol."""
    found, library = {}, None
    for line in read(root, STUBS).split("\n"):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0] == "library":
            library = words[2]
            found[library] = set()
        else:
            found[library].add("_OBJC_CLASS_$_" + words[1] if words[0] == "class" else words[0])
    return found
