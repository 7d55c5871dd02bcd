"""check_rows.py [ROOT] - compares all that the program asks of macOS by name with facts.tsv.

The compiler cannot see a misspelt selector, a wrong type in a row of a .def table, a delegate method
that nobody calls, or a number that is not Apple's. Each row, method, constant and exported name is
one check. After a change of what the program uses: tests/macos/facts.sh."""
import os
import re
import sys

import facts as facts_table
import rows
from checks import Checks

OLDEST = "26.0"  # of the systems that we support; newer is OPT
NEED = ("REQ", "OPT")
# Actions of the Edit menu that the first responder answers; no header declares them.
UNDECLARED = {"undo:", "redo:"}
OURS = "ck"  # selectors of our own begin so


def version(text):
    """Of "10.5", "10.0 (objc4)" or "-", which is older than all."""
    return tuple(int(n) for n in re.findall(r"\d+", text.split(" ")[0])) or (0,)


def old_enough(introduced, need):
    return need == "OPT" or version(introduced) <= version(OLDEST)


def check_classes(c, facts, classes, libraries):
    for name, need in classes.items():
        found = facts_table.find_named(facts, ("class",), name)
        if not c.that(len(found) == 1, f"tables: no class {name} in facts.tsv"):
            continue
        _, library, introduced = found[0]
        c.that(need in NEED and old_enough(introduced, need),
               f"tables: {name} came with {introduced}, so the row must say OPT")
        c.that(library in libraries, f"tables: {name} is in {library}, which is not linked")


def check_messages(c, facts, messages):
    seen = {}
    for r in messages:
        at = f"{os.path.basename(r.path)}:{r.line}: {r.kind}[{r.cls} {r.text}]"
        c.that(r.result != "NSRect" or r.path != rows.TABLES[0],
               f"{at} gives a frame: those stand in {rows.TABLES[1]}")
        c.that(r.text.count(":") == len(r.arguments),
               f"{at} has {len(r.arguments)} arguments in the table")
        c.that(r.function not in seen, f"{at}: {r.function} stands there twice")
        seen[r.function] = r
        found = facts_table.find_method(facts, r.cls, r.kind + r.text)
        if not c.that(found is not None, f"{at} is no method, as far as facts.tsv knows"):
            continue
        c.same(rows.encoding(r.result, r.arguments), found[0], f"{at}: types")
        c.that(r.need in NEED and old_enough(found[1], r.need),
               f"{at} came with {found[1]}, so the row must say OPT")


def check_methods(c, facts, root, selectors):
    """What AppKit calls must be called so, and take and give what the C function does."""
    texts = dict(rows.sources(root))
    used = set()
    for m in rows.methods(root, selectors):
        at = f"{m.path}:{m.line}: {m.text}"
        used.add(m.text)
        c.same(rows.function_encoding(texts[m.path], m.function), m.types,
               f"{at}: types of {m.function}() and of the table")
        if m.text.startswith(OURS):
            c.same(m.types, "v@:@", f"{at}: types of a message of our own")
            continue
        found = facts_table.find_named(facts, ("method", "protocol"), "-" + m.text)
        if c.that(found, f"{at}: nothing of AppKit's calls that, as far as facts.tsv knows"):
            c.that(m.types in [fact for _, fact, _ in found],
                   f"{at}: {m.types}, but AppKit calls it as {found[0][1]}")
            c.that(any(old_enough(i, "REQ") for _, _, i in found), f"{at} came with {found[0][2]}")
    c.that(len(used) > 10, "hardly a method was found: target_method tables look different now")
    return used


def check_selectors(c, facts, selectors, implemented):
    """Names that are passed on: somebody must have such a method."""
    for text in selectors.values():
        if text in implemented or text in UNDECLARED:
            continue
        found = facts_table.find_named(facts, ("method", "protocol"), "-" + text) or \
            facts_table.find_named(facts, ("method",), "+" + text)
        c.that(found, f'cocoa.def: SELECTOR "{text}" is no method, as far as facts.tsv knows')


def check_constants(c, facts, root):
    count = 0
    for k in rows.constants(root):
        count += 1
        at = f"{k.path}:{k.line}: {k.name}"
        found = facts_table.find_named(facts, ("constant",), k.apple)
        if not c.that(len(found) == 1, f"{at}: no constant {k.apple} in facts.tsv"):
            continue
        value = found[0][1]
        if value != "-":  # else it is a variable of the library's: only its name can be checked
            c.same(k.value, rows.number(value), f"{at}: value of {k.apple}")
    c.that(count > 10, "hardly a constant was found: comments name them in another way now")


def check_symbols(c, facts, root, stubs):
    """Declared names exist; what is linked is linked from where it really lies."""
    for name, at in rows.exported(root).items():
        c.that(facts_table.find_named(facts, ("symbol",), name),
               f"{at}: no symbol {name} in facts.tsv")
    for library, names in stubs.items():
        for name in names:
            c.that(("symbol", library, name) in facts,
                   f"stubs.txt: {name} is not in {library}, as far as facts.tsv knows")


def check_facts(c, facts, root):
    """No fact that nothing needs, and none that the tables do not have, where they lie beside."""
    needed = {"_objc_msgSend"}
    classes, messages, _ = rows.tables(root)
    needed |= set(classes) | {r.kind + r.text for r in messages}
    c.that(needed - {n for _, _, n in facts} == set(), "facts.tsv is old: tests/macos/facts.sh")
    apple = os.path.join(root, "../shared/apple")
    if not os.path.isfile(os.path.join(apple, "selectors.tsv")):
        return
    everything = facts_table.everything(apple)
    c.same({k: facts[k] for k in facts if everything.get(k) != facts[k]}, {},
           "facts.tsv says what the tables do not say")


def main(root):
    c = Checks()
    facts = facts_table.load(root)
    classes, messages, selectors = rows.tables(root)
    stubs = rows.stubs(root)
    check_classes(c, facts, classes, set(stubs))
    check_messages(c, facts, messages)
    implemented = check_methods(c, facts, root, selectors)
    check_selectors(c, facts, selectors, implemented)
    check_constants(c, facts, root)
    check_symbols(c, facts, root, stubs)
    check_facts(c, facts, root)
    c.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../.."))
