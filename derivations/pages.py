"""HTML of entries: the anchored block of each kind, and the tables of notation and sources. Formulas become MathML."""

import re
from html import escape

from math_core import LatexToMathML
from sympy import Contains, Indexed, IndexedBase, Symbol

from .catalogue import catalogue
from .check import VERIFIED, check
from .counterexamples import FAILS, refute, without
from .derivation import is_index
from .notation import NOTATION
from .reports import REPORTS
from .sources import SOURCES, source
from .terms import reach
from .typeset import latex, relation, statement

KINDS = {"derivation": "Derived", "definition": "Definition", "counterexample": "Counterexample", "theorem": "Cited, not derived"}


def mathml(text, display=False):
    """MathML of a LaTeX formula, with the LaTeX in an annotation and kept out of the search; raises on LaTeX it does not know."""
    found = LatexToMathML(annotation=True).convert_with_local_state(text, displaystyle=display)
    return found.replace("<math", "<math data-search-exclude", 1)


def block(entry):
    """Everything that is shown of an entry below its heading."""
    bodies = {"derivation": _chain, "definition": _definition, "counterexample": _counterexample, "theorem": _theorem}
    kind = f'<p class="kind" data-search-exclude><span class="label">{KINDS[entry.kind]}</span> <code>{entry.id}</code></p>'
    return f"{kind}\n{bodies[entry.kind](entry)}"


def result(entry):
    """The bare statement, with a link to where it is shown."""
    link = f'<a class="source" href="{href(entry)}">{breakable(entry.id)}</a>'
    shown = f"<p>{escape(entry.says)}</p>" if entry.kind == "theorem" else formula(statement(entry))
    return f'<div class="display" data-search-exclude>{shown}{link}</div>'


def href(entry):
    """Every entry is anchored on the page of its chapter."""
    return f"{entry.id.split('.')[0]}.html#{entry.id}"


def breakable(id):
    """A long id may break after a dot or an underscore."""
    return re.sub(r"([._])", r"\1<wbr>", id)


def sentence(text):
    text = text.rstrip(".")
    return escape(text[0].upper() + text[1:]) + "."


def law(text):
    """The law of a rule, typed in plain letters, with the signs that readers know."""
    return escape(re.sub(r"(?<![\w)])-|-(?=\d)", "−", text.replace("<=", "≤").replace(">=", "≥").replace("`", "")))


def formula(text, label="formula"):
    """A displayed formula: in a box of its own that scrolls where it is too wide, by keyboard too."""
    return f'<div class="formula" data-search-exclude tabindex="0" role="group" aria-label="{label}">{mathml(text, display=True)}</div>'


def _reason(text):
    return f'<p class="reason">{text}</p>'


def _definition(entry):
    return f"{formula(statement(entry), 'definition')}\n{_reason(sentence(entry.meaning))}"


def _counterexample(entry):
    found = refute(entry)
    if found is None:
        raise ValueError(f"{entry.id} must not be published: its claim does not fail at its values")
    claim = f'<div class="claim"><span class="label">The claim</span>\n{formula(latex(entry.claim), "a claim that is false")}</div>'
    lines = [claim, _reason(f"It {_failed(found)}")]
    if entry.given:
        given = "".join(formula(latex(statement), "true here") for statement in entry.given)
        lines.append(f'<div class="given"><span class="label">True at the same values</span>\n{given}</div>')
    return "\n".join([*lines, _reason(sentence(entry.meaning))])


def _failed(failure):
    """How a claim fails, and at which values."""
    values = ", ".join(f"{mathml(latex(symbol))} = {escape(text)}" for symbol, text in failure.values)
    sides = [text or "has no value" for text in (failure.left, failure.right)]
    left, right = (text if text == "has no value" else f"is {text}" for text in sides)
    how = "fails" if failure.how == FAILS else "loses its meaning"
    return f"{how}{' at ' + values if values else ''}: the left side {left}, the right side {right}."


