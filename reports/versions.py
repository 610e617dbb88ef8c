#!/usr/bin/python3
"""Writes the versions of every tool the project uses to JSON: versions.py FILE.

The tools are the packages of verify/setup/packages.list; the version is what the program says of itself
where it says something, beside Debian's package version. A tool that is absent has neither.
"""
import json
import os
import platform
import re
import subprocess
import sys

from report import write_file

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# package -> the command that prints its version
COMMANDS = {
    "gcc": "gcc -dumpfullversion", "make": "make --version", "pkg-config": "pkg-config --version",
    "clang": "clang --version", "clang-19": "clang-19 --version", "llvm-19": "llvm-cov-19 --version", "lcov": "lcov --version", "valgrind": "valgrind --version",
    "python3": "/usr/bin/python3 --version", "frama-c-base": "frama-c -version",
    "why3": "why3 --version", "z3": "z3 --version", "cvc4": "cvc4 --version", "cvc5": "cvc5 --version",
    "gappa": "gappa --version", "coq": "coqc --version", "gnuplot-nox": "gnuplot --version",
    "clang-format": "clang-format --version", "cppcheck": "cppcheck --version",
    "shellcheck": "shellcheck --version", "libmpfr-dev": "pkg-config --modversion mpfr",
    "libgmp-dev": "pkg-config --modversion gmp", "libjansson-dev": "pkg-config --modversion jansson",
    "libcriterion-dev": "pkg-config --modversion criterion",
}


def run(words):
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr if done.returncode == 0 else ""


def says(package):
    """The first thing that looks like a version in what the program prints."""
    output = run(COMMANDS[package].split()) if package in COMMANDS else ""
    match = re.search(r"\d+\.\d+[\w.+~-]*(?: \([A-Z][a-z]+\)| patchlevel \d+)?", output)
    return match[0] if match else ""


def groups(path):
    """{package: [what needs it]} in the order of the list."""
    found = {}
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            words = line.split("#")[0].split()
            if len(words) == 2:
                found.setdefault(words[1], []).append(words[0])
    return found


def package_versions(names):
    format_ = "${Package} ${db:Status-Status} ${Version}\n"
    try:
        done = subprocess.run(["dpkg-query", "-W", "-f", format_, *names], capture_output=True, text=True,
                              check=False)
    except OSError:
        return {}
    rows = [line.split() for line in done.stdout.splitlines()]
    return {row[0]: row[2] for row in rows if len(row) == 3 and row[1] == "installed"}


def collect(path=os.path.join(TOP, "verify/setup/packages.list")):
    needed = groups(path)
    packages = package_versions(sorted(needed))
    tools = [{"name": name, "version": says(name), "package": packages.get(name, ""),
              "for": ", ".join(needed[name])} for name in sorted(needed)]
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    commit = run(["git", "-C", TOP, "rev-parse", "--short=12", "HEAD"]).strip()
    if commit and run(["git", "-C", TOP, "status", "--porcelain", "--untracked-files=no"]).strip():
        commit += " with changes"
    return {"schema": "heavyproof.versions/1", "system": f"{system}, {platform.machine()}",
            "commit": commit, "tools": tools}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write_file(sys.argv[1], json.dumps(collect(), indent=1) + "\n")
