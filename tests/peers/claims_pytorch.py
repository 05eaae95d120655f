"""What is stated of PyTorch."""

import numpy as np
import pytest
import torch
from claims import (
    CLASS_WEIGHTS, CLASSES, FEATURES, LOGITS, MULTI_HOT, ONE_HOT, P, ROWS, SOFT, TARGETS, TINY, WEIGHTS, Y, Z, claim,
    differs, each, same,
)  # fmt: skip
from torch.nn import functional as F

CROSS = "torch.nn.functional.cross_entropy"
LINEAR = "torch.nn.functional.linear_cross_entropy"
NLL = "torch.nn.functional.nll_loss"
BINARY = "torch.nn.functional.binary_cross_entropy"
BINARY_LOGITS = "torch.nn.functional.binary_cross_entropy_with_logits"
KL = "torch.nn.functional.kl_div"
MARGIN = "torch.nn.functional.soft_margin_loss"
MULTILABEL = "torch.nn.functional.multilabel_soft_margin_loss"
SOFTPLUS = "torch.nn.functional.softplus"
CATEGORICAL = "torch.distributions.Categorical"
BERNOULLI = "torch.distributions.Bernoulli"
EPS = np.finfo(float).eps
INDICES = torch.tensor(CLASSES)


def T(values):
    return torch.tensor(np.asarray(values, dtype=float))


def hard(ours):
    return each(ours, z=LOGITS, c=CLASSES + 1)


@claim(CROSS, "value")
def cross_entropy(ours):
    same(F.cross_entropy(T(LOGITS), INDICES, reduction="none"), hard(ours))
    same(torch.nn.CrossEntropyLoss()(T(LOGITS), INDICES), hard(ours).mean())


@claim(CROSS, "Mean")
def cross_entropy_mean(ours):
    same(F.cross_entropy(T(LOGITS), INDICES), hard(ours).mean())
    images = T(np.stack([LOGITS, LOGITS[::-1]]).transpose(0, 2, 1))  # two rows, three classes on axis 1, five places
    labels = torch.stack([INDICES, INDICES.flip(0)])
    same(F.cross_entropy(images, labels, reduction="sum"), 2 * hard(ours).sum())
    same(F.cross_entropy(images, labels), 2 * hard(ours).sum() / 10)


@claim(CROSS, "Soft labels")
def cross_entropy_soft(ours):
    for labels in (ONE_HOT, TARGETS, MULTI_HOT, 0.3 * TARGETS):
        same(F.cross_entropy(T(LOGITS), T(labels), reduction="none"), each(ours, z=LOGITS, y=labels))
    same(F.cross_entropy(T(LOGITS), T(-TARGETS), reduction="none"), -each(ours, z=LOGITS, y=TARGETS))


@claim(CROSS, "Weights")
def cross_entropy_weights(ours):
    weights, lost = CLASS_WEIGHTS[CLASSES], hard(ours)
    of_indices = F.cross_entropy(T(LOGITS), INDICES, weight=T(CLASS_WEIGHTS))
    of_one_hot = F.cross_entropy(T(LOGITS), T(ONE_HOT), weight=T(CLASS_WEIGHTS))
    same(of_indices, (weights * lost).sum() / weights.sum())
    same(of_one_hot, (weights * lost).sum() / 5)
    differs(of_indices, of_one_hot)


@claim(CROSS, "Smoothing")
def cross_entropy_smoothing(ours):
    p = np.asarray(torch.softmax(T(LOGITS), -1))
    same(F.cross_entropy(T(LOGITS), INDICES, label_smoothing=0.1, reduction="none"),
         [ours(y=label, p=row, ε=0.1) for label, row in zip(ONE_HOT, p)])


