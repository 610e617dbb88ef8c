"""Reads what the build left as JSON. Whatever is absent or unreadable is recorded as such."""
import json
import os

# name -> (file, schema, what it shows, command that writes it, the verdict needs it)
SOURCES = {
    "results": ("results.json", "heavyproof.results/1", "claims measured", "make check", True),
    "certified": ("certified.json", "heavyproof.results/1", "claims certified", "make certify", True),
    "proof": ("proof.json", "heavyproof.proof/1", "proofs replayed", "make prove-anew", True),
    "coq": ("coq.json", "heavyproof.coq/1", "theorems in Coq", "make coq", True),
    "coverage": ("coverage.json", "heavyproof.coverage/1", "coverage", "make coverage", True),
    "functions": ("functions.json", "heavyproof.functions/1", "functions and declared holes", "make report", True),
    "eva": ("eva.json", "heavyproof.eva/1", "Eva on the drivers", "make eva", True),
    "mcdc": ("mcdc.json", "heavyproof.mcdc/1", "conditions and decisions", "make mcdc", True),
    "tests": ("tests.json", "heavyproof.tests/1", "tests", "make test", False),
    "coverage_tests": ("coverage/tests.json", "heavyproof.tests/1", "tests, coverage build",
                       "make coverage", False),
    "versions": ("versions.json", "heavyproof.versions/1", "versions of the tools", "make report", True),
    "claims": ("claims.json", "heavyproof.claims/1", "statements of the claims",
               "make report", False),
    "mutants": ("mutants.json", "heavyproof.mutants/1", "mutants of the kernels",
                "verify/proof/mutate --check", False),
    "recovery": ("recovery.json", "heavyproof.recovery/1", "sparse-recovery map",
                 "build/bin/heavyproof dln --map --json build/recovery.json", False),
}
LISTS = {"results": ["runs"], "certified": ["runs"], "proof": ["functions", "lemmas"], "coq": ["theorems"], "coverage": ["files"],
         "functions": ["functions", "holes"], "eva": ["functions"], "mcdc": ["functions"],
         "tests": ["programs"], "coverage_tests": ["programs"], "versions": ["tools"],
         "claims": ["claims"], "mutants": ["functions", "survivors"],
         "recovery": ["cells", "spot_checks"]}


def read(directory):
    """{name: {"file", "what", "command", "needed", "state", "message", "data"}}; state is read, not run
    or unreadable, and data is None unless it is read."""
    inputs = {}
    for name, (file, schema, what, command, needed) in SOURCES.items():
        state, message, data = load(os.path.join(directory, file), schema, LISTS[name])
        inputs[name] = {"file": "build/" + file, "what": what, "command": command, "needed": needed,
                        "state": state, "message": message, "data": data}
    return inputs


def load(path, schema, lists):
    try:
        with open(path, encoding="utf-8") as stream:
            data = json.load(stream, parse_constant=refuse)
    except FileNotFoundError:
        return "not run", "", None
    except (OSError, ValueError) as error:
        return "unreadable", f"not JSON: {error}", None
    found = data.get("schema") if isinstance(data, dict) else None
    if found != schema:
        return "unreadable", f"schema is {found!r}; {schema!r} is accepted", None
    for key in lists:
        entries = data.get(key)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            return "unreadable", f"{key!r} is not a list of objects", None
    return "read", "", data


def refuse(word):
    raise ValueError(f"{word} is no JSON number")
