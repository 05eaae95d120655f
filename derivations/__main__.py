"""The command line: list the catalogue, print derivations, search, check, export. See ``python -m derivations --help``.

SymPy takes a second to import, so nothing here imports it before the arguments are understood.
"""

import argparse
import contextlib
import json
import os
import sys
from itertools import groupby
from pathlib import Path

NAME = "likelihood-to-cross-entropy"
EXAMPLES = """examples:
  %(prog)s                               every result, one a line, chapter by chapter
  %(prog)s --chapters                    the chapters, with what each is about
  %(prog)s --search hessian softmax      the results that speak of both
  %(prog)s softmax.gradient              one derivation, step by step
  %(prog)s softmax.gradient sigmoid      several, or whole chapters
  %(prog)s softmax.jacobian --used-by    what builds on a result, and in which steps
  %(prog)s softmax --check               check every step of a chapter

In a terminal, lines are wrapped to its width and coloured (not if NO_COLOR is set).
In a pipe or a file they are neither: each record is one line, for grep.
The exit code is 0 if all is well, 1 if a check fails or nothing is found, 2 if the call is wrong."""


def main(arguments=None):
    """Run the command line; returns the exit code, as `--help` tells."""
    options = _options(arguments)
    if options.version:
        print(f"derivations {_version()}")
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
        "uses": _print_uses, "used_by": _print_uses,
    }  # fmt: skip
    usual = _print_chains if options.id and not options.search else _print_list
    form = next((function for name, function in forms.items() if getattr(options, name)), usual)
    return form(chosen, terminal, options)


class _Parser(argparse.ArgumentParser):
    def print_help(self, file=None):
        """As argparse does it, but a full disk is not passed over in silence."""
        print(self.format_help(), end="", file=file)