def _theorem(entry):
    work = source(entry.source)
    conditions = f'<p class="hypotheses"><span class="label">Holds if</span> {escape("; ".join(entry.conditions))}.</p>\n' if entry.conditions else ""
    evidence = ", ".join(f'<a href="{href(e)}">{breakable(e.id)}</a>' for e in entry.evidence)
    shown = _reason(f"What is derived or computed here of it: {evidence}.") if evidence else ""
    cited = _reason(f'Proved in: <a href="sources.html#{work.key}">{escape(work.authors)} ({work.year})</a>. No proof is given here.')
    return f"<p>{sentence(entry.says)}</p>\n{conditions}{cited}\n{shown}"


def _chain(entry):
    given = "; ".join(f'<span class="hypothesis">{_hypothesis(hypothesis)}</span>' for hypothesis in entry.hypotheses)
    hypotheses = f'<p class="hypotheses" data-search-exclude><span class="label">Holds if</span> {given}.</p>\n' if given else ""
    start, name = latex(entry.start), latex(entry.name)
    first = start if name == start else f"{name} = {start}"
    named = '<p class="reason"><span class="rule">definition</span> of the name.</p>' if name != start else ""
    steps = "\n".join(_step(step, step is entry.steps[-1]) for step in entry.steps)
    return (
        f"{formula(statement(entry), 'result')}\n{hypotheses}"
        f'<ol class="steps">\n<li class="step start">{formula(first)}{named}</li>\n{steps}\n</ol>\n{_without(entry)}{_checked(entry)}'
    )


def _hypothesis(hypothesis):
    if hypothesis.statement is None:
        return escape(hypothesis.words)
    return f'{escape(hypothesis.words)} <span class="aside">({mathml(latex(hypothesis.statement))})</span>'


def _step(step, last):
    needs = f'<span class="needs">Uses: {escape(", ".join(h.name for h in step.using))}.</span>' if step.using else ""
    needs += f' <span class="needs">Follows here: {escape(", ".join(h.name for h in step.implied))}.</span>' if step.implied else ""
    said = "" if step.relation == "=" else f' <span class="law">The law: {law(step.law)}</span>'
    cited = "".join(f' <a class="cites" href="{href(source)}">{breakable(source.id)}</a>' for source in step.cites)
    rule = f'<a class="rule" href="rules.html#{step.rule}" title="{law(step.law)}">{step.rule.replace("_", " ")}</a>'
    sign = f'<span class="relation" data-search-exclude>{mathml(relation(step.relation))}</span>'
    return (
        f'<li class="step{" result" if last else ""}">\n{sign}\n{formula(latex(step.expression))}\n'
        f'<p class="reason">{rule}{cited} <span class="because">{sentence(step.because)}</span>{said} {needs}</p>\n</li>'
    )


def _without(entry):
    """What breaks when a hypothesis is dropped, one by one."""
    if not entry.hypotheses:
        return ""
    items = "\n".join(f"<dt>{_hypothesis(h)}</dt>\n<dd>{_break(entry, h)}</dd>" for h in entry.hypotheses)
    return f'<details class="without" data-search-exclude><summary>What breaks without each hypothesis</summary>\n<dl>\n{items}\n</dl></details>\n'


def _break(entry, hypothesis):
    if hypothesis.statement is None:
        shown = [other for other in catalogue().values() if getattr(other, "without", None) == hypothesis]
        if not shown:
            raise ValueError(f"{entry.id}: no counterexample in the catalogue shows what breaks without: {hypothesis.words}")
        return f'A counterexample: <a href="{href(shown[0])}">{escape(shown[0].title)}</a>.'
    found = without(entry, hypothesis)
    if found is None:
        raise ValueError(f"{entry.id} does not need the hypothesis that {hypothesis.words}; strike it")
    subject = f"Step {found.step} ({mathml(latex(found.claim))})" if found.step else "The statement"
    return f"{subject} {_failed(found)}"


