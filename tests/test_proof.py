"""The proof machinery on a tree of two functions: what must make `prove` fail does."""
import glob
import importlib.machinery
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TOP, "verify/proof"))

import ledger  # noqa: E402
import toolchain  # noqa: E402
import wp  # noqa: E402

HEADER = """#include "spec/acsl/square.h"
/*@ requires small: -1000 <= x <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures square: \\result == x*x; ensures positive: 0 <= \\result; */
int square(int x);

/*@ requires small: -1000 <= x <= 1000 && -1000 <= y <= 1000;
    terminates \\true; exits \\false; assigns \\nothing;
    ensures sum: \\result == x*x + y*y; ensures positive: 0 <= \\result; */
int sum_of_squares(int x, int y);
"""
CODE = """#include "src/square.h"
int square(int x) { return x * x; }
int sum_of_squares(int x, int y) { return square(x) + square(y); }
"""
LEMMAS = "/*@ lemma square_below: \\forall integer x; -1000 <= x <= 1000 ==> x*x <= 1000000; */\n"
PROMISES = "square | nothing | square, positive\nsum_of_squares | nothing | sum, positive\n"
LIST = "square | src/square.c | real\nsum_of_squares | src/square.c | real\n"


def write(root, path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


class Replay(unittest.TestCase):
    """One set of proofs, made once; every test spoils one thing in a copy of it elsewhere."""

    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.mkdtemp()
        os.makedirs(os.path.join(cls.base, "verify/proof"))
        for path in glob.glob(os.path.join(TOP, "verify/proof/*")):
            if os.path.isfile(path):
                shutil.copy(path, os.path.join(cls.base, "verify/proof"))
        write(cls.base, "src/square.h", HEADER)
        write(cls.base, "src/square.c", CODE)
        write(cls.base, "spec/acsl/square.h", LEMMAS)
        write(cls.base, "spec/acsl/trusted.list", "# none\n")
        write(cls.base, "verify/proof/kernels.list", LIST)
        write(cls.base, "verify/proof/promises.list", PROMISES)
        cls.first = cls.prove(cls.base, "--update", "--timeout", "5")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.base)

    @staticmethod
    def prove(root, *options):
        command = [os.path.join(root, "verify/proof/prove"), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def setUp(self):
        self.root = tempfile.mkdtemp()
        shutil.copytree(self.base, self.root, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns("build"))

    def tearDown(self):
        shutil.rmtree(self.root)

    def spoil(self, path, old, new):
        with open(os.path.join(self.root, path), encoding="utf-8") as text:
            before = text.read()
        self.assertIn(old, before)
        write(self.root, path, before.replace(old, new))

    def fails_with(self, words, *options):
        answer = self.prove(self.root, *options)
        self.assertNotEqual(answer.returncode, 0, answer.stdout)
        for word in words:
            self.assertIn(word, answer.stderr)
        return answer

    def test_replay_in_another_directory_calls_no_prover(self):
        self.assertEqual(self.first.returncode, 0, self.first.stderr)
        self.spoil("verify/proof/toolchain.py", '"z3 -smt2', '"false z3 -smt2')
        answer = self.prove(self.root)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        with open(os.path.join(self.root, "build/proof.json"), encoding="utf-8") as text:
            report = json.load(text)
        self.assertEqual(report["mode"], "replay")
        self.assertEqual([f["name"] for f in report["functions"]], ["square", "sum_of_squares"])
        self.assertTrue(all(f["goals"] == f["proved"] > 0 for f in report["functions"]))
        self.assertEqual([lemma["name"] for lemma in report["lemmas"]], ["square_below"])
        self.assertEqual(report["failed"], [])

    def records(self):
        return sorted(glob.glob(os.path.join(self.root, "verify/proof/cache/*.replay.json")))

    def test_recalls_a_unit_of_the_same_input_only(self):
        answer = self.prove(self.root)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(answer.stdout.count("(recalled)"), len(self.records()))
        self.assertGreater(len(self.records()), 1)
        self.spoil("src/square.c", "square(x) + square(y)", "square(x) /* twice */ + square(y)")
        self.assertEqual(self.prove(self.root).stdout.count("(recalled)"), len(self.records()))
        self.spoil("src/square.c", "return x * x", "return (x) * x")
        answer = self.prove(self.root)
        self.assertEqual(answer.stdout.count("(recalled)"), len(self.records()) - 1)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.fails_with(["its record is of another tree"], "--anew")

    def test_a_forged_record(self):
        self.assertEqual(self.prove(self.root, "--anew").returncode, 0)
        path = os.path.relpath(self.records()[-1], self.root)
        self.spoil(path, '"proved": {', '"proved": {"typed_real_square_ensures_more": ["z3", 0.1],')
        self.fails_with(["its record says something else"], "--anew")
        write(self.root, path, "{")
        self.assertEqual(self.prove(self.root).returncode, 0)

    def test_wrong_ensures(self):
        self.spoil("src/square.h", "x*x + y*y", "x*x + y*y + 1")
        self.fails_with(["sum_of_squares", "ensures_sum"])
        self.fails_with(["sum_of_squares", "ensures_sum"], "--update", "--timeout", "1")

    def test_stale_cache(self):
        self.spoil("src/square.c", "square(x) + square(y)", "square(y) + square(x + 0) + 0")
        self.spoil("src/square.h", "ensures positive: 0 <= \\result; */\nint square",
                   "ensures positive: 0 <= \\result + 1; */\nint square")
        self.fails_with(["no proof of this goal in the cache", "square"])

    def test_missing_entry(self):
        paths = glob.glob(os.path.join(self.root, "verify/proof/cache/*.list"))
        for path in paths:
            write(self.root, os.path.relpath(path, self.root), "")
        self.fails_with(["no proof of this goal in the cache"])

    def test_axiom(self):
        write(self.root, "spec/acsl/square.h",
              LEMMAS + "/*@ axiomatic A { axiom no: \\forall integer x; x == x + 1; } */\n")
        self.fails_with(["spec/acsl/square.h:2: axiom is not allowed"])

    def test_admitted_clause(self):
        self.spoil("src/square.c", "{ return x * x; }", "{ //@ admit no: \\false;\n return x * x; }")
        self.fails_with(["admit is not allowed"])

    def test_logic_without_definition(self):
        write(self.root, "spec/acsl/square.h",
              LEMMAS + "/*@ predicate known(real x) = x == x;\n    logic real mystery(real x); */\n")
        self.assertEqual(self.ledger_faults("escapes_in_annotations"),
                         ["spec/acsl/square.h:3: logic real mystery(real x); has no definition:"
                          " it means anything"])

    def test_promises(self):
        self.assertEqual(self.ledger_faults("promises_against_contracts"), [])
        self.spoil("src/square.h", "ensures square: \\result == x*x; ", "")
        self.spoil("src/square.h", "assigns \\nothing;\n    ensures sum", "assigns *p;\n    ensures sum")
        write(self.root, "verify/proof/promises.list", PROMISES + "cube | nothing | cube\n")
        self.assertEqual(self.ledger_faults("promises_against_contracts"), [
            "src/square.c: the contract of square says nothing | positive;"
            " verify/proof/promises.list says nothing | square, positive",
            "src/square.c: the contract of sum_of_squares says *p | sum, positive;"
            " verify/proof/promises.list says nothing | sum, positive",
            "verify/proof/promises.list: cube is not in kernels.list"])

    def test_function_without_entry_and_entry_without_function(self):
        self.spoil("verify/proof/kernels.list", "square |", "cube |")
        faults = self.ledger_faults()
        self.assertIn("src/square.c: square is not in kernels.list", faults)
        self.assertIn("src/square.c: cube is in kernels.list but not defined here", faults)

    def test_header_that_nothing_needs(self):
        write(self.root, "spec/acsl/cube.h", LEMMAS.replace("square_below", "cube_below"))
        self.assertIn("spec/acsl/cube.h: no function of kernels.list needs it,"
                      " nothing proves its lemmas", self.ledger_faults())

    def test_incomplete_contract(self):
        self.spoil("src/square.h", "terminates \\true; exits \\false; assigns \\nothing;\n"
                   "    ensures square", "assigns \\nothing;\n    ensures square")
        self.assertIn("src/square.c: square: the contract lacks terminates, exits",
                      self.ledger_faults())

    def test_trusted_contract_must_be_listed(self):
        self.spoil("src/square.h", "int square(int x);", "int square(int x);\n"
                   "/*@ terminates \\true; exits \\false; assigns \\nothing;"
                   " ensures same: \\result == x; */\nint same(int x);")
        self.spoil("src/square.c", "return x * x", "return same(x) * x")
        self.fails_with(["trusted but not in spec/acsl/trusted.list: same | src/square.h"],
                        "--update", "--timeout", "1")

    def ledger_faults(self, check="functions_against_tree"):
        script = f"import ledger; print('\\n'.join(ledger.{check}()))"
        os.makedirs(os.path.join(self.root, "build/proof"), exist_ok=True)
        answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                                check=True, cwd=os.path.join(self.root, "verify/proof"))
        return [line for line in answer.stdout.splitlines() if line]


