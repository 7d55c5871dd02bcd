"""breaks.py [NAME...] - takes each protection of docs/security.md out of a copy of the source, and
runs the test that the page names: it has to fail. Part of `test all`.

A break is one place of one file. Suites are run from a build of the copy; first whole, then broken
one at a time. A break that does not compile counts as nothing: it proves no test."""
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
WORK = os.path.join(ROOT, "build/breaks")

# name in docs/security.md, file, what stands there, what then stands there, the test: suites of the
# unit binary, or a command that is run in the copy
BREAKS = [
    ("allow-list", "core/exec/cmd_table.c", '{"login", "<user>", "--password-stdin", "<host>"}',
     '{"login", "<user>", "<host>"}', ["unit", "cmd"]),
    ("allow-list, one spawner", "core/engine/parts.c", "#include <",
     "int posix_spawn(void);\n#include <",
     ["tests/lint/lint.sh", "--only", "single-user", "core/engine/parts.c"]),
    ("no shell", "core/exec/child.c", "enum rc child_run(",
     "int shell(void);\nint shell(void)\n{\n    return system(\"id\");\n}\n\nenum rc child_run(",
     ["tests/lint/lint.sh", "--only", "single-user", "core/exec/child.c"]),
    ("path isolation", "core/engine/locate.c", "if (st->st_mode & S_IWOTH)", "if (false)",
     ["unit", "locate"]),
    ("bundled sidecar", "core/engine/sidecar_tree.c",
     "if (rc == RC_OK && memcmp(hash, e->hash, sizeof hash) != 0)", "if (false)",
     ["unit", "sidecar", "sidecar_tree", "sidecar_list"]),
    ("elevation, chain", "core/engine/elevate.c", "if (rc == RC_OK && strcmp(path, call->program) != 0)",
     "rc = RC_OK;\n    if (rc == RC_OK && strcmp(path, call->program) != 0)", ["unit", "elevate"]),
    ("elevation, gate", "core/exec/host.c", "MUST(call != NULL && call->elevated && call->host",
     "MUST(call != NULL && call->host", ["unit", "host", "elevate"]),
    ("private database", "core/store/store_file.c", "(st.st_mode & 077) != 0 && fchmod",
     "(st.st_mode & 077) == 0 && fchmod", ["unit", "store"]),
    ("private database, links", "core/store/store_file.c", "O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC",
     "O_RDWR | O_CREAT | O_CLOEXEC", ["unit", "store"]),
    ("parameterised queries", "core/store/store.c", "/* An engine that this version",
     "const char *sql_built(void);\nconst char *sql_built(void)\n{\n    return \"SELECT name FROM %s\";\n"
     "}\n\n/* An engine that this version",
     ["tests/lint/lint.sh", "--only", "sql", "core/store/store.c"]),
    ("secrets, told to nobody", "core/action/login.c", "if (holds(&res->err, password))",
     "if (false && holds(&res->err, password))", ["unit", "registry_book"]),
    ("secrets in memory", "core/base/secret.c", "sodium_memzero(bytes, len);", "(void)bytes;",
     ["unit", "secret", "keychain"]),
    ("secrets, core files", "core/exec/cores.c", ".rlim_cur = soft,", ".rlim_cur = soft | 1,",
     ["unit", "cores"]),
    ("argument validation", "core/base/validate.c",
     "return s.len >= 1 && is_alnum(s.at[0]) && made_of(s, \"_.-\");",
     "return s.len >= 1 && made_of(s, \"_.-\");", ["unit", "validate_argv"]),
    ("environment", "core/exec/env.c", "    \"HOME\",", "    \"HOME\",\n    \"SECRET\",",
     ["unit", "child", "env"]),
    ("text from outside", "core/base/text.c", "if (n > 0 && !utf8_is_hidden(cp)) {", "if (n > 0) {",
     ["unit", "text"]),
    ("environments", "core/engine/inspection.c", "if (!what->values)", "if (false)",
     ["unit", "inspection"]),
    ("pasted lines", "core/base/quote.c", "if (is_shown(word))", "if (is_shown(word) || out)",
     ["unit", "quote", "run_line"]),
    ("hardened runtime", "app/macos/release.sh", "--options runtime ", "",
     ["/usr/bin/python3", "-B", "tests/macos/check_release.py", "--signing"]),
    ("least privilege", "app/macos/entitlements.plist", "<dict>\n",
     "<dict>\n<key>com.apple.security.cs.disable-library-validation</key>\n<true/>\n",
     ["/usr/bin/python3", "-B", "tests/macos/check_bundle.py"]),
    ("signed updates", "core/update/minisign.c", "if (!hashed && mode != MINISIGN_LEGACY_TOO)",
     "if (mode == (enum minisign_mode)99)", ["unit", "minisign"]),
    ("updates over HTTPS", "core/update/address.c", '#define SCHEME "https://"',
     '#define SCHEME "http://"', ["/usr/bin/python3", "-B", "tests/update/manifests.py", "build/linux/probe"]),
    ("what is released", "app/release/publish.py", "check(mark not in self.program,", "check(True,",
     ["/usr/bin/python3", "-B", "tests/update/release.py", "build/linux/probe"]),
    ("updates, whole", "core/update/recover.c", "return f->whole ? RECOVER_KEEP : RECOVER_DROP;",
     "return RECOVER_KEEP;", ["unit", "recover"]),
    ("defence in depth", "core/base/file.c",
     "return fault_set(why, RC_TOO_BIG, \"%s is larger than %zu bytes\", path, out->max);",
     "return RC_OK;", ["unit", "file"]),
    ("fail securely", "core/engine/locate.c", "return rc == RC_OK && w->denied ? RC_DENIED : rc;",
     "return rc;", ["unit", "locate"]),
]


