"""Many labels at once: K labels of one observation that do not exclude each other, each with a logit of its own.

The likelihood is a product of K Bernoulli masses, since the labels are independent given the input. The loss is a sum
of K binary cross-entropies; each entry of its gradient is a probability less a label, and the Hessian is diagonal.
Unlike those of softmax, the entries need not sum to 0, and a number added to all logits changes the loss.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Product, Sum, log

from .bernoulli import mass
from .cross_entropy import cross_entropy, two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis
from .engine.rules.definitions import cite, fold, unfold
from .engine.rules.derivatives import chain_rule, derivative_of_coordinate, differentiate_sum, linearity_of_derivative
from .engine.rules.logarithms import log_of_factors, log_of_power, log_of_product
from .engine.rules.sums import factor_into_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .notation import K, independent, k, l, label, logit, m, m_in_range, shift as t, y, z
from .sigmoid import (cross_entropy as binary_loss, derivative as sigmoid_derivative, logit as sigmoid_logit, sigmoid,
                      softplus_derivative)
from .softmax import probability

# --- The likelihood of many labels ---
likelihood = (
    derive("multilabel.likelihood", "likelihood of many labels", Product(mass(y[k], sigmoid(z[k])), (k, 1, K)))
    .by(unfold, mass, using=independent,
        because="the probability of independent labels is the product of their probabilities, each a Bernoulli mass")
)

negative_log_likelihood = (
    derive("multilabel.negative_log_likelihood", "negative log-likelihood of many labels", -log(likelihood.start))
    .by(cite, likelihood, because="this is what the likelihood was found to be")
    .by(log_of_product, because="every factor is positive, since a sigmoid is neither 0 nor 1")
    .by(log_of_factors, because="both powers are positive")
    .by(log_of_power, because="both bases are positive")
    .by(factor_into_sum, because="the sign belongs to every term")
    .by(fold, two_outcomes, y[k], sigmoid(z[k]), because="each term is a cross-entropy of two outcomes")
)

# --- The loss and its gradient ---
label_exists = Hypothesis("label m exists", "m is one of the labels", m_in_range.statement)  # here K counts labels

loss = (
    derive("multilabel.loss", "the loss of many labels in the logits",
           Sum(two_outcomes(y[k], sigmoid(z[k])), (k, 1, K)))
    .by(cite, binary_loss, {label: y[k], logit: z[k]}, because="this is what each term was found to be")
)

gradient = (
    derive("multilabel.gradient", "gradient of the loss of many labels in a logit", partial(loss.start, z[m]))
    .by(cite, loss, because="this is what the loss was found to be")
    .by(differentiate_sum, using=label_exists, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(chain_rule, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one label survives, the one with k = m")
)

hessian = (
    derive("multilabel.hessian", "Hessian of the loss of many labels", partial(loss.start, z[m], z[l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(chain_rule, sigmoid_derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
)

logits_found = (
    derive("multilabel.logits_found", "each logit is the logit of its probability",
           log(sigmoid(z[m]) / (1 - sigmoid(z[m]))))
    .by(cite, sigmoid_logit, {logit: z[m]}, using=label_exists, because="this is what it was found to be for one logit")
)

# --- What is true of softmax, and not of many labels ---
shift_matters = Counterexample(
    "multilabel.shift_matters", "a number added to all logits changes the loss of many labels",
    equation(Sum(two_outcomes(y[k], sigmoid(z[k] + t)), (k, 1, K)), loss.start),
    values={K: 2, y: (Integer(1), Integer(0)), z: (Integer(0), Integer(0)), t: Integer(1)},
    meaning="softmax probabilities stay under such a shift; sigmoids do not",
)

entries_do_not_cancel = Counterexample(
    "multilabel.entries_do_not_cancel", "the gradient of many labels need not sum to 0",
    equation(Sum(partial(Sum(two_outcomes(y[l], sigmoid(z[l])), (l, 1, K)), z[k]), (k, 1, K)), 0),
    values={K: 2, y: (Integer(1), Integer(1)), z: (Integer(0), Integer(0))},
    meaning="both labels are 1, and both logits are pushed up; softmax can only shift probability",
)

probabilities_do_not_sum = Counterexample(
    "multilabel.probabilities_do_not_sum", "the probabilities of many labels need not sum to 1",
    equation(Sum(sigmoid(z[k]), (k, 1, K)), 1),
    values={K: 3, z: (Integer(0), Integer(0), Integer(0))},
    meaning="three labels may each have the probability one half, since they do not exclude each other",
)

not_softmax = Counterexample(
    "multilabel.not_softmax", "the loss of many labels is not softmax cross-entropy",
    equation(loss.start, cross_entropy(y, probability(z))),
    values={K: 2, y: (Integer(1), Integer(0)), z: (Integer(0), Integer(0))},
    given=(equation(Sum(y[k], (k, 1, K)), 1),),
    meaning="the label is one-hot, and the sigmoids pay for the second label, too: twice the logarithm of 2, not once",
)
