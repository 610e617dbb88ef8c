"""Tool versions, the private Why3 configuration and the drivers derived from the installed ones."""

import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE = os.path.join(ROOT, "verify", "proof")
BUILD = os.path.join(ROOT, "build", "proof")
PINNED = os.path.join(HERE, "versions.list")
WHY3_CONFIG = os.path.join(BUILD, "why3.conf")
INSTALLED_DRIVERS = "/usr/share/why3/drivers"
WP_SHARE = "/usr/share/frama-c/wp"
SHARE = os.path.join(BUILD, "share")
COQ_PROOFS = os.path.join(ROOT, "spec", "acsl", "coq")
REALISATIONS = os.path.join(BUILD, "why3")
COQ_LIBRARY = os.path.join(BUILD, "coq")
FLOAT_THEORY = "why3/frama_c_wp/cfloat.mlw"

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

# Solver: the installed driver that its own derives from, the logic it is told to work in, its
# command. Why3 1.5.1 knows no CVC5 and takes CVC4's driver for it. Seeds are fixed so that a run
# can be repeated; Why3 itself limits the processor time. %f is the goal.
SOLVERS = {
    "cvc4": ("cvc4_16.gen", "AUFBVDTNIRA", "cvc4 --stats --lang=smt2 %f"),
    "cvc5": ("cvc4_16.gen", "ALL", "cvc5 --stats-internal --lang=smt2 %f"),
    "z3": (
        "z3_440.drv",
        None,
        "z3 -smt2 sat.random_seed=42 nlsat.randomize=false smt.random_seed=42 -st %f",
    ),
}

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


def solver_driver(stock, logic):
    """The installed driver without bit-level floating point."""
    text = re.sub(r'^import "[^"]*smt-libv2-floats.gen"\n', "", stock_driver(stock), flags=re.M)
    text = re.sub(r"^theory ieee_float\..*?^end\n", "", text, flags=re.M | re.S)
    return f'prelude "(set-logic {logic})"\n{text}' if logic else text


def coq_driver():
    realised = "".join(f'theory {t} meta "realized_theory" "{t}", "" end\n' for t in REALISED)
    return stock_driver("coq.drv") + stock_driver("coq-realizations.aux") + realised


def uninterpreted_floats():
    """WP's theory of floating point with its names and types only, as one Why3 theory.

    The stock theory sends IEEE operations to bit-level decision procedures, which time out. Here
    the operations have no property but the lemmas of spec/acsl/rounding.h, which Coq proves
    against the stock theory."""
    with open(os.path.join(WP_SHARE, FLOAT_THEORY), encoding="utf-8") as source:
        text = re.sub(r"\(\*.*?\*\)", "", source.read(), flags=re.S)
    body = text[text.index("theory Cfloat") : text.rindex("end")]
    kept = []
    for item in re.split(r"\n\s*(?=(?:use|type|function|predicate|axiom|lemma)\b)", body):
        item = " ".join(item.split())
        kind = item.split()[0]
        if kind in ("axiom", "lemma") or re.match(r"use ieee_float\.(?!RoundingMode)", item):
            continue
        item = item.replace("F32.t'", "f32'").replace("F64.t'", "f64'")
        item = item.replace("= F32.t", "= <float 8 24>").replace("= F64.t", "= <float 11 53>")
        if kind in ("function", "predicate") and not re.search(r"f(32|64)'", item):
            item = item.split(" = ")[0]
        kept.append(item)
    return "\n  ".join(kept) + "\nend\n"


def write_share():
    """A copy of WP's library whose floating-point operations are uninterpreted."""
    theory = uninterpreted_floats()
    path = os.path.join(SHARE, FLOAT_THEORY)
    if os.path.exists(path) and open(path, encoding="utf-8").read() == theory:
        return
    shutil.rmtree(SHARE, ignore_errors=True)
    shutil.copytree(WP_SHARE, SHARE)
    with open(path, "w", encoding="utf-8") as out:
        out.write(theory)


def prover(name, version, driver, command):
    """Writes the driver; answers the prover's part of the configuration."""
    path = os.path.join(BUILD, name + ".drv")
    with open(path, "w", encoding="utf-8") as out:
        out.write(driver)
    return (
        f'[prover]\nname = "{name.capitalize()}"\nversion = "{version}"\nshortcut = "{name}"\n'
        f'command = "{command}"\ndriver = "{path}"\n'
        'editor = ""\nin_place = false\ninteractive = false\n\n'
    )


def write_configuration(versions):
    """Writes build/proof/why3.conf and what it names; `versions` stand in the provers' names."""
    os.makedirs(BUILD, exist_ok=True)
    write_share()
    text = "[main]\nmagic = 14\nmemlimit = 2000\nrunning_provers_max = 2\ntimelimit = 10\n\n"
    for name, (stock, logic, command) in SOLVERS.items():
        text += prover(name, versions[name], solver_driver(stock, logic), command)
    text += prover("coq", versions["coq"], coq_driver(), os.path.join(HERE, "coq_prover") + " %f")
    with open(WHY3_CONFIG, "w", encoding="utf-8") as out:
        out.write(text)


def stored_proof(lemma):
    return os.path.join(COQ_PROOFS, lemma + ".proof")


def coqc(file, directory):
    library = ["-R", REALISATIONS, "Why3", "-R", COQ_LIBRARY, ""]
    return run(["coqc", "-q", *library, file], cwd=directory)


def environment(lemma="", model=""):
    """The environment of a run; the wrapper around Coq is told which stored proof to try, in which model."""
    return dict(
        os.environ, PWD=ROOT, WHY3CONFIG=WHY3_CONFIG, HP_LEMMA=lemma, HP_MODEL=model, LC_ALL="C.UTF-8"
    )
