"""Perplexity: that of groups pooled or averaged, and mean losses of batches and sequences.

The tokens of a text, or the observations of a data set, are put into groups: sequences, batches, devices. Weighted by
their sizes, the means of the groups give the mean of all; unweighted they do so only if the groups are alike. The
exponential of the pooled mean is at most the mean of the exponentials (Jensen's inequality). The mean over batches of
one size is the mean of all if every observation is in equally many.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Ge, Gt, Integer, KroneckerDelta, Le, Product, Sum, exp, factorial, log, symbols

from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import derivative_of_coordinate, differentiate_sum, linearity_of_derivative
from .engine.rules.indices import rename_index
from .engine.rules.inequalities import log_below_tangent
from .engine.rules.logarithms import (exponential_of_logarithm, log_of_exponential, log_of_power, log_of_product,
                                      log_relative_to)
from .engine.rules.sums import (factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, sum_of_constant, swap_sums)
from .engine.terms import equation, partial
from .notation import M, batch_size as B, i, j, j_in_range, n, u, u_in_range, v, χ

ONE, NONE = Integer(1), Integer(0)
ONE_AND_THREE = ((ONE, NONE), (NONE, ONE), (NONE, ONE), (NONE, ONE))
mean_of_all = Sum(v[i], (i, 1, n)) / n

# --- Weighted by size ---
size = define(
    "perplexity.size", "size of group u", "N", (u,), Sum(χ[i, u], (i, 1, n)),
    meaning="how many observations the group u has: tokens of a sequence, examples of a batch",
)

mean_loss = define(
    "perplexity.mean_loss", "mean loss of group u", "v̄", (u,), Sum(χ[i, u] * v[i], (i, 1, n)) / size(u),
    meaning="the sum of the losses in the group u over its size",
)

mean_of_means = Sum(mean_loss(u), (u, 1, M)) / M
none_empty = Hypothesis("no empty group", "every group has a positive size", Gt(size(u), 0))
group_exists = Hypothesis("group u exists", "u is one of the groups", u_in_range.statement)  # here M counts groups
in_one_group = Hypothesis("in one group", "every observation is in one group, or in several with shares that sum to 1",
                          equation(Sum(χ[i, u], (u, 1, M)), 1))

mean_slope = (
    derive("perplexity.mean_slope", "how the mean loss of a group moves with one loss", partial(mean_loss(u), v[j]))
    .by(unfold, mean_loss, using=(none_empty, j_in_range, group_exists), because="this is its definition")
    .by(linearity_of_derivative, because="the size does not depend on the losses")
    .by(differentiate_sum, because="the sum is finite, and j is not the index it runs over")
    .by(linearity_of_derivative, because="who is in the group does not depend on the losses")
    .by(derivative_of_coordinate, because="each loss is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one observation survives, the one with i = j")
)

sizes_sum = (
    derive("perplexity.sizes_sum", "the sizes of all groups sum to n", Sum(size(u), (u, 1, M)))
    .by(unfold, size, because="this is its definition")
    .by(swap_sums, because="finite sums may change their order")
    .by(by_hypothesis, in_one_group, because="the shares of an observation sum to 1")
    .by(sum_of_constant, because="n equal terms")
)

pooled_mean = (
    derive("perplexity.pooled_mean", "weighted by size, the means of groups give the mean of all",
           Sum(size(u) * mean_loss(u), (u, 1, M)) / n)
    .by(unfold, mean_loss, using=none_empty, because="this is its definition; the size is not 0, and cancels")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the loss of an observation does not depend on the group")
    .by(by_hypothesis, in_one_group, because="the shares of an observation sum to 1")
)

overlap = Counterexample(
    "perplexity.overlap", "groups that overlap count an observation twice", equation(pooled_mean.start, mean_of_all),
    values={n: 2, M: 2, χ: ((ONE, ONE), (NONE, ONE)), v: (Integer(4), NONE)}, without=in_one_group,
    meaning="the first observation is in both groups, as a token is in windows that overlap, and counts twice",
)

# --- Perplexity of groups ---
of_group = define(
    "perplexity.of_group", "perplexity of group u", "PPL", (u,), exp(mean_loss(u)),
    meaning="the exponential of the mean loss of the group u",
)

log_mean = (
    derive("perplexity.log_mean", "mean logarithm of the perplexities",
           Sum(size(u) * log(of_group(u)), (u, 1, M)) / n)
    .by(unfold, of_group, using=none_empty, because="this is its definition")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(cite, pooled_mean, because="weighted by size, the means of groups give the mean of all")
)

geometric_mean = (
    derive("perplexity.geometric_mean", "logarithm of the geometric mean of perplexities",
           log(Product(of_group(u) ** (size(u) / n), (u, 1, M))))
    .by(unfold, of_group, using=none_empty, because="this is its definition")
    .by(log_of_product, because="every exponential is positive, and so is a power of it")
    .by(log_of_power, because="the base is an exponential, which is positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(factor_out_of_sum, because="n does not depend on the group")
    .by(cite, pooled_mean, because="weighted by size, the means of groups give the mean of all")
)

# --- Pooled or averaged ---
pooled = define("perplexity.pooled", "pooled perplexity", "PPL", (), exp(mean_of_all),
                meaning="the exponential of the mean loss of all observations, whatever group they are in")

averaged = define(
    "perplexity.averaged", "perplexities averaged by size", "P̄", (), Sum(size(u) * of_group(u), (u, 1, M)) / n,
    meaning="the mean of the perplexities of all groups, each weighted by the size of its group",
)

at_most_averaged = (
    derive("perplexity.at_most_averaged", "pooled perplexity is at most the average", pooled())
    .by(unfold, pooled, because="this is its definition")
    .by(recognise, log_mean, because="the mean loss is the mean logarithm of the perplexities")
    .by(log_relative_to, of_group(u), averaged(), because="compare each perplexity with their average")
    .by(log_below_tangent, averaged(), because="a logarithm is at most its tangent at 1")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the average does not depend on the group")
    .by(cite, sizes_sum, because="the sizes sum to n")
    .by(distribute, because="multiply out the bracket")
    .by(fold, averaged, because="this is the average; it cancels, and the exponential undoes the logarithm")
)

FOURFOLD = log(4)
not_by_number = Counterexample(
    "perplexity.not_by_number", "averaged by number, perplexities can be less than pooled",
    Le(pooled(), Sum(of_group(u), (u, 1, M)) / M),
    values={n: 4, M: 2, χ: ONE_AND_THREE, v: (NONE, FOURFOLD, FOURFOLD, FOURFOLD)},
    given=(Le(pooled(), averaged()),),
    meaning="the short sequence has the perplexity 1, the long one 4; "
            "their plain mean is 2.5, and the perplexity of all four tokens is more",
)

mean_of_mean_losses = Counterexample(
    "perplexity.mean_of_mean_losses", "a mean of mean losses gives another perplexity",
    equation(exp(mean_of_means), pooled()),
    values={n: 4, M: 2, χ: ONE_AND_THREE, v: (NONE, FOURFOLD, FOURFOLD, FOURFOLD)},
    meaning="both sequences count the same, though one has three times as many tokens",
)

split = Counterexample(
    "perplexity.split", "averaged perplexity depends on where a text is split", equation(averaged(), pooled()),
    values={n: 2, M: 2, χ: ((ONE, NONE), (NONE, ONE)), v: (NONE, FOURFOLD)},
    meaning="the tokens have the perplexities 1 and 4, averaged 2.5; in one sequence they have the perplexity 2",
)

# --- Bits per byte ---
bits_per_byte = define(
    "perplexity.bits_per_byte", "bits per byte", "BPB", (B,), Sum(v[i], (i, 1, n)) / (B * log(2)),
    meaning="the losses of all tokens of a text, summed and measured in bits, over the number of its bytes",
)

bits_from_perplexity = (
    derive("perplexity.bits_from_perplexity", "bits per byte from the perplexity of tokens",
           n / B * (log(pooled()) / log(2)))
    .by(unfold, pooled, because="this is its definition")
    .by(log_of_exponential, because="the logarithm undoes the exponential; the number of tokens cancels")
    .by(fold, bits_per_byte, B, because="this is the number of bits per byte")
)

per_byte = (
    derive("perplexity.per_byte", "perplexity per byte", exp(log(2) * bits_per_byte(B)))
    .by(unfold, bits_per_byte, because="this is its definition; the logarithm of 2 cancels")
)

as_exponential = (
    derive("perplexity.as_exponential", "a power of perplexity as an exponential", exp(n / B * log(pooled())))
    .by(exponential_of_logarithm, because="a perplexity is an exponential, so it is positive")
)

from_tokens = (
    derive("perplexity.from_tokens", "perplexity per byte is a power of that per token", pooled() ** (n / B))
    .by(recognise, as_exponential, because="a power is an exponential")
    .by(unfold, pooled, because="this is its definition")
    .by(log_of_exponential, because="the logarithm undoes the exponential; the number of tokens cancels")
    .by(recognise, per_byte, because="the exponential of the loss per byte is the perplexity per byte")
)

tokens_differ = Counterexample(
    "perplexity.tokens_differ", "perplexities of different tokens are not to be compared",
    equation(pooled(), exp(log(2) * bits_per_byte(B))),
    values={n: 2, B: Integer(4), v: (FOURFOLD, FOURFOLD)},
    meaning="two tokens of two bytes each have the perplexity 4 per token, and 2 per byte",
)

# --- A mean of means ---
same_size = Hypothesis("batches of one size", "every batch has the size B", equation(size(u), B))
equally_often = Hypothesis("equally often", "every observation is in the same number of batches",
                           equation(Sum(χ[i, u], (u, 1, M)), M * B / n))

unbiased = (
    derive("perplexity.unbiased", "the mean of a batch is right on average", mean_of_means)
    .by(unfold, mean_loss, using=same_size, because="this is its definition; a size is positive")
    .by(by_hypothesis, same_size, because="every batch has the same size")
    .by(factor_out_of_sum, because="the size is the same for every batch")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the loss of an observation does not depend on the batch")
    .by(by_hypothesis, equally_often, because="every observation is in the same number of batches")
    .by(factor_out_of_sum, because="that number does not depend on the observation; M and the size cancel")
)

not_the_mean = Counterexample(
    "perplexity.not_the_mean", "a mean of means is not the mean", equation(mean_of_means, mean_of_all),
    values={n: 4, M: 2, B: Integer(2), χ: ONE_AND_THREE, v: (Integer(4), NONE, NONE, NONE)}, without=same_size,
    given=(equation(pooled_mean.start, mean_of_all),),
    meaning="one observation is in the first group and three in the second, where groups of one size would have B: "
            "the mean of the two means gives the first as much weight as the three together",
)

drawn_more_often = Counterexample(
    "perplexity.drawn_more_often", "batches that prefer an observation are not right on average",
    equation(mean_of_means, mean_of_all),
    values={n: 2, M: 2, B: ONE, χ: ((ONE, ONE), (NONE, NONE)), v: (Integer(4), NONE)}, without=equally_often,
    given=(equation(size(1), size(2)),),
    meaning="both batches are the first observation alone; the second is in none",
)

# --- Drawn without replacement ---
two_or_more = Hypothesis("two or more observations", "there are at least 2 observations", Ge(n, 2))

pairs = (
    derive("perplexity.pairs", "the mean of a batch of two is right on average",
           Sum((1 - KroneckerDelta(i, j)) * (v[i] + v[j]) / 2, (i, 1, n), (j, 1, n)) / (n * (n - 1)))
    .by(distribute, v[i], using=two_or_more, because="multiply out the bracket of the two losses")
    .by(distribute, because="multiply out the bracket that leaves out pairs of one observation with itself")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(sift_kronecker_delta, because="for each observation one pair is left out")
    .by(factor_out_of_sum, because="the loss of the one does not depend on the other")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the loss of the one does not depend on the other")
    .by(sum_of_constant, because="n equal terms")
    .by(factor_out_of_sum, because="n does not depend on the observation")
    .by(rename_index, j, i, because="a bound index may have any letter; equal sums add up")
    .by(factor_out, Sum(v[i], (i, 1, n)), because="every term has the sum of the losses; n − 1 cancels")
)

b, s = symbols("b s", integer=True)
all_batches = Theorem(
    "perplexity.all_batches", "every observation is in equally many batches of one size",
    "Of b + s + 1 observations a batch has b + 1, and s are left out. Count the ways to pick a batch and one of the "
    "observations in it. On the left, take the observation first: any of b + s + 1. The fraction is the number of ways "
    "to choose the b others in its batch. It is the same for every observation. On the right, take the batch first: "
    "the fraction is the number of all batches, and each has b + 1 observations. Both ways count the same.",
    "mathlib", evidence=(unbiased, pairs, drawn_more_often),
    formula=equation((b + s + 1) * factorial(b + s) / (factorial(b) * factorial(s)),
                     (b + 1) * factorial(b + s + 1) / (factorial(b + 1) * factorial(s))),
)
