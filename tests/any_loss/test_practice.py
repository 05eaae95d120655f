"""Losses from practice that went wrong once, or came in a form that nobody would write."""

import re

import pytest

from derivations.__main__ import main
from derivations.any_loss.command import chains_of
from derivations.any_loss.declare import read_loss
from derivations.any_loss.tokens import WRITTEN, Unreadable
from derivations.checking.check import check
from derivations.writing.typeset import plain

# Each derives a loss and checks it, in a second or less: of all such tests a sample runs.
pytestmark = pytest.mark.sampled(50, among="losses")

SCORES = "s[i] = sum(x[i,f]*w[f], f)"
# A loss, its variable, what else is said, the result, and what it supposes beside the ranges of indices.
CASES = {
    "two items": ("-log(sigmoid(s[1] - s[2]))", "s[1]", {"where": "s[i] in R"}, "σ(s₁ − s₂) − 1", ["n ≥ 2"]),
    "a fixed class": ("-log(softmax(z)[3])", "z[m]", {}, "pₘ − δ₃ₘ", ["K ≥ 3"]),
    "a fixed entry within a let": ("sum(s[i], i)", "W[h,2]", {"let": "s[i] = sum(x[i,f]*W[f,2], f)"},
                                   "∑ᵢ₌₁ⁿ xᵢₕ", ["K ≥ 2"]),
    "both fixed": ("sum(s[j,k]*s[2,k], k)", "s[2,3]", {}, "sⱼ₃ + s₂₃ δ₂ⱼ", ["n ≥ 2", "K ≥ 3"]),
    "logit adjustment": ("-log(softmax(z - tau*log(q))[c])", "z[m]", {}, "pₘ(s) − δ_{mc}", ["qₖ > 0, for every k"]),
    "a mixture": ("-sum(logsumexp(a2[i]), i)", "mu[m]", {"let": "a2[i,k] = log(q[k]) - (s[i] - mu[k])^2/2"},
                  "∑ᵢ₌₁ⁿ (μₘ − sᵢ) pᵢₘ(a2)", ["qₖ > 0, for every k"]),
    "a number before a bracket": ("sum((log(1 + y[i]) - log(1 + p[i]))^2, i)", "p[j]", {},
                                  "2 (log(1 + pⱼ) − log(1 + yⱼ))/(1 + pⱼ)", []),
    "a minus before a bracket": ("-sum(log(softmax(o[i])[c[i]]), i)/n", "o[j,m]", {}, "(pⱼₘ(o) − δ_{cⱼm})/n", []),
    "a sign": ("sum(abs(w[f]), f)", "w[h]", {}, "1[wₕ > 0] − 1[−wₕ > 0]", ["w_f ≠ 0, for every f"]),
    "Cauchy": ("sum(log(1 + ((y[i] - s[i])/c0)^2), i)", "s[j]", {}, "2 (sⱼ − yⱼ)/((yⱼ − sⱼ)² + c0²)", []),
    "several observations": ("-sum(y[i,k]*log(softmax(o2[i])[k]), i, k)/n", "b0[m]", {
        "let": "o2[i,k] = sum(x[i,f]*W[f,k], f) + b0[k]", "given": "sum(y[i,k], k) = 1"}, "1/n ∑ᵢ₌₁ⁿ [pᵢₘ(o2) − yᵢₘ]",
        ["the labels of each observation sum to 1"]),
    "the classes first": ("-sum(y[i,k]*log(softmax(o2[i])[k]), k, i)/n", "b0[m]", {
        "let": "o2[i,k] = b0[k] + v0[i]", "given": "sum(y[i,k], k) = 1"}, "1/n ∑ᵢ₌₁ⁿ [pᵢₘ(o2) − yᵢₘ]",
        ["the labels of each observation sum to 1"]),
    "a redescending loss": ("s^2/(1 + s^2)", "s", {}, "2 s/(1 + s²)²", []),
    "no value where indices are equal": ("1/(v[c] - v[m])", "v[m]", {}, "(1 − δ_{mc})/(v_c − vₘ)²", ["v_c − vₘ ≠ 0"]),
}  # fmt: skip


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("loss", "variable", "more", "wanted", "supposed"), CASES.values(), ids=CASES)
def test_losses_from_practice_are_verified_in_the_form_of_a_person(loss, variable, more, wanted, supposed):
    chains = chains_of("gradient", read_loss(loss, variable, **more))
    assert plain(chains[-1].result) == wanted
    assert [given.words for given in chains[-1].hypotheses if " is one of " not in given.words] == supposed
    assert {check(chain).outcome for chain in chains} == {"verified"}


