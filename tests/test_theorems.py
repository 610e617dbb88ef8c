"""The gate of spec/coq, on small trees, and the comparisons of the theorems with the contract and with what runs
print: each planted fault fails."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOOD = {
    "a1_base.v": "(* Admitted, in a comment *)\nLemma one_is_one : 1 = 1.\nProof. reflexivity. Qed.\n",
    "a1_main.v": "From Coq Require Import ZArith.\nFrom HeavyProof Require Import a1_base.\nOpen Scope Z_scope.\n"
                 "Theorem a1_theorem (x : Z) : x = 2 -> x = 2.\nProof. auto. Qed.\n",
    "a1_witness.v": "From HeavyProof Require Import a1_main.\n"
                    "Lemma instance : BinNums.Z0 = BinNums.Z0.\nProof. pose (a1_theorem _ eq_refl). auto. Qed.\n"
                    "Lemma a1_witness : 2 = 2.\nProof. generalize instance. reflexivity. Qed.\n",
    "theorems.list": "A1 | a1_theorem | a1_main.v | a1_witness | none\n",
}
ARRAY = "spec/acsl/array.h"
MOMENTUM = "spec/acsl/momentum.h"
CONTRACT = "spec/coq/momentum_contract.v"


class Gate(unittest.TestCase):
    def outcome(self, **changed):
        """(exit status, messages) on the good tree with some files replaced."""
        with tempfile.TemporaryDirectory() as base:
            source = os.path.join(base, "coq")
            os.makedirs(source)
            for name, text in {**GOOD, **changed.get("files", {})}.items():
                with open(os.path.join(source, name), "w", encoding="utf-8") as out:
                    out.write(text)
            done = subprocess.run(
                [os.path.join(TOP, "verify/proof/theorems"), "--source", source, "--build",
                 os.path.join(base, "build"), "--json", os.path.join(base, "coq.json")],
                capture_output=True, text=True, check=False)
            with open(os.path.join(base, "coq.json"), encoding="utf-8") as stream:
                self.theorems = json.load(stream)["theorems"]
            return done.returncode, done.stderr

    def fails(self, words, **files):
        status, errors = self.outcome(files={k.replace("__", "."): v for k, v in files.items()})
        self.assertEqual(status, 1)
        self.assertIn(words, errors)

    def test_good(self):
        self.assertEqual(self.outcome(), (0, ""))
        self.assertEqual([(each["statement"], each["assumptions"]) for each in self.theorems],
                         [("a1_theorem : forall x : Z, x = 2 -> x = 2", [])])

    def test_admitted(self):
        self.fails("Admitted is not accepted", a1_base__v="Lemma one_is_one : 1 = 1.\nAdmitted.\n")

    def test_axiom(self):
        self.fails("Axiom is not accepted", a1_base__v="Axiom one_is_one : 1 = 1.\n")

    def test_hidden_axiom(self):
        base = "Hypothesis two : 2 = 2.\n" + GOOD["a1_base.v"]
        self.fails("rests on a1_base.two", a1_base__v=base,
                   a1_main__v=GOOD["a1_main.v"].replace("auto", "generalize a1_base.two. auto"))

    def test_wrong_proof(self):
        self.fails("does not compile", a1_main__v="Theorem a1_theorem : 2 = 3.\nProof. reflexivity. Qed.\n")

    def test_missing_row(self):
        self.fails("a1_theorem has no row", theorems__list="# none\n")

    def test_row_without_theorem(self):
        self.fails("does not state a2_theorem",
                   theorems__list=GOOD["theorems.list"] + "A2 | a2_theorem | a1_main.v | one_is_one | none\n")

    def test_missing_witness(self):
        self.fails("no file states the witness nothing",
                   theorems__list=GOOD["theorems.list"].replace("a1_witness", "nothing"))

    def test_witness_of_something_else(self):
        self.fails("the proof of its witness one_is_one does not use it",
                   theorems__list=GOOD["theorems.list"].replace("a1_witness", "one_is_one"))

    def test_witness_that_only_names_the_theorem(self):
        self.fails("does not use it", a1_witness__v=GOOD["a1_witness.v"].replace(
            "generalize instance", "try (generalize instance; fail)"))


def contract_has_bounds():
    with open(os.path.join(TOP, MOMENTUM), encoding="utf-8") as stream:
        return "predicate velocity_near" in stream.read()


@unittest.skipUnless(contract_has_bounds(), MOMENTUM + " states no rounding bound of a step")
class Contract(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        for name in ("spec/acsl", "spec/coq"):
            shutil.copytree(os.path.join(TOP, name), os.path.join(self.root, name))

    def tearDown(self):
        shutil.rmtree(self.root)

    def compare(self):
        return subprocess.run([os.path.join(TOP, "verify/proof/contract_match"), "--root", self.root],
                              capture_output=True, text=True, check=False)

    def drifts(self, name, path, old, new):
        path = os.path.join(self.root, path)
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self.assertIn(old, text)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text.replace(old, new))
        done = self.compare()
        self.assertEqual(done.returncode, 1)
        self.assertIn(name + ":", done.stderr)

    def test_the_same(self):
        done = self.compare()
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_constant(self):
        self.drifts("lookahead_error", MOMENTUM, "(3*\\abs(ha*v)", "(4*\\abs(ha*v)")

    def test_literal(self):
        self.drifts("product_sum_error", CONTRACT, "pow2 (-105)", "pow2 (-104)")

    def test_limit(self):
        self.drifts("tame", ARRAY, "0x1p300", "0x1p301")

    def test_hypothesis(self):
        self.drifts("velocity_near", CONTRACT, "tame v -> tame g -> tame lambda ->", "tame v -> tame lambda ->")

    def test_argument(self):
        self.drifts("position_near", MOMENTUM, "near(next_u, position(u, next_v, h)",
                    "near(next_u, position(u, h, h)")


class Bound(unittest.TestCase):
    """bound_match on the bounds that runs print, each with the theorem that it names."""
    PRINTED = {
        "a1_rescaled_flow.v: a1_theorem": "C(T) h, C(T) = λ̄ B0 [λλ̄ + (1/2 + |a-λλ̄|) (exp(λ̄ L T) - 1)]",
        "a1_symmetric.v: a1_symmetric_theorem":
            "C(T) h, C(T) = λ̄ B0 [λλ̄ + (1/2 + |a-λλ̄|) L (exp(λ̄ ν T) - 1)/ν]",
        "a1_symmetric.v: a1_convex_theorem": "C(T) h, C(T) = λ̄ B0 [λλ̄ + (1/2 + |a-λλ̄|) λ̄ L T]",
    }

    def setUp(self):
        self.base = tempfile.mkdtemp()
        self.results = os.path.join(self.base, "results.json")

    def tearDown(self):
        shutil.rmtree(self.base)

    def compare(self, printed, source="spec/coq"):
        runs = [{"claim": "A1", "bound": {"formula": formula, "proved_by": "spec/coq/" + theorem}}
                for theorem, formula in printed]
        with open(self.results, "w", encoding="utf-8") as out:
            json.dump({"runs": [*runs, {"claim": "A2", "bound": None}]}, out)
        return self.match(source)

    def match(self, source="spec/coq"):
        return subprocess.run([os.path.join(TOP, "verify/proof/bound_match"), self.results, "--source",
                               os.path.join(TOP, source)], capture_output=True, text=True, check=False)

    def test_the_same(self):
        done = self.compare(self.PRINTED.items())
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("3 theorems named for the bounds of runs; 3 formulas are the ones in Coq", done.stdout)

    def drifts(self, words, printed, source="spec/coq"):
        done = self.compare(printed.items(), source)
        self.assertEqual(done.returncode, 1)
        self.assertIn(words, done.stderr)

    def test_printed_constant(self):
        edits = [("1/2", "1/3"), ("|a-λλ̄|", "|a-λ|"), ("λ̄ B0", "λ̄ B0 B0"), (" L ", " L L ")]
        printed = [(theorem, formula.replace(*edit)) for theorem, formula in self.PRINTED.items() for edit in edits]
        self.assertFalse({formula for _, formula in printed} & set(self.PRINTED.values()))
        done = self.compare(printed)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f" 0 formulas are the ones in Coq, {len(printed)} are not", done.stdout)

    def test_printed_nu(self):
        theorem = "a1_symmetric.v: a1_symmetric_theorem"
        self.drifts("C(T): the run says", {theorem: self.PRINTED[theorem].replace("ν T", "ν T/2")})

    def test_momentum_equation(self):
        name, greatest = "a2_momentum_equation.v: a2_theorem", ", V = max(|κf(u0)|, λ̄B0)"
        formula = "C2(T) h, C2(T) = C(T) + αλ̄ (V + |κf(u0)|) exp(λ̄LT)" + greatest
        self.assertIn(" 2 formulas are the ones in Coq, 0 are not", self.compare([(name, formula)]).stdout)
        self.drifts("C2(T): the run says", {name: formula.replace("C(T) +", "2 C(T) +")})
        self.drifts("V: the run says", {name: formula.replace("λ̄B0", "B0")})

    def test_theorem_of_another_formula(self):
        self.drifts("C(T): the run says", {"a1_symmetric.v: a1_convex_theorem":
                                           self.PRINTED["a1_symmetric.v: a1_symmetric_theorem"]})

    def test_no_formula(self):
        self.drifts("defines no C(T)", {"a1_rescaled_flow.v: a1_theorem": "λ̄ B0 h"})

    def test_unreadable_formula(self):
        self.drifts("cannot read", {"a1_rescaled_flow.v: a1_theorem": "C(T) = ∫ B0"})

    def test_coq_constant(self):
        for file in {theorem.split(":")[0] for theorem in self.PRINTED}:
            with open(os.path.join(TOP, "spec/coq", file), encoding="utf-8") as stream:
                text = stream.read()
            self.assertIn("(1 / 2 + Rabs", text)
            with open(os.path.join(self.base, file), "w", encoding="utf-8") as out:
                out.write(text.replace("(1 / 2 + Rabs", "(1 / 3 + Rabs"))
        done = self.compare(self.PRINTED.items(), self.base)
        self.assertEqual(done.returncode, 1)
        self.assertIn(" 0 formulas are the ones in Coq, 3 are not", done.stdout)

    def test_missing_theorem(self):
        self.drifts("states no theorem a1_nothing", {"a1_symmetric.v: a1_nothing": "C(T) = 1"})

    def test_missing_file(self):
        self.drifts("states no theorem a1_theorem", {"a1_nothing.v: a1_theorem": "C(T) = 1"})

    def test_no_result(self):
        for text in ("{}", "no results", '{"runs": 3}'):
            with open(self.results, "w", encoding="utf-8") as out:
                out.write(text)
            done = self.match()
            self.assertEqual(done.returncode, 2)
            self.assertIn("no results of check --json", done.stderr)


if __name__ == "__main__":
    unittest.main()
