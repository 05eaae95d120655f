"""What is stated of XGBoost: seen in the leaves of a tree without a split, and in its metrics."""

import numpy as np
import xgboost
from claims import CLASSES, LOGITS, P, ROWS, SOFT, WEIGHTS, Y, Z, claim, each, same

from derivations import sigmoid
from derivations.functions import function

SINGLE = 2e-5  # all numbers are binary32
CLIPPED_AT = 1e-16


def leaf(objective, labels, margins, **settings):
    """What one tree without a split adds to the margins of each observation, and with a large `lambda`."""
    data = xgboost.DMatrix(np.zeros((len(labels), 1)), label=labels, base_margin=np.asarray(margins).reshape(-1))
    plain = {"objective": objective, "eta": 1, "lambda": 0, "gamma": 1e9, "min_child_weight": 0, "base_score": 0.5,
             "max_delta_step": 0}
    booster = xgboost.train(plain | settings, data, num_boost_round=1)
    return booster.predict(data, output_margin=True) - margins


def sums(objective, labels, margins, **settings):
    """The sums of gradients and of second derivatives: two leaves, with two penalties, give both."""
    free, held = (leaf(objective, labels, margins, **{"lambda": share}, **settings)[0] for share in (0, 1))
    curvature = held / (free - held)  # free = -G/H and held = -G/(H + 1)
    return -free * curvature, curvature


@claim("binary:logistic", "value")
def logistic(ours):
    for labels in (Y, SOFT):
        gradient, _ = sums("binary:logistic", labels, Z)
        same(gradient, each(ours, z=Z, y=labels).sum(), rel=1e-4)


@claim("binary:logistic", "Second derivative")
def logistic_curvature(ours):
    same(sums("binary:logistic", Y, Z)[1], each(ours, z=Z).sum(), rel=1e-4)


@claim("binary:logistic", "`scale_pos_weight`")
def logistic_scaled(ours):
    weights = np.where(Y == 1, 3, 1)
    gradient, curvature = sums("binary:logistic", Y, Z, scale_pos_weight=3)
    same(gradient, (weights * each(ours, z=Z, y=Y)).sum(), rel=1e-4)
    same(curvature, (weights * each(function(sigmoid.hessian), z=Z)).sum(), rel=1e-4)


@claim("multi:softprob", "value")
def softprob(ours):
    gradient, _ = sums("multi:softprob", CLASSES, LOGITS, num_class=3)
    same(gradient, [sum(ours(z=z, c=c + 1, m=m) for z, c in zip(LOGITS, CLASSES)) for m in (1, 2, 3)], rel=2e-4)


@claim("multi:softprob", "Second derivative")
def softprob_curvature(ours):
    _, curvature = sums("multi:softprob", CLASSES, LOGITS, num_class=3)
    same(curvature, [2 * sum(ours(z=z, m=m, l=m) for z in LOGITS) for m in (1, 2, 3)], rel=2e-4)
    for z in LOGITS:  # twice the diagonal, less the Hessian, is nowhere negative
        whole = np.array([[ours(z=z, m=m, l=l) for l in (1, 2, 3)] for m in (1, 2, 3)])
        assert np.linalg.eigvalsh(2 * np.diag(np.diag(whole)) - whole).min() > -1e-15


def metric(name, labels, margins, weight=None, **settings):
    """A metric of a model that changes no margin."""
    data = xgboost.DMatrix(np.zeros((len(labels), 1)), label=labels, weight=weight,
                           base_margin=np.asarray(margins, dtype=float).reshape(-1))
    plain = {"eval_metric": name, "gamma": 1e9, "base_score": 0.5, "eta": 0}
    booster = xgboost.train(plain | settings, data, num_boost_round=1)
    return float(booster.eval(data).rpartition(":")[2])


@claim("logloss", "value")
def logloss(ours):
    for labels in (Y, SOFT):
        found = metric("logloss", labels, np.log(P / (1 - P)), objective="binary:logistic")
        same(found, ours(p=P, y=labels), rel=SINGLE)


@claim("logloss", "Weights")
def logloss_weights(ours):
    found = metric("logloss", Y, np.log(P / (1 - P)), WEIGHTS, objective="binary:logistic")
    same(found, (WEIGHTS * [ours(p=[p], y=[y]) for p, y in zip(P, Y)]).sum() / WEIGHTS.sum(), rel=SINGLE)


@claim("logloss", "Clipping")
def logloss_clipped(ours):
    found = metric("logloss", [1.0], [-200.0], objective="binary:logistic")
    same(found, ours(p=[CLIPPED_AT], y=[1.0]), rel=SINGLE)
    assert f"{found:.2f}" == "36.84"


@claim("mlogloss", "value")
def mlogloss(ours):
    found = metric("mlogloss", CLASSES, np.log(ROWS), objective="multi:softprob", num_class=3)
    same(found, ours(p=ROWS, y=np.eye(3)[CLASSES]), rel=SINGLE)


@claim("mlogloss", "Weights")
def mlogloss_weights(ours):
    weights = WEIGHTS[:5]
    found = metric("mlogloss", CLASSES, np.log(ROWS), weights, objective="multi:softprob", num_class=3)
    lost = np.array([ours(p=[p], y=[y]) for p, y in zip(ROWS, np.eye(3)[CLASSES])])
    same(found, (weights * lost).sum() / weights.sum(), rel=SINGLE)
