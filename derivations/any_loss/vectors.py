"""Vectors that softmax and log-sum-exp are taken of: those that are made of others become quantities."""

from sympy import Expr, Indexed, Symbol

from ..engine.entries import Definition, define, is_index
from ..engine.terms import free_symbols, substitute
from ..notation import K
from ..writing.typeset import plain
from .letters import Letters
from .lexicon import Lexicon
from .tokens import NAMES_OF_CONSTANTS
from .trees import Element, Name, Summed, Tree, parts_of
from .uses import top_of

SYMBOLS = "sogabqhwxvuABCDEFGHJLN"


def letters_to(letters: Letters, size: Expr) -> tuple[Symbol, ...]:
    """The three letters in which what is known of softmax is told, for vectors that run so far."""
    while len(letters.of(size)) < 3:
        letters.spare(size, set(letters.of(size)))
    return tuple(letters.of(size)[:3])


class Vectors:
    """The quantities that vectors of one loss are, each once."""

    def __init__(self, letters: Letters):
        self.letters = letters
        self.made: list[Definition] = []
        self.said: list[str] = []

    def size(self, tree: Tree, lexicon: Lexicon, scope: dict) -> Expr | None:
        """How far a vector runs by what is known of its names: those that are used already, then those over classes."""
        if isinstance(tree, Name) or (isinstance(tree, Element) and isinstance(tree.vector, Name)):
            name = tree.name if isinstance(tree, Name) else tree.vector.name
            if name in scope or name in NAMES_OF_CONSTANTS:
                return None
            tops = [top_of(index, self.letters, lexicon) for index in getattr(tree, "indices", ())]
            fits = [one for one in lexicon.meanings(name) if len(one.sizes) == len(tops) + 1
                    and all(top in (None, size) for top, size in zip(tops, one.sizes))]  # fmt: skip
            fits.sort(key=lambda one: (not any(one.root == root and one.sizes == met.sizes for (root, _), met
                                               in lexicon.met.items()), one.sizes[-1] != K))  # fmt: skip
            return fits[0].sizes[-1] if fits else None
        below = parts_of(tree) if not isinstance(tree, Summed) else (tree.body,)
        return next((size for part in below if (size := self.size(part, lexicon, scope)) is not None), None)

    @staticmethod
    def without_last(entry: Expr) -> Expr:
        """The vector or the row of an entry: without its last index."""
        if isinstance(entry, Indexed):
            return entry.base[entry.indices[:-1]] if len(entry.indices) > 1 else entry.base
        return entry.func(*entry.args[:-1])

    def quantity(self, body: Expr, running: Symbol, size: Expr) -> Expr:
        """The vector with these entries, by its name; one definition for all that differ in their letters alone."""
        free = sorted(free_symbols(body), key=lambda symbol: (str(symbol), type(symbol).__name__))
        roots = [symbol for symbol in free if not is_index(symbol)]
        others = [letter for letter in free if is_index(letter) and self.letters.top(letter) and letter != running
                  and not self.letters.is_size(letter.name)]  # fmt: skip
        *usual, last = self.letters.distinct((*(self.letters.top(other) for other in others), size))
        body = substitute(body, dict(zip((*others, running), (*usual, last))))
        found = next((one for one in self.made if one.body == body and one.parameters[-1] == last), None)
        if found is None:
            found = self._define(body, (*roots, *usual, last))
        return found.head(*roots, *others)

    def _define(self, body, parameters):
        taken = {definition.symbol for definition in self.made} | self.letters.typed | self.letters.tops.keys()
        letters = (*SYMBOLS, *(f"s{number}" for number in range(1, 999)))
        symbol = next(letter for letter in letters if letter not in taken)
        found = define(f"any_loss.{symbol}", "a vector", symbol, parameters, body, meaning="a vector of the loss")
        self.made.append(found)
        self.said.append(f"{plain(found.head(*parameters))} = {plain(body)}")
        return found
