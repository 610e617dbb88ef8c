"""The lists against the tree, in both directions: what must be proved, what is trusted."""

import glob
import os
import re
from fractions import Fraction

import acsl
from toolchain import BUILD, HERE, ROOT, Failure, run

KERNELS = os.path.join(HERE, "kernels.list")
PROMISES = os.path.join(HERE, "promises.list")
TRUSTED = os.path.join(ROOT, "spec", "acsl", "trusted.list")
ACSL = re.compile(r"/\*@.*?\*/|//@[^\n]*", re.S)
CLAUSES = ("terminates", "exits", "assigns", "ensures")
ESCAPES = re.compile(r"\b(axiom|axiomatic|admit|admits)\b")
UNDEFINED = re.compile(r"\b(?:logic|predicate)\b[^=;]*;")
LITERAL = re.compile(r"\b0x[0-9a-fA-F]*\.?[0-9a-fA-F]*p[-+]?\d+")


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as text:
        return text.read()


def tree(*patterns):
    return sorted(p for pattern in patterns for p in glob.glob(pattern, root_dir=ROOT))


def closure(path):
    """A file of the tree and what it includes of it."""
    flags = ["gcc", "-MM", "-I.", "-D__FRAMAC__", path]
    listed = run(flags, cwd=ROOT).stdout.replace("\\\n", " ").split()
    return sorted({os.path.normpath(name) for name in listed[1:]})


def kernels():
    """The rows of kernels.list: function, file, models."""
    rows = []
    for number, line in enumerate(read(KERNELS).splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        fields = [field.strip() for field in line.split("|")]
        models = fields[-1].replace(",", " ").split()
        if len(fields) != 3 or not models or not set(models) <= {"real", "float"}:
            raise Failure(f"verify/proof/kernels.list:{number}: want: function | file | real, float")
        rows.append((fields[0], fields[1], models))
    return rows


def defined_functions(source):
    """The functions that the compiler finds defined in a file."""
    os.makedirs(BUILD, exist_ok=True)
    listing = os.path.join(BUILD, "functions.txt")
    command = ["gcc", "-std=c11", "-I.", "-fsyntax-only", "-aux-info", listing, source]
    answer = run(command, cwd=ROOT)
    if answer.returncode:
        raise Failure(f"{source}: {answer.stderr.strip()}")
    pattern = rf"^/\* {re.escape(source)}:\d+:.F \*/.*?(\w+) \("
    return re.findall(pattern, read(listing), re.M)


def contract(function, source):
    """The ACSL contract that stands before the declaration: in the header, or for a static function
    in the file itself."""
    name = rf"(?:[\w]+[\s*]+)+{function}\("
    for path in (source[:-2] + ".h", source):
        if os.path.exists(os.path.join(ROOT, path)):
            if found := re.search(rf"(/\*@(?:(?!\*/).)*\*/)\s*{name}", read(path), re.S):
                return found.group(1)
    return ""


def functions_against_tree():
    """Every function of src/ and every witness is listed and has a whole contract; every listed one exists."""
    faults, listed = [], {(function, source) for function, source, _ in kernels()}
    found = {(f, source) for source in tree("src/*.c", "spec/acsl/*.c") for f in defined_functions(source)}
    for function, source in sorted(listed - found):
        faults.append(f"{source}: {function} is in kernels.list but not defined here")
    for function, source in sorted(found - listed):
        faults.append(f"{source}: {function} is not in kernels.list")
    for function, source in sorted(found):
        text = contract(function, source)
        missing = [c for c in CLAUSES if not re.search(rf"\b{c}\b", text)]
        if missing:
            faults.append(f"{source}: {function}: the contract lacks {', '.join(missing)}")
    for header, models in headers_by_model().items():
        if not models:
            faults.append(f"{header}: no function of kernels.list needs it, nothing proves its lemmas")
    return faults


def declared_functions(header):
    return re.findall(r"^[a-z][^\n;={]*?\b(hp_\w+)\s*\(", without_annotations(read(header)), re.M)


def without_annotations(text):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S)


def promised(text):
    """What a contract lets a function write and the names of what it ensures, as promises.list has it."""
    written, names = [], []
    for clause in acsl.clauses(acsl.Token("acsl", text, 0)) if text else []:
        if clause.kind == "assigns":
            end = next((i for i, t in enumerate(clause.body) if t.text == "\\from"), len(clause.body))
            place = acsl.phrase_of(clause.body[:end])
            written += [] if place in ("\\nothing", "\\result") else [place]
        elif clause.kind == "ensures":
            names.append(clause.name or "a clause without a name")
    return ", ".join(written) or "nothing", ", ".join(names)


