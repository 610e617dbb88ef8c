"""The operators of mutation: each yields edits (start, end, new text, what is wrong) of a token list.

A sentence of an operator is a verb phrase; the generator puts the function or clause before it."""

import re

from acsl import (
    CLOSING, OPENING, arguments, closing, is_operand_end, phrase_of, term_end, term_start,
)

TYPES = {"double", "size_t", "uint32_t", "uint64_t", "int", "bool", "const", "void"}
NAMES = [
    ("u", "v"), ("u_i", "v_i"), ("u_i", "g_i"), ("v_i", "g_i"), ("next_u", "next_v"), ("x", "y"),
    ("a", "b"), ("g_u", "g_v"), ("y", "g"), ("point", "gradient"), ("theta", "delta"), ("uu", "vv"),
    ("first", "second"), ("second", "third"), ("third", "fourth"), ("half", "whole"),
    ("whole", "sixth"), ("row", "next"), ("kept", "v_i"), ("twice", "width"), ("root", "product"),
]
ALIKE = {*NAMES, ("lambda", "a"), ("a", "h"), ("lambda", "h"), ("lambda_bar", "h"), ("slot", "g")}
ALIKE |= {("row", "theta"), ("v", "next_u"), ("next_v", "y"), ("slot", "result"), ("x", "slot")}
OTHER_NAME = {}
for one, other in NAMES:
    OTHER_NAME.setdefault(one, other)
    OTHER_NAME.setdefault(other, one)
OTHER_FUNCTION = {
    "sin": "cos", "cos": "sin", "tan": "atan", "atan": "tan", "sinh": "cosh", "cosh": "sinh",
    "tanh": "tan", "exp": "log", "log": "exp", "sqrt": "exp", "asinh": "sinh",
}
OTHER_COMPARISON = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
GRADIENT = re.compile(r"^(g|g_i|gradient|slope\w*)$")


def phrase(listed, first, last):
    return phrase_of(listed[first : last + 1])


def is_use(code, i):
    """Is the name at i a value that is used, not a member, a call, a label or what is assigned?"""
    before = code[i - 1].text if i else ""
    after = code[i + 1].text if i + 1 < len(code) else ""
    declared = before in TYPES or (before == "*" and i > 1 and code[i - 2].text in TYPES)
    return code[i].kind == "name" and not declared and before not in ("->", ".") and after not in (
        "(", "=", ":", "++", "--")


def is_binary(code, i):
    """Is the operator at i between two operands (and no star of a declaration)?"""
    return i > 0 and is_operand_end(code[i - 1]) and code[i - 1].text not in TYPES


def momentum_complement(code, contract=False):
    one = "1" if contract else "1.0"
    for i, token in enumerate(code):
        if token.text == "lambda" and is_use(code, i):
            yield token.start, token.end, f"({one} - lambda)", "takes 1 - lambda for the momentum lambda"


def step_squared(code, _contract=False):
    for i, token in enumerate(code):
        if token.text == "h" and is_use(code, i):
            yield token.start, token.end, "(h*h)", "takes h^2 for the learning rate h"


def swap_names(code, _contract=False):
    """Once a name and a statement: the first use."""
    known, done = {token.text for token in code}, set()
    for i, token in enumerate(code):
        done = set() if token.text == ";" else done
        other = OTHER_NAME.get(token.text)
        if other in known and is_use(code, i) and token.text not in done:
            done.add(token.text)
            yield token.start, token.end, other, f"takes {other} where {token.text} belongs"


def swap_arguments(code, _contract=False):
    """Two neighbours that trade places in a call, where a reader could mistake one for the other."""
    for i, token in enumerate(code[:-1]):
        if token.kind != "name" or code[i + 1].text != "(" or token.text in ("if", "while", "switch"):
            continue
        listed = arguments(code, i + 1)
        for (a, b), (c, d) in zip(listed, listed[1:]):
            left, right = phrase(code, a, b), phrase(code, c, d)
            pair = code[a].text, code[c].text
            if pair in ALIKE or pair[::-1] in ALIKE:
                yield (code[a].start, code[d].end, f"{right}, {left}",
                       f"hands {left} and {right} to {token.text} in the wrong order")


def swap_function(code, _contract=False):
    for i, token in enumerate(code[:-1]):
        if token.text in OTHER_FUNCTION and code[i + 1].text == "(":
            other = OTHER_FUNCTION[token.text]
            yield token.start, token.end, other, f"computes {other} where {token.text} belongs"


def plus_minus(code, _contract=False):
    for i, token in enumerate(code):
        if token.text in ("+", "-") and is_binary(code, i):
            end = term_end(code, i + 1)
            term = phrase(code, i + 1, end)
            gradient = any(GRADIENT.match(t.text) for t in code[i + 1 : end + 1])
            what = f"goes up the gradient: {term}" if gradient and token.text == "-" else f"has {term}"
            yield token.start, token.end, "-" if token.text == "+" else "+", what + " with the wrong sign"


def drop_sign(code, _contract=False):
    for i, token in enumerate(code):
        if token.text == "-" and not is_binary(code, i) and i + 1 < len(code):
            term = phrase(code, i + 1, term_end(code, i + 1))
            yield token.start, token.end, " ", f"loses the minus before {term}"


def drop_term(code, _contract=False):
    for i, token in enumerate(code):
        if token.text in ("+", "-") and is_binary(code, i):
            end, start = term_end(code, i + 1), term_start(code, i - 1)
            term, rest = phrase(code, i + 1, end), phrase(code, start, i - 1)
            yield token.start, code[end].end, "", f"leaves {term} out of a sum"
            if code[i - 1].text not in ("1", "2"):
                sign = " " if token.text == "+" else "-"
                yield code[start].start, token.end, sign, f"leaves {rest} out of a sum"


