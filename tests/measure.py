"""Measures how well every entry is checked, and writes it down for the verification page: ``make measure``; ``make mutants`` prints the score alone.

For each entry: the check by balls, the exact check, what became of its mutants, what breaks without each hypothesis, and how far its
result is from its oracle. The record carries a fingerprint of what was measured: the page shows no record of anything else.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from importlib.metadata import version
from math import isfinite
from platform import python_version

from oracles import evaluated, samples
from test_oracles import ALL, tolerance

from derivations.catalogue import catalogue
from derivations.checking.check import SEED, VERIFIED, check
from derivations.checking.counterexamples import confirm
from derivations.checking.counterexamples import without
from derivations.engine.derivation import derive
from derivations.checking.exact import EXACT, decide
from derivations.site.measured import FOLDER, VERIFICATION, fingerprint, verification
from derivations.checking.mutations import EQUAL, REFUTED, SURVIVED, Mutant, measure, mutants

LIBRARIES = ("sympy", "python-flint", "numpy", "scipy")


def difference(expression, id):
    """The largest relative difference between an expression and an oracle, over hard and soft labels; infinite where it has no value."""
    arguments, oracle = ALL[id]
    worst, points = 0.0, 0
    for soft in (False, True):
        for values in samples(arguments, soft):
            found, expected = evaluated(expression, values), float(oracle(**values))
            gap = abs(found - expected) / max(abs(expected), 1)
            worst, points = max(worst, gap if isfinite(found) else float("inf")), points + 1
    return worst, points


def mutants_of_definition(entry):
    """What becomes of every mutant of a definition: compared with its oracle, which knows nothing of it."""
    return [Mutant(entry.id, 0, operator, mutant, _fate(entry, mutant)) for operator, mutant in mutants(entry.result)]


def _fate(entry, mutant):
    if difference(mutant, entry.id)[0] > tolerance(entry.id):
        return REFUTED

    def planted(expression):
        """Whatever was planted."""
        return mutant

    claim = derive(entry.id, entry.title, entry.result).by(planted, because="a mutant")
    return EQUAL if decide(claim).outcome == EXACT else SURVIVED


def measured(id):
    """Everything that is measured of one entry, as plain values."""
    entry, record = catalogue()[id], {"kind": catalogue()[id].kind}
    if entry.kind == "counterexample":
        return record | {"outcome": confirm(entry).outcome}
    if not hasattr(entry, "result"):
        return record
    planted = measure(entry) if entry.steps else mutants_of_definition(entry)
    worst, points = difference(entry.result, id)
    record |= {"mutants": _counted(planted), "survivors": _survivors(planted), "oracle": {"worst": worst, "points": points}}
    if entry.steps:
        broken = [hypothesis.name for hypothesis in entry.hypotheses if hypothesis.statement is not None]
        found = [hypothesis.name for hypothesis in entry.hypotheses if hypothesis.statement is not None and without(entry, hypothesis)]
        record |= {"check": asdict(check(entry)), "exact": asdict(decide(entry)), "hypotheses": {"stated": len(broken), "needed": len(found)}}
    return record


def _counted(planted):
    """Fates by operator."""
    counted = {}
    for mutant in planted:
        counted.setdefault(mutant.operator, Counter())[mutant.outcome] += 1
    return {operator: dict(fates) for operator, fates in counted.items()}


def _survivors(planted):
    return [f"step {mutant.step}, {mutant.operator}: {mutant.formula}" for mutant in planted if mutant.outcome == SURVIVED]


def mutants_alone(id):
    entry = catalogue()[id]
    planted = measure(entry) if entry.steps else mutants_of_definition(entry)
    return {"kind": entry.kind, "mutants": _counted(planted), "survivors": _survivors(planted)}


def score(entries):
    """The fates of all mutants, and those that survived, in words."""
    total = Counter()
    for record in entries.values():
        for fates in record.get("mutants", {}).values():
            total.update(fates)
    wrong = total[REFUTED] + total[SURVIVED]
    share = 100 * total[REFUTED] / wrong if wrong else 100
    lines = [f"{id}, {survivor}" for id, record in entries.items() for survivor in record.get("survivors", ())]
    fates = ", ".join(f"{number} {fate}" for fate, number in sorted(total.items()))
    return "\n".join([*lines, f"{sum(total.values())} mutants: {fates}", f"score: {share:.2f} % of those that are wrong are refuted"])


def faults(entries):
    """What must not be published: a result that is not its oracle's (so a wrong definition is named), a check not passed, an error not noticed."""
    for id, record in entries.items():
        outcome = record.get("check", record).get("outcome", VERIFIED)
        if outcome != VERIFIED:
            yield f"{id}: {outcome}"
        if "oracle" in record and not record["oracle"]["worst"] <= tolerance(id):
            yield f"{id}: the {record['kind']} differs from its oracle by {record['oracle']['worst']:.1e}; {tolerance(id):.0e} is allowed"
        yield from (f"{id}, {survivor} was planted and not noticed" for survivor in record.get("survivors", ()))


def run(work, ids):
    with ProcessPoolExecutor() as pool:
        return dict(zip(ids, pool.map(work, ids, chunksize=4), strict=True))


def main(arguments):
    entries = catalogue()
    if arguments == ["--if-changed"] and verification():
        print("Nothing has changed since it was last measured.")
        return 0
    if arguments == ["--mutants"]:
        found = run(mutants_alone, [id for id, entry in entries.items() if hasattr(entry, "result")])
        print(score(found))
        return int(any(record["survivors"] for record in found.values()))
    found = run(measured, list(entries))
    versions = {"Python": python_version()} | {name: version(name) for name in LIBRARIES}
    print(score(found))
    if wrong := list(faults(found)):
        print("Not written down, for this is wrong:", *wrong, sep="\n  ", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    VERIFICATION.write_text(json.dumps({"fingerprint": fingerprint(), "seed": SEED, "versions": versions, "entries": found}), encoding="utf-8")
    print(f"Written to {VERIFICATION.relative_to(FOLDER.parent)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
