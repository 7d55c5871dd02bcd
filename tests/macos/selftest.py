"""selftest.py [BUNDLE] - breaks one thing at a time, in a copy, and shows that a check notices it.

A check that cannot fail checks nothing."""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

import macho
from checks import Checks

HERE = os.path.dirname(os.path.abspath(__file__))
DEF, GUI, STATUS = "app/cocoa/cocoa.def", "app/cocoa/gui.c", "app/cocoa/status_item.c"
MAC = "app/macos/macos.def"
STUBS, FACTS = "app/macos/cross/stubs.txt", "tests/macos/facts.tsv"
PLIST, PKGINFO = "Contents/Info.plist", "Contents/PkgInfo"
RELEASE, LICENSES = "Contents/Resources/release.json", "Contents/Resources/licenses.txt"
FRENCH = "Contents/Resources/fr.lproj/InfoPlist.strings"
PROGRAM, ICON = "Contents/MacOS/container-kit", "Contents/Resources/AppIcon.icns"

# file of the source, text, what it becomes, what check_rows.py must say
SOURCE = [
    (DEF, '"setToolTip:", id)', '"setTooltip:", id)', "-[NSMenuItem setTooltip:] is no method"),
    (DEF, '"systemStatusBar", id', '"sytemStatusBar", id', "sytemStatusBar] is no method"),
    (DEF, 'NSMenuItem, "setTag:", long', 'NSMenuItem, "setTag:", int', "setTag:]: types"),
    (DEF, '"setEnabled:", BOOL', '"setEnabled:", long', "setEnabled:]: types"),
    (DEF, 'MSG0(ns_item_tag, REQ, NSMenuItem, "tag", long)',
     'MSG0(ns_item_tag, REQ, NSMenuItem, "tag", double)', "tag]: types: 'd@:'"),
    (DEF, 'OPT, NSMenuItem, "setPreferredImageVisibility:"',
     'REQ, NSMenuItem, "setPreferredImageVisibility:"', "came with 27.0, so the row must say OPT"),
    (DEF, 'VOID1(ns_item_set_tip, REQ, NSMenuItem, "setToolTip:", id)',
     'VOID1(ns_item_set_tip, REQ, NSMenuItem, "setToolTip", id)', "has 1 arguments in the table"),
    (DEF, "CLASS(NSMenuItem, REQ)", "CLASS(NSMenuRow, REQ)", "no class NSMenuRow"),
    (DEF, "VOID1(ns_menu_add, ", "VOID1(ns_menu_set_title, ", "stands there twice"),
    (DEF, '"applicationShouldTerminate:"', '"applicationShouldTerminat:"',
     "applicationShouldTerminat:: nothing of AppKit's calls that"),
    (DEF, '"performMiniaturize:"', '"performMinimise:"', 'SELECTOR "performMinimise:" is no'),
    (DEF, 'VOID0(ns_window_center, REQ, NSWindow, "center")',
     'RECT0(ns_window_center, REQ, NSWindow, "frame")', "gives a frame: those stand in"),
    (MAC, 'NSScreen, "visibleFrame"', 'NSScreen, "visibleframe"', "visibleframe] is no method"),
    (MAC, '"processIdentifier", int', '"processIdentifier", long', "processIdentifier]: types"),
    (GUI, '(IMP)on_should_end, "Q@:@"', '(IMP)on_should_end, "v@:@"', "types of on_should_end()"),
    (GUI, 'static unsigned long on_should_end(', 'static BOOL on_should_end(',
     "types of on_should_end()"),
    (GUI, '{SEL_app_did_finish, (IMP)on_did_finish, "v@:@"}',
     '{SEL_app_reopen, (IMP)on_did_finish, "v@:@"}', "but AppKit calls it as B@:@B"),
    (GUI, "POLICY_ACCESSORY 1L", "POLICY_ACCESSORY 2L", "value of NSApplicationActivationPolicyA"),
    (STATUS, "IMAGE_LEFT = 2", "IMAGE_LEFT = 3", "value of NSImageLeft"),
    (STATUS, "/* NSImageLeft */", "/* NSImageLeading3 */", "no constant NSImageLeading3"),
    ("app/cocoa/cocoa.h", "extern id NSPasteboardTypeString;", "extern id NSPasteboardTypeText;",
     "no symbol _NSPasteboardTypeText"),
    ("app/macos/power.c", '"NSProcessInfoPowerStateDidChangeNotification"',
     '"NSProcessInfoPowerStateChangedNotification"', "no symbol _NSProcessInfoPowerStateChanged"),
    (STUBS, "_sel_isEqual", "_sel_equal", "_sel_equal is not in /usr/lib/libobjc.A.dylib"),
    (STUBS, "_NSDefaultRunLoopMode", "_NSApp", "_NSApp is not in /System/Library/Frameworks/Core"),
    (STUBS, "/Versions/C/AppKit 2575", "/Versions/A/AppKit 2575", "which is not linked"),
    (FACTS, "-setToolTip:\tv@:@", "-setToolTip:\tv@:q", "setToolTip:]: types"),
]

