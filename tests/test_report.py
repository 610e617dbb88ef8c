"""The report: verdict, exports, escaping, determinism, missing inputs; coverage, versions and claims."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(TOP, "tests/data/report")
sys.path.insert(0, os.path.join(TOP, "reports"))

import claims  # noqa: E402
import coverage  # noqa: E402
import digits  # noqa: E402
import exports  # noqa: E402
import plots  # noqa: E402
import recovery  # noqa: E402
import report  # noqa: E402
import versions  # noqa: E402
from runs import normalise  # noqa: E402

OUTPUTS = ["index.html", "junit.xml", "report.json", "results.sarif"]


class Page(HTMLParser):
    """Tags, ids and the references between them."""
    VOID = {"meta", "input", "link", "br", "img", "hr"}

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.resources, self.open, self.errors = [], [], [], [], [], []
        self.feed(text)
        self.errors += [f"{tag} left open" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        self.handle_startendtag(tag, attributes)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append(tag)
        for key, value in attributes:
            if key == "id":
                self.ids.append(value)
            if key == "href" and tag == "a":
                self.links.append(value)
            elif key in ("src", "href", "data", "action", "srcset", "poster"):
                self.resources.append(value)
            if key.startswith("on"):
                self.errors.append(f"{tag} {key}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"</{tag}> closes nothing")


def load(name, part):
    with open(os.path.join(DATA, name, part + ".json"), encoding="utf-8") as stream:
        return json.load(stream)


class Sample(unittest.TestCase):
    """A copy of one sample directory, to change and to build."""

    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)

    def take(self, name):
        for file in os.listdir(os.path.join(DATA, name)):
            shutil.copy(os.path.join(DATA, name, file), self.directory)

    def change(self, part, edit):
        path = os.path.join(self.directory, part + ".json")
        with open(path, encoding="utf-8") as stream:
            data = json.load(stream)
        edit(data)
        with open(path, "w", encoding="utf-8") as stream:
            json.dump(data, stream)

    def judge(self):
        return report.build(self.directory)["verdict"]

    def run_report(self, *options):
        out = os.path.join(self.directory, "report")
        done = subprocess.run([os.path.join(TOP, "reports/report.py"), "--input", self.directory, "--output", out,
                               *options], capture_output=True, text=True)
        texts = {}
        for name in OUTPUTS:
            with open(os.path.join(out, name), encoding="utf-8") as stream:
                texts[name] = stream.read()
        return done, texts


class Verdict(Sample):
    def test_all_evidence_is_verified(self):
        self.take("passing")
        verdict = self.judge()
        self.assertEqual(verdict["problems"], [])
        self.assertEqual(verdict["state"], "verified")
        self.assertIn("8 of 10 runs pass (1 not asymptotic, 1 not applicable)", verdict["sentence"])
        self.assertIn("294 of 294 goals of 5 C functions and 4 of 4 lemmas are proved", verdict["sentence"])

    def test_a_certified_run_that_fails(self):
        self.take("passing")
        self.change("certified", lambda data: data["runs"][0].update(verdict="fail", reason="proved: too large"))
        verdict = self.judge()
        self.assertEqual(verdict["state"], "not verified")
        self.assertIn("certified A1 E1 on double-well, heavy ball: fail: proved: too large",
                      [problem["text"] for problem in verdict["problems"]])
        self.change("certified", lambda data: data.update(runs=[]))
        self.assertEqual(self.judge()["state"], "incomplete")

    def test_each_missing_input_is_incomplete(self):
        for part in ("results", "certified", "proof", "coq", "coverage", "versions", "tests"):
            self.take("passing")
            os.remove(os.path.join(self.directory, part + ".json"))
            verdict = self.judge()
            self.assertEqual(verdict["state"], "incomplete", part)
            self.assertTrue(any("not run" in problem["text"] for problem in verdict["problems"]), part)

    def test_each_blemish_turns_it_red(self):
        def first(data, **changes):
            data["runs"][0].update(changes)
        blemishes = [
            ("results", lambda d: first(d, verdict="fail", reason="order 0.6")),
            ("results", lambda d: first(d, verdict="error", reason="zero divisor")),
            ("results", lambda d: first(d, verdict="splendid", reason="?")),
            ("results", lambda d: first(d, verdict="not-asymptotic", reason="")),
            ("results", lambda d: first(d, rows=[])),
            ("results", lambda d: d["runs"][0]["controls"][0].update(got="pass")),
            ("results", lambda d: d["runs"][0]["bound"].update(holds=False)),
            ("results", lambda d: d["runs"][0]["rows"][2].update(bound="1e-9")),
            ("results", lambda d: d["runs"][0]["rows"][2].update(value="nan")),
            ("results", lambda d: d["runs"][0]["rows"][2].update(low="2", high="1")),
            ("results", lambda d: d.update(schema="heavyproof.results/9")),
            ("results", lambda d: d.update(runs=None)),
            ("proof", lambda d: d["functions"][0].update(proved=0)),
            ("proof", lambda d: d["functions"][0].update(goals=0, proved=0)),
            ("proof", lambda d: d["lemmas"][0].update(proved_by="")),
            ("proof", lambda d: d["failed"].append("goal x")),
            ("coq", lambda d: d.update(gate="fail")),
            ("coq", lambda d: d["problems"].append("a1_uniform: rests on an axiom")),
            ("coverage", lambda d: d.update(gate="fail")),
            ("coverage", lambda d: d["problems"].append("src/a.c:1: bare")),
            ("tests", lambda d: d["programs"][0].update(failed=1)),
            ("tests", lambda d: d.update(failed=1)),
            ("tests", lambda d: d.update(passed=0)),
        ]
        for number, (part, edit) in enumerate(blemishes):
            with self.subTest(number=number, part=part):
                self.take("passing")
                self.change(part, edit)
                self.assertEqual(self.judge()["state"], "not verified")

    def test_nothing_measured_is_not_green(self):
        for part, key in (("results", "runs"), ("proof", "functions"), ("coq", "theorems"), ("coverage", "files")):
            self.take("passing")
            self.change(part, lambda data, key=key: data.update({key: []}))
            self.assertNotEqual(self.judge()["state"], "verified", part)

    def test_claim_without_a_pass_is_incomplete(self):
        self.take("passing")
        self.change("results", lambda d: d.update(runs=[r for r in d["runs"] if r["claim"] == "A1"]))
        self.assertEqual(self.judge()["state"], "incomplete")

    def test_gate_option(self):
        self.take("passing")
        self.assertEqual(self.run_report("--gate")[0].returncode, 0)
        os.remove(os.path.join(self.directory, "proof.json"))
        self.assertEqual(self.run_report()[0].returncode, 0)
        self.assertEqual(self.run_report("--gate")[0].returncode, 1)

    def test_theorem_counts_only_when_replayed(self):
        self.take("passing")
        row = report.build(self.directory)["ledger"][0]
        self.assertEqual(row["proved"], ["spec/coq/a1_rescaled_flow.v: a1_uniform"])
        self.change("coq", lambda d: d["theorems"].pop(0))
        self.change("proof", lambda d: d["lemmas"].pop(0))
        row = report.build(self.directory)["ledger"][0]
        self.assertEqual(row["proved"], [])
        self.assertTrue(any("no replayed proof" in text for text in row["assumed"]))

    def test_theorems_of_a_failed_gate_are_no_evidence(self):
        self.take("passing")
        self.change("proof", lambda d: d["lemmas"].pop(0))
        self.change("coq", lambda d: d.update(gate="fail"))
        self.assertEqual(report.build(self.directory)["ledger"][0]["proved"], [])


def mutants_of(**changes):
    """What `mutate --check` writes, for one function with a survivor."""
    row = {"file": "src/momentum.c", "name": "hp_momentum_step", "mutants": 12, "killed": 11, "by_proof": 10,
           "by_proof_alone": 6, "by_list": 1, "by_tests": 4, "survived": 1, "discarded": 2, "unknown": 0}
    survivor = {"id": "0123456789", "file": "src/momentum.c", "line": 41, "function": "hp_momentum_step",
                "operator": "drop an invariant", "sentence": "hp_momentum_step forgets <b>range</b>.",
                "reason": "the invariant follows from the others"}
    survivor.update({key: changes.pop(key) for key in ("reason",) if key in changes})
    row.update({key: changes.pop(key) for key in ("unknown",) if key in changes})
    return {"schema": "heavyproof.mutants/1", "functions": [row], "survivors": [survivor], "problems": []} | changes


class Mutants(Sample):
    def put(self, **changes):
        self.take("passing")
        with open(os.path.join(self.directory, "mutants.json"), "w", encoding="utf-8") as stream:
            json.dump(mutants_of(**changes), stream)

    def test_score(self):
        self.put()
        done, texts = self.run_report("--gate")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("11 of 12 mutants are killed", done.stdout)
        page = Page(texts["index.html"])
        self.assertEqual(page.errors, [])
        self.assertIn("mutants", page.ids)
        for words in ("10 by a proof that fails (6 by nothing else)", "2 more are no C", "src/momentum.c:41",
                      "&lt;b&gt;range&lt;/b&gt;", "the invariant follows from the others"):
            self.assertIn(words, texts["index.html"])

    def test_a_survivor_without_a_reason_turns_it_red(self):
        self.put(reason="")
        verdict = self.judge()
        self.assertEqual(verdict["state"], "not verified")
        self.assertEqual([p["text"] for p in verdict["problems"]],
                         ["mutant 0123456789 survives: hp_momentum_step forgets <b>range</b>."])

    def test_what_the_check_found_turns_it_red(self):
        self.put(problems=["src/momentum.c:41: mutant 0123456789: src/momentum.c has changed since its verdict"])
        self.assertEqual(self.judge()["state"], "not verified")

    def test_mutants_not_run_and_none_at_all(self):
        self.put(unknown=3)
        self.assertEqual(self.judge()["state"], "incomplete")
        self.put(functions=[], survivors=[])
        self.assertEqual(self.judge()["state"], "incomplete")


class Exports(Sample):
    def test_junit(self):
        self.take("failing")
        root = ElementTree.fromstring(self.run_report()[1]["junit.xml"])
        self.assertEqual(root.tag, "testsuites")
        for suite in [*root]:
            cases = suite.findall("testcase")
            self.assertEqual(int(suite.get("tests")), len(cases))
            for tag, key in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
                self.assertEqual(int(suite.get(key)), sum(case.find(tag) is not None for case in cases))
        a1 = root.find("testsuite[@name='A1']")
        self.assertEqual([a1.get(key) for key in ("tests", "failures", "errors")], ["3", "1", "2"])
        self.assertIn("order 0.62", a1.find("testcase/failure").get("message"))
        self.assertGreater(int(root.get("failures")), 4)

    def test_junit_of_skipped_runs(self):
        self.take("passing")
        root = ElementTree.fromstring(self.run_report()[1]["junit.xml"])
        self.assertEqual([root.get(key) for key in ("failures", "errors", "skipped")], ["0", "0", "2"])
        reasons = [element.get("message") for element in root.iter("skipped")]
        self.assertTrue(all(reasons))

    def test_sarif(self):
        self.take("failing")
        log = json.loads(self.run_report()[1]["results.sarif"])
        self.assertEqual(log["version"], "2.1.0")
        run = log["runs"][0]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        self.assertEqual(rules, sorted(set(rules)))
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
            self.assertIn(result["level"], ("error", "warning"))
            self.assertTrue(result["message"]["text"])
            for location in result.get("locations", []):
                uri = location["physicalLocation"]["artifactLocation"]["uri"]
                self.assertRegex(uri, r"^[A-Za-z0-9._~/%:-]+$")
                self.assertGreater(location["physicalLocation"].get("region", {"startLine": 1})["startLine"], 0)
        places = {(location["physicalLocation"]["artifactLocation"]["uri"],
                   location["physicalLocation"].get("region", {}).get("startLine"))
                  for result in run["results"] for location in result.get("locations", [])}
        self.assertIn(("src/momentum.h", 31), places)
        self.assertIn(("src/momentum.c", 17), places)
        self.assertIn("claim/a1", rules)

    def test_sarif_of_a_clean_build_is_empty(self):
        self.take("passing")
        self.assertEqual(json.loads(self.run_report()[1]["results.sarif"])["runs"][0]["results"], [])

    def test_absolute_path(self):
        self.assertEqual(exports.artifact("/a b/c.phi"), {"uri": "file:///a%20b/c.phi"})

    def test_merged(self):
        self.take("failing")
        merged = json.loads(self.run_report()[1]["report.json"])
        self.assertEqual(merged["schema"], "heavyproof.report/1")
        self.assertEqual(merged["verdict"], "not verified")
        self.assertEqual(merged["inputs"]["results"]["data"], load("failing", "results"))
        self.assertEqual(merged["inputs"]["versions"]["state"], "unreadable")


class PageText(Sample):
    def check_page(self, text):
        page = Page(text)
        self.assertEqual(page.errors, [])
        self.assertEqual(len(page.ids), len(set(page.ids)))
        self.assertEqual(page.resources, [])
        for link in page.links:
            self.assertTrue(link.startswith("#") and link[1:] in page.ids, link)
        return page

    def test_every_run_has_a_card_and_plots(self):
        self.take("passing")
        text = self.run_report()[1]["index.html"]
        page = self.check_page(text)
        self.assertEqual(page.tags.count("article"), 10)
        self.assertGreaterEqual(text.count('role="img"'), 6 + 2)
        for words in ("1.781416763272245516974831293e-02", "max|E(t)| on [0,T]", "no 1/(1-λ) rescaling",
                      "hL = 1.54 exceeds the threshold", "Frama-C/WP&#39;s translation", "libmpfr-dev",
                      "reached only when the machine has no memory left"):
            self.assertIn(words, text)

    def test_overview_sums_up_by_the_worst_run(self):
        self.assertIsNone(report.summary([]))
        self.assertEqual(report.summary(["not-applicable", "pass"]),
                         {"state": "pass", "passed": 1, "applied": 1, "all": 2})
        self.assertEqual(report.summary(["pass", "not-asymptotic", "fail"])["state"], "fail")
        self.assertEqual(report.summary(["not-applicable"])["applied"], 0)
        self.take("passing")
        text = self.run_report()[1]["index.html"]
        self.assertIn('class="matrix overview"', text)
        self.assertRegex(text, r'title="A1 on double-well: pass; \d+ of \d+ pass')

    def test_a_bound_may_say_nothing_but_that_it_holds(self):
        run = normalise([{"claim": "B3", "verdict": "pass", "bound": {"holds": True, "value": "1e-30"}}])[0]
        self.assertEqual((run["bound"]["inputs"], run["bound"]["proved_by"]), ("", ""))

    def test_hostile_texts_stay_text(self):
        self.take("failing")
        text = self.run_report()[1]["index.html"]
        page = self.check_page(text)
        self.assertEqual(page.tags.count("script"), 1)
        for tag in ("img", "b-", "i-", "iframe"):
            self.assertNotIn(tag, page.tags)
        self.assertNotIn("<svg onload", text)
        self.assertNotRegex(text, "[\x00-\x08\x0b-\x1f\u202e]")
        self.assertIn("&lt;script&gt;document.title=", text)
        self.assertIn("{{7*7}} {% raw %}", text)
        self.assertIn("‹U+202E›", text)

    def test_missing_inputs_are_named(self):
        done, texts = self.run_report()
        self.assertIn("incomplete", done.stdout)
        self.check_page(texts["index.html"])
        self.assertGreaterEqual(texts["index.html"].count("Not run"), 5)
        self.assertNotIn("Verified", texts["index.html"])

    def test_deterministic_and_independent_of_order(self):
        self.take("passing")
        first = self.run_report()[1]
        self.assertEqual(first, self.run_report()[1])
        self.change("results", lambda d: d["runs"].reverse())
        again = self.run_report()[1]
        self.assertEqual(first["index.html"], again["index.html"])
        self.assertEqual(first["junit.xml"], again["junit.xml"])

    def test_date_only_when_given(self):
        self.take("passing")
        self.assertIn("1 May 2031", self.run_report("--date", "1 May 2031")[1]["index.html"])

    def test_policy_admits_the_inline_parts_only(self):
        self.take("passing")
        text = self.run_report()[1]["index.html"]
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            body = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)[1]
            self.assertIn(f"{directive} '{report.content_hash(body)}'", text)


class Digits(unittest.TestCase):
    def test_short(self):
        cases = {"1.781416763272245516974831293e-02": "0.0178142", "1.25e-412": "1.25e-412", "56.2912": "56.2912",
                 "0": "0", "1e5": "100000", "123456789": "1.23457e8", "-0.00001234567": "-1.23457e-5",
                 "0.5898744200819": "0.589874", "9.9999999e-1": "1", "2^-6": "2^-6", "text": "text", "": ""}
        for text, want in cases.items():
            self.assertEqual(digits.short(text), want, text)

    def test_exact(self):
        self.assertEqual(digits.log2("2^-12"), -12)
        self.assertEqual(digits.log2("3*2^-4"), round(digits.log2("3") - 4, 12))
        self.assertEqual(digits.exact("7/8"), digits.exact("0.875"))
        for text in ("", "x", "nan", "inf", "1/0", None, True, "2^^3", "1e99999999999"):
            self.assertIsNone(digits.exact(text), text)
        self.assertAlmostEqual(digits.log10("1.25e-412"), -411.9030899869919)

    def test_percent_never_rounds_up_to_all(self):
        self.assertEqual(digits.percent(99999, 100000), "99.9 %")
        self.assertEqual(digits.percent(7, 7), "100 %")

    def test_decimals(self):
        self.assertEqual(digits.decimals("0.99", "1.01"), 4)
        self.assertEqual(digits.decimals("0.9999964", "1.0000036"), 7)
        self.assertEqual(digits.decimals(None, "1"), 4)

    def test_raised(self):
        self.assertEqual(digits.raised("E / h^2 at 2^-12"), "E / h² at 2⁻¹²")
        self.assertEqual(digits.raised("h^0.5"), "h^0.5")


class Plots(unittest.TestCase):
    def setUp(self):
        self.runs = normalise(load("passing", "results")["runs"])

    def test_predicted_line_is_the_constant_times_the_power(self):
        run = next(r for r in self.runs if r["problem"] == "double-well" and r["claim"] == "A1")
        error, leg = plots.of_run(run)
        line = next(s for s in error.series if s.label.startswith("predicted"))
        (x, y), _ = line.points
        self.assertAlmostEqual(10**y, 1.16645411740494 * 2**x, 12)
        self.assertEqual(len(leg.series), 2)

    def test_steps_of_curves_make_plots(self):
        curves = [{"name": f"{name}, h = 2^-{k}", "points": [["0", "1"], ["1", "0.5"]]}
                  for k in range(6, 11) for name in ("|w_n|", "upper bound")]
        run = normalise([{"claim": "A3", "curves": curves, "verdict": "pass"}])[0]
        drawn = plots.of_run(run)
        self.assertEqual([plot.title for plot in drawn], ["|w_n|, h = 2^-6", "|w_n|, h = 2^-10"])
        self.assertIn("2^-7, 2^-8, 2^-9", drawn[-1].note)

    def test_thin_keeps_extremes(self):
        points = [(k, (k * 7919) % 10007) for k in range(10007)]
        kept = plots.thin(points)
        self.assertLessEqual(len(kept), plots.MOST_POINTS)
        self.assertEqual(min(y for _, y in kept), 0)
        self.assertEqual(max(y for _, y in kept), 10006)

    def test_every_point_is_drawn(self):
        run = self.runs[0]
        drawn = plots.of_run(run)
        plots.draw(drawn)
        dots = drawn[0].svg.count('class="dot c1"')
        self.assertEqual(dots, len(run["rows"]))
        self.assertNotIn("id=", drawn[0].svg)


class Recovery(unittest.TestCase):
    CELLS = [{"gamma": gamma, "beta": beta, "lambda": lam, "l1_gap": gap, "converged": rested}
             for gamma, beta, lam, gap, rested in (
                 ("0.1", "0", "0.1", "2.5", True), ("0.1", "0.5", "0.4", "0.25", True),
                 ("0.05", "0", "0.05", "1.5", True), ("0.05", "0.5", "0.2", "0.5", False),
                 ("0.025", "0.5", "0.1", "1", True))]

    def setUp(self):
        self.svg = ElementTree.fromstring(str(recovery.draw({"cells": self.CELLS})))

    def texts(self):
        return [text.text for text in self.svg.iter("text")]

    def test_a_cell_for_each_descent(self):
        cells = [(float(cell.get("x")), float(cell.get("y")), float(cell.get("fill-opacity")))
                 for cell in self.svg.iter("rect")]
        self.assertEqual(len(cells), 5)
        self.assertLess(cells[0][0], cells[1][0], "a larger beta is further right")
        self.assertLess(cells[0][1], cells[2][1], "a smaller gamma is further down")
        self.assertEqual(max(cells, key=lambda cell: cell[2]), cells[0], "the largest gap is darkest")
        self.assertIn("gamma 0.05, beta 0.5, lambda 0.2: gap 0.5", [t.text for t in self.svg.iter("title")])

    def test_star_where_not_at_rest(self):
        self.assertIn("0.5*", self.texts())
        self.assertIn("0.25", self.texts())

    def test_equal_lambda_is_joined(self):
        lines = list(self.svg.iter("polyline"))
        self.assertEqual(len(lines), 1, "only 0.1 occurs twice")
        self.assertEqual(len(lines[0].get("points").split()), 2)

    def test_cells_without_a_gap_are_left_out(self):
        exact = dict(self.CELLS[0], l1_gap="-1e-12")
        svg = ElementTree.fromstring(str(recovery.draw({"cells": self.CELLS[1:] + [exact]})))
        self.assertEqual(len(list(svg.iter("rect"))), 4)


class Coverage(unittest.TestCase):
    INFO = ("SF:{top}/src/a.c\nDA:1,1\nDA:2,0\nDA:3,0\nDA:5,4\nBRDA:5,0,0,4\nBRDA:5,0,1,-\nend_of_record\n"
            "SF:{top}/reference/b/b.c\nDA:1,1\nBRDA:1,0,0,1\nBRDA:1,0,1,0\nend_of_record\n"
            "SF:{top}/tests/t.c\nDA:1,0\nend_of_record\n")

    def judge(self, *entries, sources=("src/a.c", "reference/b/b.c")):
        files = coverage.parse(self.INFO.format(top="/top"), "/top")
        return coverage.judge(files, [dict(zip(("file", "line", "reason"), entry)) for entry in entries],
                              sources, "list")

    def test_gate(self):
        document = self.judge()
        self.assertEqual(document["gate"], "fail")
        self.assertEqual([text.split(":")[:2] for text in document["problems"]], [["src/a.c", "2"], ["src/a.c", "5"]])
        self.assertIn("lines 2-3", document["problems"][0])
        self.assertEqual([row["file"] for row in document["files"]], ["reference/b/b.c", "src/a.c"])

    def test_justified(self):
        entries = [("src/a.c", 2, "r"), ("src/a.c", 3, "r"), ("src/a.c", 5, "r")]
        self.assertEqual(self.judge(*entries)["gate"], "pass")
        stale = self.judge(*entries, ("src/a.c", 1, "r"), ("src/z.c", 1, "r"))
        self.assertEqual(stale["problems"], ["src/a.c:1: justified in list, but the tests do reach it",
                                             "src/z.c:1: justified in list, but there is no such file"])

    def test_file_without_data_fails(self):
        document = self.judge(sources=("src/a.c", "src/forgotten.c"))
        self.assertTrue(any(text.startswith("src/forgotten.c") for text in document["problems"]))

    def test_list(self):
        with tempfile.NamedTemporaryFile("w", suffix=".list") as stream:
            stream.write("# note\nsrc/a.c:2 | out of memory | really\n\nsrc/a.c 3 no\nsrc/a.c:4 |\n")
            stream.flush()
            entries, problems = coverage.exceptions(stream.name)
        self.assertEqual(entries, [{"file": "src/a.c", "line": 2, "reason": "out of memory | really"}])
        self.assertEqual(len(problems), 2)

    def test_end_to_end(self):
        with tempfile.TemporaryDirectory() as top:
            os.makedirs(top + "/src")
            os.makedirs(top + "/obj/src")
            with open(top + "/src/a.c", "w", encoding="utf-8") as stream:
                stream.write("int f(int x);\nint f(int x) {\n  if (x > 1)\n    return 2;\n  return 1;\n}\n"
                             "int main(void) {\n  return f(0) - 1;\n}\n")
            open(top + "/list", "w", encoding="utf-8").close()
            subprocess.run(["gcc", "-O0", "--coverage", "-c", "src/a.c", "-o", "obj/src/a.o"], cwd=top, check=True)
            subprocess.run(["gcc", "--coverage", "obj/src/a.o", "-o", "a"], cwd=top, check=True)
            subprocess.run([top + "/a"], cwd=top, check=True)
            done = subprocess.run([os.path.join(TOP, "reports/coverage.py"), "--objects", "obj", "--list", "list",
                                   "--json", "c.json"], cwd=top, capture_output=True, text=True)
            self.assertEqual(done.returncode, 1, done.stderr)
            with open(top + "/c.json", encoding="utf-8") as stream:
                row = json.load(stream)["files"][0]
            self.assertEqual((row["file"], row["uncovered_lines"], row["branches"] - row["branches_hit"]),
                             ("src/a.c", [4], 1))


class Tools(unittest.TestCase):
    def test_versions(self):
        document = versions.collect()
        names = [tool["name"] for tool in document["tools"]]
        self.assertEqual(names, sorted(set(names)))
        gcc = next(tool for tool in document["tools"] if tool["name"] == "gcc")
        self.assertEqual(gcc["version"], subprocess.run(["gcc", "-dumpfullversion"], capture_output=True,
                                                        text=True).stdout.strip())
        self.assertTrue(all(tool["for"] for tool in document["tools"]))

    def test_absent_package(self):
        with tempfile.NamedTemporaryFile("w") as stream:
            stream.write("build no-such-package-here\n")
            stream.flush()
            tool, = versions.collect(stream.name)["tools"]
        self.assertEqual((tool["version"], tool["package"]), ("", ""))

    def test_claims(self):
        text = ("Z9  a title\n\nSTATEMENT\nfor all h\n    x <= C h\n\nHYPOTHESES\nnone\n\nCONSTANTS\nC = 1\n\n"
                "WHAT IS COMMONLY MISQUOTED\n-\n\nWHAT IS CHECKED\nall\n\nSOURCE\nS\n\nTHEOREM\nnone proved yet\n")
        claim = claims.parse(text)
        self.assertEqual((claim["id"], claim["title"], claim["theorem"]), ("Z9", "a title", ""))
        self.assertEqual(claim["statement"], "for all h\n    x <= C h")
        with self.assertRaisesRegex(ValueError, "no section SOURCE"):
            claims.parse(text.replace("SOURCE\nS\n", ""))

    @unittest.skipUnless(os.environ.get("HEAVYPROOF"), "HEAVYPROOF names no built command")
    def test_claims_of_the_command(self):
        found = claims.collect(os.path.abspath(os.environ["HEAVYPROOF"]))["claims"]
        self.assertLessEqual({"A1", "A3"}, {claim["id"] for claim in found})
        self.assertTrue(all(claim["statement"] for claim in found))

    def test_command_that_repeats_a_run(self):
        run = {"claim": "A1", "problem": "valley", "problem_file": "./valley.phi", "method": "look", "a": "1/4",
               "momentum": "1/2", "horizon": "", "ladder": report.OWN_LADDER, "digits": ""}
        self.assertEqual(report.command(run),
                         "heavyproof check A1 --problem ./valley.phi --method a=1/4 --momentum 1/2")
        run.update(problem_file="valley.phi", method="hb", ladder="2^-6, 2^-7", digits="20")
        self.assertEqual(report.command(run), "heavyproof check A1 --problem valley --method hb --momentum 1/2 "
                                              "--steps '2^-6, 2^-7' --digits 20")

    def test_own_ladder_is_what_check_writes(self):
        with open(os.path.join(TOP, "verify/cli/check_options.c")) as stream:
            self.assertIn(f'"{report.OWN_LADDER}"', stream.read())


if __name__ == "__main__":
    unittest.main()
