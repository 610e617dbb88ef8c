"""The table of evidence: what is proved, checked, tested, assumed. Built from the inputs alone, so the
page cannot claim more than they hold."""
from digits import percent
from runs import effective, passes
from verdict import plural, whole

KINDS = {
    "proved": "a machine checked a proof of it, and that proof was replayed for this report",
    "checked": "it was computed on the listed problems and compared with what the theory predicts",
    "tested": "tests ran it, or a deliberate mistake was made to see it fail",
    "assumed": "nothing here establishes it; it is taken on trust",
}


def rows(inputs, runs, claims):
    """[{"what", "anchor", "proved", "checked", "tested", "assumed"}], each cell a list of texts."""
    proof, coverage = inputs["proof"]["data"], inputs["coverage"]["data"]
    coq = inputs["coq"]["data"]
    theorems = coq["theorems"] if coq and coq.get("gate") == "pass" else []
    table = [claim_row(claim, [run for run in runs if run["claim"] == claim["id"]], proof, theorems)
             for claim in claims]
    table.append(code_row("src/", "kernels in src/ (double precision)", proof, coverage))
    table.append(code_row("reference/", "reference arithmetic in reference/ (MPFR)", proof, coverage))
    if proof is not None:
        lemmas = [lemma for lemma in proof["lemmas"] if lemma.get("proved_by")]
        assumptions = sorted({text for lemma in lemmas for text in listed(lemma.get("assumptions"))})
        table.append({"what": "lemmas of the contracts", "anchor": "lemmas", "checked": [], "tested": [],
                      "proved": [f"{len(lemmas)} of {len(proof['lemmas'])}"] if lemmas else [],
                      "assumed": assumptions})
        if theorems:
            axioms = sorted({str(axiom) for theorem in theorems for axiom in theorem.get("assumptions", [])})
            table.append({"what": "theorems of spec/coq", "anchor": "coq", "checked": [], "assumed": axioms,
                          "proved": [plural(len(theorems), "theorem")],
                          "tested": ["a witness of the hypotheses of each"]})
        trusted = proof.get("trusted") or []
        table.append({"what": "the tools themselves", "anchor": "trusted", "proved": [], "checked": [],
                      "tested": [], "assumed": [f"{plural(len(trusted), 'item')}, listed below"]})
    return table


def claim_row(claim, runs, proof, theorems):
    row = {"what": f"{claim['id']} {claim['title']}".strip(), "anchor": claim["anchor"],
           "proved": [], "checked": [], "tested": [], "assumed": []}
    known = {f"{theorem.get('file')}: {theorem.get('name')}" for theorem in theorems}
    row["proved"] = [f"{theorem.get('file')}: {theorem.get('name')}" for theorem in theorems
                     if theorem.get("claim") == claim["id"]]
    named = {text for text in [claim.get("theorem")] if text}
    named |= {str(run["bound"]["proved_by"]) for run in runs if run["bound"] and run["bound"].get("proved_by")}
    for text in sorted(named - known):
        if replayed(text, proof):
            row["proved"].append(text)
        elif text.startswith("derivation"):
            row["assumed"].append(f"{text} (on paper, for some of the bounds)")
        else:
            row["assumed"].append(f"{text} (named, but no replayed proof of that name is on record)")
    if not row["proved"] and not named:
        row["assumed"].append("the theorem (no machine-checked proof is named)")
    good = [run for run in runs if passes(run)]
    if good:
        row["checked"].append(f"{plural(len(good), 'passing run')} on "
                              f"{plural(len({run['problem'] for run in good}), 'problem')}")
        for text in ("order", "constant"):
            if number := sum(run[text] is not None for run in good):
                row["checked"].append(f"{text} in {plural(number, 'run')}")
        if number := sum(bool(run["bound"]) for run in good):
            row["checked"].append(f"bound respected in {plural(number, 'run')}")
    for verdict in ("fail", "error", "not-asymptotic", "not-applicable"):
        if number := sum(effective(run) == verdict for run in runs):
            row["checked"].append(f"{verdict.replace('-', ' ')}: {number}")
    for which, where in ((good, "in passing runs"), ([run for run in runs if run not in good], "elsewhere")):
        controls = [control for run in which for control in run["controls"]]
        if controls:
            kept = sum(control.get("expected") == control.get("got") for control in controls)
            row["tested"].append(f"{kept} of {plural(len(controls), 'negative control')} as expected {where}")
    if number := sum("sampled" in str(run["bound"].get("inputs")) for run in good if run["bound"]):
        row["assumed"].append(f"constants of the bound: sampled, not enclosed, in {plural(number, 'passing run')}")
    return row


def replayed(theorem, proof):
    """A lemma on record, proved, whose name and file are the ones in the text "file: name"."""
    for lemma in proof["lemmas"] if proof else []:
        name, file = str(lemma.get("name", "")), str(lemma.get("file", ""))
        words = theorem.replace(":", " ").replace(",", " ").split()
        if lemma.get("proved_by") and name in words and (file in words or words == [name]):
            return True
    return False


def code_row(top, what, proof, coverage):
    row = {"what": what, "anchor": "proof" if top == "src/" else "coverage",
           "proved": [], "checked": [], "tested": [], "assumed": []}
    functions = [f for f in proof["functions"] if str(f.get("file", "")).startswith(top)] if proof else []
    for model in sorted({str(f.get("model")) for f in functions}):
        own = [f for f in functions if str(f.get("model")) == model]
        done = [f for f in own if whole(f.get("goals")) > 0 and f.get("proved") == f.get("goals")]
        goals = sum(max(whole(f.get("proved")), 0) for f in own)
        if done:
            row["proved"].append(f"{len(done)} of {plural(len(own), 'function')} in the {model} model "
                                 f"({plural(goals, 'goal')})")
    files = [f for f in coverage["files"] if str(f.get("file", "")).startswith(top)] if coverage else []
    if files:
        for key in ("lines", "branches"):
            total = sum(max(whole(f.get(key)), 0) for f in files)
            hit = sum(max(whole(f.get(key + "_hit")), 0) for f in files)
            row["tested"].append(f"{percent(hit, total)} of {total} {key}")
    if not row["proved"]:
        row["assumed"].append("no proof" if proof else "not run: proofs")
    if not files:
        row["assumed"].append("not run: coverage" if not coverage else "no file of it was covered")
    return row


def listed(value):
    return [str(entry) for entry in value] if isinstance(value, list) else [str(value)] if value else []
