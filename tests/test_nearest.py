"""Functions give the number of binary64 that is nearest to the value: against arithmetic of many digits, by mpmath,
that is written here and knows nothing of theirs.
"""

import subprocess
import sys
import time
from fractions import Fraction
from math import inf

import numpy as np
import pytest
from mpmath import exp, log, mp, mpf, workdps
from oracles import SIZES, samples
from sympy import Add, Indexed, KroneckerDelta, Max, Mul, Pow, Product, Rational, Sum, Symbol
from sympy import exp as exp_node
from sympy import log as log_node
from test_oracles import ALL

from derivations import cross_entropy, softmax
from derivations.catalogue import catalogue
from derivations.engine.nodes import Quantity
from derivations.engine.terms import reach
from derivations.functions import function
from derivations.signatures import named_arguments, unread, written_out

ENTRIES = catalogue()


def nearest(number):
    """The number of binary64 that is nearest to one of mpmath."""
    if not mp.isfinite(number):
        return float(number)
    sign, mantissa, exponent, _ = mpf(number)._mpf_
    try:
        return float(Fraction(-mantissa if sign else mantissa) * Fraction(2) ** exponent) + 0.0
    except OverflowError:
        return -inf if sign else inf


A, B = (2**27 + 1) / 2**28, (2**27 - 1) / 2**27  # their product has 54 digits
# id, arguments, and the value in 50 digits, in a form that loses none of them
KINDS = {
    "two large numbers that cancel": (
        "numerics.log_softmax", {"z": [1e16, 1e16], "t": 1e16, "m": 1}, lambda: -log(2)),
    "a small number beside 1 in a logarithm": (
        "sigmoid.log_complement", {"z": -40}, lambda: -log(1 + exp(-40))),
    "the complement of a probability that 1 swallows": (
        "cross_entropy.two_outcomes", {"y": 0, "p": 1e-20}, lambda: -log(1 - mpf(1e-20))),
    "a probability near 1 taken from 1": (
        "sigmoid.hessian", {"z": 37}, lambda: exp(-37) / (1 + exp(-37)) ** 2),
    "the same in a sum over observations": (
        "logistic_regression.hessian", {"x": [[40]], "w": [1], "f": 1, "h": 1},
        lambda: 1600 * exp(-40) / (1 + exp(-40)) ** 2),
    "a loss near 0 as a difference": ("numerics.binary_cross_entropy", {"y": 1, "z": 40}, lambda: log(1 + exp(-40))),
    "the logarithm of a probability near 1": (
        "logistic_regression.loss", {"x": [[40]], "w": [1], "y": [1]}, lambda: log(1 + exp(-40))),
    "a gradient near 0": ("sigmoid.gradient", {"y": 1, "z": 40}, lambda: -exp(-40) / (1 + exp(-40))),
    "an exponential too large on the way": ("sigmoid.gradient", {"y": 1, "z": -800}, lambda: exp(-800) - 1),
    "that of a class": ("softmax.gradient", {"y": [0, 1, 0], "z": [800, 0, 0], "m": 1}, lambda: mpf(1)),
    "a gradient near 0 of a class": (
        "softmax.gradient", {"y": [1, 0, 0], "z": [40, 0, 0], "m": 1}, lambda: -2 / (exp(40) + 2)),
    "a product too small on the way": (
        "cross_entropy.perplexity", {"p": [[0.5, 0.5]] * 2000, "y": [[1, 0]] * 2000}, lambda: mpf(2)),
    "0 log(0/0)": ("cross_entropy.kl_divergence", {"q": [0, 1], "p": [0, 1]}, lambda: mpf(0)),
    "0 log 0": ("cross_entropy.cross_entropy", {"q": [0, 1], "p": [0, 1]}, lambda: mpf(0)),
    "log 0": ("distributions.surprisal", {"p": 0}, lambda: mpf(inf)),
    "log 0 with a weight": ("cross_entropy.cross_entropy", {"q": [0.5, 0.5], "p": [1, 0]}, lambda: mpf(inf)),
    "log(1/0) with a weight": ("cross_entropy.kl_divergence", {"q": [0.5, 0.5], "p": [1, 0]}, lambda: mpf(inf)),
    "0^0": ("bernoulli.mass", {"y": 1, "p": 1}, lambda: mpf(1)),
    "too large": ("sigmoid.softplus_bound", {"z": 710}, lambda: exp(710)),
    "large, and just not too large": ("sigmoid.softplus_bound", {"z": 709.782712893384}, lambda: exp(
        mpf(709.782712893384))),
    "too small": ("sigmoid.softplus_bound", {"z": -746}, lambda: exp(-746)),
    "small, and just not too small": ("sigmoid.softplus_bound", {"z": -745}, lambda: exp(-745)),
    "too small between two": ("sigmoid.derivative", {"z": -1e300}, lambda: mpf(0)),
    "as large as can be": ("sigmoid.softplus", {"z": 1.7e308}, lambda: mpf(1.7e308)),
    "larger than can be, on the way": (
        "logistic_regression.loss", {"x": [[1e300, 1e300]], "w": [1e300, -1e300], "y": [1]}, lambda: log(2)),
    "a zero that no ball shows": ("softmax.gradient", {"y": [0.5, 0.5], "z": [1, 1], "m": 1}, lambda: mpf(0)),
    "a zero of thirds": ("softmax_regression.gradient", {
        "x": [[1], [1], [1]], "W": [[0, 0, 0]], "y": np.eye(3), "f": 1, "m": 1}, lambda: mpf(0)),
    "a middle of exponentials": (
        "softmax.gradient", {"y": [2.0**-55, 1], "z": [1, 1], "m": 1}, lambda: mpf(1) / 2 - mpf(2) ** -55),
    "a middle of a logarithm of an exponential": (
        "log_sum_exp.shift", {"t": 1, "z": [3 * 2.0**-53]}, lambda: 1 + 3 * mpf(2) ** -53),
    "a middle of logarithms in another base": (
        "cross_entropy.base_change", {"b": 2, "q": [1 - 2.0**-53, 2.0**-53, 2.0**-53], "p": [0.5, 0.25, 0.5]},
        lambda: 1 + mpf(2) ** -53 * 2),
    "beside a middle by less than any precision shows": (
        "log_sum_exp.surprisal", {"z": [1e16, -37], "m": 2}, lambda: mpf(1e16) + 37 + mpf(10) ** -30),
    "the same below it": (
        "softmax.log_probability", {"z": [1e16, -37], "m": 2}, lambda: -mpf(1e16) - 37 - mpf(10) ** -30),
    "and beside the middle of probabilities": (
        "softmax.gradient", {"y": [1 - 2.0**-53, 2.0**-53], "z": [1e300, 0], "m": 1}, lambda: mpf(2) ** -53),
    "a square of what no precision shows": (
        "gradient_bounds.pairs", {"z": [1e300, -1, 0], "v": [2, 1, 800]}, lambda: mpf(0)),
    "a middle of roots": (
        "categorical.likelihood", {"p": [[A], [A], [B]], "y": [[0.5], [0.5], [1]]}, lambda: mpf(A) * mpf(B)),
}


