"""Definitions, hypotheses, steps and derivations. A derivation is computed: nobody types a result."""

import inspect
from dataclasses import dataclass, field, replace

from sympy import Contains, Expr, Symbol, Tuple
from sympy.logic.boolalg import Boolean

from .terms import Quantity, RuleDoesNotApply, free_indices, free_symbols, substitute


@dataclass(frozen=True)
class Hypothesis:
    """Something a step may rely on: its name, what it says in words, and as a formula that readers see and the checker samples from.

    `statement` is None where a formula cannot say it (independence). `witness` maps symbols to values at which an equation holds,
    so that the checker has points to stand on; the checker confirms it and does not trust it.
    """

    name: str
    words: str
    statement: Boolean | None = None
    witness: Tuple = Tuple()

    def about(self, arguments):
        """Whether it speaks of the range of an index that some argument replaces: the step then answers for the new index itself."""
        replaced = {symbol for argument in arguments if isinstance(argument, dict) for symbol in argument}
        return isinstance(self.statement, Contains) and self.statement.args[0] in replaced

    def at(self, arguments):
        """The same about what the arguments put in the place of its vectors and numbers: what a result cited there needs."""
        mapping = {old: new for argument in arguments if isinstance(argument, dict) for old, new in argument.items() if not is_index(old)}
        if self.statement is None or not mapping.keys() & free_symbols(self.statement):
            return self
        return replace(self, statement=substitute(self.statement, mapping), witness=Tuple())


@dataclass(frozen=True)
class Definition:
    """A named quantity and its defining expression: the only formulas typed by hand.

    Calling it gives the quantity at other arguments: ``mass(p[i], y[i])``. `shown` lists the arguments that are printed.
    """

    id: str
    title: str
    symbol: str
    parameters: tuple
    body: Expr
    meaning: str = ""
    shown: tuple | None = None
    hypotheses: tuple = ()
    head: type = field(init=False, compare=False)

    def __post_init__(self):
        loose = free_indices(self.body) - set(self.parameters)
        if loose:
            raise ValueError(f"{self.id}: its definition names the index {loose.pop()}, which is not among its parameters")
        object.__setattr__(self, "head", type(self.id, (Quantity,), {"definition": self}))

    def __call__(self, *arguments):
        return self.head(*arguments)

    @property
    def name(self):
        return self.head(*self.parameters)

    @property
    def result(self):
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

    `values` maps sizes to integers, symbols to numbers and vectors to (nested) tuples of them. `without` names the hypothesis in
    words that the values break, where the claim is a result that needs it.
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
    """A theorem that is cited and not derived: what it says and where it is proved. `evidence` are entries that show a part of it."""

    id: str
    title: str
    says: str
    source: str
    conditions: tuple = ()
    evidence: tuple = ()

    hypotheses = steps = ()
    kind = "theorem"


@dataclass(frozen=True)
class Step:
    """One line of a chain: the expression, its relation to the line before, the rule and its law, and why it holds here.

    `using` are the hypotheses the step itself relies on, `inherited` those of the results it cites, `implied` those among these that
    follow here from hypotheses named so far: the checker confirms that at every point.
    """

    relation: str
    rule: str
    law: str
    because: str
    expression: Expr
    using: tuple = ()
    inherited: tuple = ()
    cites: tuple = ()
    implied: tuple = ()


@dataclass(frozen=True)
class Derivation:
    """A chain from a starting expression to a result. Frozen: `by` gives a new derivation with one more step.

    `named` is the definition whose body is the starting expression, where the derivation computes a named quantity.
    """

    id: str
    title: str
    start: Expr
    named: Definition | None = None
    steps: tuple = ()

    kind = "derivation"

    def __call__(self, *arguments):
        if self.named is None:
            raise TypeError(f"{self.id} computes no named quantity, so it cannot be called; use {self.id.split('.')[1]}.result")
        return self.named(*arguments)

    @property
    def name(self):
        """The left-hand side of the statement: the named quantity, or the starting expression."""
        return self.start if self.named is None else self.named.name

    @property
    def result(self):
        return self.steps[-1].expression if self.steps else self.start

    @property
    def relation(self):
        """The relation of the name to the result: an equality, unless some step is an inequality."""
        return next((step.relation for step in self.steps if step.relation != "="), "=")

    @property
    def hypotheses(self):
        """Every hypothesis that some step uses, its own or through a result it cites, in order of first use."""
        used = [hypothesis for step in self.steps for hypothesis in step.using + step.inherited]
        return tuple(dict.fromkeys(used))

    def renamed(self, id, title):
        """The same chain under another id, to be taken further."""
        return replace(self, id=id, title=title)

    def by(self, rule, *arguments, because, using=(), implied=()):
        """One more step: `rule` applied to the last expression. Refuses, naming the derivation and the step, if the rule does not apply."""
        using, implied = ((given,) if isinstance(given, Hypothesis) else tuple(given) for given in (using, implied))
        using += tuple(argument for argument in arguments if isinstance(argument, Hypothesis) and argument not in using)
        cites = tuple(argument for argument in arguments if isinstance(argument, (Definition, Derivation)))
        inherited = tuple(h for source in cites for h in source.hypotheses if h not in using + implied and not h.about(arguments))
        implied = tuple(given.at(arguments) for given in implied)
        place = f"{self.id}, step {len(self.steps) + 1} ({rule.__name__})"
        try:
            expression = rule(self.result, *arguments)
        except RuleDoesNotApply as error:
            raise RuleDoesNotApply(f"{place}: {error}") from error
        if expression == self.result:
            raise RuleDoesNotApply(f"{place}: the rule changed nothing in {self.result}")
        relation = getattr(rule, "relation", "=")
        if {relation, self.relation} == {"<=", ">="}:
            raise RuleDoesNotApply(f"{place}: {relation} after {self.relation} in one chain says nothing about its ends")
        step = Step(relation, rule.__name__, inspect.cleandoc(rule.__doc__), because, expression, using, inherited, cites, implied)
        return replace(self, steps=self.steps + (step,))


def define(id, title, symbol, parameters, body, **more):
    """A definition; see `Definition`. An index among the last parameters is printed as a subscript."""
    return Definition(id, title, symbol, tuple(parameters), body, **more)


def derive(id, title, start, symbol=None, parameters=(), shown=None):
    """Begin a derivation at `start`. With a `symbol`, the starting expression gets that name and may be used in later chapters."""
    named = None if symbol is None else Definition(id, title, symbol, tuple(parameters), start, shown=shown)
    return Derivation(id, title, start, named)


def is_index(symbol):
    """Whether a symbol is an index: a positive integer symbol."""
    return isinstance(symbol, Symbol) and symbol.is_integer
