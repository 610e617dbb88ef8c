#!/usr/bin/python3
"""Checks the tree: lint.py [--root DIR] [CHECK...]; without CHECK all of them.

Prints one line a finding, FILE:LINE: WHAT, and exits with 1 when there is one; 2 for a wrong use.
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import lists  # noqa: E402
import tools  # noqa: E402
from tree import Tree  # noqa: E402

CHECKS = {
    "layout": lists.layout,
    "readme": lists.readme,
    "claims": lists.claims,
    "tests": lists.tests,
    "words": lists.words,
    "format": tools.clang_format,
    "compile": tools.compiler,
    "cppcheck": tools.cppcheck,
    "shell": tools.shellcheck,
    "python": tools.python,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", default=os.path.join(os.path.dirname(__file__), "..", ".."))
    parser.add_argument("check", nargs="*", metavar="CHECK", help=", ".join(CHECKS))
    args = parser.parse_args()
    for name in args.check:
        if name not in CHECKS:
            parser.error(f"unknown check '{name}'; accepted: {', '.join(CHECKS)}")
    tree = Tree(args.root)
    failed = False
    for name in args.check or CHECKS:
        findings = list(CHECKS[name](tree))
        print(f"{'FAIL' if findings else 'ok  '} {name}")
        for finding in findings:
            print(f"  {finding}")
        failed = failed or bool(findings)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
