#!/usr/bin/python3
"""Modified condition/decision coverage of src/, from kernels that clang instrumented, with the gate.

mcdc.py --binary TEST --profiles DIRECTORY [--list tests/mcdc.list] [--json build/mcdc.json]

A condition of a decision with && or || is covered when two executions show that it alone decides: they
differ in it and in the outcome, and in no other condition that both evaluate. (Masking MC/DC with masking by
short circuit only, which is what llvm-cov computes; unique-cause MC/DC would hold the unevaluated ones
fixed too.) A decision of one condition is covered by both its outcomes. Exceptions stand in the list, one a line:
`file:line | reason`; one that the tests do cover fails as well. Exit 0 when the gate holds, 1 when not,
2 when nothing can be measured.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

from coverage import exceptions
from report import write_file

ROOM = "src/"
CRITERION = "masking MC/DC, masked by short circuit only (llvm-cov 19)"
BRANCH, MCDC_BRANCH = 4, 6  # kinds of regions in llvm-cov's export


def export(binary, profiles):
    """llvm-cov's document for the functions in a test that the profiles of all tests speak of."""
    raw = sorted(glob.glob(os.path.join(profiles, "*.profraw")))
    if not raw:
        raise RuntimeError(f"{profiles}: no profile; the tests of the instrumented kernels did not run")
    with tempfile.TemporaryDirectory() as directory:
        data = os.path.join(directory, "all.profdata")
        run("llvm-profdata-19", "merge", "-o", data, *raw)
        return json.loads(run("llvm-cov-19", "export", "-instr-profile=" + data, binary))


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip() or 'failed'}")
    return done.stdout


def functions(document, top):
    """[{"name", "file", "line", "calls", "conditions": [{"line", "column", "text", "covered"}]}] of src/."""
    found = []
    for function in document["data"][0]["functions"]:
        file = os.path.relpath(os.path.realpath(function["filenames"][0]), os.path.realpath(top))
        if file.startswith(ROOM):
            found.append({"name": function["name"].rsplit(":", 1)[-1], "file": file,
                          "line": function["regions"][0][0], "calls": function["count"],
                          "conditions": conditions(function)})
    return sorted(found, key=lambda f: (f["file"], f["line"]))


def conditions(function):
    """A decision's own conditions stand in its record; all others are decisions by themselves."""
    rows = []
    inner = sorted((b[:4] for b in function["branches"] if b[8] == MCDC_BRANCH))
    for branch in function["branches"]:
        if branch[8] == BRANCH:
            missing = [word for word, count in (("true", branch[4]), ("false", branch[5])) if not count]
            rows.append({"line": branch[0], "column": branch[1], "covered": not missing,
                         "text": f"never {' nor '.join(missing)}" if missing else ""})
    for record in function["mcdc_records"]:
        (line, column, end_line, end_column), shown = record[:4], record[-1]
        places = [b for b in inner if (line, column) <= tuple(b[:2]) and tuple(b[2:]) <= (end_line, end_column)]
        if len(places) != len(shown):
            raise RuntimeError(f"{function['name']}: a decision of {len(shown)} conditions has {len(places)} places")
        for number, (place, covered) in enumerate(zip(places, shown), 1):
            rows.append({"line": place[0], "column": place[1], "covered": covered,
                         "text": "" if covered else f"condition {number} of {len(shown)} never decides alone"})
    return sorted(rows, key=lambda row: (row["line"], row["column"]))


def judge(found, entries, sources, list_name):
    """The document heavyproof.mcdc/1. sources: every .c file of src/."""
    excused = {(entry["file"], entry["line"]) for entry in entries}
    open_ = {(f["file"], c["line"]) for f in found for c in f["conditions"] if not c["covered"]}
    problems = [f"{f['file']}:{c['line']}:{c['column']}: {f['name']}: {c['text']}, not justified in {list_name}"
                for f in found for c in f["conditions"]
                if not c["covered"] and (f["file"], c["line"]) not in excused]
    problems += [f"{file}:{line}: justified in {list_name}, but the tests do cover it, or there is no condition"
                 for file, line in sorted(excused - open_)]
    problems += [f"{f['file']}:{f['line']}: no test calls {f['name']}" for f in found if not f["calls"]]
    problems += [f"{file}: not instrumented" for file in sorted(set(sources) - {f["file"] for f in found})]
    rows = []
    for f in found:
        covered = sum(c["covered"] for c in f["conditions"])
        justified = sum((f["file"], c["line"]) in excused for c in f["conditions"] if not c["covered"])
        rows.append({"name": f["name"], "file": f["file"], "calls": f["calls"], "conditions": len(f["conditions"]),
                     "covered": covered, "justified": justified})
    return {"schema": "heavyproof.mcdc/1", "criterion": CRITERION, "gate": "fail" if problems or not rows else "pass",
            "functions": rows, "justified": entries, "problems": problems}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--profiles", required=True)
    parser.add_argument("--list", default="tests/mcdc.list")
    parser.add_argument("--json", default="build/mcdc.json")
    args = parser.parse_args()
    try:
        found = functions(export(args.binary, args.profiles), ".")
        entries, problems = exceptions(args.list)
    except (OSError, RuntimeError, ValueError) as error:
        print(f"mcdc: {error}", file=sys.stderr)
        return 2
    document = judge(found, entries, glob.glob(ROOM + "*.c"), args.list)
    document["problems"] = problems + document["problems"]
    if problems:
        document["gate"] = "fail"
    write_file(args.json, json.dumps(document, indent=1) + "\n")
    for text in document["problems"]:
        print(text)
    covered, total = (sum(row[key] for row in document["functions"]) for key in ("covered", "conditions"))
    print(f"src/: {covered} of {total} conditions, {CRITERION}; gate: {document['gate']} ({args.json})")
    return 0 if document["gate"] == "pass" else 1


if __name__ == "__main__":
    sys.exit(main())