def times_divide(code, _contract=False):
    for i, token in enumerate(code):
        if token.text in ("*", "/") and is_binary(code, i):
            verb = "divides" if token.text == "*" else "multiplies"
            factor = phrase(code, i + 1, factor_end(code, i + 1))
            yield (token.start, token.end, "/" if token.text == "*" else "*",
                   f"{verb} by {factor} where it should do the opposite")


def factor_end(code, first):
    i = first
    while i + 1 < len(code) and (code[i + 1].text in ("[", "(", "->", ".") or code[i].text in ("->", ".", "-")
                                 or code[i].text in OPENING):
        i = closing(code, i + 1) if code[i + 1].text in ("[", "(") else \
            closing(code, i) if code[i].text in OPENING else i + 1
    return i


def comparison(code, _contract=False):
    for i, token in enumerate(code):
        if token.text in OTHER_COMPARISON and 0 < i < len(code) - 1:
            a, b = code[i - 1].text, code[i + 1].text
            new = OTHER_COMPARISON[token.text]
            yield token.start, token.end, new, f"has {a} {new} {b} for {a} {token.text} {b}"


def conjunction(code, _contract=False):
    for token in code:
        if token.text in ("&&", "||"):
            new = "||" if token.text == "&&" else "&&"
            word = {"&&": "either", "||": "both"}[token.text]
            yield token.start, token.end, new, f"asks for {word} of two conditions, joined by {token.text}"


def negate_condition(code, _contract=False):
    for i, token in enumerate(code[:-1]):
        if token.text == "if" and code[i + 1].text == "(":
            end = closing(code, i + 1)
            condition = phrase(code, i + 2, end - 1)
            yield (code[i + 1].start, code[end].end, f"(!({condition}))",
                   f"branches on the opposite of {condition}")
        if token.text == "?":
            place = next((k for k in range(i - 1, -1, -1) if code[k].text in OPPOSITE), None)
            if place is not None:
                yield (code[place].start, code[place].end, OPPOSITE[code[place].text],
                       f"chooses the other value at {phrase(code, place - 1, place + 1)}")


def off_by_one(code, _contract=False):
    for i, token in enumerate(code):
        before = code[i - 1].text if i else ""
        if before == "while" and token.text == "(":
            end = closing(code, i)
            limit = code[end - 1]
            yield limit.end, limit.end, " - 1", f"leaves out the last pass of the loop to {limit.text}"
        elif token.text == "[" and is_binary(code, i):
            end = closing(code, i)
            place = phrase(code, i - 1, end)
            yield code[end].start, code[end].start, " + 1", f"takes the element after {place}"
        elif token.text == "++":
            yield token.start, token.end, " += 2", f"skips every second value of {before}"


def constant(code, _contract=False):
    for i, token in enumerate(code):
        if token.kind == "number" and not token.text.startswith("0x"):
            digits = re.match(r"\d+", token.text).group()
            new = str(int(digits) + 1) + token.text[len(digits) :]
            yield token.start, token.end, new, f"has {new} for the constant {token.text}"


def drop_statement(code, _contract=False):
    """An assignment or a call whose value is not used; declarations stay."""
    start = 0
    for i, token in enumerate(code):
        if token.text in "{};:" or (token.text == ")" and is_condition_end(code, i)):
            if token.text == ";" and start < i:
                listed = code[start:i]
                texts = [t.text for t in listed]
                call = len(listed) > 2 and texts[1] == "(" and texts[0] not in ("return", "while", "if")
                stores = "=" in texts and not set(texts[:2]) & TYPES and listed[0].kind == "name" \
                    and (texts[1] in ("=", "[", "->", "."))
                if call or stores:
                    statement = phrase(code, start, i - 1)
                    yield code[start].start, code[i].start, "", f"never does {statement}"
            start = i + 1


def is_condition_end(code, i):
    depth = 0
    for k in range(i, -1, -1):
        depth += (code[k].text in CLOSING) - (code[k].text in OPENING)
        if depth == 0:
            return k > 0 and code[k - 1].text in ("if", "while", "switch")
    return False


def drop_finiteness(code, _contract=True):
    for i, token in enumerate(code):
        if token.text == "\\is_finite":
            end = closing(code, i + 1)
            yield (token.start, code[end].end, "\\true",
                   f"no longer speaks of {phrase(code, i, end)}")


def bound_half(code, _contract=True):
    """near(x, y, error): half the error."""
    for i, token in enumerate(code[:-1]):
        if token.text == "near" and code[i + 1].text == "(":
            listed = arguments(code, i + 1)
            if len(listed) == 3:
                a, b = listed[2]
                yield (code[a].start, code[b].end, f"({phrase(code, a, b)})/2",
                       "promises half the rounding error")


CODE = {
    "lambda to 1 - lambda": momentum_complement,
    "h to h^2": step_squared,
    "swap names": swap_names,
    "swap arguments": swap_arguments,
    "swap functions": swap_function,
    "plus to minus": plus_minus,
    "drop a minus": drop_sign,
    "drop a term": drop_term,
    "times to divide": times_divide,
    "comparison": comparison,
    "and to or": conjunction,
    "negate a condition": negate_condition,
    "off by one": off_by_one,
    "replace a constant": constant,
    "drop a statement": drop_statement,
}
FORMULA = {
    "lambda to 1 - lambda": momentum_complement,
    "h to h^2": step_squared,
    "swap names": swap_names,
    "plus to minus": plus_minus,
    "comparison": comparison,
    "drop finiteness": drop_finiteness,
    "halve a bound": bound_half,
}
