"""Texts into expressions: letters keep their meaning, and what nobody declared is inferred and said."""

import pytest
from sympy import (
    E, Eq, FiniteSet, IndexedBase, Interval, Max, Product, Range, Rational, S, Sum, Symbol, cos, exp, log, oo, pi,
    sin, sqrt,
)  # fmt: skip

from derivations import notation, sigmoid, softmax
from derivations.any_loss.declare import read_loss
from derivations.any_loss.known import family, tanh
from derivations.engine.nodes import Size
from derivations.engine.terms import same
from derivations.notation import (
    K, V, W, a, base, c, d, direction, f, floor, i, j, k, l, label, logit, m, n, p, penalty, probability, q, r, seen,
    share, shift, u, v, w, x, y, z, φ,
)  # fmt: skip

model, A, σ, ζ = softmax.probability, softmax.log_sum_exp, sigmoid.sigmoid, sigmoid.softplus
T, γ, τ, number = (Symbol(name, real=True) for name in ("T", "γ", "τ", "x"))
μ, o, s = map(IndexedBase, ("μ", "o", "s"))
over_n = family(n, (i, j, r))
ab, AA = Symbol("a", integer=True, positive=True), Size("A")
HALF = Rational(1, 2)

# A loss, a variable, and the expression that it is.
READ = [
    ("-sum(y[k]*log(softmax(z)[k]), k)", "z[m]", -Sum(y[k] * log(model(z, k)), (k, 1, K))),
    ("-sum(y[k]*log(softmax(z)[k]), k)", "z[k]", -Sum(y[m] * log(model(z, m)), (m, 1, K))),
    ("sum(y[m]*z[m], m)", "z[m]", Sum(y[k] * z[k], (k, 1, K))),
    ("sum(sum(z[k], k)*z[k], k)", "z[1]", Sum(Sum(z[l], (l, 1, K)) * z[k], (k, 1, K))),
    ("y[c]*sum(z[c], c)", "z[m]", y[c] * Sum(z[k], (k, 1, K))),
    ("-(1 - softmax(z)[c])^gamma*log(softmax(z)[c])", "z[m]", -((1 - model(z, c)) ** γ) * log(model(z, c))),
    ("logsumexp(z)", "z[m]", A(z)), ("logsumexp(y[i])", "y[i,k]", A(y[i])), ("logsumexp(o[i])", "o[i,k]", A(o[i])),
    ("softmax(y[i])[k]", "y[i,m]", model(y[i], k)), ("softmax(o)[k]", "o[m]", model(o, k)),
    ("softmax(o[i])[k]", "o[r,m]", model(o[i], k)), ("softmax(z)[c[i]]", "z[m]", model(z, seen[i])),
    ("softmax(s[i])[i]", "s[j,r]", over_n.probability(s[i], i)), ("logsumexp(s)", "s[j]", over_n.log_sum_exp(s)),
    ("sum(y[i,k], i, k)", "y[j,m]", Sum(y[i, k], (k, 1, K), (i, 1, n))),
    ("sum(log(p[i]), i, 1, n - 1)", "p[j]", Sum(log(p[i]), (i, 1, n - 1))),
    ("sum(p[j], j, i, n)", "p[r]", Sum(p[j], (j, i, n))), ("prod(z[k], k)", "z[m]", Product(z[k], (k, 1, K))),
    ("sum(k*z[k], k)", "z[m]", Sum(k * z[k], (k, 1, K))), ("sum(s[a], a)", "s[1]", Sum(s[ab], (ab, 1, AA))),
    ("sum(w[f]^2, f)*lambda/2", "w[1]", penalty / 2 * Sum(w[f] ** 2, (f, 1, d))),
    ("sum((y[i] - sum(x[i,f]*w[f], f))^2, i)/n", "w[h]",
     Sum((y[i] - Sum(x[i, f] * w[f], (f, 1, d))) ** 2, (i, 1, n)) / n),
    ("sum(log(p[i,c[i]]), i)", "p[j,k]", Sum(log(p[i, seen[i]]), (i, 1, n))),
    ("W[f,k]*V[f,k]", "W[f,k]", W[f, k] * V[f, k]), ("v[k] + v[f]", "v[k]", v[k] + direction[f]),
    ("φ[u,k] + phi[1,1]", "phi[u,m]", φ[u, k] + φ[1, 1]), ("a[k]*q[k]", "q[k]", a[k] * q[k]), ("q[i]", "q[j]", q[i]),
    ("z[K] + z[1]", "z[m]", z[K] + z[1]), ("t + y + p + z", "z", shift + label + probability + logit),
    ("alpha*eps*b*z", "z", share * floor * base * logit), ("n*K*d*M*z", "z", n * K * d * notation.M * logit),
    ("pi + e + z", "z", pi + E + logit), ("e^z", "z", exp(logit)), ("e[r] + e", "e[j]", IndexedBase("e")[r] + E),
    ("exp(z) + sin(z) + cos(z)", "z", exp(logit) + sin(logit) + cos(logit)), ("tanh(z)", "z", tanh(logit)),
    ("sigmoid(z) + sigma(z)", "z", 2 * σ(logit)), ("softplus(-z)", "z", ζ(-logit)), ("sigma*z", "z", Symbol("σ",
    real=True) * logit),
    ("sqrt(z)", "z", sqrt(logit)), ("z^0.5", "z", sqrt(logit)), ("abs(z)", "z", Max(logit, -logit)),
    ("sqrt(z^2)", "z", Max(logit, -logit)), ("relu(z)", "z", Max(0, logit)), ("max(z, 1, t)", "z", Max(1, logit,
    shift)),
    ("min(z, t)", "z", -Max(-logit, -shift)), ("max(0, 0) + z", "z", logit), ("min(2, 3)*z", "z", 2 * logit),
    ("0.1*z + 1e-3", "z", logit / 10 + Rational(1, 1000)), ("-z^2", "z", -(logit**2)), ("2^-z", "z", 2**-logit),
    ("z/T/2", "z", logit / T / 2), ("p^z", "z", probability**logit), ("mu[i]*tau", "mu[j]", μ[i] * τ),
    ("sum((y[i]-mu[i])^2/(2*T), i)", "mu[j]", Sum((y[i] - μ[i]) ** 2 / (2 * T), (i, 1, n))),
    ("1/3*z", "z", logit / 3), ("z − t·2", "z", logit - 2 * shift), ("1/(1+e^(-z))", "z", 1 / (1 + exp(-logit))),
    ("sum(f*w[f], f)", "w[h]", Sum(f * w[f], (f, 1, d))), ("sum(q[k]*log(q[k]/p[k]), k)", "p[l]",
                                                        Sum(q[k] * log(q[k] / p[k]), (k, 1, K))),
    ("x[i,f]", "x[j,h]", x[i, f]), ("sum(2^(-u)*φ[u,k], u)", "φ[1,k]", Sum(2**-u * φ[u, k], (u, 1, notation.M))),
    ("-log(sum(exp(z[k]), k)) + z[1]", "z[1]", -log(Sum(exp(z[k]), (k, 1, K))) + z[1]), ("l*z[l]", "z[l]", l * z[l]),
    ("max(0, 1 - y*z)", "z", Max(0, 1 - label * logit)), ("z^3 - z^(1/2)", "z", logit**3 - logit**HALF),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "variable", "wanted"), READ, ids=[" by ".join(texts) for *texts, _ in READ])
