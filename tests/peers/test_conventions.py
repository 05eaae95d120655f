"""Keras and XGBoost, and where the libraries differ from the formulas by a convention of their own: each difference
is stated and held.
"""

import keras
import numpy as np
import pytest
import torch
import xgboost
from scipy.special import expit, softmax
from torch.nn import functional

from derivations import bernoulli, categorical, sigmoid, soft_labels, softmax as softmax_chapter
from derivations.functions import function

keras.config.set_floatx("float64")
P, Y = np.array([0.9, 0.2, 0.8, 0.6]), np.array([1.0, 0.0, 1.0, 1.0])
ROWS = np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4]])
LABELS = {"hard": np.eye(3)[[0, 2]], "soft": np.array([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]])}
NAME = f"Keras {keras.__version__}"


def note(compared, id, found, expected):
    worst = compared.setdefault(id, {})
    worst[NAME] = max(abs(found - expected) / max(1, abs(expected)), worst.get(NAME, 0))
    assert found == pytest.approx(expected, rel=1e-12, abs=0)


def test_keras_of_two_classes(compared):
    ours = function(bernoulli.mean_negative_log_likelihood)(p=P, y=Y)
    note(compared, "bernoulli.mean_negative_log_likelihood", ours, float(np.mean(keras.ops.binary_crossentropy(Y, P))))
    # The loss itself takes its mean in binary32, whatever it is asked for; so it is known to 7 digits only.
    assert ours == pytest.approx(float(keras.losses.BinaryCrossentropy()(Y, P)), rel=2e-7, abs=0)
    for y, z in zip(Y, [2.0, -1.0, 0.5, 30.0]):
        loss = keras.ops.binary_crossentropy(np.array([y]), np.array([z]), from_logits=True)
        note(compared, "sigmoid.cross_entropy", function(sigmoid.cross_entropy)(y=y, z=z), float(loss[0]))


@pytest.mark.parametrize("kind", LABELS)
def test_keras_of_several_classes(kind, compared):
    ours = function(categorical.mean_negative_log_likelihood)(p=ROWS, y=LABELS[kind])
    note(compared, "categorical.mean_negative_log_likelihood", ours,
         float(keras.losses.CategoricalCrossentropy()(LABELS[kind], ROWS)))
    logits = np.log(ROWS) + 3
    ours = np.mean([function(softmax_chapter.cross_entropy)(y=y, z=z) for y, z in zip(LABELS[kind], logits)])
    note(compared, "softmax.cross_entropy", ours,
         float(keras.losses.CategoricalCrossentropy(from_logits=True)(LABELS[kind], logits)))


def smoothed_loss(label, p, share):
    return function(soft_labels.smoothed_loss)(y=label, p=p, ε=share)


@pytest.mark.parametrize("row", [0, 1])
def test_smoothing_spreads_over_all_classes_in_keras_and_in_pytorch(row, compared):
    ours = smoothed_loss(LABELS["hard"][row], ROWS[row], 0.1)
    smoothing = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    here = slice(row, row + 1)
    note(compared, "soft_labels.smoothed_loss", ours, float(smoothing(LABELS["hard"][here], ROWS[here])))
    label = torch.tensor(int(LABELS["hard"][row].argmax()))
    torchs = functional.cross_entropy(torch.tensor(np.log(ROWS[row])), label, label_smoothing=0.1)
    assert ours == pytest.approx(float(torchs), rel=1e-12, abs=0)
    others = np.where(LABELS["hard"][row] == 1, 0.9, 0.1 / 2)  # over the other classes only: another loss
    assert abs(-np.sum(others * np.log(ROWS[row])) - ours) > 1e-3


def test_pytorch_stops_at_a_logarithm_of_minus_100():
    loss = functional.binary_cross_entropy(torch.tensor(0.0, dtype=torch.float64),
                                           torch.tensor(1.0, dtype=torch.float64))
    assert float(loss) == 100  # the loss itself is infinite there
    with pytest.raises(ValueError, match="outside its domain"):
        function(bernoulli.score)(p=[0.0], y=[1.0], j=1)


def test_pytorch_adds_a_little_below_a_fraction_line_of_the_second_derivative():
    def loss(p):
        return functional.binary_cross_entropy(p, torch.tensor(1.0, dtype=torch.float64))

    p = torch.tensor(0.15, dtype=torch.float64)
    theirs = float(torch.func.jacrev(torch.func.jacrev(loss))(p))
    ours = -function(bernoulli.hessian)(p=[0.15], y=[1.0], j=1, r=1)
    assert theirs == pytest.approx(ours, rel=1e-9, abs=0) and theirs != pytest.approx(ours, rel=1e-13, abs=0)


def test_keras_stops_at_a_probability_of_1e_7():
    assert float(keras.losses.BinaryCrossentropy()(np.array([1.0]), np.array([0.0]))) == pytest.approx(
        -np.log(1e-7), rel=1e-6, abs=0)


def one_leaf(objective, labels, margins, **parameters):
    """What one tree without a split adds to the margins: minus the sum of gradients over the sum of second
    derivatives.
    """
    data = xgboost.DMatrix(np.zeros((len(labels), 1)), label=labels, base_margin=margins.reshape(-1))
    settings = {"objective": objective, "eta": 1, "lambda": 0, "gamma": 1e9, "min_child_weight": 0, "base_score": 0.5,
                "max_delta_step": 0}
    booster = xgboost.train(settings | parameters, data, num_boost_round=1)
    return booster.predict(data, output_margin=True) - margins


def test_xgboost_of_two_classes():
    margins = np.array([0.5, -1.0, 2.0, 0.1])
    gradient = sum(function(sigmoid.gradient)(y=y, z=z) for y, z in zip(Y, margins))
    curvature = sum(function(sigmoid.hessian)(z=z) for z in margins)
    # binary32
    assert one_leaf("binary:logistic", Y, margins) == pytest.approx(np.full(4, -gradient / curvature), rel=1e-5, abs=0)
    assert gradient == pytest.approx(np.sum(expit(margins) - Y))


def test_xgboost_of_several_classes_doubles_the_diagonal_of_the_hessian():
    margins, classes = np.array([[0.5, -1.0, 0.2], [1.0, 0.0, -0.3]]), np.array([0, 2])
    steps = one_leaf("multi:softprob", classes, margins, num_class=3)
    for m in (1, 2, 3):
        gradient = sum(function(softmax_chapter.gradient)(y=np.eye(3)[c], z=z, m=m) for c, z in zip(classes, margins))
        diagonal = sum(function(softmax_chapter.hessian)(z=z, m=m, l=m) for z in margins)
        differences = softmax(margins, axis=1)[:, m - 1] - (classes == m - 1)
        assert gradient == pytest.approx(np.sum(differences))
        assert steps[:, m - 1] == pytest.approx(np.full(2, -gradient / (2 * diagonal)), rel=1e-5, abs=0)
