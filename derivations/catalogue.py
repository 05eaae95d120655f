"""Every definition, derivation, counterexample and cited theorem, in reading order, by id."""

from difflib import get_close_matches

from . import (bernoulli, categorical, cross_entropy, distributions, entropy, likelihood, log_sum_exp, logistic_regression, maximum_likelihood,
               numerics, sigmoid, soft_labels, softmax, softmax_regression, two_classes)
from .engine.derivation import Convention, Counterexample, Definition, Derivation, Theorem

CHAPTERS = (distributions, cross_entropy, entropy, bernoulli, categorical, likelihood, sigmoid, softmax, log_sum_exp, two_classes,
            maximum_likelihood, logistic_regression, softmax_regression, soft_labels, numerics)

# Ids of the past, and what their readers find now.
RENAMED = {
    "softmax.gradient_bounds": "softmax.gradient_upper_bound",
    "log_sum_exp.loss_bounds": "log_sum_exp.loss_upper_bound",
    "sigmoid.linear_growth": "sigmoid.linear_growth_upper_bound",
    "sigmoid.linear_growth_from_below": "sigmoid.linear_growth_lower_bound",
    "log_sum_exp.gradient_bounds": "softmax.gradient_upper_bound",
    "log_sum_exp.gradient_lower_bound": "softmax.gradient_lower_bound",
    "log_sum_exp.not_above_their_sum": "softmax.not_above_their_sum",
    "log_sum_exp.label_not_above_their_sum": "softmax.label_not_above_their_sum",
}

KINDS = (Definition, Convention, Derivation, Counterexample, Theorem)


def chapter_name(module):
    return module.__name__.rpartition(".")[2]


def catalogue():
    """A dictionary from id to entry. What a chapter defines under another name than its id's is not published."""
    entries = (entry for module in CHAPTERS for entry in published(module))
    return {entry.id: entry for entry in entries}


def published(module):
    """The entries of one chapter, top to bottom."""
    for name, entry in vars(module).items():
        if isinstance(entry, KINDS) and entry.id == f"{chapter_name(module)}.{name}":
            yield entry


def nearest(unknown, entries):
    """The ids most like an unknown one."""
    return get_close_matches(unknown, entries, n=3, cutoff=0.4)
