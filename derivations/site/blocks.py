"""The anchored block of each kind of entry: everything that a page shows of it below its heading."""

from html import escape

from ..catalogue import catalogue
from ..checking.check import VERIFIED
from ..checking.counterexamples import FAILS, refute
from ..checking.records import broken, checked
from ..sources import source
from ..writing.marks import marks
from ..writing.steps import SIGNS, phrase, what
from ..writing.typeset import latex, latex_chain, relation, statement
from .pieces import breakable, formula, href, law, light, mathml, sentence, sign

LABELS = {
    "derivation": "Derived",
    "definition": "Definition",
    "counterexample": "Counterexample",
    "theorem": "Cited, not derived",
}
CHANGES = ("becomes", "bounded")
SHORT = 28  # signs: where more becomes something else, the marks in the two lines show it better


def block(entry):
    """Everything that is shown of an entry below its heading."""
    bodies = {"derivation": _chain, "definition": _definition, "counterexample": _counterexample, "theorem": _theorem}
    label = f'<span class="label">{LABELS[entry.kind]}</span>'
    kind = f'<p class="kind" data-search-exclude>{label} <code>{entry.id}</code></p>'
    return f"{kind}\n{bodies[entry.kind](entry)}"


def result(entry):
    """The bare statement, with a link to where it is shown."""
    link = f'<a class="source" href="{href(entry)}">{breakable(entry.id)}</a>'
    shown = f"<p>{escape(entry.says)}</p>" if entry.kind == "theorem" else formula(statement(entry))
    return f'<div class="display" data-search-exclude>{shown}{link}</div>'


def _reason(text):
    return f'<p class="reason">{text}</p>'


def _definition(entry):
    return f"{formula(statement(entry), 'definition')}\n{_reason(sentence(entry.meaning))}"


def _counterexample(entry):
    found = refute(entry)
    if found is None:
        raise ValueError(f"{entry.id} must not be published: its claim does not fail at its values")
    claim = formula(latex(entry.claim), "a claim that is false")
    claim = f'<div class="claim"><span class="label">The claim</span>\n{claim}</div>'
    lines = [claim, _reason(f"It {_failed(found)}")]
    if entry.given:
        given = "".join(formula(latex(statement), "true here") for statement in entry.given)
        lines.append(f'<div class="given"><span class="label">True at the same values</span>\n{given}</div>')
    return "\n".join([*lines, _reason(sentence(entry.meaning))])


def _failed(failure):
    """How a claim fails, and at which values."""
    values = ", ".join(f"{light(latex(symbol))} = {escape(text)}" for symbol, text in failure.values)
    sides = [text or "has no value" for text in (failure.left, failure.right)]
    left, right = (text if text == "has no value" else f"is {text}" for text in sides)
    how = "fails" if failure.how == FAILS else "loses its meaning"
    return f"{how}{' at ' + values if values else ''}: the left side {left}, the right side {right}."


def _theorem(entry):
    work = source(entry.source)
    conditions = ""
    if entry.conditions:
        listed = escape("; ".join(entry.conditions))
        conditions = f'<p class="hypotheses"><span class="label">Holds if</span> {listed}.</p>\n'
    evidence = ", ".join(f'<a href="{href(e)}">{breakable(e.id)}</a>' for e in entry.evidence)
    shown = _reason(f"What is derived or computed here of it: {evidence}.") if evidence else ""
    cited = _reason(
        f'Proved in: <a href="sources.html#{work.key}">{escape(work.authors)} ({work.year})</a>. '
        "No proof is given here."
    )
    return f"<p>{sentence(entry.says)}</p>\n{conditions}{cited}\n{shown}"