@pytest.mark.parametrize("id, values, expected", KINDS.values(), ids=KINDS)
def test_the_nearest_number_of_every_kind_of_fault(id, values, expected):
    with workdps(50):
        right = nearest(expected())
    assert function(ENTRIES[id])(**values) == right


def test_a_zero_has_no_sign():
    found = [function(ENTRIES["sigmoid.log_complement"])(z=-1e4), function(cross_entropy.cross_entropy)(q=[1], p=[1])]
    assert list(map(str, found)) == ["0.0", "0.0"]


# --- Every entry, at numbers drawn: its formula read by mpmath ---
DIGITS = 4000  # enough for what exponentials of the extreme numbers below leave of each other


def read(formula, known):
    """The value of a formula, a number of mpmath; `known` gives numbers, whole numbers, and functions of indices."""
    if isinstance(formula, Rational):
        return mpf(int(formula.p)) / int(formula.q)
    if isinstance(formula, Symbol):
        return mpf(known[formula])
    if isinstance(formula, Indexed):
        return known[formula.base](*[int(read(index, known)) for index in formula.indices])
    if isinstance(formula, Quantity):
        return called(formula, known)()
    if isinstance(formula, Sum | Product):
        *inner, (index, lower, upper) = formula.limits
        body = formula.func(formula.function, *inner) if inner else formula.function
        places = range(int(read(lower, known)), int(read(upper, known)) + 1)
        terms = [read(body, known | {index: place}) for place in places]
        return mp.fsum(terms) if isinstance(formula, Sum) else mp.fprod(terms)
    if isinstance(formula, Mul):
        return product_of(formula.args, known)
    return APPLIED[formula.func](*[read(part, known) for part in formula.args])


