"""main.py - which files, which rules; prints what they find. Called by lint.sh alone."""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import rules  # noqa: E402
import tools  # noqa: E402
from source import Source, is_ours  # noqa: E402


def every_file():
    for folder, folders, names in os.walk("."):
        here = os.path.relpath(folder, ".")
        folders[:] = sorted(f for f in folders if is_ours(os.path.normpath(os.path.join(here, f))))
        for name in sorted(names):
            path = os.path.normpath(os.path.join(here, name))
            if is_ours(path):
                yield path


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--flags", default="")
    words.add_argument("--only", default=None)
    words.add_argument("--rules", action="store_true")
    words.add_argument("files", nargs="*")
    args = words.parse_args()
    names = [name for name, _ in rules.RULES] + tools.RULES
    if args.rules:
        print("\n".join(names))
        return 0
    if args.only is not None and args.only not in names:
        print(f"lint: no rule of the name {args.only}", file=sys.stderr)
        return 2
    whole = not args.files
    paths = list(every_file()) if whole else \
        [os.path.normpath(p) for p in args.files if is_ours(p) and os.path.isfile(p)]
    sources = [Source(p) for p in paths]
    found = set()
    for name, rule in rules.RULES:
        if args.only in (None, name):
            found.update((p, n, name, text) for s in sources for p, n, text in rule(s))
    wanted = [name for name in tools.RULES if args.only in (None, name)]
    found.update(tools.run(wanted, sources, args.flags, whole))
    for path, line, name, text in sorted(found):
        print(f"{path}:{line}: [{name}] {text}")
    print(f"lint: {len(sources)} files, {len(found) or 'nothing'} found")
    return 1 if found else 0


sys.exit(main())
