"""A Python-Markdown extension: placeholders that name an id become derived formulas, set as MathML.

On a line of its own: ``{{ chain bernoulli.score }}`` (the anchored chain, or the anchored definition) and ``{{ result bernoulli.score }}`` (the
bare statement, displayed). In a sentence: ``{{ inline bernoulli.score }}`` (the result), ``{{ name bernoulli.score }}`` (what it is the
result of) and ``{{ symbol p[i] }}`` (a symbol of the notation). Anything else between double braces stops the build.
"""

import re
from html import escape

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from math_core import LatexToMathML
from sympy import Indexed, IndexedBase, Symbol

from . import notation
from .catalogue import catalogue, nearest
from .check import VERIFIED, check
from .typeset import latex, relation, statement

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
FENCE = re.compile(r"^\s*(```|~~~)")


class BadPlaceholder(ValueError):
    """A placeholder that names nothing, or is not well formed."""


def mathml(formula, display=False):
    """MathML of a LaTeX formula, with the LaTeX in an annotation and kept out of the search; raises on LaTeX it does not know."""
    found = LatexToMathML(annotation=True).convert_with_local_state(formula, displaystyle=display)
    return found.replace("<math", "<math data-search-exclude", 1)


def makeExtension(**options):  # noqa: N802 - the name Python-Markdown looks for
    return DerivationsExtension(**options)


class DerivationsExtension(Extension):
    def extendMarkdown(self, md):  # noqa: N802
        md.registerExtensions(["attr_list", "md_in_html"], {})  # for the headings of chains
        md.preprocessors.register(_Placeholders(md), "derivations", 27)  # after code fences are taken out


class _Placeholders(Preprocessor):
    def run(self, lines):
        entries, fenced, written = catalogue(), False, []
        for line in lines:
            fenced ^= bool(FENCE.match(line))
            written.append(line if fenced else self._line(line, entries))
        return written

    def _line(self, line, entries):
        whole = PLACEHOLDER.fullmatch(line.strip())
        if whole and whole[1].split()[:1] in (["chain"], ["result"]):
            kind, subject = _words(whole, entries)
            return self._block(kind, entries[subject])
        new = PLACEHOLDER.sub(lambda match: self.md.htmlStash.store(_inline(*_words(match, entries), entries)), line)
        if "{{" in new or "}}" in new:
            raise BadPlaceholder(f"a placeholder that does not close on its line: {line.strip()!r}")
        return new

    def _block(self, kind, entry):
        """A heading stays Markdown, so that it gets its anchor, its place in the contents and in the search; the rest is finished HTML."""
        if kind == "result":
            return f"\n{self.md.htmlStash.store(_result(entry))}\n"
        title = entry.title[0].upper() + entry.title[1:]
        body = self.md.htmlStash.store(_chain(entry) if entry.steps else _definition(entry))
        kind = "chain" if entry.steps else "chain definition"
        return f'\n<section class="{kind}" markdown="block">\n\n### {title} {{ #{entry.id} }}\n\n{body}\n\n</section>\n'


def _words(match, entries):
    """The kind and the subject of a placeholder."""
    words = match[1].split(maxsplit=1)
    kinds = "chain, result, inline, name, symbol"
    if len(words) != 2 or words[0] not in kinds.split(", "):
        raise BadPlaceholder(f"{match[0]} is not a placeholder: it takes one of {kinds}, and then an id or a symbol")
    kind, subject = words[0], words[1].strip()
    if kind != "symbol" and subject not in entries:
        raise BadPlaceholder(f"{match[0]} names an unknown id; nearest: {', '.join(nearest(subject, entries)) or 'none'}")
    return kind, subject


def _inline(kind, subject, entries):
    if kind in ("chain", "result"):
        raise BadPlaceholder(f"{{{{ {kind} {subject} }}}} must stand on a line of its own")
    if kind == "symbol":
        return mathml(latex(_symbol(subject)))
    entry = entries[subject]
    return mathml(latex(entry.result if kind == "inline" else entry.name))


