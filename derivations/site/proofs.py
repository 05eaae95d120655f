"""The steps of a derivation, folded: line by line, each with its rule and its reason.

A chain that begins as another one ends shows only what is new; what both have is unfolded from it.
"""

from functools import lru_cache, partial

from ..catalogue import catalogue
from ..engine.derivation import Derivation
from ..writing.marks import marks
from ..writing.steps import SIGNS, phrase, what
from ..writing.typeset import latex, relation
from .pieces import (CONDITION, breakable, formula, href, law, law_in_words, light, sentence, sign, unbroken,
                     without_latex, words)  # fmt: skip

CHANGES = ("becomes", "bounded")
SHORT = 28  # signs: where more becomes something else, the marks in the two lines show it better


def proof(entry: Derivation, begins: Derivation | None = None) -> str:
    """The derivation, closed: its first line, and then every step. What `begins` it is unfolded from it; left out, the
    longest chain of the catalogue that does.
    """
    marked, whole = marks(entry), f"{len(entry.steps)} step{'s' * (len(entry.steps) != 1)}"
    lines = [_start(entry, marked[0])]
    lines += [_step(step, parts, step is entry.steps[-1]) for step, parts in zip(entry.steps, marked[1:])]
    shared = begins or shared_chain(entry)
    if shared is None:
        steps = _list(lines)
    else:
        many, last = len(shared.steps), shared.steps[-1]
        whose = f'<a class="cites" href="{href(shared)}">{breakable(shared.id)}</a>'
        said = f"<summary data-search-exclude>{many} steps as in {breakable(shared.id)}</summary>"
        folded = f"{said}\n{_list(lines[1 : many + 1])}"
        known = (
            f'<li class="step">\n{sign(relation(shared.relation))}\n{formula(latex(last.expression, marked[many]))}\n'
            f'<p class="reason">as derived in {whose}</p>\n</li>'
        )
        steps = f'{_list(lines[:1])}\n<details class="shared">{folded}</details>\n{_list([known, *lines[many + 1 :]])}'
        whole += f", {many} of them as in another derivation"
    summary = f'<summary data-search-exclude>Derivation <span class="aside">{whole}</span></summary>'
    return f'<details class="proof">{summary}\n{steps}</details>'


def _list(lines):
    return '<ol class="steps" data-search-exclude>\n' + "\n".join(lines) + "\n</ol>"


@lru_cache(maxsize=1)  # the page of an entry asks for it, and its record
def shared_chain(entry: Derivation) -> Derivation | None:
    """The longest other chain that this one goes on from; None if it starts afresh."""
    found = [
        other
        for other in catalogue().values()
        if other.kind == "derivation"
        and 2 < len(other.steps) < len(entry.steps)
        and other.start == entry.start
        and tuple(entry.steps[: len(other.steps)]) == tuple(other.steps)
    ]
    return max(found, key=lambda other: len(other.steps), default=None)


def _start(entry, marked):
    start, name = latex(entry.start, marked), latex(entry.name)
    if entry.name == entry.start:
        return f'<li class="step start">{without_latex(formula(start))}</li>'  # as in the statement
    named = '<p class="reason"><span class="rule">definition</span> of the name.</p>'
    return f'<li class="step start">{formula(f"{name} = {start}")}{named}</li>'


def _did(step):
    """What the step did: the instance of what it cites, the index that a delta fixed, or which part became which."""
    found = what(step, latex)
    kind = found[0][0] if found else "nothing"
    if kind == "nothing" or (kind in CHANGES and len(phrase(step)) > SHORT):
        return ""
    if kind in CHANGES:
        told = " and ".join(f"{light(left)} {SIGNS[kind]} {light(right)}" for _, left, right in found)
    else:
        told = unbroken(", ".join(light(f"{left} {SIGNS[kind]} {right}") for kind, left, right in found))
    return f' <span class="did">{"at " if kind == "at" else ""}{told}</span>'


def _named(said, hypotheses):
    return f'<span class="needs">{said}: {words(", ".join(hypothesis.name for hypothesis in hypotheses))}.</span>'


def _cited(step, source):
    """What a step cites. A name may be unfolded into what defines it, or into what was derived for it."""
    derived = step.rule in ("unfold", "fold") and isinstance(source, Derivation)
    how = " as derived in" if derived else ""
    return f'{how} <a class="cites" href="{href(source)}">{breakable(source.id)}</a>'


def _step(step, marked, last):
    needs = _named("Uses", step.using) if step.using else ""
    if step.implied:
        needs += f" {_named('Follows here', step.implied)}"
    stated = law_in_words(CONDITION.split(step.law.rstrip("."))[0])
    said = "" if step.relation == "=" else f' <span class="stated">The law: {stated}.</span>'
    cited = "".join(map(partial(_cited, step), step.cites))
    title = law(CONDITION.split(step.law)[0])
    rule = f'<a class="rule" href="rules.html#{step.rule}" title="{title}">{step.rule.replace("_", " ")}</a>'
    return (
        f'<li class="step{" result" if last else ""}">\n'
        f"{sign(relation(step.relation))}\n{formula(latex(step.expression, marked))}\n"
        f'<p class="reason">{rule}{cited}{_did(step)} '
        f'<span class="because">{sentence(step.because)}</span>{said} {needs}</p>\n</li>'
    )
