"""Planted errors: a fixed sample of every kind in every run; all of them with `make mutants`."""

from random import Random

import pytest
from measure import main, mutants_of_definition, of_the_day, score
from sympy import Abs, Derivative, KroneckerDelta, Max, Product, Sum, exp, log

from derivations.catalogue import catalogue, has_result
from derivations.checking.mutations import EQUAL, HOLDS_TOO, OPERATORS, REFUTED, SURVIVED, UNDECIDED, measure, mutants
from derivations.engine.derivation import derive
from derivations.engine.terms import partial
from derivations.notation import K, c, c_in_range, i, j, k, l, label, m, n, p, probability, q, y, z

ENTRIES = catalogue()
DERIVATIONS = [entry for entry in ENTRIES.values() if entry.steps]
DEFINITIONS = [entry for entry in ENTRIES.values() if entry.kind == "definition" and has_result(entry)]
SAMPLE = 6  # mutants of each derivation


@pytest.mark.parametrize("entry", DERIVATIONS, ids=lambda entry: entry.id)
@pytest.mark.sampled(15, rest_in="make measure")
def test_no_planted_error_survives(entry):
    chooser, sample = Random(entry.id), []

    def chosen(planted):
        sample.extend(chooser.sample(planted, min(SAMPLE, len(planted))))
        return list(sample)

    found = measure(entry, chosen=chosen)
    assert len(found) == len(sample) > 0  # every one has an outcome, and there is one
    assert [mutant for mutant in found if mutant.outcome == SURVIVED] == []


@pytest.mark.parametrize("entry", DEFINITIONS, ids=lambda entry: entry.id)
def test_no_error_planted_in_a_definition_survives_its_oracle(entry):
    found = mutants_of_definition(entry)
    assert [mutant for mutant in found if mutant.outcome == SURVIVED] == []
    assert found or not entry.result.args


def formulas(expression, operator):
    return [mutant for name, mutant in mutants(expression) if name == operator]


PLANTED = {
    "signs": (y[i] - exp(z[k]), -exp(z[k]) - y[i]),
    "dropped": (y[i] * log(p[i]) - q[k], y[i] * log(p[i])),
    "indices": (Sum(y[i] * p[j], (i, 1, n)), Sum(y[j] * p[j], (i, 1, n))),
    "bounds": (Sum(y[i], (i, 1, n)), Sum(y[i], (i, 0, n))),
    "labels": (y[i] * log(p[i]), (1 - y[i]) * log(p[i])),
    "orders": (log(Sum(exp(z[k]), (k, 1, K))), log(exp(Sum(z[k], (k, 1, K))), evaluate=False)),
    "means": (Sum(y[i], (i, 1, n)), Sum(y[i], (i, 1, n)) / n),
    "numbers": (p[i] ** 2, p[i] ** 3),
    "diagonal": (p[m] * (KroneckerDelta(l, m) - p[l]), p[m] * (KroneckerDelta(l, m) - p[l]) * KroneckerDelta(l, m)),
    "arguments": (ENTRIES["cross_entropy.cross_entropy"](q, p), ENTRIES["cross_entropy.cross_entropy"](p, q)),
}


@pytest.mark.parametrize("operator", PLANTED)
def test_what_an_operator_plants(operator):
    expression, mutant = PLANTED[operator]
    assert mutant in formulas(expression, operator)


def test_every_operator_is_known():
    assert set(PLANTED) == {operator.__name__ for operator in OPERATORS} | {"diagonal"}


def test_an_index_is_captured():
    slope = partial(Sum(log(p[i]), (i, 1, n)), p[j])
    assert Derivative(Sum(log(p[j]), (i, 1, n)), p[j], evaluate=False) in formulas(slope, "indices")
    inside = Sum(partial(log(p[i]), p[j]), (i, 1, n))
    assert Sum(partial(log(p[i]), p[i]), (i, 1, n)) in formulas(inside, "indices")


def test_no_mutant_is_the_formula_itself_and_none_comes_twice():
    expression = ENTRIES["softmax.gradient"].steps[0].expression
    found = [mutant for _, mutant in mutants(expression)]
    assert expression not in found and len(set(found)) == len(found) > 5


def test_a_product_may_become_a_sum():
    assert Sum(p[i], (i, 1, n)) in formulas(Product(p[i], (i, 1, n)), "means")


def claimed(mutant, start=probability + label, using=()):
    def planted(expression):
        """Whatever was planted."""
        return mutant

    return derive("test.planted", "planted", start).by(planted, because="a test", using=using)


def test_what_survives_is_the_same_formula_exactly_or_a_scandal():
    square = claimed((probability + label) ** 2, start=probability**2 + 2 * probability * label + label**2)
    outcomes = {mutant.formula: mutant.outcome for mutant in measure(square)}
    assert outcomes[-((probability + label) ** 2)] == REFUTED and EQUAL not in outcomes.values()
    sifted = claimed(Sum(y[k] * KroneckerDelta(k, c), (k, 1, K)), start=y[c], using=c_in_range)
    assert {mutant.outcome for mutant in measure(sifted)
            if mutant.formula == Sum(y[c] * KroneckerDelta(k, c), (k, 1, K))} == {EQUAL}


def test_what_has_no_value_is_undecided_and_not_refuted():
    outcomes = {mutant.formula: mutant.outcome for mutant in measure(claimed(Sum(log(p[k]), (k, 1, K)),
                                                                             start=Sum(log(p[m]), (m, 1, K))))}
    assert outcomes[Sum(log(p[k]), (k, 0, K))] == UNDECIDED and outcomes[Sum(log(p[k]), (k, 2, K))] == REFUTED


def test_a_weaker_bound_is_called_one():
    gibbs = ENTRIES["cross_entropy.gibbs"]
    assert {HOLDS_TOO, REFUTED} <= {mutant.outcome for mutant in measure(gibbs)}


def test_the_score_counts_what_survived():
    planted = {"fates": {"signs": {REFUTED: 6, UNDECIDED: 1, SURVIVED: 1}}, "survivors": ["step 1, signs: x"]}
    record = {"a.b": {"mutants": planted}, "a.c": {"mutants": {"fates": {"signs": {EQUAL: 2}}, "survivors": []}}}
    said = score(record)
    assert "a.b, step 1, signs: x" in said and "10 mutants" in said and "75.00 %" in said


def test_as_many_days_as_were_asked_for_measure_each_entry_once():
    ids = list(catalogue())
    shares = [of_the_day(ids, 3, seed) for seed in range(20260131, 20260134)]
    assert sorted(id for share in shares for id in share) == sorted(ids)
    assert all(len(ids) / 5 < len(share) < len(ids) / 2 for share in shares) and of_the_day(ids, 1, 7) == ids


def test_no_share_of_no_days(capsys):
    with pytest.raises(SystemExit):
        main(["--days", "0"])
    assert "--days takes a whole number from 1 on, not 0" in capsys.readouterr().err


def test_a_root_of_a_square_is_planted_as_what_the_checker_evaluates():
    chain = catalogue()["small_differences.power_gap"]
    planted = [mutant for line in chain.lines for _, mutant in mutants(line)]
    assert any(mutant.has(Max) for mutant in planted) and not any(mutant.has(Abs) for mutant in planted)
