"""A Python-Markdown extension: placeholders that name an id become derived formulas, set as MathML.

On a line of its own: ``{{ chain bernoulli.score }}`` (the card of an entry, with its anchor; ``key`` instead of
``chain`` for the few results that a chapter is about, ``lemma`` for what only other derivations need). Lines below it
that begin with a colon are paragraphs of the card: why it is so, or an example with numbers.
``{{ result bernoulli.score }}`` is the bare statement, displayed. In a sentence: ``{{ inline bernoulli.score }}`` (the
result), ``{{ name bernoulli.score }}`` (what it is the result of), ``{{ symbol p[i] }}`` (a symbol of the notation) and
``{{ value bernoulli.mass y=1 p=.3 }}`` (a result as a number), ``{{ moved ID }}`` (the anchor of a former id, with
a link to where it went), ``{{ constant digits }}`` (a number of the program, one of the OF_THE_PROGRAM).
``{{ table NAME }}`` is one of the TABLES, ``{{ figure NAME }}`` one of the FIGURES, ``{{ loss NAME }}`` one of the
LOSSES, ``{{ refused NAME }}`` what is said to one of those that are REFUSED, ``{{ typed NAME }}`` one of the lines of a
terminal that are TYPED, ``{{ functions NAME }}`` the functions of one of the libraries that are COMPARED.
Anything else between double braces stops the build, but in code and in comments.
"""

import re
from functools import partial

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from sympy import Indexed, IndexedBase, Symbol

from .. import notation
from ..catalogue import RENAMED, catalogue, has_result, nearest
from ..writing.capitals import in_capital
from ..writing.typeset import latex
from .api import public_names
from .blocks import block, result
from .constants import OF_THE_PROGRAM, constant
from .entries_kept import formula_key
from .errata import errata_list
from .figures import FIGURES
from .figures.page import figure_block
from .formal import (
    axioms_of_coq, cited_theorems_in_coq, counterexamples_in_coq, files_to_download, in_both, library_in_coq,
    not_proved, numbers_in_coq, premises_met, proved_in_short, theorems_in_coq, theorems_of_variants_in_coq,
)  # fmt: skip
from .graph_page import graph_in_numbers, graph_list, graph_of_chapters
from .how_exact.page import CODE_TABLES
from .kept import KeptValues
from .losses import LOSSES, REFUSED, TYPED, loss_card, refused_block
from .pieces import breakable, href, mathml
from .results_index import results_index
from .rule_pages import rule_list, uses_in_proofs
from .tables import notation_table, quantity_table, report_list, source_list
from .typed import functions_list, letters_table
from .values import text_of
from .verification import verification_in_short, verification_tables
from .which.libraries import COMPARED
from .which.page import function_cards, functions_by_result, left_out, versions_run

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
CODE_OR_COMMENT = re.compile(
    r"""
    ^[ \t]*(?P<fence>`{3,}(?!.*`)|~{3,}(?!~)).*\n(?:.*\n)*?[ \t]*(?P=fence)[ \t]*$  # a fence, to the next like it
    | <!--[\s\S]*?-->
    | (?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`)  # a span of code, in its paragraph
    """,
    re.MULTILINE | re.VERBOSE,
)
# A calculation in a sentence: no line ends within a bracket or a fraction.
TERM_SHOWN = r"(?:\{\{[^{}]*\}\}|\d[\d.]*)"
IN_BRACKETS = re.compile(rf"(\({TERM_SHOWN})\s([−+·])\s({TERM_SHOWN}\))")
FRACTION = re.compile(rf"({TERM_SHOWN})\s/\s(?={TERM_SHOWN})")
# A formula in a sentence: no line begins with the comma after it.
WITH_SIGNS = re.compile(r"(?P<before>\(?)\{\{\s*(?:symbol|name|inline)\s.*?\}\}(?P<after>[,.;:?!)]*)")
HIDDEN = {"{{": "\ue000", "}}": "\ue001"}  # braces that are shown as they are
CARDS = ("chain", "key", "lemma")
NAMED = ("table", "figure", "loss", "refused", "typed", "functions")  # by a name of their own
BLOCKS = (*CARDS, "result", *NAMED)
KINDS = (*BLOCKS, "inline", "name", "symbol", "value", "moved", "constant")
OF_ONE_ENTRY = ("inline", "name", "value")  # and of nothing else
WITHOUT_ID = ("symbol", "value", "moved", "constant", *NAMED)
TABLES = {
    "notation": notation_table, "quantities": quantity_table, "sources": source_list, "reports": report_list,
    "rules": rule_list, "uses_in_proofs": uses_in_proofs,
    "verification": verification_tables, "verified": verification_in_short,
    "errata": errata_list, "results": results_index, "functions": functions_list, "letters": letters_table,
    "proved": proved_in_short, "theorems_in_coq": theorems_in_coq,
    "theorems_of_variants_in_coq": theorems_of_variants_in_coq, "not_proved": not_proved,
    "library_in_coq": library_in_coq, "axioms_of_coq": axioms_of_coq, "in_both": in_both,
    "files_to_download": files_to_download, "counterexamples_in_coq": counterexamples_in_coq,
    "cited_theorems_in_coq": cited_theorems_in_coq,
    "numbers_in_coq": numbers_in_coq, "premises_met": premises_met,
    "functions_by_result": functions_by_result, "losses_left_out": left_out, "versions_run": versions_run,
    "public_names": public_names,
    "graph_in_numbers": graph_in_numbers, "graph_of_chapters": graph_of_chapters, "graph_list": graph_list,
    **CODE_TABLES,
}  # fmt: skip