def test_a_loss_is_the_expression_that_it_says(loss, variable, wanted):
    assert same(read_loss(loss, variable).expression, wanted)


def domains(reading):
    """Where each symbol of a vocabulary lives, by how it is written."""
    return {str(entry.symbol): entry.domain for entry in reading.vocabulary.entries}


def test_what_is_used_of_the_notation_is_in_the_vocabulary_and_nothing_else_of_it():
    reading = read_loss("-sum(y[k]*log(softmax(z)[k]), k)", "z[m]")
    rest = [one for one in reading.vocabulary.entries if not (one.symbol.is_Symbol and one.symbol.is_integer)]
    assert rest == [entry for entry in notation.NOTATION if entry.symbol in (y[k], z[k])]
    assert reading.said == (
        "y[k]: any number from 0 to 1, as on this site; --where 'y[k] in R' makes it any real number",)
    assert reading.vocabulary.sizes == notation.SIZES


def test_a_letter_of_its_own_gets_a_size_and_spare_letters():
    reading = read_loss("sum(s[a]^2, a)", "s[1]")
    assert reading.said == ("a runs from 1 to A (a size of its own)",
        "s[a]: taken to be any real number (a runs to A)")
    assert reading.vocabulary.size_of[ab] == AA and AA in reading.vocabulary.sizes
    assert list(reading.vocabulary.size_of.values()).count(AA) >= 4
    assert domains(reading)["a"] == Range(1, AA + 1) and domains(reading)["s[a]"] == S.Reals


