"""Steps can be repeated: from their rule's name and arguments, in the program and from the JSON,
and say which part became which.
"""

import json
from dataclasses import replace

import pytest
from sympy import (
    Add, Derivative, Eq, Float, Function, Integer, KroneckerDelta, Mul, Rational, Sum, cos, exp, log, sin, tan,
)  # fmt: skip

from derivations.catalogue import catalogue, used_by, uses
from derivations.engine.derivation import derive
from derivations.engine.entries import Hypothesis
from derivations.engine.parts import changes
from derivations.engine.nodes import Indicator
from derivations.engine.replay import RULES, public_rules, replay, rule_named
from derivations.engine.rules import functions
from derivations.engine.rules.algebra import by_cases, by_hypothesis, distribute, multiply_by_one
from derivations.engine.rules.definitions import cite, unfold
from derivations.engine.rules.inequalities import drop_what_is_not_negative
from derivations.engine.terms import RuleDoesNotApply, partial, replace_term, same
from derivations.engine.trees import NotATree, expression, tree
from derivations.notation import K, i, j, k, label, labels_sum, logit, m, n, p, probability, shared_p, y, z
from derivations.writing.export import NotARecord, Reader, record

ENTRIES = catalogue()
FOR_ANY_LOSS = tuple(public_rules(functions).values())
DERIVATIONS = [entry for entry in ENTRIES.values() if entry.kind == "derivation"]


GIVEN = derive("test.given", "under a hypothesis", logit * Sum(y[k], (k, 1, K))).by(
    by_hypothesis, labels_sum, because="a test")  # fmt: skip


def recorded(entries):
    """Their records, through JSON."""
    return json.loads(json.dumps([record(entry) for entry in entries]))


def up_to(id):
    """The records of what stands before an entry in the catalogue, and its own."""
    *before, given = recorded(list(ENTRIES.values())[: list(ENTRIES).index(id) + 1])
    return before, given


def test_every_derivation_can_be_replayed():
    assert [entry.id for entry in DERIVATIONS if replay(entry) != entry] == []


def test_a_step_that_lies_about_its_argument_is_not_what_is_replayed():
    gradient = ENTRIES["softmax.weighted_gradient"]
    *steps, last = gradient.steps
    other = replace(last, arguments=(ENTRIES["softmax.jacobian"],))
    with pytest.raises(RuleDoesNotApply, match=r"softmax\.weighted_gradient, step 7 \(cite\)"):
        replay(replace(gradient, steps=(*steps, other))).result  # noqa: B018 - it is derived when it is read
    forged = replace(gradient, steps=(*steps, replace(last, expression=last.expression + 1)))
    assert replay(forged) != forged and replay(forged) == gradient


@pytest.mark.sampled(0)  # that of the published file, tests/reference/test_exports.py, runs always
def test_everything_can_be_derived_anew_from_the_json():
    records = recorded(ENTRIES.values())
    back = Reader().read(records)
    derived = [given for given in records if given["id"] in back]
    assert len([given for given in derived if given["kind"] == "derivation"]) == len(DERIVATIONS)
    for given in derived:
        assert json.loads(json.dumps(record(back[given["id"]]))) == given, given["id"]


def test_what_is_read_from_json_is_derived_and_not_believed():
    before, changed = up_to("bernoulli.total_probability")
    for step in changed["steps"]:
        step["tree"] = step["latex"] = "anything"
    assert Reader().read([*before, changed])["bernoulli.total_probability"].result == Integer(1)


def test_rules_are_found_by_name_and_no_two_have_the_same():
    used = {step.rule for entry in DERIVATIONS for step in entry.steps}
    assert used | {rule.__name__ for rule in FOR_ANY_LOSS} == set(RULES) and len(FOR_ANY_LOSS) == 10
    assert not used & {rule.__name__ for rule in FOR_ANY_LOSS}
    with pytest.raises(KeyError):
        rule_named("simplify")


@pytest.mark.parametrize("formula", [
    log(label + 1), exp(-logit), Rational(2, 3) * y[i], Sum(y[k] * log(p[k]), (k, 1, K)), partial(log(p[j]), p[j]),
    Mul(2, Add(logit, 1), evaluate=False), log(exp(logit), evaluate=False), shared_p[m] / n, p[j] * probability,
], ids=str)  # fmt: skip
def test_an_expression_comes_back_from_its_tree(formula):
    back = expression(json.loads(json.dumps(tree(formula))), {})
    assert back == formula and back.args == formula.args


