#!/usr/bin/python3
"""Every check of verify/lint passes on a small sound tree and fails on a violation planted in it."""
import os
import shutil
import subprocess
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
LINT = os.path.join(HERE, "..", "verify", "lint", "lint.py")
STYLE = os.path.join(HERE, "..", ".clang-format")

SOUND = {
    "Makefile": "all:\n",
    "LICENSE": "free\n",
    "README.md": "# Top\n" + "line\n" * 20,
    ".ci/run": "#!/bin/sh\necho ok\n",
    ".github/ci.yml": "on: push\n",
    "src/README.md": "# src\n",
    "src/sum.c": "int sum(int a, int b);\n\n/* a + b\n   exactly */\nint sum(int a, int b) {\n"
                 "  //@ assert ok: \\true;\n  return a + b;\n}\n",
    "reference/README.md": "# reference\n",
    "reports/README.md": "# reports\n",
    "spec/README.md": "# spec\n## A1\n" + "line\n" * 20,
    "spec/claims.list": "# claim | title | statement | code | test\n"
                        "A1 | title | theory | verify/claims/a1_flow.c | tests/test_a1_flow.c\n",
    "verify/README.md": "# verify\n",
    "verify/run.py": "#!/usr/bin/python3\nprint(1)\n",
    "verify/claims/README.md": "# claims\n",
    "verify/claims/a1_flow.c": 'typedef struct {\n  const char *id;\n} hp_claim;\n\n'
                               'extern const hp_claim hp_claim_a1;\n'
                               'const hp_claim hp_claim_a1 = {\n    .id = "A1",\n};\n',
    "verify/claims/claims.c": "typedef int hp_claim;\nextern const hp_claim hp_claim_a1;\n"
                              "extern const hp_claim *const hp_claims[];\n"
                              "const hp_claim *const hp_claims[] = {&hp_claim_a1};\n",
    "verify/lint/README.md": "# lint\n",
    "verify/lint/untested.list": "# FILE | TEST\nverify/claims/claims.c | tests/test_a1_flow.c\n",
    "tests/README.md": "# tests\n",
    "tests/test_sum.c": "int main(void) {\n  return 0;\n}\n",
    "tests/test_a1_flow.c": "int main(void) {\n  return 0;\n}\n",
}
CHECKS = ("layout", "readme", "claims", "tests", "words", "format", "compile", "cppcheck", "shell",
          "python")


