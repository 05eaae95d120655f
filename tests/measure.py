"""Measures how well every entry is checked, for the verification page: ``make measure``;
``make mutants`` prints the score alone, and ``make measure ARGS="--days 3"`` measures the third of the entries whose
day it is: three days have them all.

Of the rules: what became of the errors planted in their own code. For each entry: the check by balls, the exact check,
what became of its mutants, what breaks without each hypothesis, and how far its result is from its oracle. What was
found before, of entries that are still the same, is not measured again.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from math import isfinite

from oracles import evaluated, samples
from rule_mutants import measured as planted_in_rules, said as said_of_rules
from sampling import is_of_the_day, today
from test_oracles import ALL, tolerance
from word_mutants import measured as planted_in_words, said as said_of_words

from derivations import notation
from derivations.catalogue import catalogue, has_result
from derivations.checking import records
from derivations.checking.compare import VERIFIED
from derivations.checking.exact import EXACT, decide
from derivations.checking.found import decided
from derivations.checking.mutations import EQUAL, REFUTED, SURVIVED, UNDECIDED, Mutant, measure, mutants
from derivations.engine.derivation import derive
from derivations.engine.terms import free_symbols
from derivations.site.measured import RULE_CODE, WORDS_CODE, basis, measured
from derivations.site.verification import fates, faults


RANGES = [given for name, given in vars(notation).items() if name.endswith("_in_range")]


def difference(expression, id):
    """The largest relative difference between an expression and an oracle, over hard and soft labels; infinite where it
    has no value.
    """
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

    free = free_symbols(entry.result) | free_symbols(mutant)
    ranges = [given for given in RANGES if given.statement.args[0] in free]
    claim = derive(entry.id, entry.title, entry.result).by(planted, because="a mutant", using=ranges)
    return EQUAL if decide(claim, outcome=VERIFIED).outcome == EXACT else SURVIVED


def planted_errors(entry):
    """What became of the mutants of an entry, by operator, and those that survived, in words."""
    planted, counted = measure(entry) if entry.steps else mutants_of_definition(entry), {}
    for mutant in planted:
        counted.setdefault(mutant.operator, Counter())[mutant.outcome] += 1
    survivors = [
        f"step {mutant.step}, {mutant.operator}: {mutant.formula}" for mutant in planted if mutant.outcome == SURVIVED
    ]
    return {"fates": {operator: dict(fates) for operator, fates in counted.items()}, "survivors": survivors}


def oracle(entry):
    """How far the result of an entry is from its oracle."""
    worst, points = difference(entry.result, entry.id)
    return {"worst": worst, "points": points, "tolerance": tolerance(entry.id)}


def measured_anew(id):
    """Everything that can be measured of one entry: what is not known of it yet is measured, and kept."""
    entry = catalogue()[id]
    if has_result(entry):
        mutants_alone(id)
        records.kept("oracle", entry, lambda: oracle(entry), *basis("oracle", entry))
    if entry.kind == "derivation":
        decided(entry)
    return measured(entry)


def mutants_alone(id):
    entry = catalogue()[id]
    return {"mutants": records.kept("mutants", entry, lambda: planted_errors(entry), *basis("mutants", entry))}


def score(entries):
    """The fates of all mutants, and those that survived, in words."""
    total = sum(map(fates, entries.values()), Counter())
    wrong = total[REFUTED] + total[UNDECIDED] + total[SURVIVED]
    share = 100 * total[REFUTED] / wrong if wrong else 100
    lines = [
        f"{id}, {survivor}"
        for id, found in entries.items()
        for survivor in found.get("mutants", {}).get("survivors", ())
    ]
    said = ", ".join(f"{number} {fate}" for fate, number in sorted(total.items()))
    return "\n".join(
        [*lines, f"{sum(total.values())} mutants: {said}", f"score: {share:.2f} % of those that are wrong are refuted"]
    )


def rules_measured():
    """What became of the errors planted in the rules: planted, and kept, if that is not known yet."""
    return records.kept("mutants", RULE_CODE, planted_in_rules, *basis("mutants", RULE_CODE))


def words_measured():
    """What became of the errors planted in words."""
    return records.kept("mutants", WORDS_CODE, planted_in_words, *basis("mutants", WORDS_CODE))


def run(work, ids):
    with ProcessPoolExecutor() as pool:
        return dict(zip(ids, pool.map(work, ids, chunksize=4), strict=True))


def asked_for(arguments):
    parser = ArgumentParser(description="Measure how well every entry is checked.")
    parser.add_argument("--mutants", action="store_true", help="plant errors, and print how many are found; no more")
    parser.add_argument("--days", type=int, default=1, help="a share of the entries, another one each day")
    parser.add_argument("--seed", type=int, default=today(), help="the day, as a number: 20260131")
    options = parser.parse_args(arguments)
    if options.days < 1:
        parser.error(f"--days takes a whole number from 1 on, not {options.days}")
    return options


def of_the_day(ids, days, seed):
    """Those that are measured with this seed."""
    return [id for id in ids if is_of_the_day(id, seed, days)]


def main(arguments):
    options, entries = asked_for(arguments), catalogue()
    ids = of_the_day(entries, options.days, options.seed)
    if options.mutants:
        found = run(mutants_alone, [id for id in ids if has_result(entries[id])])
        print(score(found))
        return int(any(record["mutants"]["survivors"] for record in found.values()))
    rules, worded = rules_measured(), words_measured()
    print(said_of_rules(rules), said_of_words(worded), f"{len(ids)} of {len(entries)} entries", sep="\n")
    found = run(measured_anew, ids)
    print(score(found))
    if wrong := list(faults(found, rules, worded)):
        print("This is wrong, and no site shows it:", *wrong, sep="\n  ", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
