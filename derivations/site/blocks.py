"""The anchored block of each kind of entry: everything that a page shows of it below its heading."""

import re
from functools import lru_cache
from html import escape

from sympy import Contains, Range, Rational

from ..catalogue import catalogue
from ..checking.compare import VERIFIED
from ..checking.counterexamples import FAILS, refute
from ..checking.found import broken, checked
from ..checking.theorems import Evidence, sampled
from ..engine.derivation import Derivation
from ..engine.entries import Theorem, is_index
from ..engine.wording import counted_as
from ..notation import COUNTED, says_itself
from ..proving.ledger import is_proved
from ..reference.copies import headline
from ..reference.work import page_address
from ..sources import source
from ..writing.false_claims import SAID_FALSE, true_beside
from ..writing.typeset import latex, latex_chain, plain, statement
from .formal import formal_proof, formal_proof_by_hand, formal_refutation
from .pieces import breakable, formula, href, in_a_row, law, light, mathml, sentence, words
from .proofs import proof

LABELS = {
    "derivation": "Derived",
    "definition": "Definition",
    "counterexample": "Counterexample",
    "theorem": "Cited, not derived",
}
BULLET = "•"
MANY_DIGITS = re.compile(r"\b1/\d{6,}\b")
LEGEND = "distributions.html#how-to-read-a-derivation"


def block(entry):
    """What is shown of an entry below its heading: what it says, and what is folded below that."""
    bodies = {"derivation": _chain, "definition": _definition, "counterexample": _counterexample, "theorem": _theorem}
    label = f'<span class="label">{LABELS[entry.kind]}</span>'
    if entry.kind == "derivation":
        label = f'<a class="label" href="{LEGEND}" title="How to read a derivation">{LABELS[entry.kind]}</a>'
    own = f'<a href="{page_address(entry.id)}" title="The page of this entry"><code>{entry.id}</code></a>'
    kind = f'<p class="kind" data-search-exclude>{label} {own}</p>'
    shown, *folded = bodies[entry.kind](entry)
    return f"{kind}\n{shown}", "\n".join(folded)


def result(entry):
    """The bare statement, with a link to where it is shown. What is false is not shown like that."""
    if entry.kind == "counterexample":
        raise ValueError(f"{entry.id} is a counterexample: its claim is false; show it by {{{{ chain {entry.id} }}}}")
    link = f'<a class="source" href="{href(entry)}">{breakable(entry.id)}</a>'
    if entry.kind != "theorem":
        shown = formula(statement(entry), above=headline(entry))
    elif entry.formula is None:
        shown = f"<p>{words(entry.says)}</p>"
    else:
        shown = formula(latex(entry.formula), above=headline(entry))
    return f'<div class="display" data-search-exclude>{shown}{link}</div>'


def _reason(text):
    return f'<p class="reason">{text}</p>'


def _definition(entry):
    shown = formula(statement(entry), "definition", headline(entry))
    return (f'<div class="statement">{shown}{_reason(sentence(entry.meaning))}</div>',)


def _counterexample(entry):
    found = refute(entry)
    if found is None:
        raise ValueError(f"{entry.id} must not be published: its claim does not fail at its values")
    claim = formula(latex(entry.claim), "a claim that is false", f"{headline(entry)}\n{SAID_FALSE}")
    claim = f'<div class="claim"><span class="label">The claim</span>\n{claim}</div>'
    lines = [claim, _reason(f"It {_failed(found)}{formal_refutation(entry)}")]
    for said, true in true_beside(entry):
        given = "".join(formula(latex(statement), "true here") for statement in true)
        lines.append(f'<div class="given"><span class="label">{said.rstrip(":")}</span>\n{given}</div>')
    return ("\n".join([*lines, _reason(sentence(entry.meaning))]),)


def _failed(failure):
    """How a claim fails, and at which values."""
    values = ", ".join(f"{light(latex(symbol))} = {_number(text)}" for symbol, text in failure.values)
    sides = [law(text or "has no value") for text in (failure.left, failure.right)]
    left, right = (text if text == "has no value" else f"is {text}" for text in sides)
    how = "fails" if failure.how == FAILS else "loses its meaning"
    return f"{how}{' at ' + values if values else ''}: the left side {left}, the right side {right}."


def _number(text):
    """A value as it is shown in a sentence: one over a number of many digits as a power, if it is one."""
    return MANY_DIGITS.sub(lambda found: light(latex(Rational(found[0]))), law(text))


def _theorem(entry):
    work = source(entry.source)
    conditions = ""
    if entry.conditions:
        given = "; ".join(map(_hypothesis, entry.conditions))
        conditions = f'<p class="hypotheses"><span class="label">Holds if</span> {given}.</p>\n'
    evidence = ", ".join(f'<a href="{href(e)}">{breakable(e.id)}</a>' for e in entry.evidence)
    shown = _reason(f"Related results derived here: {evidence}.") if evidence else ""
    cited = _reason(
        f'Proved in: <a href="sources.html#{work.key}">{escape(work.authors)} ({work.year})</a>. '
        + formal_proof_by_hand(entry)
    )
    return (f"{_stated(entry)}{_said(entry.says)}\n{conditions}{_seen(entry)}{cited}\n{shown}",)


