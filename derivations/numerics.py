"""Numerics: the same losses in forms that keep their digits, and how the forms one would write first lose them.

The identities hold for all real logits. What a computer makes of them is shown by counterexamples: fl is the nearest binary64 number.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Eq, Integer, Lt, Max, Rational, exp, log

from . import softmax
from .derivation import Counterexample, Theorem, derive
from .notation import c, c_in_range, floor, k, labels_sum, logit, one_hot, probability, shift, z
from .rules.algebra import by_hypothesis
from .rules.definitions import cite, unfold
from .rules.logarithms import log_relative_to, product_of_exponentials
from .rules.sums import factor_into_sum, sift_kronecker_delta, take_out_term
from .sigmoid import softplus
from .terms import Rounded

log_sum_exp = (
    derive("numerics.log_sum_exp", "log-sum-exp with any logit taken out", softmax.log_sum_exp(z))
    .by(unfold, softmax.log_sum_exp, because="this is its definition")
    .by(log_relative_to, softmax.log_sum_exp.body.args[0], exp(shift), because="both are positive; t may be any number, and the largest logit keeps every exponential at most 1")
    .by(factor_into_sum, exp(-shift), because="t does not depend on k")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)

confident_cross_entropy = (
    derive("numerics.confident_cross_entropy", "the loss of a hard label, in the form that keeps every digit",
           softmax.cross_entropy.start)
    .by(cite, softmax.cross_entropy, using=(one_hot, c_in_range), implied=labels_sum, because="this is what the loss was found to be in the logits; a one-hot label sums to 1")
    .by(by_hypothesis, one_hot, because="the label is 1 for the class c and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = c")
    .by(cite, log_sum_exp, {shift: z[c]}, because="take out the logit of the class that was seen; it cancels")
    .by(take_out_term, k, c, because="the term of that class is the exponential of 0")
)

naive_sigmoid = Counterexample(
    "numerics.naive_sigmoid", "one minus a sigmoid loses everything", Lt(0, 1 - Rounded(1 / Rounded(1 + exp(-logit))), evaluate=False),
    values={logit: Integer(37)}, given=(Lt(36, softplus(logit), evaluate=False),),
    meaning="at the logit 37 the computed probability of the label 1 is 1, so that of the label 0 is 0 and has no logarithm, though the loss is about 37",
)

naive_exponential = Counterexample(
    "numerics.naive_exponential", "an exponential is soon too large", Lt(log(Rounded(exp(logit))), logit + 1, evaluate=False),
    values={logit: Integer(710)}, meaning="at the logit 710 the exponential is beyond the largest binary64 number, though softplus is about 710",
)

clipping = Counterexample(
    "numerics.clipping", "clipping changes the loss", Eq(-log(Max(probability, floor)), -log(probability), evaluate=False),
    values={probability: Rational(1, 10**9), floor: Rational(1, 10**7)},
    meaning="below the clip the loss stays at minus the logarithm of the clip, and its slope is 0",
)

central_difference = Theorem(
    "numerics.central_difference", "how far a central difference is off",
    "For a function with three continuous derivatives the central difference with step h is off by a multiple of the square of h from cutting off, and by a multiple of the unit "
    "roundoff over h from rounding, so a step near the cube root of the unit roundoff is a good choice",
    "press_et_al_2007",
)
