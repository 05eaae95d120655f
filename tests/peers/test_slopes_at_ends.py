"""What JAX and torch make of the printed losses by their own differentiation: the printed gradient, also where a
probability underflows, and where a share or an exponent is at its end; or the infinity that is the limit.
"""

import jax
import numpy as np
import pytest
import torch
from coded import loaded

from derivations import losses
from derivations.coding.module import code_of

LABEL, WEIGHTS, SURE = np.array([0.2, 0.5, 0.3]), np.array([1.0, 2.0, 0.5]), np.eye(3)[0]
# Name -> the letter of the logits, and what stands beside them: several times, for ends of each.
BESIDE = {
    "jensen_shannon_divergence": ("z", [{"q": q, "α": α} for q in (LABEL, SURE) for α in (0.0, 0.3, 1.0)]),
    "focal_loss": ("z", [{"c": c, "γ": γ} for c in (0, 2) for γ in (0.0, 0.5, 1.0, 2.0)]),
    "focal_loss_of_one": ("z", [{"γ": γ} for γ in (0.0, 0.5, 1.0, 2.0)]),
    "generalized_cross_entropy": ("z", [{"c": c, "ε": 0.7} for c in (0, 2)]),
    "distillation_loss": ("z", [{"v": v, "T": 2.0} for v in (WEIGHTS, np.array([800.0, 0, -800]))]),
    "temperature_cross_entropy": ("z", [{"y": LABEL, "T": 2.5}]),
    "class_weighted_cross_entropy": ("z", [{"y": LABEL, "a": WEIGHTS}]),
    "smoothed_weighted_cross_entropy": ("z", [{"c": 0, "a": WEIGHTS, "ε": 0.1}]),
    "positive_weighted_cross_entropy": ("z", [{"y": SURE, "ω": 3.0}]),
    "cross_entropy_of_targets": ("z", [{"a": WEIGHTS}]),
    "z_loss": ("z", [{"λ": 0.1}]),
    "brier_score": ("z", [{"y": LABEL}]),
    "multilabel_cross_entropy": ("z", [{"y": SURE}]),
    "signed_logistic_loss": ("z", [{"y": SURE}]),
    "preference_loss": ("z", [{}]),
    "conservative_preference_loss": ("z", [{"ε": 0.1}]),
    "contrastive_loss": ("z", [{"c": 2, "T": 0.5}]),
}  # fmt: skip
LOGITS = np.array([[0.7, -0.4, 1.1], [40, 0, -3], [-800, 0, 750], [0, 0, -800], [1e4, 1e4, 1e4 - 1], [-1e4, 800, 0.5],
                   [0, 0, 0], [1e4, 0, -1e4], [-30, 700, 0], [-30, 0, 0]])  # fmt: skip


def slopes(target, module, given, moved):
    """The derivative of the sum of what a module gives, in one of its arguments."""
    if target == "jax":
        arrays = {name: jax.numpy.asarray(one) for name, one in given.items()}
        return np.asarray(jax.grad(lambda at: module(**arrays | {moved: at}).sum())(arrays[moved]))
    arrays = {name: torch.as_tensor(np.asarray(one)) for name, one in given.items()}
    arrays[moved].requires_grad_()
    module(**arrays).sum().backward()
    return arrays[moved].grad.numpy()


@pytest.mark.parametrize("target", ["jax", "torch"])
@pytest.mark.sampled(16)
@pytest.mark.parametrize("name", BESIDE)
def test_the_slope_of_a_loss_is_the_printed_gradient(name, target):
    loss, (moved, several) = getattr(losses, name), BESIDE[name]
    called, value, space = {letter: one for one, letter in loss.arguments.items()}, loss.entries["value"], {}
    exec(compile(code_of(value, target), f"{name}.py", "exec"), space)
    for beside in several:
        for z in LOGITS:
            given = beside | {moved: z.copy()}
            wanted = loss.gradient(**{called[letter]: one for letter, one in given.items()})
            found = slopes(target, space[value.id.replace(".", "_")], given, moved)
            assert found == pytest.approx(wanted, rel=1e-9, abs=1e-13), given


INFINITE = float("inf")
AT_ENDS = [
    ("focal.focal_loss", {"γ": 2.0}, [0.0, 1.0], [-INFINITE, 0]),
    ("focal.focal_loss", {"γ": 0.5}, [0.0, 1.0], [-INFINITE, 0]),
    ("focal.focal_loss", {"γ": 0.0}, [0.0, 1.0], [-INFINITE, -1]),
    ("scores.generalized", {"ε": 0.7}, [0.0, 1.0], [-INFINITE, -1]),
    ("cross_entropy.two_outcomes", {"y": np.array([1.0, 0, 1, 0])}, [0.0, 0, 1, 1], [-INFINITE, 1, -1, INFINITE]),
    ("cross_entropy.cross_entropy", {"q": SURE}, [1.0, 0, 0], [-1, 0, 0]),
    # a class that neither distribution has, and which has no weight, counts for nothing
    ("averages.jensen_shannon", {"q": SURE, "α": 0.5}, [0.5, 0.5, 0.0], [np.log(2 / 3) / 2, np.log(2) / 2, 0]),
]


@pytest.mark.parametrize("target", ["jax", "torch"])
@pytest.mark.parametrize(("id", "beside", "at", "wanted"), AT_ENDS)
def test_the_slope_at_an_end_is_its_limit(id, beside, at, wanted, target):
    found = slopes(target, loaded(id, target), beside | {"p": np.array(at)}, "p")
    assert found == pytest.approx(np.array(wanted, dtype=float), rel=1e-12, abs=0)