def _said(text):
    """The words of a theorem: a paragraph, and below it its cases, each after a bullet."""
    first, *cases = text.split(BULLET)
    items = "".join(f"<li>{sentence(case.strip())}</li>\n" for case in cases)
    return f"<p>{sentence(first.strip())}</p>" + (f"\n<ul>\n{items}</ul>" if cases else "")


def _stated(entry):
    """The formula of a theorem, if it has one."""
    if entry.formula is None:
        return ""
    return f'<div class="statement">{formula(latex(entry.formula), "cited", headline(entry))}</div>\n'


@lru_cache(maxsize=1)  # the card of a theorem asks for it, and its record
def evidence_of(entry: Theorem) -> Evidence:
    """What was found where the formula of a theorem was computed."""
    return sampled(entry)


def _seen(entry):
    """At how many points the formula of a theorem was found to hold. One that fails is not shown."""
    if entry.formula is None:
        return _reason("No formula here says it: these words are read by people only.") + "\n"
    found = evidence_of(entry)
    if found.failure:
        raise ValueError(f"{entry.id} must not be published: {found.failure}")
    worth = "" if is_proved(entry) else ": this is evidence, not a proof"
    return _reason(f"The formula was computed at {found.points} points and held{worth}.") + "\n"


def scope_and_conditions(entry: Derivation) -> tuple[str, str]:
    """For which values of its indices a derivation holds, and under which conditions."""
    return _scope(entry), _conditions(entry)


def _chain(entry):
    """What a derivation says and when, and then, to be unfolded: its steps, what breaks, and how it was checked."""
    above = headline(entry)
    said = f'<div class="statement">{formula(statement(entry), "result", above)}{_scope(entry)}</div>'
    source = f'<script type="application/x-tex">{above}\n{latex_chain(entry)}</script>'
    folds = f'<div class="folds">{proof(entry)}\n{_without(entry)}{_checked(entry)}</div>'
    return f"{said}\n{_conditions(entry)}", f"{source}\n{folds}"


def _is_range(hypothesis):
    """Whether it only says how far an index runs: that is the scope of a statement, and no condition on it."""
    stated = hypothesis.statement
    return isinstance(stated, Contains) and isinstance(stated.args[1], Range) and is_index(stated.args[0])


def _scope(entry):
    """For which values of its indices the statement holds: for every class m."""
    said = [_every(hypothesis) for hypothesis in entry.hypotheses if _is_range(hypothesis)]
    return f'<p class="scope" data-search-exclude>for every {in_a_row(said)}</p>' if said else ""


def _every(hypothesis):
    """What an index is one of, and the index; of an index that counts nothing named, how far it runs."""
    index, domain = hypothesis.statement.args
    letter, size = light(latex(index)), domain.stop - 1
    named = re.fullmatch(rf"(.+) {index} exists", hypothesis.name)  # a chapter may call them by another name
    counted = COUNTED.get(size) if says_itself(hypothesis) else named and named[1]
    return f"{counted} {letter}" if counted else f"{letter} from 1 to {light(latex(size))}"


def _conditions(entry):
    """What must hold. Before a result that is 0 it comes first: by itself that result seems to say that something is
    always 0.
    """
    given = [_hypothesis(hypothesis) for hypothesis in entry.hypotheses if not _is_range(hypothesis)]
    if not given:
        return ""
    shown = "; ".join(f'<span class="hypothesis">{said}</span>' for said in given)
    if entry.result == 0:
        return f'<p class="hypotheses first" data-search-exclude><span class="label">If</span> {shown}, then</p>'
    return f'<p class="hypotheses" data-search-exclude><span class="label">Holds if</span> {shown}.</p>'


def _hypothesis(hypothesis):
    if hypothesis.statement is None:
        return words(hypothesis.words)
    formula_alone = plain(hypothesis.statement)
    if hypothesis.words.startswith(formula_alone):  # it has no other words
        return mathml(latex(hypothesis.statement)) + words(hypothesis.words.removeprefix(formula_alone))
    return f'{words(hypothesis.words)} <span class="aside">({light(latex(hypothesis.statement))})</span>'


def _without(entry):
    """What breaks when a hypothesis is dropped, one by one."""
    conditions = [hypothesis for hypothesis in entry.hypotheses if not _is_range(hypothesis)]
    if not conditions:
        return ""
    items = "\n".join(f"<dt>{_hypothesis(h)}</dt>\n<dd>{_break(entry, h)}</dd>" for h in conditions)
    summary = "<summary>What breaks without each condition</summary>"
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
    steps = counted_as(found.steps, "step")
    formal = formal_proof(entry)
    summary, said = ("Proved", "Checked: ") if formal else ("Checked", "")
    return (
        f'<details class="checked" data-search-exclude><summary>{summary}</summary>\n'
        f"<p>{formal}{said}{steps} at {found.points} points, for {len(found.shapes)} sizes ({', '.join(found.sizes)}), "
        f"to at least {found.digits} digits. "
        f"Run it: <code>python -m derivations {entry.id} --check</code></p></details>"
    )
