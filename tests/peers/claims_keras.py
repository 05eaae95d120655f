"""What is stated of Keras, on its JAX backend."""

import jax
import keras
import numpy as np
import pytest
from claims import (
    CLASSES, CLASS_WEIGHTS, LOGITS, ONE_HOT, P, ROWS, SOFT, TARGETS, WEIGHTS, Y, Z, claim, each, same,
)  # fmt: skip

keras.config.set_floatx("float64")
L = keras.losses
BINARY = "keras.losses.BinaryCrossentropy"
CATEGORICAL = "keras.losses.CategoricalCrossentropy"
SPARSE = "keras.losses.SparseCategoricalCrossentropy"
KL = "keras.losses.KLDivergence"
BINARY_FOCAL = "keras.losses.BinaryFocalCrossentropy"
CATEGORICAL_FOCAL = "keras.losses.CategoricalFocalCrossentropy"
GENERALIZED = "keras.losses.CategoricalGeneralizedCrossEntropy"
SINGLE = 3e-7  # means are taken in binary32, whatever Keras is asked for


@claim(BINARY, "value")
def binary(ours):
    for labels in (Y, SOFT):
        same(L.binary_crossentropy(labels.reshape(2, 3), P.reshape(2, 3)),
             each(ours, p=P, y=labels).reshape(2, 3).mean(1), rel=SINGLE)


@claim(BINARY, "Mean")
def binary_mean(ours):
    y, p = Y.reshape(6, 1), P.reshape(6, 1)
    lost = np.array([ours(p=[a], y=[b]) for a, b in zip(P, Y)])
    same(L.BinaryCrossentropy()(Y.reshape(2, 3), P.reshape(2, 3)), ours(p=P, y=Y), rel=SINGLE)
    same(L.BinaryCrossentropy()(y, p, sample_weight=WEIGHTS), (WEIGHTS * lost).sum() / 6, rel=SINGLE)
    same(L.BinaryCrossentropy(reduction="mean_with_sample_weight")(y, p, sample_weight=WEIGHTS),
         (WEIGHTS * lost).sum() / WEIGHTS.sum(), rel=SINGLE)


@claim(BINARY, "Clipping")
def binary_clipped(ours):
    clipped = ours(p=1e-7, y=1.0)
    for p, y in ((0.0, 1.0), (-3.0, 1.0), (1.0, 0.0), (1.5, 0.0)):
        same(L.binary_crossentropy(np.array([y]), np.array([p])), clipped, rel=SINGLE)
    single = L.binary_crossentropy(np.array([1], dtype="float32"), np.array([0], dtype="float32"))
    assert float(single) < 16.12 and ours(p=0.0, y=1.0) == np.inf
    single = L.binary_crossentropy(np.array([0], dtype="float32"), np.array([1], dtype="float32"))
    assert round(float(single), 2) == 15.94 and ours(p=1.0, y=0.0) == np.inf
    slope = jax.grad(lambda p: L.binary_crossentropy(np.array([1.0]), p[None]))
    assert slope(1e-8) == 0 and slope(1e-6) < -1e5


@claim(BINARY, "From logits")
def binary_from_logits(ours):
    same(L.BinaryCrossentropy(from_logits=True, reduction="none")(Y[:, None], Z[:, None]), each(ours, z=Z, y=Y),
         rel=SINGLE)
    same(L.binary_crossentropy(np.array([1.0]), np.array([-800.0]), from_logits=True), ours(z=-800.0, y=1.0))


@claim(BINARY, "Forgotten `from_logits`")
def binary_forgotten(ours):
    found = [float(L.binary_crossentropy(np.array([y]), np.array([z]))) for z in (3.0, -3.0) for y in (1.0, 0.0)]
    same(found, [ours(p=p, y=y) for p in (1 - 1e-7, 1e-7) for y in (1.0, 0.0)], rel=1e-6)
    assert found[0] < 1.1e-7 and found[1] > 16


@claim(BINARY, "Smoothing")
def binary_smoothing(ours):
    smoothed = [ours(y=[y, 1 - y], ε=0.1, k=1) for y in Y]  # the two labels of a row as a distribution
    same(L.binary_crossentropy(Y, P, label_smoothing=0.1), L.binary_crossentropy(np.array(smoothed), P))


@claim(CATEGORICAL, "value")
def categorical(ours):
    for labels in (ONE_HOT, TARGETS):
        same(L.categorical_crossentropy(labels, ROWS), each(ours, q=labels, p=ROWS))


@claim(CATEGORICAL, "Mean")
def categorical_mean(ours):
    same(L.CategoricalCrossentropy()(TARGETS, ROWS), ours(y=TARGETS, p=ROWS), rel=SINGLE)
    lost = np.array([ours(y=[y], p=[p]) for y, p in zip(TARGETS, ROWS)])
    same(L.CategoricalCrossentropy()(TARGETS, ROWS, sample_weight=WEIGHTS[:5]), (WEIGHTS[:5] * lost).sum() / 5,
         rel=SINGLE)


@claim(CATEGORICAL, "Normalised")
def categorical_normalised(ours):
    shares = [ours(a=CLASS_WEIGHTS, k=k) for k in (1, 2, 3)]
    same(L.categorical_crossentropy(ONE_HOT[0], CLASS_WEIGHTS), -np.log(shares[0]))


