"""A name that a loss uses otherwise than this site is the loss's own, and what is restricted by the site is said."""

import re

import pytest
from sympy import Interval, Range, S

from derivations.__main__ import main
from derivations.any_loss.command import chains_of
from derivations.any_loss.declare import read_loss
from derivations.any_loss.lexicon import IN_THE_NOTATION
from derivations.any_loss.tokens import Unreadable
from derivations.checking.check import check
from derivations.writing.options import GRAMMAR
from derivations.writing.typeset import plain

# Each derives a loss and checks it, in a second or less: of all such tests a sample runs.
pytestmark = pytest.mark.sampled(50, among="losses")

# A loss, its variable, and the names in it that are its own, with what is said of each.
OWN = [
    ("sum(exp(z[i]) - y[i]*z[i], i)", "z[j]", ["z[i]"]), ("sum(t[i]*s[i], i)", "s[j]", ["t[i]"]),
    ("sum(w[k]*z[k], k)", "z[m]", ["w[k]"]), ("q^2", "q", ["q"]), ("q[f]*w[f]", "w[h]", ["q[f]"]),
    ("v*z", "z", ["v"]), ("sum((V[j,f] - 1)^2, j, f)", "V[i,h]", ["V[i,f]"]), ("sum(x[i]^2, i)", "x[j]", ["x[i]"]),
    ("a*z + a^2", "a", ["a"]), ("sum((h[i,u] - b[u])^2, i, u)", "b[u]", ["h[i,u]", "b[u]"]),
    ("sum(g[i]*s[i], i)", "s[j]", ["g[i]"]), ("sum(c[i]*s[i], i)", "c[j]", ["c[i]"]),
    ("softmax(t)[k]", "t[m]", ["t[k]"]), ("logsumexp(t/T) + t[1]", "t[m]", ["t[k]"]),
    ("sum(r[k]^2, k)", "r[m]", ["r[k]"]), ("f[i]*w[h]", "w[h]", ["f[i]"]), ("softmax(z[i])[k]", "z[i,m]", ["z[i,k]"]),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "variable", "names"), OWN, ids=[loss for loss, *_ in OWN])
def test_a_name_with_other_indices_is_the_loss_s_own_and_this_is_said(loss, variable, names):
    question = read_loss(loss, variable)
    for name in names:
        said = [line for line in question.said if line.startswith(f"{name}: taken to be any real number")]
        assert len(said) == 1
        assert ("not this site's" in said[0]) == (name.partition("[")[0] in IN_THE_NOTATION)
    assert {check(chain).outcome for chain in chains_of("gradient", question)} == {"verified"}


def test_entries_that_choose_entries_stay_indices():
    question = read_loss("-sum(log(softmax(o[i])[c[i]]), i)", "o[j,m]")
    assert not any(line.startswith("c") for line in question.said)
    (domain,) = (entry.domain for entry in question.vocabulary.entries if str(entry.symbol) == "c[i]")
    assert isinstance(domain, Range)


@pytest.mark.parametrize("where", ["g[i] in [0, 1]", "g[i] in R", "g[i] > 0"])
def test_an_entry_that_is_an_index_elsewhere_can_be_declared(where):
    for variable in ("g[j]", "s[j]"):
        question = read_loss("sum((s[i] - sigmoid(g[i]))^2, i)", variable, where=where)
        assert {check(chain).outcome for chain in chains_of("gradient", question)} == {"verified"}


def test_names_that_are_used_in_both_ways_are_refused_all_at_once():
    with pytest.raises(Unreadable) as refused:
        read_loss("sum(w[k]*z[k], k) + sum(w[f]^2, f) + m[k] + n[i]", "z[m]")
    assert [found for found in re.findall(r"found (\S+),", str(refused.value))] == ["m[k]", "n[i]", "w[k]"]


def test_a_bound_index_does_not_have_the_name_of_a_quantity():
    question = read_loss("sum((y[i] - sum(v[u]*h[i,u], u))^2, i)", "W[f,u]",
                         let="h[i,u] = sigmoid(sum(x[i,f]*W[f,u], f))", where=["W[f,u] in R", "v[u] in R"])  # fmt: skip
    assert not any("ₕ" in plain(line) for chain in chains_of("gradient", question) for line in chain.lines)


def test_a_quantity_within_a_quantity_has_a_lemma_of_its_own_and_keeps_its_name():
    question = read_loss("sum((o[i] - y[i])^2, i)/2", "W[f,u]", where=["W[f,u] in R", "v[u] in R"], let=[
        "h[i,u] = sigmoid(sum(x[i,f]*W[f,u], f))", "o[i] = sum(v[u]*h[i,u], u)"])  # fmt: skip
    inner, outer, found = chains_of("gradient", question)
    assert plain(inner.start).startswith("∂h") and plain(outer.start).startswith("∂o")
    assert inner in outer.steps[4].cites and len({chain.id for chain in (inner, outer, found)}) == 3
    assert plain(found.result) == "vᵤ ∑ᵢ₌₁ⁿ hᵢᵤ (1 − hᵢᵤ) (oᵢ − yᵢ) x_{if}"
    assert {check(chain).outcome for chain in (inner, outer, found)} == {"verified"}


