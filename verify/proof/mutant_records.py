"""What is on record of each mutant (mutants.jsonl, one JSON object a line), and whether it still holds."""

import fcntl
import json
import os
from functools import cache

import ledger
from acsl import fingerprint
from toolchain import HERE, ROOT, Failure

RECORDS = os.path.join(HERE, "mutants.jsonl")
SURVIVORS = os.path.join(HERE, "survivors.list")


def load(path=RECORDS):
    """{id: record}; of several records of one mutant the last."""
    if not os.path.exists(path):
        return {}
    records = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                records[record["id"]] = record
            except (ValueError, KeyError, TypeError) as error:
                raise Failure(f"{path}:{number}: no record of a mutant: {error}") from error
    return records


def append(record, path=RECORDS):
    """One line at the end, whole, whoever else writes there."""
    with open(path, "a", encoding="utf-8") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
        out.flush()


def tidy(mutants, path=RECORDS):
    """The records of these mutants, one each, in their order; the rest goes."""
    records = load(path)
    with open(path, "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(path + ".new", "w", encoding="utf-8") as out:
            for mutant in mutants:
                if mutant.id in records:
                    out.write(json.dumps(records[mutant.id], ensure_ascii=False) + "\n")
        os.replace(path + ".new", path)


@cache
def hash_of(path, root=ROOT):
    """The fingerprint of a file of the tree, "absent" when there is none; comments do not count. Of a
    list, LIST:NAME is the row of that function."""
    path, _, name = path.partition(":")
    if not os.path.exists(os.path.join(root, path)):
        return "absent"
    text = ledger.read(os.path.join(root, path))
    if name:
        text = "\n".join(line for line in text.splitlines() if line.split("|")[0].strip() == name)
    return fingerprint(text)


def hashes(paths, root):
    """Of the copy that was examined: the tree may have gone on since."""
    return {path: hash_of(path, root) for path in sorted(set(paths))}


def stale(record):
    """The first file that is no longer what the record speaks of, or ""."""
    rests_on = record.get("rests_on") or {"nothing": ""}
    return next((path for path, known in rests_on.items() if hash_of(path) != known), "")


def survivors():
    """{id: reason} of the hand-written list of mutants that change nothing."""
    reasons = {}
    if not os.path.exists(SURVIVORS):
        return reasons
    for number, line in enumerate(ledger.read(SURVIVORS).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|", 1)]
        if len(cells) != 2 or not all(cells) or cells[0] in reasons:
            raise Failure(f"verify/proof/survivors.list:{number}: want: id | why nothing can tell it")
        reasons[cells[0]] = cells[1]
    return reasons


def faults(mutants, records, reasons):
    """Why the records do not speak of this tree, one line each."""
    found, known = [], {mutant.id: mutant for mutant in mutants}
    for mutant in mutants:
        where = f"{mutant.file}:{mutant.line}: mutant {mutant.id} ({mutant.operator})"
        record = records.get(mutant.id)
        if record is None:
            found.append(f"{where} has no verdict")
        elif changed := stale(record):
            found.append(f"{where}: {changed} has changed since its verdict")
        elif record["verdict"] == "survived" and mutant.id not in reasons:
            found.append(f"{where} survives: {mutant.sentence}")
    for name in records:
        if name not in known:
            found.append(f"verify/proof/mutants.jsonl: {name} is no mutant of this tree")
    for name in reasons:
        if records.get(name, {}).get("verdict") != "survived":
            found.append(f"verify/proof/survivors.list: {name} does not survive")
    return found


def report(mutants, records, reasons, problems):
    """What reports/ shows: the score of each function, and the survivors with their reasons."""
    rows = {}
    for mutant in mutants:
        record = records.get(mutant.id)
        key = (mutant.file if mutant.scope == "logic" else mutant.file[:-2] + ".c", mutant.function)
        row = rows.setdefault(key, dict.fromkeys(
            ("mutants", "discarded", "unknown", "killed", "by_proof", "by_list", "by_tests",
             "by_proof_alone", "survived"), 0))
        if record is None:
            row["unknown"] += 1
        elif record["verdict"] == "discarded":
            row["discarded"] += 1
        else:
            row["mutants"] += 1
            row[record["verdict"]] += 1
            by = [kind for kind in ("proof", "list", "tests") if record[kind]]
            for kind in by:
                row["by_" + kind] += 1
            row["by_proof_alone"] += by == ["proof"]
    left = [{**mutant.row(), "reason": reasons.get(mutant.id, "")} for mutant in mutants
            if records.get(mutant.id, {}).get("verdict") == "survived"]
    functions = [{"file": file, "name": name, **row} for (file, name), row in sorted(rows.items())]
    return {"schema": "heavyproof.mutants/1", "functions": functions, "survivors": left,
            "problems": problems}