@claim(CATEGORICAL, "Clipping")
def categorical_clipped(ours):
    found = L.categorical_crossentropy(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    same(found, ours(q=[1.0, 0.0], p=[1e-7, 1 - 1e-7]))
    assert ours(q=[1.0, 0.0], p=[0.0, 1.0]) == np.inf


@claim(CATEGORICAL, "From logits")
def categorical_from_logits(ours):
    same(L.categorical_crossentropy(TARGETS, LOGITS, from_logits=True), each(ours, z=LOGITS, y=TARGETS))
    wrong = L.categorical_crossentropy(np.array([1.0, 0.0]), np.array([-800.0, 0.0]), from_logits=True)
    same(wrong, ours(z=[-800.0, 0.0], y=[1.0, 0.0]))


@claim(CATEGORICAL, "Smoothing")
def categorical_smoothing(ours):
    same(L.categorical_crossentropy(ONE_HOT, ROWS, label_smoothing=0.1),
         [ours(y=y, p=p, ε=0.1) for y, p in zip(ONE_HOT, ROWS)])


@claim(SPARSE, "value")
def sparse(ours):
    same(L.sparse_categorical_crossentropy(CLASSES, ROWS), each(ours, p=ROWS, c=CLASSES + 1))
    same(L.SparseCategoricalCrossentropy()(CLASSES, ROWS), each(ours, p=ROWS, c=CLASSES + 1).mean(), rel=SINGLE)


@claim(SPARSE, "From logits")
def sparse_from_logits(ours):
    same(L.sparse_categorical_crossentropy(CLASSES, LOGITS, from_logits=True), each(ours, z=LOGITS, c=CLASSES + 1))
    wrong = L.sparse_categorical_crossentropy(np.array([0]), np.array([[-800.0, 0.0]]), from_logits=True)
    same(wrong, [ours(z=[-800.0, 0.0], c=1)])


@claim(SPARSE, "Ignored rows")
def sparse_ignored(ours):
    kept = each(ours, p=ROWS, c=CLASSES + 1)[CLASSES != 0]
    same(L.SparseCategoricalCrossentropy(ignore_class=0)(CLASSES, ROWS), kept.mean(), rel=SINGLE)


@claim(SPARSE, "Out of range")
def sparse_out_of_range(ours):
    found = L.sparse_categorical_crossentropy(np.array([-1, 3, 0]), ROWS[:3])
    same(found, [0, 0, ours(p=ROWS[2], c=1)])


@claim(KL, "value")
def kl(ours):
    same(L.kl_divergence(TARGETS, ROWS), each(ours, q=TARGETS, p=ROWS))
    same(L.KLDivergence()(TARGETS, ROWS), each(ours, q=TARGETS, p=ROWS).mean(), rel=SINGLE)


@claim(KL, "Clipping")
def kl_clipped(ours):
    found = float(L.kl_divergence(np.array([1.0, 0.0]), np.array([0.0, 1.0])))
    same(found, ours(q=[1.0, 0.0], p=[1e-7, 1 - 1e-7]) + 1e-7 * np.log(1e-7), rel=SINGLE)
    assert 16 < found < 17 and ours(q=[1.0, 0.0], p=[0.0, 1.0]) == np.inf


@claim(BINARY_FOCAL, "value")
def binary_focal(ours):
    lost = each(ours, p=np.where(Y == 1, P, 1 - P), γ=[3.0] * 6)
    same(L.binary_focal_crossentropy(Y[:, None], P[:, None], gamma=3.0), lost, rel=SINGLE)
    same(L.binary_focal_crossentropy(Y.reshape(2, 3), P.reshape(2, 3), gamma=3.0), lost.reshape(2, 3).mean(1),
         rel=SINGLE)


@claim(BINARY_FOCAL, "Defaults")
def binary_focal_defaults(ours):
    lost, y, p = each(ours, p=P, y=Y), Y[:, None], P[:, None]
    same(L.binary_focal_crossentropy(y, p), (1 - np.exp(-lost)) ** 2 * lost, rel=SINGLE)
    same(L.binary_focal_crossentropy(y, p, gamma=0.0), lost, rel=SINGLE)
    same(L.binary_focal_crossentropy(y, p, gamma=0.0, apply_class_balancing=True),
         np.where(Y == 1, 0.25, 0.75) * lost, rel=SINGLE)


@claim(CATEGORICAL_FOCAL, "value")
def categorical_focal(ours):
    for labels in (ONE_HOT, TARGETS):
        lost = each(ours, q=labels, p=ROWS, γ=[3.0] * 5)
        same(L.categorical_focal_crossentropy(labels, ROWS, alpha=0.5, gamma=3.0), lost / 2)


@claim(CATEGORICAL_FOCAL, "Defaults")
def categorical_focal_defaults(ours):
    lost = each(ours, q=ONE_HOT, p=ROWS)
    same(L.categorical_focal_crossentropy(ONE_HOT, ROWS), (1 - np.exp(-lost)) ** 2 * lost / 4)
    same(L.categorical_focal_crossentropy(ONE_HOT, ROWS, gamma=0.0), lost / 4)


@claim(GENERALIZED, "value")
def generalized(ours):
    lost = np.array([ours(p=row[c], ε=0.7) for row, c in zip(ROWS, CLASSES)])
    same(L.categorical_generalized_cross_entropy(CLASSES, ROWS, 0.7), lost)
    same(L.CategoricalGeneralizedCrossEntropy(q=0.7)(CLASSES, ROWS), lost.mean(), rel=SINGLE)


@claim(GENERALIZED, "Defaults")
def generalized_defaults(ours):
    lost = [ours(p=row[c], ε=0.5) for row, c in zip(ROWS, CLASSES)]
    same(L.CategoricalGeneralizedCrossEntropy()(CLASSES, ROWS), np.mean(lost), rel=SINGLE)
    for end in (0, 1):
        with pytest.raises(ValueError):
            L.CategoricalGeneralizedCrossEntropy(q=end)