@pytest.mark.parametrize("text", [
    "1 + 1", ["__import__('os').getcwd"], ["eval", 1], [], None, True, 0.5, ["Add", 1, ["lambdify", 2]],
    ["Symbol", 1, {}],
], ids=str)  # fmt: skip
def test_nothing_but_trees_is_read(text):
    with pytest.raises(NotATree, match="expected"):
        expression(text, {})


@pytest.mark.parametrize("text", [
    ["Symbol", "k in [print(1)] for k", {}], ["Symbol", "x", {"name": "y"}], ["Symbol", "x", {"integer": "no"}],
    ["Symbol", "x", {"foo": True}], ["Symbol", "x", {"positive": True, "negative": True}], ["Rational", 1, 0],
    ["Rational", True, 2], ["Eq", 1], ["exp", 1, 2], ["Sum", 1], ["Indexed", 1], ["IndexedBase", 1, 2], ["Rounded"],
    ["Symbol"], ["KroneckerDelta", 1],
], ids=str)  # fmt: skip
def test_a_tree_that_is_malformed_says_so(text):
    with pytest.raises(NotATree, match="expected"):
        expression(text, {})


def test_a_tree_of_any_depth_is_read_or_refused():
    deep = ["Symbol", "x", {}]
    for _ in range(5000):
        deep = ["exp", deep]
    with pytest.raises(NotATree, match="expected"):
        expression(deep, {})


def test_no_quantity_takes_the_place_of_a_node():
    assert expression(["Add", 1, 2], {"Add": Function("f")}) == Add(1, 2, evaluate=False)


@pytest.mark.parametrize(("damage", "said"), [
    (lambda given: given.pop("steps"), r"bernoulli\.mean: there is no 'steps'"),
    (lambda given: given["steps"][1].update(rule="simplify"), r"bernoulli\.mean, step 2: there is no 'simplify'"),
    (lambda given: given["steps"][0].update(arguments=[{"derivation": "no.such", "steps": 1}]),
     r"bernoulli\.mean, step 1: there is no 'no.such'"),
    (lambda given: given.update(start_tree=["os.system", "x"]), r"bernoulli\.mean: expected one of Add"),
    (lambda given: given["steps"][0].update(arguments=5), r"bernoulli\.mean, step 1: "),
])  # fmt: skip
def test_a_record_that_is_wrong_says_where(damage, said):
    before, given = up_to("bernoulli.mean")
    damage(given)
    with pytest.raises(NotARecord, match=said):
        Reader().read([*before, given])


def test_only_a_derivation_can_be_replayed():
    with pytest.raises(TypeError, match="only a derivation can be replayed, found 'softmax.gradient'"):
        replay("softmax.gradient")


def test_a_rule_that_is_called_wrongly_says_where():
    wrong = derive("test.wrong", "wrong", logit).by(by_hypothesis, because="a test")
    said = r"test\.wrong, step 1 \(by_hypothesis\): expected the arguments .hypothesis, instance=None., found 0"
    with pytest.raises(RuleDoesNotApply, match=said):
        wrong.result  # noqa: B018
    lawless = derive("test.lawless", "lawless", logit).by(lambda expression: expression + 1, because="a test")
    with pytest.raises(RuleDoesNotApply, match="has no docstring that states its law"):
        lawless.result  # noqa: B018


def test_a_step_is_made_once_for_all_chains_that_have_it():
    made = []

    def counted(expression):
        """One more."""
        made.append(expression)
        return expression + 1

    one = derive("test.one", "one", logit).by(counted, because="a test").by(counted, because="a test")
    two = one.renamed("test.two", "two").by(counted, because="a test")
    assert two.result == logit + 3 and one.result == logit + 2 and len(made) == 3
    assert one.steps[0] is two.steps[0] and hash(one) == hash(one) != hash(two)


@pytest.mark.parametrize("formula", [Float(0.5), tan(logit), Function("f")(logit)], ids=str)
def test_what_has_no_tree_is_refused(formula):
    with pytest.raises(TypeError, match="there is no tree of a"):
        tree(formula)


