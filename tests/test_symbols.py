"""Which symbols an entry has, told by their letters and not by the code that finds them."""

import pytest

from derivations.catalogue import find
from derivations.symbols import formulas_stated, formulas_in, notation_of_parts, symbols_named

STATED = {
    "softmax.gradient": {"K", "k", "m", "y[k]", "z[k]"},
    "bernoulli.score": {"i", "j", "n", "p[i]", "y[i]"},
    "cross_entropy.asymmetry": {"K", "p[k]", "q[k]"},  # H(q, p): vectors without an entry
    "logistic_regression.loss": {"n", "d", "i", "w[f]", "x[i, f]", "y[i]"},  # its logit brings x and w along
    "categorical.shared_model": {"i", "k", "p[k]"},
    "maximum_likelihood.free_score": {"K", "k", "m", "p[k]", "y[k]"},  # p[K] is no p[i]
}


@pytest.mark.parametrize("id, symbols", STATED.items(), ids=STATED)
def test_an_entry_names_its_symbols_and_no_other(id, symbols):
    found = {str(known.symbol) for known in symbols_named(formulas_stated(find(id)))}
    assert found == symbols


def test_a_letter_that_vectors_share_with_a_number_is_not_taken_for_it():
    (shared,) = [known for known in symbols_named([find("categorical.shared_model").result]) if known.meaning[0] == "p"]
    assert "same for every observation" in shared.meaning  # and not: one probability shared by all observations


def test_the_lines_of_a_chain_have_what_its_statement_has():
    entry = find("softmax.gradient")
    assert set(formulas_stated(entry)) < set(formulas_in(entry))


def test_a_vector_is_explained_as_its_entries_are():
    claim = find("cross_entropy.asymmetry").claim
    found = {str(part): str(known.symbol) for part, known in notation_of_parts([claim]).items()}
    assert found.items() >= {"q": "q[k]", "p": "p[k]"}.items()