@pytest.mark.parametrize(("where", "size"), [("a in 1..P", Size("P")), ("a in 1..n", n),
                                             ("a in 1..5", 5)])
def test_a_where_says_how_far_an_index_runs(where, size):
    assert read_loss("sum(s[a], a)", "s[1]", where=where).expression == Sum(s[ab], (ab, 1, size))


POSITIVE, NOT_ZERO = Interval.open(0, oo), Interval.open(-oo, 0).union(Interval.open(0, oo))


@pytest.mark.parametrize(("loss", "domain", "line"), [
    ("T*z", S.Reals, "T: taken to be any real number"), ("z/T", NOT_ZERO,
    "T: any real number but 0, because it divides"),
    ("z*log(T)", POSITIVE, "T: any positive number, because its logarithm is taken"),
    ("z*sqrt(T)", POSITIVE, "T: any positive number, because its power need not be a whole one"),
    ("z*T^gamma", POSITIVE, "T: any positive number, because its power need not be a whole one"),
    ("z*log(T)/T", POSITIVE, "T: any positive number, because its logarithm is taken"), ("z*T^2", S.Reals,
    "T: taken to be any real"),
])  # fmt: skip
def test_domains_are_inferred_from_uses_and_said(loss, domain, line):
    reading = read_loss(loss, "z")
    assert domains(reading)["T"] == domain
    assert any(said.startswith(line) for said in reading.said)


@pytest.mark.parametrize(("where", "symbol", "domain"), [
    ("T > 0", "T", POSITIVE), ("0 < T", "T", POSITIVE), ("T >= 0", "T", Interval(0, oo)), ("T in [0, 1]", "T",
    Interval(0, 1)),
    ("T in (0, inf)", "T", POSITIVE), ("T in {0, 1}", "T", FiniteSet(0, 1)), ("T in N", "T", S.Naturals),
    ("T in real", "T", S.Reals), ("T > 0 and T < 1", "T", Interval.open(0, 1)), ("0 <= T <= 1", "T", Interval(0, 1)),
    ("T in [1, 2)", "T", Interval.Ropen(1, 2)), ("z in [0, 1]", "z", Interval(0, 1)),
])  # fmt: skip
def test_a_where_says_where_a_name_lives(where, symbol, domain):
    assert domains(read_loss("T*z", "z", where=where))[symbol] == domain


def test_a_where_takes_the_place_of_the_notation():
    reading = read_loss("sum(w[k]*y[k], k) + x", "y[m]", where=["w[k] > 0", "x in R"])
    assert same(reading.expression, Sum(w[k] * y[k], (k, 1, K)) + number)
    assert domains(reading)["w[k]"] == POSITIVE and "w[f]" not in domains(reading)
    assert "w[k]: any positive number, as declared (k runs to K)" in reading.said