def product_of(factors, known):
    logarithms = [factor for factor in factors if isinstance(factor, log_node)]
    found = mp.fprod([read(factor, known) for factor in factors if factor not in logarithms])
    return found if found == 0 else found * mp.fprod([read(factor, known) for factor in logarithms])


APPLIED = {
    Add: lambda *terms: mp.fsum(terms), Max: max, exp_node: exp, log_node: lambda x: log(x) if x else mpf(-inf),
    Pow: lambda base, power: base**power, KroneckerDelta: lambda one, other: mpf(one == other),
}


def called(quantity, known):
    """A quantity as a function of the indices that it is not given."""
    definition = type(quantity).definition
    given = [argument_of(parameter, argument, known)
             for parameter, argument in zip(definition.parameters, quantity.args)]
    return lambda *indices: read(definition.body, known | dict(zip(definition.parameters, [*given, *indices])))


def argument_of(parameter, argument, known):
    if not hasattr(parameter, "label"):
        return read(argument, known)
    if isinstance(argument, Indexed):
        first = [int(read(index, known)) for index in argument.indices]
        return lambda *more: known[argument.base](*first, *more)
    return called(argument, known) if isinstance(argument, Quantity) else known[argument]


def value_of(entry, values):
    """The value of an entry, all its symbols by their names."""
    sizes = SIZES | ({"K": len(values["z"])} if np.ndim(values.get("z")) == 1 else {})
    known = {}
    for symbol in reach(entry.result):
        name = str(getattr(symbol, "label", symbol))
        if hasattr(symbol, "label"):
            known[symbol] = lambda *indices, name=name: mpf(float(values[name][tuple(np.array(indices) - 1)]))
        else:
            known[symbol] = float(values[name]) if name in values else sizes.get(name)
    with workdps(DIGITS):
        return nearest(read(entry.result, known))


ANY, SHARE, MODEL = set("zWwVvxtλ"), {"α", "ε"}, set("pqφy")


def made_extreme(values, random):
    """The same arguments, but for real numbers from tiny to large, and probabilities next to their ends."""
    found = dict(values)
    for name, number in values.items():
        if name in ANY:
            found[name] = number * 10.0 ** random.integers(-18, 3 if name == "z" else 2, np.shape(number))
        elif name in MODEL and np.ndim(number) and number.shape[-1] == 3:
            rest = 2.0 ** random.integers(-60, -2, number[..., :2].shape)
            found[name] = np.concatenate([rest, 1 - rest.sum(axis=-1, keepdims=True)], axis=-1)
        elif name in MODEL | SHARE:
            small = 2.0 ** random.integers(-52, -2, np.shape(number))
            found[name] = np.where(random.integers(0, 2, np.shape(number)), small, 1 - small)
    return found


@pytest.mark.sampled(15)
@pytest.mark.parametrize("id", ALL)
def test_an_entry_gives_the_nearest_number_at_ordinary_and_at_extreme_arguments(id):
    entry, random = ENTRIES[id], np.random.default_rng(11)
    compute, expression = function(entry), written_out(entry.result)
    shown = named_arguments(entry, expression)
    names = {*shown, *unread(expression, shown)}
    draws = [values for soft in (False, True) for values in samples(ALL[id][0], soft)]
    draws = [draws[number] for number in random.permutation(len(draws))[:4]]
    refused = 0
    for values in [*draws, *[made_extreme(values, random) for values in draws for _ in range(2)]]:
        given = {name: value for name, value in ({**SIZES, **values}).items() if name in names}
        try:
            found = compute(**given)
        except ValueError as refusal:
            assert "holds only where" in str(refusal) or "outside its domain" in str(refusal), (given, refusal)
            refused += 1
            continue
        assert found == value_of(entry, values), given
    assert refused < 12, "nothing was compared"