# the same for files of the bundle and check_bundle.py
BUNDLE = [
    (PLIST, "<string>APPL</string>", "<string>BNDL</string>", "CFBundlePackageType"),
    (PLIST, "<key>LSUIElement</key>\n\t<true/>", "", "LSUIElement"),
    (PLIST, "<key>LSUIElement</key>\n", "<key>LSUIElement</key>\n<true/><key>LSUIElement</key>\n",
     "keys that stand there once"),
    (PLIST, "<key>LSUIElement</key>", "too much<key>LSUIElement</key>", "text between its keys"),
    (PLIST, "<string>AppIcon</string>", "<string>Icon</string>", "CFBundleIconFile"),
    (PLIST, "container-kit.dev<", "container-kit.de<", "CFBundleIdentifier is com.ethercorps.co"),
    (PLIST, "container-kit.dev<", "container-kit<", "the identifier of Info.plist does not stand"),
    (PLIST, "<key>CFBundleVersion</key>\n\t<string>", "<key>CFBundleVersion</key>\n\t<string>9",
     "CFBundleVersion"),
    (PLIST, "<string>ja</string>", "<string>jp</string>", "CFBundleLocalizations"),
    (PLIST, "<key>NSLocalNetworkUsageDescription</key>",
     "<key>NSAppleEventsUsageDescription</key>\n\t<string>Why not</string>\n\t"
     "<key>NSLocalNetworkUsageDescription</key>", "usage strings"),
    (PLIST, "registries on your", "registers on your", "Info.plist: NSLocalNetworkUsageDescription"),
    (RELEASE, '"darwin-aarch64", ', "", "release.json"),
    (RELEASE, '.dev", "version"', '", "version"', "release.json"),
    (FRENCH, "moteurs", "motor", "fr.lproj/InfoPlist.strings"),
    (LICENSES, "Frank Denis", "Frank", "'Frank Denis' is not in it"),
    (LICENSES, "\ncJSON\n", "\n", "no part cJSON"),
    (PKGINFO, "APPL", "APPX", "PkgInfo"),
    (ICON, b"ic10", b"ic11", "AppIcon.icns: only"),
    (ICON, b"icns", b"icnt", "first bytes"),
]


def edit(path, old, new):
    with open(path, "rb") as f:
        data = f.read()
    old, new = (t if isinstance(t, bytes) else t.encode() for t in (old, new))
    if old not in data:
        raise ValueError(f"{path} has no {old!r} any more")
    with open(path, "wb") as f:
        f.write(data.replace(old, new, 1))


