"""facts.py FOLDER - writes tests/macos/facts.tsv: what the tables of Apple's interfaces in FOLDER
(selectors.tsv, symbols.tsv, constants.tsv) say about all that the program uses, and nothing else.
Called by facts.sh. What the tables do not have is told; check_rows.py then fails about it.

Columns: kind, owner, name, fact, system that brought it ("-": always there).
  class     its superclass, class, library, ...
  method    class, "-selector" or "+selector", encoding on arm64 without offsets, ...
  protocol  the same of a protocol
  constant  its type, constant, value ("-": only the system knows), ...
  symbol    library, symbol, func or data, ..."""
import csv
import os
import re
import sys

import rows

FACTS = "tests/macos/facts.tsv"
HEAD = ("kind", "owner", "name", "fact", "introduced")
APPKIT = "/System/Library/Frameworks/AppKit.framework/Versions/C/AppKit"
SYSTEM = "/usr/lib/libSystem.B.dylib"
ANY_OBJECT = ("NSAccessibility",)  # protocols of AppKit's that many classes follow


def load(root):
    """What facts.tsv holds: (kind, owner, name) -> (fact, introduced)."""
    with open(os.path.join(root, FACTS), encoding="utf-8", newline="") as f:
        lines = list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    if tuple(lines[0]) != HEAD:
        raise ValueError(f"{FACTS}: another first line")
    return {tuple(line[:3]): tuple(line[3:]) for line in lines[1:]}


def chain(facts, cls):
    """The class and those above it, as far as facts knows."""
    supers = {name: owner for kind, owner, name in facts if kind == "class"}
    found = []
    while cls in supers and cls not in found:
        found.append(cls)
        cls = supers[cls]
    return found


def find_method(facts, cls, name):
    """(fact, introduced) of "-selector" in the class, above it, or in a protocol; or None."""
    for owner in chain(facts, cls) + list(ANY_OBJECT):
        for kind in ("method", "protocol"):  # NSObject is both
            if (kind, owner, name) in facts:
                return facts[kind, owner, name]
    return None


def find_named(facts, kinds, name):
    """All (owner, fact, introduced) of a name, whoever the owner."""
    return [(k[1], *v) for k, v in facts.items() if k[0] in kinds and k[2] == name]


def without_offsets(encoding):
    """Without "oneway" too, which says nothing to a caller."""
    parts = re.split(r"(\{(?:[^{}]|\{[^{}]*\})*\})", encoding.removeprefix("V"))
    return "".join(p if p.startswith("{") else re.sub(r"\d", "", p) for p in parts)


def library(row):
    """Where a symbol is to be looked for: never in an inner library, which may go."""
    if "link AppKit" in row["note"]:
        return APPKIT
    return SYSTEM if row["install_name"].startswith("/usr/lib/system/") else row["install_name"]


def tsv(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        yield from csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)


def everything(folder):
    """All of the tables, in the form of load()."""
    facts = {}
    for row in tsv(folder, "symbols.tsv"):
        if row["kind"] == "objc_class":
            names = row["declaration"].split(" : ") + ["-"]
            facts["class", names[1], names[0]] = (library(row), row["introduced"])
        else:
            facts["symbol", library(row), row["symbol"]] = (row["kind"], row["introduced"])
            if row["kind"] == "data" and "double" in row["declaration"]:
                facts["constant", row["declaration"], row["symbol"][1:]] = ("-", row["introduced"])
    for row in tsv(folder, "selectors.tsv"):
        kind, sign = ("protocol", "-") if row["kind"] == "protocol" else ("method", row["kind"])
        key = kind, row["class"], sign + row["selector"]
        facts[key] = (without_offsets(row["encoding_arm64"]), row["introduced"])
    for row in tsv(folder, "constants.tsv"):
        facts["constant", row["type"], row["name"]] = (row["value"], row["introduced"])
    return facts


def wanted(root, all_facts):
    """Keys of what the program uses."""
    classes, messages, selectors = rows.tables(root)
    names = {("class", n) for cls in {r.cls for r in messages} | set(classes)
             for n in chain(all_facts, cls)}
    names |= {("constant", c.apple) for c in rows.constants(root)}
    names |= {("symbol", n) for n in rows.exported(root)}
    names |= {("symbol", n) for symbols in rows.stubs(root).values() for n in symbols}
    names |= {(k, "-" + text) for text in selectors.values() for k in ("method", "protocol")}
    names |= {("method", "+alloc")}
    keys = {k for k in all_facts if (k[0], k[2]) in names}
    for row in messages:
        owners = chain(all_facts, row.cls) + list(ANY_OBJECT)
        found = [(k, o, row.kind + row.text) for o in owners for k in ("method", "protocol")
                 if (k, o, row.kind + row.text) in all_facts]
        keys.update(found[:1])
        if not found:
            print(f"the tables have no {row.kind}[{row.cls} {row.text}]")
    return keys


def main(folder):
    all_facts = everything(folder)
    keys = sorted(wanted(".", all_facts))
    with open(FACTS, "w", encoding="utf-8", newline="\n") as f:
        f.write("\t".join(HEAD) + "\n")
        for key in keys:
            f.write("\t".join(key + all_facts[key]) + "\n")
    print(f"{FACTS}: {len(keys)} facts")


if __name__ == "__main__":
    main(sys.argv[1])
