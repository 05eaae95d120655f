"""`make proofs`: proves in Coq what the ledger says is proved; with --try, what else goes through, for the ledger."""

import argparse
import sys
import time

from ..catalogue import CHAPTERS, catalogue, find
from ..engine.wording import counted_as
from .again import check_again
from .attempts import attempts, attempts_at_counterexamples
from .cited import CITED_FILE, cited_in_coq, cited_theorems, script_of
from .compiling import AXIOMS, BUILT_IN, NoCoq, axioms_in, compile_all, forget_all
from .counterexamples import (
    COUNTEREXAMPLES_FILE, counterexamples, files_to_prove, negation_in_coq, value_files,
)  # fmt: skip
from .files import derivation_of, derivations, library_files
from .ledger import (
    cited_mark, enter, entered, entered_besides, entered_cited, entered_counterexamples, files_proved, proof_mark,
    refutation_mark, stale, stale_cited, stale_counterexamples, stands,
)  # fmt: skip
from .theorems import cited_by, key_of_proof


def prove_or_try(arguments=None) -> int:
    options = _options(arguments)
    try:
        if options.check_again:
            return _check_again()
        if options.anew:
            forget_all(BUILT_IN)
        return _refresh(options) if options.try_ or options.all else _prove(entered(), entered_besides())
    except NoCoq as error:
        return _say(f"error: {error}")


def _options(arguments):
    parser = argparse.ArgumentParser("python -m derivations.proving", description=__doc__)
    parser.add_argument("id", nargs="*", help="with --try: these derivations or chapters, also if they are proved")
    parser.add_argument("--try", dest="try_", action="store_true", help="try what is not in the ledger, and enter it")
    parser.add_argument("--all", action="store_true", help="try every derivation, also those in the ledger")
    parser.add_argument("--anew", action="store_true", help="compile everything, also what has not changed")
    parser.add_argument("--check-again", action="store_true", help="have coqchk read what is compiled once more")
    return parser.parse_args(arguments)


def _check_again() -> int:
    accepted, said = check_again(files_proved(), BUILT_IN)
    if not accepted:
        return _say(f"error: {said}")
    print(said)
    return 0


def _say(text):
    print(text, file=sys.stderr)
    return 1


def _prove(ledger, besides) -> int:
    """Compile all that a ledger says is proved. The exit code."""
    cited = entered_cited()
    reasons = stale(ledger) | stale_counterexamples(entered_counterexamples()) | stale_cited(cited, ledger)
    for key, reason in reasons.items():
        _say(f"error: {key} is in the ledger, but {reason}")
    if reasons:
        return _say("to bring the ledger up to date: make proofs ARGS=--try")
    start = time.monotonic()
    failures = prove(ledger, besides=besides)
    for key, said in failures.items():
        _say(f"error: {key}: {said}")
    if not failures:
        count = sum("[" not in key for key in ledger)
        seconds, false = time.monotonic() - start, len(besides) - len(cited)
        print(f"{count} derivations and {len(cited)} cited theorems proved for all sizes, and {false} counterexamples, "
              f"in {seconds:.0f} s, on no axioms but the {len(AXIOMS)} of the standard library")  # fmt: skip
    return int(bool(failures))


def prove(ledger, tell=print, folder=BUILT_IN, besides=()) -> dict[str, str]:
    """Compile the files of a ledger and ask for their axioms; what fails, by key or by file, with what Coq says."""
    every = files_to_prove(map(derivation_of, ledger), map(find, besides))
    texts = {file.name: file for file in every}
    outcomes = compile_all(every, folder, lambda outcome: tell(_line(outcome, texts[outcome.name])))
    if "inconsistent assumptions" in "".join(outcome.said for outcome in outcomes.values()):
        tell("what was compiled before does not go together any more: everything again")
        forget_all(folder)
        return prove(ledger, tell, folder, besides)
    failures = {}
    for outcome in outcomes.values():
        if outcome.outcome == "failed":
            failures[_key_at(texts[outcome.name], outcome.line)] = outcome.said.strip()
    last = outcomes[every[-1].name]
    others = axioms_in(last.said) - AXIOMS.keys() if last.is_well and ledger else set()
    if others:
        failures[last.name] = f"the theorems rest on other axioms: {', '.join(sorted(others))}"
    return failures


def _line(outcome, file):
    count = len(file.proves)
    of = {COUNTEREXAMPLES_FILE: "counterexample", CITED_FILE: "cited theorem"}.get(file.name, "derivation")
    what = counted_as(count, of) if count else ""
    how = f"{outcome.outcome} in {outcome.seconds:.0f} s" if outcome.seconds else outcome.outcome
    more = f" ({outcome.said})" if outcome.outcome == "waits" else ""
    return f"  {outcome.name:<22}{what:>18}  {how}{more}"


