"""The tests that see a mutant: those of the mutated kernel and of what includes it, built against it."""

import os
import re
import resource
import subprocess
import time

import ledger
from toolchain import Failure

MODES = ("release", "debug")  # debug: sanitizers, and the twins that check each kernel call
LEAST_SECONDS = 30
FACTOR = 20  # a program that needs so many times what it needs without the mutant does not end


def includers(header, patterns):
    wanted = f'#include "{header}"'
    return [path for path in ledger.tree(*patterns) if wanted in ledger.read(path)]


def candidates(source):
    """Stems of the tests of a kernel, the nearest first: its own, those that include it, those of the
    modules that include it."""
    header, stem = source[:-2] + ".h", os.path.basename(source)[:-2]
    near = [stem, stem + "_twin"]
    near += [test_stem(path) for path in includers(header, ["tests/test_*.c"])]
    for path in includers(header, ["src/*.[ch]", "reference/*/*.[ch]", "verify/*.[ch]", "verify/*/*.[ch]"]):
        near.append(os.path.basename(path)[:-2])
        if path.endswith(".h"):
            near += [test_stem(p) for p in includers(path, ["tests/test_*.c"])]
    kept = []
    for name in near:
        listed = ledger.tree(f"tests/test_{name}.c")
        if listed and name not in kept:
            kept.append(name)
    return kept


def test_stem(path):
    return os.path.basename(path)[len("test_") : -2]


class Unbuildable(Exception):
    """The mutant is no program."""


class Tests:
    """The programs of a scratch tree, with the seconds that each needs there without a mutant."""

    def __init__(self, root, say=print):
        self.root, self.needed, self.linked, self.say = root, {}, {}, say

    def program(self, mode, stem):
        return f"build/{mode}/tests/test_{stem}"

    def build(self, mode, stem):
        command = ["make", "-s", "--no-print-directory", f"MODE={mode}", f"OUT=build/{mode}", "WARNINGS=-w"]
        done = subprocess.run([*command, self.program(mode, stem)], cwd=self.root, capture_output=True,
                              text=True, check=False)
        return "" if done.returncode == 0 else (done.stdout + done.stderr).strip()

    def run(self, mode, stem, seconds):
        """The exit status, None when it does not end in so many seconds of processor time."""
        limit = int(seconds)

        def limited():
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        command = [os.path.join(self.root, self.program(mode, stem)), "-j1"]
        try:
            done = subprocess.run(command, cwd=self.root, capture_output=True, check=False,
                                  preexec_fn=limited, timeout=20 * limit)
        except subprocess.TimeoutExpired:
            return None
        return done.returncode

    def links(self, mode, stem, source):
        """Is a function of the kernel in the program?"""
        done = subprocess.run(["nm", self.program(mode, stem)], cwd=self.root, capture_output=True,
                              text=True, check=False)
        present = set(re.findall(r" T (\w+)$", done.stdout, re.M))
        return bool(present & set(ledger.defined_functions(source)))

    def prepare(self, source):
        """Builds and runs the candidates without a mutant: they pass, and their time is known."""
        if source in self.linked:
            return
        self.linked[source] = []
        for stem in candidates(source):
            for mode in MODES:
                if error := self.build(mode, stem):
                    raise Failure(f"tests/test_{stem}.c ({mode}) does not build: {error[-500:]}")
                if not self.links(mode, stem, source):
                    break
                if mode == MODES[0]:
                    self.linked[source].append(stem)
                if (mode, stem) in self.needed:
                    continue
                start = time.monotonic()
                status = self.run(mode, stem, 600)
                if status != 0:
                    raise Failure(f"tests/test_{stem}.c ({mode}) fails without a mutant ({status})")
                self.needed[mode, stem] = time.monotonic() - start
                self.say(f"test_{stem} ({mode}) passes without a mutant", flush=True)

    def killer(self, source):
        """The first test that fails with the mutant in the tree, or "", and the tests that ran."""
        stems, ran = self.linked[source], []
        for mode in MODES:
            for stem in stems[:1] + sorted(stems[1:], key=lambda s: self.needed[mode, s]):
                if error := self.build(mode, stem):
                    raise Unbuildable(error)
                ran.append(f"tests/test_{stem}.c")
                limit = max(LEAST_SECONDS, FACTOR * self.needed[mode, stem])
                status = self.run(mode, stem, limit)
                if status != 0:
                    how = "does not end" if status is None else "fails"
                    return f"tests/test_{stem}.c {how} ({mode})", ran[-1:]
        return "", sorted(set(ran))