def promises_against_contracts():
    """The contracts promise what promises.list says, no less and no more."""
    faults, listed = [], {}
    for number, line in enumerate(read(PROMISES).splitlines(), 1):
        cells = [" ".join(cell.split()) for cell in line.split("|")]
        if line.strip() and not line.startswith("#"):
            if len(cells) != 3:
                faults.append(f"verify/proof/promises.list:{number}: want: function | may write | ensures")
            else:
                listed[cells[0]] = (cells[1], cells[2])
    found = {f: (source, promised(contract(f, source))) for f, source, _ in kernels()}
    for name, (source, both) in found.items():
        if listed.get(name) != both:
            wanted = " | ".join(listed[name]) if name in listed else "nothing of it"
            faults.append(f"{source}: the contract of {name} says {' | '.join(both)};"
                          f" verify/proof/promises.list says {wanted}")
    faults += [f"verify/proof/promises.list: {name} is not in kernels.list"
               for name in sorted(set(listed) - set(found))]
    return faults


def escapes_in_annotations():
    """No axiom, no admitted clause, no logic without a definition; no literal that a double would round."""
    faults = []
    for path in tree("src/*.[ch]", "spec/acsl/*.h"):
        text = read(path)
        for annotation in ACSL.finditer(text):
            for found in ESCAPES.finditer(annotation.group()):
                line = text.count("\n", 0, annotation.start() + found.start()) + 1
                faults.append(f"{path}:{line}: {found.group()} is not allowed: prove it as a lemma")
            for found in UNDEFINED.finditer(annotation.group()):
                line = text.count("\n", 0, annotation.start() + found.start()) + 1
                declared = " ".join(found.group().split())
                faults.append(f"{path}:{line}: {declared} has no definition: it means anything")
            for found in LITERAL.finditer(annotation.group()):
                if not is_double(found.group()):
                    line = text.count("\n", 0, annotation.start() + found.start()) + 1
                    faults.append(f"{path}:{line}: {found.group()} is no double, WP would round it")
    return faults


def is_double(literal):
    digits, power = literal[2:].split("p")
    whole, _, part = digits.partition(".")
    exact = Fraction(int(whole + part, 16), 16 ** len(part)) * Fraction(2) ** int(power)
    try:
        return Fraction(float.fromhex(literal)) == exact
    except OverflowError:
        return False


def lemmas(header, define):
    """The lemmas that a header states in one model of arithmetic, in order."""
    answer = run(["gcc", "-E", "-P", "-C", "-I.", f"-D{define}", header], cwd=ROOT)
    if answer.returncode:
        raise Failure(f"{header}: {answer.stderr.strip()}")
    stated = re.findall(r"\blemma\s+(\w+)", "".join(ACSL.findall(answer.stdout)))
    own = re.findall(r"\blemma\s+(\w+)", "".join(ACSL.findall(read(header))))
    return [name for name in own if name in stated]


def headers_by_model():
    """The headers of spec/acsl/ that the listed functions need, and in which models."""
    needed = {}
    for source in sorted({source for _, source, _ in kernels()}):
        models = {m for _, s, listed in kernels() if s == source for m in listed}
        included = run(["gcc", "-MM", "-I.", "-D__FRAMAC__", source], cwd=ROOT).stdout.split()
        for header in included:
            if header.startswith("spec/acsl/"):
                needed.setdefault(header, set()).update(models)
    return {h: sorted(needed.get(h, []), reverse=True) for h in tree("spec/acsl/*.h")}


def lemmas_elsewhere():
    return [
        f"{path}: lemma {name} belongs in spec/acsl/"
        for path in tree("src/*.[ch]")
        for name in re.findall(r"\blemma\s+(\w+)", "".join(ACSL.findall(read(path))))
    ]


def source_of(function, header):
    """Where a trusted contract comes from: the comment that stands before it in its header."""
    pattern = rf"/\*([^@](?:(?!\*/).)*)\*/\s*/\*@(?:(?!\*/).)*\*/\s*(?:\w+[\s*]+)+{function}\("
    found = re.search(pattern, read(header), re.S)
    return " ".join(found.group(1).split()) if found else "no source given"


def trusted_against_list(trusted):
    """The contracts that WP took for granted are those of the committed list, and no other."""
    found = [f"{t['name']} | {t['file']} | {t['property']} | {t['source']}" for t in trusted]
    listed = [
        line for line in read(TRUSTED).splitlines() if line.strip() and not line.startswith("#")
    ]
    faults = [f"trusted but not in spec/acsl/trusted.list: {x}" for x in found if x not in listed]
    faults += [f"in spec/acsl/trusted.list but not used: {x}" for x in listed if x not in found]
    return faults
