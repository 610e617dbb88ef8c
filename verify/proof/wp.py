"""One run of Frama-C/WP: the command line, the proof cache and what its output says."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess

from toolchain import BUILD, HERE, ROOT, SHARE, Failure, environment, run

CACHE = os.path.join(HERE, "cache")
SCRIPTS = os.path.join(ROOT, "spec", "acsl", "script")  # WP's proofs by induction
# In the real model a double is a real number. In the float model infinities and NaN are values like
# others: the contracts say where a result is finite.
MODELS = {
    "real": ["-wp-model", "Typed+real", "-cpp-extra-args=-I. -DHP_MODEL_REAL"],
    "float": ["-wp-model", "Typed+float", "-cpp-extra-args=-I. -DHP_MODEL_FLOAT"],
}
COMMON = ["-machdep", "x86_64", "-wp", "-wp-rte", "-wp-status-all", "-warn-special-float=none"]
GOAL = re.compile(r"^\[wp\] \[([^\]]+)\] Goal (\S+) : Valid(.*)$")
OPEN = re.compile(r"^\[wp\] (?:\[[^\]]+\] )?Goal (\S+)(?: : (?!Valid)(.*))?$")
SMOKE = re.compile(r"^\[wp\] \[(Passed|Failed)\] Smoke-test (\S+)$")
NAMED = re.compile(
    r".*_(?:ensures|invariant|assert_rte|assert|requires)_(\w+?)(?:_established|_preserved)?(?:_part\d+)?$")
UNNAMED = re.compile(r"_(assigns|terminates|exits|variant)(?:_|$)")
SUMMARY = re.compile(r"^\[wp\] Proved goals:\s+(\d+) / (\d+)$", re.M)
SECONDS = {"ms": 1e-3, "s": 1.0, "min": 60.0}


class Cache:
    """The proofs of one unit: committed as one line a proof, unpacked for WP as one file a proof."""

    def __init__(self, unit):
        self.committed = os.path.join(CACHE, unit + ".list")
        self.session = os.path.join(BUILD, "session", unit)
        self.directory = os.path.join(self.session, "cache")

    def unpack(self, keep):
        shutil.rmtree(self.session, ignore_errors=True)
        os.makedirs(self.directory)
        if os.path.isdir(SCRIPTS):
            shutil.copytree(SCRIPTS, os.path.join(self.session, "script"))
        if not (keep and os.path.exists(self.committed)):
            return
        with open(self.committed, encoding="utf-8") as lines:
            for line in lines:
                key, prover, seconds, steps = line.split()
                entry = {"prover": prover, "verdict": "valid", "time": float(seconds)}
                if steps != "-":
                    entry["steps"] = int(steps)
                with open(os.path.join(self.directory, key + ".json"), "w", encoding="utf-8") as f:
                    json.dump(entry, f)

    def size(self):
        return os.path.getsize(self.committed) if os.path.exists(self.committed) else 0

    def provers(self):
        """The provers of these proofs, the busiest first; any will do when there is no proof."""
        if not os.path.exists(self.committed):
            return ["z3"]
        with open(self.committed, encoding="utf-8") as lines:
            found = [line.split()[1].split(":")[0].lower() for line in lines]
        return sorted(set(found), key=lambda p: (-found.count(p), p)) or ["z3"]

    def drop_failures(self):
        """Removes what is no proof, and what a stopped run left half written."""
        for name in os.listdir(self.directory):
            try:
                proof = self.entry(name)["verdict"] == "valid"
            except ValueError:
                proof = False
            if not proof:
                os.remove(os.path.join(self.directory, name))

    def entry(self, name):
        with open(os.path.join(self.directory, name), encoding="utf-8") as text:
            return json.loads(re.sub(r"(\d\.)(?!\d)", r"\g<1>0", text.read()))  # WP writes 2.

    def pack(self):
        """Commits the entries that WP has left here; only proofs, no time-out and no failure."""
        lines = []
        for name in sorted(os.listdir(self.directory)):
            entry = self.entry(name)
            if entry["verdict"] == "valid":
                steps = entry.get("steps", "-")
                lines.append(f"{name[:-5]} {entry['prover']} {entry.get('time', 0)} {steps}\n")
        os.makedirs(CACHE, exist_ok=True)
        with open(self.committed + ".new", "w", encoding="utf-8") as out:
            out.writelines(lines)
        os.replace(self.committed + ".new", self.committed)


def duration(text):
    """Seconds in WP's remarks, e.g. ' (Qed:4ms) (30ms) (61110) (cached)'."""
    found = re.findall(r"\((?:Qed:)?([\d.]+)(ms|s|min)(?:([\d.]+)s)?\)", text)
    return sum(float(n) * SECONDS[unit] + float(rest or 0) for n, unit, rest in found)


