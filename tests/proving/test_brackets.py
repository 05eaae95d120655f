"""Brackets that Coq does not need are taken away, and Coq reads the same without them."""

import pytest
from with_coq import COQ

from derivations.proving import counterexamples, printing, theorems
from derivations.proving.compiling import run_coqc
from derivations.proving.counterexamples import negation_text, value_files
from derivations.proving.files import definitions_of, derivations, library_names
from derivations.proving.printing import definition_text, identifier
from derivations.proving.brackets import without_brackets
from derivations.proving.strong import shown_statement
from derivations.proving.theorems import theorem_of
from derivations.proving.variables import NotExported


@pytest.mark.parametrize(("text", "short"), [
    ("(- ((y m)))", "- y m"),
    ("((/ (bigsum K (fun l => (exp (z l))))) * (exp (z k)))", "/ bigsum K (fun l => exp (z l)) * exp (z k)"),
    ("(a + (b + c))", "a + (b + c)"), ("((a + b) + c)", "a + b + c"), ("(a * (b + c))", "a * (b + c)"),
    ("(- (a * b))", "- (a * b)"), ("((- a) * b)", "- a * b"), ("(a + (- b))", "a + - b"), ("(a - (- b))", "a - - b"),
    ("((a ^ 2) ^ 3)", "(a ^ 2) ^ 3"), ("((- a) ^ 2)", "(- a) ^ 2"), ("(f (g x) (y))", "f (g x) y"),
    ("((1 <= m) /\\ (m <= K))", "1 <= m /\\ m <= K"), ("(a -> (b -> c))", "a -> b -> c"),
    ("((a -> b) -> c)", "(a -> b) -> c"), ("(a / (b / c))", "a / (b / c)"), ("((a / b) * c)", "a / b * c"),
    ("(1 <= (K - 1) <= n)%nat -> (a = b)", "(1 <= K - 1 <= n)%nat -> a = b"), ("f (K - 1)%nat (g)", "f (K - 1)%nat g"),
    ("f (K - 1)%nat (fun k => (a k))", "f (K - 1)%nat (fun k => a k)"), ("((K - 1)%nat - 2)", "(K - 1)%nat - 2"),
    ("(forall k : nat, (a k)) -> b", "(forall k : nat, a k) -> b"),
    ("a -> (forall k : nat, (b))", "a -> forall k : nat, b"),
    ("~ ((a) = (b))", "~ (a = b)"), ("(a / (b * c))", "a / (b * c)"), ("((a - b) - (c))", "a - b - c"),
])  # fmt: skip
def test_brackets_stay_where_they_are_needed(text, short):
    assert without_brackets(text) == short and without_brackets(short) == short


def told(monkeypatch, rewritten):
    """What all theorems say, and the bodies of definitions, with a way to write texts."""
    for module in (theorems, printing, counterexamples):
        monkeypatch.setattr(module, "without_brackets", rewritten)
    found = {}
    for derivation in derivations():
        try:
            theorem = theorem_of.__wrapped__(derivation)
        except NotExported:
            continue
        found[derivation.id] = shown_statement(theorem).partition(":\n")[2].removesuffix(".")
        found |= {identifier(one.id): definition_text(one) for one in definitions_of(derivation)}
    for entry in filter(counterexamples.negation_in_coq, counterexamples.counterexamples()):
        found |= {identifier(one.id): definition_text(one) for one in counterexamples.definitions_for(entry)}
        found[entry.id] = negation_text(entry).partition(":\n")[2].removesuffix(".")
    return found


def test_nothing_but_brackets_is_taken_away(monkeypatch):
    long, short = told(monkeypatch, lambda text: text), told(monkeypatch, without_brackets)
    bare = str.maketrans("", "", "()")
    assert len(long) > 300 and long.keys() == short.keys()
    assert [key for key in long if long[key].translate(bare) != short[key].translate(bare)] == []
    assert sum(map(len, short.values())) < 0.95 * sum(map(len, long.values()))


@COQ
def test_coq_reads_the_same(values, monkeypatch):
    long, short = told(monkeypatch, lambda text: text), told(monkeypatch, without_brackets)
    library = (*library_names(), *(file.name for file in value_files()))
    lines = [f"Require Import {' '.join(library)}.", "Open Scope R_scope."]
    for key in sorted(long, key=lambda key: "." in key):  # definitions first
        if "." not in key:
            lines += [short[key], long[key].replace(key, f"{key}_long", 1), f"Check (eq_refl : {key}_long = {key})."]
        else:
            lines.append(f"Check (eq_refl : ({long[key]}) = ({short[key]})).")
    path = values / "Brackets.v"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = run_coqc(path, values)
    assert found.is_well, found.said[-2000:]
    path.write_text("\n".join([*lines, "Check (eq_refl : (1 - (2 - 3)) = (1 - 2 - 3))."]) + "\n", encoding="utf-8")
    assert not run_coqc(path, values).is_well
