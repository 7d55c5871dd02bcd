"""checks.py - counts what was checked; the last line is "N passed, N failed"."""
import sys


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def that(self, holds, what):
        """Counts one check; `what` is what is wrong, in words, when it does not hold."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}")
        return bool(holds)

    def same(self, found, wanted, what):
        return self.that(found == wanted, f"{what}: {found!r} instead of {wanted!r}")

    def close(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(0 if self.failed == 0 and self.passed > 0 else 1)
