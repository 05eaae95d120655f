"""The policy gradient against complex steps and draws, and what the page says in words."""

import numpy as np
import pytest
from oracles import slope
from scipy.special import softmax

from derivations import policy
from derivations.checking.counterexamples import refute
from derivations.functions import function
from derivations.losses import expected_reward

CHOICES = (1, 2, 3)


def plain_mean(v):
    return lambda z: np.sum(np.exp(z) * v) / np.sum(np.exp(z))


def divergence_from(q):
    return lambda z: np.exp(z) / np.sum(np.exp(z)) @ (z - np.log(np.sum(np.exp(z))) - np.log(q))


def log_chance(c):
    return lambda z: np.log(np.exp(z[c - 1]) / np.sum(np.exp(z)))


ORACLES = {
    "policy.gradient": ("v[K] z[K] m", lambda v, z, m: slope(plain_mean(v), z, m)),
    "policy.one_choice": ("v[K] z[K] t[] c m", lambda v, z, t, c, m: slope(log_chance(c), z, m) * (v[c - 1] - t)),
    "policy.above_baseline": ("v[K] z[K] t[]", lambda v, z, t: np.average(v - t, weights=softmax(z))),
    "policy.reinforce": ("v[K] z[K] m", lambda v, z, m: slope(plain_mean(v), z, m)),
    "policy.reference_less_mean": ("q![K] z[K] l", lambda q, z, l: (
        (z - np.log(q))[l - 1] - softmax(z) @ (z - np.log(q)))),
    "policy.penalty_gradient": ("q![K] z[K] m l", lambda q, z, m, l: slope(divergence_from(q), z, l)),
}
RNG = np.random.default_rng(6)
REWARDS, LOGITS = RNG.normal(3, 2, 3), RNG.normal(0, 1, 3)


def steps(t):
    """What each choice says of each logit."""
    return np.array([[function(policy.one_choice)(v=REWARDS, z=LOGITS, t=t, c=c, m=m) for m in CHOICES]
                     for c in CHOICES])


@pytest.mark.parametrize("baseline", [0, 3, -20])
def test_drawn_choices_lead_along_the_gradient_with_any_baseline(baseline):
    drawn = steps(baseline)[RNG.choice(3, 200_000, p=softmax(LOGITS))]
    near = 5 * drawn.std(axis=0) / np.sqrt(len(drawn))
    assert np.all(np.abs(drawn.mean(axis=0) - expected_reward.gradient(rewards=REWARDS, logits=LOGITS)) < near)


def test_a_baseline_near_the_expected_reward_makes_the_steps_differ_less():
    chances = softmax(LOGITS)
    spread = {t: chances @ np.sum(steps(t) ** 2, axis=1) for t in (0, float(chances @ REWARDS), -20)}
    assert sorted(spread, key=spread.get) == [float(chances @ REWARDS), 0, -20]
    found = refute(policy.baseline_calms)
    assert float(found.left) == pytest.approx(1 / 8) and float(found.right) == pytest.approx((121 + 100) / 8)


def test_a_step_along_the_gradient_earns_more_and_equal_rewards_move_nothing():
    gradient = expected_reward.gradient(rewards=REWARDS, logits=LOGITS)
    after = expected_reward.value(rewards=REWARDS, logits=LOGITS + 0.01 * gradient)
    assert after > expected_reward.value(rewards=REWARDS, logits=LOGITS)
    assert expected_reward.gradient(rewards=[7, 7, 7], logits=LOGITS) == pytest.approx([0] * 3, abs=1e-14)


def test_what_is_hardly_ever_chosen_hardly_learns():
    slopes = [function(policy.gradient)(v=[0, 0, 1], z=[z, 0, 0], m=3) for z in (0, 4, 8)]
    assert slopes[0] > 0.2 and 0 < slopes[2] < 1e-3 < slopes[1] < 0.02


def test_differentiated_with_the_probabilities_of_the_choices_it_is_another_slope():
    def mean_weighted(z):
        p = np.exp(z) / np.sum(np.exp(z))
        return np.sum(p * np.array([1, 0]) * np.log(p))

    found = refute(policy.not_the_slope_of_the_mean)
    z = np.array([1.0, 0])
    assert float(found.left) == pytest.approx(slope(mean_weighted, z, 1), rel=1e-4, abs=0)
    assert float(found.right) == pytest.approx(slope(plain_mean(np.array([1, 0])), z, 1), rel=1e-4, abs=0)
