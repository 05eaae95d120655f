"""Losses from practice, as somebody would type them: a page works them out, and there they can be cited.

They are no entries of the catalogue. What an id here names is a line that is typed: each version derives it anew.
"""

import shlex
from dataclasses import dataclass
from typing import ClassVar

PAGE = "any_loss"


@dataclass(frozen=True)
class Asked:
    """A question: its title, the loss, the variable, and what is given, declared or named."""

    title: str
    loss: str
    variable: str
    given: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    let: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words of the line to type in a terminal."""
        words = ["gradient", self.loss, self.variable]
        for option in ("given", "where", "let"):
            words += [word for text in getattr(self, option) for word in (f"--{option}", text)]
        return words


@dataclass(frozen=True)
class Worked:
    """A loss that is worked out on the page, as it is cited."""

    id: str
    title: str
    kind: ClassVar[str] = "worked loss"
    steps: ClassVar[tuple] = ()  # the page has them


LOSSES = {
    "focal": Asked("focal loss", "-(1 - softmax(z)[c])^gamma * log(softmax(z)[c])", "z[m]"),
    "smoothing": Asked("label smoothing", "-sum(((1 - eps)*y[k] + eps/K) * log(softmax(z)[k]), k)", "z[m]",
                       ("sum(y[k], k) = 1",)),
    "temperature": Asked("cross-entropy with a temperature", "-sum(y[k] * log(softmax(z/T)[k]), k)", "z[m]",
                         ("sum(y[k], k) = 1",)),
    "poisson": Asked("Poisson regression", "sum(exp(z[i]) - y[i]*z[i], i)", "w[f]", where=("y[i] >= 0",),
                     let=("z[i] = sum(x[i,f]*w[f], f)",)),
    "hinge": Asked("hinge loss", "sum(max(0, 1 - s[i]*z[i]), i)", "w[f]", where=("s[i] in {-1, 1}",),
                   let=("z[i] = sum(x[i,f]*w[f], f)",)),
    "hidden": Asked("a network with one hidden layer", "sum((o[i] - y[i])^2, i) / 2", "W[f,u]",
                    where=("W[f,u] in R", "v[u] in R", "y[i] in R"),
                    let=("h[i,u] = sigmoid(sum(x[i,f]*W[f,u], f))", "o[i] = sum(v[u]*h[i,u], u)")),
}  # fmt: skip
WORKED = {f"{PAGE}.{name}": Worked(f"{PAGE}.{name}", f"{asked.title}: its gradient") for name, asked in LOSSES.items()}


def is_of_a_loss(id: str) -> bool:
    """Whether an id names a loss that was typed, here or by somebody, and no entry of the catalogue."""
    return id.startswith(f"{PAGE}.")


def said_of(id: str) -> str:
    """What there is to say of such an id to who asks for an entry: what it is, and what can be cited."""
    if id in WORKED:
        typed = shlex.join(LOSSES[id.partition(".")[2]].words)
        return (f"{id} is no entry of the catalogue: it is a loss that the page Any loss works out. "
                f"`{id} --cite` alone cites it; this derives it: python -m derivations {typed}")  # fmt: skip
    return (f"{id} is no entry of the catalogue: ids that begin with {PAGE}. are of losses that were typed. "
            f"To cite one, cite the work (--cite without an id) and say what you typed. Only those that the page Any "
            f"loss works out have an id to cite: {', '.join(WORKED)}")  # fmt: skip
