"""What cannot be read as a loss is refused with what was found, what was expected, and where; and quickly."""

from time import perf_counter

import pytest

from derivations.any_loss.declare import read_loss
from derivations.any_loss.tokens import Unreadable

from losses import Losses

# A loss, its variable, what else is said, a word of the message, the column.
REFUSED = [
    ("w[k]*w[f]", "w[f]", {}, "w[f] (weight of feature f); for a quantity of your own, take another letter", 0),
    ("w[k]*w[f] + m[k]", "w[f]", {}, "an index that runs to K; found w[k], expected w[f]", 12),
    ("y[i,i]", "y[i,k]", {}, "y[i,k]", 0), ("z[i]*z", "z", {}, "z[k]", 0),
    ("m[k]*z", "z", {}, "an index that runs to K", 0), ("n[k]*z", "z", {}, "a size; for a", 0),
    ("s[i] + s[k]", "s[j]", {}, "runs to K, expected it to run to n as in s[i]", 7),
    ("s[i] + s", "s[j]", {}, "indices", 7),
    ("s[i] + s[j,k]", "s[j]", {}, "as many indices", 7), ("y[i] + y[k]", "y[j]", {}, "sizes that y[i] has", 7),
    ("sum(s[a], a)", "s[b]", {}, "runs to B", 0), ("s[1]", "s[1]", {}, "how far s runs", 0),
    ("s[0]", "s[i]", {}, "found 0", 2),
    ("z[1.5]", "z[k]", {}, "found 3/2", 2), ("z[k+1]", "z[k]", {}, "a formula", 3),
    ("z[-1]", "z[k]", {}, "a formula", 2),
    ("s[A]", "s[i]", {}, "small letter", 2), ("s[pi]", "s[i]", {}, "found pi", 2), ("s[e]", "s[i]", {}, "found e", 2),
    ("sum(z[k], 3)", "z[m]", {}, "runs over", 10), ("sum(z[k], K)", "z[m]", {}, "found K", 10),
    ("sum(z[k], k, k)", "z[m]", {}, "second time", 13), ("sum(z[k], k + 1)", "z[m]", {}, "runs over", 12),
    ("sum(p[i], i, 0, n)", "p[j]", {}, "begins at 1", 13), ("sum(p[i], i, 1, n + 1)", "p[j]", {}, "ends at n", 18),
    ("sum(p[i], i, 1, z)", "p[j]", {}, "whole number", 16), ("sum(p[i], i, 1, n/2)", "p[j]", {}, "whole number", 17),
    ("softmax(z)", "z[m]", {}, "softmax(…)[k]", 0), ("softmax(z)[k,l]", "z[m]", {}, "second index", 13),
    ("softmax(t)[k]", "t", {}, "a number, expected a vector", 8), ("softmax(3)[k]", "z[m]", {}, "a number", 8),
    ("softmax(2*t)[k]", "t", {}, "a vector", 9), ("logsumexp(3)", "z", {}, "no vector", 10),
    ("softmax(o/T)[k]", "z", {}, "which of them are vectors", 8), ("logsumexp(o)", "z", {}, "how far", 10),
    ("softmax(z)[i]", "z[m]", {}, "", 8), ("1/0*z", "z", {}, "0", 2), ("z/(1 - 1)", "z", {}, "divisor that is 0", 5),
    ("0^(-1)*z", "z", {}, "", 0), ("log(0)*z", "z", {}, "no value", 0), ("log(-1)*z", "z", {}, "no value", 0),
    ("sqrt(-2)*z", "z", {}, "no value", 0), ("10**10**10*z", "z", {}, "large exponent", 6),
    ("z^1000", "z", {}, "exponent", 2),
    ("((2^100)^100)*z", "z", {}, "exponent", 9), ("exp(exp(exp(9)))*z", "z", {}, "exponent", 4),
    ("max(exp(exp(exp(9))), 1)*z", "z", {}, "exponent", 8), ("sum(1/a, a, 1, 9999)*z", "z", {}, "numbers alone", 0),
    ("z", "2*z", {}, "differentiate by", 1), ("z", "3", {}, "differentiate by", 0), ("z", "k", {}, "not an index", 0),
    ("z", "n", {}, "a size", 0), ("z", "pi", {}, "a constant", 0), ("z[k]", "z", {}, "such as z[m]", 0),
    ("s*z", "s", {"let": "s = t^2"}, "let names", 0), ("z", "z", {"let": "pi = 3"}, "name that is free", 0),
    ("z", "z", {"let": "K = 3"}, "name that is free", 0), ("z", "z", {"let": "a + b = 3"}, "name that is free", 2),
    ("z", "z", {"let": ["s = t", "s = p"]}, "second time", 0),
    ("s", "t", {"let": ["s = h2", "h2 = t"]}, "names later", 4),
    ("s[1]", "t", {"let": "s[1] = t"}, "index of its own", 2), ("s[i]", "t", {"let": "s[i,i] = t"}, "of its own", 4),
    ("s", "t", {"let": "s[k] = z[k]"}, "s[k] (named by let)", 0), ("s[i]", "z[m]", {"let": "s[k] = z[k]"}, "by let", 0),
    ("z", "z", {"where": "k in 1..P"}, "another letter", 0), ("z", "z", {"where": "a in 2..P"}, "runs from 1", 5),
    ("z", "z", {"where": "a in 1..k"}, "a size", 8), ("z", "z", {"where": "s[a] in 1..3"}, "no index", 0),
    ("z", "z", {"where": "K > 2"}, "its own meaning", 0), ("z", "z", {"where": "T = 3"}, "an equation is a given", 2),
    ("z", "z", {"where": "T > t"}, "a number", 4), ("z", "z", {"where": "T in [1, 0]"}, "empty set", 5),
    ("z", "z", {"where": "T > 1 and T < 0"}, "can both hold", 12), ("z", "z", {"where": "2*T > 0"}, "an entry", 1),
    ("z", "z", {"where": "y[1] > 0"}, "every place", 2), ("z", "z", {"given": "1 = 2"}, "between numbers", 2),
    ("z", "z", {"given": "z in 1..3"}, "range of an index", 5), ("z", "z", {"given": "z"}, "a relation", 1),
    ("z*w[f]", "z", {"given": "w[k] = 0"}, "w[f]", 0),
    ("sqrt", "z", {}, "alone", 0), ("z", "sofmax(z)", {}, "softmax", 0),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "variable", "more", "word", "column"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_loss_is_refused_where_it_goes_wrong(loss, variable, more, word, column):
    begun = perf_counter()
    with pytest.raises(Unreadable) as refused:
        read_loss(loss, variable, **more)
    assert word in str(refused.value)
    assert refused.value.column == column and refused.value.pointed().split("\n")[1] == " " * column + "^"
    assert perf_counter() - begun < 2


@pytest.mark.parametrize("seed", range(100))
def test_losses_that_nobody_chose_are_read_or_refused(seed):
    loss, variable = Losses(seed).loss()
    try:
        reading = read_loss(loss, variable)
    except Unreadable as refused:
        assert "cannot be held" not in str(refused)
    else:
        assert read_loss(loss, variable).said == reading.said


LARGE_ONES = [
    "max(" + ",".join(f"a{number}" for number in range(250)) + ")*z", "abs(" * 40 + "z" + ")" * 40, "e^" * 30 + "2*z",
    "(" * 50 + "z" + "+1)^2" * 50, "max(sin(1)^2 + cos(1)^2 - 1, 0)*z", "sqrt(" * 40 + "z^2" + ")" * 40,
    "sin(" * 30 + "z" + ")" * 30, "max(z," * 40 + "1" + ")" * 40, "2^" * 30 + "z", "(2^100*3^100)^(1/3)*z",
]  # fmt: skip


@pytest.mark.parametrize("text", LARGE_ONES, ids=[text[:12] for text in LARGE_ONES])
def test_what_is_large_is_read_or_refused_quickly(text):
    begun = perf_counter()
    try:
        read_loss(text, "z")
    except Unreadable as refused:
        assert "\n" not in str(refused)
    assert perf_counter() - begun < 5


def test_what_is_no_text_is_refused():
    with pytest.raises(Unreadable, match="found int, expected a text"):
        read_loss(3, "z")
