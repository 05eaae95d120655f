"""Two numbers that max or min compares and that are equal in a whole region: the answer is right there, or refused."""

import pytest
from sympy import Indexed, Max, Symbol

from derivations.any_loss.command import chains_of
from derivations.any_loss.conditions import Conditions
from derivations.any_loss.declare import read_loss
from derivations.any_loss.strategy import Refused
from derivations.any_loss.ties import MOVING, NOWHERE, STILL, region
from derivations.any_loss.tool import gradient
from derivations.checking.check import check
from derivations.writing.typeset import plain

PPO = "-min(exp(z - s)*A, min(max(exp(z - s), 1 - eps), 1 + eps)*A)"

# A loss, what is said beside it, and what it becomes before it is differentiated.
SIMPLER = {
    "one is the smaller of it and another": ("max(s, min(s, 1))", {}, "s"),
    "of numbers with a factor": ("max(2*s, 2*min(s, 1))", {}, "2 s"),
    "of numbers with a term beside": ("max(s, min(s - 1, 0) + 1)", {}, "s"),
    "a term beside the larger one": ("max(s + t, relu(s) + t)", {}, "max(t, s + t)"),
    "clipped policies with an advantage": (PPO, {"given": "A > 0"}, "−A min(e^(z − s), 1 + ε)"),
    "clipped policies with a disadvantage": (PPO, {"given": "A < 0"}, "−A max(e^(z − s), min(1 − ε, 1 + ε))"),
    "as it is declared": (PPO, {"where": "A > 0"}, "−A min(e^(z − s), 1 + ε)"),
    "a narrow region": ("-min(s*A, min(max(s, 0.9999), 1.0001)*A)", {"where": "A > 0"}, "−A min(10001/10000, s)"),
}


@pytest.mark.parametrize(("loss", "more", "wanted"), SIMPLER.values(), ids=SIMPLER)
def test_a_comparison_with_itself_is_taken_out_first_in_a_chain_of_its_own(loss, more, wanted):
    chains = chains_of("gradient", read_loss(loss, "z" if "z" in loss else "s", **more))
    assert chains[0].id == "any_loss.gradient_simpler" and plain(chains[0].result) == wanted
    assert chains[-1].start.expr == chains[0].result
    assert {check(chain).outcome for chain in chains} == {"verified"}


@pytest.mark.parametrize("loss", [
    PPO, PPO.replace("1 - eps", "0.999").replace("1 + eps", "1.001"), "max(s*relu(z), z*relu(s))",
    "max(z*h2, z)", "max(A*z, A*min(z, 1))",
])  # fmt: skip
def test_a_region_that_is_left_is_refused(loss):
    question = read_loss(loss, "z", let="h2 = 1 + relu(s)*relu(-s - 1) + relu(s)" if "h2" in loss else ())
    with pytest.raises(Refused, match="in a whole region"):
        chains_of("gradient", question)


def test_the_sign_that_would_help_is_asked_for():
    loss = "-sum(min(e[i]*A[i], min(max(e[i], 1 - eps), 1 + eps)*A[i]), i)"
    with pytest.raises(Refused, match=r"--given 'A\[i\] > 0', and then"):
        chains_of("gradient", read_loss(loss, "e[j]"))
    for sign in "<>":
        chains = chains_of("gradient", read_loss(loss, "e[j]", given=f"A[i] {sign} 0"))
        assert {check(chain).outcome for chain in chains} == {"verified"}


def test_in_python_it_is_refused_too():
    question = read_loss("max(s, min(s, 1))", "s")
    with pytest.raises(Refused, match="s and min"):
        gradient(question.expression, question.variable)


# A loss, its variable, and the two numbers that are equal.
REGIONS = [
    ("max(s, 1)", "s", NOWHERE), ("abs(s)", "s", NOWHERE), ("max(s, min(s, 1))", "s", MOVING),
    ("relu(sum(v[u]*relu(h[u]), u))", "h[1]", STILL), ("relu(1 - relu(s))", "s", NOWHERE),
    ("abs(relu(s) - relu(t))", "s", STILL), ("max(s, softplus(s) + relu(t))", "s", NOWHERE),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "variable", "wanted"), REGIONS, ids=[loss for loss, *_ in REGIONS])
