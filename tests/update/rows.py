#!/usr/bin/python3
"""rows.py [LOGS] - does a test stand for each row of the table of attacks (updates.md, section 9)?

A test tells its rows itself: in what it prints ("-- row 24: wrong processor", "rows 5, 7"), or in the
name of a unit test ("due_row_37_daily"). Only logs of tests that passed count, so what is listed was
run. Comes last in `./build.sh test`; LOGS is build/test-logs if not said. Prints which test stands
for which row, "N passed, M failed", and ends with 1 if a row has none."""
import os
import re
import sys

ROWS = {
    1: "http address", 2: "redirect to http", 3: "redirect elsewhere, loop", 4: "another host",
    5: "certificates, old TLS", 6: "unknown key", 7: "signature of another file",
    8: "legacy signature", 9: "malleable signatures", 10: "changed comment", 11: "rollback",
    12: "replayed manifest", 13: "frozen manifest", 14: "version 99999", 15: "mix and match",
    16: "endless body", 17: "slow server", 18: "cut off", 19: "any byte changed", 20: "bombs",
    21: "paths", 22: "links", 23: "modes and kinds", 24: "another processor",
    25: "another program", 26: "replaced while in use", 27: "crash at any step", 28: "full disk",
    29: "folder not ours", 30: "translocated, read-only", 31: "two at once", 32: "wrong clock",
    33: "no signature", 34: "notes that deceive", 35: "same version again", 36: "crash at start",
    37: "server down", 38: "private files", 39: "stolen key",
}
TOLD = (re.compile(r"^rows (\d+(?:, \d+)*)$"), re.compile(r"^-- rows? (\d+(?:, \d+)*):"),
        re.compile(r"^\[ +OK \] .*?row((?:_\d+)+)"))


def rows_of(path):
    found = set()
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            for told in TOLD:
                m = told.match(line)
                if m:
                    found.update(int(n) for n in re.findall(r"\d+", m[1]))
    return found


def passed(logs):
    """Names of the tests that passed; a test's log is called as run.sh calls it."""
    with open(os.path.join(logs, "results"), encoding="utf-8") as f:
        for line in f:
            m = re.match(r"ok (.*) \([\d.]+ s\)$", line)
            if m:
                yield m[1], os.path.join(logs, re.sub("[ /]", "-", m[1]) + ".log")


def main(logs):
    tests = {number: [] for number in ROWS}
    for name, log in passed(logs):
        for number in rows_of(log):
            if number in tests:
                tests[number].append(name)
    for number, what in ROWS.items():
        print(f"{number:2} {what}: {', '.join(tests[number]) or 'NO TEST'}")
    lacking = sum(not found for found in tests.values())
    print(f"{len(ROWS) - lacking} passed, {lacking} failed")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "build/test-logs"))