def make(*words):
    done = subprocess.run(["make", "-s", "-f", "tests/tests.mk", "-j", str(os.cpu_count()), *words],
                          cwd=WORK + "/tree", capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr


def build():
    return make("B=build/linux", "VARIANT=plain", "build/linux/unit", "build/linux/probe", "fakes")


def run(test):
    words = ["build/linux/unit", *test[1:]] if test[0] == "unit" else test
    return subprocess.run(words, cwd=WORK + "/tree", capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=600)


def copy_source():
    shutil.rmtree(WORK, ignore_errors=True)
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in files.stdout.decode().split("\0")[:-1]:
        if os.path.isfile(os.path.join(ROOT, name)):
            os.makedirs(os.path.dirname(os.path.join(WORK, "tree", name)) or ".", exist_ok=True)
            shutil.copy2(os.path.join(ROOT, name), os.path.join(WORK, "tree", name))
    for name in ("macos", "macos-work"):  # what the release's steps are played with
        os.makedirs(os.path.join(WORK, "tree/build"), exist_ok=True)
        os.symlink(os.path.join(os.path.abspath(ROOT), "build", name),
                   os.path.join(WORK, "tree/build", name))
    for words in (["init", "-q"], ["add", "-A"],  # some tests ask git what belongs to the project
                  ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-q", "-m", "copy"]):
        subprocess.run(["git", *words], cwd=WORK + "/tree", check=True)


def try_break(name, path, old, new, test):
    """What is wrong with it, or None: the test failed, as it should."""
    full = os.path.join(WORK, "tree", path)
    with open(full, encoding="utf-8") as f:
        text = f.read()
    if old not in text:
        return f"{path} has no {old!r}"
    try:
        with open(full, "w", encoding="utf-8") as f:
            f.write(text.replace(old, new, 1))
        if test[0] == "unit" or "build/linux/probe" in test:
            built, said = build()
            if not built:
                return f"it does not compile: {said[-600:]}"
        done = run(test)
        return None if done.returncode != 0 else f"{' '.join(test)} did not notice"
    finally:
        with open(full, "w", encoding="utf-8") as f:
            f.write(text)


def main(wanted):
    copy_source()
    built, said = build()
    if not built:
        sys.exit(f"the copy does not build: {said}")
    with open(os.path.join(ROOT, "docs/security.md"), encoding="utf-8") as f:
        page = f.read()
    failed = 0
    checked = {}
    for name, path, old, new, test in BREAKS:
        if wanted and name not in wanted:
            continue
        key = " ".join(test)
        if key not in checked:
            build()
            checked[key] = run(test).returncode
        wrong = f"{key} fails by itself" if checked[key] != 0 else \
            try_break(name, path, old, new, test)
        if not re.search(rf"`{re.escape(name)}`", page):
            wrong = wrong or "docs/security.md does not name it"
        failed += wrong is not None
        print(f"FAILED: {name}: {wrong}" if wrong else f"noticed: {name}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
