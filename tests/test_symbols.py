"""Which symbols an entry has, told by their letters and not by the code that finds them."""

import re
import unicodedata

import pytest
from sympy import Integer

from derivations.catalogue import CHAPTERS, catalogue, find
from derivations.checking.found import broken
from derivations.engine.entries import Counterexample
from derivations.notation import NOTATION
from derivations.reference.record import entry_record
from derivations.site import entry as pages
from derivations.site.records import quantities_named
from derivations.site.tables import symbol_table
from derivations.writing.typeset import plain
from derivations.symbols import formulas_in, formulas_stated, given_values, notation_of_parts, symbols_named

STATED = {
    "softmax.gradient": {"K", "k", "m", "y[k]", "z[k]"},
    "bernoulli.score": {"i", "j", "n", "p[i]", "y[i]"},
    "cross_entropy.asymmetry": {"K", "p[k]", "q[k]"},  # H(q, p): vectors without an entry
    "logistic_regression.loss": {"n", "d", "i", "w[f]", "x[i, f]", "y[i]"},  # its logit brings x and w along
    "categorical.shared_model": {"i", "k", "p[k]"},
    "maximum_likelihood.free_score": {"K", "k", "m", "p[k]", "y[k]"},  # p[K] is no p[i]
    "ensembles.gain": {"K", "M", "u", "Z[u, k]"},  # A(Z_u): the logits of one model
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


def letters_with_values(entry):
    """The symbols and vectors that the card of an entry and its record give a value to."""
    if isinstance(entry, Counterexample):
        return {*entry.values}
    shown = [one for one in entry.hypotheses if one.statement is not None and not one.is_range_beyond(())]
    failures = [broken(entry, one) for one in shown] if entry.kind == "derivation" else []
    return {symbol for failure in failures if failure for symbol, _ in failure.values}


VALUED = [id for id, entry in catalogue().items() if letters_with_values(entry)]


@pytest.mark.parametrize("id", VALUED)
@pytest.mark.sampled(12)
def test_a_letter_that_gets_a_value_is_explained_on_the_page_and_in_the_record(id, monkeypatch):
    entry = catalogue()[id]
    for name, found in {"with_links": "", "_files": "", "_copies": "", "small_graph": "", "neighbourhood": ""}.items():
        monkeypatch.setattr(pages, name, lambda *given, found=found, **more: found)
    page = pages.entry_page(entry, card=("", ""))
    said = {f'aria-label="{one["unicode"]}"' for one in entry_record(entry)["symbols"]}
    for letter in letters_with_values(entry):
        symbols = [one.symbol for one in NOTATION if letter in (one.symbol, getattr(one.symbol, "base", None))]
        rows = {f'aria-label="{plain(symbol)}"' for symbol in symbols}
        assert any(row in page for row in rows), f"{letter} is not explained on the page"
        assert rows & said, f"{letter} is not explained in the record"


def letters(text):
    """Its letters, without accents and places; not those of words, as of log, nor what an integral runs over."""
    apart = re.sub(r"_\{(.*?)\}", lambda found: f" {' '.join(found[1])} ", re.sub(r"∫.*|[∂ᵀ]|mean ", " ", text))
    small = {ord(one): f" {unicodedata.normalize('NFKD', one)} " for one in apart
             if unicodedata.decomposition(one).startswith(("<sub>", "<super>"))}  # fmt: skip
    alone = unicodedata.normalize("NFD", apart.translate(small))
    return {found for found in re.findall(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])", alone) if found != "e"}  # as in e^z


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_letter_of_a_statement_and_its_conditions_is_in_the_table(name):
    for entry in (one for one in catalogue().values() if one.id.startswith(f"{name}.")):
        formulas = formulas_stated(entry)
        table = symbol_table(formulas + given_values(entry), quantities_named(entry))
        explained = " ".join(re.findall(r'aria-label="([^"]*)"', table) + [plain(getattr(entry, "name", Integer(1)))])
        missing = letters(" ".join(map(plain, formulas))) - letters(explained)
        missing -= letters(getattr(entry, "says", ""))  # a theorem says in words of what its letters are
        assert not missing, f"{entry.id}: {missing}"
