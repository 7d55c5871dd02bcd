"""tell.py - asks the probe about updates, and counts answers that are not the ones wanted."""
import os
import re
import subprocess

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fixtures/update")


def path_of(name):
    return os.path.normpath(os.path.join(FIXTURES, name))


class Tell:
    def __init__(self, probe):
        self.probe = probe
        self.passed = self.failed = 0
        self.rows = set() # of the attack table, as names tell them: rows.py

    def same(self, what, got, want):
        for rows in re.findall(r"\brows? (\d+(?:, \d+)*):", what):
            self.rows.update(map(int, rows.split(", ")))
        if got == want:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}: {got!r} instead of {want!r}")
        return got == want

    def ask(self, words):
        """The line and the status. A refusal has a sentence on standard error, nothing else has."""
        done = subprocess.run([self.probe, *words], capture_output=True, timeout=60, check=False)
        line = done.stdout.decode(errors="replace")
        if (len(done.stderr.splitlines()) == 1) != line.startswith("reject"):
            line += f"(standard error: {done.stderr.decode(errors='replace')!r})"
        return line, done.returncode

    def answers(self, what, words, want, status=None):
        if status is None:
            status = {"accept": 0, "reject": 1, "none": 2}[want.split()[0]]
        return self.same(what, self.ask(words), (want + "\n", status))

    def ed25519(self, what, key, message, signature, valid):
        self.answers(what, ["ed25519", "--pk", key, "--msg", message, "--sig", signature],
                     "accept" if valid else "reject signature")

    @staticmethod
    def sig_words(folder, key, signature, file, word="sig"):
        """The words for texts or bytes, which are put into files first."""
        paths = []
        for name, data in (("pub", key), ("sig", signature), ("file", file)):
            paths.append(os.path.join(folder, name))
            with open(paths[-1], "wb") as f:
                f.write(data if isinstance(data, bytes) else data.encode())
        return [word, "--pubkey", paths[0], "--sig", paths[1], "--file", paths[2]]

    def close(self):
        if self.rows - {0}:
            print("rows " + ", ".join(map(str, sorted(self.rows - {0}))))
        print(f"{self.passed} passed, {self.failed} failed")
        return 0 if self.failed == 0 and self.passed > 0 else 1
