"""C and ACSL as tokens: functions with their contracts, clauses, the extent of a term or an argument."""

import hashlib
import re

TOKEN = re.compile(
    r"(?P<acsl>/\*@.*?\*/|//@[^\n]*)|(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<directive>^[ \t]*#(?:[^\n\\]|\\.)*)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|(?P<space>\s+)|(?P<name>\\?[A-Za-z_]\w*)"
    r"|(?P<number>0[xX][0-9a-fA-F]+(?:\.(?!\.)[0-9a-fA-F]*)?(?:[pP][-+]?\d+)?[uUlL]*"
    r"|\d+(?:\.(?!\.)\d*)?(?:[eE][-+]?\d+)?[uUlLfF]*)"
    r"|(?P<op><==>|==>|<=|>=|==|!=|&&|\|\||->|\+\+|--|\+=|-=|\*=|/=|\.\.|<<|>>|.)",
    re.S | re.M,
)
SKIPPED = ("space", "comment", "directive")
CLAUSE = re.compile(
    r"(?P<kind>requires|ensures|assigns|terminates|exits|loop\s+invariant|loop\s+assigns|loop\s+variant"
    r"|assert|ghost)\b\s*(?:(?P<name>[A-Za-z_]\w*)\s*:(?!:))?"
)
OPENING, CLOSING = "([{", ")]}"
QUANTIFIERS = ("\\forall", "\\exists", "\\let")
LOOSER = {",", ";", "?", ":", "&&", "||", "==>", "<==>", "==", "!=", "<", ">", "<=", ">=", "..", "="}
LOOSER |= {"return", "\\from", "case", "+=", "-=", "*=", "/="}


class Token:
    def __init__(self, kind, text, start):
        self.kind, self.text, self.start, self.end = kind, text, start, start + len(text)

    def __repr__(self):
        return self.text


def tokens(text, offset=0):
    """The tokens that mean something, in order; an annotation is one token here."""
    found = [Token(m.lastgroup, m.group(), offset + m.start()) for m in TOKEN.finditer(text)]
    return [token for token in found if token.kind not in SKIPPED]


def inside(annotation):
    """The tokens of an annotation, between its marks."""
    body = annotation.text[3:-2] if annotation.text.startswith("/*") else annotation.text[3:]
    return tokens(body, annotation.start + 3)


def fingerprint(text):
    """A hash of the tokens: comments and layout are no part of it, annotations and directives are."""
    parts = []
    for match in TOKEN.finditer(text):
        if match.lastgroup == "acsl":
            token = Token("acsl", match.group(), 0)
            parts += [t.text for t in inside(token)]
        elif match.lastgroup == "directive":
            parts.append(" ".join(match.group().split()))
        elif match.lastgroup not in ("space", "comment"):
            parts.append(match.group())
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]


class Clause:
    """A clause of an annotation: its kind, its name or "", the tokens of its formula, its extent."""

    def __init__(self, kind, name, body, start, end):
        self.kind, self.name, self.body, self.start, self.end = kind, name, body, start, end


def clauses(annotation):
    """The clauses, each up to its semicolon; `assigns` of a contract and of a loop are two kinds."""
    found, text, start, depth, bound = [], annotation.text, None, 0, 0
    for token in inside(annotation):
        start = token.start if start is None else start
        depth += (token.text in OPENING) - (token.text in CLOSING)
        bound += token.text in QUANTIFIERS
        if token.text != ";" or depth:
            bound -= token.text == ";"
            continue
        if bound:
            bound -= 1
            continue
        piece = text[start - annotation.start : token.start - annotation.start]
        if head := CLAUSE.match(piece):
            kind = " ".join(head.group("kind").split())
            body = tokens(piece[head.end() :], start + head.end())
            found.append(Clause(kind, head.group("name") or "", body, start, token.end))
        start = None
    return found


class Function:
    """A declaration or definition: its contract (an annotation or None) and the tokens of its body."""

    def __init__(self, name, contract, body, start):
        self.name, self.contract, self.body, self.start = name, contract, body, start


def functions(text):
    """The functions that a file declares or defines outside any other, in order."""
    found, all_tokens = [], tokens(text)
    contract, i = None, 0
    while i < len(all_tokens):
        token = all_tokens[i]
        following = all_tokens[i + 1].text if i + 1 < len(all_tokens) else ""
        if token.kind == "acsl":
            kinds = {clause.kind for clause in clauses(token)}
            contract = token if kinds & {"requires", "ensures", "assigns"} else None
        elif token.kind == "name" and following == "(":
            end = closing(all_tokens, i + 1)
            after = all_tokens[end + 1].text if end + 1 < len(all_tokens) else ""
            body = []
            if after == "{":
                last = closing(all_tokens, end + 1)
                body, end = all_tokens[end + 2 : last], last
            found.append(Function(token.text, contract, body, token.start))
            contract, i = None, end
        elif token.text == "{":
            i, contract = closing(all_tokens, i), None
        elif token.text == ";":
            contract = None
        i += 1
    return found


def closing(listed, opening):
    """The place of the bracket that closes the one at `opening`."""
    depth = 0
    for i in range(opening, len(listed)):
        depth += (listed[i].text in OPENING) - (listed[i].text in CLOSING)
        if depth == 0:
            return i
    return len(listed) - 1


def term_end(listed, first):
    """The last token of the product that begins at `first`."""
    i = first
    while i < len(listed):
        token = listed[i]
        if token.text in OPENING:
            i = closing(listed, i)
        elif token.text in CLOSING or token.text in LOOSER:
            return i - 1
        elif token.text in "+-" and i > first and is_operand_end(listed[i - 1]):
            return i - 1
        i += 1
    return len(listed) - 1


def term_start(listed, last):
    """The first token of the sum that ends at `last`, that is, of all that stands left of an operator."""
    depth, i = 0, last
    while i >= 0:
        token = listed[i]
        depth += (token.text in CLOSING) - (token.text in OPENING)
        if depth < 0 or (depth == 0 and (token.text in LOOSER or token.kind == "acsl")):
            return i + 1
        i -= 1
    return 0


def is_operand_end(token):
    return token.kind in ("number", "name") and token.text != "return" or token.text in (")", "]")


def arguments(listed, opening):
    """The arguments of the call whose bracket opens at `opening`, as (first, last) places."""
    found, depth, first = [], 0, opening + 1
    for i in range(opening, closing(listed, opening) + 1):
        text = listed[i].text
        depth += (text in OPENING) - (text in CLOSING)
        if (depth == 1 and text == ",") or depth == 0:
            if first <= i - 1:
                found.append((first, i - 1))
            first = i + 1
    return found


def phrase_of(listed):
    """The source of some tokens on one line, for a sentence."""
    text = ""
    for i, token in enumerate(listed):
        text += (" " if i and listed[i - 1].end < token.start else "") + token.text
    return text


def line_of(text, place):
    return text.count("\n", 0, place) + 1


def source_line(text, place):
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return " ".join(text[start : end if end >= 0 else len(text)].split())
