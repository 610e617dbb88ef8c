#!/usr/bin/python3
"""Arithmetic that the proofs do not assume is refused: by the compilation, by the probes, by the command."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
COMMAND = os.path.abspath(os.environ.get("HEAVYPROOF", os.path.join(ROOT, "build/bin/heavyproof")))
LIBRARY = os.path.join(os.path.dirname(os.path.dirname(COMMAND)), "lib/libheavyproof.a")
PROBED = ["src/vector.c", "src/momentum.c", "reference/arithmetic/binary64.c"]
X86 = os.uname().machine == "x86_64"


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, **more)


def has_fma():
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        return re.search(r"^flags\s*:.*\bfma\b", stream.read(), re.M) is not None


class Scratch(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)

    def file(self, name, text=""):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        return path


class Compilation(Scratch):
    def compile(self, *flags):
        source = self.file("empty.c", "int nothing;\n")
        return run("gcc", "-I.", "-include", "src/floating_point.h", "-fsyntax-only", *flags, source)

    def test_what_the_build_uses(self):
        done = self.compile("-std=c11", "-ffp-contract=off", "-frounding-math", "-O2")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_flags_that_change_values(self):
        refused = {"IEEE values": ["-std=c11 -ffast-math", "-std=c11 -Ofast", "-std=c11 -ffinite-math-only",
                                   "-std=c11 -freciprocal-math", "-std=c11 -fno-signed-zeros",
                                   "-std=c11 -funsafe-math-optimizations", "-std=c11 -ffp-contract=fast"]}
        if X86:
            refused["not x87"] = ["-std=c11 -mfpmath=387"]
            refused["fuse"] = ["-std=gnu11 -mfma"]
        for message, flags in [(m, f) for m, all_flags in refused.items() for f in all_flags]:
            done = self.compile(*flags.split())
            self.assertNotEqual(done.returncode, 0, flags)
            self.assertIn(message, done.stderr, flags)

    def test_every_file_of_the_build_includes_it(self):
        done = run("make", "-n", "--always-make", "V=1", "OUT=build", "MODE=release", "CFLAGS.release=-ffast-math",
                   "build/obj/src/vector.o")
        line = next(text for text in done.stdout.splitlines() if " -c src/vector.c" in text)
        self.assertIn("-include src/floating_point.h", line)
        done = run(*line.split()[:-1], "/dev/null")
        self.assertIn("IEEE values", done.stderr)


@unittest.skipUnless(X86, "the flags are those of x86_64")
class Probes(Scratch):
    def says(self, *flags):
        main = self.file("main.c", '#include "reference/arithmetic/binary64.h"\n#include <stdio.h>\n'
                                   "int main(void) { const char *f = hp_binary64_fault(); puts(f ? f : \"\"); }\n")
        program = os.path.join(self.directory, "probe")
        done = run("gcc", "-std=c11", "-I.", "-O2", *flags, *PROBED, main, "-lm", "-o", program)
        self.assertEqual(done.returncode, 0, done.stderr)
        return run(program).stdout.strip()

    def test_plain(self):
        self.assertEqual(self.says("-ffp-contract=off"), "")

    def test_x87(self):
        self.assertIn("rounded twice", self.says("-mfpmath=387"))

    @unittest.skipUnless(X86 and has_fma(), "this processor has no fused operations")
    def test_fused(self):
        self.assertIn("fuse", self.says("-ffp-contract=fast", "-mfma"))
        self.assertEqual(self.says("-ffp-contract=off", "-mfma"), "")


@unittest.skipUnless(os.path.exists(COMMAND), "no built command")
class Command(Scratch):
    def under(self, *source_and_flags):
        """The command in a process that has loaded a library built so."""
        library = os.path.join(self.directory, "other.so")
        done = run("gcc", "-shared", "-fPIC", *source_and_flags, "-o", library, "-lm")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = run(COMMAND, "list", "problems", env=dict(os.environ, LD_PRELOAD=library))
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done

    def test_rounding_mode(self):
        source = self.file("upward.c", "#include <fenv.h>\n__attribute__((constructor)) static void up(void) "
                                       "{ fesetround(FE_UPWARD); }\n")
        done = self.under(source)
        self.assertEqual(done.returncode, 4)
        self.assertIn("heavyproof: the rounding mode is not to nearest", done.stderr)

    @unittest.skipUnless(X86, "the register is that of x86_64")
    def test_subnormals_flushed(self):
        source = self.file("flush.c", "#include <xmmintrin.h>\n__attribute__((constructor)) static void flush(void) "
                                      "{ _mm_setcsr(_mm_getcsr() | 0x8040); }\n")
        done = self.under(source)
        self.assertEqual(done.returncode, 4)
        self.assertIn("heavyproof: subnormal numbers are flushed", done.stderr)


@unittest.skipUnless(X86 and os.path.exists(LIBRARY), "no built library for x86_64")
class MachineCode(unittest.TestCase):
    def test_kernels_have_no_fused_and_no_x87_arithmetic(self):
        text = run("objdump", "-d", "--no-show-raw-insn", LIBRARY).stdout
        words = re.findall(r"^\s+[0-9a-f]+:\s+(\w+)", text, re.M)
        self.assertIn("mulsd", words)
        self.assertEqual([w for w in words if re.match(r"vfn?m(add|sub)|f(add|sub|mul|div|ld|st)", w)], [])


if __name__ == "__main__":
    unittest.main()
