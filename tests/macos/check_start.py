"""check_start.py [--write] [EXECUTABLE] - the messages that both processors' programs send from
their start to their end, compared with the start-*.txt beside this file: on a
system that has all optional rows of the tables and the icon in its menu bar, and on one that has none
and shows no icon; and of a copy that starts while another one runs.

AppKit's part is played by recorder.py: launching has finished for the first time, the menu is opened
and closed, 15 seconds pass, the program is opened a second time, the first button of the window that
came last is clicked, it is to end. --write writes the files anew: read the
difference before you commit it."""
import difflib
import os
import sys

import macho
from checks import Checks
from emulator import Machine, Unserved
from recorder import NOT_PLACED, PLACED, Recorder
from system import PROCESS, System

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "../..")
# system -> does it have what is optional? where is the icon? does another copy run?
SYSTEMS = {"newest": (True, PLACED, False), "least": (False, NOT_PLACED, False),
           "beside": (True, PLACED, True)}
SETTINGS = "x-apple.systempreferences:com.apple.MenuBarSettings"


def notifications(r, m):
    """What the system says about notifications, after it was asked whether they are allowed."""
    center = r.made.get("UNUserNotificationCenter.currentNotificationCenter")
    if center is None:
        return
    delegate = r.properties[center, "delegate"]
    settings, note, response = (r.new(m, name) for name in ("settings", "note", "response"))
    r.properties[settings, "authorizationStatus"] = 2
    r.call_handler(m, settings)
    r.turn(m)
    r.send(m, delegate, "userNotificationCenter:willPresentNotification:withCompletionHandler:",
           center, note, r.block(m, True))
    for key, value in (("notification", note), ("request", note), ("content", note),
                       ("userInfo", note), ("actionIdentifier", r.text(m, "restart"))):
        r.properties[response if key in ("notification", "actionIdentifier") else note, key] = value
    r.dictionaries[note, '"engine"'] = r.text(m, "docker")
    for name in ("web", "../no id"):
        r.dictionaries[note, '"id"'] = r.text(m, name)
        r.send(m, delegate,
               "userNotificationCenter:didReceiveNotificationResponse:withCompletionHandler:",
               center, response, r.block(m, False))
        r.turn(m)


def life(r, m):
    """What happens between the start of the event loop and the end."""
    delegate = r.properties[r.shared(m, "NSApp"), "delegate"]
    r.send(m, delegate, "applicationDidFinishLaunching:", 0)
    r.turn(m)
    notifications(r, m)
    item = next(at for at, name in r.names.items() if name == "statusItemWithLength#1")
    menu = r.properties[item, "menu"]
    target = r.properties[menu, "delegate"]
    r.send(m, target, "menuNeedsUpdate:", menu)
    r.send(m, target, "menuWillOpen:", menu)
    r.turn(m)
    r.send(m, target, "menuDidClose:", menu)
    r.turn(m)
    r.wait(m)
    again = r.send(m, delegate, "applicationShouldHandleReopen:hasVisibleWindows:", 0, 0)
    press(r, m, 1)
    end = r.send(m, delegate, "applicationShouldTerminate:", r.shared(m, "NSApp"))
    r.lines.append(f"= {again & 0xFF}, {end}")


def press(r, m, number):
    """Clicks the button with that number in the window that came last, if there is one."""
    button = [at for (at, key), tag in r.properties.items()
              if key == "tag" and tag == number and r.names[at].startswith("NSButton#")]
    for at in button[-1:]:
        r.send(m, r.properties[at, "target"], "ckUse:", at)


def life_beside(system):
    """The same for a copy that starts while another one runs: that one is told to quit, and does."""
    def life_of_copy(r, m):
        delegate = r.properties[r.shared(m, "NSApp"), "delegate"]
        r.send(m, delegate, "applicationDidFinishLaunching:", 0)
        for _ in range(8):
            r.wait(m)  # in silence
        press(r, m, 1)
        r.wait(m)  # it still runs
        r.lines.append("> the other one has gone")
        system.locked = False
        r.wait(m)
        r.turn(m)
        r.lines.append(f"= {r.send(m, delegate, 'applicationShouldTerminate:', 0)}")
    return life_of_copy