def test_where_two_numbers_are_equal(loss, variable, wanted):
    question = read_loss(loss, variable)
    conditions = Conditions(question.vocabulary)
    asked = [one.statement for one in conditions.of(question.expression)]
    assert {wanted} <= {region(one, question.variable, conditions) for one in asked} <= {wanted, NOWHERE}


def test_a_region_where_nothing_moves_is_said_beside_the_condition():
    (found,) = chains_of("gradient", read_loss("relu(sum(v[u]*relu(h[u]), u))", "h[1]"))
    assert "it is 0 in a whole region" in found.hypotheses[0].words and check(found).outcome == "verified"
    slope, bias = found.result, found.start.variables[0]
    assert isinstance(bias, Indexed) and slope.has(Max) and isinstance(bias.base.label, Symbol)


@pytest.mark.parametrize(("loss", "said"), [
    ("min(z, t)", "min(z, t)"), ("-min(z, 1)", "−min(1, z)"), ("z - min(z, 1)*t", "z − t min(1, z)"),
    ("max(z, 1)", "max(1, z)"), ("-max(0, 1 - z)", "−max(0, 1 − z)"), ("abs(z)", "|z|"), ("min(0, z)", "min(0, z)"),
    ("min(1 - z, 1 + z)", "min(1 − z, 1 + z)"), ("relu(-z)", "max(0, −z)"),
])  # fmt: skip
def test_the_smaller_of_two_numbers_is_written_so(loss, said):
    assert plain(read_loss(loss, "z").expression) == said


@pytest.mark.parametrize(("loss", "variable", "given"), [
    ("max(min(a, q), min(a, 3))", "a", "q > 3"), ("max(min(a, q), min(a, 3))", "a", "q > 40"),
    ("-min(q*A, min(max(q, 1 - s), 1 + s)*A)", "q", "s > 4"),
])  # fmt: skip
def test_a_region_far_out_is_found(loss, variable, given):
    with pytest.raises(Refused, match="in a whole region"):
        chains_of("gradient", read_loss(loss, variable, where="a in R", given=given))


def test_a_letter_that_a_sum_binds_may_be_free_beside_it():
    given = ("sum(a[k], k) < 40", "a[k] > 0")
    chains = chains_of("gradient", read_loss("sum(a[k]*log(a[k]), k)", "a[m]", given=given))
    assert plain(chains[-1].result) == "1 + log aₘ"


def test_what_holds_far_out_is_no_contradiction():
    chains = chains_of("gradient", read_loss("s*q^2", "q", given=("s > 5000", "s < 1000000")))
    assert plain(chains[-1].result) in ("2 q s", "2 s q")


@pytest.mark.parametrize(("loss", "variable", "given"), [
    ("-min(q*A, min(max(q, 0.8), 1.2)*A)", "q", ("A > 0", "A < 0")), ("A*max(q, 0)", "q", ("A > 0", "A < 0")),
    ("A*q^2", "q", ("A > 0", "A < 0")), ("max(q, min(q, s))", "q", ("s > 1", "s < 0")),
    ("s*q^2", "q", ("s > q", "q > s")),
])  # fmt: skip
def test_what_is_given_and_contradicts_itself_is_refused(loss, variable, given):
    with pytest.raises(Refused, match="contradict"):
        chains_of("gradient", read_loss(loss, variable, given=given))


@pytest.mark.parametrize(("where", "given"), [("T > 2", "T = 1"), ("T in [0, 1]", "T = 3")])
def test_a_number_that_is_given_must_be_one_that_the_name_may_be(where, given):
    question = read_loss("T*w", "w", given, where)
    with pytest.raises(Refused, match="both never hold"):
        gradient(question.expression, question.variable, question.given, question.vocabulary)
    question = read_loss("T*w", "w", "T = 1", "T > 1/2")
    assert gradient(question.expression, question.variable, question.given, question.vocabulary).steps