def test_fixed_places_of_the_second_variable_are_supposed_too():
    question = read_loss("sum((y[i] - sum(x[i,f]*w[f], f))^2, i)", "w[1]", other="w[2]")
    found = chains_of("hessian", question)[-1]
    assert [given.words for given in found.hypotheses] == ["d ≥ 2"] and check(found).outcome == "verified"


def test_the_curvature_of_the_squared_hinge_counts_each_indicator_once():
    question = read_loss("sum(max(0, 1 - y[i]*s[i])^2, i)", "w[h]", let=SCORES, other="w[f]")
    assert plain(chains_of("hessian", question)[-1].result) == "2 ∑ᵢ₌₁ⁿ yᵢ² x_{if} xᵢₕ 1[1 − sᵢ yᵢ > 0]"


@pytest.mark.parametrize(("loss", "variable", "more", "wanted", "supposed"), [
    ("log(1 + (s/c0)^2)", "s", {}, "2 (c0² − s²)/(c0² + s²)²", []),
    ("sqrt(1 + (s/delta)^2)*delta^2", "s", {}, "1/((1 + s²/δ²)^(3/2))", []),
    ("-sum(log(alpha*q[k] + (1 - alpha)*v[k]), k)", "alpha", {},
     "∑ₖ₌₁ᴷ (qₖ − vₖ)²/(α qₖ + (1 − α) vₖ)²", ["α qₖ + (1 − α) vₖ > 0, for every k"]),
])
def test_second_derivatives_from_practice(loss, variable, more, wanted, supposed):
    found = chains_of("hessian", read_loss(loss, variable, **more))[-1]
    assert plain(found.result) == wanted and [given.words for given in found.hypotheses] == supposed
    assert check(found).outcome == "verified"


def test_a_delta_is_not_used_where_the_other_index_may_have_no_value():
    question = read_loss("sqrt(softmax(z)[c])/(3*z[c] - 1)", "z[1]")
    (found,) = chains_of("gradient", question)
    assert check(found).outcome == "verified"


def test_an_index_that_stands_for_a_number_is_told():
    assert read_loss("(y - u)^2*exp(-s)", "s").said[0].startswith("u: an index, one of 1 to M; --where 'u in R'")
    assert not any(said.startswith("u") for said in read_loss("sum(e0[u], u)", "e0[1]").said if "index" in said)
    assert not any("index" in said for said in read_loss("sum(z[k], k, 1, c)", "z[m]").said)
    with pytest.raises(Unreadable, match="--where 'u in R' makes it one"):
        read_loss("u^2", "u")
    assert read_loss("u^2", "u", where="u in R").said == ("u: any real number, as declared",)


def test_what_a_refusal_says_to_declare_can_be_declared():
    loss = "sum(m[c[i]]*z[c[i]], i)"
    with pytest.raises(Unreadable, match=r"--where 'm\[k\] in R'"):
        read_loss(loss, "z[m]")
    assert read_loss(loss, "z[m]", where="m[k] in R").variable


def test_the_range_of_a_second_index_is_supposed_too():
    found = chains_of("hessian", read_loss("sum(log(sum(exp(s[j]), j, i, n)), i)", "s[r]"))[-1]
    assert check(found).outcome == "verified"
    assert [given.words for given in found.hypotheses if " is one of 1 to n" in given.words]


