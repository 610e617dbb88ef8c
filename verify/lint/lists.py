"""Lists are authorities: what they name exists, and what exists is named."""
import os
import re

TOP = {"Makefile", "src", "spec", "verify", "tests", "reference", "reports", "README.md", "LICENSE"}
DOTTED = {".ci", ".github"}
README_LINES = 12
LONG_READMES = {"README.md", "spec/README.md"}
UNTESTED = "verify/lint/untested.list"
# Machine paths and unfinished work; the brackets keep this file itself clean.
FORBIDDEN = re.compile(r"(?<![\w.])/(?:w[o]rk|r[o]ot|h[o]me)(?![\w-])|\b(?:T[O]DO|F[I]XME)\b")


def layout(tree):
    """Top-level entries are those of the design, dot files aside."""
    there = {e for e in os.listdir(tree.root) if e not in ("build", "__pycache__")}
    for entry in sorted(e for e in there - TOP - DOTTED if not e.startswith(".")):
        yield f"{entry}:1: no such entry at top level in the design; accepted: {', '.join(sorted(TOP))}"
    for entry in sorted(there - DOTTED):
        if entry.startswith(".") and entry != ".git" and os.path.isdir(tree.path(entry)):
            yield f"{entry}:1: unknown dot directory; accepted: {', '.join(sorted(DOTTED))}"
    for entry in sorted((TOP | DOTTED) - there):
        yield f"{entry}:1: missing at top level"


def readme(tree):
    """Every directory says what lives there, shortly."""
    for directory in tree.directories:
        if directory.startswith("."):
            continue
        name = os.path.join(directory, "README.md")
        if not tree.has(name):
            yield f"{name}:1: missing; every directory has one of at most {README_LINES} lines"
            continue
        count = len(tree.text(name).splitlines())
        if count > README_LINES and name not in LONG_READMES:
            yield f"{name}:{README_LINES + 1}: {count} lines; accepted: at most {README_LINES}"


def rows(tree, name, columns):
    """(line number, cells) of a list `a | b | c`, comments and empty lines left out."""
    for number, line in enumerate((tree.text(name) or "").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            yield number, cells if len(cells) == columns else None


def claims(tree):
    """spec/claims.list, the claims' code, their order, their tests and their statements agree."""
    where = "spec/claims.list"
    if not tree.has(where):
        yield f"{where}:1: missing"
        return
    ids, codes, tested = [], set(), set()
    for number, cells in rows(tree, where, 5):
        if not cells:
            yield f"{where}:{number}: accepted: claim | title | statement | code | test"
            continue
        claim, title, statement, code, test = cells
        ids.append(claim)
        codes.add(code)
        tested.add(test)
        for name in (code, test):
            if not tree.has(name):
                yield f"{where}:{number}: {name} does not exist"
        if tree.has(code) and f'.id = "{claim}"' not in tree.text(code):
            yield f"{code}:1: does not define the claim {claim} (.id = \"{claim}\")"
        headings = re.findall(r"^#+ *(\w+)", tree.text("spec/README.md") or "", re.M) \
            if tree.has("spec/README.md") else []
        if claim not in headings:
            yield f"spec/README.md:1: no heading for the statement of {claim}"
    for name in tree.under("verify", ends=".c"):
        if re.search(r"^const hp_claim hp_claim_\w+ = ", tree.text(name), re.M) and name not in codes:
            yield f"{name}:1: defines a claim that {where} does not list"
    for name in tree.under("tests"):
        if re.match(r"tests/test_[abc]\d+_\w+\.c$", name):
            if name not in tested and not any(
                    name.startswith(f"tests/test_{i.lower()}_") for i in ids):
                yield f"{name}:1: tests a claim that {where} does not list"
    table = "verify/claims/claims.c"
    order = re.findall(r"&hp_claim_(\w+)", tree.text(table)) if tree.has(table) else []
    if [i.lower() for i in ids] != order:
        yield f"{table}:1: holds {', '.join(order)}; accepted: the order of {where}"


def tests(tree):
    """Every .c of src, reference and verify has tests/test_<stem>.c (or test_<room>_<stem>.c), or the
    list says where it is tested."""
    sources = tree.under("src", "reference", "verify", ends=".c")
    elsewhere = {}
    for number, cells in rows(tree, UNTESTED, 2) if tree.has(UNTESTED) else []:
        if not cells:
            yield f"{UNTESTED}:{number}: accepted: FILE | TEST, or FILE | none: REASON"
            continue
        name, test = cells
        elsewhere[name] = number
        if name not in sources:
            yield f"{UNTESTED}:{number}: {name} does not exist"
        if not test.startswith("none: ") and not tree.has(test):
            yield f"{UNTESTED}:{number}: {test} does not exist"
    for name in sources:
        room, stem = os.path.basename(os.path.dirname(name)), os.path.basename(name)[:-2]
        has_test = any(tree.has(f"tests/test_{test}.c") for test in (stem, f"{room}_{stem}"))
        if not has_test and name not in elsewhere:
            yield f"{name}:1: no tests/test_{stem}.c and no line in {UNTESTED}"
        shared = sum(os.path.basename(other) == f"{stem}.c" for other in sources) > 1
        if has_test and name in elsewhere and not shared:
            yield f"{UNTESTED}:{elsewhere[name]}: {name} has a test of its stem"


def words(tree):
    """No machine paths, no notes of unfinished work."""
    for name in tree.files:
        text = tree.text(name)
        for number, line in enumerate(text.splitlines() if text else [], 1):
            found = FORBIDDEN.search(line)
            if found:
                yield f"{name}:{number}: '{found.group()}' does not belong into the project"