class BadPlaceholder(ValueError):
    """A placeholder that names nothing, or is not well formed."""


def makeExtension(**options):  # noqa: N802 - the name Python-Markdown looks for
    return DerivationsExtension(**options)


class DerivationsExtension(Extension):
    """With `kept`, what an earlier build made is read; `card` gives what is said of an entry, and what is folded."""

    def __init__(self, kept=None, card=block):
        super().__init__()
        self.kept, self.card = kept or KeptValues(), card

    def extendMarkdown(self, md):  # noqa: N802
        md.registerExtensions(["attr_list", "md_in_html"], {})  # for the headings of chains
        shown = _Placeholders(md, self.kept, self.card)
        md.preprocessors.register(shown, "derivations", 27)  # after code fences are taken out


class _Placeholders(Preprocessor):
    def __init__(self, md, kept, card):
        super().__init__(md)
        self.kept, self.card = kept, card

    def run(self, lines):
        entries, written = catalogue(), []
        hidden = CODE_OR_COMMENT.sub(lambda found: _hidden(found[0]), "\n".join(lines)).split("\n")
        for number, line, paragraphs in with_paragraphs(hidden):
            try:
                written.append(_shown(self._line(line, paragraphs, entries)))
            except BadPlaceholder as error:
                raise BadPlaceholder(f"line {number}, {_shown(line).strip()!r}: {error}") from error
        return written

    def _line(self, line, paragraphs, entries):
        whole = PLACEHOLDER.fullmatch(line.strip())
        if whole and whole[1].split()[:1] in [[kind] for kind in BLOCKS]:
            kind, subject = _words(whole, entries)
            return self._card(kind, entries[subject], paragraphs) if kind in CARDS else self._block(kind, subject)
        line = FRACTION.sub("\\1\u00a0/\u00a0", IN_BRACKETS.sub("\\1\u00a0\\2\u00a0\\3", line))
        line = WITH_SIGNS.sub(_kept_whole, line)
        new = PLACEHOLDER.sub(lambda match: self._inline(*_words(match, entries), entries), line)
        if "{{" in new or "}}" in new:
            raise BadPlaceholder("a placeholder that does not close on its line")
        return new

    def _inline(self, kind, subject, entries):
        make, id = partial(_inline, kind, subject, entries), subject.split()[0]
        key = partial(formula_key, id) if kind in OF_ONE_ENTRY and id in entries else None
        return self.md.htmlStash.store(self.kept.value(f"{kind} {subject}", make, key))

    def _block(self, kind, subject):
        made = self.kept.value(f"{kind} {subject}", lambda: made_block(kind, subject))
        if kind == "functions":
            cards = [f"### `{title}` {{ #{id} }}\n\n{self.md.htmlStash.store(body)}" for title, id, body in made]
            return "\n" + "\n\n".join(cards) + "\n"
        if kind == "loss":
            heading, shown = f"### {made[0]} {{ #any_loss.{subject} }}", self.md.htmlStash.store(made[1])
            section = '<section class="chain derivation loss" markdown="block">'
            return f"\n{section}\n\n{heading}\n\n{shown}\n\n</section>\n"
        shown = made if kind == "table" else self.md.htmlStash.store(made)  # MkDocs looks for anchors in a table
        return f"\n{shown}\n"

    def _card(self, kind, entry, paragraphs):
        """The heading and the paragraphs stay Markdown: the one gets its anchor and is found, the others may link."""
        try:
            said, folded = self.card(entry)
        except ValueError as error:
            raise BadPlaceholder(str(error)) from error
        written = "\n\n".join(self._line(paragraph, (), catalogue()) for paragraph in paragraphs)
        why = f'<div class="why" markdown="block">\n\n{written}\n\n</div>\n\n' if written else ""
        title = in_capital(entry.title)
        classes = " ".join(dict.fromkeys(["chain", kind, *([entry.kind] if entry.kind != "derivation" else [])]))
        heading = f"{_former(entry)}### {title} {{ #{entry.id} }}"
        below = f"{self.md.htmlStash.store(folded)}\n\n" if folded else ""
        body = f"{heading}\n\n{self.md.htmlStash.store(said)}\n\n{why}{below}"
        return f'\n<section class="{classes}" markdown="block">\n\n{body}</section>\n'