def _key_at(file, line):
    """The key of the derivation whose proof is at a line of a file; else the name of the file."""
    before = [key for first, key in file.proves if first <= line]
    return before[-1] if before else file.name


def _candidates(options, ledger):
    """What to try, cited stages among it: what was asked for; else all, or all that does not stand in the ledger."""
    entries = derivations()
    chosen = [entry for entry in entries if _is_asked(entry, options, stands(entry, ledger))]
    stages = [one for entry in chosen for one in cited_by(entry) if "[" in key_of_proof(one)]
    return list(dict.fromkeys([*stages, *chosen]))


def _is_asked(entry, options, is_entered):
    """Whether an entry is to be tried: one that was asked for; if none was, one that the ledger does not have."""
    if options.id:
        return bool({entry.id, entry.id.partition(".")[0]} & set(options.id))
    return options.all or not is_entered


def _refresh(options) -> int:
    """Try derivations and counterexamples, enter those that go through in the ledger, and prove the whole again. The
    exit code.
    """
    unknown = set(options.id) - set(CHAPTERS) - {entry.id for entry in catalogue().values()}
    if unknown:
        return _say(f"error: unknown: {', '.join(sorted(unknown))}")
    ledger, library = entered(), [*library_files(), *value_files()]
    outcomes = compile_all(library, BUILT_IN, lambda outcome: print(_line(outcome, library[0])))
    if not all(outcome.is_well for outcome in outcomes.values()):
        return _say("\n".join(outcome.said for outcome in outcomes.values()))
    chosen = _candidates(options, ledger)
    print(f"trying {len(chosen)} derivations")
    start, through = time.monotonic(), {}
    for found in attempts(chosen, BUILT_IN):
        for attempt in found:
            _tell(attempt)
            if attempt.succeeded:
                through[attempt.key] = proof_mark(derivation_of(attempt.key))
    print(f"{len(through)} of {len(chosen)} go through, in {time.monotonic() - start:.0f} s")
    tried = {key_of_proof(one) for one in chosen}
    kept = {key: mark for key, mark in ledger.items() if key not in tried or (not options.all and not options.id)}
    return _settle(kept | through, _false_ones(options) | _cited_ones())


def _false_ones(options):
    """The counterexamples to enter: those of the ledger that stand, unless they are tried again, and those that go
    through. A file of Coq ends at its first error: so each is tried by itself before all are proved together.
    """
    marks = entered_counterexamples()
    unfit = stale_counterexamples(marks)
    entries = [entry for entry in counterexamples() if negation_in_coq(entry)]
    is_entered = {entry: entry.id in marks and entry.id not in unfit for entry in entries}
    chosen = [entry for entry in entries if _is_asked(entry, options, is_entered[entry])]
    print(f"trying {len(chosen)} counterexamples")
    found = attempts_at_counterexamples(chosen, BUILT_IN)
    for attempt in found:
        _tell(attempt)
    through = {attempt.key for attempt in found if attempt.succeeded}
    return {entry.id: refutation_mark(entry) for entry in entries
            if entry.id in through or (is_entered[entry] and entry not in chosen)}  # fmt: skip


def _cited_ones():
    """The cited theorems to enter: those that have a proof."""
    return {entry.id: cited_mark(entry) for entry in cited_theorems() if script_of(entry) and cited_in_coq(entry)}


def _tell(attempt):
    if attempt.steps:
        rules = [f"{n} ({derivation_of(attempt.key).steps[n - 1].rule})" for n in attempt.steps if n]
        told = [f"fails in step {', '.join(rules)}"] if rules else []
        told += ["it is not shown that its derivatives exist"] if 0 in attempt.steps else []
        print(f"  {attempt.key}: {'; '.join(told)}", flush=True)
    elif attempt.reason:
        print(f"  {attempt.key}: {attempt.reason}", flush=True)


def _settle(ledger, besides) -> int:
    """Prove what a ledger says, and counterexamples and cited theorems besides, leaving out what does not go through,
    and write what is left. The exit code.
    """
    while True:
        while reasons := stale(ledger):
            for key, reason in reasons.items():
                print(f"  {key} is not entered: {reason}")
            ledger = {key: mark for key, mark in ledger.items() if key not in reasons}
        failures = prove(ledger, besides=besides)
        failed = {key for key in failures if key in ledger or key in besides}
        for key, said in failures.items():
            print(f"  {key} is not entered: {said}")
        if failures and not failed:
            return _say("error: the files do not compile; the ledger is as it was")
        if not failures:
            enter(ledger, besides)
            count = sum("[" not in key for key in ledger)
            print(f"{count} derivations, and {len(besides)} counterexamples and cited theorems, are in the ledger")
            return 0
        ledger = {key: mark for key, mark in ledger.items() if key not in failed}
        besides = {id: mark for id, mark in besides.items() if id not in failed}


if __name__ == "__main__":
    sys.exit(prove_or_try())
