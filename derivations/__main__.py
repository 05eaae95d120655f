"""The command line: list the catalogue, print derivations, search, check, export. See ``python -m derivations --help``.

SymPy takes a second to import, so nothing here imports it before the arguments are understood.
"""

import sys

from .answers import (
    every_entry,
    missing_package,
    print_chains,
    print_checks,
    print_citations,
    print_code,
    print_coq,
    print_decisions,
    print_json,
    print_latex,
    print_uses,
    published_or_why,
    say,
    say_if_withdrawn,
)
from .program import exit_code
from .writing.options import ANY_LOSS, loss_options, options_of, version


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
        "json": print_json, "check": print_checks, "exact": print_decisions, "latex": print_latex,
        "coq": print_coq, "uses": print_uses, "used_by": print_uses, "code": print_code, "cite": print_citations,
    }  # fmt: skip
    usual = print_chains if options.id and not options.search else _print_list
    form = next((function for name, function in forms.items() if getattr(options, name)), usual)
    return form(chosen, terminal, options)


def _any_loss(command, *arguments):
    """The gradient or the Hessian of a loss that was typed."""
    options = loss_options(command, arguments)
    try:
        from .any_loss.command import answer
    except ModuleNotFoundError as error:
        return missing_package(error, otherwise="")
    return answer(command, options, sys.stdout, sys.stderr)


def _chosen(options):
    """The entries to show; or, where an id is unknown or nothing is found, the exit code."""
    from .any_loss.worked import WORKED, is_of_a_loss, said_of
    from .catalogue import CHAPTERS, RENAMED, find, led_here, unknown
    from .search_words import WORDS
    from .writing.listing import attempt, having_most, matching, nearly_spelt

    chosen, not_found = {}, []
    for id in options.id or CHAPTERS:
        if id in RENAMED:
            say(f"note: {id} is now called {RENAMED[id]}")
        if options.cite and not options.search and id in WORKED:
            chosen[id] = WORKED[id]
            continue
        try:
            found = published_or_why(id) if id in CHAPTERS else [attempt(id, lambda id=id: find(id))]
        except KeyError:
            not_found.append(id)
            continue
        chosen |= {entry.id: entry for entry in found}
    for id in not_found:
        say(f"error: {said_of(id) if is_of_a_loss(id) else unknown(id, [entry.id for entry in every_entry()])}")
        say_if_withdrawn(id)
    if not_found:
        return 2
    chosen = list(chosen.values())
    if options.search:
        called = {entry.id: (*WORDS.get(entry.id, ()), *led_here(entry.id)) for entry in chosen}
        found = matching(chosen, options.search, called)
        if found:
            return found
        chosen = having_most(chosen, options.search, called)
        what = f"nothing has all of these in its id, title, meaning or other words: {' '.join(options.search)}"
        near = None if chosen else nearly_spelt(every_entry(), options.search, called)
        say(f"{what}; what has most of them:" if chosen else f"{what}; nearest: {near}" if near else what)
    return chosen or 1


def _print_chapters(terminal):
    """Each with the first line of its docstring."""
    from .catalogue import CHAPTERS
    from .writing.listing import chapter_lines, listed

    code = 0
    for name in CHAPTERS:
        first = next(iter(published_or_why(name)), None)
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


def run(arguments=None):
    """Run the command line as a program: what goes wrong is a line and an exit code, and no traceback."""
    sys.exit(exit_code(lambda: main(arguments), say))


if __name__ == "__main__":
    run()
