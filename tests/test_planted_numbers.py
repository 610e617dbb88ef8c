"""Faults of the kind that only numbers show, planted in a copy of the tree one at a time: an error of 1e-18
in a Taylor coefficient, half a remainder, a rounding turned inwards, a wrong constant. Each makes a test fail."""
import os
import shutil
import subprocess
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOMS = ("Makefile", "src", "spec/acsl", "spec/problems", "reference", "verify", "tests")
STEP = "reference/enclosure/enclosed_step.c"
STORED = """    _arb_vec_set(step->coefficient + i * (p + 1), hp_jet_ball_series(&encloser->centre, i),
                 (slong)p + 1);
"""
SHIFTED = """  {
    arb_t off;
    arb_init(off);
    arb_set_d(off, 1e-18);
""" + STORED + """    arb_add(step->coefficient + i * (p + 1) + 1, step->coefficient + i * (p + 1) + 1, off, 4096);
    arb_clear(off);
  }
"""
SUM = """    mpfr_add(y->low, a->low, b->low, MPFR_RNDD);
    mpfr_add(y->high, a->high, b->high, MPFR_RNDU);
    break;
"""


class PlantedNumbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """The copy has what the tree has built, so that a fault compiles one file."""
        cls.root = tempfile.mkdtemp()
        for room in ROOMS:
            copy = shutil.copytree if os.path.isdir(os.path.join(TOP, room)) else shutil.copy2
            os.makedirs(os.path.dirname(os.path.join(cls.root, room)), exist_ok=True)
            copy(os.path.join(TOP, room), os.path.join(cls.root, room))
        for built in ("obj", "lib", "tests", "ready"):
            if os.path.isdir(os.path.join(TOP, "build", built)):
                shutil.copytree(os.path.join(TOP, "build", built), os.path.join(cls.root, "build", built))

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def plant(self, name, old, new):
        """Changes the one place of a file that says `old`; the end of the test undoes it."""
        path = os.path.join(self.root, name)
        with open(path, encoding="utf-8") as text:
            before = text.read()
        self.assertEqual(before.count(old), 1, f"{name} says this once: {old}")
        self.addCleanup(shutil.copy, os.path.join(TOP, name), path)
        with open(path, "w", encoding="utf-8") as out:
            out.write(before.replace(old, new))

    def run_test(self, stem):
        """The exit status of tests/test_STEM, built in the copy."""
        program = f"build/tests/test_{stem}"
        make = ["make", "-s", "--no-print-directory", "MODE=release", "OUT=build", "WARNINGS=-w", program]
        built = subprocess.run(make, cwd=self.root, capture_output=True, text=True, check=False)
        self.assertEqual(built.returncode, 0, built.stdout + built.stderr)
        return subprocess.run([program, "-j1"], cwd=self.root, capture_output=True, check=False).returncode

    def seen_by(self, stem):
        self.assertNotEqual(self.run_test(stem), 0, f"test_{stem} does not see it")

    def test_0_without_a_fault_the_tests_pass(self):
        for stem in ("enclosure_flow", "iterates", "interval", "constants", "a1_certify"):
            self.assertEqual(self.run_test(stem), 0, stem)

    def test_an_error_of_1e_18_in_a_taylor_coefficient(self):
        self.plant(STEP, STORED, SHIFTED)
        self.seen_by("enclosure_flow")

    def test_half_the_remainder(self):
        self.plant(STEP, "mag_mul(step->remainder, step->remainder, factor);",
                   "mag_mul(step->remainder, step->remainder, factor);"
                   "mag_mul_2exp_si(step->remainder, step->remainder, -1);")
        self.seen_by("enclosure_flow")

    def test_half_the_logarithmic_norm(self):
        self.plant(STEP, "    *growth += length",
                   "    arf_mul_2exp_si(step->growth + j, step->growth + j, -1);\n    *growth += length")
        self.seen_by("enclosure_flow")

    def test_a_flow_without_its_error(self):
        self.plant("reference/enclosure/flow.c", "    arb_add_error_mag(u + i, error);", "    ;")
        self.seen_by("enclosure_flow")

    def test_iterates_without_their_radius(self):
        self.plant("reference/enclosure/iterates.c", "arb_addmul(state->u + i, state->h, state->v + i, bits);",
                   "arb_addmul(state->u + i, state->h, state->v + i, bits);"
                   "mag_zero(arb_radref(state->u + i));")
        self.seen_by("iterates")

    def test_a_wrong_constant(self):
        self.plant("verify/constants.c", "  mpq_set_ui(half, 1, 2);\n  mpq_add(defect",
                   "  mpq_set_ui(half, 1, 3);\n  mpq_add(defect")
        self.seen_by("constants")

    def test_a_sum_rounded_inwards_in_recheck(self):
        self.plant("verify/interval.c", SUM, SUM.replace("RNDD", "RNDN").replace("RNDU", "RNDN"))
        self.seen_by("interval")


if __name__ == "__main__":
    unittest.main()