def record(piece, has_all, icon, beside):
    system = System()
    r = Recorder(ROOT, has_all, icon, life_beside(system) if beside else life)
    if beside:
        system.locked = True
        r.copies = [(PROCESS, "/Applications/ContainerKit.app"), (77, "/Volumes/CK/ContainerKit.app")]
    m = Machine(piece, {**system.functions, **r.functions}, {**system.variables, **r.variables})
    status = m.main("container-kit")
    return r.lines + [f"= {status}"] + system.err.decode().splitlines(), system.logged


def what_is_logged(c, at, logged):
    """In the system's log: our subsystem, the thread, OS_LOG_TYPE_DEFAULT, and what is public."""
    head = ("com.ethercorps.container-kit.dev", "main"), 0
    for words in ("start: the icon is there", "end: everything of ours has ended"):
        c.that(any(line[:2] == head and line[2].startswith(words) for line in logged),
               f"{at}: \"{words}\" is not in the system's log: {logged}")


def what_must_be(c, at, lines, has_all):
    """What a golden file must not lose by being written anew."""
    text = "\n".join(lines)
    order = ["[NSApp setActivationPolicy:1]", "[NSApp setDelegate:CKDelegate#1]",
             "[NSApp setMainMenu:", "[NSApp run]", "[NSStatusBar.systemStatusBar statusItemWith",
             "[statusItemWithLength#1 retain]", '[statusItemWithLength#1 setAutosaveName:"cont',
             "[statusItemWithLength#1 setVisible:YES]", "[statusItemWithLength#1 setMenu:NSMenu#",
             "applicationShouldTerminate:]"]
    optional = ["disableSuddenTermination", "disableAutomaticTermination:",
                "beginActivityWithOptions:0xefffff", "endActivity:"]
    place = 0
    for words in order:
        found = text.find(words, place)
        if c.that(found >= 0, f"{at}: no {words} in its place"):
            place = found
    # the login item is set by a click or a word alone (mac-behaviour 25)
    c.that("registerAndReturnError" not in text, f"{at}: the login item is touched at the start")
    for words in optional:
        c.same(words in text, has_all, f"{at}: {words} is sent")
    c.same("openURL:" in text, not has_all, f"{at}: the settings of the menu bar are opened")
    c.same(f'URLWithString:"{SETTINGS}"' in text, not has_all, f"{at}: their address")
    c.same("statusItemWithLength#2" in text, False, f"{at}: a second status item")
    c.that("\n= 0, 1\n" in text, f"{at}: applicationShouldTerminate: is not answered with 1, now")
    picture = text.find("[NSImage#1 initWithSize:18 x 18]")
    c.same(text[picture:].split("[NSImage#1 setTemplate:YES]")[0].count("[NSImage#1 addRepresentation:"), 2,
           f"{at}: representations of the first picture")


def what_must_be_beside(c, at, lines):
    """Nothing of ours begins before the other one has gone."""
    before, _, after = "\n".join(lines).partition("> the other one has gone")
    c.that('"Container Kit runs already."' in before, f"{at}: no window about the other copy")
    c.that(" terminate]" in before, f"{at}: the other copy is not told to quit")
    c.that("statusItemWithLength" not in before, f"{at}: an icon beside the other copy's")
    c.that("statusItemWithLength" in after, f"{at}: no icon when the other copy has gone")


def main(words):
    write = "--write" in words
    files = [w for w in words if w != "--write"]
    c = Checks()
    with open(files[0] if files else "build/macos/ContainerKit.app/Contents/MacOS/container-kit",
              "rb") as f:
        pieces = macho.slices(f.read())
    for name, (has_all, icon, beside) in SYSTEMS.items():
        path = os.path.join(HERE, f"start-{name}.txt")
        for cpu, piece in pieces.items():
            at = f"{name}, {cpu}"
            try:
                lines, logged = record(piece, has_all, icon, beside)
            except Unserved as e:
                c.that(False, f"{at}: nobody serves {e}")
                continue
            if write:
                with open(path, "w", encoding="utf-8") as f:
                    f.write("\n".join(lines) + "\n")
            what_is_logged(c, at, logged)
            if beside:
                what_must_be_beside(c, at, lines)
            else:
                what_must_be(c, at, lines, has_all)
            with open(path, encoding="utf-8") as f:
                golden = f.read().split("\n")[:-1]
            difference = list(difflib.unified_diff(golden, lines, path, at, lineterm="", n=2))
            c.that(not difference, f"{at}: other messages\n" + "\n".join(difference[:40]))
    c.close()


if __name__ == "__main__":
    main(sys.argv[1:])
