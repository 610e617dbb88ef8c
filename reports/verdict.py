"""The whole verdict: verified, not verified (something failed), or incomplete (something was not run)."""
from digits import percent
from runs import blocks, effective, passes

STATES = ("verified", "incomplete", "not verified")


def judge(inputs, runs, claims, kernels=None, certified=()):
    """{"state", "sentence", "problems": [{"kind": "failed"|"missing", "anchor", "text"}], "counts"}."""
    problems = input_problems(inputs)
    problems += run_problems(inputs, runs, claims)
    problems += certified_problems(inputs["certified"], certified)
    problems += proof_problems(inputs["proof"]["data"])
    problems += mutant_problems(inputs["mutants"]["data"])
    problems += coverage_problems(inputs["coverage"]["data"])
    problems += test_problems(inputs)
    for name, entries in (("eva", "functions"), ("mcdc", "functions"), ("coq", "theorems")):
        problems += gate_problems(name, inputs[name], entries)
    problems += [failed("functions", text) for text in (kernels["problems"] if kernels else [])]
    broken = any(problem["kind"] == "failed" for problem in problems)
    state = "not verified" if broken else "incomplete" if problems else "verified"
    counts = count(inputs, runs)
    return {"state": state, "sentence": sentence(inputs, counts), "problems": problems, "counts": counts}


def failed(anchor, text):
    return {"kind": "failed", "anchor": anchor, "text": text}


def missing(anchor, text):
    return {"kind": "missing", "anchor": anchor, "text": text}


def input_problems(inputs):
    found = []
    for name, entry in inputs.items():
        if entry["state"] == "unreadable":
            found.append(failed("inputs", f"{entry['file']} cannot be read: {entry['message']}"))
        elif entry["state"] == "not run" and entry["needed"]:
            found.append(missing("inputs", f"not run: {entry['what']} ({entry['file']}, written by "
                                           f"`{entry['command']}`)"))
    if all(inputs[name]["state"] == "not run" for name in ("tests", "coverage_tests")):
        found.append(missing("tests", "not run: tests (`make test` or `make coverage`)"))
    return found


def run_problems(inputs, runs, claims):
    found = []
    for run in runs:
        if not blocks(run):
            continue
        where = " ".join(filter(None, (run["claim"], run["observable"], "on", run["problem"] + ",",
                                       run["method_name"])))
        reasons = run["contradictions"] + ([run["reason"]] if run["reason"] else [])
        found.append(failed(run["id"], f"{where}: {effective(run)}: {'; '.join(reasons)}"))
    if inputs["results"]["data"] is not None:
        for claim in claims:
            if not any(passes(run) for run in runs if run["claim"] == claim["id"]):
                found.append(missing(claim["anchor"], f"claim {claim['id']} passes on no problem"))
        if not runs:
            found.append(missing("claims", "build/results.json holds no run"))
    return found


def certified_problems(entry, runs):
    found = [failed("certified", f"certified {run['claim']} {run['observable']} on {run['problem']}, "
                                 f"{run['method_name']}: {effective(run)}: {run['reason']}")
             for run in runs if blocks(run)]
    if entry["data"] is not None and not any(passes(run) for run in runs):
        found.append(missing("certified", f"{entry['file']} holds no run that passes"))
    return found


def proof_problems(proof):
    if proof is None:
        return []
    found = [failed("proof", "not proved: " + describe(entry)) for entry in proof.get("failed") or []]
    for function in proof["functions"]:
        goals, proved = whole(function.get("goals")), whole(function.get("proved"))
        if goals == 0 or proved != goals:
            found.append(failed("proof", f"{function.get('name')} ({function.get('model')}): "
                                         f"{proved} of {goals} goals proved"))
    for lemma in proof["lemmas"]:
        if not lemma.get("proved_by"):
            found.append(failed("lemmas", f"lemma {lemma.get('name')} has no proof"))
    if not proof["functions"]:
        found.append(missing("proof", "build/proof.json lists no function"))
    return found


def mutant_problems(mutants):
    """What `mutate --check` found, and a survivor without a reason whoever left it."""
    if mutants is None:
        return []
    found = [failed("mutants", text) for text in map(str, mutants.get("problems") or [])]
    for survivor in mutants["survivors"]:
        if not survivor.get("reason") and not any(str(survivor.get("id")) in p["text"] for p in found):
            found.append(failed("mutants", f"mutant {survivor.get('id')} survives: {survivor.get('sentence')}"))
    for function in mutants["functions"]:
        if whole(function.get("unknown")) and not found:
            found.append(missing("mutants", f"{function.get('name')}: {function.get('unknown')} mutants not run"))
    if not mutants["functions"]:
        found.append(missing("mutants", "build/mutants.json lists no function"))
    return found


def coverage_problems(coverage):
    if coverage is None:
        return []
    found = [failed("coverage", text) for text in map(str, coverage.get("problems") or [])]
    if coverage.get("gate") != "pass" and not found:
        found.append(failed("coverage", f"the coverage gate says {coverage.get('gate')!r}"))
    if not coverage["files"]:
        found.append(missing("coverage", "build/coverage.json lists no file"))
    return found


def gate_problems(name, entry, entries):
    """An input that has a gate and problems of its own, and must list some entries."""
    if entry["data"] is None:
        return []
    found = [failed(name, text) for text in map(str, entry["data"].get("problems") or [])]
    if entry["data"].get("gate") != "pass" and not found:
        found.append(failed(name, f"the gate of {entry['what']} says {entry['data'].get('gate')!r}"))
    if not entry["data"][entries]:
        found.append(missing(name, f"{entry['file']} lists no {entries[:-1]}"))
    return found