class Lint(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copy(STYLE, self.root)
        for name, text in SOUND.items():
            self.write(name, text)

    def write(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)

    def remove(self, name):
        path = os.path.join(self.root, name)
        (shutil.rmtree if os.path.isdir(path) else os.remove)(path)

    def replace(self, name, old, new):
        self.assertIn(old, SOUND[name])
        self.write(name, SOUND[name].replace(old, new))

    def lint(self, *checks):
        done = subprocess.run([LINT, "--root", self.root, *checks], capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        return done.returncode, done.stdout

    def expect(self, check, *parts):
        """The check fails, with one finding that has all parts."""
        code, out = self.lint(check)
        self.assertEqual(code, 1, out)
        self.assertIn(f"FAIL {check}", out)
        findings = [line for line in out.splitlines() if line.startswith("  ")]
        self.assertTrue(any(all(part in line for part in parts) for line in findings), out)

    def test_sound_tree(self):
        code, out = self.lint()
        self.assertEqual(out, "".join(f"ok   {check}\n" for check in CHECKS))
        self.assertEqual(code, 0)

    def test_generated_files_do_not_count(self):
        self.write("build/x.c", "int   bad ;\n")
        self.assertEqual(self.lint()[0], 0)

    def test_unknown_check(self):
        done = subprocess.run([LINT, "wrods"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("unknown check 'wrods'; accepted: layout", done.stderr)

    def test_layout(self):
        self.write("notes.txt", "x\n")
        self.expect("layout", "notes.txt:1: no such entry")

    def test_layout_missing(self):
        self.remove("LICENSE")
        self.expect("layout", "LICENSE:1: missing")

    def test_layout_dot_directory(self):
        self.write(".cache/x", "x\n")
        self.expect("layout", ".cache:1: unknown dot directory")

    def test_readme_missing(self):
        self.write("src/new/x.h", "\n")
        self.expect("readme", "src/new/README.md:1: missing")

    def test_readme_long(self):
        self.write("src/README.md", "line\n" * 13)
        self.expect("readme", "src/README.md:13: 13 lines")

    def test_claims_missing_code(self):
        self.remove("verify/claims/a1_flow.c")
        self.expect("claims", "spec/claims.list:2: verify/claims/a1_flow.c does not exist")

    def test_claims_missing_test(self):
        self.remove("tests/test_a1_flow.c")
        self.expect("claims", "spec/claims.list:2: tests/test_a1_flow.c does not exist")

    def test_claims_missing_statement(self):
        self.replace("spec/README.md", "## A1", "## B7")
        self.expect("claims", "spec/README.md:1: no heading", "A1")

    def test_claims_wrong_id(self):
        self.replace("verify/claims/a1_flow.c", '"A1"', '"A2"')
        self.expect("claims", "verify/claims/a1_flow.c:1: does not define the claim A1")

    def test_claims_unlisted_code(self):
        self.write("verify/claims/a2_other.c", "const hp_claim hp_claim_a2 = {0};\n")
        self.expect("claims", "verify/claims/a2_other.c:1: defines a claim")

    def test_claims_unlisted_test(self):
        self.write("tests/test_a2_other.c", "\n")
        self.expect("claims", "tests/test_a2_other.c:1: tests a claim")

    def test_claims_order(self):
        self.replace("verify/claims/claims.c", "{&hp_claim_a1}", "{&hp_claim_b1, &hp_claim_a1}")
        self.expect("claims", "verify/claims/claims.c:1: holds b1, a1")

    def test_claims_row(self):
        self.write("spec/claims.list", "A1 | title\n")
        self.expect("claims", "spec/claims.list:1: accepted: claim | title")

    def test_tests_missing(self):
        self.remove("tests/test_sum.c")
        self.expect("tests", "src/sum.c:1: no tests/test_sum.c")

    def test_tests_stale_line(self):
        self.write("verify/lint/untested.list", SOUND["verify/lint/untested.list"]
                   + "src/sum.c | tests/test_sum.c\nsrc/gone.c | none: why\n")
        self.expect("tests", "untested.list:3: src/sum.c has a test of its stem")
        self.expect("tests", "untested.list:4: src/gone.c does not exist")

    def test_tests_shared_stem(self):
        self.write("reference/sum.c", "\n")
        self.write("verify/lint/untested.list", SOUND["verify/lint/untested.list"]
                   + "reference/sum.c | tests/test_a1_flow.c\n")
        self.assertEqual(self.lint("tests")[0], 0)

    def test_tests_line_without_test(self):
        self.replace("verify/lint/untested.list", "tests/test_a1_flow.c", "tests/test_gone.c")
        self.expect("tests", "untested.list:2: tests/test_gone.c does not exist")

    def test_words(self):
        for word in ("/wo" + "rk/x", "/ro" + "ot", "/ho" + "me/me", "TO" + "DO", "FIX" + "ME"):
            self.write("src/note.txt", f"fine\nsee {word} now\n")
            self.expect("words", "src/note.txt:2: ")

    def test_words_inside_others(self):
        self.write("src/note.txt", "frame/wo" + "rk, /ro" + "ots, a.out/ho" + "mework\n")
        self.assertEqual(self.lint("words")[0], 0)

    def test_format(self):
        self.replace("src/sum.c", "return a + b;", "return a+b;")
        self.expect("format", "src/sum.c:7")

    def test_format_leaves_comments(self):
        self.write("src/sum.h", "/*@ requires  a   <= b;\n  @ assigns        \\nothing;\n  @*/\n"
                                "int sum(int a, int b);\n")
        self.assertEqual(self.lint("format")[0], 0)

    def test_compile(self):
        self.replace("src/sum.c", "  return", "  int unused;\n  return")
        self.expect("compile", "src/sum.c:7", "unused")

    def test_cppcheck(self):
        self.write("src/bad.c", "int f(void);\nint f(void) {\n  int *p = 0;\n  return *p;\n}\n")
        self.expect("cppcheck", "src/bad.c:4: nullPointer")

    def test_shell(self):
        self.write("verify/bad", "#!/bin/sh\ncd $1\nls *.c | while read x; do y=$x; done; echo $y\n")
        self.expect("shell", "verify/bad:2")

    def test_python_interpreter(self):
        self.write("verify/tool", "#!/usr/bin/env python3\n")
        self.expect("python", "verify/tool:1: accepted: #!/usr/bin/python3")

    def test_python_syntax(self):
        self.write("verify/bad.py", "def f(:\n")
        self.expect("python", "verify/bad.py:1")


if __name__ == "__main__":
    unittest.main()
