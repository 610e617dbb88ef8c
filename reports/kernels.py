"""The matrix of functions: each kernel by what is known of it. A hole is a failure unless it is declared."""
from verdict import plural, whole

COLUMNS = {
    "contract": "Contract", "loops": "Loops", "rte": "Run-time errors", "real": "Real contract",
    "float": "Float bound", "witness": "Witness", "mutants": "Mutants", "tests": "Tests", "mcdc": "MC/DC", "eva": "Eva",
    "claims": "Claims",
}
NEEDS = {"contract": "proof", "loops": "proof", "rte": "proof", "real": "proof", "float": "proof",
         "tests": "mcdc", "mcdc": "mcdc", "eva": "eva"}


def matrix(inputs):
    """[{"name", "file", "cells": [{"column", "state", "text"}]}] and what is wrong with it; None when
    build/functions.json is absent. State: pass, none (nothing to show), hole, declared, not run."""
    document = inputs["functions"]["data"]
    if document is None:
        return None
    rows = []
    for function in document["functions"]:
        cells = [dict(zip(("column", "state", "text"), (column, *cell(column, function, inputs))))
                 for column in COLUMNS]
        rows.append({"name": str(function.get("name")), "file": str(function.get("file")), "cells": cells})
    return {"rows": rows, "problems": declare(rows, document["holes"])}


def declare(rows, holes):
    """Marks the holes that are declared; answers the others and the declarations without a hole."""
    used = set()
    for row in rows:
        for cell_ in row["cells"]:
            for number, hole in enumerate(holes):
                if hole["column"] == cell_["column"] and hole["function"] in ("*", row["name"]):
                    if cell_["state"] in ("hole", "declared"):
                        cell_.update(state="declared", text=f"{cell_['text']}: {hole['reason']}")
                        used.add(number)
                        break
                    if cell_["state"] == "not run":
                        used.add(number)
    problems = [f"{row['file']}: {row['name']}, {COLUMNS[c['column']].lower()}: {c['text']}"
                for row in rows for c in row["cells"] if c["state"] == "hole"]
    problems += [f"verify/proof/holes.list: {hole['function']} | {hole['column']}: there is no such hole"
                 for number, hole in enumerate(holes) if number not in used]
    return problems


def cell(column, function, inputs):
    """(state, text) of a function in a column."""
    source = NEEDS.get(column)
    if source and inputs[source]["data"] is None:
        return "not run", inputs[source]["state"]
    find = lambda name: own(inputs[name]["data"]["functions"], function)
    if column in ("contract", "loops", "rte"):
        return by_kind(column, function, find("proof"))
    if column in ("real", "float"):
        return in_model(column, function, find("proof"))
    if column == "witness":
        return by_witness(function)
    if column == "claims":
        return by_claims(function.get("claims"))
    if column == "mutants":
        return by_mutants(function, (inputs.get("mutants") or {}).get("data"))
    found = find(source)
    if not found:
        return "hole", f"not in {inputs[source]['file']}"
    return {"tests": by_tests, "mcdc": by_conditions, "eva": by_eva}[column](found[0])


def own(rows, function):
    return [row for row in rows if row.get("name") == function.get("name") and row.get("file") == function.get("file")]


def by_kind(kind, function, proofs):
    """Goals of one kind over all models, as [proved, made]."""
    if not proofs:
        return "hole", "no proof"
    if kind == "loops" and not function.get("loop"):
        return "none", "no loop"
    counts = [proof.get("kinds", {}).get(kind, [0, 0]) for proof in proofs]
    done, made = (sum(whole(count[i]) for count in counts) for i in (0, 1))
    if kind == "rte" and made == 0 and all("kinds" in proof for proof in proofs):
        return "none", "no goal"
    return ("pass", plural(made, "goal")) if 0 < done == made else ("hole", f"{done} of {plural(made, 'goal')}")


def in_model(model, function, proofs):
    found = [proof for proof in proofs if proof.get("model") == model]
    if model not in (function.get("models") or []):
        return "hole", f"not proved in the {model} model"
    goals, proved = (whole(found[0].get(key)) if found else 0 for key in ("goals", "proved"))
    return ("pass", plural(goals, "goal")) if 0 < proved == goals else ("hole", f"{proved} of {plural(goals, 'goal')}")


def by_claims(claims):
    if claims is None:
        return "not run", "nothing is built"
    return ("pass", ", ".join(map(str, claims))) if claims else ("hole", "no claim runs it")


def by_witness(function):
    """A call with numbers that satisfy the contract; what is not public is called by what is."""
    if not function.get("public"):
        return "none", "not public"
    calls = function.get("witness")
    return ("pass", ", ".join(map(str, calls))) if calls else ("hole", "no call shows that its contract can be met")


def by_mutants(function, mutants):
    found = own(mutants["functions"], function) if mutants else []
    if not found:
        return "hole", "no mutant was run"
    row = found[0]
    if whole(row.get("unknown")):
        return "hole", f"{row.get('unknown')} not run"
    if not whole(row.get("mutants")) > 0:
        return "hole", "no mutant"
    bare = [s for s in mutants.get("survivors", []) if not s.get("reason") and s.get("function") == row["name"]]
    text = f"{row.get('killed')} of {row.get('mutants')} killed"
    return ("hole" if bare else "pass"), text


def by_tests(row):
    return ("pass", plural(row["calls"], "call")) if whole(row.get("calls")) > 0 else ("hole", "no test calls it")


def by_conditions(row):
    made, covered = whole(row.get("conditions")), whole(row.get("covered")) + max(whole(row.get("justified")), 0)
    if made == 0:
        return "none", "no condition"
    return ("pass" if covered == made else "hole"), f"{row.get('covered')} of {row.get('conditions')}"


def by_eva(row):
    if not row.get("drivers"):
        return "hole", "no driver reaches it"
    if whole(row.get("alarms")) != 0:
        return "hole", plural(row.get("alarms"), "alarm")
    return "pass", f"no alarm, {row.get('established')} of {row.get('requires')} preconditions"
