"""What the command line prints of chosen entries, a function for each form. Each returns the exit code.

SymPy takes a second to import, so nothing here imports it before it is called.
"""

import contextlib
import json
import sys
from functools import partial



def say(text):
    """One line for the person, and not for the pipe."""
    with contextlib.suppress(OSError):
        print(" ".join(str(text).split()), file=sys.stderr)


def published_or_why(name):
    """The entries of a chapter; or, where it cannot be read, one that says so."""
    from .catalogue import published
    from .writing.listing import NotDerived, attempt

    found = attempt(name, lambda: list(published(name)))
    return [found] if isinstance(found, NotDerived) else found


def every_entry():
    from .catalogue import CHAPTERS

    return [entry for name in CHAPTERS for entry in published_or_why(name)]


def _readable(chosen):
    """Those of the chosen entries that can be derived, and the exit code; a line for the person on the others."""
    from .writing.listing import parted

    kept, missing = parted(chosen)
    for entry in missing:
        say(f"error: {entry.failure}")
    return kept, int(bool(missing))


def print_chains(chosen, terminal, options):
    from .sources import source

    chosen, code = _readable(chosen)
    for entry in chosen:
        work = source(entry.source) if entry.kind == "theorem" else None
        print("\n".join(terminal.chain(entry, work and f"{work.authors} ({work.year}), {work.title}")))
    return code


def print_latex(chosen, terminal, options):
    from .reference.copies import headline
    from .writing.typeset import latex_chain

    chosen, code = _readable(chosen)
    for entry in chosen:
        print(terminal.text(f"{headline(entry)}\n{latex_chain(entry)}"))
    return code


def print_coq(chosen, terminal, options):
    from .proving.shown import coq_text

    chosen, code = _readable(chosen)
    print(terminal.text("\n\n".join(map(coq_text, chosen))))
    return code


def print_code(chosen, terminal, options):
    from .coding.module import code_of
    from .coding.places import NoCode
    from .writing.terminal import in_utf8

    chosen, code = _readable(chosen)
    in_utf8(sys.stdout)
    for entry in chosen:
        try:
            print(code_of(entry, options.code))
        except NoCode as error:
            say(f"error: {error}")
            code = 1
    return code


def print_citations(chosen, terminal, options):
    """Entries of a bibliography for what was chosen; for the whole work, where nothing was."""
    from .reference.citing import biblatex, bibtex, csl_text

    chosen, code = _readable(chosen) if options.id or options.search else ([None], 0)
    if options.cite == "csl":
        print(csl_text(chosen, terminal.ascii), end="")
    else:
        write = {"bibtex": bibtex, "biblatex": biblatex}[options.cite]
        print("\n\n".join(map(write, chosen)))
    return code


def say_if_withdrawn(id):
    """Of an id that is withdrawn, since when, for who meant to cite it."""
    from .catalogue import WITHDRAWN

    if id in WITHDRAWN:
        from .reference.withdrawn import when_withdrawn

        say(f"note: {id} is not to be cited as a result. {when_withdrawn(id)}")


def print_uses(chosen, terminal, options):
    """What the chosen entries use, or what uses them: one a line, with the numbers of the steps and the title."""
    from .catalogue import uses
    from .writing.listing import use_lines
    from .writing.terminal import places

    chosen, code = _readable(chosen)
    every = every_entry()
    titles = {entry.id: entry.title for entry in every}
    if options.used_by:
        every, code = _readable(every)
    table = {entry.id: uses(entry) for entry in (every if options.used_by else chosen)}
    tables = {}
    for entry in chosen:
        used = {id: by[entry.id] for id, by in table.items() if entry.id in by} if options.used_by else table[entry.id]
        tables[entry.id] = [(id, places(numbers), titles.get(id, "")) for id, numbers in used.items()]
    print(*use_lines(terminal, tables, "is used by" if options.used_by else "uses"), sep="\n")
    return code


def _each(chosen, functions):
    """What the function of its kind finds of each entry, one by one; a progress bar where there are many."""
    from tqdm import tqdm

    from .writing.listing import derived

    for entry in tqdm(chosen, unit="entry", leave=False, disable=len(chosen) < 2 or None):
        entry = derived(entry)
        yield functions[entry.kind](entry) if entry.kind in functions else entry


def _print_each(results, row):
    """Print each row as soon as it is found, above the progress bar; returns all that was found."""
    from tqdm import tqdm

    kept = []
    for found in results:
        tqdm.write("\n".join(row(found)), file=sys.stdout)
        sys.stdout.flush()
        kept.append(found)
    return kept


def _checked(chosen):
    """The checks of the chosen derivations and counterexamples, one by one."""
    from .checking import check, counterexamples

    return _each(chosen, {"derivation": check.check, "counterexample": counterexamples.confirm})


def _of(chosen, *kinds):
    return [entry for entry in chosen if entry.kind in (*kinds, "not derived")]


def _code(checks):
    return int(any(found.outcome != "verified" for found in checks))


def print_checks(chosen, terminal, options):
    from .writing.terminal import totals

    chosen = _of(chosen, "derivation", "counterexample")
    if not chosen:
        print("definitions and citations only: there is no step to check")
        return 0
    narrow = partial(terminal.check, width=max(len(entry.id) for entry in chosen))
    try:
        from .checking.check import SEED, SHAPES

        checks = _print_each(_checked(chosen), terminal.verbose if options.verbose else narrow)
    except ModuleNotFoundError as error:
        return missing_package(error)
    shapes = ", ".join(f"({', '.join(map(str, shape))})" for shape in SHAPES)
    print(*terminal.prose(f"sizes (n, K, d, M), where the hypotheses allow: {shapes}; seed {SEED}", hang=2), sep="\n")
    print(*terminal.prose(totals(checks), hang=2), sep="\n")
    return _code(checks)


def print_decisions(chosen, terminal, options):
    from .writing.terminal import decisions_of

    try:
        from .checking.exact import DIFFERS, decide

        decisions = _print_each(_each(_of(chosen, "derivation"), {"derivation": decide}), terminal.verbose)
    except ModuleNotFoundError as error:
        return missing_package(error)
    differ, missing = (sum(found.outcome == outcome for found in decisions) for outcome in (DIFFERS, "not derived"))
    print(*terminal.prose(decisions_of(decisions, differ), hang=2), sep="\n")
    return 1 if differ or missing else 0


def missing_package(error, otherwise="; or --json with --no-check"):
    """Says which package is missing, and how to install it."""
    say(f"error: this needs {error.name}: in the folder of the project, pip install '.[check]'{otherwise}")
    return 2


def print_json(chosen, terminal, options):
    from .proving.shown import proof_record
    from .writing.export import record

    chosen, code = _readable(chosen)
    try:
        checked = [] if options.no_check else _checked(_of(chosen, "derivation", "counterexample"))
        checks = {found.id: found for found in checked}
    except ModuleNotFoundError as error:
        return missing_package(error)
    records = [record(entry, checks.get(entry.id)) | proof_record(entry) for entry in chosen]
    print(json.dumps(records, ensure_ascii=terminal.ascii, indent=1))
    return code or _code(checks.values())