@claim(CROSS, "Weights and smoothing")
def cross_entropy_weights_and_smoothing(ours):
    smoothed = 0.9 * ONE_HOT + 0.1 / 3
    lost = np.array([ours(a=CLASS_WEIGHTS, c=int(c) + 1, p=row, ε=0.1)
                     for c, row in zip(CLASSES, np.asarray(torch.softmax(T(LOGITS), -1)))])
    of_numbers = F.cross_entropy(T(LOGITS), INDICES, weight=T(CLASS_WEIGHTS), label_smoothing=0.1)
    of_probabilities = F.cross_entropy(T(LOGITS), T(ONE_HOT), weight=T(CLASS_WEIGHTS), label_smoothing=0.1)
    same(of_numbers, lost.sum() / CLASS_WEIGHTS[CLASSES].sum())
    same(of_probabilities, lost.sum() / 5)
    same(F.cross_entropy(T(LOGITS), T(smoothed), weight=T(CLASS_WEIGHTS)), of_probabilities)
    differs(of_numbers, of_probabilities)


@claim(CROSS, "Ignored rows")
def cross_entropy_ignored(ours):
    labels = torch.tensor([0, -100, 1, 2, -100])
    same(F.cross_entropy(T(LOGITS), labels), hard(ours)[[0, 2, 3]].mean())
    # the class that is ignored stays in the softmax of the others
    same(F.cross_entropy(T(LOGITS), INDICES, ignore_index=0), hard(ours)[CLASSES != 0].mean())
    nothing = torch.full((5,), -100)
    assert torch.isnan(F.cross_entropy(T(LOGITS), nothing))
    assert F.cross_entropy(T(LOGITS), nothing, reduction="sum") == 0


@claim(CROSS, "Minus infinity")
def cross_entropy_minus_infinity(ours):
    logits, label = T([[1.0, 0.5, -np.inf]]), torch.tensor([0])
    same(F.cross_entropy(logits, label), ours(z=[1.0, 0.5], c=1))
    assert torch.isnan(F.cross_entropy(logits, T([[1.0, 0.0, 0.0]])))
    assert torch.isposinf(F.cross_entropy(logits, label, label_smoothing=0.1))
    without = torch.where(torch.isinf(logits[0]), 0.0, 1.0).to(logits.dtype)
    assert torch.isnan(F.cross_entropy(logits, label, label_smoothing=0.1, weight=without))
    nothing = T([[1.0, 0.5, 0.0], [-np.inf] * 3])
    slopes = torch.func.grad(lambda z: F.cross_entropy(z, torch.tensor([0, -100])))(nothing)
    assert torch.isfinite(F.cross_entropy(nothing, torch.tensor([0, -100])))
    assert torch.isfinite(slopes[0]).all() and torch.isnan(slopes[1]).all()


@claim(CROSS, "Out of range")
def cross_entropy_out_of_range(ours):
    same(F.cross_entropy(T(LOGITS[:1]), torch.tensor([2])), ours(z=LOGITS[0], c=3))
    for label in (3, -1):
        with pytest.raises(IndexError):
            F.cross_entropy(T(LOGITS[:1]), torch.tensor([label]))
    with pytest.raises(ValueError):
        ours(z=LOGITS[0], c=4)


@claim(LINEAR, "value")
def linear_cross_entropy(ours):
    W = LOGITS[:3]  # a row for each feature, a column for each class
    labels = np.eye(3)[[0, 2, 1, 2, 0, 1]]
    found = F.linear_cross_entropy(T(FEATURES), T(W.T), torch.tensor([0, 2, 1, 2, 0, 1]))
    same(found, ours(W=W, x=FEATURES, y=labels) / 6)


@claim(LINEAR, "Sum")
def linear_cross_entropy_sum(ours):
    W, labels = LOGITS[:3], np.eye(3)[[0, 2, 1, 2, 0, 1]]
    found = F.linear_cross_entropy(T(FEATURES), T(W.T), torch.tensor([0, 2, 1, 2, 0, 1]), reduction="sum")
    same(found, ours(W=W, x=FEATURES, y=labels))


