"""What is stated of JAX and optax."""

import jax
import numpy as np
import optax
import pytest
from claims import (
    CLASSES, LOGITS, MULTI_HOT, ONE_HOT, P, ROWS, SOFT, TARGETS, TINY, Y, Z, claim, differs, each, same,
)  # fmt: skip

jax.config.update("jax_enable_x64", True)
A = jax.numpy.asarray
L = optax.losses
SOFTMAX = "optax.losses.softmax_cross_entropy"
SAFE = "optax.losses.safe_softmax_cross_entropy"
INTEGERS = "optax.losses.softmax_cross_entropy_with_integer_labels"
SIGMOID = "optax.losses.sigmoid_binary_cross_entropy"
KL = "optax.losses.kl_divergence"
KL_LOGS = "optax.losses.kl_divergence_with_log_targets"
GENERALIZED = "optax.losses.generalized_kl_divergence"
POLY = "optax.losses.poly_loss_cross_entropy"
FOCAL = "optax.losses.sigmoid_focal_loss"
SMOOTH = "optax.losses.smooth_labels"
LOGPMF = "jax.scipy.stats.bernoulli.logpmf"


def same_for_all_labels(loss, ours):
    for labels in (ONE_HOT, TARGETS, MULTI_HOT):
        same(loss(A(LOGITS), A(labels)), each(ours, z=LOGITS, y=labels))


@claim(SOFTMAX, "value")
def softmax_cross_entropy(ours):
    same_for_all_labels(L.softmax_cross_entropy, ours)


@claim(SOFTMAX, "Gradient")
def softmax_gradient(ours):
    for z, y in zip(LOGITS, MULTI_HOT):
        found = jax.grad(lambda z, y=y: L.softmax_cross_entropy(z, A(y)))(A(z))
        same(found, [ours(z=z, y=y, m=m) for m in (1, 2, 3)])


@claim(SOFTMAX, "No mean")
def softmax_no_mean(ours):
    same(L.softmax_cross_entropy(A(LOGITS), A(ONE_HOT)), each(ours, z=LOGITS, y=ONE_HOT))


@claim(SOFTMAX, "Minus infinity")
def softmax_minus_infinity(ours):
    assert np.isnan(L.softmax_cross_entropy(A([1.0, 0.5, -np.inf]), A([1.0, 0.0, 0.0])))
    found = L.softmax_cross_entropy(A([1.0, 0.5, -1e300]), A([1.0, 0.0, 0.0]))
    same(found, ours(z=[1.0, 0.5, -1e300], y=[1.0, 0.0, 0.0]))


@claim(SAFE, "value")
def safe_softmax(ours):
    same_for_all_labels(L.safe_softmax_cross_entropy, ours)


@claim(SAFE, "Minus infinity")
def safe_softmax_minus_infinity(ours):
    found = L.safe_softmax_cross_entropy(A([1.0, 0.5, -np.inf]), A([1.0, 0.0, 0.0]))
    same(found, ours(z=[1.0, 0.5], y=[1.0, 0.0]))


@claim(INTEGERS, "value")
def integer_labels(ours):
    same(L.softmax_cross_entropy_with_integer_labels(A(LOGITS), A(CLASSES)), each(ours, z=LOGITS, c=CLASSES + 1))
    with pytest.raises(TypeError):
        L.softmax_cross_entropy_with_integer_labels(A([1, 2, 3]), A(0))


@claim(INTEGERS, "No mean")
def integer_labels_no_mean(ours):
    found = L.softmax_cross_entropy_with_integer_labels(A(LOGITS), A(CLASSES))
    assert found.shape == (5,)
    same(found, each(ours, z=LOGITS, c=CLASSES + 1))


@claim(INTEGERS, "Out of range")
def integer_labels_out_of_range(ours):
    lost = [float(L.softmax_cross_entropy_with_integer_labels(A(LOGITS[0]), A(c))) for c in (-1, 3, -100)]
    same(lost[0], ours(z=LOGITS[0], c=3))
    assert np.isnan(lost[1:]).all()
    with pytest.raises(TypeError):
        L.softmax_cross_entropy_with_integer_labels(A(LOGITS), A(CLASSES), ignore_index=0)


@claim(INTEGERS, "Left out")
def integer_labels_where(ours):
    found = L.softmax_cross_entropy_with_integer_labels(A(LOGITS[0]), A(0), where=A([True, True, False]))
    same(found, ours(z=LOGITS[0, :2], c=1))


@claim(SIGMOID, "value")
def sigmoid_binary(ours):
    for labels in (Y, SOFT):
        same(L.sigmoid_binary_cross_entropy(A(Z), A(labels)), each(ours, z=Z, y=labels))
    assert L.sigmoid_binary_cross_entropy(A(3.0), A(2.0)) < 0  # nothing is checked


@claim(SIGMOID, "No mean")
def sigmoid_binary_no_mean(ours):
    same(L.sigmoid_binary_cross_entropy(A(Z.reshape(2, 3)), A(Y.reshape(2, 3))), each(ours, z=Z, y=Y).reshape(2, 3))


@claim(SIGMOID, "Large logits")
def sigmoid_binary_large(ours):
    same(L.sigmoid_binary_cross_entropy(A(-40.0), A(0.0)), ours(z=-40.0, y=0.0), tiny=0)
    same(ours(z=-40.0, y=0.0), TINY, tiny=0)


@claim(SIGMOID, "Infinite logits")
def sigmoid_binary_infinite(ours):
    for z, y in ((np.inf, 1.0), (-np.inf, 0.0)):
        assert np.isnan(L.sigmoid_binary_cross_entropy(A(z), A(y)))
        assert ours(z=np.sign(z) * 1e300, y=y) == 0