@pytest.mark.parametrize(("loss", "advice"), [
    ("cosh(z)", "write (exp(x) + exp(-x))/2"), ("sinh(z)", "write (exp(x) - exp(-x))/2"),
    ("mean(z)", "write sum(f, i)/n"), ("norm(z)", "write sqrt(sum(x[k]^2, k))"), ("clip(z, 0, 1)", "write min(max("),
    ("log1p(z)", "write log(1 + x)"),
])
def test_a_function_that_there_is_not_is_written_out(loss, advice):
    with pytest.raises(Unreadable, match=re.escape(advice)):
        read_loss(loss, "z")


def test_what_is_advised_can_be_read():
    shown = {"x": "s", "f": "s[i]", "x[k]": "z[k]"}
    for written in WRITTEN.values():
        text = re.sub(r"\b[xf]\b(?!\[)", lambda name: shown[name[0]], written)
        assert read_loss(text.replace("x[", "x1["), "q5", where="q5 in R").expression


@pytest.mark.parametrize("loss", ["log(-s^2)", "log(-exp(s))", "log(s) + log(-s)", "sqrt(-s^2 - 1)",
                                  "log(s - 1) + log(-s)"])
def test_a_loss_without_a_value_is_told_so(loss, capsys):
    assert main(["gradient", loss, "s"]) == 1
    found = capsys.readouterr()
    assert found.out == "" and "has no value anywhere" in found.err


def test_a_loss_of_which_no_point_is_found_is_told_what_it_needs(capsys):
    assert main(["gradient", "log(-abs(s))", "s"]) == 1
    assert "no numbers were found at which the loss has a value" in capsys.readouterr().err


def test_an_error_of_the_program_is_told_as_one(monkeypatch, capsys):
    from derivations.any_loss import command

    def broken(chain):
        raise ValueError("too many values to unpack (expected 3)")

    monkeypatch.setattr(command, "check", broken)
    assert main(["gradient", "s^2", "s"]) == 1
    said = capsys.readouterr().err
    assert "a fault of this program" in said and "unpack" not in said


def test_a_step_that_is_not_decided_is_written_as_people_write(capsys):
    loss = "-sum(y[i]*log(sigmoid(s[i]/T)) + (1 - y[i])*log(1 - sigmoid(s[i]/T)), i)"
    assert main(["gradient", loss, "T"]) == 1
    said = capsys.readouterr().err
    assert "Derivative(" not in said and "Sum(" not in said and "∑ᵢ₌₁ⁿ" in said and "step 1" in said


def test_what_cannot_be_decided_is_said_with_what_would_help(capsys):
    loss = "-sum(y[i]*log(sigmoid(s[i]/T)) + (1 - y[i])*log(1 - sigmoid(s[i]/T)), i)"
    assert main(["gradient", loss, "T"]) == 1
    found = capsys.readouterr()
    assert found.out == "" and "--where 'T > 0'" in found.err and "fault" not in found.err
    assert main(["gradient", loss, "T", "--where", "T > 0"]) == 0


def test_a_variable_that_cannot_move_and_a_sum_of_nothing_are_refused():
    for loss, variable, more, said in (
        ("T^2", "T", {"where": "T in {1, 2}"}, "T, which is 1 or 2"), ("T^2", "T", {"where": "T in N"}, "whole number"),
        ("sum(y[i]^2, i)", "y[j]", {"where": "y[i] in {-1, 1}"}, "which is −1 or 1"),
        ("sum(z[k], k, 3, 2)", "z[m]", {}, "found 2, expected a sum that ends at 3"),
    ):
        with pytest.raises(Unreadable, match=said):
            read_loss(loss, variable, **more)
    assert read_loss("sum(z[k], k, 2, 2)", "z[m]").variable


def test_a_given_that_nothing_uses_is_told(capsys):
    assert main(["gradient", "T^2", "T", "--given", "t > 0"]) == 0
    assert capsys.readouterr().out.endswith("given, but not needed: t > 0\n")
    assert main(["gradient", "log(t)", "t", "--given", "t > 0"]) == 0
    assert "not needed" not in capsys.readouterr().out
