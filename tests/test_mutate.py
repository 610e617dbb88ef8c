"""The mutants: what each operator makes of small snippets, their ids, their records, and one whole run."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TOP, "verify/proof"))

import acsl  # noqa: E402
import mutant_operators as operators  # noqa: E402
import mutant_records as records  # noqa: E402
import mutants  # noqa: E402
from toolchain import Failure  # noqa: E402

HEADER = """/* A comment with f(x) { } in it. */
/*@ requires room: 0 <= n;
    terminates \\true; exits \\false;
    assigns at_x: x[0 .. n - 1], y[0 .. n - 1];
    ensures sum: \\forall integer i; 0 <= i < n ==> near(x[i], y[i] + lambda*h, error(h));
    ensures finite: \\is_finite(x[0]) && x[0] == 1.0; */
void f(size_t n, double *x, double lambda, double h);
"""
CODE = """#include "src/f.h"
static const double first[] = {1.0};
void f(size_t n, double *x, double lambda, double h) {
  size_t i = 0;
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant sum: \\forall integer j; 0 <= j < i ==> x[j] == lambda*h;
      loop assigns i, x[0 .. n - 1];
      loop variant n - i; */
  while (i < n) {
    x[i] = lambda * h;
    i++;
  }
}
"""


def results(operator, snippet, contract=False):
    """What the operator makes of a snippet, one text an edit."""
    code = acsl.tokens(snippet)
    return [snippet[:start] + new + snippet[end:] for start, end, new, _ in operator(code, contract)]


class Operators(unittest.TestCase):
    def check(self, operator, snippet, *wanted, contract=False):
        self.assertEqual(results(operator, snippet, contract), list(wanted))

    def test_momentum_complement(self):
        self.check(operators.momentum_complement, "x = lambda * v;", "x = (1.0 - lambda) * v;")
        self.check(operators.momentum_complement, "f(lambda)", "f((1 - lambda))", contract=True)

    def test_step_squared(self):
        self.check(operators.step_squared, "u + h * v", "u + (h*h) * v")
        self.check(operators.step_squared, "double h = 1; p->h + ha")

    def test_swap_names(self):
        self.check(operators.swap_names, "y = u[i] + v[i];", "y = v[i] + v[i];", "y = u[i] + u[i];")
        self.check(operators.swap_names, "y = u[i] + w[i];")

    def test_swap_arguments(self):
        self.check(operators.swap_arguments, "step(d, u, v, 2.0)", "step(d, v, u, 2.0)")
        self.check(operators.swap_arguments, "copy(d, u + row, v + row)", "copy(d, v + row, u + row)")
        self.check(operators.swap_arguments, "step(d, 1.0, w)")

    def test_swap_function(self):
        self.check(operators.swap_function, "value = sin(a);", "value = cos(a);")

    def test_plus_minus(self):
        self.check(operators.plus_minus, "a + b * c", "a - b * c")
        self.check(operators.plus_minus, "return -a;")
        self.assertIn("goes up the gradient", next(operators.plus_minus(acsl.tokens("kept - g_i")))[3])

    def test_drop_sign(self):
        self.check(operators.drop_sign, "x = -(a - b);", "x =  (a - b);")

    def test_drop_term(self):
        self.check(operators.drop_term, "x = a - b * c;", "x = a ;", "x = - b * c;")
        self.check(operators.drop_term, "n - 1 < m", "n  < m", "- 1 < m")

    def test_times_divide(self):
        self.check(operators.times_divide, "x = a * b[i] / 2.0;", "x = a / b[i] / 2.0;", "x = a * b[i] * 2.0;")
        self.check(operators.times_divide, "double *x = y;")
        self.assertIn("divides by b[i] ", next(operators.times_divide(acsl.tokens("a * b[i] + c")))[3])

    def test_comparison(self):
        self.check(operators.comparison, "i < n && a == b", "i <= n && a == b", "i < n && a != b")

    def test_conjunction(self):
        self.check(operators.conjunction, "a && b", "a || b")

    def test_negate_condition(self):
        self.check(operators.negate_condition, "if (a < b) x();", "if (!(a < b)) x();")
        self.check(operators.negate_condition, "x = a < 0.0 ? -a : a;", "x = a >= 0.0 ? -a : a;")

    def test_off_by_one(self):
        self.check(operators.off_by_one, "while (i < n) { x[i] = 0; i++; }",
                   "while (i < n - 1) { x[i] = 0; i++; }", "while (i < n) { x[i + 1] = 0; i++; }",
                   "while (i < n) { x[i] = 0; i += 2; }")

    def test_constant(self):
        self.check(operators.constant, "x = 2.0 * 0x1p-53 + 1;", "x = 3.0 * 0x1p-53 + 1;", "x = 2.0 * 0x1p-53 + 2;")

    def test_drop_statement(self):
        self.check(operators.drop_statement, "double a = 1.0; x[i] = a; f(x); if (a < b) c = a; return a;",
                   "double a = 1.0; ; f(x); if (a < b) c = a; return a;",
                   "double a = 1.0; x[i] = a; ; if (a < b) c = a; return a;",
                   "double a = 1.0; x[i] = a; f(x); if (a < b) ; return a;")

    def test_drop_finiteness(self):
        self.check(operators.drop_finiteness, "\\is_finite(x[i]) && y", "\\true && y")

    def test_bound_half(self):
        self.check(operators.bound_half, "near(x, f(y, z), e(h) + 1)", "near(x, f(y, z), (e(h) + 1)/2)")


class Tokens(unittest.TestCase):
    def test_numbers_and_ranges(self):
        self.assertEqual([t.text for t in acsl.tokens("x[0..n] 1.5e-3 0x1.8p-53 0x1p300 a->b")],
                         ["x", "[", "0", "..", "n", "]", "1.5e-3", "0x1.8p-53", "0x1p300", "a", "->", "b"])

    def test_functions_and_clauses(self):
        declared, = acsl.functions(HEADER)
        self.assertEqual((declared.name, declared.body), ("f", []))
        self.assertEqual([(c.kind, c.name) for c in acsl.clauses(declared.contract)], [
            ("requires", "room"), ("terminates", ""), ("exits", ""), ("assigns", "at_x"),
            ("ensures", "sum"), ("ensures", "finite")])
        defined, = acsl.functions(CODE)
        self.assertIsNone(defined.contract)
        self.assertEqual(sum(token.kind == "acsl" for token in defined.body), 1)

    def test_fingerprint(self):
        self.assertEqual(acsl.fingerprint(CODE), acsl.fingerprint("/* new */\n" + CODE.replace("\n  ", "\n ")))
        self.assertNotEqual(acsl.fingerprint(CODE), acsl.fingerprint(CODE.replace("0 <= i", "0 < i")))
        self.assertNotEqual(acsl.fingerprint(CODE), acsl.fingerprint(CODE.replace("f.h", "g.h")))


class Generator(unittest.TestCase):
    def test_contract(self):
        found = {(m.operator, m.new, m.line) for m in mutants.of_file("src/f.h", HEADER)}
        for wanted in [("drop a requires", "", 2), ("narrow an assigns", "", 4), ("widen an assigns", " + 1", 4),
                       ("drop an ensures", "", 5), ("drop an ensures", "", 6), ("comparison", "<", 5),
                       ("lambda to 1 - lambda", "(1 - lambda)", 5), ("h to h^2", "(h*h)", 5),
                       ("plus to minus", "-", 5), ("halve a bound", "(error(h))/2", 5),
                       ("drop finiteness", "\\true", 6)]:
            self.assertIn(wanted, found)
        dropped = next(m for m in mutants.of_file("src/f.h", HEADER) if m.operator == "drop an ensures")
        self.assertNotIn("sum:", dropped.apply(HEADER))
        self.assertIn("ensures finite:", dropped.apply(HEADER))

    def test_one_location_is_narrowed_to_nothing(self):
        header = HEADER.replace(", y[0 .. n - 1]", "")
        found = [m for m in mutants.of_file("src/f.h", header) if m.operator == "narrow an assigns"]
        self.assertEqual([m.new for m in found], ["\\nothing"])

    def test_code_only_in_bodies(self):
        found = mutants.of_file("src/f.c", CODE)
        self.assertTrue(all(m.line >= 4 for m in found))
        self.assertEqual({m.scope for m in found}, {"code"})
        self.assertIn("f takes 1 - lambda for the momentum lambda.", [m.sentence for m in found])

    def test_logic(self):
        text = "/*@ logic real e(real x) =\n    HP_ROUNDING(0x1p-53*\\abs(x)); */\n"
        mutant, = mutants.of_file("spec/acsl/f.h", text)
        self.assertEqual((mutant.function, mutant.line, mutant.scope), ("e", 2, "logic"))
        self.assertIn("HP_ROUNDING((0x1p-53*\\abs(x))/2)", mutant.apply(text))

    def test_ids_do_not_depend_on_lines_elsewhere(self):
        before = [m.id for m in mutants.of_file("src/f.c", CODE)]
        self.assertEqual(before, [m.id for m in mutants.of_file("src/f.c", CODE)])
        self.assertEqual(before, [m.id for m in mutants.of_file("src/f.c", "/* more */\n\n" + CODE)])
        other = [m.id for m in mutants.of_file("src/f.c", CODE.replace("lambda * h", "h * lambda"))]
        self.assertNotEqual(before, other)
        self.assertEqual(len(before), len(set(before)))

    def test_two_equal_lines_have_two_ids(self):
        twice = CODE.replace("    i++;\n", "    i++;\n    i++;\n")
        found = [m for m in mutants.of_file("src/f.c", twice) if m.words == "i++;"]
        self.assertEqual(len({m.id for m in found}), 2)

    def test_the_tree(self):
        """At least 300 in src/, each an edit that changes the text and has a sentence of its own place."""
        found = mutants.all_mutants()
        self.assertGreaterEqual(len(found), 300)
        self.assertLess({m.id for m in found}, {m.id for m in mutants.all_mutants(every=True)})
        self.assertEqual(len(found), len({m.id for m in found}))
        self.assertEqual(set(operators.CODE) | set(operators.FORMULA) | {"drop a requires", "drop an ensures",
                         "narrow an assigns", "widen an assigns"},
                         {m.operator for m in found})
        for mutant in found:
            self.assertRegex(mutant.sentence, r"^\S.*\.$")


class Staleness(unittest.TestCase):
    def setUp(self):
        self.mutants = mutants.of_file("src/f.c", CODE)[:3]
        self.known = {"src/f.c": "1", "tests/test_f.c": "2"}
        self.hash_of, records.hash_of = records.hash_of, lambda path, _root=None: self.known.get(path, "absent")
        self.records = {m.id: {"id": m.id, "verdict": "killed", "proof": "goal", "list": "", "tests": "",
                               "rests_on": dict(self.known)} for m in self.mutants}

    def tearDown(self):
        records.hash_of = self.hash_of

    def faults(self, **reasons):
        return records.faults(self.mutants, self.records, reasons)

    def test_all_is_well(self):
        self.assertEqual(self.faults(), [])

    def test_a_file_has_changed(self):
        self.known["tests/test_f.c"] = "3"
        self.assertEqual(len(self.faults()), 3)
        self.assertIn("tests/test_f.c has changed since its verdict", self.faults()[0])
        del self.known["src/f.c"]
        self.assertIn("src/f.c has changed", self.faults()[0])

    def test_a_verdict_that_rests_on_nothing(self):
        self.records[self.mutants[0].id]["rests_on"] = {}
        self.assertEqual(len(self.faults()), 1)

    def test_missing_and_surplus(self):
        self.records["0123456789"] = self.records.pop(self.mutants[1].id)
        missing, surplus = self.faults()
        self.assertIn(f"{self.mutants[1].id} ({self.mutants[1].operator}) has no verdict", missing)
        self.assertIn("0123456789 is no mutant of this tree", surplus)

    def test_survivors(self):
        mutant = self.mutants[2]
        self.records[mutant.id] |= {"verdict": "survived", "proof": ""}
        self.assertEqual(self.faults(), [f"src/f.c:{mutant.line}: mutant {mutant.id} ({mutant.operator})"
                                         f" survives: {mutant.sentence}"])
        self.assertEqual(self.faults(**{mutant.id: "the same code"}), [])
        self.assertEqual(self.faults(**{mutant.id: "the same code", self.mutants[0].id: "?"}),
                         [f"verify/proof/survivors.list: {self.mutants[0].id} does not survive"])

    def test_score(self):
        first, second, third = (self.records[m.id] for m in self.mutants)
        first |= {"tests": "test_f"}
        second |= {"verdict": "survived", "proof": ""}
        third |= {"verdict": "discarded"}
        report = records.report(self.mutants, self.records, {self.mutants[1].id: "why"}, [])
        row, = report["functions"]
        self.assertEqual((row["mutants"], row["killed"], row["survived"], row["discarded"], row["by_proof"],
                          row["by_tests"], row["by_proof_alone"]), (2, 1, 1, 1, 1, 1, 0))
        self.assertEqual([s["reason"] for s in report["survivors"]], ["why"])

    def test_lines_of_the_file(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "mutants.jsonl")
            last = self.records[self.mutants[0].id] | {"verdict": "survived"}
            for record in (*self.records.values(), {"id": "gone"}, last):
                records.append(record, path)
            self.assertEqual(records.load(path)[last["id"]]["verdict"], "survived")
            records.tidy(self.mutants, path)
            with open(path, encoding="utf-8") as lines:
                self.assertEqual([json.loads(line)["id"] for line in lines], [m.id for m in self.mutants])
            with open(path, "a", encoding="utf-8") as out:
                out.write("{half a li")
            with self.assertRaisesRegex(Failure, "mutants.jsonl:4: no record"):
                records.load(path)


NEXT_H = """/*@ requires small: -1000 <= x <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures next: \\result == x + 1; */
int next(int x);
"""
NEXT_C = """#include "src/next.h"
int next(int x) {
  return x + 1;
}
"""
MAKEFILE = """build/$(MODE)/tests/test_next: src/next.c tests/test_next.c
\t@mkdir -p $(@D)
\tgcc -I. $^ -o $@
"""
TEST_C = '#include "src/next.h"\nint main(void) { return next(3) != 4; }\n'


class Run(unittest.TestCase):
    """A tree of one function, mutated as the real one is, with a budget of 1 s."""

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)

    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        for path in glob.glob(os.path.join(TOP, "verify/proof/*")):
            if os.path.isfile(path) and not path.endswith((".jsonl", "survivors.list")):
                os.makedirs(os.path.join(self.root, "verify/proof"), exist_ok=True)
                shutil.copy(path, os.path.join(self.root, "verify/proof"))
        with open(os.path.join(TOP, "verify/proof/units.py"), encoding="utf-8") as text:
            self.write("verify/proof/units.py", re.sub(r"(QUICK|BUDGET) = \d+", r"\1 = 1", text.read()))
        self.write("src/next.h", NEXT_H)
        self.write("src/next.c", NEXT_C)
        self.write("spec/acsl/trusted.list", "")
        self.write("reference/README.md", "")
        self.write("tests/test_next.c", TEST_C)
        self.write("Makefile", MAKEFILE)
        self.write("verify/proof/kernels.list", "next | src/next.c | real\n")
        self.write("verify/proof/promises.list", "next | nothing | next\n")

    def call(self, *options, script="mutate"):
        command = [os.path.join(self.root, "verify/proof", script), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_run_and_check(self):
        self.assertEqual(self.call("--update", "--timeout", "2", script="prove").returncode, 0)
        listed = self.call("--list").stdout.splitlines()
        for part in ("1/2", "2/2"):
            answer = self.call("--shard", part)
            self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        with open(os.path.join(self.root, "verify/proof/mutants.jsonl"), encoding="utf-8") as lines:
            found = {r["id"]: r for r in map(json.loads, lines)}
        self.assertEqual(len(found), len(listed))
        by = {(r["operator"], r["scope"]): r for r in found.values()}
        constant = by["replace a constant", "code"]
        self.assertEqual((constant["verdict"], constant["tests"]), ("killed", "tests/test_next.c fails (release)"))
        self.assertIn("ensures_next", constant["proof"])
        self.assertEqual(by["drop an ensures", "contract"]["proof"], "")
        self.assertIn("the contract lacks ensures", by["drop an ensures", "contract"]["list"])
        self.assertIn("signed_overflow", by["drop a requires", "contract"]["proof"])
        self.assertEqual(self.call("--shard", "1/1").stdout, f"0 of {len(listed)} mutants to examine\n")

        survivors = [r["id"] for r in found.values() if r["verdict"] == "survived"]
        self.assertEqual(self.call("--check").returncode, 1 if survivors else 0)
        self.write("verify/proof/survivors.list", "".join(f"{s} | the same value\n" for s in survivors))
        self.assertEqual(self.call("--check").returncode, 0)
        self.write("tests/test_next.c", TEST_C.replace("4", "3 + 1"))
        answer = self.call("--check")
        self.assertEqual(answer.returncode, 1)
        self.assertIn("tests/test_next.c has changed since its verdict", answer.stderr)

    def test_wrong_shard(self):
        for shard in ("0/2", "3/2", "x", "1/"):
            self.assertEqual(self.call("--shard", shard).returncode, 2)


if __name__ == "__main__":
    unittest.main()
