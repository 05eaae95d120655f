"""Made-up expressions and points for the tests of the rules: sums, products, derivatives and labels, drawn by
hypothesis.

What stands under a logarithm, below a fraction or under a power is positive; weights in inequalities are not negative:
the laws ask for it.
"""

from fractions import Fraction
from random import Random

from flint import arb, fmpq
from hypothesis import strategies as st
from sympy import Add, Integer, KroneckerDelta, Mul, Pow, Product, Rational, Sum, Symbol, exp, log

from derivations.checking.balls import Jet
from derivations.checking.points import Point
from derivations.engine.terms import partial
from derivations.notation import K, i, j, k, label, logit, m, n, p, probability, scale, y, z

CERTAIN = Symbol("certain", real=True)  # 0 or 1
LABELS = [y[i], y[j], y[k], y[m], y[i, k], y[j, m], label]
POSITIVE = [p[i], p[j], p[k], p[m], p[i, k], p[j, m], probability, exp(z[k]), exp(z[m]), exp(logit), Integer(2),
            Rational(1, 3)]
SIGNED = [z[k], z[m], logit, -label, Integer(-1), Integer(-2)]
DELTAS = [KroneckerDelta(i, j), KroneckerDelta(k, m)]
VARIABLES = [p[j], p[m], p[j, m], z[m], y[j], y[j, m], label, logit, probability]
SINGLE = [((i, 1, n),), ((k, 1, K),), ((j, 1, n),), ((m, 1, K),)]
DOUBLE = [((k, 1, K), (i, 1, n)), ((i, 1, n), (k, 1, K)), ((i, 1, n), (j, 1, n)), ((m, 1, K), (k, 1, K))]


def a_sum(function, limits):
    return Sum(function, *limits)


def a_power(base, power):
    """A power; not of a power, where SymPy would write an absolute value that no page has."""
    return base if base.has(Pow) else base**power


def a_product(function, limits):
    return Product(function, *limits)


single, double = st.sampled_from(SINGLE), st.sampled_from(DOUBLE)
limits = single | double
variable = st.sampled_from(VARIABLES)
number = st.sampled_from([Integer(2), Integer(3), Rational(1, 2), Rational(-2, 3)])

positive = st.recursive(
    st.sampled_from(POSITIVE),
    lambda part: st.one_of(
        st.builds(Mul, part, part),
        st.builds(Add, part, part),
        st.builds(a_power, part, st.sampled_from([Integer(2), Integer(-1), *LABELS])),
        st.builds(a_sum, part, limits),
        st.builds(a_product, part, single),
    ),
    max_leaves=3,
)
no_power = positive.filter(lambda part: not isinstance(part, Pow))
not_negative = st.one_of(st.sampled_from(LABELS + DELTAS), positive, st.builds(Mul, st.sampled_from(LABELS), positive))
real = st.recursive(
    st.one_of(st.sampled_from(LABELS + SIGNED + DELTAS), positive, st.builds(log, positive)),
    lambda part: st.one_of(st.builds(Mul, part, part), st.builds(Add, part, part), st.builds(a_sum, part, limits)),
    max_leaves=4,
)
derivative = st.one_of(st.builds(partial, real, variable), st.builds(partial, real, variable, variable))
anything = st.one_of(real, derivative, st.builds(Mul, real, derivative), st.builds(a_sum, derivative, single))


def within(core):
    """A core somewhere in a larger expression: alone, in a sum, a product, a sum over an index, or under a
    derivative.
    """
    return st.one_of(
        st.just(core),
        st.builds(Add, st.just(core), anything),
        st.builds(Mul, st.just(core), real),
        st.builds(a_sum, st.builds(Mul, st.just(core), real), limits),
        st.builds(partial, st.just(core), variable),
    )


def growing(core):
    """A core where the expression grows with it: under weights that are not negative."""
    return st.one_of(
        st.just(core),
        st.builds(Mul, not_negative, st.just(core)),
        st.builds(lambda weight, more: weight * core + more, not_negative, not_negative),
        st.builds(lambda weight, where: Sum(weight * core, *where), not_negative, limits),
    )


CELLS = [(a,) for a in (1, 2, 3)] + [(a, b) for a in (1, 2, 3) for b in (1, 2, 3)]
# One draw each: drawn number by number they take most of the time
points = st.integers(0, 10**6).map(lambda seed: point(Random(seed)))


def point(random):
    """Sizes from 1 to 3, hard or soft labels, those of one observation sum to 1; probabilities between 0 and 1; any
    logits; t is 2 p.
    """
    sizes, hard = {n: random.randint(1, 3), K: random.randint(1, 3)}, random.random() < 0.5
    tables = {y: {}, p: {}, z: {}, label: {(): _label(random, hard)}, CERTAIN: {(): Fraction(random.randint(0, 1))}}
    for cell in CELLS:
        tables[y][cell], tables[p][cell] = _label(random, hard), _inside(random)
        tables[z][cell] = Fraction(random.randint(-120, 120), 60)
    classes, chosen = range(1, sizes[K] + 1), random.randint(1, sizes[K])
    total = sum(tables[y][(a,)] for a in classes)
    tables[y] |= {(a,): Fraction(a == chosen) if hard else tables[y][(a,)] / total for a in classes}
    shared = _inside(random)
    tables |= {probability: {(): shared}, scale: {(): 2 * shared}, logit: {(): Fraction(random.randint(-120, 120), 60)}}
    indices = {index: random.randint(1, sizes[size]) for index, size in ((i, n), (j, n), (k, K), (m, K))}
    return Point.of(sizes | indices | {root: accessor(table) for root, table in tables.items()})


def _inside(random):
    return Fraction(random.randint(1, 59), 60)


def _label(random, hard):
    return Fraction(random.randint(0, 1)) if hard else _inside(random)


def accessor(table):
    return lambda cell, _: Jet(arb(fmpq(table[cell].numerator, table[cell].denominator)))
