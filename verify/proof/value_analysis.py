"""One run of Frama-C/Eva on a driver, and what its table of properties says.

Each driver is analysed twice: with the contracts, where every precondition of a called function gets a
status, and on a copy of src/ whose annotations are plain comments, so that no alarm is missing because an
annotation that WP proves was taken for granted."""

import csv
import glob
import os
import re
import shutil
import time

from toolchain import BUILD, ROOT, Failure, run

DRIVERS = os.path.join("verify", "proof", "drivers")
MODELS = os.path.join(DRIVERS, "libm.c")
PLAIN = os.path.join(BUILD, "eva", "plain")
COMMON = [
    "-machdep", "x86_64", "-eva", "-eva-precision", "5", "-eva-no-alloc-returns-null",
    "-eva-unroll-recursive-calls", "64",
    "-warn-special-float", "non-finite",
]
# Kinds of properties that people write; every other kind that Eva lists is an alarm of its own.
WRITTEN = re.compile(
    r"(precondition|postcondition|exceptional postcondition|user assertion|loop invariant|loop variant"
    r"|(loop )?assigns clause|from clause|termination clause|exit clause|lemma|axiom|behavior)\b"
)
EXPECTED = re.compile(r"/\* must raise: (\w+) in (\w+)(?:; requires (\w+)(?: of (\w+))?)? \*/")


class Analysis:
    """What Eva says of one driver: rows of its table, without those of code that is not reached."""

    def __init__(self, rows, seconds):
        self.seconds = seconds
        self.rows = [row for row in rows if row["status"] not in ("Dead", "Untried")]

    def alarms(self):
        """(function, kind, property) of every run-time error that Eva cannot exclude."""
        found = [r for r in self.rows if not WRITTEN.match(r["property kind"]) and r["status"] != "Valid"]
        return [(r["function"], r["property kind"], r["property"]) for r in found]

    def refuted(self):
        """Written properties that do not hold; in a driver, assertions that Eva does not establish."""
        return [
            (r["function"], r["property kind"], r["property"])
            for r in self.rows
            if WRITTEN.match(r["property kind"])
            and (r["status"].startswith("Invalid") or (is_driver(r) and is_assertion(r) and r["status"] != "Valid"))
        ]

    def preconditions(self):
        """{(function, clause): established at every call}."""
        found = {}
        for row in self.rows:
            if row["property kind"] == "precondition":
                key = row["function"], clause(row["property"])
                found[key] = found.get(key, True) and row["status"] == "Valid"
        return found

    def reached(self):
        """The functions that return: preconditions of one that is never called count as valid."""
        return {row["function"] for row in self.rows if row["property kind"] == "postcondition"}


def is_driver(row):
    return DRIVERS in os.path.join(row["directory"], row["file"])


def is_assertion(row):
    return row["property kind"] == "user assertion"


def clause(text):
    """The name of a clause, or its text when it has none."""
    found = re.match(r"(\w+): ", text)
    return found.group(1) if found else text


def table(path):
    with open(path, encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


def drivers():
    return sorted(p for p in glob.glob(os.path.join(DRIVERS, "*.c"), root_dir=ROOT) if p != MODELS)


def wrong_drivers():
    return sorted(glob.glob(os.path.join(DRIVERS, "wrong", "*.c"), root_dir=ROOT))


def expectation(driver):
    """(alarm, where, clause or None, of which function) that a wrong driver must raise."""
    with open(os.path.join(ROOT, driver), encoding="utf-8") as text:
        found = EXPECTED.match(text.readline())
    if not found:
        raise Failure(f"{driver}:1: want: /* must raise: KIND in FUNCTION[; requires CLAUSE] */")
    kind, function, requires, owner = found.groups()
    return kind, function, requires, owner or function


def write_plain_copy():
    """src/ and spec/acsl/ with every annotation turned into a comment."""
    shutil.rmtree(PLAIN, ignore_errors=True)
    for pattern in ("src/*.[ch]", "spec/acsl/*.h"):
        for path in glob.glob(pattern, root_dir=ROOT):
            with open(os.path.join(ROOT, path), encoding="utf-8") as source:
                text = source.read().replace("/*@", "/*").replace("//@", "//")
            copy = os.path.join(PLAIN, path)
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            with open(copy, "w", encoding="utf-8") as out:
                out.write(text)


def analyse(driver, plain):
    """Runs Eva on a driver with all of src/."""
    top = PLAIN if plain else ROOT
    name = os.path.splitext(os.path.relpath(driver, DRIVERS))[0].replace(os.sep, ".")
    report = os.path.join(BUILD, "eva", name + (".plain" if plain else ""))
    os.makedirs(os.path.dirname(report), exist_ok=True)
    if os.path.exists(report + ".csv"):
        os.remove(report + ".csv")
    sources = sorted(glob.glob("src/*.c", root_dir=ROOT))
    # Frama-C itself looks for headers in the working directory first
    command = ["frama-c", *COMMON, f"-cpp-extra-args=-I{ROOT} -DHP_MODEL_FLOAT"]
    command += [os.path.join(ROOT, driver), os.path.join(ROOT, MODELS), *sources]
    command += ["-then", "-report", "-report-csv", report + ".csv"]
    start = time.monotonic()
    answer = run(command, cwd=top, env=dict(os.environ, PWD=top, LC_ALL="C.UTF-8"))
    seconds = time.monotonic() - start
    with open(report + ".log", "w", encoding="utf-8") as log:
        log.write(answer.stdout + answer.stderr)
    if answer.returncode or not os.path.exists(report + ".csv"):
        lines = (answer.stdout + answer.stderr).strip().splitlines()
        raise Failure(f"{driver}: Frama-C stopped with status {answer.returncode}: " + " | ".join(lines[-4:]))
    return Analysis(table(report + ".csv"), seconds)