@pytest.mark.parametrize(("given", "wanted"), [
    ("sum(y[k], k) = 1", notation.labels_sum), ("sum(y[m], m) == 1", notation.labels_sum), ("1 = sum(y[k], k)",
    notation.labels_sum),
    ("sum(y[i,k], k) = 1", notation.every_labels_sum), ("sum(y[j,l], l) = 1", notation.every_labels_sum),
    ("y[i] in {0, 1}", notation.hard_labels), ("p[i] in (0, 1)", notation.interior), ("sum(q[k], k) = 1",
    notation.reference_sums),
])  # fmt: skip
def test_a_given_that_the_notation_has_is_that_one(given, wanted):
    assert read_loss("z*sum(q[k], k)", "z", given=given).given == (wanted,)


def test_a_given_speaks_of_every_value_of_its_indices_and_says_itself():
    (one, two, three) = read_loss("z", "z", given=["p[i] = t", "y[k] >= 0 and T > 1"]).given
    assert (one.statement, one.every, one.words) == (Eq(p[i], shift, evaluate=False), (i,), "every probability is t")
    assert (two.every, two.words, three.words, three.every) == ((k,), "no label is smaller than 0", "T > 1", ())


def test_a_let_is_a_definition_of_the_roots_of_its_body_and_its_indices():
    reading = read_loss("-sum(y[i,k]*log(softmax(z[i])[k]), i, k)", "W[f,m]", let="z[i,k] = sum(x[i,f]*W[f,k], f)")
    (scores,) = reading.inner
    assert (scores.id, scores.symbol, scores.parameters) == ("any_loss.z", "z", (W, x, i, k))
    assert same(scores.body, Sum(x[i, f] * W[f, k], (f, 1, d)))
    assert same(reading.expression, -Sum(y[i, k] * log(model(scores(W, x, i), k)), (k, 1, K), (i, 1, n)))


def test_lets_may_use_earlier_ones_and_fixed_places_and_numbers():
    reading = read_loss("G*z[1] + b", "w[f]", let=["s[i] = sum(x[i,f]*w[f], f)", "z[i] = s[i]^2", "G = 1/3",
        "b = y[c]"])
    first, second, third = reading.inner
    assert second.body == first(w, x, i) ** 2
    assert reading.expression == second(w, x, 1) / 3 + third(y, c)
    assert "G = 1/3" in reading.said


def test_vectors_that_are_made_of_others_are_defined_once():
    reading = read_loss("sum(softmax(z/T)[k]*log(softmax(z/T)[k]), k) + logsumexp(z/T)", "z[m]")
    (cooled,) = reading.inner
    assert (cooled.parameters, cooled.body) == ((T, z, k), z[k] / T)
    assert same(reading.expression, Sum(model(cooled(T, z), k) * log(model(cooled(T, z), k)), (k, 1, K)) + A(cooled(T,
        z)))
    assert "sₖ = zₖ/T" in reading.said


@pytest.mark.parametrize(("text", "parameters", "body"), [
    ("softmax(o[i]/T)[k]", (T, o, i, k), o[i, k] / T), ("softmax(z + v)[k]", (v, z, k), v[k] + z[k]),
    ("softmax(z*y[k])[k]", (y, z, k, m), y[k] * z[m]), ("softmax(-softmax(z))[k]", (z, k), -model(z, k)),
    ("softmax(sum(x[i,f]*W[f], f))[k]", (W, x, i, k), Sum(x[i, f] * W[f, k], (f, 1, d))),
])  # fmt: skip
def test_in_a_vector_what_lacks_one_index_gets_the_running_one(text, parameters, body):
    (made,) = read_loss(text, "o[r,m]" if "o[i]" in text else "z[m]").inner
    assert same(made.body.xreplace(dict(zip(made.parameters, parameters, strict=True))), body)


def test_a_quantity_may_have_the_letter_of_an_index():
    reading = read_loss("m*logsumexp(z)", "z[l]", let="m = t^2")
    assert reading.expression == reading.inner[0](shift) * A(z)
    assert m in reading.vocabulary.size_of


def test_every_sum_around_a_sum_has_a_letter_of_its_own():
    bound = [limit[0] for limit in read_loss("sum(sum(sum(z[k], k), k), k)", "z[m]").expression.limits]
    assert len(set(bound)) == 3 and m not in bound
