"""Decimal texts: exact values, shortened display, step sizes. Never through a binary float, so that
1e-412 keeps its size."""
import re
from decimal import Context, Decimal, InvalidOperation

CONTEXT = Context(prec=60, Emin=-10**9, Emax=10**9)
SUPERSCRIPT = str.maketrans("0123456789-\N{MINUS SIGN}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
LOG10_2 = CONTEXT.log10(Decimal(2))


def exact(text):
    """The finite Decimal that text writes, or None: 1.5e-3, -4, 7/2, 2^-6, 3*2^-9."""
    if isinstance(text, bool) or text is None:
        return None
    text = str(text).strip()
    try:
        if match := re.fullmatch(r"(?:([^*^]+)\*)?([^*^]+)\^([+-]?\d{1,6})", text):
            value = CONTEXT.power(CONTEXT.create_decimal(match[2]), int(match[3]))
            if match[1]:
                value = CONTEXT.multiply(value, CONTEXT.create_decimal(match[1]))
        elif match := re.fullmatch(r"([^/]+)/([^/]+)", text):
            value = CONTEXT.divide(*(CONTEXT.create_decimal(part) for part in match.groups()))
        else:
            value = CONTEXT.create_decimal(text)
    except (ArithmeticError, ValueError):
        return None
    return value if value.is_finite() else None


def log10(text):
    """log10 of a positive decimal text as a float; None for anything else."""
    value = exact(text)
    return float(CONTEXT.log10(value)) if value is not None and value > 0 else None


def log2(text):
    value = exact(text)
    if value is None or value <= 0:
        return None
    return round(float(CONTEXT.divide(CONTEXT.log10(value), LOG10_2)), 12)


def short(text, digits=6):
    """text rounded to so many significant digits; unchanged when it is no longer than that or no number."""
    text = "" if text is None else str(text)
    if not re.fullmatch(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", text):
        return text
    value = exact(text)
    if value is None or value == 0:
        return text
    size = value.adjusted()
    if len(text.strip().lstrip("+-")) <= digits + 1 and "e" not in text.lower():
        return text.strip()
    rounded = Context(prec=digits, Emin=-10**9, Emax=10**9).create_decimal(value)
    size = rounded.adjusted()
    if -4 <= size < digits:
        plain = format(rounded, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    mantissa, _, exponent = format(rounded, "e").partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}"


def fixed(text, places=4):
    """A number of moderate size with a fixed count of decimals; anything else as short() gives it."""
    value = exact(text)
    if value is None or abs(value) >= 10**6:
        return short(text)
    return format(value.quantize(Decimal(1).scaleb(-places), context=CONTEXT), "f")


def decimals(low, high):
    """The decimals, 4 to 12, that tell the ends of an interval apart to two digits."""
    low, high = exact(low), exact(high)
    if low is None or high is None or high <= low:
        return 4
    return min(max(4, 1 - CONTEXT.subtract(high, low).adjusted()), 12)


def combine(operation, *texts):
    """operation on exact values, as a text of 20 digits; "" when a text is no number."""
    values = [exact(text) for text in texts]
    if any(value is None for value in values):
        return ""
    try:
        return str(Context(prec=20, Emin=-10**9, Emax=10**9).create_decimal(operation(*values)))
    except (ArithmeticError, InvalidOperation):
        return ""


def raised(text):
    """2^-6 with its whole-number exponent set as superscript digits."""
    return re.sub(r"\^([-\N{MINUS SIGN}]?\d+)\b(?![.^/])",
                  lambda m: m[1].translate(SUPERSCRIPT), str(text))


def percent(part, whole):
    """Rounded down, so that 100 % means all."""
    return f"{part * 1000 // whole / 10:g} %" if whole else "–"


def natural(text):
    """Sort key: A2 before A10, numbers by size."""
    return [(0, int(part), "") if part.isdigit() else (1, 0, part)
            for part in re.split(r"(\d+)", str(text)) if part]
