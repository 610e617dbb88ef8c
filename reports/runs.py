"""Runs of heavyproof.results/1 brought to one shape: every key present, sorted, with a stable id."""
import re

from digits import combine, exact, natural

VERDICTS = ("pass", "fail", "error", "not-asymptotic", "not-applicable")
METHODS = {"hb": "heavy ball", "nag": "Nesterov", "gd": "gradient descent"}
TEXTS = ("claim", "observable", "problem", "problem_file", "method", "a", "momentum", "horizon", "start",
         "verdict", "reason", "x_label", "y_label", "ladder", "digits")


def normalise(runs):
    """Sorted copies of the runs with "id", "contradictions" and every optional part present."""
    shaped = sorted((shape(run) for run in runs), key=sort_key)
    taken = {}
    for run in shaped:
        stem = slug("run", run["claim"], run["observable"], run["problem"], run["method"])
        taken[stem] = taken.get(stem, 0) + 1
        run["id"] = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
    return shaped


def sort_key(run):
    return [natural(run[key]) for key in TEXTS[:9]] + [natural(run["verdict"]), repr(run["rows"])]


def slug(*parts):
    return "-".join(re.sub(r"[^a-z0-9]+", "-", str(part).lower()).strip("-") or "x" for part in parts)


def shape(run):
    shaped = {key: str(run[key]) if run.get(key) is not None else "" for key in TEXTS}
    shaped["rows"] = objects(run.get("rows"))
    shaped["controls"] = objects(run.get("controls"))
    shaped["order"] = run.get("order") if isinstance(run.get("order"), dict) else None
    for key in ("expected", "measured", "low", "high", "rows_used") if shaped["order"] else ():
        shaped["order"] = {key: None, **shaped["order"]}
    shaped["constant"] = run.get("constant") if isinstance(run.get("constant"), dict) else None
    shaped["bound"] = run.get("bound") if isinstance(run.get("bound"), dict) else None
    if shaped["bound"]:
        shaped["bound"] = {"formula": "", "inputs": "", "proved_by": "", **shaped["bound"]}
    shaped["curves"] = [{"name": str(curve.get("name", "")), "points": points(curve.get("points"))}
                        for curve in objects(run.get("curves"))]
    shaped["hypotheses"] = objects(run.get("hypotheses"))
    shaped["method_name"] = METHODS.get(shaped["method"], shaped["method"])
    for row in shaped["rows"]:
        power = (shaped["order"] or {}).get("expected")
        row["scaled"] = combine(lambda e, h, p: e / h**p, row.get("value"), row.get("h"), power)
        row["roundoff"] = combine(lambda d, e: abs(d - e), row.get("double_value"), row.get("value"))
    shaped["contradictions"] = contradictions(shaped)
    return shaped


def objects(value):
    return [dict(entry) for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def points(value):
    """Points as [x, y] or {"x", "y"}."""
    pairs = []
    for point in value if isinstance(value, list) else []:
        if isinstance(point, dict):
            point = [point.get("x"), point.get("y")]
        if isinstance(point, list) and len(point) == 2:
            pairs.append((str(point[0]), str(point[1])))
    return pairs


def contradictions(run):
    """Sentences about evidence in the run that its verdict does not admit."""
    found = []
    if run["verdict"] not in VERDICTS:
        found.append(f"the verdict {run['verdict']!r} is none of {', '.join(VERDICTS)}")
    if run["verdict"] != "pass" and not run["reason"]:
        found.append("the verdict comes without a reason")
    for row in run["rows"]:
        low, high = exact(row.get("low")), exact(row.get("high"))
        if low is not None and high is not None and low > high:
            found.append(f"at h = {row.get('h')} the lower end of the interval lies above the upper end")
    if run["verdict"] != "pass":
        return found
    if not run["rows"] and not run["curves"]:
        found.append("pass without a single measured row")
    for control in run["controls"]:
        if control.get("expected") != control.get("got"):
            found.append(f"pass, although the control {control.get('name')!r} was to "
                         f"{control.get('expected')} and did {control.get('got')}")
    if run["bound"] and run["bound"].get("holds") is not True:
        found.append("pass, although the bound does not hold")
    for row in run["rows"]:
        value, bound = exact(row.get("value")), exact(row.get("bound"))
        if value is None:
            found.append(f"pass, although the value at h = {row.get('h')} is no number")
        elif bound is not None and value > bound:
            found.append(f"pass, although the value at h = {row.get('h')} exceeds the bound")
    return found


def passes(run):
    return run["verdict"] == "pass" and not run["contradictions"]


def blocks(run):
    """It must turn the whole verdict red."""
    return run["verdict"] in ("fail", "error") or bool(run["contradictions"])


def effective(run):
    """The verdict that the report shows: a contradiction in the evidence is an error."""
    return "error" if run["contradictions"] and run["verdict"] != "fail" else run["verdict"]