# An equal part stands elsewhere too, and stays as it is there: to put the new part everywhere is not what the step did.
ALSO_ELSEWHERE = {
    ("sigmoid.squared_error_gradient", "linearity_of_derivative"),
    ("sigmoid.softplus_derivative", "linearity_of_derivative"),
    ("maximum_likelihood.weighted_product", "unfold"),
    ("maximum_likelihood.bernoulli_fisher_information", "linearity_of_derivative"),
    ("numerics.gradient_two_sided", "regroup"),
    ("numerics.cross_entropy_two_sided", "cite"),
    ("bounded_logits.from_uniform", "cite"),
    ("averages.softmax_difference", "cite"),
    ("bounded_logits.held_gradient", "linearity_of_derivative"),
    ("soft_labels.gradient_inside", "by_hypothesis"),
    ("exponential_family.conjugate", "unfold"),
    ("focal.curvature", "fold"),
    ("focal.fall_by_place", "regroup"),
    ("focal.other_label", "cite"),
    ("focal.other_label", "regroup"),
    ("odds.unlikelihood_in_shares", "recognise"),
    ("odds.unlikelihood_in_shares", "regroup"),
    ("odds.unlikelihood_in_shares", "substitute_by_delta"),
    ("preferences.conservative_form", "regroup"),
    ("preferences.pair_of_logs", "unfold"),
    ("preferences.signed_curvature", "linearity_of_derivative"),
    ("ridge.squares_slope", "unfold"),
    ("scores.brier_gradient", "linearity_of_derivative"),
    ("scores.generalized_above", "recognise"),
    ("scores.squares", "linearity_of_sum"),
    ("squared_error.term_slope", "linearity_of_derivative"),
    ("small_differences.gradient", "cite"),
    ("small_differences.reverse_gradient", "linearity_of_derivative"),
    ("small_differences.reverse_gradient", "regroup"),
    ("temperature.entropy_slope", "cite"),
    ("temperature.entropy_slope", "derivative_of_power"),
    ("temperature.slope", "derivative_of_power"),
    ("weights.binary_as_cross_entropy", "recognise"),
}


def test_the_parts_that_changed_say_what_a_step_did():
    """Putting each new part in the place of its old one makes the line after of the line before."""
    steps = [(entry.id, step) for entry in DERIVATIONS for step in entry.steps]
    assert {(id, step.rule) for id, step in steps if not says_what_it_did(step)} == ALSO_ELSEWHERE


def says_what_it_did(step):
    line = step.before
    try:
        for old, new in step.changes:
            line = replace_term(line, old, new)
    except RuleDoesNotApply:
        return False
    return same(line, step.expression)


def test_most_changes_are_smaller_than_the_line():
    pairs = [(step, step.changes) for entry in DERIVATIONS for step in entry.steps]
    whole = [step for step, found in pairs if found == ((step.before, step.expression),)]
    assert len(whole) < len(pairs) / 2


@pytest.mark.parametrize(("before", "after", "found"), [
    (label + log(logit), label + logit, ((log(logit), logit),)),
    (2 * label + logit, label + logit, ((2 * label, label),)),
    (label + logit, label, ((label + logit, label),)),
    (p[j] + label + logit, p[j] + label - logit, ((logit, -logit),)),
    (label + logit, label + logit, ()),
    (Sum(y[k], (k, 1, K)), Sum(z[k], (k, 1, K)), ((y[k], z[k]),)),
    (Sum(y[k], (k, 1, K)), Sum(y[k], (k, 1, n)), ((Sum(y[k], (k, 1, K)), Sum(y[k], (k, 1, n))),)),
    (Derivative(log(logit), logit), Derivative(logit, logit), ((log(logit), logit),)),
    (KroneckerDelta(i, k), KroneckerDelta(k, m), ((KroneckerDelta(i, k), KroneckerDelta(k, m)),)),
    # Which became which is not plain: no guess is made.
    (log(label) + log(logit), exp(label) + exp(logit), ((log(label) + log(logit), exp(label) + exp(logit)),)),
    (log(label) + log(logit), log(label + 1) + log(logit + 1),
     ((log(label) + log(logit), log(label + 1) + log(logit + 1)),)),
], ids=str)  # fmt: skip
def test_parts_that_changed(before, after, found):
    assert changes(before, after) == found