@claim(NLL, "value")
def nll_loss(ours):
    same(F.nll_loss(T(np.log(ROWS)), INDICES, reduction="none"), each(ours, p=ROWS, c=CLASSES + 1))
    same(torch.nn.NLLLoss()(T(np.log(ROWS)), INDICES), each(ours, p=ROWS, c=CLASSES + 1).mean())


@claim(NLL, "No logarithm")
def nll_loss_of_probabilities(ours):
    found = F.nll_loss(T(ROWS), INDICES, reduction="none")
    same(found, -np.exp(-each(ours, p=ROWS, c=CLASSES + 1)))
    assert (found < 0).all()


@claim(NLL, "Weights")
def nll_loss_weights(ours):
    weights = CLASS_WEIGHTS[CLASSES]
    same(F.nll_loss(T(np.log(ROWS)), INDICES, weight=T(CLASS_WEIGHTS)),
         (weights * each(ours, p=ROWS, c=CLASSES + 1)).sum() / weights.sum())


@claim(BINARY, "value")
def binary_cross_entropy(ours):
    for labels in (Y, SOFT):
        same(F.binary_cross_entropy(T(P), T(labels), reduction="none"), each(ours, p=P, y=labels))


@claim(BINARY, "Mean")
def binary_cross_entropy_mean(ours):
    same(F.binary_cross_entropy(T(P), T(Y)), ours(p=P, y=Y))
    same(torch.nn.BCELoss()(T(P.reshape(2, 3)), T(Y.reshape(2, 3))), ours(p=P, y=Y))


@claim(BINARY, "Weights")
def binary_cross_entropy_weights(ours):
    same(F.binary_cross_entropy(T(P), T(Y), weight=T(WEIGHTS)), (WEIGHTS * each(ours, p=P, y=Y)).sum() / 6)


@claim(BINARY, "Clipping")
def binary_cross_entropy_clipped(ours):
    assert F.binary_cross_entropy(T(0), T(1)) == 100 == F.binary_cross_entropy(T(1), T(0))
    assert ours(p=0.0, y=1.0) == np.inf
    same(F.binary_cross_entropy(T(1e-40), T(1)), ours(p=1e-40, y=1.0))  # above -100 nothing is clipped


@claim(BINARY, "Gradient")
def binary_cross_entropy_gradient(ours):
    for p, y, expected in ((0.3, 1.0, None), (0.8, 0.25, None), (0.0, 1.0, -1e12), (1.0, 0.0, 1e12), (0.0, 0.0, 0)):
        found = torch.func.grad(lambda q, y=y: F.binary_cross_entropy(q, T(y)))(T(p))
        same(found, -ours(p=[p], y=[y], j=1) if expected is None else expected, rel=1e-7)


@claim(BINARY, "Refused")
def binary_cross_entropy_refused(ours):
    same(F.binary_cross_entropy(T(1), T(1)), ours(p=1.0, y=1.0))
    for p, y in ((1.1, 1.0), (-0.1, 1.0), (0.5, 1.1), (0.5, -0.1)):
        with pytest.raises(RuntimeError):
            F.binary_cross_entropy(T(p), T(y))
    with pytest.raises(RuntimeError):
        F.binary_cross_entropy(T(P), torch.tensor(Y, dtype=torch.int64))
    with pytest.raises(ValueError):
        ours(p=1.1, y=1.0)


@claim(BINARY_LOGITS, "value")
def binary_with_logits(ours):
    for labels in (Y, SOFT):
        same(F.binary_cross_entropy_with_logits(T(Z), T(labels), reduction="none"), each(ours, z=Z, y=labels))
    same(torch.nn.BCEWithLogitsLoss()(T(Z), T(Y)), each(ours, z=Z, y=Y).mean())


