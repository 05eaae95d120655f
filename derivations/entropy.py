"""Entropy: how large it can be. The cross-entropy against the uniform model is log K for every reference, and no entropy exceeds it."""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from .cross_entropy import cross_entropy, entropy, minimum
from .derivation import define, derive
from .notation import K, k, model_positive, model_sums, p, q, reference_sums
from .rules.algebra import by_hypothesis
from .rules.definitions import cite, unfold
from .rules.inequalities import bounded_above
from .rules.logarithms import log_of_quotient
from .rules.sums import factor_out_of_sum

uniform = define("entropy.uniform", "uniform distribution", "u", (k,), 1 / K, meaning="every class has the same probability")

uniform_model = (
    derive("entropy.uniform_model", "cross-entropy against the uniform model", cross_entropy(q, uniform()))
    .by(unfold, cross_entropy, because="this is its definition")
    .by(unfold, uniform, because="every class has the same probability")
    .by(log_of_quotient, because="the number of classes is positive, and the logarithm of 1 is 0")
    .by(factor_out_of_sum, because="the logarithm does not depend on k")
    .by(by_hypothesis, reference_sums, because="the reference probabilities sum to 1")
)

at_most_uniform = (
    derive("entropy.at_most_uniform", "no entropy exceeds log K", entropy(q))
    .by(bounded_above, minimum, {p: uniform()}, using=reference_sums, implied=(model_positive, model_sums),
        because="an entropy is at most any cross-entropy of the same reference (Gibbs' inequality); the uniform probabilities are positive and sum to 1")
    .by(cite, uniform_model, because="against the uniform model this is log K")
)