def _chain(entry):
    given = "; ".join(f'<span class="hypothesis">{_hypothesis(hypothesis)}</span>' for hypothesis in entry.hypotheses)
    hypotheses = ""
    if given:
        holds_if = f'<span class="label">Holds if</span> {given}.'
        hypotheses = f'<p class="hypotheses" data-search-exclude>{holds_if}</p>\n'
    marked = marks(entry)
    start, name = latex(entry.start, marked[0]), latex(entry.name)
    first, named = start, ""
    if entry.name != entry.start:
        first = f"{name} = {start}"
        named = '<p class="reason"><span class="rule">definition</span> of the name.</p>'
    steps = "\n".join(_step(step, parts, step is entry.steps[-1]) for step, parts in zip(entry.steps, marked[1:]))
    return (
        f"{formula(statement(entry), 'result')}\n{hypotheses}"
        f'<ol class="steps">\n<li class="step start">{formula(first)}{named}</li>\n{steps}\n</ol>\n'
        f'<script type="application/x-tex">{latex_chain(entry)}</script>\n{_without(entry)}{_checked(entry)}'
    )


def _hypothesis(hypothesis):
    if hypothesis.statement is None:
        return escape(hypothesis.words)
    return f'{escape(hypothesis.words)} <span class="aside">({mathml(latex(hypothesis.statement))})</span>'


def _did(step):
    """What the step did: the instance of what it cites, the index that a delta fixed, or which part became which."""
    found = what(step, latex)
    kind = found[0][0] if found else "nothing"
    if kind == "nothing" or kind in CHANGES and len(phrase(step)) > SHORT:
        return ""
    if kind in CHANGES:
        told = " and ".join(f"{light(left)} {SIGNS[kind]} {light(right)}" for _, left, right in found)
    else:
        told = ", ".join(light(f"{left} {SIGNS[kind]} {right}") for kind, left, right in found)
    return f' <span class="did">{"at " if kind == "at" else ""}{told}</span>'


def _named(said, hypotheses):
    return f'<span class="needs">{said}: {escape(", ".join(hypothesis.name for hypothesis in hypotheses))}.</span>'


def _step(step, marked, last):
    needs = _named("Uses", step.using) if step.using else ""
    if step.implied:
        needs += f" {_named('Follows here', step.implied)}"
    said = "" if step.relation == "=" else f' <span class="law">The law: {law(step.law)}</span>'
    cited = "".join(f' <a class="cites" href="{href(source)}">{breakable(source.id)}</a>' for source in step.cites)
    rule = f'<a class="rule" href="rules.html#{step.rule}" title="{law(step.law)}">{step.rule.replace("_", " ")}</a>'
    return (
        f'<li class="step{" result" if last else ""}">\n'
        f"{sign(relation(step.relation))}\n{formula(latex(step.expression, marked))}\n"
        f'<p class="reason">{rule}{cited}{_did(step)} '
        f'<span class="because">{sentence(step.because)}</span>{said} {needs}</p>\n</li>'
    )


def _without(entry):
    """What breaks when a hypothesis is dropped, one by one."""
    if not entry.hypotheses:
        return ""
    items = "\n".join(f"<dt>{_hypothesis(h)}</dt>\n<dd>{_break(entry, h)}</dd>" for h in entry.hypotheses)
    summary = "<summary>What breaks without each hypothesis</summary>"
    return f'<details class="without" data-search-exclude>{summary}\n<dl>\n{items}\n</dl></details>\n'


def _break(entry, hypothesis):
    if hypothesis.statement is None:
        shown = [other for other in catalogue().values() if getattr(other, "without", None) == hypothesis]
        if not shown:
            raise ValueError(
                f"{entry.id}: no counterexample in the catalogue shows what breaks without: {hypothesis.words}"
            )
        return f'A counterexample: <a href="{href(shown[0])}">{escape(shown[0].title)}</a>.'
    found = broken(entry, hypothesis)
    if found is None:
        raise ValueError(f"{entry.id} does not need the hypothesis that {hypothesis.words}; strike it")
    subject = f"Step {found.step} ({light(latex(found.claim))})" if found.step else "The statement"
    return f"{subject} {_failed(found)}"


def _checked(entry):
    found = checked(entry)
    if found.outcome != VERIFIED:
        raise ValueError(f"{entry.id} must not be published: {found}")
    steps = "1 step" if found.steps == 1 else f"{found.steps} steps"
    return (
        f'<p class="checked">Checked: {steps} at {found.points} points, '
        f"for {len(found.shapes)} sizes ({', '.join(found.sizes)}), "
        f"to at least {found.digits} digits. Run it: <code>python -m derivations {entry.id} --check</code></p>"
    )
