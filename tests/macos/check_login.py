"""check_login.py [EXECUTABLE] - the word `login-item` of both processors' programs, in the emulator:
what it asks of ServiceManagement and says, from each state that the login item can be in."""
import collections
import sys

import macho
from check_start import ROOT
from checks import Checks
from emulator import Machine, Unserved
from recorder import Recorder
from system import System

OFF, ON, APPROVAL, NOT_FOUND = range(4)  # SMAppServiceStatus
SET = {"registerAndReturnError:": "on", "unregisterAndReturnError:": "off"}
ERROR = "Operation not permitted"

# `then`: the state after the first change that is asked for, None: it is refused
Case = collections.namedtuple("Case", "word state then status out err sent", defaults=("", 0))
CASES = (
    Case(None, OFF, None, 0, "off"),
    Case(None, ON, None, 0, "on"),
    Case(None, APPROVAL, None, 0, "needs-approval", "System Settings"),
    Case(None, NOT_FOUND, None, 0, "off"),
    Case("on", OFF, ON, 0, "on", "", 1),
    Case("on", NOT_FOUND, ON, 0, "on", "", 1),
    Case("on", OFF, APPROVAL, 1, "needs-approval", "System Settings", 1),
    Case("on", OFF, None, 1, "", ERROR, 1),
    Case("on", ON, None, 0, "on"),
    Case("on", APPROVAL, None, 1, "needs-approval", "System Settings"),
    Case("off", ON, OFF, 0, "off", "", 1),
    Case("off", APPROVAL, OFF, 0, "off", "", 1),
    Case("off", ON, None, 1, "", ERROR, 1),
    Case("off", OFF, None, 0, "off"),
    Case("off", NOT_FOUND, None, 0, "off"),
)


class LoginItems(Recorder):
    """A system with a login item, for an app with the identifier `bundle_id`, "" for none."""

    def __init__(self, case, bundle_id, has_all):
        super().__init__(ROOT, has_all, None, None)
        self.case, self.bundle_id, self.state = case, bundle_id, case.state

    def reply(self, m, row, receiver, name, values):
        if row.text == "bundleIdentifier":
            return self.text(m, self.bundle_id) if self.bundle_id else 0
        if row.text == "localizedDescription":
            return self.text(m, ERROR)
        if row.text == "status":
            return self.state
        if row.text in SET:
            return self.set(m, values[0])
        return super().reply(m, row, receiver, name, values)

    def text(self, m, text):
        made = self.new(m, "NSString")
        self.texts[made] = f'"{text}"'
        return made

    def set(self, m, error):
        if self.case.then is None:
            m.put(error, self.new(m, "NSError"))
            return 0
        self.state = self.case.then
        return int(self.state != APPROVAL)


def run(piece, case, bundle_id="com.ethercorps.container-kit", has_all=True):
    """(status, standard output, standard error, messages)."""
    system = System()
    r = LoginItems(case, bundle_id, has_all)
    m = Machine(piece, {**system.functions, **r.functions}, {**system.variables, **r.variables})
    status = m.main("container-kit", "login-item", *[case.word] * bool(case.word))
    return status, system.out.decode(), system.err.decode(), r.lines


def check_case(c, cpu, piece, case):
    at = f"{cpu}: {case}"
    status, out, err, lines = run(piece, case)
    c.same((status, out.strip()), (case.status, case.out), at)
    c.that(case.err in err and bool(case.err) == bool(err), f"{at}: says {err!r}")
    sent = [word for line in lines for text, word in SET.items() if f" {text}" in line]
    c.same(sent, [case.word] * case.sent, f"{at}: changes")


def check_unavailable(c, at, result):
    status, out, err, lines = result
    c.same((status, out.strip()), (0, "unavailable"), at)
    c.that(err.startswith("container-kit: "), f"{at}: says {err!r}")
    c.that("SMAppService" not in "\n".join(lines), f"{at}: ServiceManagement is asked")


def main(executable):
    c = Checks()
    with open(executable, "rb") as f:
        pieces = macho.slices(f.read())
    for cpu, piece in pieces.items():
        try:
            for case in CASES:
                check_case(c, cpu, piece, case)
            check_unavailable(c, f"{cpu}: without an app", run(piece, CASES[0], bundle_id=""))
            check_unavailable(c, f"{cpu}: on a system without it",
                              run(piece, CASES[0], has_all=False))
        except Unserved as e:
            c.that(False, f"{cpu}: nobody serves {e}")
    c.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else
         "build/macos/ContainerKit.app/Contents/MacOS/container-kit")
