"""A formula as a program: made once, then run in balls of any precision or in exact symbols.

A sum or a product is computed once for all values of the indices that it does not depend on, and once wherever it
stands: the time is linear in the number of terms as they are written.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, reduce, singledispatch
from math import prod
from operator import add
from typing import Any, NamedTuple

from sympy import (
    Add, Expr, Indexed, KroneckerDelta, Max, Mul, NumberSymbol, Pow, Product, Rational, S, Sum, Symbol, cos, exp, log,
    sin,
)  # fmt: skip

from ..engine.nodes import is_size
from ..engine.terms import free_symbols
from .arithmetic import Balls, NoValue, quotient, times


class Setting(NamedTuple):
    """Where a formula is computed: arrays and numbers, and indices and sizes, by name; the arithmetic; and what is
    known there of sums and products.
    """

    numbers: dict[str, Any]
    indices: dict[str, int]
    arithmetic: type
    memory: dict


Program = Callable[[Setting], Any]


@lru_cache(maxsize=2**12)
def program(formula: Expr) -> Program:
    """The function of a setting that a formula is. ValueError for a formula with an unknown kind of node."""
    return _program(formula)


@singledispatch
def _program(formula) -> Program:
    raise ValueError(f"there is no way to compute {type(formula).__name__}: {formula}")


@_program.register
def _rational(formula: Rational):
    number = int(formula) if formula.is_Integer else Fraction(int(formula.p), int(formula.q))
    return lambda here: here.arithmetic.number(number)


@_program.register
def _constant(formula: NumberSymbol):
    if formula not in Balls.constants:
        raise ValueError(f"there is no way to compute {formula}")
    return lambda here: here.arithmetic.constants[formula]()


@_program.register
def _symbol(formula: Symbol):
    name = formula.name
    if formula.is_integer:
        return lambda here: here.arithmetic.number(here.indices[name])
    return lambda here: here.arithmetic.number(here.numbers[name])


@_program.register
def _entry(formula: Indexed):
    entry = _index(formula)
    return lambda here: here.arithmetic.number(entry(here))


@lru_cache(maxsize=2**12)
def _index(formula):
    """The function of a setting that an index, a bound or an entry is, as a plain number."""
    if isinstance(formula, Symbol):
        name = formula.name
        return lambda here: here.indices[name]
    if formula.is_Integer:
        number = int(formula)
        return lambda here: number
    if isinstance(formula, Indexed):
        name, indices = str(formula.base), [_index(index) for index in formula.indices]
        return lambda here: reduce(_chosen, [index(here) for index in indices], here.numbers[name])
    parts, combine = [_index(part) for part in formula.args], {Add: sum, Mul: prod}[formula.func]
    return lambda here: combine(part(here) for part in parts)


def _chosen(entries, index):
    if not 1 <= index <= len(entries):
        raise NoValue(f"there is no entry {index} of {len(entries)}")
    return entries[index - 1]


@_program.register
def _sum_of_terms(formula: Add):
    rewritten = complement(formula)
    if rewritten != formula:
        return program(rewritten)
    terms = [program(term) for term in formula.args]
    return lambda here: reduce(add, [term(here) for term in terms])


def complement(formula: Expr) -> Expr:
    """1 - 1/(1 + u) as u/(1 + u), anything else as it is: beside 1, no precision shows how small a u may be."""
    if isinstance(formula, Add) and S.One in formula.args:
        divisor = 1 / (1 - formula)
        if isinstance(divisor, Add) and S.One in divisor.args:
            return (divisor - 1) / divisor
    return formula


@_program.register
def _product_of_factors(formula: Mul):
    return _product(formula.args)


def _product(factors):
    """The program of a product. A weight that is exactly 0 silences a logarithm, also that of 0/0."""
    logarithms = [program(factor) for factor in factors if isinstance(factor, log)]
    above, below = _fraction([factor for factor in factors if not isinstance(factor, log)])

    def compute(here):
        found = _multiplied(above, here)
        for divisor in below:
            found = quotient(found, divisor(here))
        for logarithm in logarithms:
            found = found if found == 0 else times(found, logarithm(here))
        return found

    return compute


def _fraction(factors):
    """The programs of the factors above the fraction line, and of those below."""
    divisors = [factor for factor in factors if isinstance(factor, Pow) and factor.exp.is_negative]
    above = [program(factor) for factor in factors if factor not in divisors]
    return above, [program(Pow(divisor.base, -divisor.exp)) for divisor in divisors]


def _multiplied(factors, here):
    return reduce(times, [factor(here) for factor in factors]) if factors else here.arithmetic.number(1)


@_program.register
def _power(formula: Pow):
    if formula.exp.is_negative:
        return _product([formula])
    base = program(formula.base)
    if formula.exp.is_Integer:
        whole = int(formula.exp)
        return lambda here: reduce(times, [base(here)] * whole)
    exponent = program(formula.exp)
    return lambda here: here.arithmetic.power(base(here), exponent(here))


@_program.register
def _logarithm(formula: log):
    above, below = _fraction(Mul.make_args(complement(formula.args[0])))
    return lambda here: here.arithmetic.log(_multiplied(above, here), _multiplied(below, here))


@_program.register
def _function(formula: exp | sin | cos):
    argument, name = program(formula.args[0]), formula.func.__name__
    return lambda here: here.arithmetic.apply(name, argument(here))


@_program.register
def _largest(formula: Max):
    arguments = [program(argument) for argument in formula.args]
    return lambda here: here.arithmetic.largest([argument(here) for argument in arguments])


@_program.register
def _kronecker_delta(formula: KroneckerDelta):
    one, other = map(_index, formula.args)
    return lambda here: here.arithmetic.number(int(one(here) == other(here)))


@_program.register
def _sum_or_product(formula: Sum | Product):
    *inner, (index, lower, upper) = formula.limits
    body = program(formula.func(formula.function, *inner) if inner else formula.function)
    first, last, (combine, empty) = _index(lower), _index(upper), (add, 0) if isinstance(formula, Sum) else (times, 1)
    free = [symbol for symbol in free_symbols(formula) if symbol.is_Symbol and symbol.is_integer]
    chosen, name, itself = [symbol.name for symbol in free if not is_size(symbol)], index.name, object()

    def compute(here):
        known = (itself, *[here.indices[other] for other in chosen])
        if known not in here.memory:
            outside, found = here.indices.get(name), here.arithmetic.number(empty)
            for number in range(first(here), last(here) + 1):
                here.indices[name] = number
                found = combine(found, body(here))
            here.indices[name] = outside
            here.memory[known] = found
        return here.memory[known]

    return compute