def run(check, *words):
    done = subprocess.run([sys.executable, "-B", os.path.join(HERE, check), *words],
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def noticed(c, what, check, words, wanted):
    status, output = run(check, *words)
    c.that(status != 0 and wanted in output,
           f"{check} did not notice {what} (status {status}): {output[-400:]}")


def copy_source(root):
    for folder in ("app/cocoa", "app/macos"):
        shutil.copytree(folder, os.path.join(root, folder))
    os.makedirs(os.path.join(root, "tests/macos"))
    shutil.copy(FACTS, os.path.join(root, FACTS))


def test_source(c):
    for path, old, new, wanted in SOURCE:
        with tempfile.TemporaryDirectory() as root:
            copy_source(root)
            edit(os.path.join(root, path), old, new)
            noticed(c, f"{new!r} in {path}", "check_rows.py", [root], wanted)


def test_bundle(c, bundle):
    for path, old, new, wanted in BUNDLE:
        with tempfile.TemporaryDirectory() as root:
            copy = shutil.copytree(bundle, os.path.join(root, "A.app"))
            edit(os.path.join(copy, path), old, new)
            noticed(c, f"{new!r} in {path}", "check_bundle.py", [copy], wanted)
    for name, wanted in (("Contents/Resources/tool", "tool is a program"),
                         ("Contents/Resources/.DS_Store", "do not belong there: ['Contents/Res"),
                         ("Contents/Resources/container.sha256", "the sidecar's list")):
        with tempfile.TemporaryDirectory() as root:
            copy = shutil.copytree(bundle, os.path.join(root, "A.app"))
            shutil.copy(os.path.join(copy, PROGRAM if "tool" in name else PKGINFO),
                        os.path.join(copy, name))
            noticed(c, name, "check_bundle.py", [copy], wanted)
    for name in (RELEASE, LICENSES, "Contents/PkgInfo", FRENCH):
        with tempfile.TemporaryDirectory() as root:
            copy = shutil.copytree(bundle, os.path.join(root, "A.app"))
            os.remove(os.path.join(copy, name))
            noticed(c, f"no {name}", "check_bundle.py", [copy], os.path.basename(name))


def command_at(data, wanted):
    """Place of a load command of a thin program."""
    at = 32
    for command, body in macho.Slice(data).commands:
        if command == wanted:
            return at
        at += len(body)
    raise ValueError(f"no command {wanted:#x}")


def put(data, at, form, *values):
    return data[:at] + struct.pack(form, *values) + data[at + struct.calcsize(form):]


def program_changes():
    """What is done to one processor's program, and what check_macho.py must say."""
    m = macho
    here = os.getcwd().encode() + b"/x"
    return [
        ("another oldest system", "platform, oldest system, SDK",
         lambda d: put(d, command_at(d, m.BUILD_VERSION) + 12, "<I", 13 << 16)),
        ("no PIE", "not PIE", lambda d: put(d, 24, "<I", m.Slice(d).flags & ~m.PIE)),
        ("an executable stack", "stack may be executed",
         lambda d: put(d, 24, "<I", m.Slice(d).flags | m.ALLOW_STACK_EXECUTION)),
        ("old dyld information", "no chained fixups",
         lambda d: put(d, command_at(d, m.CHAINED_FIXUPS), "<I", 0x80000033)),
        ("another library", "libraries",
         lambda d: d.replace(b"/usr/lib/libobjc.A.", b"/usr/lib/libobjc.B.")),
        ("no stack protector", "stack protector",
         lambda d: d.replace(b"___stack_chk_fail\0", b"___stack_chk_fall\0")),
        ("no fortify", "_FORTIFY_SOURCE", lambda d: d.replace(b"___memcpy_chk\0", b"___memcpy_chk1")),
        ("an import without a row", "stubs.txt does not have",
         lambda d: d.replace(b"_sel_isEqual\0", b"_sel_isEquaL\0")),
        ("a banned function", "banned", lambda d: d.replace(b"\0_close\0", b"\0_popen\0")),
        ("a changed byte", "pages with another hash", lambda d: d[:-40000] + b"!" + d[-39999:]),
        ("a path of this machine", "of this machine",
         lambda d: d.replace(bytes(len(here)), here, 1)),
        ("another version", "version of Info.plist",
         # of the same length: else all that lies behind it would be something else as well
         lambda d: re.sub(rb"\d+\.\d+\.\d+(?=[\0\n])", lambda v: re.sub(rb"\d", b"9", v[0]), d)),
        ("symbols left", "stripping leaves out", lambda d: left_symbol(d)),
        ("pages that can be written and executed", "can be written and executed",
         lambda d: put(d, command_at(d, m.SEGMENT) + 72 + 60, "<I", 7)),
    ]


def left_symbol(data):
    offset = struct.unpack("<I", data[command_at(data, macho.SYMTAB) + 8:][:4])[0]
    return put(data, offset + 4, "<B", 0x0E)


def larger(data, more):
    """A universal file whose last program is so many bytes longer."""
    count = struct.unpack(">I", data[4:8])[0]
    at = 8 + 20 * (count - 1) + 12  # its size
    size = struct.unpack(">I", data[at:at + 4])[0]
    return data[:at] + struct.pack(">I", size + more) + data[at + 4:] + bytes(more)


def test_program(c, bundle):
    with open(os.path.join(bundle, PROGRAM), "rb") as f:
        whole = f.read()
    for what, wanted, change in program_changes():
        for cpu, piece in macho.slices(whole).items():
            changed = change(piece)[:len(piece)]
            c.that(changed != piece, f"selftest: {what} changes nothing")
            with tempfile.TemporaryDirectory() as root:
                copy = shutil.copytree(bundle, os.path.join(root, "A.app"))
                edit(os.path.join(copy, PROGRAM), piece, changed)
                noticed(c, f"{what} ({cpu})", "check_macho.py", [copy], f"{cpu}: ")
                noticed(c, f"{what} ({cpu})", "check_macho.py", [copy], wanted)
    with tempfile.TemporaryDirectory() as root:
        copy = shutil.copytree(bundle, os.path.join(root, "A.app"))
        copy_source(root)
        edit(os.path.join(copy, PROGRAM), whole, larger(whole, 1000000))
        noticed(c, "a large program", "check_macho.py", [copy, root], "more than 1000000")
        edit(os.path.join(root, STUBS), "_sel_isEqual", "_sel_isEqual\n_sel_isMapped")
        noticed(c, "a row of stubs.txt too many", "check_macho.py", [copy, root],
                "rows that nothing uses")


# check, text in the program, what it becomes, what the check must say
RUNS = [
    ("check_run.py", b"_signal\0", b"_signaL\0", "nobody serves _signaL"),
    ("check_run.py", b"%s %s\n\0", b"%s.%s\n\0", "version: (0, 'container-kit."),
    ("check_run.py", b"\0_execv\0", b"\0_execV\0", "nobody serves _execV"),
    ("check_login.py", b"\0status\0", b"\0statuS\0", "statuS]"),
    ("check_start.py", b"\0hide:\0", b"\0hidE:\0", 'action:hidE: keyEquivalent:"h"'),
    ("check_start.py", b"\0setVisible:\0", b"\0setVisibly:\0", "setVisibly:]"),
]


def test_runs(c, bundle):
    with open(os.path.join(bundle, PROGRAM), "rb") as f:
        whole = f.read()
    for check, old, new, wanted in RUNS:
        for cpu, piece in macho.slices(whole).items():
            c.that(old in piece, f"selftest: {cpu} has no {old!r} any more")
            with tempfile.NamedTemporaryFile() as f:
                f.write(whole.replace(piece, piece.replace(old, new, 1)))
                f.flush()
                noticed(c, f"{new!r} ({cpu})", check, [f.name], wanted)


# the same for the probes and check_core.py
CORE = [
    (b"_pread\0", b"_preaD\0", "nobody serves _preaD"),
    (b"reject %s\n\0", b"reject.%s\n\0", "(1, 'reject."),
    (b"\0Ports\0", b"\0PortS\0", "parse --engine docker"),
]


def test_core(c, work):
    for old, new, wanted in CORE:
        with tempfile.TemporaryDirectory() as root:
            for cpu in ("arm64", "x86_64"):
                os.mkdir(os.path.join(root, cpu + ".dev"))
                shutil.copy(os.path.join(work, cpu + ".dev", "probe"), os.path.join(root, cpu + ".dev"))
                edit(os.path.join(root, cpu + ".dev", "probe"), old, new)
            status, output = run("check_core.py", root)
            for words in ("FAILED: arm64: ", "FAILED: x86_64: ", wanted):
                c.that(status != 0 and words in output,
                       f"check_core.py did not notice {new!r} ({words}): {output[-400:]}")


def main(bundle):
    c = Checks()
    with tempfile.TemporaryDirectory() as root:
        copy_source(root)
        c.same(run("check_rows.py", root)[0], 0, "check_rows.py on an unchanged copy")
    test_source(c)
    test_bundle(c, bundle)
    test_program(c, bundle)
    test_runs(c, bundle)
    test_core(c, os.path.dirname(bundle) + "-work")
    c.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build/macos/ContainerKit.app")
