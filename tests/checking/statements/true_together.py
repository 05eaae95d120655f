"""True where several numbers are special together: beside the false ones of `together`."""

from sympy import Gt, Le, Max, Ne, Sum

from derivations.notation import K, k, label, logit, penalty, probability, q, reference_sums, scale, share, shift, z

from .stating import hypothesis, kind, line
from .together import half, logits, over_itself, quarter, three, tiny

some_logit = hypothesis("some logit is not 0", Gt(logits, 0))

TOGETHER_TRUE = kind(
    "true: where several are special together",
    line("shares of squares, not all 0", Sum(z[k] ** 2 / logits, (k, 1, K)), 1, {K: 2, z: (1, 0)}, some_logit),
    line("different numbers", *over_itself((logit - shift) ** 2), {logit: 1, shift: 2},
         hypothesis("different", Ne(logit, shift))),
    line("a length times itself", logits**half * (1 + logits**half), logits**half + logits, {K: 2, z: (0, 0)}),
    line("not far", Max(logit - 6, 0) * Max(shift - 6, 0), 0, {logit: 6, shift: 6},
         hypothesis("z is at most 6", Le(logit, 6))),
    line("sums of squares of shares", Sum((q[k] - 1 / K) ** 2, (k, 1, K)), Sum(q[k] ** 2, (k, 1, K)) - 1 / K,
         {K: 4, q: (quarter,) * 4}, reference_sums, three),
    line("three of at most 1", label + probability + share, 3, {label: 1, probability: 1, share: 1}, relation="<="),
    line("a product of tiny ones", scale * penalty, 0, {scale: tiny, penalty: tiny}, relation=">="),
)
