"""What clang-format, gcc, cppcheck, shellcheck and Python itself find."""
import ast
import os
import subprocess

ROOMS = ("src", "reference", "verify", "tests")
WARNINGS = ("-std=c11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes "
            "-Wmissing-prototypes -Wvla").split()
LIBRARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cppcheck.cfg")


def _run(tree, *command):
    """(exit code, lines) of a tool run at the root."""
    done = subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def _findings(code, lines, keep):
    """The lines that tell a place; a tool that fails without one is a finding itself."""
    kept = [line for line in lines if keep(line)]
    if code and not kept:
        kept = lines or [f"exit code {code} and no message"]
    return kept if code else []


def clang_format(tree):
    """Formatted as .clang-format says (which leaves ACSL and other comments as they are)."""
    for name in tree.under(*ROOMS, ends=".c") + tree.under(*ROOMS, ends=".h"):
        code, lines = _run(tree, "clang-format", "--style=file", "--dry-run", "-Werror", name)
        yield from _findings(code, lines, lambda line: "error:" in line)[:1]


def compiler(tree):
    """No warning of gcc. (The build has the same warnings as errors, at -O2.)"""
    flags = os.environ.get("LINT_CFLAGS", "").split()
    for name in tree.under(*ROOMS, ends=".c"):
        code, lines = _run(tree, "gcc", *WARNINGS, *flags, "-Werror", "-I.", "-fsyntax-only", name)
        yield from _findings(code, lines, lambda line: "error:" in line)


def cppcheck(tree):
    # Tests use Criterion's macros, which cppcheck does not know.
    rooms = [room for room in ROOMS if room != "tests" and os.path.isdir(tree.path(room))]
    code, lines = _run(tree, "cppcheck", "--quiet", "--std=c11", "--inline-suppr", "-I.",
                       "--enable=warning,performance,portability", "--error-exitcode=1",
                       f"--library={LIBRARY}", "--template={file}:{line}: {id}: {message}", *rooms)
    yield from _findings(code, lines, lambda line: ": " in line and not line.startswith(" "))


def shellcheck(tree):
    for name in tree.scripts({"sh", "bash", "dash"}):
        code, lines = _run(tree, "shellcheck", "--severity=warning", "--format=gcc", name)
        yield from _findings(code, lines, lambda line: line.startswith(name))


def python(tree):
    """Scripts run Debian's Python, and every module parses."""
    for name in tree.scripts({"python", "python3"}):
        if tree.text(name).splitlines()[0] != "#!/usr/bin/python3":
            yield f"{name}:1: accepted: #!/usr/bin/python3"
    modules = {f for f in tree.files if f.endswith(".py")} | set(tree.scripts({"python3"}))
    for name in sorted(modules):
        try:
            ast.parse(tree.text(name) or "", name)
        except SyntaxError as error:
            yield f"{name}:{error.lineno}: {error.msg}"
