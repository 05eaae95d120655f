"""The command line: list the catalogue, print derivations, search, check, export. See ``python -m derivations --help``.

SymPy takes a second to import, so nothing here imports it before the arguments are understood.
"""

import contextlib
import json
import sys
from functools import partial

from .program import exit_code
from .writing.options import ANY_LOSS, NAME, loss_options, options_of, version


def main(arguments=None):
    """Run the command line; returns the exit code, as `--help` tells."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    if arguments[:1] and arguments[0] in ANY_LOSS:
        return _any_loss(*arguments)
    options = options_of(arguments)
    if options.version:
        print(f"derivations {version()}")
        return 0
    from .writing.terminal import Terminal

    terminal = Terminal.of(sys.stdout, options.ascii)
    if options.chapters:
        return _print_chapters(terminal)
    chosen = _chosen(options)
    if not isinstance(chosen, list):
        return chosen
    forms = {
        "json": _print_json, "check": _print_checks, "exact": _print_decisions, "latex": _print_latex,
        "coq": _print_coq, "uses": _print_uses, "used_by": _print_uses, "code": _print_code,
    }  # fmt: skip
    usual = _print_chains if options.id and not options.search else _print_list
    form = next((function for name, function in forms.items() if getattr(options, name)), usual)
    return form(chosen, terminal, options)


def _any_loss(command, *arguments):
    """The gradient or the Hessian of a loss that was typed."""
    options = loss_options(command, arguments)
    try:
        from .any_loss.command import answer
    except ModuleNotFoundError as error:
        return _missing(error, otherwise="")
    return answer(command, options, sys.stdout, sys.stderr)


def _say(text):
    """One line for the person, and not for the pipe."""
    with contextlib.suppress(OSError):
        print(" ".join(str(text).split()), file=sys.stderr)


def _chosen(options):
    """The entries to show; or, where an id is unknown or nothing is found, the exit code."""
    from .catalogue import CHAPTERS, RENAMED, find, unknown
    from .writing.listing import attempt, matching

    chosen, not_found = {}, []
    for id in options.id or CHAPTERS:
        if id in RENAMED:
            _say(f"note: {id} is now called {RENAMED[id]}")
        try:
            found = _published(id) if id in CHAPTERS else [attempt(id, lambda id=id: find(id))]
        except KeyError:
            not_found.append(id)
            continue
        chosen |= {entry.id: entry for entry in found}
    for id in not_found:
        _say(f"error: {unknown(id, [entry.id for entry in _everything()])}")
    if not_found:
        return 2
    chosen = list(chosen.values())
    if options.search:
        chosen = matching(chosen, options.search)
        if not chosen:
            _say(f"nothing has all of these in its id, title or meaning: {' '.join(options.search)}")
            return 1
    return chosen


def _published(name):
    """The entries of a chapter; or, where it cannot be read, one that says so."""
    from .catalogue import published
    from .writing.listing import NotDerived, attempt

    found = attempt(name, lambda: list(published(name)))
    return [found] if isinstance(found, NotDerived) else found


def _everything():
    from .catalogue import CHAPTERS

    return [entry for name in CHAPTERS for entry in _published(name)]


def _print_chapters(terminal):
    """Each with the first line of its docstring."""
    from .catalogue import CHAPTERS
    from .writing.listing import chapter_lines, listed

    code = 0
    for name in CHAPTERS:
        first = next(iter(_published(name)), None)
        unread = first is not None and first.id == name
        about = listed(first) if unread else _about(name)
        print(*chapter_lines(terminal, name, about, max(map(len, CHAPTERS)) + 3), sep="\n")
        code = max(code, int(unread))
    return code


def _about(name):
    from .catalogue import chapter

    return chapter(name).__doc__.partition("\n")[0]


def _print_list(chosen, terminal, options):
    from .writing.listing import list_lines, parted

    for line in list_lines(terminal, chosen, None if options.search else _about):
        print(line)
    return int(any(parted(chosen)[1]))


def _readable(chosen):
    """Those of the chosen entries that can be derived, and the exit code; a line for the person on the others."""
    from .writing.listing import parted

    kept, missing = parted(chosen)
    for entry in missing:
        _say(f"error: {entry.failure}")
    return kept, int(bool(missing))


def _print_chains(chosen, terminal, options):
    from .sources import source

    chosen, code = _readable(chosen)
    for entry in chosen:
        work = source(entry.source) if entry.kind == "theorem" else None
        print("\n".join(terminal.chain(entry, work and f"{work.authors} ({work.year}), {work.title}")))
    return code


def _print_latex(chosen, terminal, options):
    from .writing.typeset import latex_chain

    chosen, code = _readable(chosen)
    for entry in chosen:
        print(terminal.text(f"% {entry.id}\n{latex_chain(entry)}"))
    return code


def _print_coq(chosen, terminal, options):
    from .proving.shown import coq_text

    chosen, code = _readable(chosen)
    print(terminal.text("\n\n".join(map(coq_text, chosen))))
    return code


def _print_code(chosen, terminal, options):
    from .coding.module import code_of
    from .coding.places import NoCode

    chosen, code = _readable(chosen)
    for entry in chosen:
        try:
            print(code_of(entry, options.code))
        except NoCode as error:
            _say(f"error: {error}")
            code = 1
    return code


def _print_uses(chosen, terminal, options):
    """What the chosen entries use, or what uses them: one a line, with the numbers of the steps and the title."""
    from .catalogue import uses
    from .writing.listing import use_lines
    from .writing.terminal import places

    chosen, code = _readable(chosen)
    every = _everything()
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


def _print_checks(chosen, terminal, options):
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
        return _missing(error)
    shapes = ", ".join(f"({', '.join(map(str, shape))})" for shape in SHAPES)
    print(*terminal.prose(f"sizes (n, K, d, M), where the hypotheses allow: {shapes}; seed {SEED}", hang=2), sep="\n")
    print(*terminal.prose(totals(checks), hang=2), sep="\n")
    return _code(checks)


def _print_decisions(chosen, terminal, options):
    from .writing.terminal import decisions_of

    try:
        from .checking.exact import DIFFERS, decide
    except ModuleNotFoundError as error:
        return _missing(error)
    decisions = _print_each(_each(_of(chosen, "derivation"), {"derivation": decide}), terminal.verbose)
    differ, missing = (sum(found.outcome == outcome for found in decisions) for outcome in (DIFFERS, "not derived"))
    print(*terminal.prose(decisions_of(decisions, differ), hang=2), sep="\n")
    return 1 if differ or missing else 0


def _missing(error, otherwise="; or --json with --no-check"):
    _say(f"error: this needs {error.name}: pip install '{NAME}[check]'{otherwise}")
    return 2


def _print_json(chosen, terminal, options):
    from .proving.shown import proof_record
    from .writing.export import record

    chosen, code = _readable(chosen)
    try:
        checked = [] if options.no_check else _checked(_of(chosen, "derivation", "counterexample"))
        checks = {found.id: found for found in checked}
    except ModuleNotFoundError as error:
        return _missing(error)
    records = [record(entry, checks.get(entry.id)) | proof_record(entry) for entry in chosen]
    print(json.dumps(records, ensure_ascii=terminal.ascii, indent=1))
    return code or _code(checks.values())


def run(arguments=None):
    """Run the command line as a program: what goes wrong is a line and an exit code, and no traceback."""
    sys.exit(exit_code(lambda: main(arguments), _say))


if __name__ == "__main__":
    run()
