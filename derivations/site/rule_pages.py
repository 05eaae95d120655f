"""The list of rules: what must be trusted. The law of each rule, what it needs, a worked example, where it is used.

All of it is read off: the law from the formula that the rule carries and from its docstring, the rest from the steps
of the catalogue.
"""

import inspect
from collections import Counter
from dataclasses import dataclass
from html import escape

from sympy import preorder_traversal

from ..catalogue import catalogue
from ..engine.derivation import Derivation, Step, law_of
from ..engine.replay import MODULES, public_rules
from ..engine.wording import counted_as
from ..proving.ledger import is_proved
from ..reference.work import page_address
from ..writing.capitals import in_capital
from ..writing.typeset import latex, relation
from .pieces import CONDITION, breakable, formula, href, light, sentence, sign, unbroken
from .pieces import law as readable

MANY_PLACES = 24  # where a rule is used in more derivations, they are counted by chapter
UNUSED = "No derivation of the catalogue uses it: it is for losses that nobody chose beforehand."


@dataclass(frozen=True)
class Use:
    """One step of the catalogue, and the derivation that it belongs to."""

    entry: Derivation
    step: Step

    @property
    def size(self):
        """Of how many parts its two lines are made."""
        return sum(1 for line in (self.step.before, self.step.expression) for _ in preorder_traversal(line))


def steps_by_rule():
    """Every step of every derivation, by the name of its rule."""
    found = {}
    for entry in catalogue().values():
        if entry.kind == "derivation":
            for step in entry.steps:
                found.setdefault(step.rule, []).append(Use(entry, step))
    return found


def stated_law(rule):
    """The law of a rule in words, and the conditions that its docstring adds."""
    first, _, more = law_of(rule).partition("\n\n")
    stated, *conditions = CONDITION.split(first.rstrip("."), maxsplit=1)
    return stated, " ".join([*(f"{text}." for text in conditions), more]).strip()


def rule_list():
    """Every rule, module by module. Headings stay Markdown, so that they get anchors and a place in the contents."""
    found = steps_by_rule()
    return "\n\n".join(_module(module, found) for module in MODULES)


def _module(module, found):
    name = module.__name__.rpartition(".")[2]
    rules = "\n\n".join(
        f"### {_words(rule)} {{ #{rule.__name__} }}\n\n{_entry(rule, found.get(rule.__name__, []))}"
        for rule in public_rules(module).values()
    )
    return f"## {name.capitalize()} {{ #{name} }}\n\n{inspect.cleandoc(module.__doc__)}\n\n{rules}"


def _words(rule):
    return rule.__name__.replace("_", " ")


def _entry(rule, used):
    stated, condition = stated_law(rule)
    condition = f" {in_capital(condition)}" if condition else ""
    said = f'<p class="reason">{_label("In words")} {readable(f"{stated}.{condition}")}</p>\n'
    named = Counter(hypothesis.name for use in used for hypothesis in use.step.using)
    beside = ", ".join(f"{escape(name)} ({times})" for name, times in named.most_common())
    stands = f'<p class="reason">{_label("Hypotheses named beside it")} {beside}.</p>\n' if named else ""
    laws = "\n".join(map(_typeset, rule.laws))
    uses = f"{_example(used)}\n{_where(used)}" if used else f'<p class="reason">{UNUSED}</p>'
    return f'<div class="law">{laws}\n{said}{stands}{uses}</div>'


def _typeset(stated):
    """A law as a formula, and below it its conditions."""
    shown = formula(latex(stated.formula), "law")
    if not stated.conditions:
        return shown
    conditions = ", ".join(f'<span class="whole">{light(latex(condition))}</span>' for condition in stated.conditions)
    return f"{shown}\n<p>{_label('where')} {unbroken(conditions)}</p>"


def _label(text):
    return f'<span class="label">{text}</span>'


def _example(used):
    """The smallest step that uses the rule: the line before and the line after."""
    use = min(used, key=lambda use: use.size)
    after = f"{sign(relation(use.step.relation))}{formula(latex(use.step.expression), 'line after')}"
    return (
        f'<div class="example">\n{formula(latex(use.step.before), "line before")}\n<div class="after">{after}</div>\n'
        f'<p class="reason">In {_link(use.entry)}: {sentence(use.step.because)}</p></div>'
    )


def uses_in_proofs() -> str:
    """In how many of the uses of the rules Coq accepted what the rule did."""
    used = [use for uses in steps_by_rule().values() for use in uses]
    many = sum(is_proved(use.entry) for use in used)
    share = f"all {many}" if many == len(used) else f"{many} of the {len(used)}"
    where = '<a href="proved.html">formal proofs</a>'
    return f"<p>In {where}, Coq accepts {share} uses of these rules, for all sizes.</p>"


def _where(used):
    """How often the rule is used, and where; the places are unfolded on demand."""
    places = Counter(use.entry.id for use in used)
    chapters = dict.fromkeys(id.partition(".")[0] for id in places)
    links = "; ".join(f"<b>{breakable(name)}</b> {_links(name, places)}" for name in chapters)
    if len(places) > MANY_PLACES:
        links = f"{', '.join(_chapter_link(name, places) for name in chapters)}. Each result's page names its rules"
    summary = f"<summary>Used in {counted_as(len(used), 'step')} of {counted_as(len(places), 'derivation')}</summary>"
    return f'<details class="uses" data-search-exclude>{summary}\n<p>{links}.</p></details>'


def _chapter_link(name, places):
    """A chapter, and in how many of its derivations the rule is used."""
    return f'<a href="{name}.html">{breakable(name)}</a> ({sum(id.startswith(f"{name}.") for id in places)})'


def _links(chapter, places):
    """The derivations of one chapter, by their names in it, each with how often."""
    here = {id: times for id, times in places.items() if id.partition(".")[0] == chapter}
    return ", ".join(
        f'<a href="{page_address(id)}">{breakable(id.partition(".")[2])}</a>' + (f" ({times})" if times > 1 else "")
        for id, times in here.items()
    )


def _link(entry):
    return f'<a href="{href(entry)}">{breakable(entry.id)}</a>'