def with_paragraphs(lines):
    """Number and text of each line, and with a card the paragraphs below it: each begins with a colon, and goes on in
    lines that begin with two spaces.
    """
    rows, card = [], None
    for number, line in enumerate(lines, start=1):
        if card is not None and line.startswith(": "):
            card.append(line.removeprefix(": "))
        elif card and line.startswith("  ") and line.strip():
            card[-1] += f"\n{line.strip()}"
        else:
            card = [] if re.fullmatch(rf"\{{\{{ ({'|'.join(CARDS)}) .*\}}\}}", line.strip()) else None
            rows.append((number, line, [] if card is None else card))
    return rows


def _former(entry):
    """The anchors that an entry had under the ids of its past: links to them go on working."""
    chapter = entry.id.partition(".")[0]
    former = [old for old, new in RENAMED.items() if new == entry.id and old.startswith(f"{chapter}.")]
    return "".join(f'<span id="{old}" class="former"></span>\n\n' for old in former)


def _kept_whole(match):
    """A formula with what stands beside it without a space: a browser may end a line between the two."""
    beside = match["before"] or match["after"]
    return f'<span class="whole">{match[0]}</span>' if beside else match[0]


def _hidden(text):
    for braces, sign in HIDDEN.items():
        text = text.replace(braces, sign)
    return text


def _shown(text):
    for braces, sign in HIDDEN.items():
        text = text.replace(sign, braces)
    return text


