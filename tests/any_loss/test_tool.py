"""The tool as a whole: the command line, losses that nobody chose, and the chapters' own gradients and Hessians."""

import json

import pytest
from adversary import ANSWERED, asked
from sympy import Derivative, IndexedBase, Sum, Symbol

from derivations import softmax
from derivations.__main__ import main
from derivations.any_loss.command import chains_of
from derivations.any_loss.declare import read_loss
from derivations.any_loss.inferred import let
from derivations.any_loss.strategy import Refused
from derivations.any_loss.tool import gradient, hessian, supposing
from derivations.catalogue import catalogue
from derivations.checking.check import check
from derivations.notation import K, W, d, f, h, i, k, label, m, n, w, x
from derivations.writing.typeset import plain

# Each derives a loss and checks it, in a second or less: of all such tests a sample runs.
pytestmark = pytest.mark.sampled(50, among="losses")

CE = "-sum(y[k]*log(softmax(z)[k]), k)"
SLOPES = [entry for entry in catalogue().values()
          if entry.kind == "derivation" and isinstance(entry.start, Derivative) and entry.relation == "="]  # fmt: skip


def test_the_command_line_prints_the_general_result_and_then_what_is_given(capsys):
    assert main(["gradient", CE, "z[m]", "--given", "sum(y[k], k) = 1"]) == 0
    printed = capsys.readouterr().out
    assert "= pₘ ∑ₖ₌₁ᴷ yₖ − yₘ" in printed and "= pₘ − yₘ" in printed
    assert printed.count("checked: verified") == 2 and printed.count("differentiate_sum") == 1


def test_hessian_takes_the_same_and_another_variable(capsys):
    assert main(["hessian", CE, "z[m]", "z[l]", "--ascii"]) == 0
    assert "= p_m (delta_{ml} - p_l) sum_{k=1}^K y_k" in capsys.readouterr().out
    assert main(["hessian", "sum(exp(z[k]), k)", "z[m]"]) == 0
    assert main(["gradient", "--", "-sum(exp(z[k]), k)", "z[m]"]) == 0


CONSTANT_SLOPES = ["sum(z[k], k)|z[m]", "3*z|z", "sum(y[k]*z[k], k)|z[m]", "t*sum(z[k], k) + 4|z[m]", "z[1]|z[m]",
                   "z[c]|z[m]", "sum(softmax(y)[k]*z[k], k)|z[m]", "z^2*t|z|y", "exp(z)|z|w[f]",
                   "sum(sum(x[i,f]*w[f], f), i)|w[f]", "log(3)*z + sum(exp(y[k]), k)|z"]  # fmt: skip


@pytest.mark.parametrize("asked", CONSTANT_SLOPES)
def test_what_does_not_move_has_the_derivative_0(asked, capsys):
    assert main(["hessian", *asked.split("|")]) == 0
    *_, last = capsys.readouterr().out.strip().split("any_loss.hessian: ")
    assert last.splitlines()[1].endswith(" = 0") and "checked: verified" in last


def test_json_and_latex(capsys):
    assert main(["gradient", CE, "z[m]", "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["check"]["outcome"] == "verified" and record["notation"]
    assert main(["gradient", CE, "z[m]", "--latex"]) == 0
    assert r"\sum" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["sum(y[k]*log(sofmax(z)[k]), k)", "z[m]"], 2, "softmax"),
    (["-z[k", "z[k]"], 2, "^"),
    (["y[k]", "z[m]"], 1, "does not depend on"),
    (["log(-exp(z[m]))", "z[m]"], 1, "no value anywhere"),
    ([CE, "z[m]", "--where", "z[k] > "], 2, "^"),
])
def test_what_goes_wrong_is_said_with_its_place_and_an_exit_code(arguments, code, said, capsys):
    assert main(["gradient", *arguments]) == code
    found = capsys.readouterr()
    assert found.out == "" and said in found.err


def test_a_chain_that_is_not_true_is_not_shown(monkeypatch, capsys):
    from derivations.any_loss import command

    real = command.check
    monkeypatch.setattr(command, "check", lambda chain: real(chain.by(wrong, because="a mistaken strategy")))
    assert main(["gradient", CE, "z[m]"]) == 1
    found = capsys.readouterr()
    assert found.out == "" and "a fault of ours" in found.err and "is refuted" in found.err


def wrong(expression):
    """One more."""
    return expression + 1


@pytest.mark.sampled(12)
@pytest.mark.parametrize("seed", range(120))
def test_losses_that_nobody_chose_are_verified_or_refused(seed):
    outcome, said, _ = asked(seed)
    assert outcome in ANSWERED, said


@pytest.mark.sampled(6)
@pytest.mark.parametrize("entry", SLOPES, ids=lambda entry: entry.id)
def test_every_gradient_and_hessian_of_the_chapters_is_derived_by_the_tool_too(entry):
    found = gradient(entry.start.expr, entry.start.variables[0], entry.hypotheses)
    for variable in entry.start.variables[1:]:
        found = hessian(found, variable, entry.hypotheses, id=f"{found.id}_again")
    found = supposing(found, entry.hypotheses) or found

    def claimed(_):
        """What the chapter found."""
        return entry.result

    if found.result != entry.result:
        using = [given for given in entry.hypotheses if given not in found.hypotheses]
        found = found.by(claimed, because="a test", using=using)
    assert check(found).outcome == "verified"


def test_sizes_of_their_own_are_checked_too():
    question = read_loss("sum((s[a] - t0[a,b])^2, a, b)", "s[e1]", where=("e1 in 1..A", "a in 1..A"))
    (found,) = chains_of("gradient", question)
    assert len(question.vocabulary.sizes) == 6
    record = check(found)
    assert record.outcome == "verified" and set(record.sizes) == {"A", "B"} and len(set(record.shapes)) > 5
    with pytest.raises(Refused):
        gradient(question.variable * 0 + 1, question.variable)


def test_a_letter_of_another_size_is_told():
    question = read_loss("sum(s[a]^2, a)", "s[b]", where=("b in 1..A", "a in 1..A"))
    assert plain(chains_of("gradient", question)[-1].result) == "2 s_b"


def test_in_python_letters_are_inferred_and_inner_quantities_have_names():
    rate, e = Symbol("τ", positive=True), IndexedBase("e")
    score = let("z", i, Sum(x[i, f] * w[f], (f, 1, d)))
    found = gradient(Sum((e[i] - score[i]) ** 2, (i, 1, n)) / rate, w[f])
    assert plain(found.result) == "2/τ ∑ᵢ₌₁ⁿ (zᵢ − eᵢ) x_{if}" and check(found).outcome == "verified"
    assert plain(hessian(found, w[h]).result) == "2/τ ∑ᵢ₌₁ⁿ x_{if} xᵢₕ"
    scores = let("z", (i, k), Sum(x[i, f] * W[f, k], (f, 1, d)))
    found = gradient(Sum(softmax.log_sum_exp(scores.definition(W, x, i)), (i, 1, n)), W[f, m])
    assert check(found).outcome == "verified"


@pytest.mark.parametrize(("loss", "said"), [
    (Sum(IndexedBase("e")[Symbol("q", integer=True)], (Symbol("q", integer=True), 1, 3)), "an index of the notation"),
    (IndexedBase("e")[i] * Sum(IndexedBase("e")[k], (k, 1, K)), "one size for each place of e"),
])
def test_what_cannot_be_inferred_is_refused(loss, said):
    with pytest.raises(ValueError, match=said):
        gradient(loss + label, label)