@claim(BINARY_LOGITS, "Mean")
def binary_with_logits_mean(ours):
    lost = each(ours, z=Z, y=Y)
    same(F.binary_cross_entropy_with_logits(T(Z.reshape(2, 3)), T(Y.reshape(2, 3))), lost.mean())
    same(F.binary_cross_entropy_with_logits(T(Z), T(Y), weight=T(WEIGHTS)), (WEIGHTS * lost).sum() / 6)


@claim(BINARY_LOGITS, "`pos_weight`")
def binary_with_logits_pos_weight(ours):
    found = F.binary_cross_entropy_with_logits(T(Z), T(SOFT), pos_weight=T(3), reduction="none")
    same(found, [3 * y * ours(z=z, y=1.0) + (1 - y) * ours(z=z, y=0.0) for z, y in zip(Z, SOFT)])
    q = 0.3  # of the labels are 1: the slope vanishes at another probability
    best = T(3 * q / (3 * q + 1 - q)).logit()
    slope = torch.func.grad(lambda z: F.binary_cross_entropy_with_logits(z, T(q), pos_weight=T(3)))(best)
    same(slope, 0)


@claim(BINARY_LOGITS, "Not checked")
def binary_with_logits_unchecked(ours):
    same(F.binary_cross_entropy_with_logits(T(3), T(2)), ours(z=3.0, y=1.0) - 3)  # one more of z is subtracted
    assert F.binary_cross_entropy_with_logits(T(3), T(2)) < 0
    with pytest.raises(ValueError):
        ours(z=3.0, y=2.0)


@claim(BINARY_LOGITS, "Infinite logits")
def binary_with_logits_infinite(ours):
    found = [float(F.binary_cross_entropy_with_logits(T(z), T(y))) for z in (np.inf, -np.inf) for y in (0, 1)]
    assert found[0] == np.inf and np.isnan(found[1:]).all()
    assert ours(z=1e300, y=1.0) == 0


@claim(BINARY_LOGITS, "Lost digits")
def binary_with_logits_lost(ours):
    assert F.binary_cross_entropy_with_logits(T(-40), T(0)) == 0
    same(ours(z=-40.0, y=0.0), TINY, tiny=0)


@claim(KL, "value")
def kl_div(ours):
    found = F.kl_div(T(np.log(ROWS)), T(TARGETS), reduction="none").sum(-1)
    same(found, each(ours, q=TARGETS, p=ROWS))
    same(F.kl_div(T(np.log(ROWS)), T(np.log(TARGETS)), log_target=True, reduction="none").sum(-1), found)


@claim(KL, "Order")
def kl_div_order(ours):
    found = F.kl_div(T(np.log(ROWS[0])), T(TARGETS[0]), reduction="sum")
    same(found, ours(q=TARGETS[0], p=ROWS[0]))
    differs(found, ours(q=ROWS[0], p=TARGETS[0]))


@claim(KL, "Mean")
def kl_div_mean(ours):
    lost = each(ours, q=TARGETS, p=ROWS)
    same(torch.nn.KLDivLoss()(T(np.log(ROWS)), T(TARGETS)), lost.sum() / 15)
    same(F.kl_div(T(np.log(ROWS)), T(TARGETS), reduction="batchmean"), lost.mean())


@claim(KL, "Pointwise")
def kl_div_pointwise(ours):
    found = F.kl_div(T(np.log(ROWS)), T(TARGETS), reduction="none")
    assert (found < 0).any() and (found.sum(-1) >= 0).all()
    same(found.sum(-1), each(ours, q=TARGETS, p=ROWS))


@claim(KL, "Zeros")
def kl_div_zeros(ours):
    same(F.kl_div(T(np.log([0.5, 0.5])), T([1, 0]), reduction="sum"), ours(q=[1.0, 0.0], p=[0.5, 0.5]))
    assert torch.isnan(F.kl_div(T([0.0, -np.inf]), T([1, 0]), reduction="sum"))
    assert ours(q=[1.0, 0.0], p=[1.0, 0.0]) == 0