@claim(KL, "value")
def kl_divergence(ours):
    same(L.kl_divergence(A(np.log(ROWS)), A(TARGETS)), each(ours, q=TARGETS, p=ROWS))
    assert "convex_kl_divergence" in dir(L)


@claim(KL, "Order")
def kl_divergence_order(ours):
    found = L.kl_divergence(A(np.log(ROWS[0])), A(TARGETS[0]))
    same(found, ours(q=TARGETS[0], p=ROWS[0]))
    differs(found, ours(q=ROWS[0], p=TARGETS[0]))


@claim(KL, "Zeros")
def kl_divergence_zeros(ours):
    q = A([1.0, 0.0])
    same(L.kl_divergence(A(np.log([0.5, 0.5])), q), ours(q=[1.0, 0.0], p=[0.5, 0.5]))
    assert np.isnan(L.kl_divergence(A([0.0, -np.inf]), q))
    assert np.isnan(jax.grad(lambda q: L.kl_divergence(A(np.log([0.5, 0.5])), q))(q)[1])


@claim(KL_LOGS, "value")
def kl_log_targets(ours):
    same(L.kl_divergence_with_log_targets(A(np.log(ROWS)), A(np.log(TARGETS))), each(ours, q=TARGETS, p=ROWS))


@claim(KL_LOGS, "Zeros")
def kl_log_targets_zeros(ours):
    assert np.isnan(L.kl_divergence_with_log_targets(A(np.log([0.5, 0.5])), A([0.0, -np.inf])))
    found = L.kl_divergence_with_log_targets(A(np.log([0.5, 0.5])), A([0.0, -1e300]))
    same(found, ours(q=[1.0, 0.0], p=[0.5, 0.5]))


@claim(GENERALIZED, "value")
def generalized_kl(ours):
    same(L.generalized_kl_divergence(A(np.log(ROWS)), A(TARGETS)), each(ours, q=TARGETS, p=ROWS))


@claim(GENERALIZED, "Other sums")
def generalized_kl_other_sums(ours):
    q, p = TARGETS[0], ROWS[0]  # of numbers that are twice and three times as large
    found = L.generalized_kl_divergence(A(np.log(3 * p)), A(2 * q))
    same(found, 2 * (ours(q=q, p=p) + np.log(2 / 3)) + 3 - 2)
    assert found >= 0 > 2 * (ours(q=q, p=p) + np.log(2 / 3)) - ours(q=q, p=p) * 2


@claim(POLY, "value")
def poly_loss(ours):
    p = np.asarray(jax.nn.softmax(A(LOGITS), axis=-1))
    found = L.poly_loss_cross_entropy(A(LOGITS), A(ONE_HOT), epsilon=0.5)
    same(found, each(ours, z=LOGITS, y=ONE_HOT) + 0.5 * (1 - (p * ONE_HOT).sum(1)))


@claim(POLY, "Default")
def poly_loss_default(ours):
    by_default = L.poly_loss_cross_entropy(A(LOGITS), A(ONE_HOT))
    same(by_default, L.poly_loss_cross_entropy(A(LOGITS), A(ONE_HOT), epsilon=2.0))
    same(L.poly_loss_cross_entropy(A(LOGITS), A(ONE_HOT), epsilon=0.0), each(ours, z=LOGITS, y=ONE_HOT))


@claim(FOCAL, "value")
def focal(ours):
    of_label = 1 / (1 + np.exp(np.where(Y == 1, -Z, Z)))
    same(L.sigmoid_focal_loss(A(Z), A(Y), gamma=3.0), each(ours, p=of_label, γ=[3.0] * 6))


@claim(FOCAL, "Defaults")
def focal_defaults(ours):
    same(L.sigmoid_focal_loss(A(Z), A(Y)), L.sigmoid_focal_loss(A(Z), A(Y), alpha=None, gamma=2.0))
    same(L.sigmoid_focal_loss(A(Z), A(SOFT), gamma=0.0), each(ours, z=Z, y=SOFT))


@claim(FOCAL, "Soft labels")
def focal_of_soft_labels(ours):
    p = 1 / (1 + np.exp(-Z))
    found = np.array(L.sigmoid_focal_loss(A(Z), A(SOFT)))
    same(found, (1 - SOFT * p - (1 - SOFT) * (1 - p)) ** 2 * each(ours, z=Z, y=SOFT))
    of_two = -SOFT * (1 - p) ** 2 * np.log(p) - (1 - SOFT) * p**2 * np.log(1 - p)
    for one, other in zip(found, of_two):
        differs(one, other)


@claim(SMOOTH, "value")
def smooth_labels(ours):
    for labels in (ONE_HOT, TARGETS):
        same(L.smooth_labels(A(labels), 0.1), [[ours(y=y, ε=0.1, k=k) for k in (1, 2, 3)] for y in labels])


@claim(SMOOTH, "Spread")
def smooth_labels_spread(ours):
    found = L.smooth_labels(A([1.0, 0.0, 0.0]), 0.3)
    same(found, [0.8, 0.1, 0.1])
    same(found[0], ours(y=[1.0, 0.0, 0.0], ε=0.3, k=1))


@claim(LOGPMF, "value")
def logpmf(ours):
    same(-jax.scipy.stats.bernoulli.logpmf(A(Y), A(P)), each(ours, p=P, y=Y))


@claim(LOGPMF, "Impossible")
def logpmf_impossible(ours):
    assert -jax.scipy.stats.bernoulli.logpmf(A(1.0), A(0.0)) == np.inf == ours(p=0.0, y=1.0)
    same(-jax.scipy.stats.bernoulli.logpmf(A(1.0), A(1e-300)), ours(p=1e-300, y=1.0))
