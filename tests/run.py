#!/usr/bin/python3
"""Runs Criterion programs and Python tests, two at a time: run.py [--json FILE] PROGRAM...

Prints the output of what fails, one line a program, and closes with "N passed, N failed". Exit 1 when
anything failed, crashed, or executed no test.
"""
import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile


def criterion(program):
    with tempfile.TemporaryDirectory() as directory:
        out = os.path.join(directory, "result.json")
        done = subprocess.run([program, "--json=" + out], capture_output=True, text=True)
        try:
            with open(out) as stream:
                # Criterion does not escape control characters in messages
                result = json.load(stream, strict=False)
            passed, failed = result["passed"], result["failed"]
        except (OSError, ValueError):
            passed = failed = 0
    return passed, failed, done.returncode, done.stdout + done.stderr


def unittest(program):
    done = subprocess.run([sys.executable, "-m", "unittest", program], capture_output=True, text=True)
    count = re.search(r"^Ran (\d+) tests?", done.stderr, re.M)
    run = int(count.group(1)) if count else 0
    failed = sum(int(n) for n in re.findall(r"(?:failures|errors)=(\d+)", done.stderr))
    return run - failed, failed, done.returncode, done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", help="write the counts to this file")
    parser.add_argument("program", nargs="+")
    args = parser.parse_args()
    programs, totals = [], [0, 0]

    def run(program):
        return (unittest if program.endswith(".py") else criterion)(program)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for program, result in zip(args.program, pool.map(run, args.program)):
            passed, failed, status, output = result
            if passed + failed == 0 or (status and not failed):
                failed += 1  # nothing executed, or it died outside a test
            print(f"{'FAIL' if failed else 'ok  '} {passed:4d} passed {failed:3d} failed  {program}")
            if failed:
                print(output, flush=True)
            programs.append({"program": os.path.basename(program), "passed": passed, "failed": failed})
            totals[0] += passed
            totals[1] += failed
    if args.json:
        with open(args.json, "w") as stream:
            json.dump({"schema": "heavyproof.tests/1", "passed": totals[0], "failed": totals[1],
                       "programs": programs}, stream, indent=1)
    print(f"{totals[0]} passed, {totals[1]} failed")
    sys.exit(1 if totals[1] or not totals[0] else 0)


if __name__ == "__main__":
    main()
