"""Six faults planted in a copy of the tree, one at a time: each makes a gate fail, and for its own reason.
The proofs are those of hp_vector_fill, and of hp_momentum_start, which calls it."""
import os
import shutil
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROVERS = ("--full", "--timeout", "2")  # from nothing, with smoke tests; true goals take 0.1 s
FILLED = "  ensures  filled:       \\forall integer i; 0 <= i < n ==> equal(x[i], value);\n"
CONTRACT = "/* x_i = value. Exact. */\n/*@\n"


class PlantedFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp()
        for room in ("src", "spec/acsl", "verify/proof"):
            shutil.copytree(os.path.join(TOP, room), os.path.join(cls.root, room),
                            ignore=shutil.ignore_patterns("__pycache__"))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def path(self, name):
        return os.path.join(self.root, name)

    def plant(self, name, old, new):
        """Changes the one place of a file that says `old`; the end of the test undoes it."""
        with open(self.path(name), encoding="utf-8") as text:
            before = text.read()
        self.assertEqual(before.count(old), 1, f"{name} says this once: {old}")
        self.addCleanup(shutil.copy, os.path.join(TOP, name), self.path(name))
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(before.replace(old, new))

    def prove(self, function, *options):
        command = [self.path("verify/proof/prove"), "--model", "real", "--function", function, *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def fails(self, function, reasons, *options):
        answer = self.prove(function, *options)
        self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)
        for reason in reasons:
            self.assertIn(reason, answer.stderr)

    def test_without_a_fault_the_gates_pass(self):
        for options in ((), PROVERS):
            answer = self.prove("hp_vector_fill", *options)
            self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        answer = self.prove("hp_momentum_start")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_a_dropped_ensures_fails_in_the_caller_and_in_the_list(self):
        self.plant("src/vector.h", FILLED, "")
        self.fails("hp_momentum_start", ["ensures_start",
                   "promises.list says x[0 .. n - 1] | filled, finite"])

    def test_a_dropped_invariant_fails_in_the_proof(self):
        with open(self.path("src/vector.c"), encoding="utf-8") as text:
            line = next(row for row in text if "loop invariant filled:" in row)
        self.plant("src/vector.c", line, "")
        self.fails("hp_vector_fill", ["hp_vector_fill_ensures_filled: src/vector.c (real): "], *PROVERS)

    def test_an_undefined_logic_function_fails_in_the_ledger(self):
        self.plant("spec/acsl/vector.h", "/*@\n  logic real dot", "/*@ logic real wish(real x); */\n"
                   "/*@\n  logic real dot")
        self.fails("hp_momentum_start", ["logic real wish(real x); has no definition"])

    def test_a_contradictory_requires_fails_in_a_smoke_test(self):
        self.plant("src/vector.h", CONTRACT, CONTRACT + "  requires never: n < n;\n")
        self.fails("hp_vector_fill", ["smoke_default_requires", "the assumptions contradict each other"], *PROVERS)

    def test_a_dead_branch_fails_in_a_smoke_test(self):
        self.plant("src/vector.c", "    x[i] = value;\n", "    if (i > n)\n      x[0] = value;\n    x[i] = value;\n")
        self.fails("hp_vector_fill", ["dead_code", "the assumptions contradict each other"], *PROVERS)

    def test_an_assigns_that_says_too_much_fails_in_the_caller_and_in_the_list(self):
        self.plant("src/vector.h", "assigns  at_x:         x[0 .. n - 1];", "assigns  at_x: x[0 .. n];")
        self.fails("hp_momentum_start", ["assigns",
                   "says x[0 .. n] | filled, finite;"])


if __name__ == "__main__":
    unittest.main()