class Coq(unittest.TestCase):
    """The wrapper around Coq, without Coq."""

    @classmethod
    def setUpClass(cls):
        path = os.path.join(TOP, "verify/proof/coq_prover")
        loader = importlib.machinery.SourceFileLoader("coq_prover", path)
        cls.prover = importlib.util.module_from_spec(
            importlib.util.spec_from_loader("coq_prover", loader))
        loader.exec_module(cls.prover)

    def test_assumptions(self):
        listed = "Axioms:\nClassical_Prop.classic : forall P : Prop, P \\/ ~ P\nQ_earlier\n  : True\n"
        self.assertEqual(self.prover.assumptions(listed), ["Classical_Prop.classic", "Q_earlier"])
        self.assertEqual(self.prover.assumptions("Closed under the global context\n"), [])
        self.assertTrue(self.prover.admissible("Classical_Prop.classic"))
        self.assertFalse(self.prover.admissible("ieee_float.Float64.round_bound_ne"))
        self.assertFalse(self.prover.admissible("to_f64_range_round"))

    def test_escapes(self):
        stored = toolchain.stored_proof
        with tempfile.TemporaryDirectory() as root:
            write(root, "goal.v", "(* Why3 goal *)\nTheorem wp_goal : False.\nProof.\nQed.\n")
            toolchain.stored_proof = lambda lemma: os.path.join(root, lemma + ".proof")
            try:
                for word in ("admit.", "Admitted.", "Axiom a : False.", "Qed. Lemma x : False."):
                    write(root, "bad.proof", word)
                    with self.assertRaisesRegex(toolchain.Failure, "bad.proof says"):
                        self.prover.check(os.path.join(root, "goal.v"), "bad")
                with self.assertRaisesRegex(toolchain.Failure, "no proof"):
                    self.prover.check(os.path.join(root, "goal.v"), "absent")
            finally:
                toolchain.stored_proof = stored