def test_problems(inputs):
    found = []
    for name in ("tests", "coverage_tests"):
        tests = inputs[name]["data"]
        if tests is None:
            continue
        for program in tests["programs"]:
            if whole(program.get("failed")) != 0:
                found.append(failed("tests", f"{program.get('program')}: {program.get('failed')} failed "
                                             f"({inputs[name]['what']})"))
        if not whole(tests.get("passed")):
            found.append(failed("tests", f"{inputs[name]['file']} counts no passed test"))
        if whole(tests.get("failed")) and not any(p["anchor"] == "tests" for p in found):
            found.append(failed("tests", f"{inputs[name]['file']} counts {tests['failed']} failed"))
    return found


def whole(value):
    """A count; -1 for anything else, so that it equals no count."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else -1


def describe(entry):
    """One line for a failed goal or a trusted item, given as a text or an object."""
    if not isinstance(entry, dict):
        return str(entry)
    place = str(entry.get("file", ""))
    if entry.get("line"):
        place += f":{entry['line']}"
    named = ("name", "function", "lemma", "goal", "model", "status", "reason", "why")
    words = [str(entry[key]) for key in named if entry.get(key)]
    rest = [f"{key} {entry[key]}" for key in sorted(entry) if key not in named + ("file", "line")]
    return ": ".join(filter(None, [place, ", ".join(words + rest)]))


def count(inputs, runs):
    proof, coverage = inputs["proof"]["data"], inputs["coverage"]["data"]
    tests = inputs["tests"]["data"] or inputs["coverage_tests"]["data"]
    counts = {"runs": len(runs), "passed": sum(passes(run) for run in runs),
              "blocked": sum(blocks(run) for run in runs),
              "claims": len({run["claim"] for run in runs}),
              "problems": len({run["problem"] for run in runs}),
              "controls": sum(len(run["controls"]) for run in runs if run["verdict"] == "pass"),
              "controls_kept": sum(control.get("expected") == control.get("got") for run in runs
                                   if run["verdict"] == "pass" for control in run["controls"])}
    for verdict in ("not-asymptotic", "not-applicable"):
        counts[verdict] = sum(effective(run) == verdict for run in runs)
    if proof is not None:
        functions = proof["functions"]
        counts.update(functions=len({(f.get("file"), f.get("name")) for f in functions}),
                      models=sorted({str(f.get("model")) for f in functions}),
                      goals=sum(max(whole(f.get("goals")), 0) for f in functions),
                      goals_proved=sum(max(whole(f.get("proved")), 0) for f in functions),
                      lemmas=len(proof["lemmas"]),
                      lemmas_proved=sum(bool(lemma.get("proved_by")) for lemma in proof["lemmas"]))
    if inputs["coq"]["data"] is not None:
        counts["theorems"] = len(inputs["coq"]["data"]["theorems"])
    mutants = inputs["mutants"]["data"]
    if mutants is not None:
        for name in ("mutants", "killed", "by_proof", "by_proof_alone", "by_list", "by_tests", "discarded"):
            key = name if name == "mutants" else "mutants_" + name
            counts[key] = sum(max(whole(f.get(name)), 0) for f in mutants["functions"])
    if coverage is not None:
        for name in ("lines", "lines_hit", "branches", "branches_hit"):
            counts[name] = sum(max(whole(f.get(name)), 0) for f in coverage["files"])
    if tests is not None:
        counts.update(tests_passed=max(whole(tests.get("passed")), 0),
                      tests_failed=max(whole(tests.get("failed")), 0))
    return counts


def sentence(inputs, c):
    """What was proved and measured, in one sentence."""
    parts = []
    if inputs["results"]["data"] is not None:
        aside = [f"{c[verdict]} {verdict.replace('-', ' ')}"
                 for verdict in ("not-asymptotic", "not-applicable") if c[verdict]]
        parts.append(f"{c['passed']} of {plural(c['runs'], 'run')} pass"
                     + (f" ({', '.join(aside)})" if aside else "")
                     + f" for {plural(c['claims'], 'claim')} on {plural(c['problems'], 'problem')},"
                     f" and {c['controls_kept']} of their {plural(c['controls'], 'negative control')}"
                     " did what was expected")
    else:
        parts.append("no claim was measured")
    if inputs["proof"]["data"] is not None:
        parts.append(f"{c['goals_proved']} of {plural(c['goals'], 'goal')} of "
                     f"{plural(c['functions'], 'C function')} and {c['lemmas_proved']} of "
                     f"{plural(c['lemmas'], 'lemma')} are proved")
    else:
        parts.append("no proof was replayed")
    if inputs["coq"]["data"] is not None:
        parts.append(f"{plural(c['theorems'], 'theorem')} about them are checked by Coq")
    if inputs["coverage"]["data"] is not None:
        parts.append(f"tests reach {percent(c['lines_hit'], c['lines'])} of the lines and "
                     f"{percent(c['branches_hit'], c['branches'])} of the branches")
    else:
        parts.append("coverage was not measured")
    if inputs["mutants"]["data"] is not None:
        parts.append(f"{c['mutants_killed']} of {plural(c['mutants'], 'mutant')} are killed by a proof, a list or a test")
    text = "; ".join(parts) + "."
    return text[0].upper() + text[1:]


def plural(n, noun):
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
