"""Losses from practice, as somebody would type them: derived when the site is built, and shown as cards.

``{{ loss NAME }}`` shows one of LOSSES; ``{{ refused NAME }}`` what is said to one of REFUSED.
"""

import re
from functools import lru_cache

from ..any_loss.command import chains_of
from ..any_loss.declare import Reading, read_loss
from ..any_loss.strategy import Refused
from ..any_loss.tokens import Unreadable
from ..any_loss.tool import gradient
from ..any_loss.worked import LOSSES, PAGE, Asked
from ..checking.compare import VERIFIED
from ..checking.found import checked
from ..engine.derivation import Derivation
from ..engine.terms import equation
from ..reference.copies import headline
from ..writing.capitals import in_capital
from ..writing.typeset import latex, latex_chain
from .blocks import LABELS, scope_and_conditions
from .pieces import formula, sentence
from .proofs import proof
from .typed import command_line, said_block, terminal_block, typed_block

LINK_TO_LOSS = re.compile(r'href="any_loss\.html#([^"]+)"')


def question_of(asked: Asked) -> Reading:
    """What was understood of a question."""
    return read_loss(asked.loss, asked.variable, asked.given, asked.where, asked.let)


FIRST = Asked("cross-entropy of softmax", "-sum(y[k] * log(softmax(z)[k]), k)", "z[m]", ("sum(y[k], k) = 1",))
PRINTED = Asked("A weighted squared error", "sum(a[i] * (y[i] - s[i])^2, i)", "s[j]")
TYPED = {"first": lambda: typed_block(command_line(FIRST.words)), "printed": lambda: terminal_block(PRINTED.words),
         "help": lambda: typed_block(command_line(["gradient", "--help"]))}  # fmt: skip
REFUSED = {
    "function": Asked("A function that is not there", "-sum(log((1 + erf(z[i]))/2), i)", "z[j]"),
    "name": Asked("A name with two meanings", "sum(w[k]*y[k]*z[k], k) + sum(w[f]^2, f)", "z[m]"),
    "typo": Asked("A typing error", "sum(y[k]*log(sofmax(z)[k]), k)", "z[m]"),
    "region": Asked("A comparison with itself", "-min(s*A, min(max(s, 1 - eps), 1 + eps)*A)", "s"),
}


@lru_cache(maxsize=32)
def chains_of_loss(name: str) -> tuple[Derivation, ...]:
    """The chains of a loss, lemmas first; each is verified, or the site is not built."""
    asked = LOSSES[name]
    found = tuple(chains_of("gradient", question_of(asked), id=f"{PAGE}.{name}"))
    for chain in found:
        record = checked(chain)
        if record.outcome != VERIFIED:
            raise ValueError(f"{chain.id} must not be published: {record}")
    return found


def loss_card(name: str) -> tuple[str, str]:
    """The title of a loss; and the line that was typed, what was understood, the results, and the derivations."""
    asked, question = LOSSES[name], question_of(LOSSES[name])
    *lemmas, last = chains_of_loss(name)
    general = last if not last.id.endswith("_given") else lemmas.pop()
    said, own = "".join(f"<li>{sentence(text)}</li>" for text in question.said), f"{PAGE}.{name}"
    lines = [
        _kind(own),
        typed_block(command_line(asked.words)),
        f'<ul class="understood" data-search-exclude>{said}</ul>' if said else "",
        _part(_stated(general), general),
        _part(_stated(last), last, general) if last is not general else "",
        "<p>On the way:</p>" if lemmas else "",
        *(_part(_lemma(chain), chain) for chain in lemmas),
    ]
    shown = {own, *(chain.id for chain in lemmas)}
    # What `--let` names is said in the line that was typed, at the head of the card: no other place tells of it.
    return in_capital(asked.title), LINK_TO_LOSS.sub(
        lambda link: link[0] if link[1] in shown else f'href="{PAGE}.html#{own}"', "\n".join(lines)
    )


def _kind(id):
    """What is beside the title, as on the card of a result, where docs/javascripts/citing.js adds the button."""
    own = f'<a href="#{id}" title="The address of this loss"><code>{id}</code></a>'
    return f'<p class="kind" data-search-exclude><span class="label">{LABELS["derivation"]}</span> {own}</p>'


def _part(said, chain, begins=None):
    """What is said, and below it the derivation, with its LaTeX to copy."""
    source = f'<script type="application/x-tex">{headline(chain)}\n{latex_chain(chain)}</script>'
    return f'<div class="part">{said}\n{source}<div class="folds">{proof(chain, begins)}</div></div>'


def _formula(chain, label):
    return formula(latex(equation(chain.start, chain.result)), label, headline(chain))


def _stated(chain):
    scope, conditions = scope_and_conditions(chain)
    return f'<div class="statement">{_formula(chain, "result")}{scope}</div>\n{conditions}'


def _lemma(chain):
    return f'<div class="statement" id="{chain.id}">{_formula(chain, "a lemma")}</div>'


def refused_block(name: str) -> str:
    """What is said to a question that cannot be answered."""
    asked = REFUSED[name]
    try:
        question = question_of(asked)
        gradient(question.expression, question.variable, question.given, question.vocabulary)
    except Unreadable as error:
        return said_block(command_line(asked.words), [f"error: {error}"], error.pointed())
    except Refused as error:
        return said_block(command_line(asked.words), [f"error: {error}"])
    raise ValueError(f"{asked.title} is not refused: {command_line(asked.words)}")
