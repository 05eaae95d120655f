"""Trees into expressions, with the meanings of their names. SymPy's own reading of text is never asked."""

from sympy import (
    Abs, E, Expr, I, Integer, Max, Pow, Product, Rational, Sum, Symbol, cos, exp, log, nan, oo, pi, sin, zoo,
)  # fmt: skip

from .. import sigmoid
from ..engine.entries import is_index
from ..engine.terms import free_symbols
from .grammar import runs_of
from .known import family, tanh
from .letters import Letters
from .lexicon import Lexicon
from .trees import Call, Element, Name, Numeral, Operation, Tree
from .uses import top_of
from .vectors import Vectors, letters_to

LARGEST_POWER, LARGEST_EXPONENT, BITS_OF_A_POWER = 100, 1000, 4000
MOST_COMPARED, MOST_KINKS = 12, 4  # each doubles what is written
HALF = Rational(1, 2)
SMOOTH = {"exp": exp, "log": log, "sin": sin, "cos": cos, "tanh": tanh, "sigmoid": sigmoid.sigmoid,
          "softplus": sigmoid.softplus, "sqrt": lambda value: Pow(value, HALF), "abs": lambda value: Max(value, -value),
          "relu": lambda value: Max(0, value), "max": Max,
          "min": lambda *values: -Max(*(-value for value in values))}  # fmt: skip


class Builder:
    """Makes the expressions of one loss. `avoid` are indices that are free somewhere: a sum takes another letter."""

    def __init__(self, letters: Letters, lexicon: Lexicon):
        self.letters, self.lexicon = letters, lexicon
        self.avoid: set[Symbol] = set()
        self.bare: dict[str, Expr] = {}  # indices that stand for numbers, unbound, and how far they run
        self.vectors = Vectors(letters)

    def expression(self, tree: Tree) -> Expr:
        """A number, with the larger of u and -u for a modulus that SymPy made."""
        made = self.number(tree, {}, None)
        return made.replace(Abs, lambda value: Max(value, -value)) if made.has(Abs) else made

    def number(self, tree: Tree, scope: dict[str, Symbol], running: Symbol | None) -> Expr:
        """What a tree stands for. `scope` are the indices that sums around it bind; within a vector, `running` is the
        index that a name or an entry gets which lacks one.
        """
        if isinstance(tree, Numeral):
            return Rational(tree.value.numerator, tree.value.denominator)
        made = getattr(self, f"_{type(tree).__name__.lower()}")(tree, scope, running)
        if made.has(Max, Abs) and isinstance(tree, (Call, Operation)) and kinks(made) > MOST_KINKS:
            raise tree.refused(f"found more than {MOST_KINKS} of max, min, abs and relu in each other, expected fewer")
        if made.has(zoo, nan, oo, -oo, I):
            raise tree.refused("found what has no value, such as 1/0 or the logarithm of a number that is not positive"
                               ", expected a real number")  # fmt: skip
        return made

    def _name(self, tree, scope, running):
        name, letters = tree.name, self.letters
        if name in scope or name in ("pi", "e"):
            return scope.get(name) or {"pi": pi, "e": E}[name]
        meaning = self._lacking(tree, (), running)
        if meaning is not None:
            return meaning.at((running,))
        meaning = self.lexicon.find(name, ())
        if meaning is not None:
            return self._use(meaning, tree).at(())
        if name in letters.tops or letters.is_size(name):
            if name in letters.tops:
                self.bare.setdefault(name, letters.tops[name])
            return letters.symbol(name)
        raise self.lexicon.refuse(tree)

    def _element(self, tree, scope, running):
        if isinstance(tree.vector, Call):
            index = self.index(tree.indices[0], scope)
            return self._softmax(tree.vector, top_of(tree.indices[0], self.letters, self.lexicon), scope, index)
        tops = tuple(top_of(index, self.letters, self.lexicon) for index in tree.indices)
        indices = tuple(self.index(index, scope) for index in tree.indices)
        meaning = self._lacking(tree, tops, running)
        if meaning is not None:
            return meaning.at((*indices, running))
        meaning = self.lexicon.find(tree.vector.name, tops)
        if meaning is None:
            raise self.lexicon.refuse(tree)
        for index, size, place in zip(indices, meaning.sizes, tree.indices):
            if (size - index).is_negative:
                raise place.refused(f"found {index}, expected at most {size}")
        return self._use(meaning, tree).at(indices)

    def index(self, tree: Tree, scope: dict[str, Symbol]) -> Expr:
        """What chooses an entry."""
        top_of(tree, self.letters, self.lexicon)  # refuses what is no index
        if isinstance(tree, Numeral):
            return Integer(int(tree.value))
        if isinstance(tree, Element):
            return self._element(tree, scope, None)
        return scope.get(tree.name) or self.letters.symbol(tree.name)

    def _use(self, meaning, tree):
        if meaning.root is not None:
            return self.lexicon.use(meaning, tree)
        raise tree.refused(f"found {meaning.name}, which a let names later, expected lets in the order of their use")

    def _lacking(self, tree, tops, running):
        """The meaning under which a name or an entry lacks exactly the running index."""
        if running is None:
            return None
        name = tree.name if isinstance(tree, Name) else tree.vector.name
        found = self.lexicon.find(name, (*tops, self.letters.top(running)))
        return None if found is None else self._use(found, tree)

    def _minus(self, tree, scope, running):
        return -self.number(tree.part, scope, running)

    def _operation(self, tree, scope, running):
        left, right = (self.number(side, scope, running) for side in (tree.left, tree.right))
        if tree.sign == "**":
            return raised(tree, left, right)
        if tree.sign == "/" and right == 0:
            raise tree.right.refused("found a divisor that is 0, expected one that is not")
        return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right,
                "/": lambda: left / right}[tree.sign]()  # fmt: skip

    def _call(self, tree, scope, running):
        if tree.function == "logsumexp":
            vector, size = self.vector(tree.arguments[0], None, scope)
            return family(size, letters_to(self.letters, size)).log_sum_exp(vector)
        if tree.function == "softmax":
            if running is None:
                raise tree.refused("found softmax of a vector alone, expected one of its entries: softmax(…)[k]")
            return self._softmax(tree, self.letters.top(running), scope, running)
        values = [self.number(argument, scope, running) for argument in tree.arguments]
        if tree.function in ("max", "min"):
            self._refuse_index(tree, scope)
        if len(values) > MOST_COMPARED:
            raise tree.refused(f"found {len(values)} arguments of {tree.function}, expected at most {MOST_COMPARED}")
        if tree.function == "exp":
            refuse_tower(tree, values[0])
        return SMOOTH[tree.function](*values)

    def _refuse_index(self, call, scope):
        """Refuse max(z[k], k): it is no maximum over k."""
        for argument in call.arguments[1:]:
            if isinstance(argument, Name) and argument.name in self.letters.tops and argument.name not in scope:
                raise argument.refused(f"found the index {argument.name} as a number, expected what is compared: "
                                       f"{call.function} over all values of an index is not there")  # fmt: skip

    def _softmax(self, call, size, scope, index):
        vector, size = self.vector(call.arguments[0], size, scope)
        return family(size, letters_to(self.letters, size)).probability(vector, index)

    def vector(self, tree: Tree, size: Expr | None, scope: dict[str, Symbol]) -> tuple[Expr, Expr]:
        """A vector and how far it runs: a name or a row as it is, of anything else a quantity."""
        size = size or self.vectors.size(tree, self.lexicon, scope)
        if size is None:
            raise tree.refused("found no vector, expected one: a name, a row such as o[i], or what is made of them")
        running = self.letters.spare(size, {*self.avoid, *scope.values()})
        made = self.number(tree, scope, running)
        if isinstance(tree, (Name, Element)) and made.args and made.args[-1] == running:
            return self.vectors.without_last(made), size
        if running not in free_symbols(made):
            raise tree.refused(f"found a number, expected a vector that runs to {size}")
        return self.vectors.quantity(made, running, size), size

    def _summed(self, tree, scope, running):
        limits, inside = [], dict(scope)
        for index, lower, upper in runs_of(tree, self.letters.is_size):
            size = self.letters.tops[index.name]
            ends = [self._bound(end, scope) for end in (lower, upper)] if lower is not None else [Integer(1), size]
            if lower is not None:
                refuse_bounds(lower, upper, *ends, size)
            letter = self.letters.symbol(index.name)
            taken = {*self.avoid, *inside.values(), *([running] if running is not None else [])}
            if letter in taken:
                letter = self.letters.spare(size, taken)
            # The letter stays taken where a sum inside has the same name.
            inside |= {index.name: letter, letter: letter}
            limits.insert(0, (letter, *ends))  # the first that is typed is the outermost
        body = self.number(tree.body, inside, running)
        made = {"sum": Sum, "prod": Product}[tree.word](body, *limits)
        if made.is_number:  # SymPy would add it up, term by term, to compare it
            raise tree.refused("found a sum or a product of numbers alone, expected its value, or a name in it")
        return made

    def _bound(self, tree, scope):
        bare = dict(self.bare)
        value, self.bare = self.number(tree, scope, None), bare
        if not value.is_integer or not all(map(is_index, free_symbols(value))):
            raise tree.refused("found a formula, expected a bound that is a whole number: a number, a size or an index")
        return value


