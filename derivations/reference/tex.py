"""All results for LaTeX: a file with a command for each, and a document that uses them all.

In the preamble ``results.tex`` is read by the command input; then the command GradientOfSoftmax writes what
softmax.gradient states, within mathematics or a sentence.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from ..catalogue import Entry
from ..engine.entries import Counterexample
from ..writing.documents import command, environment
from ..writing.typeset import prose
from .copies import statement_in_latex

ID = re.compile(r"([a-z]+(?:_[a-z]+)*)\.([a-z]+(?:_[a-z]+)*)")
NUMBERED = re.compile(r"(?<=[\w.])[._](?=\w)")  # where an id may break
UNDERSCORE = r"\char95"
OF = "of"  # between the name of a result and that of its chapter: no chapter has this word in its name
FILE_OF_RESULTS, FILE_OF_DOCUMENT = "results.tex", "document.tex"


def command_name(id: str) -> str:
    """The command that writes a result: softmax.gradient has GradientOfSoftmax. No two ids have the same.

    ValueError for an id that has other signs than small letters, a full stop and underscores: a command has letters
    only.
    """
    found = ID.fullmatch(id)
    if not found or OF in found[1].split("_"):
        raise ValueError(f"expected an id such as softmax.gradient, of letters alone; found {id!r}")
    chapter, name = found.groups()
    return "".join(word.capitalize() for word in (*name.split("_"), OF, *chapter.split("_")))


def breaking_id(id: str) -> str:
    """An id in letters of a typewriter, that may break after a dot or an underscore. Its underscores are letters of
    their own there: what TeX has for them elsewhere is a rule, and copied from a PDF it is nothing.
    """
    return NUMBERED.sub(lambda sign: rf"{UNDERSCORE if sign[0] == '_' else sign[0]}\allowbreak{{}}", id)


def results_tex(entries: Iterable[Entry], version: str) -> str:
    """The file of commands, one for each entry. What is false is no result: a counterexample has none. `version` says
    what it was made from.
    """
    head = [
        f"% From likelihood to cross-entropy, {version}. Text: CC BY 4.0.",
        f"% Read this file in the preamble: {command('input', FILE_OF_RESULTS.partition('.')[0])}",
        command("RequirePackage", "amsmath,amssymb"),
    ]
    return "\n".join([*head, *map(_definition, _results(entries))]) + "\n"


def document_tex(entries: Iterable[Entry]) -> str:
    """A document that shows every result by its command, chapter by chapter."""
    parts = [command("input", FILE_OF_RESULTS.partition(".")[0]), command("sloppy")]  # long titles stay in the margins
    shown = [_chapter(name, list(own)) for name, own in groupby(_results(entries), lambda one: one.id.split(".")[0])]
    return "\n".join([command("documentclass", "article"), *parts, environment("document", "\n".join(shown))]) + "\n"


def _results(entries):
    return [entry for entry in entries if not isinstance(entry, Counterexample)]


def _definition(entry):
    formula = statement_in_latex(entry)
    written = command("ensuremath", formula) if formula else prose(" ".join(entry.says.split()))
    return f"% {entry.id}: {entry.title}\n{command('newcommand', command(command_name(entry.id)), written)}"


def _chapter(name, entries):
    heading = command("section*", prose(name.replace("_", " ").capitalize()))
    return "\n".join([heading, *map(_shown, entries)])


def _shown(entry):
    """The title with the id, and the statement as a paragraph of its own."""
    code = command("texttt", breaking_id(entry.id))
    titled = command("paragraph", f"{prose(entry.title)} ({code})")
    return f"{titled}\n{environment('center', command(command_name(entry.id)))}"
