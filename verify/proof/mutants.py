"""The mutants of src/ and of the error bounds in spec/acsl/: small deliberate mistakes, each with a
sentence that says what is wrong in it. The list depends on the tree alone."""

import hashlib

import mutant_operators as operators
from ledger import read, tree
from acsl import (
    clauses, closing, functions, inside, line_of, phrase_of, source_line, tokens,
)

EVERY = "drop an ensures"
DROPPED = {
    "requires": ("drop a requires", "no longer asks for {name}"),
    "ensures": (EVERY, "no longer promises {name}"),
}


class Mutant:
    """One edit of one file. `function` is where it stands; `scope` says what it touches: "code",
    "contract" or "logic" (a definition in spec/acsl/)."""

    def __init__(self, path, text, function, scope, operator, edit):
        self.file, self.function, self.scope, self.operator = path, function, scope, operator
        self.start, self.end, self.new, self.sentence = edit
        self.line, self.words = line_of(text, self.start), source_line(text, self.start)
        self.old = " ".join(text[self.start : self.end].split())
        self.id = ""

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]

    def row(self):
        keys = ("id", "file", "line", "function", "scope", "operator", "old", "new", "sentence")
        return {key: getattr(self, key) for key in keys}


def of_body(function, text):
    """Of each operator one edit a line of code, its first there. Assertions and invariants promise nothing
    to a caller: they are no mutants, what rests on them is."""
    code = [token for token in function.body if token.kind != "acsl"]
    for name, operator in operators.CODE.items():
        done = set()
        for edit in operator(code):
            line = line_of(text, edit[0])
            if line not in done:
                done.add(line)
                yield "code", name, said(edit, function.name)


def of_contract(function):
    """Of each operator one edit of a promise, its first: the promise fails as a whole."""
    owner = f"The contract of {function.name}"
    for clause in clauses(function.contract) if function.contract else []:
        if clause.kind in DROPPED:
            yield "contract", DROPPED[clause.kind][0], dropped(clause, owner)
        if clause.kind == "ensures":
            for name, operator in operators.FORMULA.items():
                for start, end, new, what in [*operator(clause.body, True)][:1]:
                    what = f"{owner} {what} in its promise {clause.name}."
                    yield "contract", name, (start, end, new, what)
        if clause.kind == "assigns":
            yield from of_assigns(clause, owner)


def of_assigns(clause, owner):
    """A location less than the function writes, and one more."""
    if any(token.text in ("\\from", "\\nothing") for token in clause.body):
        return
    listed, first = [], 0
    for i, token in enumerate(clause.body + [None]):
        if token is None or (token.text == "," and depth_at(clause.body, i) == 0):
            listed.append((first, i - 1))
            first = i + 1
    for number, (first, last) in enumerate(listed):
        place = phrase_of(clause.body[first : last + 1])
        begin, end = clause.body[first].start, clause.body[last].end
        if len(listed) == 1:
            yield "contract", "narrow an assigns", (begin, end, "\\nothing", f"{owner} hides a write to {place}.")
        else:
            begin = clause.body[first - 1].start if number else begin
            end = end if number else clause.body[last + 1].end
            yield "contract", "narrow an assigns", (begin, end, "", f"{owner} hides a write to {place}.")
        if clause.body[last].text == "]":
            bracket = clause.body[last].start
            yield "contract", "widen an assigns", (
                bracket, bracket, " + 1", f"{owner} lets it write one element after {place}.")


def depth_at(listed, place):
    return sum((t.text in "([{") - (t.text in ")]}") for t in listed[:place])


def said(edit, owner):
    start, end, new, what = edit
    return start, end, new, f"{owner} {what}."


def dropped(clause, owner):
    what = DROPPED[clause.kind][1].format(name=clause.name or "a clause")
    return clause.start, clause.end, "", f"{owner} {what}."


def of_logic(path, text):
    """The rounding-error bounds of the logic: HP_ROUNDING(bound) with half the bound."""
    for annotation in (token for token in tokens(text) if token.kind == "acsl"):
        listed, name = inside(annotation), ""
        for i, token in enumerate(listed[:-1]):
            if token.text in ("real", "predicate", "lemma") and listed[i + 1].kind == "name":
                name = listed[i + 1].text if listed[i + 2].text in ("(", "{", ":") else name
            if token.text == "HP_ROUNDING" and listed[i + 1].text == "(":
                first, last = listed[i + 2], listed[closing(listed, i + 1) - 1]
                body = text[first.start : last.end]
                edit = (first.start, last.end, f"({body})/2", f"{name} is half of what rounding can do.")
                yield Mutant(path, text, name, "logic", "halve a bound", edit)


def of_file(path, text):
    found = []
    for function in functions(text) if path.startswith("src/") else []:
        for scope, operator, edit in (*of_contract(function), *of_body(function, text)):
            if edit[2] != text[edit[0] : edit[1]]:
                found.append(Mutant(path, text, function.name, scope, operator, edit))
    found += of_logic(path, text) if path.startswith("spec/") else []
    return named(found)


def named(found):
    """Mutants by place, without twins (two edits with one result), with their ids."""
    order = sorted(found, key=lambda m: (m.start, m.end, m.new, m.operator))
    kept, seen, counted = [], set(), {}
    for mutant in order:
        edit = (mutant.start, mutant.end, mutant.new)
        if edit in seen:
            continue
        seen.add(edit)
        key = (mutant.file, mutant.function, mutant.operator, mutant.words)
        counted[key] = counted.get(key, 0) + 1
        mutant.id = hashlib.sha256("|".join((*key, str(counted[key]))).encode()).hexdigest()[:10]
        kept.append(mutant)
    return kept


def first_of_each(found):
    """Of each operator the first mutant of each function, and every promise that is dropped."""
    kept, seen = [], set()
    for mutant in found:
        key = (mutant.function, mutant.operator)
        if key not in seen or mutant.operator == EVERY:
            kept.append(mutant)
        seen.add(key)
    return kept


def all_mutants(every=False):
    """The mutants whose verdicts are committed; `every` edit that an operator finds is twice as many."""
    choose = list if every else first_of_each
    files = tree("src/*.[ch]", "spec/acsl/*.h")
    return [mutant for path in files for mutant in choose(of_file(path, read(path)))]
