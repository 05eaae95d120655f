"""Every result against its oracle, evaluated by the checker's arithmetic; and as a function of arrays and sizes, where
no array tells the sizes.
"""

import numpy as np
import pytest
from oracles import SIZES, H, evaluated, samples, slope
from scipy.special import log_softmax, logsumexp
from scipy.stats import entropy as scipy_entropy
from test_functions import ORACLES, SIZED

from derivations.catalogue import catalogue, has_result
from derivations.functions import function
from derivations.signatures import named_arguments, unread, written_out

ENTRIES = catalogue()


def frequencies(g, y):
    """How often each input occurs, and how often each class at it, of all labels at it."""
    inputs = np.array([np.mean(g == u) for u in (1, 2)])
    return inputs, np.array([y[g == u].mean(axis=0) for u in (1, 2)])


def gain(g, y):
    inputs, at_inputs = frequencies(g, y)
    return scipy_entropy(y.mean(axis=0)) - inputs @ scipy_entropy(at_inputs, axis=1)



def at_best(match, other):
    """The loss of one class with a logit against all others with another."""
    return -log_softmax(np.append(match, np.full(SIZES["K"] - 1, other)))[0]


WITH_SIZES = {
    "bounded_logits.lowest": ("t[]", lambda t: at_best(0.0, -t)),
    "bounded_logits.softmax_twice": ("", lambda: at_best(1.0, 0.0)),
    "bounded_logits.contrastive": ("T+[]", lambda T: at_best(1 / T, -1 / T)),
    "bounded_logits.equal_scores": ("", lambda: at_best(0.0, 0.0)),
    "categorical.total_count": ("", lambda: SIZES["n"]),
    "categorical.multiplier": ("", lambda: SIZES["n"]),
    "perplexity.sizes_sum": ("", lambda: SIZES["n"]),
    "ridge.total": ("a[K]", lambda a: np.full(SIZES["n"], 1).sum() + a.sum()),
    "ridge.posterior_multiplier": ("a[K]", lambda a: np.full(SIZES["n"], 1).sum() + a.sum()),
    "categorical.one_hot_label": ("c k", lambda c, k: np.eye(3)[c - 1][k - 1]),
    "cross_entropy.input_count": ("g[n] u", lambda g, u: np.bincount(g)[u]),
    "cross_entropy.label_count": ("g[n] y[nK] u k", lambda g, y, u, k: y[g == u].sum(axis=0)[k - 1]),
    "cross_entropy.input_frequency": ("g[n] u", lambda g, u: np.mean(g == u)),
    "cross_entropy.label_frequency": ("g[n] y[nK] u k", lambda g, y, u, k: y[g == u].mean(axis=0)[k - 1]),
    "cross_entropy.label_count_from_frequency": ("g[n] y[nK] u k", lambda g, y, u, k: y[g == u].sum(axis=0)[k - 1]),
    "cross_entropy.floor": ("g[n] y[nK]",
                            lambda g, y: frequencies(g, y)[0] @ scipy_entropy(frequencies(g, y)[1], axis=1)),
    "soft_labels.smoothed_gap": ("ε[]", lambda ε: np.log((1 - ε) * SIZES["K"] + ε) - np.log(ε)),
    "log_sum_exp.upper_bound": ("t", lambda t: logsumexp(np.full(SIZES["K"], t))),
    "log_sum_exp.upper_bound_reached": ("t", lambda t: logsumexp(np.full(SIZES["K"], t))),
    "entropy.floor_attained": ("g[n] y[nK]",
                               lambda g, y: frequencies(g, y)[0] @ scipy_entropy(frequencies(g, y)[1], axis=1)),
    "entropy.joint_frequency": ("g[n] y[nK] u k", lambda g, y, u, k: y[g == u].sum(axis=0)[k - 1] / len(g)),
    "entropy.joint_from_parts": ("g[n] y[nK] u k", lambda g, y, u, k: y[g == u].sum(axis=0)[k - 1] / len(g)),
    "entropy.of_inputs": ("g[n]", lambda g: scipy_entropy(np.bincount(g))),
    "entropy.information_gain": ("g[n] y[nK]", gain),
    "maximum_likelihood.rest_slope": ("m", lambda m: slope(lambda p: 1 - np.sum(p[:-1]), np.full(SIZES["K"], 0.2), m)),
    "numerics.product_bound": ("p", lambda p: np.prod(np.full(SIZES["n"], p))),
    "numerics.power_as_exponential": ("p", lambda p: np.prod(np.full(SIZES["n"], p))),
    "entropy.uniform": ("k", lambda k: 1 / SIZES["K"]),
    "entropy.uniform_model": ("q[K]", lambda q: H(q, np.full(3, 1 / 3))),
    "entropy.at_most_uniform": ("", lambda: scipy_entropy(np.ones(SIZES["K"]))),
    "entropy.uniform_perplexity": ("q[K]", lambda q: np.exp(H(q, np.full(3, 1 / 3)))),
    "maximum_likelihood.inverse_fisher_information": ("c< m<", lambda c, m: np.eye(2)[m - 1][c - 1]),
    "soft_labels.fractional_count": ("y[K] k", lambda y, k: np.tile(y, (SIZES["n"], 1)).sum(axis=0)[k - 1]),
    "preferences.margin_slope": ("β[] c l m", lambda β, c, l, m: slope(
        lambda z: β * (np.log(np.exp(z) / np.sum(np.exp(z)))[[m - 1, l - 1]] @ [1, -1]), np.zeros(SIZES["K"]), c)),
    "temperature.logit_gradient": ("z[K] T+[] l m", lambda z, T, l, m: slope(lambda z: (z / T)[l - 1], z, m)),
    "ensembles.root": ("p[]", lambda p: np.sqrt(p)),
    "targets.all_but": ("c k", lambda c, k: np.delete(np.eye(3), c - 1, axis=0).sum(axis=0)[k - 1]),
    "targets.balanced_sum": ("", lambda: SIZES["n"]),
    "targets.balanced_report": ("", lambda: 1 / SIZES["K"]),
    "softmax_regression.logits_gradient": ("x[nd] h i k m",
                                           lambda x, h, i, k, m: np.outer(x[i - 1], np.eye(3)[k - 1])[h - 1, m - 1]),
}
ALL = ORACLES | WITH_SIZES
COARSE = {id for id, (_, oracle) in ALL.items() if "curvature" in oracle.__code__.co_names}  # a central difference


