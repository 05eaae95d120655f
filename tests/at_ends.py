"""Laws at the ends of their conditions: their letters become numbers, remarkable and often equal ones, or parts that
depend on what some condition says they do not; the conditions are worked out there, and the two sides compared.

A condition that is weakened lets in a case in which the two sides differ, or one of them has no value.
"""

from functools import cache
from random import Random

from drawn import at
from flint import arb, ctx, fmpq
from sympy import And, Contains, Derivative, Eq, Ge, Gt, Interval, Le, Or, S, Symbol, exp, expand
from sympy.core.function import AppliedUndef

from derivations.checking.balls import Jet
from derivations.checking.compare import PRECISIONS, VERIFIED, compare
from derivations.checking.points import Point
from derivations.checking.stated import holds_at
from derivations.engine import laws as of
from derivations.engine.laws import A, E, FreeOf, U, X, a, b, c, d, distance, f, q, u, v, x
from derivations.engine.terms import BIG_OPERATORS, free_symbols, partial

DRAWS, FEWER, MOST = 400, 40, 4000  # cases of each law; of one without conditions; where few meet its conditions
MET = 10  # in so many the conditions of a law hold
THIRD = partial(f(x), x, x, x)
NUMBERS = [fmpq(0), fmpq(1), fmpq(-1), fmpq(2), fmpq(1, 2), fmpq(-1, 2), fmpq(3, 2)]  # all of them exact
SIGNS = {Eq: "=", Le: "<=", Ge: ">="}
GROWING = [lambda t: t, lambda t: 2 * t + 1, exp]
FALLING = [lambda t: -t, lambda t: 1 - 2 * t, lambda t: exp(-t)]
OF_X = [lambda t: t, lambda t: t**2, lambda t: 2 * t + 1, lambda t: -t, exp]
FUNCTIONS = [lambda t: t, lambda t: t**2 + 1, lambda t: t**3 - t, lambda t: t**4]
CUBIC = [lambda t: t**3, lambda t: t - t**3, lambda t: t**2]
QUINTIC = {lambda t: t**5: 60 * x**2, lambda t: -(t**5): -60 * x**2}  # with what bounds their third derivatives
LETTERS = [a, b, c, d, u, v, x, distance]
NEITHER = {"sift_kronecker_delta": "a negative number to a broken power has no value on either side"}


class Traits:
    """What there is in a law that the cases of it are made for."""

    def __init__(self, law):
        said = law.conditions
        self.monotone = any(isinstance(part, of.Grows | of.Falls) for part in said)
        self.third = {part for part in said if part.has(THIRD)}
        self.slopes = [part for part in said if isinstance(part, of.NoSlope)]
        self.differentiates = law.formula.has(Derivative) and not law.formula.has(f)
        self.regroups = any(isinstance(part, of.SameMultipliedOut) for part in said)
        operators = set().union(*(part.atoms(*BIG_OPERATORS) for part in (law.formula, *said)))
        limits = [limit for operator in sorted(operators, key=str) for limit in operator.limits]
        self.running = {part: [limit for limit in limits if limit[0] in free_symbols(part)] for part in said}