def parse(text):
    """The goals that WP proved, those it did not, the smoke tests and the warnings."""
    proved, failed, smoke, warnings = {}, {}, {}, []
    lines = text.splitlines()
    for i, line in enumerate(lines):
        following = lines[i + 1].strip() if i + 1 < len(lines) else ""
        if found := GOAL.match(line):
            prover = found.group(1).split()[0].lower()
            proved[found.group(2)] = (prover, duration(found.group(3)))
        elif found := SMOKE.match(line):
            smoke[found.group(2)] = found.group(1) == "Passed" and smoke.get(found.group(2), True)
        elif found := OPEN.match(line):
            reasons = [found.group(2)] if found.group(2) else []
            for detail in lines[i + 1 :]:
                if not detail.startswith("  "):
                    break
                reasons.append(detail.strip())
            failed[found.group(1)] = "; ".join(reasons)
        elif re.search(r"Warning: ?$", line):
            warnings.append(f"{line.rstrip()} {following}")
        elif "Warning:" in line or "User Error:" in line:
            warnings.append(line)
    return proved, failed, smoke, warnings


def properties(path, text):
    """What Frama-C took for granted, from its own list of properties; axioms stand in its text only. WP
    neither proves nor uses \\from clauses."""
    with open(path, encoding="utf-8", newline="") as rows:
        listed = list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))
    granted = []
    for p in listed:
        place = os.path.normpath(os.path.join(p["directory"], p["file"]))
        place = os.path.relpath(place, ROOT) if os.path.isabs(place) else place
        if p["status"] == "Considered valid" and p["property kind"] != "from clause":
            granted.append({"kind": p["property kind"], "function": p.get("function", ""), "place": place,
                            "property": p["property"]})
    axioms = re.findall(r"^\[[^\]]*\] Axiom '?(\w+)", text, re.M)
    return granted + [{"kind": "axiom", "property": name} for name in axioms]


def command_line(unit, selection, provers, cache_mode, timeout, parallel):
    command = ["frama-c", *COMMON, *MODELS[unit.model], *selection]
    command += [] if provers == ["coq"] else ["-wp-share", SHARE]
    command += ["-wp-prover", ",".join(provers), "-wp-timeout", str(timeout)]
    command += ["-wp-par", str(parallel), "-wp-cache", cache_mode]
    return command + ["-wp-session", Cache(unit.name).session]


def refused(unit, status, output):
    """Frama-C's last words."""
    where = f"{unit.source} ({unit.model} model)"
    words = " | ".join(output.strip().splitlines()[-4:])
    return Failure(f"{where}: Frama-C stopped with status {status}: {words}")


def prove(unit, selection, provers, cache_mode, timeout, parallel=1, smoke=False, lemma=None):
    """Runs WP on the file of a unit; `selection` is the part of the command line that chooses
    properties, `parallel` how many provers run at a time. Coq proves a `lemma` against WP's own
    theory of floating point."""
    report = os.path.join(BUILD, "report", unit.name)
    os.makedirs(os.path.dirname(report), exist_ok=True)
    command = command_line(unit, selection, provers, cache_mode, timeout, parallel)
    if smoke:
        command += ["-wp-smoke-tests", "-wp-smoke-timeout", "1"]
    command += [unit.source, "-then", "-report", "-report-csv", report + ".csv"]
    for stale in (report + ".csv", report + ".log"):
        if os.path.exists(stale):
            os.remove(stale)
    answer = run(command, cwd=ROOT, env=environment(lemma or "", unit.model))
    with open(report + ".log", "w", encoding="utf-8") as log:
        log.write(answer.stdout + answer.stderr)
    summary = SUMMARY.findall(answer.stdout)
    if not summary or not os.path.exists(report + ".csv"):
        raise refused(unit, answer.returncode, answer.stdout + answer.stderr)
    proved, failed, smokes, warnings = parse(answer.stdout)
    done, total = map(int, summary[-1])
    counted = len(proved) + sum(smokes.values()), len(proved) + len(failed) + len(smokes)
    if (done, total) != counted:
        raise Failure(f"{unit.name}: WP proves {done} of {total} goals, its lines say {counted}")
    return proved, failed, smokes, warnings, properties(report + ".csv", answer.stdout)


def properties_of(goals):
    """The part of the command line that chooses the properties of these goals, and perhaps others: what
    stands in a goal's name behind its kind is the name that the source gives. [] when one has none."""
    names = set()
    for goal in goals:
        if named := NAMED.search(goal):
            names |= {named[1], re.sub(r"_\d+$", "", named[1])}
        elif kind := UNNAMED.search(goal):
            names.add("@" + kind[1])
        else:
            return []
    return ["-wp-prop=" + ",".join(sorted(names))]


def first_failure(unit, selection, provers, timeout):
    """Like `prove`, but ends at the first goal that no prover proves: (goal, what the provers say), or
    None when all are proved."""
    command = command_line(unit, selection, provers, "update", timeout, 1) + [unit.source]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    options |= {"cwd": ROOT, "env": environment(), "start_new_session": True}
    lines, found = [], None
    with subprocess.Popen(command, **options) as process:
        for line in process.stdout:
            if found and not line.startswith("  "):
                break
            lines.append(line)
            found = found or OPEN.match(line.rstrip("\n"))
        if found:
            os.killpg(process.pid, signal.SIGKILL)
    _, failed, _, _ = parse("".join(lines))
    if not failed and not SUMMARY.search("".join(lines)):
        raise refused(unit, process.returncode, "".join(lines))
    return next(iter(failed.items()), None)
