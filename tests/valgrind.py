#!/usr/bin/python3
"""The command under valgrind: no invalid access and no lost block, whatever way it ends."""
import os
import re
import subprocess
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
COMMAND = os.path.abspath(os.environ.get("HEAVYPROOF", os.path.join(ROOT, "build/bin/heavyproof")))
VALGRIND = ["valgrind", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect,possible",
            "--show-leak-kinds=definite,indirect,possible", "--error-exitcode=99"]
LOSS = "params = x, y\nloss = log(1 + (x - 1)^2) + sum(i in 1..2: (y - x^i)^2)/20\n" \
       "start = 1/4, 1/2\nmomentum = 1/2\nhorizon = 1/4\n"


class Valgrind(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.directory.cleanup)
        cls.loss = os.path.join(cls.directory.name, "valley.phi")
        cls.wrong = os.path.join(cls.directory.name, "wrong.phi")
        for name, text in ((cls.loss, LOSS), (cls.wrong, LOSS.replace("/20", "/z"))):
            with open(name, "w") as stream:
                stream.write(text)

    def clean(self, expected, *arguments):
        done = subprocess.run([*VALGRIND, COMMAND, *arguments], capture_output=True, text=True)
        self.assertEqual(done.returncode, expected, done.stderr)
        self.assertNotRegex(done.stdout, "exit code 99")  # a worker's
        lost = re.findall(r"(?:definitely|indirectly|possibly) lost: ([\d,]+) bytes", done.stderr)
        self.assertEqual(set(lost) - {"0"}, set(), done.stderr)
        self.assertRegex(done.stderr, "ERROR SUMMARY: 0 errors")

    def test_check(self):
        self.clean(0, "check", "A1", "--problem", self.loss, "--method", "nag", "--steps", "2^-4,2^-5")

    def test_integrate(self):
        self.clean(0, "integrate", "gradient", "--problem", self.loss, "--time", "1/4")

    def test_iterate(self):
        self.clean(0, "iterate", "--problem", self.loss, "--method", "hb", "--step", "2^-5", "--count", "8")

    def test_wrong_file(self):
        self.clean(2, "check", "--problem", self.wrong)


if __name__ == "__main__":
    unittest.main()