def tolerance(id):
    """The relative difference that is rounding and no more."""
    return 1e-6 if id in COARSE else 1e-11


def test_every_result_has_an_oracle():
    assert set(ALL) == {id for id, entry in ENTRIES.items() if has_result(entry)}
    assert set(WITH_SIZES) == set(SIZED)


@pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])
@pytest.mark.parametrize("id", ALL)
def test_a_result_agrees_with_its_oracle(id, soft):
    arguments, oracle = ALL[id]
    for values in samples(arguments, soft):
        expected = pytest.approx(oracle(**values), rel=tolerance(id), abs=tolerance(id))
        assert evaluated(ENTRIES[id].result, values) == expected, values


@pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])
@pytest.mark.parametrize("id", WITH_SIZES)
def test_a_function_of_given_sizes_agrees_with_its_oracle(id, soft):
    (arguments, oracle), compute = WITH_SIZES[id], function(ENTRIES[id])
    expression = written_out(ENTRIES[id].result)
    shown = named_arguments(ENTRIES[id], expression)
    sizes = {size: SIZES[size] for size in unread(expression, shown)}
    for values in samples(arguments, soft):
        found = compute(**sizes, **{name: value for name, value in values.items() if name in shown})
        assert found == pytest.approx(oracle(**values), rel=1e-11, abs=1e-11), values