@pytest.mark.parametrize(("loss", "more", "line"), [
    ("eps*z", {}, "ε: any number above 0 and below 1, as on this site; --where 'ε in R' makes it any real number"),
    ("lambda*z", {}, "λ: any positive number, as on this site; --where 'λ in R' makes it any real number"),
    ("t*z", {}, "t: any real number, as on this site"),
    ("A*z", {"given": "A > 0"}, "A: any real number, with A > 0 as given"),
    ("A*z", {"where": "A > 0"}, "A: any positive number, as declared"),
])  # fmt: skip
def test_what_a_number_may_be_is_said(loss, more, line):
    assert line in read_loss(loss, "z", **more).said


def test_the_help_names_what_this_site_restricts():
    typed = {"λ": "lambda", "ε": "eps", "α": "alpha", "φ": "phi", "ψ": "psi"}
    for meaning in (one for found in IN_THE_NOTATION.values() for one in found if one.domain is not S.Reals):
        name = typed.get(meaning.name, meaning.name)
        indices = getattr(meaning.notation.symbol, "indices", ())
        entry = f"{name}[{','.join(map(str, indices))}]" if indices else name
        assert re.search(rf"(?<!\w){re.escape(entry)}(?![\w\[])", GRAMMAR), entry
        assert isinstance(meaning.domain, Interval | Range)


def said_of(*arguments, capsys, code=0):
    assert main(["gradient", *arguments]) == code
    printed = capsys.readouterr()
    return printed.err if code else printed.out


@pytest.mark.parametrize(("arguments", "result"), [
    (["-sum(sum(softmax(v[i])[k]*log(softmax(z[i])[k]),k),i)", "z[j,m]"], "= pⱼₘ − pⱼₘ(v)"),
    (["-sum(log(softmax(o[i])[c[i]]) + log(softmax(z[i])[c[i]]),i)", "z[j,m]", "--let", "o[i,k]=z[i,k]/T"],
     "= pⱼₘ + (pⱼₘ(o) − δ_{cⱼm})/T − δ_{cⱼm}"),
    (["-sum(log(softmax(z[i]/T)[c[i]]),i)", "T"], "pᵢₗ(s) zᵢₗ"),
    (["prod(s[i]*exp(-s[i]),i)", "s[j]"], "∏_(o=1)ⁿ"),
])
def test_what_differs_is_written_differently(arguments, result, capsys):
    assert result in said_of(*arguments, capsys=capsys)


@pytest.mark.parametrize("arguments", [
    ["-sum(p[k]*log(softmax(z)[k]),k)", "z[m]"], ["-sum(p[i,k]*log(softmax(z[i])[k]),i,k)", "z[j,m]"],
    ["-sum(p[k]*log(exp(z[k])/sum(exp(z[l]),l)),k)", "z[m]"],
    ["sum(p[k]*log(softmax(z)[k]),k)", "z[m]", "--let", "p[k] = w[k]^2"],
])
def test_a_p_beside_softmax_needs_another_letter(arguments, capsys):
    assert "is written p here" in said_of(*arguments, capsys=capsys, code=1)


def test_a_p_that_is_softmax_itself_is_written_like_it(capsys):
    assert "pₘ" in said_of("-log(p[c])", "z[m]", "--let", "p[k] = softmax(z)[k]", capsys=capsys)


@pytest.mark.parametrize(("loss", "variable", "given", "result"), [
    ("-sum(sum(y[i,k]*log(softmax(z[i])[k]),k),i)/n", "z[j,m]", ["sum(y[i,k],k) = 1"], "= (pⱼₘ − yⱼₘ)/n"),
    ("-sum((t*y[k]+(1-t)*v[k])*log(softmax(z)[k]),k)", "z[m]", ["sum(y[k],k)=1", "sum(v[k],k)=1"],
     "= pₘ + (t − 1) vₘ − t yₘ"),
])
def test_what_is_given_is_used_for_any_row_and_within_sums(loss, variable, given, result, capsys):
    options = [word for text in given for word in ("--given", text)]
    found = said_of(loss, variable, *options, capsys=capsys)
    assert result in found and "not needed" not in found


def test_the_largest_over_an_index_is_refused_and_pi_is_said_to_be_a_number(capsys):
    assert "max over all values of an index is not there" in said_of("max(z[k],k)", "z[m]", capsys=capsys, code=2)
    assert "pi: the number 3.14159" in said_of("sum(pi*z[k]^2,k)", "z[m]", capsys=capsys)
