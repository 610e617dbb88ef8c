#!/usr/bin/python3
"""Coverage of src/ and reference/ from an instrumented build, with the gate.

coverage.py [--objects build/coverage/obj] [--list tests/coverage.list] [--json build/coverage.json]

Every line of both must run in some test, and every branch of src/. Exceptions stand in the list, one a
line: `file:line | reason`; an exception that the tests do reach fails as well. Branches of reference/ are
reported, not gated. Exit 0 when the gate holds, 1 when not, 2 when nothing can be measured.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

from report import write_file

ROOMS = ("src", "reference")
OPTIONS = ["--quiet", "--rc", "lcov_branch_coverage=1", "--rc", "geninfo_gcov_tool=gcov", "--base-directory", "."]


def capture(objects):
    """lcov's tracefile: what can run (from the compiler) joined with what did."""
    if not any(os.path.isdir(f"{objects}/{room}") for room in ROOMS):
        raise RuntimeError(f"{objects}: no instrumented objects; build with MODE=coverage")
    # a test may include a source to put faulty parts around it, so the tests' own objects count
    directories = [word for room in (*ROOMS, "tests") if os.path.isdir(f"{objects}/{room}")
                   for word in ("--directory", f"{objects}/{room}")]
    with tempfile.TemporaryDirectory() as directory:
        parts = []
        for name, extra in (("all", ["--initial"]), ("run", [])):
            part = f"{directory}/{name}.info"
            done = subprocess.run(["lcov", *OPTIONS, *extra, "--capture", *directories, "--output-file", part],
                                  capture_output=True, text=True, check=False)
            if done.returncode and name == "all":
                raise RuntimeError("lcov: " + (done.stderr.strip() or "no data"))
            if not done.returncode:
                parts += ["--add-tracefile", part]
        joined = f"{directory}/joined.info"
        subprocess.run(["lcov", *OPTIONS, *parts, "--output-file", joined], check=True, capture_output=True)
        with open(joined, encoding="utf-8") as stream:
            return stream.read()


def parse(info, top):
    """{file: {"lines": {line: count}, "branches": {(line, block, branch): count}}} for the rooms."""
    files, current = {}, None
    for row in info.splitlines():
        key, _, value = row.partition(":")
        if key == "SF":
            name = os.path.relpath(os.path.realpath(value), os.path.realpath(top))
            inside = name.split(os.sep)[0] in ROOMS
            current = files.setdefault(name, {"lines": {}, "branches": {}}) if inside else None
        elif current is None:
            continue
        elif key == "DA":
            line, count = (int(word) for word in value.split(",")[:2])
            current["lines"][line] = current["lines"].get(line, 0) + count
        elif key == "BRDA":
            line, block, branch, count = value.split(",")
            place = (int(line), block, branch)
            taken = 0 if count == "-" else int(count)
            current["branches"][place] = current["branches"].get(place, 0) + taken
    return files


def exceptions(path):
    """[{"file", "line", "reason"}] of the committed list, and what is wrong with its text."""
    entries, problems = [], []
    with open(path, encoding="utf-8") as stream:
        for number, row in enumerate(stream, 1):
            row = row.split("#")[0].strip() if row.lstrip().startswith("#") else row.strip()
            if not row:
                continue
            match = re.fullmatch(r"(\S+):(\d+)\s*\|\s*(\S.*)", row)
            if match:
                entries.append({"file": match[1], "line": int(match[2]), "reason": match[3]})
            else:
                problems.append(f"{path}:{number}: not of the form `file:line | reason`")
    return entries, problems


def judge(files, entries, sources, list_name):
    """The document heavyproof.coverage/1. sources: every .c file of the rooms."""
    excused = {(entry["file"], entry["line"]) for entry in entries}
    rows, problems = [], []
    for name in sorted(files):
        lines, branches = files[name]["lines"], files[name]["branches"]
        unreached = sorted(line for line, count in lines.items() if not count)
        missed = {}
        for (line, _, _), count in branches.items():
            if not count:
                missed[line] = missed.get(line, 0) + 1
        rows.append({"file": name, "lines": len(lines), "lines_hit": len(lines) - len(unreached),
                     "branches": len(branches), "branches_hit": len(branches) - sum(missed.values()),
                     "uncovered_lines": unreached,
                     "uncovered_branches": [{"line": line, "missed": missed[line]} for line in sorted(missed)]})
        bare = {line for line in unreached if (name, line) not in excused}
        for first, last in stretches(sorted(lines), bare):
            where = f"lines {first}-{last} are" if last > first else "the line is"
            problems.append(f"{name}:{first}: {where} not covered by any test and not justified in {list_name}")
        for line in sorted(missed):
            if name.startswith("src/") and line not in unreached and (name, line) not in excused:
                problems.append(f"{name}:{line}: {missed[line]} branches not taken by any test and not "
                                f"justified in {list_name}")
    for name in sorted(set(sources) - set(files)):
        problems.append(f"{name}: no coverage data: it is not compiled into any test")
    by_name = {row["file"]: row for row in rows}
    for entry in entries:
        row = by_name.get(entry["file"])
        open_lines = set(row["uncovered_lines"]) | {b["line"] for b in row["uncovered_branches"]} if row else set()
        if entry["line"] not in open_lines:
            problems.append(f"{entry['file']}:{entry['line']}: justified in {list_name}, but "
                            + ("the tests do reach it" if row else "there is no such file"))
    return {"schema": "heavyproof.coverage/1", "gate": "fail" if problems or not rows else "pass",
            "files": rows, "justified": entries, "problems": problems}


def stretches(lines, chosen):
    """(first, last) of each run of chosen lines that no other code line interrupts."""
    found = []
    for k, line in enumerate(lines):
        if line in chosen:
            if found and k and found[-1][1] == lines[k - 1]:
                found[-1] = (found[-1][0], line)
            else:
                found.append((line, line))
    return found


def sources(top):
    """Every C file of the rooms that holds code: the twins run only in the instrumented tests, and count."""
    found = [path for room in ROOMS for path in glob.glob(f"{top}/{room}/**/*.c", recursive=True)]
    return [os.path.relpath(path, top) for path in found]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", default="build/coverage/obj")
    parser.add_argument("--list", default="tests/coverage.list")
    parser.add_argument("--json", default="build/coverage.json")
    args = parser.parse_args()
    try:
        files = parse(capture(args.objects), ".")
        entries, problems = exceptions(args.list)
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        print(f"coverage: {error}", file=sys.stderr)
        return 2
    document = judge(files, entries, sources("."), args.list)
    document["problems"] = problems + document["problems"]
    if problems:
        document["gate"] = "fail"
    write_file(args.json, json.dumps(document, indent=1) + "\n")
    for text in document["problems"]:
        print(text)
    for room in ROOMS:
        rows = [row for row in document["files"] if row["file"].startswith(room + "/")]
        counts = {key: sum(row[key] for row in rows) for key in ("lines", "lines_hit", "branches", "branches_hit")}
        print("{0}/: {lines_hit} of {lines} lines, {branches_hit} of {branches} branches".format(room, **counts))
    print(f"coverage gate: {document['gate']} ({args.json})")
    return 0 if document["gate"] == "pass" else 1


if __name__ == "__main__":
    sys.exit(main())