def _checked(entry):
    found = check(entry)
    if found.outcome != VERIFIED:
        raise ValueError(f"{entry.id} must not be published: {found}")
    steps = "1 step" if found.steps == 1 else f"{found.steps} steps"
    return (
        f'<p class="checked">Checked: {steps} at {found.points} points, for {len(found.shapes)} sizes ({", ".join(found.sizes)}), '
        f"to at least {found.digits} digits. Run it: <code>python -m derivations {entry.id} --check</code></p>"
    )


def notation_table():
    """Every symbol with its meaning, its domain and the entry that uses it first."""
    rows = "\n".join(
        f"<tr><td>{mathml(latex(entry.symbol))}</td><td>{sentence(entry.meaning)}</td><td>{_domain(entry)}</td><td>{_first_use(entry.symbol)}</td></tr>"
        for entry in NOTATION
    )
    head = "<tr><th>Symbol</th><th>Meaning</th><th>Domain</th><th>First use</th></tr>"
    return f'<table class="notation" data-search-exclude>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def quantity_table():
    """Every named quantity with its symbol and where it is defined."""
    named = [entry if entry.kind == "definition" else entry.named for entry in catalogue().values() if hasattr(entry, "name")]
    links = {entry.id: f'<a href="{href(entry)}">{breakable(entry.id)}</a>' for entry in named if entry is not None}
    rows = "\n".join(
        f"<tr><td>{mathml(latex(entry.name))}</td><td>{sentence(entry.title)}</td><td>{links[entry.id]}</td></tr>" for entry in named if entry is not None
    )
    head = "<tr><th>Symbol</th><th>Quantity</th><th>Defined in</th></tr>"
    return f'<table class="notation" data-search-exclude>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def _domain(entry):
    return mathml(latex(Contains(entry.symbol, entry.domain, evaluate=False)))


def _first_use(symbol):
    found = next((entry for entry in catalogue().values() if any(_uses(line, symbol) for line in _lines(entry))), None)
    return f'<a href="{href(found)}">{breakable(found.id)}</a>' if found else "in a hypothesis"


def _lines(entry):
    if entry.kind == "counterexample":
        return [entry.claim, *entry.given]
    if entry.kind == "theorem":
        return []
    stated = [h.statement for h in entry.hypotheses if h.statement is not None]
    return list(getattr(entry, "statements", ())) or [entry.name, entry.result, *(step.expression for step in entry.steps), *stated]


def _uses(line, symbol):
    if isinstance(symbol, Indexed):
        return any(_alike(found, symbol) for found in line.atoms(Indexed))
    return symbol in line.atoms(Symbol, IndexedBase) | reach(line)


def _alike(found, symbol):
    tops = {entry.symbol: entry.domain.stop for entry in NOTATION if is_index(entry.symbol) and hasattr(entry.domain, "stop")}
    pairs = [(tops.get(a), tops.get(b)) for a, b in zip(found.indices, symbol.indices)]
    return found.base == symbol.base and len(found.indices) == len(symbol.indices) and all(a == b or a is None for a, b in pairs)


def source_list():
    """Every work that is referred to, with what it is used for and how it was looked up."""
    return _works(SOURCES)


def report_list():
    """Every report of an error that somebody printed."""
    return _works(REPORTS)


def _works(works):
    return '<dl class="sources">\n' + "\n".join(map(_work, works)) + "\n</dl>"


def _work(work):
    title = f'<a href="{escape(work.link)}">{escape(work.title)}</a>' if work.link else escape(work.title)
    users = [entry for entry in catalogue().values() if entry.kind == "theorem" and entry.source == work.key]
    used = "".join(f' <a href="{href(entry)}">{breakable(entry.id)}</a>' for entry in users)
    return (
        f'<dt id="{work.key}">{escape(work.authors)} ({work.year})</dt>\n<dd><p><cite>{title}</cite>. {sentence(work.where)}</p>'
        f"<p>Used for: {sentence(work.used_for)}{used}</p><p>Looked up: {sentence(work.checked)}</p></dd>"
    )
