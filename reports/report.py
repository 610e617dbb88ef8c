#!/usr/bin/python3
"""Writes the report from whatever JSON the build left: report.py [--input build] [--output build/report].

index.html (one self-contained file), report.json (everything merged), junit.xml, results.sarif. What was
not run is shown as not run and keeps the verdict from green. Exit 0 when the files are written, whatever
the verdict; with --gate, 1 when the verdict is not "verified"; 2 when they cannot be written.
"""
import argparse
import base64
import hashlib
import json
import os
import shlex
import sys

import jinja2
from markupsafe import Markup

import digits
import exports
import inputs as sources
import kernels
import ledger
import plots
import recovery
import verdict
from runs import effective, normalise, passes, slug

HERE = os.path.dirname(os.path.abspath(__file__))
MARKS = {"pass": "✓", "fail": "✗", "error": "!", "not-asymptotic": "∿", "not-applicable": "–"}


def claims_of(inputs, runs):
    """Every claim that is stated or measured, with "id", "title", "statement", "source", "theorem"."""
    stated = inputs["claims"]["data"]["claims"] if inputs["claims"]["data"] else []
    known = {str(claim.get("id")): claim for claim in stated if claim.get("id")}
    names = sorted(known.keys() | {run["claim"] for run in runs}, key=digits.natural)
    fields = ("title", "statement", "hypotheses", "constants", "misquoted", "checked", "source", "theorem")
    return [{"id": name, "anchor": slug("claim", name),
             **{field: str(known.get(name, {}).get(field) or "") for field in fields}} for name in names]


WORST_FIRST = ("error", "fail", "not-asymptotic", "pass", "not-applicable")


def overview(runs, claims):
    """Rows by problem and parameters, columns by claim; a cell sums up its runs by the worst of them, where a
    claim that does not apply counts only when no run of it does."""
    cells = {}
    for run in runs:
        cells.setdefault((row_key(run), run["claim"]), []).append(effective(run))
    keys = sorted({row_key(run) for run in runs}, key=lambda k: [digits.natural(text) for text in k])
    ids = [claim["id"] for claim in claims if any(run["claim"] == claim["id"] for run in runs)]
    rows = []
    for key in keys:
        row = [summary(cells.get((key, claim))) for claim in ids]
        rows.append({"key": key, "cells": row})
    return {"claims": [claim for claim in claims if claim["id"] in ids], "rows": rows}


def summary(states):
    if not states:
        return None
    applied = [state for state in states if state != "not-applicable"]
    worst = min(states, key=lambda state: WORST_FIRST.index(state) if state in WORST_FIRST else -1)
    return {"state": worst, "passed": applied.count("pass"), "applied": len(applied), "all": len(states)}


def matrix(runs):
    """Rows by problem and parameters, columns by claim, observable, method; a cell lists its runs."""
    columns = sorted({column(run) for run in runs}, key=lambda c: [digits.natural(text) for text in c])
    keys = sorted({row_key(run) for run in runs}, key=lambda k: [digits.natural(text) for text in k])
    cells = {}
    for run in runs:
        cells.setdefault((row_key(run), column(run)), []).append(run)
    groups = []
    for name, observable, _ in columns:
        if groups and groups[-1][0] == (name, observable):
            groups[-1][1] += 1
        else:
            groups.append([(name, observable), 1])
    return {"columns": columns, "groups": groups,
            "rows": [{"key": key, "cells": [cells.get((key, c), []) for c in columns]} for key in keys]}


def column(run):
    return run["claim"], run["observable"], run["method"]


def row_key(run):
    return run["problem"], run["momentum"], run["horizon"]


def number(text, size=6):
    """A shortened number that carries all its digits in its title."""
    return titled(text, lambda full: digits.short(full, size))


def order(text, places=4):
    """An order of convergence, to so many decimals."""
    return titled(text, lambda full: digits.fixed(full, places))


def titled(text, shorten):
    text = "" if text is None else visible(text)
    brief = shorten(text).replace("-", "\N{MINUS SIGN}") if digits.exact(text) is not None else text
    if brief.replace("\N{MINUS SIGN}", "-") == text:
        return Markup('<span class="n">{}</span>').format(brief)
    return Markup('<span class="n" title="{}">{}</span>').format(text, brief)


def visible(text):
    """Control and direction characters shown as symbols: a name cannot reorder or hide what follows."""
    return "".join(f"‹U+{ord(c):04X}›" if not c.isprintable() and c not in "\n\t " else c
                   for c in str(text))


OWN_LADDER = "as each claim needs"  # what `check` writes when it chose the step sizes itself