def test_a_step_keeps_its_arguments():
    total = derive("test.total", "total", Sum(y[m], (m, 1, K))).by(by_hypothesis, labels_sum, {k: m}, because="a test")
    (step,) = total.steps
    assert step.arguments == (labels_sum, {k: m}) and step.before == total.start and step.using == (labels_sum,)


def test_uses_and_used_by_say_the_same():
    assert uses(ENTRIES["softmax.gradient"])["softmax.log_sum_exp_gradient"] == (7,)
    assert used_by("softmax.log_sum_exp_gradient")["softmax.gradient"] == (7,)
    assert used_by("softmax.gradient_bounds") == used_by("softmax.gradient_upper_bound")
    for id in ("softmax.jacobian", "bernoulli.mass", "cross_entropy.gibbs"):
        assert used_by(id) == {other.id: uses(other)[id] for other in ENTRIES.values() if id in uses(other)}
    everything = {id for entry in ENTRIES.values() for id in uses(entry)}
    assert "softmax.jacobian" in everything and everything <= set(ENTRIES)  # nothing is cited that no page shows


def test_a_rule_may_be_applied_to_a_part_alone_and_is_replayed_and_read_there():
    first, second = label * (logit + 1), probability * (logit + 1)
    chain = derive("test.part", "a part", exp(first) + exp(second)).by(distribute, because="a test", part=second)
    assert chain.result == exp(first) + exp(probability * logit + probability)
    assert chain.steps[0].part == second and replay(chain) == chain
    (read,) = Reader().read(json.loads(json.dumps([record(chain)]))).values()
    assert read == chain


@pytest.mark.parametrize(("rule", "arguments", "part", "message"), [
    (by_hypothesis, (labels_sum,), Sum(y[k], (k, 1, K)), "is about the whole line"),
    (by_cases, (label,), exp(label), "is about the whole line"),
    (drop_what_is_not_negative, (exp(label),), label + exp(label), "is about the whole line"),
    (distribute, (), logit * (label + 2), "found none in"),
    (multiply_by_one, (labels_sum,), Sum(y[k], (k, 1, K)), "expected no hypothesis where multiply_by_one"),
    (cite, (GIVEN,), logit * Sum(y[k], (k, 1, K)), "expected no hypothesis where cite is applied to a part"),
    (distribute, (), Float(0.5) * label, "found the float 0.5"),
    (distribute, (), tan(logit), "found the function tan"),
])
def test_what_looks_at_the_whole_line_is_not_applied_to_a_part(rule, arguments, part, message):
    chain = derive("test.part", "a part", 1 / part + label * (logit + 2) if rule is not distribute else label)
    with pytest.raises(RuleDoesNotApply, match=message):
        chain.by(rule, *arguments, because="a test", part=part).result


def test_a_part_that_is_no_expression_is_said_and_a_definition_is_unfolded_in_a_part_alone():
    with pytest.raises(RuleDoesNotApply, match=r"test\.part, step 1 .*: expected a part of the line, .* found 'y'"):
        derive("test.part", "a part", logit).by(distribute, because="a test", part="y").result  # noqa: B018
    softplus = ENTRIES["sigmoid.softplus"]
    chain = derive("test.part", "a part", softplus(logit) + softplus(label)).by(
        unfold, softplus, because="a test", part=softplus(label))  # fmt: skip
    assert chain.result == softplus(logit) + log(1 + exp(label))


@pytest.mark.parametrize("formula", [tree_of(Integer(2) * label) for tree_of in (sin, cos, Indicator)], ids=str)
def test_a_sine_and_an_indicator_come_back_from_their_trees(formula):
    assert expression(json.loads(json.dumps(tree(formula))), {}) == formula
    with pytest.raises(NotATree, match="expected"):
        expression([type(formula).__name__, 1, 2], {})


@pytest.mark.parametrize("every", [None, (), (m,)], ids=str)
def test_what_a_hypothesis_says_of_every_value_comes_back_from_the_json(every):
    given = Hypothesis("of m", "what is said of m", Eq(p[m], label), every=every)
    chain = derive("test.every", "every", p[m] * logit).by(by_hypothesis, given, because="a test")
    stored = json.loads(json.dumps([record(chain)]))
    (read,) = Reader().read(stored).values()
    assert read == chain and read.hypotheses[0].every == every
    assert record(read) == record(chain)
