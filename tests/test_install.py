#!/usr/bin/python3
"""make install puts a working command, library and manual page under DESTDIR PREFIX."""
import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
COMMAND = os.path.abspath(os.environ.get("HEAVYPROOF", os.path.join(ROOT, "build/bin/heavyproof")))
OUT = os.path.relpath(os.path.dirname(os.path.dirname(COMMAND)), ROOT)
PROGRAM = """
#include <heavyproof/binary64.h>
#include <heavyproof/momentum.h>
#include <heavyproof/run.h>
int main(void) {
  double u[1] = {1}, v[1], g[1] = {1};
  hp_momentum_start(1, v);
  hp_momentum_step(1, u, v, g, 0.5, 0.25);
  return u[0] == 0.75 && !hp_binary64_fault() ? 0 : 1;
}
"""


def run(*command, **more):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "HEAVYPROOF"))}
    environment.update(more)
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        done = run("make", "install", "OUT=" + OUT, "PREFIX=/opt/hp", "DESTDIR=" + cls.directory)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.prefix = cls.directory + "/opt/hp"
        cls.command = cls.prefix + "/bin/heavyproof"

    def test_only_the_prefix_is_written(self):
        self.assertEqual(os.listdir(self.directory), ["opt"])
        self.assertEqual(sorted(os.listdir(self.prefix)), ["bin", "include", "lib", "share"])

    def test_problems_are_found(self):
        installed = run(self.command, "list", "problems")
        self.assertEqual(installed.returncode, 0, installed.stderr)
        self.assertEqual(installed.stdout, run(COMMAND, "list", "problems").stdout)

    def test_version(self):
        version = run(self.command, "--version").stdout.split()[1]
        with open(self.prefix + "/lib/pkgconfig/heavyproof.pc") as stream:
            self.assertIn(f"\nVersion: {version}\n", stream.read())
        with open(self.prefix + "/share/man/man1/heavyproof.1") as stream:
            self.assertIn(f'"heavyproof {version}"', stream.read())

    def test_library(self):
        pkg = {"PKG_CONFIG_PATH": self.prefix + "/lib/pkgconfig",
               "PKG_CONFIG_SYSROOT_DIR": self.directory}
        flags = run("pkg-config", "--cflags", "--libs", "heavyproof", **pkg).stdout.split()
        self.assertIn("-lheavyproof", flags)
        with tempfile.TemporaryDirectory() as user:
            source, program = user + "/use.c", user + "/use"
            with open(source, "w") as stream:
                stream.write(PROGRAM)
            done = run("gcc", "-std=c11", "-Wall", "-Werror", source, "-o", program, *flags)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(run(program).returncode, 0)


if __name__ == "__main__":
    unittest.main()
