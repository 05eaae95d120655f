"""Which formulas a hypothesis may state: those that are understood wherever it is looked at. All others are refused."""

from sympy import And, Contains, Expr, FiniteSet, IndexedBase, Integer, Interval, Implies, Or, Range, Rational, S, Union
from sympy import oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanAtom

NUMBER_DOMAINS = (S.Reals, S.Integers, S.Naturals, S.Naturals0)
UNDERSTOOD = (
    "equations, inequalities and memberships; And of them; Or and Implies of single ones, an equation or inequality "
    "before the arrow"
)
SETS_UNDERSTOOD = (
    "Reals, Integers, Naturals, Naturals0, an Interval with rational or infinite ends, a FiniteSet of rational "
    "numbers, a Union of these two, or a Range that goes up from a whole number"
)


def refuse_formula(statement):
    """Refuse a formula that nobody could evaluate."""
    for part in And.make_args(statement):
        joined = part.args if isinstance(part, (Implies, Or)) else (part,)
        for single in joined:
            _refuse_single(single, part)
        if isinstance(part, Implies) and not isinstance(part.args[0], Relational):
            raise ValueError(f"expected {UNDERSTOOD}, found {type(part.args[0]).__name__} before the arrow in {part}")


def _refuse_single(formula, whole):
    if isinstance(formula, Contains):
        _refuse_values([formula.args[0]], formula)
        _refuse_set(formula.args[1])
    elif isinstance(formula, Relational):
        _refuse_values(formula.args, formula)
    elif not (isinstance(formula, BooleanAtom) and formula is whole):
        raise ValueError(f"expected {UNDERSTOOD}, found {type(formula).__name__} in {whole}")


def _refuse_values(sides, formula):
    for side in sides:
        if not isinstance(side, Expr) or isinstance(side, IndexedBase):
            raise ValueError(f"expected numbers, such as an entry p[k] of a vector p, found {side} in {formula}")


def _refuse_set(domain):
    parts = domain.args if isinstance(domain, Union) else (domain,)
    if not all(_is_known(part) for part in parts) or (len(parts) > 1 and any(isinstance(p, Range) for p in parts)):
        raise ValueError(f"expected {SETS_UNDERSTOOD}, found {type(domain).__name__} in {domain}")


def _is_known(domain):
    if any(domain is numbers for numbers in NUMBER_DOMAINS):
        return True
    if isinstance(domain, FiniteSet):
        return all(isinstance(number, Rational) for number in domain.args)
    if isinstance(domain, Range):
        start, stop, step = domain.args
        return start.is_finite is not False and isinstance(step, Integer) and step > 0
    ends = domain.args[:2] if isinstance(domain, Interval) else (None,)
    return all(isinstance(end, Rational) or end in (oo, -oo) for end in ends)