def _options(arguments):
    called = "derivations" if Path(sys.argv[0]).stem == "derivations" else "python -m derivations"
    about = "How the likelihood becomes the cross-entropy loss, step by step."
    parser = _Parser(called, None, about, EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("id", nargs="*", help="entries (softmax.gradient) and chapters (softmax); without any, the whole catalogue")
    add("--search", nargs="+", metavar="WORD", help="only what has all these words in its id, title or meaning")
    add("--ascii", action="store_true", help="write sum_{k=1}^K y_k instead of Unicode")
    add("--no-check", action="store_true", help="with --json: leave the record of the check out")
    add("--verbose", action="store_true", help="with --check: the sizes, points and the seed of every entry")
    add("--version", action="store_true", help="print the version")
    form = parser.add_mutually_exclusive_group()
    for name, help in {
        "chapters": "list the chapters",
        "uses": "list what the given entries use, and in which steps",
        "used-by": "list what uses the given entries, and in which steps",
        "check": "check every step at sampled points (needs python-flint)",
        "exact": "decide every equality exactly, for small sizes (needs python-flint)",
        "latex": "print LaTeX",
        "json": "print JSON, with the record of the check (needs python-flint)",
    }.items():  # fmt: skip
        form.add_argument(f"--{name}", action="store_true", help=help)
    options = parser.parse_intermixed_args(arguments)
    if options.no_check and not options.json:
        parser.error("--no-check goes with --json")
    if options.verbose and not options.check:
        parser.error("--verbose goes with --check")
    if (options.uses or options.used_by) and not (options.id or options.search):
        parser.error("--uses and --used-by need an id")
    return options


def _version():
    from importlib import metadata

    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version(NAME)
    return "(not installed)"


def _say(text):
    """One line for the person, and not for the pipe."""
    with contextlib.suppress(OSError):
        print(" ".join(str(text).split()), file=sys.stderr)


def _chosen(options):
    """The entries to show; or, where an id is unknown or nothing is found, the exit code."""
    from .catalogue import CHAPTERS, RENAMED, catalogue, find, nearest, published

    chosen, unknown = {}, []
    for id in options.id:
        if id in RENAMED:
            _say(f"note: {id} is now called {RENAMED[id]}")
        try:
            found = list(published(id)) if id in CHAPTERS else [find(id)]
        except KeyError:
            unknown.append(id)
        else:
            chosen |= {entry.id: entry for entry in found}
    for id in unknown:
        close = ", ".join(nearest(id, [*catalogue(), *CHAPTERS])) or "none; `python -m derivations` lists them all"
        _say(f"error: unknown id {id!r}; nearest: {close}")
    if unknown:
        return 2
    chosen = list((chosen if options.id else catalogue()).values())
    if options.search:
        chosen = [entry for entry in chosen if _matches(entry, options.search)]
        if not chosen:
            _say(f"nothing has all of these in its id, title or meaning: {' '.join(options.search)}")
            return 1
    return chosen


def _matches(entry, words):
    text = " ".join([entry.id, entry.title, getattr(entry, "meaning", ""), getattr(entry, "says", "")]).casefold()
    return all(part in text for word in words for part in word.casefold().split())


def _print_chapters(terminal):
    """Each with the first line of its docstring."""
    from .catalogue import CHAPTERS, chapter

    column = max(map(len, CHAPTERS)) + 3
    for name in CHAPTERS:
        first, *rest = terminal.prose(chapter(name).__doc__.partition("\n")[0], f"{name:{column - 1}} ", column)
        print(terminal.colour(name, "bold") + first.removeprefix(name), *rest, sep="\n")
    return 0


def _print_list(chosen, terminal, options):
    """One entry a line, under a line for its chapter."""
    from .catalogue import chapter
    from .writing.typeset import plain, statement

    column = max(len(entry.id) for entry in chosen) + 2
    for number, (name, entries) in enumerate(groupby(chosen, lambda entry: entry.id.partition(".")[0])):
        if not options.search:
            about = chapter(name).__doc__.partition("\n")[0]
            head = [terminal.colour(line, "dim") for line in terminal.prose(about, "# ", 2)]
            print(*[""] * bool(number and terminal.width), *head, sep="\n")
        for entry in entries:
            print("\n".join(terminal.record(entry.id, statement(entry, plain), column)))
    return 0


def _print_chains(chosen, terminal, options):
    from .sources import source

    for entry in chosen:
        work = source(entry.source) if entry.kind == "theorem" else None
        print("\n".join(terminal.chain(entry, work and f"{work.authors} ({work.year}), {work.title}")))
    return 0


def _print_latex(chosen, terminal, options):
    from .writing.typeset import latex_chain

    for entry in chosen:
        print(terminal.text(f"% {entry.id}\n{latex_chain(entry)}"))
    return 0


def _print_uses(chosen, terminal, options):
    """What the chosen entries use, or what uses them: one a line, with the numbers of the steps and the title."""
    from .catalogue import catalogue, uses
    from .writing.terminal import places

    entries = catalogue()
    table = {id: uses(entry) for id, entry in entries.items()} if options.used_by else {}
    for entry in chosen:
        found = {id: used[entry.id] for id, used in table.items() if entry.id in used} if table else uses(entry)
        if len(chosen) > 1 or not found:
            verb = "is used by" if options.used_by else "uses"
            print(f"# {terminal.colour(entry.id, 'bold')} {verb}{'' if found else ' nothing'}")
        for id, numbers in found.items():
            print("\n".join(terminal.use(id, places(numbers), entries[id].title, max(map(len, found)))))
    return 0


def _checked(chosen):
    """Check the chosen derivations one by one; a progress bar where there are many and somebody looks on."""
    chosen = [entry for entry in chosen if entry.kind in ("derivation", "counterexample")]
    if not chosen:
        return []
    from tqdm import tqdm

    from .checking import check, counterexamples

    checks = {"derivation": check.check, "counterexample": counterexamples.confirm}
    bar = tqdm(chosen, unit="entry", leave=False, disable=len(chosen) < 2 or None)
    return [checks[entry.kind](entry) for entry in bar]


def _code(checks):
    return 0 if all(found.outcome == "verified" for found in checks) else 1


def _print_checks(chosen, terminal, options):
    from .writing.terminal import totals

    try:
        from .checking.check import SEED, SHAPES

        checks = _checked(chosen)
    except ModuleNotFoundError as error:
        return _missing(error)
    if not checks:
        print("definitions and citations only: there is no step to check")
        return 0
    width = max(len(found.id) for found in checks)
    for found in checks:
        print("\n".join(terminal.verbose(found) if options.verbose else terminal.check(found, width)))
    shapes = ", ".join(f"({', '.join(map(str, shape))})" for shape in SHAPES)
    print(*terminal.prose(f"sizes (n, K, d, M), where the hypotheses allow: {shapes}; seed {SEED}", hang=2), sep="\n")
    print(totals(checks))
    return _code(checks)


def _print_decisions(chosen, terminal, options):
    from .writing.terminal import decisions_of

    try:
        from tqdm import tqdm

        from .checking.exact import DIFFERS, decide
    except ModuleNotFoundError as error:
        return _missing(error)
    chosen = [entry for entry in chosen if entry.kind == "derivation"]
    decisions = [decide(entry) for entry in tqdm(chosen, unit="entry", leave=False, disable=len(chosen) < 2 or None)]
    for found in decisions:
        print(terminal.text(str(found)))
    differ = sum(found.outcome == DIFFERS for found in decisions)
    print(decisions_of(decisions, differ))
    return 1 if differ else 0


def _missing(error):
    _say(f"error: this needs {error.name}: pip install '{NAME}[check]'; or --json with --no-check")
    return 2


def _print_json(chosen, terminal, options):
    from .writing.export import record

    try:
        checks = {} if options.no_check else {found.id: found for found in _checked(chosen)}
    except ModuleNotFoundError as error:
        return _missing(error)
    print(json.dumps([record(entry, checks.get(entry.id)) for entry in chosen], ensure_ascii=terminal.ascii, indent=1))
    return _code(checks.values())


def run(arguments=None):
    """Run the command line as a program: what goes wrong is a line and an exit code, and no traceback."""
    try:
        try:
            code = main(arguments)
        except SystemExit as end:  # of --help, and of a wrong call
            code = end.code
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is noticed here
    except BrokenPipeError:  # its reader, such as head, has seen enough
        code = _give_up(0)
    except KeyboardInterrupt:
        _say("interrupted")
        code = _give_up(130)
    except OSError as error:
        _say(f"error: {error.strerror or error}")
        code = _give_up(1)
    except ValueError as error:  # a rule that does not apply, a definition that says too little
        _say(f"error: {error}")
        code = 1
    sys.exit(code)


def _give_up(code):
    """Nothing more is written, not even what waits to be."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    run()
