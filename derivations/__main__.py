"""The command line: list the catalogue, print one derivation, check, export. See ``python -m derivations --help``."""

import argparse
import json
import os
import sys

from .catalogue import CHAPTERS, catalogue, nearest
from .writing.export import record
from .sources import source
from .writing.typeset import latex_chain, plain, relation, statement


def main(arguments=None):
    """Run the command line; returns the exit code: 0 if all is well, 1 if a check fails, 2 if the call is wrong."""
    options = _parser().parse_args(arguments)
    entries = catalogue()
    if options.id is None:
        chosen = list(entries.values())
    elif options.id in entries:
        chosen = [entries[options.id]]
    elif options.id in CHAPTERS:
        chosen = [entry for entry in entries.values() if entry.id.startswith(options.id + ".")]
    else:
        close = ", ".join(nearest(options.id, [*entries, *CHAPTERS])) or "none; `python -m derivations` lists them all"
        print(f"unknown id {options.id!r}; nearest: {close}", file=sys.stderr)
        return 2
    if options.json:
        return _print_json(chosen)
    if options.check:
        return _print_checks(chosen)
    if options.exact:
        return _print_decisions(chosen)
    for entry in chosen:
        if options.latex:
            print(f"% {entry.id}\n{latex_chain(entry)}")
        elif options.id:
            print(chain(entry))
        else:
            print(f"{entry.id:45} {statement(entry, plain)}")
    return 0


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m derivations", description="How the likelihood becomes the cross-entropy loss, step by step."
    )
    parser.add_argument("id", nargs="?", help="one entry (bernoulli.score) or one chapter (bernoulli); without it, the whole catalogue")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print LaTeX")
    form.add_argument("--check", action="store_true", help="check every step at sampled points (needs python-flint)")
    form.add_argument("--exact", action="store_true", help="decide every equality exactly, for small sizes (needs python-flint)")
    form.add_argument("--json", action="store_true", help="print JSON, with the record of the check")
    return parser


def chain(entry):
    """One derivation for the terminal: a relation, an expression and a reason a line."""
    lines = [f"{entry.id}: {entry.title}", f"  {statement(entry, plain)}"]
    if entry.kind == "theorem":
        work = source(entry.source)
        conditions = [f"  holds if {condition}" for condition in entry.conditions]
        return "\n".join([*lines, *conditions, f"  cited, not derived: {work.authors} ({work.year}), {work.title}", ""])
    if entry.kind == "counterexample":
        values = ", ".join(f"{symbol} = {found}" for symbol, found in entry.values.items())
        given = [f"  though {plain(statement)}" for statement in entry.given]
        where = [f"  it fails at {values}"] if values else []
        return "\n".join([lines[0], f"  a false claim: {plain(entry.claim)}", *where, *given, f"  {entry.meaning}", ""])
    if not entry.steps:
        return "\n".join([*lines, f"  definition: {entry.meaning}", ""])
    lines += [f"  holds if {hypothesis_text(hypothesis)}" for hypothesis in entry.hypotheses]
    lines += ["", f"    {plain(entry.start)}"]
    for step in entry.steps:
        needs = f" [{', '.join(hypothesis.name for hypothesis in step.using)}]" if step.using else ""
        cited = "".join(f" {source.id}" for source in step.cites)
        lines.append(f"  {relation(step.relation, plain)} {plain(step.expression)}")
        lines.append(f"        {step.rule}{cited}: {step.because}{needs}")
    return "\n".join([*lines, ""])


def hypothesis_text(hypothesis):
    """A hypothesis in words and, where it has one, as a formula."""
    formula = "" if hypothesis.statement is None else f": {plain(hypothesis.statement)}"
    return hypothesis.words + formula


def _checked(chosen):
    """Check the chosen derivations one by one; a progress bar where there are many and somebody looks on."""
    from tqdm import tqdm

    from .checking import counterexamples
    from .checking.check import check

    checks = {"derivation": check, "counterexample": counterexamples.confirm}
    chosen = [entry for entry in chosen if entry.kind in checks]
    return [checks[entry.kind](entry) for entry in tqdm(chosen, unit="entry", disable=len(chosen) < 2 or None)]


def _print_checks(chosen):
    if not any(entry.kind in ("derivation", "counterexample") for entry in chosen):
        print("definitions and citations only: there is no step to check")
        return 0
    try:
        checks = _checked(chosen)
    except ModuleNotFoundError as error:
        return _missing(error)
    for found in checks:
        print(found)
    outcomes = [found.outcome for found in checks]
    steps, points = sum(found.steps for found in checks), sum(found.points for found in checks)
    tally = ", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in ("verified", "refuted", "undecided"))
    kinds = {entry.id: entry.kind for entry in chosen}
    derivations = sum(kinds[found.id] == "derivation" for found in checks)
    shown = [_counted(derivations, "derivation")]
    if derivations < len(checks):
        shown.append(_counted(len(checks) - derivations, "counterexample"))
    print(f"{', '.join(shown)}, {_counted(steps, 'step')}, {_counted(points, 'point')}: {tally}")
    return 0 if outcomes.count("verified") == len(outcomes) else 1


def _print_decisions(chosen):
    try:
        from tqdm import tqdm

        from .checking.exact import DIFFERS, decide
    except ModuleNotFoundError as error:
        return _missing(error)
    chosen = [entry for entry in chosen if entry.kind == "derivation"]
    decisions = [decide(entry) for entry in tqdm(chosen, unit="entry", disable=len(chosen) < 2 or None)]
    for found in decisions:
        print(found)
    equalities, decided = (sum(getattr(found, name) for found in decisions) for name in ("equalities", "decided"))
    differ = sum(found.outcome == DIFFERS for found in decisions)
    bound = sum(found.error_bound for found in decisions)
    print(f"{decided} of {equalities} equalities hold exactly, {equalities - decided - differ} need more than rational arithmetic, "
          f"{differ} do not hold; the probability that any is wrong is below {bound:.0e}")
    return 1 if differ else 0


def _missing(error):
    print(f"checking needs {error.name}: pip install 'likelihood-to-cross-entropy[check]'", file=sys.stderr)
    return 2


def _counted(number, thing):
    return f"{number} {thing}" + "s" * (number != 1)


def _print_json(chosen):
    try:
        checks = {found.id: found for found in _checked(chosen)}
    except ModuleNotFoundError as error:
        return _missing(error)
    print(json.dumps([record(entry, checks.get(entry.id)) for entry in chosen], ensure_ascii=False, indent=1))
    return 0


def run(arguments=None):
    """Run the command line as a program. A closed pipe is no error: its reader, such as head, has seen enough."""
    try:
        sys.exit(main(arguments))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
