"""What a replay of a unit gave, committed beside its proofs with a hash of everything that its goals and
their proofs depend on. While the hash is that of the tree, generating the goals again gives the same."""

import hashlib
import json
import os

import acsl
import wp
from ledger import closure, read
from toolchain import HERE, PINNED, ROOT

TOOLS = ["toolchain.py", "units.py", "wp.py", "coq_prover"]


def path_of(unit):
    return os.path.join(wp.CACHE, unit.name + ".replay.json")


def text_of(path):
    with open(path, encoding="utf-8") as stored:
        return stored.read()


def inputs(unit):
    """The file with all it includes (comments do not count), the names, the command line, the tools
    and their pinned versions, the scripts, the committed proofs."""
    listed = [unit.source, unit.model, unit.kind, sorted(unit.names), wp.COMMON, wp.MODELS[unit.model]]
    listed += [[path, acsl.fingerprint(read(path))] for path in closure(unit.source)]
    paths = [os.path.join(HERE, name) for name in TOOLS] + [PINNED, wp.Cache(unit.name).committed]
    if os.path.isdir(wp.SCRIPTS):
        paths += [os.path.join(wp.SCRIPTS, name) for name in sorted(os.listdir(wp.SCRIPTS))]
    listed += [[os.path.relpath(path, ROOT), text_of(path)] for path in paths if os.path.exists(path)]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def known(unit):
    """The record of a unit of this very input, or None."""
    if not os.path.exists(path_of(unit)):
        return None
    try:
        record = json.loads(text_of(path_of(unit)))
    except ValueError:
        return None
    return record if record.get("inputs") == inputs(unit) else None


def recall(unit):
    """Fills in what the record says; false when there is none for this input."""
    record = known(unit)
    if record is None:
        return False
    unit.proved = {goal: tuple(by) for goal, by in record["proved"].items()}
    unit.properties = record["properties"]
    return True


def write(unit):
    """Only of a unit that is proved without a warning."""
    if unit.failed or unit.warnings or unit.error:
        return
    record = {"inputs": inputs(unit), "proved": dict(sorted(unit.proved.items()))}
    record["properties"] = unit.properties
    with open(path_of(unit) + ".new", "w", encoding="utf-8") as out:
        json.dump(record, out, indent=0)
        out.write("\n")
    os.replace(path_of(unit) + ".new", path_of(unit))


def fault(unit):
    """Why the record is not what the goals, generated anew, have given; or "". Seconds are not compared:
    they count WP's own simplification."""
    record = known(unit)
    if record is None:
        return "its record is of another tree; verify/proof/prove --record writes it"
    provers = {goal: prover for goal, (prover, _) in record["proved"].items()}
    if provers != {goal: prover for goal, (prover, _) in unit.proved.items()} or \
            record["properties"] != unit.properties:
        return "its record says something else; verify/proof/prove --record writes it"
    return ""
