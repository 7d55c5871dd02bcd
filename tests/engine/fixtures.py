#!/usr/bin/python3
"""Runs the probe over every file in tests/fixtures and compares with what is written there.

    fixtures.py PROBE

expected.json beside the files fixes the containers: they are compared by id, and ports as a set
after a range was taken apart. expected-more.json holds, for the other files, what engines.md says
about them. Ends with "N passed, M failed" and a status that is not zero if anything differs.
"""
import json
import os
import subprocess
import sys

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures")


class Run:
    def __init__(self, probe):
        self.probe = probe
        self.passed = 0
        self.failed = 0

    def check(self, what, got, want):
        if got == want:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {what}\n  got  {json.dumps(got, ensure_ascii=False)}"
              f"\n  want {json.dumps(want, ensure_ascii=False)}")

    def call(self, *words):
        return subprocess.run([self.probe, *words], capture_output=True, timeout=60, check=False)

    def value(self, *words):
        """The probe's JSON, or a text that says how it failed, which equals no expectation."""
        done = self.call(*words)
        if done.returncode != 0 or done.stderr:
            return f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()}"
        return json.loads(done.stdout)


def path_of(name):
    return os.path.join(FIXTURES, name)


def engine_of(name):
    return name.split("/")[0]


def kind_of(name):
    return "inspect" if os.path.basename(name).startswith("inspect") else "list"


def flat_ports(ports):
    return sorted([p["host_ip"], p["host_port"] + i, p["container_port"] + i, p["proto"]]
                  for p in ports for i in range(p["count"]))


def comparable(containers, members):
    """By id, with only the members that the expectation has."""
    if not isinstance(containers, list):
        return containers
    if len({c["id"] for c in containers}) != len(containers):
        return "an id stands twice"
    return {c["id"]: {m: flat_ports(c[m]) if m == "ports" else c[m] for m in members}
            for c in containers}


def check_containers(run, folder, name, want):
    where = f"{folder}/{name}"
    got = run.value("parse", "--engine", engine_of(folder), "--kind", kind_of(name),
                    "--file", path_of(where))
    members = list(want[0]) if want else []
    run.check(f"parse {where}", comparable(got, members), comparable(want, members))


def check_every_list_is_expected(run, folder, expected):
    """A list or inspect file that no expected.json names would never be looked at."""
    files = {f for f in os.listdir(path_of(folder))
             if f.startswith(("list", "inspect")) and f.endswith((".json", ".jsonl"))}
    run.check(f"{folder}: files with an expectation", sorted(files), sorted(expected))


def check_folders(run):
    for engine in ("apple", "docker", "podman"):
        for version in sorted(os.listdir(path_of(engine))):
            folder = f"{engine}/{version}"
            with open(path_of(f"{folder}/expected.json"), encoding="utf-8") as f:
                expected = json.load(f)
            for name, want in expected.items():
                check_containers(run, folder, name, want)
            check_every_list_is_expected(run, folder, expected)


def check_more(run, more):
    for word in ("status", "version", "stats"):
        for name, want in more[word].items():
            got = run.value(word, "--engine", engine_of(name), "--file", path_of(name))
            run.check(f"{word} {name}", got, want)
    for name, want in more["classify"].items():
        got = run.value("classify", "--engine", engine_of(name), "--exit", str(want["exit"]),
                        "--file", path_of(name))
        run.check(f"classify {name}", got, {"class": want["class"]})
    for name, wanted in more["containers"].items():
        got = run.value("parse", "--engine", engine_of(name), "--kind", kind_of(name),
                        "--file", path_of(name))
        by_name = {c["name"]: c for c in got} if isinstance(got, list) else {}
        for container, want in wanted.items():
            have = {m: by_name.get(container, {}).get(m, "absent") for m in want}
            run.check(f"parse {name}: {container}", have, want)
    for name, want in more["order"].items():
        got = run.value("parse", "--engine", engine_of(name), "--kind", kind_of(name),
                        "--file", path_of(name))
        run.check(f"order {name}", [c["name"] for c in got] if isinstance(got, list) else got, want)


def check_refused(run, more):
    for word, engine, kind, name in more["refused"]:
        words = [word, "--engine", engine, "--file", path_of(name)]
        if kind:
            words += ["--kind", kind]
        done = run.call(*words)
        lines = done.stderr.decode(errors="replace").splitlines()
        run.check(f"refused: {word} {engine} {kind} {name}",
                  [done.returncode, done.stdout.decode(), len(lines)], [1, "", 1])


def check_every_file_is_used(run, more):
    """Each stderr, status, version and stats file has a line in the table."""
    known = set()
    for word in ("status", "version", "stats", "classify"):
        known |= set(more[word])
    starts = ("stderr-", "system-status", "system-version", "version", "stats")
    for engine in ("apple", "docker", "podman"):
        for version in sorted(os.listdir(path_of(engine))):
            for name in sorted(os.listdir(path_of(f"{engine}/{version}"))):
                if name.startswith(starts):
                    run.check(f"{engine}/{version}/{name} has an expectation",
                              f"{engine}/{version}/{name}" in known, True)


def main():
    if len(sys.argv) != 2 or not os.access(sys.argv[1], os.X_OK):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    run = Run(os.path.abspath(sys.argv[1]))
    with open(path_of("expected-more.json"), encoding="utf-8") as f:
        more = json.load(f)
    check_folders(run)
    check_more(run, more)
    check_refused(run, more)
    check_every_file_is_used(run, more)
    print(f"{run.passed} passed, {run.failed} failed")
    return 0 if run.failed == 0 and run.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