class Case:
    """What the letters of a law stand for, and their values."""

    def __init__(self, law, traits, random):
        self.law, self.traits, self.random, self.met = law, traits, random, {}
        self.pool = random.sample(NUMBERS, random.choice([2, 3, len(NUMBERS)]))
        self.letters = {of.A: A, of.B: of.B, U: U, X: X}
        self._functions()
        self._dependent()
        numbers = {letter: self._number() for letter in LETTERS}
        bounds = {low: random.choice([1, 1, 2]) for low in (of.r, of.t, of.g)}
        bounds |= {high: random.choice([1, 2, 3]) for high in (of.s, of.w, of.h)}
        indices = {index: random.randint(0, 4) for index in (of.i, of.j, of.k, of.m)}
        tables = {base: self._table() for base in (A, of.B, U, X)}
        self.point = Point.of(indices | bounds | numbers | tables)

    def _number(self):
        number = self.random.choice(self.pool)
        return lambda cell, _: Jet(arb(number))

    def _table(self):
        found = {}
        return lambda cell, _: Jet(arb(found.setdefault(cell, self.random.choice(self.pool))))

    def _functions(self):
        """What E, f and q stand for, and the letters that depend on x."""
        traits, choose, self.sloped = self.traits, self.random.choice, None
        self.letters[E] = choose(GROWING + FALLING if traits.monotone else FUNCTIONS)
        self.letters[f] = choose([*CUBIC, *QUINTIC] if traits.third else FUNCTIONS)
        self.letters[q] = choose([self.letters[f], choose(FUNCTIONS)])
        for slope in traits.slopes if choose([True, False, False]) else ():
            by = slope.args[1].as_base_exp()[0]
            self.sloped = slope.args[0].func
            self.letters[self.sloped] = lambda t, by=by: partial(t**2 if by == x else t, by)
        if traits.differentiates:
            self.letters |= {letter: choose(OF_X)(x) for letter in (u, v)}
            self.letters[A] = lambda e: A[e] * self.letters.get(x, x) ** 2
        if traits.regroups and choose([True, False]):
            self.letters |= {a: c * (d + u), b: c * d + c * u}

    def _dependent(self):
        """What depends on something that a condition names."""
        for part in self.law.conditions:
            if self.random.random() > 1 / 3:
                continue
            if isinstance(part, FreeOf):
                first, other = part.args[0], self.random.choice(part.args[1:])
                if first == x:
                    self.letters |= {x: X[other], A: lambda e: X[e] * U[e]}
                elif first.is_Indexed:
                    self.letters[A] = lambda e, other=other: A[e] * U[other]
                elif self.letters[f] in QUINTIC:
                    self.letters[first] = QUINTIC[self.letters[f]]
                else:
                    self.letters[first] = (
                        self.random.choice([x, first * x]) if other == x else other if first.is_integer else U[other])
            elif isinstance(part, Contains) and part.args[1] == S.Rationals:
                self.letters[part.args[0]] = U[of.i]

    def meets(self, condition):
        """Whether a condition holds."""
        if condition not in self.met:
            self.met[condition] = self._meets(condition)
        return self.met[condition]

    def _meets(self, condition):
        kind, args = condition.func, condition.args
        if kind in (Or, And):
            return (any if kind is Or else all)(map(self.meets, args))
        if kind is FreeOf:
            return not free_symbols(at(args[0], self.letters)) & {*args[1:]}
        if kind in (of.Grows, of.Falls):
            return self.letters[E] in (GROWING if kind is of.Grows else FALLING)
        if kind is of.NoSlope:
            return self.sloped is None
        if kind is of.SameMultipliedOut:
            return expand(at(args[0], self.letters) - at(args[1], self.letters)) == 0
        if condition == Eq(q(x), f(x)):
            return self.letters[q] is self.letters[f]
        if kind is Contains and args[1] in (S.Reals, S.Rationals):
            return isinstance(at(args[0], self.letters), Symbol)
        if condition in self.traits.third and (self.letters[f] in QUINTIC or self.letters.get(b, b) != b):
            return self.letters.get(b) == QUINTIC.get(self.letters[f], "none")  # else it holds here, and not everywhere
        ctx.prec = PRECISIONS[0]
        return all(holds_at(self._there(condition), self.point | instance) for instance in self._instances(condition))

    def _there(self, condition):
        if isinstance(condition, Contains):
            domain = condition.args[1]
            return Contains(at(condition.args[0], self.letters), domain, evaluate=False)
        return condition.func(*(at(side, self.letters) for side in condition.args), evaluate=False)

    def _instances(self, condition):
        """The values of an index of the condition that a sum or a product of the law binds."""
        running = self.traits.running
        for index, *ends in running[condition] if condition in running else self._limits_of(condition):
            first, last = (int(self.point.indices.get(end, end)) for end in ends)
            return [{index: place} for place in range(first, last + 1)]
        return [{}]

    def _limits_of(self, condition):
        """The limits for a part of a condition, or a weaker one."""
        every = {limit for limits in self.traits.running.values() for limit in limits}
        return [limit for limit in every if limit[0] in free_symbols(condition)]

    def fails(self, name):
        """Whether the two sides are not as the law says, or have no value."""
        left, right = (at(side, self.letters) for side in self.law.formula.args)
        sign = SIGNS[self.law.formula.func]
        if name in NEITHER and not any(self._has_value(side) for side in (left, right)):
            return False
        return compare(left, right, sign, self.point)[0] != VERIFIED

    def _has_value(self, side):
        return compare(side, side, "=", self.point)[0] == VERIFIED

    def __str__(self):
        formula = self.law.formula
        shown = {letter: self.point.entries[letter]((), self.point).ball.str(5) for letter in LETTERS
                 if letter in formula.free_symbols}  # fmt: skip
        left, right = (at(side, self.letters) for side in formula.args)
        return f"{left} and {right} at {shown | dict(self.point.indices)}"


@cache
def cases(rule, law):
    """Seeded cases of a law."""
    random, traits = Random(f"{rule.__name__} {rule.laws.index(law)}"), Traits(law)
    found, met = [], 0
    while len(found) < (DRAWS if law.conditions else FEWER) or (met < MET and len(found) < MOST):
        found.append(Case(law, traits, random))
        met += all(map(found[-1].meets, law.conditions))
    return found


def times_met(rule, law):
    """In how many cases of a law its conditions hold."""
    return sum(all(map(case.meets, law.conditions)) for case in cases(rule, law))


def first_failure(rule, law, conditions):
    """A case in which some conditions hold and the law does not; None if there is none."""
    return next((case for case in cases(rule, law)
                 if all(map(case.meets, conditions)) and case.fails(rule.__name__)), None)  # fmt: skip


def weaker(condition):
    """A condition with one end closed, in every way; None stands for no condition at all."""
    yield from _closed(condition)
    yield None


def _closed(condition):
    if isinstance(condition, Gt):
        yield Ge(*condition.args)
    if isinstance(condition, Contains) and condition.args[1] != S.Reals and isinstance(condition.args[1], Interval):
        part, domain = condition.args
        for ends in {(False, domain.right_open), (domain.left_open, False)} - {(domain.left_open, domain.right_open)}:
            yield Contains(part, Interval(domain.start, domain.end, *ends))
    if isinstance(condition, Or | And):
        for place, part in enumerate(condition.args):
            others = condition.args[:place] + condition.args[place + 1 :]
            yield from (condition.func(*others, closed) for closed in _closed(part))
            if isinstance(condition, And):
                yield And(*others)


def is_drawn(law):
    """Whether cases of a law are drawn: not where it has the slope of a function by what it is a function of."""
    return not any(isinstance(variable, AppliedUndef) or variable == u or variable.has(U)
                   for slope in law.formula.atoms(Derivative) for variable in slope.variables)  # fmt: skip
