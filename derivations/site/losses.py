"""Losses from practice, as somebody would type them: derived when the site is built, and shown as cards.

``{{ loss NAME }}`` shows one of LOSSES; ``{{ refused NAME }}`` what is said to one of REFUSED.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..any_loss.command import chains_of
from ..any_loss.declare import Reading, read_loss
from ..any_loss.strategy import Refused
from ..any_loss.tokens import Unreadable
from ..any_loss.tool import gradient
from ..checking.compare import VERIFIED
from ..checking.records import checked
from ..engine.derivation import Derivation
from ..engine.terms import equation
from ..writing.typeset import latex
from .blocks import scope_and_conditions
from .pieces import formula, sentence
from .proofs import proof
from .typed import command_line, said_block, terminal_block, typed_block

LINK_TO_LOSS = re.compile(r'href="any_loss\.html#([^"]+)"')


@dataclass(frozen=True)
class Asked:
    """A question: its title, the loss, the variable, and what is given, declared or named."""

    title: str
    loss: str
    variable: str
    given: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    let: tuple[str, ...] = ()

    def read(self) -> Reading:
        return read_loss(self.loss, self.variable, self.given, self.where, self.let)

    @property
    def words(self) -> list[str]:
        """The words of the line to type in a terminal."""
        words = ["gradient", self.loss, self.variable]
        for option in ("given", "where", "let"):
            words += [word for text in getattr(self, option) for word in (f"--{option}", text)]
        return words

    @property
    def command(self) -> str:
        """The line to type in a terminal."""
        return command_line(self.words)


LOSSES = {
    "focal": Asked("Focal loss", "-(1 - softmax(z)[c])^gamma * log(softmax(z)[c])", "z[m]"),
    "smoothing": Asked("Label smoothing", "-sum(((1 - eps)*y[k] + eps/K) * log(softmax(z)[k]), k)", "z[m]",
                       ("sum(y[k], k) = 1",)),
    "temperature": Asked("Cross-entropy with a temperature", "-sum(y[k] * log(softmax(z/T)[k]), k)", "z[m]",
                         ("sum(y[k], k) = 1",)),
    "poisson": Asked("Poisson regression", "sum(exp(z[i]) - y[i]*z[i], i)", "w[f]", where=("y[i] >= 0",),
                     let=("z[i] = sum(x[i,f]*w[f], f)",)),
    "hinge": Asked("Hinge loss", "sum(max(0, 1 - s[i]*z[i]), i)", "w[f]", where=("s[i] in {-1, 1}",),
                   let=("z[i] = sum(x[i,f]*w[f], f)",)),
    "hidden": Asked("A network with one hidden layer", "sum((o[i] - y[i])^2, i) / 2", "W[f,u]",
                    where=("W[f,u] in R", "v[u] in R", "y[i] in R"),
                    let=("h[i,u] = sigmoid(sum(x[i,f]*W[f,u], f))", "o[i] = sum(v[u]*h[i,u], u)")),
}  # fmt: skip
FIRST = Asked("Cross-entropy of softmax", "-sum(y[k] * log(softmax(z)[k]), k)", "z[m]", ("sum(y[k], k) = 1",))
PRINTED = Asked("A weighted squared error", "sum(a[i] * (y[i] - s[i])^2, i)", "s[j]")
TYPED = {"first": lambda: typed_block(FIRST.command), "printed": lambda: terminal_block(PRINTED.words),
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
    found = tuple(chains_of("gradient", asked.read(), id=f"any_loss.{name}"))
    for chain in found:
        record = checked(chain)
        if record.outcome != VERIFIED:
            raise ValueError(f"{chain.id} must not be published: {record}")
    return found


def loss_card(name: str) -> tuple[str, str]:
    """The title of a loss; and the line that was typed, what was understood, the results, and the derivations."""
    asked, question = LOSSES[name], LOSSES[name].read()
    *lemmas, last = chains_of_loss(name)
    general = last if not last.id.endswith("_given") else lemmas.pop()
    said = "".join(f"<li>{sentence(text)}</li>" for text in question.said)
    lines = [
        typed_block(asked.command),
        f'<ul class="understood" data-search-exclude>{said}</ul>' if said else "",
        _part(_stated(general), proof(general)),
        _part(_stated(last), proof(last, general)) if last is not general else "",
        "<p>On the way:</p>" if lemmas else "",
        *(_part(_lemma(chain), proof(chain)) for chain in lemmas),
    ]
    own = f"any_loss.{name}"
    shown = {own, *(chain.id for chain in lemmas)}
    # What `--let` names is said in the line that was typed, at the head of the card: no other place tells of it.
    return asked.title, LINK_TO_LOSS.sub(
        lambda link: link[0] if link[1] in shown else f'href="any_loss.html#{own}"', "\n".join(lines)
    )


def _part(said, folded):
    """What is said, and below it the derivation."""
    return f'<div class="part">{said}\n<div class="folds">{folded}</div></div>'


def _stated(chain):
    scope, conditions = scope_and_conditions(chain)
    shown = formula(latex(equation(chain.start, chain.result)), "result")
    return f'<div class="statement">{shown}{scope}</div>\n{conditions}'


def _lemma(chain):
    said = formula(latex(equation(chain.start, chain.result)), "a lemma")
    return f'<div class="statement" id="{chain.id}">{said}</div>'


def refused_block(name: str) -> str:
    """What is said to a question that cannot be answered."""
    asked = REFUSED[name]
    try:
        question = asked.read()
        gradient(question.expression, question.variable, question.given, question.vocabulary)
    except Unreadable as error:
        return said_block(asked.command, [f"error: {error}"], error.pointed())
    except Refused as error:
        return said_block(asked.command, [f"error: {error}"])
    raise ValueError(f"{asked.title} is not refused: {asked.command}")