class Output(unittest.TestCase):
    """WP's output as `prove` reads it."""

    def test_lines(self):
        text = "\n".join([
            "[wp] [CFG] Goal f_exits : Valid (Unreachable)",
            "[wp] [Qed] Goal typed_f_ensures : Valid (2ms)",
            "[wp] [Z3 4.8.12] Goal typed_f_assert : Valid (Qed:4ms) (1.5s) (61110) (cached)",
            "[wp] [Failed] Goal typed_f_loop",
            "  Z3 4.8.12: Timeout (2s)",
            "  Cvc4 1.8: Unknown",
            "[wp] [Z3 4.8.12] Goal typed_f_alone : Timeout (1s)",
            "[wp] [Passed] Smoke-test typed_f_wp_smoke_a",
            "[wp] [Failed] Smoke-test typed_f_wp_smoke_b",
            "[wp] src/f.c:11: Warning: ",
            "  Missing terminates clause",
        ])
        proved, failed, smoke, warnings = wp.parse(text)
        self.assertEqual({g: p for g, (p, _) in proved.items()},
                         {"f_exits": "cfg", "typed_f_ensures": "qed", "typed_f_assert": "z3"})
        self.assertAlmostEqual(proved["typed_f_assert"][1], 1.504)
        self.assertEqual(failed, {"typed_f_loop": "Z3 4.8.12: Timeout (2s); Cvc4 1.8: Unknown",
                                  "typed_f_alone": "Timeout (1s)"})
        self.assertEqual(smoke, {"typed_f_wp_smoke_a": True, "typed_f_wp_smoke_b": False})
        self.assertEqual(warnings, ["[wp] src/f.c:11: Warning: Missing terminates clause"])

    def test_literals(self):
        self.assertTrue(ledger.is_double("0x1p-1074"))
        self.assertTrue(ledger.is_double("0x1.0000000000001p-53"))
        self.assertFalse(ledger.is_double("0x1p-1075"))
        self.assertFalse(ledger.is_double("0x1.00000000000001p-53"))
        self.assertFalse(ledger.is_double("0x1p1024"))


if __name__ == "__main__":
    unittest.main()
