"""Chains that are not in the catalogue are proved too, or what stands against their proof is said."""

import json
import re

from sympy import Sum, log
from with_coq import COQ

from derivations import softmax
from derivations.__main__ import main
from derivations.any_loss.command import chains_of
from derivations.any_loss.declare import read_loss
from derivations.any_loss.tool import gradient
from derivations.engine.derivation import derive
from derivations.engine.rules.logarithms import log_of_factors
from derivations.notation import K, i, k, m, n, probability, x, z
from derivations.proving import asked, compiling
from derivations.proving.asked import prove_asked, with_cited
from derivations.proving.files import statement_text
from derivations.proving.theorems import cited_by

SQUARES = ("sum((y[i] - s[i])^2, i)", "s[j]")


def chains(loss, variable, **more):
    return chains_of("gradient", read_loss(loss, variable, **more))


def accepted(found, laws):
    return prove_asked(found, laws, tell=lambda text: None)


@COQ
def test_a_gradient_of_a_typed_loss_and_its_lemmas_are_proved(laws):
    found = chains("sum((y[i] - z[i])^2, i)", "w[f]", let=("z[i] = sum(x[i,f]*w[f], f)",))
    assert len(found) == 2 and accepted(found, laws) == {chain.id: "" for chain in found}
    assert "is_derive" in statement_text(found[-1])


@COQ
def test_what_does_not_hold_for_all_numbers_is_not_proved(laws):
    chain = derive("any_loss.wrong", "a logarithm of any numbers", log(z[m] * probability))
    wrong = chain.by(log_of_factors, because="nobody says that z is positive")
    assert accepted([wrong], laws) == {"any_loss.wrong": "Coq does not accept step 1 (log_of_factors)"}


@COQ
def test_what_has_no_text_in_coq_or_cites_what_is_not_proved_is_told_with_the_reason(laws):
    hinge, *_ = chains("sum(max(0, 1 - s[i]), i)", "s[j]")
    assert accepted([hinge], laws)[hinge.id].startswith("it has no text in Coq: no term for Indicator")
    lemma, last = chains("sum(max(0, z[i]), i)", "w[f]", let=("z[i] = sum(max(0, x[i,f]*w[f]), f)",))
    assert accepted([lemma, last], laws)[last.id] == f"it cites {lemma.id}, which is not proved"


@COQ
def test_the_bound_letter_of_a_sum_is_never_that_of_the_variable(laws):
    chain = gradient(Sum(x[i, k] * z[k], (k, 1, K), (i, 1, n)), z[k])
    text = statement_text(chain)
    assert "fun k_ =>" in text and not re.search(r"fun k =>[^=]*upd z k", text)
    assert accepted([chain], laws) == {chain.id: ""}


def test_what_is_cited_comes_first():
    order = with_cited([softmax.gradient])
    assert order[-1] is softmax.gradient and len(order) > 2
    assert all(order.index(one) < order.index(chain) for chain in order for one in cited_by(chain))


@COQ
def test_the_terminal_and_json_say_what_was_proved(laws, monkeypatch, capsys):
    monkeypatch.setattr(asked.prove_asked, "__defaults__", (laws, print))
    assert main(["gradient", *SQUARES, "--prove"]) == 0
    assert "proved: Coq accepts this proof, for all sizes" in capsys.readouterr().out
    assert main(["gradient", *SQUARES, "--prove", "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    assert record["proved"] is True and "is_derive" in record["theorem"]
    assert main(["gradient", "sum(max(0, 1 - s[i]), i)", "s[j]", "--prove", "--json"]) == 1
    (record,) = json.loads(capsys.readouterr().out)
    assert record["proved"] is False and "Indicator" in record["not_proved_because"]


def test_without_coq_it_is_said_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(compiling.shutil, "which", lambda program: None)
    assert main(["gradient", *SQUARES, "--prove"]) == 1
    found = capsys.readouterr()
    assert compiling.PACKAGES in found.err and not found.out


@COQ
def test_axioms_of_its_own_would_be_told(laws, monkeypatch):
    monkeypatch.setattr(asked, "AXIOMS", {})
    (chain,) = chains(*SQUARES)
    assert "axioms" in accepted([chain], laws)[chain.id]


@COQ
def test_a_number_that_divides_is_not_0(laws):
    (chain,) = chains("sum((z[k]/T)^2, k)", "z[m]")
    assert "T <> 0 ->" in statement_text(chain) and accepted([chain], laws) == {chain.id: ""}


@COQ
def test_a_letter_that_the_printer_uses_itself_is_another_one(laws):
    (chain,) = chains("t1*w^2", "w")
    assert "fun t1' =>" in statement_text(chain) and accepted([chain], laws) == {chain.id: ""}