# --- What there is no value of, and how long it takes ---
@pytest.mark.parametrize("id, values", [
    ("maximum_likelihood.share", {"a": [0, 0], "k": 1}),
    ("bernoulli.shared_log_likelihood", {"y": [1], "p": 1.0000001}),
    ("cross_entropy.kl_divergence", {"q": [0.7, 0.2, 0.1], "p": [0.7, 0.2, 0.2]}),
], ids=["0/0", "beyond 1", "no distribution"])
def test_where_there_is_no_value_it_says_so(id, values):
    with pytest.raises(ValueError, match=f"^{id}(: p = 1.0000001 is outside| has no value here| holds only where)"):
        function(ENTRIES[id])(**values)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_what_rounding_of_its_own_kind_of_numbers_explains_is_taken(kind):
    above = np.nextafter(kind(1), kind(2))
    q = np.array([above, 0, 0], dtype=kind)
    with workdps(50):
        assert function(cross_entropy.entropy)(q=q) == nearest(-mpf(float(above)) * log(mpf(float(above))))
    with pytest.raises(ValueError, match="outside its domain"):
        function(cross_entropy.entropy)(q=[1.02, 0, 0])


def test_numbers_keep_all_their_digits():
    double = function(ENTRIES["softmax.shifted"])
    assert double(z=[2**53 + 1], t=1, k=1) == 2**53 + 2
    assert double(z=[Fraction(1, 3)], t=Fraction(2, 3), k=1) == 1
    assert double(z=np.array([1], dtype=np.longdouble) / 3, t=0, k=1) == 1 / 3
    assert double(z=[10**30 + 1], t=-(10**30), k=1) == 1


class Attached:
    """A tensor that does not let itself be read."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("can't call numpy() on a tensor that requires grad")


@pytest.mark.parametrize("z, words", [
    (np.array([1j, 0]), "z takes real numbers; found complex ones"), ([1 + 0j, 0], "found complex ones"),
    (np.ma.array([1.0, 2.0], mask=[True, False]), "z has entries that are masked"),
    (Attached(), "z cannot be read as an array of numbers: can't call numpy"), (["1", "2"], "not made of numbers"),
    ([None, 1], "not made of numbers"), (np.array(["2020-01-01"] * 2, dtype="M8[D]"), "not made of numbers"),
    ([10**400, 0], "not made of numbers"),
])
def test_what_are_no_real_numbers_is_refused(z, words):
    with pytest.raises(ValueError, match=words):
        function(softmax.gradient)(z=z, y=[1, 0], m=1)


def test_a_mask_that_hides_nothing_is_taken():
    assert function(softmax.gradient)(z=np.ma.array([0, 0]), y=[1, 0], m=1) == -0.5


@pytest.mark.parametrize("id", ["log_sum_exp.quadratic_form", "log_sum_exp.entropy_identity", "log_sum_exp.mean_gap"])
def test_the_time_is_linear_in_the_number_of_terms(id):
    compute, random = function(ENTRIES[id]), np.random.default_rng(3)
    taken = []
    for size in (500, 4000):
        values = {"z": random.normal(size=size), "v": random.normal(size=size)}
        values = {name: values[name] for name in ("z", "v") if name == "z" or id.endswith("form")}
        start = time.process_time()
        compute(**values)
        taken.append(time.process_time() - start)
    assert taken[1] < 8 * 4 * taken[0] + 0.1, taken  # 64 times would be quadratic


def test_without_flint_it_says_what_to_install():
    code = "import sys; sys.modules['flint'] = None; import derivations.functions"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode and "pip install '.[compute]'" in done.stderr
