"""Which proofs depend on a mutant, and whether one of them fails. Runs in a tree that holds the mutant."""

import os

import ledger
import toolchain
import units
from acsl import functions

INVALID = "invalid user input"  # Frama-C's word for what is no C or no ACSL


def callers(name):
    """(source, function) of all functions of src/, and of the witnesses, that call this one."""
    found = []
    for source in ledger.tree("src/*.c", "spec/acsl/*.c"):
        for function in functions(ledger.read(source)):
            texts = [token.text for token in function.body]
            if any(t == name and after == "(" for t, after in zip(texts, texts[1:])):
                found.append((source, function.name))
    return found


def users(header):
    """The files of src/ and spec/acsl/ that include a header, through others or not, and itself."""
    found, names = {header}, ledger.tree("src/*.[ch]", "spec/acsl/*.h")
    while True:
        more = {n for n in names if any(f'#include "{h}"' in ledger.read(n) for h in found)} - found
        if not more:
            return sorted(found)
        found |= more


def targets(mutant):
    """The units to prove: [source, model, kind, names]. Of a bound of the logic the lemmas beside it come
    first, those that Coq proves before the others."""
    if mutant.scope == "logic":
        wanted, kinds = users(mutant.file), ("coq", "lemmas", "functions")
        listed = [u for u in units.all_units() if u.source in wanted and u.model == "float"]
        listed.sort(key=lambda u: (u.source != mutant.file, kinds.index(u.kind)))
        return [[u.source, u.model, u.kind, u.names] for u in listed]
    source = mutant.file.replace(".h", ".c")
    touched = [(source, mutant.function)]
    touched += callers(mutant.function) if mutant.scope == "contract" else []
    rows = {(name, path): models for name, path, models in ledger.kernels()}
    return [[path, model, "functions", [name]]
            for path, name in touched for model in rows.get((name, path), [])]


def list_fault():
    """What the lists say of the tree as it is: the first fault or ""."""
    os.makedirs(toolchain.BUILD, exist_ok=True)
    faults = ledger.escapes_in_annotations() + ledger.functions_against_tree()
    faults += ledger.promises_against_contracts()
    return faults[0] if faults else ""


def verdict(wanted):
    """{"invalid"} or {"goal", "reason"} of the first failure, {} when everything is proved."""
    toolchain.write_configuration(toolchain.installed_versions())
    answer = {}
    for source, model, kind, names in wanted:
        unit = units.Unit(source, model, kind, names)
        try:
            failure = unit.first_failure()
        except toolchain.Failure as refusal:
            answer = {"invalid": str(refusal)} if INVALID in str(refusal) else \
                {"goal": f"{source} ({model})", "reason": str(refusal)}
            break
        if failure:
            answer = {"goal": failure[0], "reason": f"{model} model: {failure[1] or 'not proved'}"}
            break
    return answer