def _symbol(text):
    """A symbol of the notation, with or without indices: p, p[i], y[i,k], N."""
    match = re.fullmatch(r"(\w+)(?:\[([\w, ]+)\])?", text)
    known = {name: value for name, value in vars(notation).items() if isinstance(value, (Symbol, IndexedBase))}
    names = [match[1], *(part.strip() for part in match[2].split(","))] if match and match[2] else [match[1]] if match else [text]
    missing = [name for name in names if name not in known and not name.isdigit()]
    if missing or len(names) > 1 and not isinstance(known[names[0]], IndexedBase):
        raise BadPlaceholder(f"{{{{ symbol {text} }}}}: not in the notation; it knows {', '.join(sorted(known))}")
    base, *indices = (known.get(name, name) for name in names)
    return Indexed(base, *indices) if indices else base


def _result(entry):
    source = f'<a class="source" href="{_href(entry)}">{entry.id}</a>'
    return f'<div class="display" data-search-exclude>{_formula(statement(entry))}{source}</div>'


def _formula(text, label="formula"):
    return f'<div class="formula" data-search-exclude tabindex="0" role="group" aria-label="{label}">{mathml(text, display=True)}</div>'


def _href(entry):
    """Every entry is anchored on the page of its chapter."""
    return f"{entry.id.split('.')[0]}.html#{entry.id}"


def _kind(entry, kind):
    return f'<p class="kind" data-search-exclude><span class="label">{kind}</span> <code>{entry.id}</code></p>'


def _definition(entry):
    return f'{_kind(entry, "Definition")}\n{_formula(statement(entry), "definition")}\n<p class="reason">{_sentence(entry.meaning)}</p>'


def _chain(entry):
    given = "; ".join(f'<span class="hypothesis">{_hypothesis(hypothesis)}</span>' for hypothesis in entry.hypotheses)
    hypotheses = f'<p class="hypotheses" data-search-exclude><span class="label">Holds if</span> {given}.</p>\n' if given else ""
    start, name = latex(entry.start), latex(entry.name)
    first = start if name == start else f"{name} = {start}"
    named = '<p class="reason"><span class="rule">definition</span> of the name.</p>' if name != start else ""
    steps = "\n".join(_step(step, step is entry.steps[-1]) for step in entry.steps)
    return (
        f'{_kind(entry, "Derived")}\n{_formula(statement(entry), "result")}\n{hypotheses}'
        f'<ol class="steps">\n<li class="step start">{_formula(first)}{named}</li>\n{steps}\n</ol>\n{_checked(entry)}'
    )


def _breakable(id):
    """A long id may break after a dot or an underscore."""
    return re.sub(r"([._])", r"\1<wbr>", id)


def _sentence(text):
    return escape(text[0].upper() + text[1:]) + "."


def _hypothesis(hypothesis):
    if hypothesis.statement is None:
        return escape(hypothesis.words)
    return f'{escape(hypothesis.words)} <span class="aside">({mathml(latex(hypothesis.statement))})</span>'


def _step(step, last):
    needs = f'<span class="needs">Uses: {escape(", ".join(h.name for h in step.using))}.</span>' if step.using else ""
    law = "" if step.relation == "=" else f' <span class="law">The law: {escape(step.law)}</span>'
    cited = "".join(f' <a class="cites" href="{_href(source)}">{_breakable(source.id)}</a>' for source in step.cites)
    rule = f'<span class="rule" title="{escape(step.law)}">{step.rule.replace("_", " ")}</span>'
    sign = f'<span class="relation" data-search-exclude>{mathml(relation(step.relation))}</span>'
    return (
        f'<li class="step{" result" if last else ""}">\n{sign}\n{_formula(latex(step.expression))}\n'
        f'<p class="reason">{rule}{cited} <span class="because">{_sentence(step.because)}</span>{law} {needs}</p>\n</li>'
    )


def _checked(entry):
    found = check(entry)
    if found.outcome != VERIFIED:
        raise BadPlaceholder(f"{entry.id} must not be published: {found}")
    steps = "1 step" if found.steps == 1 else f"{found.steps} steps"
    return (
        f'<p class="checked">Checked: {steps} at {found.points} points, for {len(found.shapes)} sizes (n, K), to at least {found.digits} digits. '
        f"Run it: <code>python -m derivations {entry.id} --check</code></p>"
    )