def _words(match, entries):
    """The kind and the subject of a placeholder."""
    words = match[1].split(maxsplit=1)
    if len(words) != 2 or words[0] not in KINDS:
        raise BadPlaceholder(
            f"{match[0]} is not a placeholder: it takes one of {', '.join(KINDS)}, and then an id or a symbol"
        )
    kind, subject = words[0], words[1].strip()
    known = {"table": TABLES, "figure": FIGURES, "loss": LOSSES, "refused": REFUSED, "typed": TYPED,
             "functions": COMPARED}.get(kind)  # fmt: skip
    if known is not None and subject not in known:
        raise BadPlaceholder(f"{match[0]} names an unknown {kind}; there are {', '.join(known)}")
    if kind == "moved" and subject not in RENAMED:
        raise BadPlaceholder(f"{match[0]}: {subject} is no id of the past; those are {', '.join(RENAMED)}")
    if kind == "constant" and subject not in OF_THE_PROGRAM:
        raise BadPlaceholder(f"{match[0]} names an unknown constant; there are {', '.join(OF_THE_PROGRAM)}")
    if kind not in WITHOUT_ID and subject not in entries:
        raise BadPlaceholder(
            f"{match[0]} names an unknown id; nearest: {', '.join(nearest(subject, entries)) or 'none'}"
        )
    return kind, subject


def made_block(kind: str, subject: str):
    """What a placeholder on a line of its own stands for: HTML, or of what gets anchors, the pieces of that."""
    makers = {
        "result": lambda id: result(catalogue()[id]), "table": lambda name: TABLES[name](),
        "figure": lambda name: figure_block(FIGURES[name]), "refused": refused_block,
        "typed": lambda name: TYPED[name](), "functions": lambda name: function_cards(COMPARED[name]),
        "loss": loss_card,
    }  # fmt: skip
    try:
        return makers[kind](subject)
    except ValueError as error:
        raise BadPlaceholder(str(error)) from error


def _inline(kind, subject, entries):
    if kind in BLOCKS:
        raise BadPlaceholder(f"{{{{ {kind} {subject} }}}} must stand on a line of its own")
    if kind == "symbol":
        return mathml(latex(_symbol(subject)))
    if kind == "value":
        return _value(subject, entries)
    if kind == "constant":
        return f'<span class="value">{constant(subject)}</span>'
    if kind == "moved":
        entry = entries[RENAMED[subject]]
        return f'<a id="{subject}" href="{href(entry)}">{breakable(entry.id)}</a>'
    entry = entries[subject]
    if not has_result(entry):
        raise BadPlaceholder(
            f"{{{{ {kind} {subject} }}}}: it is a {entry.kind} and has no {'result' if kind == 'inline' else 'name'}"
        )
    return mathml(latex(entry.result if kind == "inline" else entry.name))


def _symbol(text):
    """A symbol of the notation, with or without indices: p, p[i], y[i,k], N."""
    match = re.fullmatch(r"(\w+)(?:\[([\w, ]+)\])?", text)
    if text.isdigit():
        raise BadPlaceholder(f"{{{{ symbol {text} }}}}: a number is not a symbol; write the number itself")
    known = {name: value for name, value in vars(notation).items() if isinstance(value, (Symbol, IndexedBase))}
    names = [match[1]] if match else [text]
    if match and match[2]:
        names += [part.strip() for part in match[2].split(",")]
    missing = [name for name in names if name not in known and not name.isdigit()]
    if missing or names[0].isdigit() or (len(names) > 1 and not isinstance(known[names[0]], IndexedBase)):
        raise BadPlaceholder(f"{{{{ symbol {text} }}}}: not in the notation; it knows {', '.join(sorted(known))}")
    base, *indices = (known.get(name, name) for name in names)
    return Indexed(base, *indices) if indices else base


def _value(request, entries):
    """A result as a number; what can be asked for is said in `values`."""
    id = request.split()[0]
    if id not in entries:
        raise BadPlaceholder(
            f"{{{{ value {request} }}}} names an unknown id; nearest: {', '.join(nearest(id, entries)) or 'none'}"
        )
    try:
        return f'<span class="value">{text_of(request).replace("-", "−")}</span>'
    except ValueError as error:
        raise BadPlaceholder(f"{{{{ value {request} }}}}: {error}") from error