def command(run):
    """The command that repeats a run, quoted for a shell."""
    built_in = "/" not in run["problem_file"]
    words = ["heavyproof", "check", run["claim"],
             "--problem", run["problem"] if built_in else run["problem_file"]]
    method = run["method"] if run["method"] in ("hb", "nag", "gd") else "a=" + run["a"]
    words += ["--method", method]
    for option in ("momentum", "horizon"):
        if run[option]:
            words += ["--" + option, run[option]]
    for option, text in (("steps", run["ladder"]), ("digits", run["digits"])):
        if text and text != OWN_LADDER:
            words += ["--" + option, text]
    return " ".join(shlex.quote(word) for word in words)




def asset(name):
    with open(os.path.join(HERE, "templates", name), encoding="utf-8") as stream:
        return Markup(stream.read())


def content_hash(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def page(model):
    """index.html as a text."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(os.path.join(HERE, "templates")),
                                     autoescape=True, undefined=jinja2.StrictUndefined,
                                     trim_blocks=True, lstrip_blocks=True, finalize=shown)
    environment.filters.update(number=number, raised=digits.raised, order=order, short=digits.short, percent=digits.percent,
                               describe=verdict.describe, listed=ledger.listed, command=command)
    environment.globals.update(marks=MARKS, effective=effective, passes=passes, kinds=ledger.KINDS, columns=kernels.COLUMNS,
                               plural=verdict.plural, decimals=digits.decimals)
    style, script = asset("style.css"), asset("page.js")
    return environment.get_template("page.html").render(
        **model, recovery_map=recovery.draw, style=style, script=script, style_hash=content_hash(style), script_hash=content_hash(script))


def shown(value):
    return value if isinstance(value, Markup) else "" if value is None else visible(value)


def build(directory, date=""):
    """Everything the templates and exports need, from the JSON in directory."""
    inputs = sources.read(directory)
    results = inputs["results"]["data"]
    runs = normalise(results["runs"]) if results else []
    certified = normalise(inputs["certified"]["data"]["runs"]) if inputs["certified"]["data"] else []
    claims = claims_of(inputs, runs)
    known = kernels.matrix(inputs)
    judged = verdict.judge(inputs, runs, claims, known, certified)
    drawings = {run["id"]: plots.of_run(run) for run in runs}
    plots.draw([plot for run in runs for plot in drawings[run["id"]]])
    return {"inputs": inputs, "runs": runs, "certified": certified, "claims": claims, "verdict": judged, "plots": drawings,
            "overview": overview(runs, claims), "kernels": known,
            "matrices": {claim["id"]: matrix([run for run in runs if run["claim"] == claim["id"]]) for claim in claims},
            "ledger": ledger.rows(inputs, runs, claims), "date": date,
            "version": str(results.get("version", "")) if results else ""}


def merged(model):
    """report.json: the verdict and every input as it was read."""
    return {"schema": "heavyproof.report/1", "version": model["version"], "date": model["date"],
            "verdict": model["verdict"]["state"], "sentence": model["verdict"]["sentence"],
            "counts": model["verdict"]["counts"], "problems": model["verdict"]["problems"],
            "evidence": model["ledger"],
            "inputs": {name: {key: entry[key] for key in ("file", "state", "message", "data")}
                       for name, entry in model["inputs"].items()}}


def write_file(path, content):
    """Beside the file first, then renamed: no reader sees half of it."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path + ".tmp", "wb") as stream:
        stream.write(content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))
    os.replace(path + ".tmp", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", default="build", help="directory with the JSON files")
    parser.add_argument("--output", default="build/report", help="directory to write to")
    parser.add_argument("--date", default="", help="text to print as the date of the report")
    parser.add_argument("--gate", action="store_true", help="exit 1 unless the verdict is verified")
    args = parser.parse_args()
    model = build(args.input, args.date)
    log = exports.sarif(model["runs"], model["claims"], model["verdict"], model["inputs"], model["version"])
    try:
        write_file(os.path.join(args.output, "report.json"), json.dumps(merged(model), indent=1, sort_keys=True) + "\n")
        write_file(os.path.join(args.output, "junit.xml"), exports.junit(model["runs"], model["claims"], model["verdict"], model["inputs"]))
        write_file(os.path.join(args.output, "results.sarif"), json.dumps(log, indent=1) + "\n")
        write_file(os.path.join(args.output, "index.html"), page(model))
    except OSError as error:
        print(f"report: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    state = model["verdict"]["state"]
    print(f"{args.output}/index.html: {state}. {model['verdict']['sentence']}")
    return 1 if args.gate and state != "verified" else 0


if __name__ == "__main__":
    sys.exit(main())
