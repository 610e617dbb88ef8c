"""Tool versions, the private Why3 configuration and the drivers derived from the installed ones."""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.join(ROOT, "verify", "proof")
BUILD = os.path.join(ROOT, "build", "proof")
PINNED = os.path.join(HERE, "versions.list")
WHY3_CONFIG = os.path.join(BUILD, "why3.conf")
INSTALLED_DRIVERS = "/usr/share/why3/drivers"

# name: (command that prints the version, where the version stands in its output)
TOOLS = {
    "frama-c": (["frama-c", "-version"], r"(\S+)"),
    "why3": (["why3", "--version"], r"version (\S+)"),
    "z3": (["z3", "--version"], r"version (\S+)"),
    "cvc4": (["cvc4", "--version"], r"version (\S+)"),
    "cvc5": (["cvc5", "--version"], r"version (\S+)"),
    "coq": (["coqc", "--version"], r"version (\S+)"),
    "flocq": (["dpkg-query", "-W", "-f", "${Version}", "libcoq-flocq"], r"([^-+]+)"),
}

# Seeds are fixed so that a run can be repeated. %t is the time limit in seconds, %f the goal.
SOLVERS = {
    "z3": "z3 -smt2 -T:%t sat.random_seed=42 nlsat.randomize=false smt.random_seed=42 -st %f",
    "cvc4": "cvc4 --stats --tlimit=%t000 --lang=smt2 %f",
    "cvc5": "cvc5 --stats-internal --tlimit=%t000 --lang=smt2 %f",
}

# IEEE operations are uninterpreted for the solvers: their only properties are the lemmas of
# spec/acsl/rounding.h, which Coq proves with Flocq.
UNINTERPRETED = [
    "ieee_float.GenericFloat",
    "ieee_float.Float32",
    "ieee_float.Float64",
    "ieee_float.FloatConverter",
    "frama_c_wp.cfloat.Cfloat",
    "real.Square",
    "frama_c_wp.cmath.Square",
]

# Why3's floating-point theories as realised in Coq with Flocq, beyond those of the stock driver.
REALISED = [
    "real.Truncate",
    "bv.Pow2int",
    "ieee_float.RoundingMode",
    "ieee_float.GenericFloat",
    "ieee_float.Float32",
    "ieee_float.Float64",
]


class Failure(Exception):
    """One line for the user: what is wrong and what would be accepted."""


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def installed_versions():
    versions = {}
    for tool, (command, pattern) in TOOLS.items():
        try:
            found = re.search(pattern, run(command).stdout)
        except FileNotFoundError:
            found = None
        versions[tool] = found.group(1) if found else "absent"
    return versions


def pinned_versions():
    with open(PINNED, encoding="utf-8") as lines:
        return dict(line.split() for line in lines if line.strip() and not line.startswith("#"))


def report_versions(versions):
    pinned = pinned_versions()
    print("proof tools: " + ", ".join(f"{tool} {version}" for tool, version in versions.items()))
    for tool, version in versions.items():
        if version != pinned.get(tool):
            print(
                f"warning: {tool} is {version}, the cached proofs were made with"
                f" {pinned.get(tool, 'no such tool')}",
                file=sys.stderr,
            )


def stock_driver(name):
    with open(os.path.join(INSTALLED_DRIVERS, name), encoding="utf-8") as source:
        text = source.read()
    return re.sub(r'^import "', f'import "{INSTALLED_DRIVERS}/', text, flags=re.M)


def without_floats(text):
    text = re.sub(r'^import "[^"]*smt-libv2-floats.gen"\n', "", text, flags=re.M)
    text = re.sub(r"^theory ieee_float\..*?^end\n", "", text, flags=re.M | re.S)
    return text + "".join(f"theory {t}\n  remove allprops\nend\n" for t in UNINTERPRETED)


def drivers():
    cvc = without_floats(stock_driver("cvc4_16.gen"))
    coq = "".join(f'theory {t} meta "realized_theory" "{t}", "" end\n' for t in REALISED)
    return {
        "z3": without_floats(stock_driver("z3_440.drv")),
        "cvc4": 'prelude "(set-logic AUFBVDTNIRA)"\n' + cvc,
        "cvc5": 'prelude "(set-logic ALL)"\n' + cvc,
        "coq": stock_driver("coq.drv") + stock_driver("coq-realizations.aux") + coq,
    }


def stanza(name, version, command, driver):
    return (
        f'[prover]\nname = "{name}"\nversion = "{version}"\nshortcut = "{name.lower()}"\n'
        f'command = "{command}"\ndriver = "{driver}"\n'
        'editor = ""\nin_place = false\ninteractive = false\n\n'
    )


def write_configuration(versions):
    """Writes build/proof/why3.conf and the drivers; `versions` names the provers in the goals."""
    os.makedirs(BUILD, exist_ok=True)
    commands = dict(SOLVERS, coq=f"{os.path.join(HERE, 'coq_prover')} %f")
    text = "[main]\nmagic = 14\nmemlimit = 2000\nrunning_provers_max = 2\ntimelimit = 10\n\n"
    for name, driver in drivers().items():
        path = os.path.join(BUILD, f"{name}.drv")
        with open(path, "w", encoding="utf-8") as out:
            out.write(driver)
        text += stanza(name.capitalize(), versions[name], commands[name], path)
    with open(WHY3_CONFIG, "w", encoding="utf-8") as out:
        out.write(text)


def environment(lemma=""):
    """The environment of a run; the wrapper around Coq is told which stored proof to try."""
    return dict(os.environ, WHY3CONFIG=WHY3_CONFIG, HP_LEMMA=lemma, LC_ALL="C.UTF-8")
