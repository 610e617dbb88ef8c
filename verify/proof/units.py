"""The units of proof: the functions of one file, or the lemmas of one header, in one model."""

import os
import time

import ledger
import recall
import toolchain
import wp

SOLVERS = list(toolchain.SOLVERS)
# How WP names the goals of a function, after its name; an alarm of -wp-rte is an assertion of its own.
KINDS = {
    "ensures": "contract", "assigns": "contract", "terminates": "contract", "exits": "contract",
    "loop_": "loops", "assert_rte_": "rte", "call_": "calls",
}
QUICK = 2  # seconds of a prover on a goal in the first pass
BUDGET = 10  # seconds of a prover on a goal that is left; mutants get the same


class Unit:
    """What one run of WP proves."""

    def __init__(self, source, model, kind, names):
        self.source, self.model, self.kind, self.names = source, model, kind, names
        stem = os.path.basename(source).replace(".", "_")
        self.name = f"{stem}.{model}" + (".coq" if kind == "coq" else "")
        self.proved, self.failed, self.smokes, self.warnings = {}, {}, {}, []
        self.properties = []
        self.seconds = 0.0
        self.error = ""
        self.recalled = False

    def selection(self, lemma=None):
        names = ",".join([lemma] if lemma else self.names)
        if self.kind != "functions":
            return ["-wp-prop=" + names]
        return ["-wp-prop=-@lemma", "-wp-fct=" + names]

    def attempt(self, mode, timeout, provers, lemma=None, **options):
        return wp.prove(self, self.selection(lemma), provers, mode, timeout, lemma=lemma, **options)

    def add(self, answer):
        proved, failed, smokes, self.warnings, self.properties = answer
        self.proved.update(proved)
        self.failed.update(failed)
        self.smokes.update(smokes)

    def prove(self, options):
        """Replays, or runs the provers. A run that Frama-C refuses is the unit's failure, not ours."""
        start = time.monotonic()
        try:
            self.run(options)
        except toolchain.Failure as failure:
            self.error = str(failure)
        self.seconds = time.monotonic() - start
        return self

    def run(self, options):
        """Proves with a short time limit first, then with the long one what is left. The last run
        is the one that counts: it cleans the cache of what it did not use, and smoke tests are its."""
        self.recalled = options.recall and not options.function and recall.recall(self)
        if self.recalled:
            return
        cache = wp.Cache(self.name)
        cache.unpack(keep=not options.full)
        script = ["script"] if self.kind == "lemmas" else []
        if options.replay:
            self.add(self.attempt("offline", options.timeout, script + cache.provers()))
            return
        if self.kind == "coq":
            for lemma in self.names:
                self.attempt("update", 10 * options.timeout, ["coq"], lemma=lemma)
            self.add(self.attempt("cleanup", options.timeout, ["coq"]))
        else:
            smoke = options.full and self.kind == "functions"
            provers = script + SOLVERS
            self.attempt("update", QUICK, provers)
            cache.drop_failures()
            self.add(self.attempt("cleanup", options.timeout, provers, parallel=2, smoke=smoke))
        if options.update:
            cache.pack()

    def first_failure(self):
        """The first goal that stays unproved with the whole budget, and why; None when all are proved.
        What the cache knows costs no prover; a short limit finds the goal, the budget decides on it."""
        cache = wp.Cache(self.name)
        cache.unpack(keep=True)
        script = ["script"] if self.kind == "lemmas" else []
        proved, failed, _, warnings, _ = self.attempt("offline", QUICK, script + cache.provers())
        seen = {self.owner(goal) for goal in [*proved, *failed]}
        if silent := [name for name in self.names if name not in seen]:
            return ", ".join(silent), "WP makes no goal of it"
        if warnings:
            return ", ".join(self.names), warnings[0]
        if not failed:
            return None
        if self.kind == "coq":
            return self.first_rejected(failed)
        for selection in (self.selection() + wp.properties_of(failed), self.selection()):
            if wp.first_failure(self, selection, script + SOLVERS, QUICK):
                cache.drop_failures()
                if failure := wp.first_failure(self, selection, script + SOLVERS, BUDGET):
                    return failure
        return None

    def first_rejected(self, goals):
        """The first of these lemmas whose stored proof Coq does not accept."""
        for goal in goals:
            _, failed, _, _, _ = self.attempt("update", 10 * BUDGET, ["coq"], lemma=self.owner(goal))
            if failed:
                return next(iter(failed.items()))
        return None

    def owner(self, goal):
        """The function or lemma of a goal: WP names goals typed[_real]_[lemma_]NAME[_PROPERTY]."""
        stem = goal.removeprefix("typed_").removeprefix("real_")
        stem = stem if self.kind == "functions" else stem.removeprefix("lemma_")
        candidates = [n for n in self.names if stem == n or stem.startswith(n + "_")]
        return max(candidates, key=len, default="")

    def part(self, goal):
        """What a goal of a function is part of: contract, loops, rte, calls or assertions."""
        rest = goal.split(self.owner(goal) + "_", 1)[-1]
        for start, kind in KINDS.items():
            if rest.startswith(start):
                return kind
        return "assertions"


def all_units():
    units = {}
    for function, source, models in ledger.kernels():
        for model in models:
            units.setdefault((source, model), []).append(function)
    result = [Unit(s, m, "functions", names) for (s, m), names in units.items()]
    for header, models in ledger.headers_by_model().items():
        for model in models:
            names = ledger.lemmas(header, f"HP_MODEL_{model.upper()}")
            by_coq = [n for n in names if os.path.exists(toolchain.stored_proof(n))]
            others = [n for n in names if n not in by_coq]
            result += [Unit(header, model, "coq", by_coq)] if by_coq else []
            result += [Unit(header, model, "lemmas", others)] if others else []
    return result
