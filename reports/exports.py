"""Machine formats of the same verdict: JUnit XML, SARIF 2.1.0."""
import re
import xml.etree.ElementTree as ElementTree

from runs import effective, slug
from verdict import describe

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def clean(text):
    """XML 1.0 has no way to write most control characters: each becomes U+FFFD."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", str(text))


def junit(runs, claims, verdict, inputs):
    """Bytes of a JUnit file: a test suite per claim, one for the proof, one for the rest."""
    root = ElementTree.Element("testsuites", name="heavyproof")
    for claim in claims:
        own = [run for run in runs if run["claim"] == claim["id"]]
        suite(root, claim["id"], [case(claim["id"], run_name(run), run) for run in own])
    if inputs["proof"]["data"] is not None:
        suite(root, "proof", proof_cases(inputs["proof"]["data"]))
    others = [problem for problem in verdict["problems"] if problem["anchor"] not in
              {run["id"] for run in runs} | {"proof", "lemmas"}]
    suite(root, "report", [problem_case(problem) for problem in others])
    totals = {key: sum(int(child.get(key)) for child in root) for key in ("tests", "failures", "errors", "skipped")}
    for key, value in totals.items():
        root.set(key, str(value))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def suite(root, name, cases):
    element = ElementTree.SubElement(root, "testsuite", name=clean(name), tests=str(len(cases)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(key, str(sum(case.find(tag) is not None for case in cases)))
    element.extend(cases)


def case(group, name, run):
    element = ElementTree.Element("testcase", classname=clean(group), name=clean(name))
    tag = {"pass": None, "fail": "failure", "error": "error"}.get(effective(run), "skipped")
    if tag:
        reasons = clean("; ".join(run["contradictions"] + [run["reason"]]).rstrip("; "))
        child = ElementTree.SubElement(element, tag, message=reasons)
        if tag != "skipped":
            child.set("type", effective(run))
    return element


def run_name(run):
    return (f"{run['observable']} {run['problem']} {run['method']} a={run['a']} λ={run['momentum']} "
            f"T={run['horizon']}" + (f" {run['start']}" if run["start"] else ""))


def proof_cases(proof):
    cases = []
    for function in proof["functions"]:
        element = ElementTree.Element("testcase", classname="proof", name=clean(
            f"{function.get('name')} ({function.get('model')})"))
        if function.get("proved") != function.get("goals"):
            ElementTree.SubElement(element, "failure", type="goals", message=clean(
                f"{function.get('proved')} of {function.get('goals')} goals proved"))
        cases.append(element)
    for lemma in proof["lemmas"]:
        element = ElementTree.Element("testcase", classname="lemma", name=clean(lemma.get("name")))
        if not lemma.get("proved_by"):
            ElementTree.SubElement(element, "failure", type="lemma", message="no proof")
        cases.append(element)
    for entry in proof.get("failed") or []:
        element = ElementTree.Element("testcase", classname="goal", name=clean(describe(entry)))
        ElementTree.SubElement(element, "failure", type="goal", message=clean(describe(entry)))
        cases.append(element)
    return cases


def problem_case(problem):
    element = ElementTree.Element("testcase", classname=problem["anchor"], name=clean(problem["text"]))
    tag = "failure" if problem["kind"] == "failed" else "error"
    ElementTree.SubElement(element, tag, type=problem["kind"], message=clean(problem["text"]))
    return element


def sarif(runs, claims, verdict, inputs, version):
    """A SARIF log as a dict: one result per problem of the verdict."""
    rules, results, by_id = {}, [], {run["id"]: run for run in runs}
    titles = {claim["id"]: claim["title"] for claim in claims}
    for problem in verdict["problems"]:
        run = by_id.get(problem["anchor"])
        file = line = None
        if run:
            rule, title = "claim/" + slug(run["claim"]), titles.get(run["claim"]) or "claim " + run["claim"]
            file = run["problem_file"] or None
        else:
            rule = f"{problem['kind']}/{problem['anchor']}"
            title = f"{problem['anchor']}: {problem['kind']}"
            file, line = place(problem["text"], inputs)
        rules.setdefault(rule, title)
        result = {"ruleId": rule, "level": "error" if problem["kind"] == "failed" else "warning",
                  "message": {"text": problem["text"]},
                  "partialFingerprints": {"problem/v1": slug(problem["anchor"], problem["text"])[:200]}}
        if file:
            location = {"artifactLocation": artifact(file)}
            if line:
                location["region"] = {"startLine": line}
            result["locations"] = [{"physicalLocation": location}]
        results.append(result)
    order = sorted(rules)
    for result in results:
        result["ruleIndex"] = order.index(result["ruleId"])
    driver = {"name": "HeavyProof", "rules": [
        {"id": rule, "shortDescription": {"text": rules[rule]}} for rule in order]}
    if version:
        driver["version"] = version
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results,
                      "originalUriBaseIds": {"SRCROOT": {"description": {"text": "top of the source tree"}}}}]}


def place(text, inputs):
    """The file:line that a message starts with, or the file of a function or lemma that it names."""
    if match := re.search(r"(?:^|: )((?:[\w.-]+/)+[\w.-]+):(\d+):", text):
        return match[1], int(match[2]) or None
    proof = inputs["proof"]["data"]
    for entry in (proof["functions"] + proof["lemmas"]) if proof else []:
        if entry.get("name") and re.search(rf"\b{re.escape(str(entry['name']))}\b", text):
            return entry.get("file"), None
    return None, None


def artifact(path):
    """A path as a URI reference: everything outside the unreserved characters percent-encoded."""
    coded = re.sub(rb"[^A-Za-z0-9._~/-]", lambda m: b"%%%02X" % m[0][0],
                  str(path).encode("utf-8", "replace")).decode()
    return {"uri": "file://" + coded} if coded.startswith("/") else {"uri": coded, "uriBaseId": "SRCROOT"}
