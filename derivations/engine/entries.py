"""What is stated: hypotheses, definitions, conventions, counterexamples, cited theorems.

Definitions are the only formulas typed by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sympy import And, Basic, Contains, Eq, Expr, Indexed, Range, Symbol, Tuple
from sympy.logic.boolalg import Boolean

from .misuse import at, expect_kind, refuse_start, refuse_statement, refuse_text, refuse_unknown
from .terms import Quantity, free_indices, free_symbols, substitute


@dataclass(frozen=True)
class Hypothesis:
    """Something a step may rely on: its name, what it says in words,
    and as a formula that readers see and the checker samples from.

    `statement` is None where a formula cannot say it (independence). `every` names the indices for every value of which
    it holds; it speaks of one chosen value of the others that are free. None: of every value of those that run in the
    notation. `witness` maps symbols to values at which an equation holds, so that the exact check has points to stand
    on; it is confirmed and not trusted.
    """

    name: str
    words: str
    statement: Boolean | None = None
    witness: Tuple = Tuple()
    every: tuple | None = None

    def __post_init__(self):
        with at(f"the hypothesis {self.name!r}"):
            refuse_text(name=self.name, statement=self.words)
            refuse_statement(self.statement)

    def about(self, arguments):
        """Whether it speaks of the range of an index that some argument replaces:
        the step then answers for the new index itself.
        """
        replaced = {
            symbol for argument in arguments if isinstance(argument, dict) for symbol in argument if is_index(symbol)
        }
        return isinstance(self.statement, Contains) and self.statement.args[0] in replaced

    def is_range_beyond(self, free):
        """Whether it speaks of the range of an index that is not among some symbols."""
        ranges = isinstance(self.statement, Contains) and isinstance(self.statement.args[1], Range)
        return ranges and is_index(self.statement.args[0]) and self.statement.args[0] not in free

    @property
    def chosen(self):
        """The indices of which it speaks of one value: those that stand on the right of an equation alone,
        and those that are not among `every` where that is said.
        """
        free = free_symbols(self.statement) if self.every is not None else set()
        for part in And.make_args(self.statement) if self.statement is not None else ():
            free = free | (free_symbols(part.rhs) - free_symbols(part.lhs) if isinstance(part, Eq) else set())
        return frozenset(symbol for symbol in free - set(self.every or ()) if is_index(symbol))

    @property
    def letters(self):
        """The symbols of which it speaks that are no indices: each is one number."""
        free = () if self.statement is None else free_symbols(self.statement)
        return frozenset(symbol for symbol in free if not is_index(symbol))

    @property
    def fixes(self):
        """Whether it leaves no room around a point at which it holds: an equation, or membership in a finite set."""
        parts = And.make_args(self.statement) if self.statement is not None else ()
        return any(isinstance(part, Eq) or (isinstance(part, Contains) and part.args[1].is_FiniteSet) for part in parts)

    @property
    def fixed(self):
        """The entry or symbol to which it gives a value, if it does; else all that it speaks of."""
        return what_it_fixes(self.statement)

    def at(self, arguments):
        """The same about what the arguments put in the place of its vectors and numbers:
        what a result cited there needs. A letter that an equation only gives as a value (that every probability is p)
        stays: at another value the equation gives that one.
        """
        mapping = {
            old: new
            for argument in arguments
            if isinstance(argument, dict)
            for old, new in argument.items()
            if not is_index(old)
        }
        if self.statement is None or not mapping.keys() & free_symbols(what_it_fixes(self.statement)):
            return self
        statement = substitute(self.statement, mapping)
        words = f"{self.words}; here said of {', '.join(map(str, mapping.values()))}"
        return replace(self, words=words, statement=statement, witness=Tuple())


@dataclass(frozen=True)
class Definition:
    """A named quantity and its defining expression: the only formulas typed by hand.

    Calling it gives the quantity at other arguments: ``mass(p[i], y[i])``. `shown` lists those that are printed.
    `meant_for` are hypotheses on its parameters that no step needs, and that a function of numbers asks for.
    """

    id: str
    title: str
    symbol: str
    parameters: tuple
    body: Expr
    meaning: str = ""
    shown: tuple | None = None
    hypotheses: tuple = ()
    meant_for: tuple = ()
    head: type = field(init=False, compare=False)

    def __post_init__(self):
        with at(self.id):
            refuse_text(id=self.id, title=self.title, symbol=self.symbol)
            refuse_start(self.body)
        loose = free_indices(self.body) - set(self.parameters)
        if loose:
            raise ValueError(
                f"{self.id}: its definition names the index {loose.pop()}, which is not among its parameters"
            )
        object.__setattr__(self, "head", type(self.id, (Quantity,), {"definition": self}))

    def __call__(self, *arguments):
        with at(self.id):
            for argument in arguments:
                refuse_unknown(argument)
        return self.head(*arguments)

    @property
    def name(self) -> Expr:
        """The quantity at its parameters."""
        return self.head(*self.parameters)

    @property
    def result(self) -> Expr:
        """What it is defined as, the same as `body`."""
        return self.body

    steps = ()
    relation = "="
    kind = "definition"


@dataclass(frozen=True)
class Convention:
    """Something agreed upon that is no quantity: statements that hold by definition (the simplex, 0 log 0 = 0)."""

    id: str
    title: str
    statements: tuple
    meaning: str

    hypotheses = steps = ()
    kind = "definition"


@dataclass(frozen=True)
class Counterexample:
    """Values at which a claim is false, though every statement in `given` is true there.

    `values` maps sizes to integers, symbols to numbers and vectors to (nested) tuples of them. `without` names the
    hypothesis in words that the values break, where the claim is a result that needs it.
    """

    id: str
    title: str
    claim: Boolean
    values: dict = field(hash=False)
    meaning: str = ""
    given: tuple = ()
    without: Hypothesis | None = None

    hypotheses = steps = ()
    kind = "counterexample"


@dataclass(frozen=True)
class Theorem:
    """A theorem that is cited and not derived: what it says, in words and as a formula, when, and where it is proved.

    `formula` is None where no formula of ours can say it; the words are then read by people only, as those of a
    condition without a statement are. Letters of whole numbers in it stand for any that are not negative. `evidence`
    are entries that show a part of it.
    """

    id: str
    title: str
    says: str
    source: str
    conditions: tuple[Hypothesis, ...] = ()
    evidence: tuple = ()
    formula: Boolean | None = None

    hypotheses = steps = ()
    kind = "theorem"


def define(id: str, title: str, symbol: str, parameters: Iterable[Basic], body: Expr, **more: object) -> Definition:
    """A definition; see `Definition`. An index among the last parameters is printed as a subscript."""
    return Definition(id, title, symbol, tuple(expect_kind(parameters, Iterable, "a list, as [p]")), body, **more)


def what_it_fixes(statement: Boolean) -> Basic:
    """The entry or symbol to which an equation gives a value; any other formula as it is."""
    fixes = isinstance(statement, Eq) and isinstance(statement.lhs, (Indexed, Symbol))
    return statement.lhs if fixes else statement


def is_index(symbol: Basic) -> bool:
    """Whether a symbol is an index: a positive integer symbol."""
    return isinstance(symbol, Symbol) and bool(symbol.is_integer)
