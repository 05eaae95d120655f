"""The expression that a tree says, once it is known what each name is."""

from sympy import (
    E, Add, Expr, Indexed, Max, Mul, Pow, Product, Rational, S, Sum, Symbol, cos, exp, log, pi, sin, sqrt,
)  # fmt: skip

from .. import sigmoid
from ..engine.entries import Definition, define, is_index
from ..engine.terms import Quantity, free_symbols, fresh
from .declare import Meanings
from .grammar import Node, Unreadable
from .known import Family, family, tanh
from .survey import SIZE_NAMED, VECTORS, whole_number

ONE = {
    "exp": exp, "log": log, "sqrt": sqrt, "sin": sin, "cos": cos, "tanh": tanh, "sigmoid": sigmoid.sigmoid,
    "softplus": sigmoid.softplus, "relu": lambda number: Max(0, number), "abs": lambda number: Max(number, -number),
}  # fmt: skip
FIXED = {"e": E, "π": pi}
LARGEST_POWER = 64  # of numbers
NAMED = "suvt"  # what a vector that is an expression is called


class Builder:
    """Reads the trees of one text."""

    def __init__(self, names: Meanings, quantities: dict[str, Definition], inner: list[Definition], text: str = "",
                 taken: frozenset = frozenset()):  # fmt: skip
        self.names, self.quantities, self.inner, self.text, self.taken = names, quantities, inner, text, taken

    def expression(self, node: Node, bound: dict | None = None, running: Symbol | None = None) -> Expr:
        """A number. `bound` has what the letters of sums are called; `running` is the index that vectors lack."""
        bound = bound or {}
        if node.kind == "number":
            return Rational(node.value.numerator, node.value.denominator)
        if node.kind == "name":
            return self._name(node, (), bound, running)
        if node.kind == "entry":
            return self._entry(node, bound, running)
        if node.kind == "call":
            return self._call(node, bound, running)
        return self._operation(node, [self.expression(part, bound, running) for part in node.parts])

    def refuse(self, message: str, node: Node):
        raise Unreadable(message, self.text, node.column)

    def _operation(self, node, parts):
        if node.value == "neg":
            return -parts[0]
        left, right = parts
        if node.value == "+":
            return Add(left, right)
        if node.value == "-":
            return Add(left, -right)
        if node.value == "*":
            return Mul(left, right)
        if node.value == "/":
            if right == 0:
                self.refuse("expected a number to divide by, found 0", node)
            return Mul(left, Pow(right, -1))
        if left.is_number and right.is_number and not (right.is_Rational and abs(right) <= LARGEST_POWER):
            self.refuse(f"expected a power of numbers up to {LARGEST_POWER}, found {right}", node)
        if left == 0 and right.is_number and right <= 0:
            self.refuse("expected a power that has a value, found one of 0", node)
        return Pow(left, right)

    def _name(self, node, indices, bound, running):
        """A symbol, or an entry; where a vector is wanted, with the index that it lacks."""
        name = node.value
        if not indices and name not in self.quantities and running is None and (found := self._plain(name, bound)):
            return found
        for places in ((*indices, running), indices) if running is not None else (indices,):
            found = self._value(name, places, node, strict=places == indices)
            if found is not None:
                return found
        raise AssertionError(name)

    def _plain(self, name, bound):
        """An index, a size, or a constant."""
        survey = self.names.survey
        if name in bound:
            return bound[name]
        if name in SIZE_NAMED:
            return SIZE_NAMED[name]
        if (name, 0) in self.names.declared:
            return None
        if name in survey.letters and not self.names.has(name):
            return survey.letters[name]
        return FIXED.get(name) if not self.names.has(name) else None

    def _value(self, name, places, node, strict):
        """What a name is with these indices; None if it is not used so, unless that is the last thing to try."""
        if name in self.quantities:
            return self._quantity(name, places, node, strict)
        sizes = tuple(self._size(place) for place in places)
        if not strict:
            known = (name, len(sizes)) in self.names.declared or self.names.known(name, sizes)
            used = [ranks for ranks in self.names.survey.ranks(name) if len(ranks) == len(sizes)]
            fits = any(all(one in (None, two) for one, two in zip(ranks, sizes)) for ranks in used)
            lacks = any(use.lacks for use in self.names.survey.uses.get(name, ())) and self._is_vector_only(name, sizes)
            if not (known or (fits and not self.names.has(name)) or lacks):
                return None
        if not sizes and (found := self._plain(name, {})) is not None:
            return found
        used = next((ranks for ranks in self.names.survey.ranks(name) if len(ranks) == len(sizes)), sizes)
        sizes = tuple(two if one is None else one for one, two in zip(used, sizes))
        base = self.names.base(name, sizes, self.text, node.column)
        return base[places] if places else base

    def _is_vector_only(self, name, sizes):
        """Whether nobody says more of a name than that it stands, with one index less, where a vector is wanted."""
        survey = self.names.survey
        if self.names.has(name) or survey.ranks(name):
            return False
        ranks = {len(use.indices) for use in survey.uses[name]}
        return ranks == {len(sizes) - 1} and (len(sizes) > 1 or self._alone)

    _alone = False  # whether the vector that is read is a bare name

    def _quantity(self, name, places, node, strict):
        definition = self.quantities[name]
        own = [parameter for parameter in definition.parameters if is_index(parameter)]
        roots = [parameter for parameter in definition.parameters if not is_index(parameter)]
        if len(places) == len(own):
            return definition(*roots, *places)
        if strict:
            self.refuse(f"expected {len(own)} indices of {name}, found {len(places)}", node)
        return None

    def _size(self, place):
        return self.names.size_of.get(place) if isinstance(place, Symbol) else None

    def _index(self, node, bound):
        if node.kind == "number":
            return whole_number(node)
        return bound.get(node.value) or self.names.survey.letters[node.value]

    def _entry(self, node, bound, running):
        first, *indices = node.parts
        places = tuple(self._index(index, bound) for index in indices)
        if first.kind == "name":
            return self._name(first, places, bound, running)
        if first.value != "softmax" or len(places) != 1 or len(first.parts) != 1:
            self.refuse("expected softmax(v)[k], with one vector and one index", node)
        size = self._size(places[0]) or self._size_of_vector(first, bound)
        vector = self._vector(first.parts[0], size, bound, first)
        return self._family(size, first).probability(vector, places[0])

    def _family(self, size, node) -> Family:
        letters = [letter for letter, top in self.names.size_of.items() if top == size]
        if len(letters) < 3:
            self.refuse("expected a vector whose index runs up to a size", node)
        return family(size, tuple(letters[:3]))

    def _size_of_vector(self, node, bound):
        """How far the entries of a vector go, where no index says it: the first size with which it can be read."""
        sizes = [*dict.fromkeys(self.names.size_of.values())]
        named = [ranks[-1] for name in _names(node) for ranks in self.names.survey.ranks(name) if ranks and ranks[-1]]
        for size in dict.fromkeys([*named, *sizes]):
            try:
                before = dict(self.names.bases), list(self.names.new), list(self.names.said), list(self.inner)
                self._vector(node.parts[0], size, bound, node)
                return size
            except Unreadable:
                continue
            finally:
                self.names.bases, self.names.new, self.names.said, self.inner[:] = (
                    before[0], before[1], before[2], before[3])  # fmt: skip
        return self.refuse(f"expected {node.value} of a vector, such as {node.value}(z), whose size is known", node)

    def _vector(self, node, size, bound, call):
        """A vector: a name or a row as it is, any other expression as a quantity with a name."""
        taken = {*free_indices_of(bound), *self.names.survey.letters.values()}
        letters = [letter for letter, top in self.names.size_of.items() if top == size]
        running = next((letter for letter in letters if letter not in taken), None) or fresh(letters[0], taken)
        self.names.size_of.setdefault(running, size)
        self._alone = node.kind in ("name", "entry")
        try:
            body = self.expression(node, bound, running)
        finally:
            self._alone = False
        if running not in free_symbols(body):
            self.refuse(f"expected a vector in {call.value}(...), such as {call.value}(z), found a number", node)
        if isinstance(body, Indexed) and body.indices[-1] == running and running not in body.indices[:-1]:
            return body.base[body.indices[:-1]] if len(body.indices) > 1 else body.base
        if isinstance(body, Quantity) and body.args[-1] == running and running not in body.args[:-1]:
            return body.func(*body.args[:-1])
        return self._named(body, running)

    def _named(self, body, running):
        roots = sorted((s for s in free_symbols(body) if not is_index(s)), key=str)
        others = sorted((s for s in free_symbols(body) if is_index(s) and s != running and s in self.names.size_of),
                        key=str)  # fmt: skip
        for known in self.inner:
            if known.body == body and known.parameters == (*roots, *others, running):
                return known.head(*roots, *others)
        survey = self.names.survey
        free = [letter for letter in (*NAMED, *(f"s{place}" for place in range(1, 99)))
                if letter not in survey.names and letter not in [inner.symbol for inner in self.inner]]  # fmt: skip
        symbol = free[0]
        made = define(f"any_loss.{symbol}", f"the vector {symbol}", symbol, (*roots, *others, running), body)
        self.inner.append(made)
        return made.head(*roots, *others)

    def _call(self, node, bound, running):
        name, arguments = node.value, node.parts
        if name in ("sum", "prod"):
            return self._total(node, bound, running)
        if name in VECTORS:
            if name == "softmax" or len(arguments) != 1:
                self.refuse("expected an entry of softmax, such as softmax(z)[k]" if name == "softmax"
                            else "expected logsumexp of one vector", node)  # fmt: skip
            size = self._size_of_vector(node, bound)
            return self._family(size, node).log_sum_exp(self._vector(arguments[0], size, bound, node))
        numbers = [self.expression(argument, bound, running) for argument in arguments]
        if name in ("max", "min"):
            if len(numbers) < 2:
                self.refuse(f"expected at least two numbers in {name}(...)", node)
            return Max(*numbers) if name == "max" else -Max(*(-number for number in numbers))
        if len(numbers) != 1:
            self.refuse(f"expected one number in {name}(...), found {len(numbers)}", node)
        if name in ("log", "sqrt") and numbers[0].is_number and not numbers[0] > 0:
            self.refuse(f"expected {name} of a positive number", node)
        return ONE[name](numbers[0])

    def _total(self, node, bound, running):
        """sum(f, k), sum(f, i, k), and sum(f, j, i, n): j from i to n."""
        operator = Sum if node.value == "sum" else Product
        first, *given = node.parts if node.parts else (None,)
        if first is None or not given or given[0].kind != "name" or given[0].value in SIZE_NAMED:
            self.refuse(f"expected {node.value}(f, k): an expression and an index", node)
        letters = self.names.survey.letters
        is_from_to = len(given) == 3 and not (given[2].kind == "name" and given[2].value in letters)
        if not is_from_to and not all(one.kind == "name" and one.value in letters for one in given):
            self.refuse(f"expected {node.value}(f, k), {node.value}(f, i, k) or {node.value}(f, j, 1, n)", node)
        limits, inside = [], dict(bound)
        for index in given[:1] if is_from_to else given:
            own = letters[index.value]
            size = self.names.size_of[own]
            inside[index.value] = name = self._bound_name(own, size, inside)
            limits.append((name, S.One, size))
        if is_from_to:
            lower, upper = (self.expression(end, bound) for end in given[1:])
            if not (lower.is_integer and upper.is_integer):
                self.refuse("expected whole_number numbers, sizes and indices as ends of a sum", node)
            limits = [(limits[0][0], lower, upper)]
        return operator(self.expression(first, inside, running), *reversed(limits))

    def _bound_name(self, own, size, bound):
        """The letter itself, unless a sum around it or the variable has it."""
        taken = {*bound.values(), *self.taken}
        if own not in taken:
            return own
        every = taken | set(self.names.survey.letters.values())
        letters = [letter for letter, top in self.names.size_of.items() if top == size]
        return next((letter for letter in letters if letter not in every), None) or fresh(own, every)


def free_indices_of(bound: dict) -> set:
    """The letters that sums around a place bind."""
    return set(bound.values())


def _names(node):
    if node.kind == "name":
        yield node.value
    for part in node.parts:
        yield from _names(part)