def refuse_bounds(lower, upper, first, last, size):
    """Refuse bounds at which no entry can be."""
    if (first - 1).is_negative:
        raise lower.refused(f"found {first}, expected a sum that begins at 1 or later")
    if (last - first).is_negative:
        raise upper.refused(f"found {last}, expected a sum that ends at {first}, where it begins, or later")
    if (size - last).is_negative:
        raise upper.refused(f"found {last}, expected a sum that ends at {size} or before")


def raised(tree: Operation, base: Expr, exponent: Expr) -> Expr:
    """A power, unless its numbers would grow beyond what anyone reads."""
    if exponent.is_number:
        bits = sum(part.p.bit_length() + part.q.bit_length() for part in base.atoms(Rational))
        size = abs(exponent) if exponent.is_Rational else 1
        if size > LARGEST_POWER or (abs(base) != 1 and bits * size > BITS_OF_A_POWER):
            raise tree.right.refused(f"found a large exponent, expected one from -{LARGEST_POWER} to {LARGEST_POWER}")
        if base == 0 and exponent.is_negative:
            raise tree.left.refused("found a divisor that is 0, expected one that is not")
    refuse_tower(tree, exponent)
    return Pow(base, exponent)


def kinks(value: Expr) -> int:
    """How many maxima stand in each other, or more than there are where one compares many."""
    if isinstance(value, Max) and len(value.args) > MOST_COMPARED:
        return MOST_KINKS + 1
    return max(map(kinks, value.args), default=0) + isinstance(value, (Max, Abs))


def refuse_tower(tree: Tree, exponent: Expr) -> None:
    """Refuse exponents that make numbers too large to be compared. Those within were looked at before."""
    if exponent.is_number and (value := exponent.evalf(10)).is_Number and abs(value) > LARGEST_EXPONENT:
        raise tree.refused(f"found a large exponent, expected one from -{LARGEST_EXPONENT} to {LARGEST_EXPONENT}")