@claim(MARGIN, "value")
def soft_margin(ours):
    same(F.soft_margin_loss(T(Z), T(2 * Y - 1), reduction="none"), each(ours, z=Z, y=Y))


@claim(MARGIN, "Mean")
def soft_margin_mean(ours):
    same(torch.nn.SoftMarginLoss()(T(Z.reshape(2, 3)), T(2 * Y - 1).reshape(2, 3)), each(ours, z=Z, y=Y).mean())


@claim(MARGIN, "Overflow")
def soft_margin_overflow(ours):
    assert F.soft_margin_loss(T(-1000), T(1)) == np.inf
    same(F.soft_margin_loss(T(-700), T(1)), ours(z=-700.0, y=1.0))
    same(ours(z=-1000.0, y=1.0), 1000)
    same(F.soft_margin_loss(T(40), T(1)), ours(z=40.0, y=1.0), tiny=0)


@claim(MULTILABEL, "value")
def multilabel(ours):
    found = F.multilabel_soft_margin_loss(T(Z.reshape(2, 3)), T(Y.reshape(2, 3)), reduction="none")
    same(found, each(ours, z=Z, y=Y).reshape(2, 3).mean(1))


@claim(MULTILABEL, "Mean")
def multilabel_mean(ours):
    z, y = T(Z.reshape(2, 3)), T(Y.reshape(2, 3))
    found = torch.nn.MultiLabelSoftMarginLoss()(z, y)
    same(found, each(ours, z=Z, y=Y).mean())
    same(found, F.binary_cross_entropy_with_logits(z, y))


@claim(MULTILABEL, "Weights")
def multilabel_weights(ours):
    found = F.multilabel_soft_margin_loss(T(Z.reshape(2, 3)), T(Y.reshape(2, 3)), weight=T(CLASS_WEIGHTS))
    same(found, (each(ours, z=Z, y=Y).reshape(2, 3) * CLASS_WEIGHTS).sum() / 6)


@claim(SOFTPLUS, "value")
def softplus(ours):
    same(F.softplus(T(Z)), each(ours, z=Z))


@claim(SOFTPLUS, "Threshold")
def softplus_threshold(ours):
    assert F.softplus(T(20.5)) == 20.5 and 1e-10 < ours(z=20.5) - 20.5 < 5e-9
    same(F.softplus(T(20.5), threshold=100), ours(z=20.5), rel=1e-15)


@claim(CATEGORICAL, "value")
def of_categorical(ours):
    same(-torch.distributions.Categorical(probs=T(ROWS)).log_prob(INDICES), each(ours, p=ROWS, c=CLASSES + 1))
    same(-torch.distributions.Categorical(logits=T(np.log(ROWS) + 3)).log_prob(INDICES),
         each(ours, p=ROWS, c=CLASSES + 1))


@claim(CATEGORICAL, "Normalised")
def of_categorical_normalised(ours):
    same(torch.distributions.Categorical(probs=T(CLASS_WEIGHTS)).probs,
         [ours(a=CLASS_WEIGHTS, k=k) for k in (1, 2, 3)])


@claim(CATEGORICAL, "Clipping")
def of_categorical_clipped(ours):
    found = -torch.distributions.Categorical(probs=T([0, 1])).log_prob(torch.tensor(0))
    same(found, ours(p=[EPS, 1 - EPS], c=1))
    assert f"{found:.2f}" == "36.04" and ours(p=[1e-300, 1.0], c=1) > 690


@claim(BERNOULLI, "value")
def of_bernoulli(ours):
    same(-torch.distributions.Bernoulli(probs=T(P)).log_prob(T(Y)), each(ours, p=P, y=Y))


@claim(BERNOULLI, "Clipping")
def of_bernoulli_clipped(ours):
    found = -torch.distributions.Bernoulli(probs=T(0)).log_prob(T(1))
    same(found, ours(p=EPS, y=1.0))
    assert f"{found:.2f}" == "36.04" and ours(p=0.0, y=1.0) == np.inf
