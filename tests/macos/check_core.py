"""check_core.py [WORK] [LINUX] - runs the probes of both processors, WORK/<processor>.dev/probe, in the
emulator: what the core decides about a file is the same on a Mac, in words and in status, as it is
on this system.

Every parser is in it once, the slow cryptography as often as it takes to see a signature accepted
and refused."""
import os
import subprocess
import sys

import macho
from checks import Checks
from core_system import CoreSystem
from emulator import Machine, Unserved

FIXTURES = "tests/fixtures"
SIGNED = f"{FIXTURES}/update/signed"
EVERY = 20  # of Wycheproof's signatures; all of them are for this system's probe


def engine(word, name, *more):
    return [word, "--engine", name.split("/")[0], *more, "--file", f"{FIXTURES}/{name}"]


def sig(word, key, signature, file, *more):
    return [word, "--pubkey", f"{SIGNED}/{key}", "--sig", signature, "--file",
            f"{SIGNED}/{file}", *more]


def manifest(word, file, *more):
    return [word, "--file", f"{SIGNED}/{file}", "--target", "darwin-aarch64", "--current", "1.1.0",
            "--now", "2026-11-20T00:00:00Z", "--os", "26.0", "--hosts", "updates.example.org",
            *more]


WORDS = [
    engine("parse", "apple/1.2.2/list-5.json", "--kind", "list"),
    engine("parse", "apple/0.4.1/list-5.json", "--kind", "list"),
    engine("parse", "docker/28.2.2/list-12.jsonl", "--kind", "list"),
    engine("parse", "docker/28.2.2/inspect-1.json", "--kind", "inspect"),
    engine("parse", "docker/28.2.2/stderr-bad-host.txt", "--kind", "list"),
    engine("parse", "podman/4.3.1/list-9.json", "--kind", "list"),
    engine("parse", "podman/4.3.1/inspect-1.json", "--kind", "inspect"),
    engine("status", "apple/1.2.2/system-status-running.json"),
    engine("version", "apple/1.2.2/system-version-mismatch.json"),
    engine("stats", "apple/1.2.2/stats.json"),
    engine("stats", "docker/28.2.2/stats.jsonl"),
    engine("stats", "podman/4.3.1/stats.json"),
    engine("classify", "apple/1.2.2/stderr-list-apiserver-down.txt", "--exit", "1"),
    ["valid", "--what", "id", "--file", f"{SIGNED}/hello.txt"],
    sig("sig", "TEST-ONLY.pub", f"{SIGNED}/hello.txt.minisig", "hello.txt"),
    sig("sig", "TEST-ONLY.pub", f"{SIGNED}/hello.txt.minisig", "latest.json"),
    sig("sig", "TEST-ONLY.pub", f"{SIGNED}/hello.txt.legacy.minisig", "hello.txt"),
    sig("sig", "TEST-ONLY.pub", f"{SIGNED}/hello.txt.otherkey.minisig", "hello.txt"),
    sig("tsig", "../tauri/pubkey.txt", f"{SIGNED}/../tauri/hello.txt.version.sig", "hello.txt"),
    manifest("manifest", "latest.json"),
    manifest("manifest", "latest.json", "--current", "1.2.0"),
    manifest("manifest", "latest.json", "--now", "2036-11-18T00:00:00Z"),
    manifest("signed-manifest", "latest.json", "--pubkey", f"{SIGNED}/TEST-ONLY.pub",
             "--minisig", f"{SIGNED}/latest.json.minisig"),
    manifest("bind", "dynamic.json", "--profile", "tauri", "--pubkey",
             f"{SIGNED}/TEST-ONLY.pub", "--payload",
             f"{SIGNED}/Demo_1.2.0_darwin-aarch64.app.tar.gz"),
    ["semver", "1.0.0-rc.10", "1.0.0-rc.9"],
    ["semver", "1.0.0-1", "1.0.0+build"],
    ["semver", "18446744073709551615.0.0", "18446744073709551614.9.9"],
    ["semver", "1.0", "1.0.0"],
]


def wycheproof():
    with open(f"{FIXTURES}/update/wycheproof.tsv", encoding="utf-8") as f:
        rows = [line.split("\t") for line in f if not line.startswith("#")]
    return [["ed25519", "--pk", key, "--msg", message, "--sig", signature]
            for _, key, message, signature, *_ in rows[::EVERY]]


def run_here(program, words):
    done = subprocess.run([program, *words], capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def run_emulated(piece, words):
    files = {}
    for word in words:
        if os.path.isfile(word):
            with open(word, "rb") as f:
                files[word] = f.read()
    system = CoreSystem(files)
    machine = Machine(piece, system.functions, system.variables)
    status = machine.main("probe", *words)
    return status, system.out.decode(), system.err.decode()


def main(work, program):
    c = Checks()
    pieces = {}
    for cpu in ("arm64", "x86_64"):
        with open(f"{work}/{cpu}.dev/probe", "rb") as f:
            pieces.update(macho.slices(f.read()))
    c.same(sorted(pieces), ["arm64", "x86_64"], "processors of the probes")
    for words in WORDS + wycheproof():
        here = run_here(program, words)
        c.that(here[0] in (0, 1, 2), f"{words}: {program} ends with {here[0]}: {here[2]}")
        for cpu, piece in pieces.items():
            try:
                c.same(run_emulated(piece, words), here, f"{cpu}: {' '.join(words)}")
            except Unserved as e:
                c.that(False, f"{cpu}: {' '.join(words)}: nobody serves {e}")
    c.close()


if __name__ == "__main__":
    given = sys.argv[1:] + [None, None]
    main(given[0] or "build/macos-work", given[1] or "build/linux/probe")
