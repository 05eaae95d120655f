"""What the copy buttons give: each text is there in its order, and each program runs as it stands, in a namespace or an
interpreter of its own, and computes what the result says.
"""

import json
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import sympy
from coded import VALUES, drawn, reference, sizes_for

from derivations.catalogue import catalogue
from derivations.checking.counterexamples import refute
from derivations.coding.task import Task
from derivations.engine.entries import is_index
from derivations.reference import book
from derivations.reference.citing import citations
from derivations.reference.copies import copies, not_to_copy, statement_in_latex, texts_of
from derivations.reference.sympy_code import NotHeld, sympy_code
from derivations.signatures import formula_of, named_arguments, written_out
from derivations.site.pieces import mathml
from derivations.writing.false_claims import TRUE_ELSEWHERE, TRUE_THERE
from derivations.writing.typeset import latex, plain, prose, statement, values_said

ENTRIES = catalogue()
NAMES = ["LaTeX", "Derivation as LaTeX", "MathML", "SymPy", "NumPy", "Plain text", "Link"]
IN_WORDS = {id for id, entry in ENTRIES.items() if entry.kind == "theorem" and entry.formula is None}
NOT_IN_SYMPY = IN_WORDS | {"distributions.boundary"}  # SymPy says of 0 log 0 that it is nothing
DERIVED = [id for id in VALUES if ENTRIES[id].kind == "derivation"]
NEAR = {"rel": 1e-9, "abs": 1e-12}
TWENTY = [id for id in VALUES if id.endswith((".gradient", ".hessian", ".cross_entropy", ".probability"))][:20]
# What runs two copied programs in an interpreter of its own, and prints the value of each.
BOTH = """import json, sys
sys.path.insert(0, ".")
import in_sympy as space, in_numpy
told = json.loads(sys.argv[1])
found = space.rhs.subs({{vars(space)[name]: number for name, number in told["scalars"].items() if name in vars(space)
                        and vars(space)[name].is_integer}}).doit()
found = found.subs({{vars(space)[name]: number for name, number in told["scalars"].items() if name in vars(space)}})
def entry(one):
    array = told["vectors"][one.base.label.name]
    for index in one.indices:
        array = array[int(index) - 1]
    return array
from sympy import Indexed
found = found.subs({{one: entry(one) for one in found.atoms(Indexed)}})
value = getattr(in_numpy, "{function}")(**told["numpy"])
for place in told["spot"]:
    value = value[place]
print(json.dumps([float(found), float(value)]))
"""


def copied(id):
    return {one.name: one.text for one in copies(ENTRIES[id], mathml, "https://example.org/")}


def run(text):
    space = {}
    exec(compile(text, "copied.py", "exec"), space)
    return space


def arguments_of(id):
    return named_arguments(ENTRIES[id], written_out(formula_of(ENTRIES[id])))


def place_of(id):
    """Arguments, a place in the result, and the correctly rounded value there; none where a hypothesis excludes it."""
    given = drawn(id)
    wanted = reference(id, given)
    spot = next(spot for spot, value in np.ndenumerate(wanted) if not np.isnan(value))
    return given, spot, float(wanted[spot])


def values(id, given, spot):
    """The numbers of the symbols of a program, by name: scalars, indices and sizes; and of the vectors."""
    task = Task(ENTRIES[id])
    whole = {one.name for one in task.arguments if one.is_whole}
    given = {name: np.asarray(value) + (name in whole) for name, value in given.items()}
    indices = {axis.letter: place + 1 for axis, place in zip(task.node.axes, spot)}
    scalars = {name: value.item() for name, value in given.items() if value.ndim == 0}
    # What the value does not depend on has some value too: those that `reference` gives it.
    free = {name: 1 if is_index(root) else 0.5 for name, root in arguments_of(id).items() if not hasattr(root, "base")}
    return free | sizes_for(id) | scalars | indices, {name: value for name, value in given.items() if value.ndim}


def value(expression, space, scalars, vectors):
    """The value of a side, computed by SymPy: sizes and indices first, then the sums, then the entries.

    None where a side speaks of what the result does not depend on, and what no hypothesis leaves free.
    """
    named = {space[name]: number for name, number in scalars.items() if isinstance(space.get(name), sympy.Symbol)}
    whole = {symbol: number for symbol, number in named.items() if symbol.is_integer}
    found = sympy.sympify(expression).subs(whole).doit().subs(named)
    for kind in "iuf":  # entries that choose another entry come first
        entries = [entry for entry in found.atoms(sympy.Indexed) if _kind(vectors, entry) == kind]
        found = found.subs({entry: _entry(vectors, entry) for entry in entries})
    found = found.doit()
    return None if found.free_symbols else float(sympy.N(found, 30))


def _kind(vectors, entry):
    array = vectors.get(entry.base.label.name)
    known = array is not None and array.ndim == len(entry.indices) and all(index.is_Integer for index in entry.indices)
    return array.dtype.kind if known else None


def _entry(vectors, entry):
    return vectors[entry.base.label.name][tuple(int(index) - 1 for index in entry.indices)].item()


@pytest.mark.parametrize("id", ["softmax.gradient", "softmax.probability", "cross_entropy.gibbs", *sorted(IN_WORDS)])
def test_there_is_a_text_of_each_kind_in_its_order(id):
    left_out = {"Derivation as LaTeX": not ENTRIES[id].steps, "MathML": id in IN_WORDS, "SymPy": id in IN_WORDS,
                "NumPy": id not in VALUES}  # fmt: skip
    cited = [name for name, *_ in citations(ENTRIES[id])]
    assert list(copied(id)) == [name for name in NAMES if not left_out.get(name)] + cited


def test_only_what_sympy_cannot_say_has_no_program_for_it():
    assert {id for id in ENTRIES if not in_sympy(id)} == NOT_IN_SYMPY
    assert all("SymPy" not in {one.name for one in copies(ENTRIES[id])} for id in NOT_IN_SYMPY)


def in_sympy(id):
    """A program of SymPy's that says what an entry does; nothing where it is refused."""
    try:
        return sympy_code(ENTRIES[id])
    except NotHeld:
        return ""


def test_the_texts_say_the_statement():
    found = copied("softmax.gradient")
    said, _, supposed = found["Plain text"].partition(" (holds if ")
    assert said == statement(ENTRIES["softmax.gradient"], plain) and "sum to 1" in supposed
    assert found["MathML"] == mathml(statement_in_latex(ENTRIES["softmax.gradient"]))
    assert found["Link"] == "https://example.org/r/softmax.gradient.html"
    assert "MathML" not in [one.name for one in copies(ENTRIES["softmax.gradient"])]  # nobody handed it in


@pytest.mark.parametrize("id", ENTRIES)
@pytest.mark.sampled(25)
def test_what_is_not_there_to_copy_is_said_with_the_reason(id):
    entry, texts = ENTRIES[id], texts_of(ENTRIES[id], mathml)
    said = not_to_copy(entry, texts)
    missing = {"MathML", "SymPy", "NumPy"} - {one.name for one in texts}
    told = [name for line in said for name in re.split(", | or ", re.fullmatch("No (.*?): .*", line)[1])]
    assert sorted(told) == sorted(missing) and all(line.endswith(".") and len(line) < 70 for line in said)
    if getattr(entry, "relation", "=") != "=":
        assert said == ["No NumPy: an inequality has no one value."]
    if id in IN_WORDS:
        assert said == ["No MathML, SymPy or NumPy: it is stated in words."]
    if entry.kind == "counterexample":
        assert said == ["No MathML or NumPy: the claim is false."]


MINUS = str.maketrans("−", "-")
SAID_THERE = re.compile(r"(.+) (?:==|!=|[<>]=?) (.+) is (True|False)\n")  # between the sides stands what is claimed
FALSE_CLAIMS = [id for id, entry in ENTRIES.items() if entry.kind == "counterexample"]


@pytest.mark.parametrize("id", FALSE_CLAIMS)
def test_a_false_claim_is_never_copied_without_saying_so(id):
    texts = {one.name: one.text for one in texts_of(ENTRIES[id], mathml)}
    # Printed, and not in a comment of TeX's.
    printed = [line for line in texts["LaTeX"].splitlines() if not line.startswith("%")]
    assert printed[0] == "This claim is false:" and "MathML" not in texts
    assert texts["Plain text"].startswith("False: ")


@pytest.mark.parametrize("id", FALSE_CLAIMS)
def test_with_a_false_claim_stands_where_it_fails_and_what_is_true_there(id, no_programs):
    entry, texts = ENTRIES[id], {one.name: one.text for one in texts_of(ENTRIES[id])}
    texts["book"] = "\n".join(book._counterexample(entry))
    for name, write in {"LaTeX": latex, "book": latex, "Plain text": plain}.items():
        _, fails, rest = texts[name].partition("t fails at ")
        assert bool(fails) == bool(entry.values) and all(f"{write(symbol)} = " in rest for symbol in entry.values)
        _, *rest = re.split(f"{TRUE_THERE[1:]}|{TRUE_ELSEWHERE[1:]}", texts[name], maxsplit=1)
        assert bool(rest) == bool(entry.given) and all(write(statement) in rest[0] for statement in entry.given)


def test_what_is_true_of_another_value_is_not_said_to_be_true_at_the_same():
    entry = ENTRIES["numerics.naive_sigmoid"]  # fails at 37, and one of what is given is about 36
    there, elsewhere = (plain(given) for given in reversed(entry.given))
    said = next(one.text for one in texts_of(entry) if one.name == "Plain text")
    assert said.endswith(f"z = 37; at these values this is true: {there}; for comparison: {elsewhere})")


@pytest.mark.parametrize("id", FALSE_CLAIMS)
@pytest.mark.sampled(12)
def test_the_program_of_a_false_claim_puts_in_where_it_fails_and_prints_that_it_is_false(id, capsys):
    program = sympy_code(ENTRIES[id])
    space = run(program)
    *sides, holds = SAID_THERE.fullmatch(capsys.readouterr().out).groups()
    told = [] if not ENTRIES[id].values else [f"# It fails at {values_said(ENTRIES[id], plain)}."]
    assert holds == "False" and {*told} <= {*program.splitlines()}
    assert not any(space[side].free_symbols or space[side].has(sympy.Indexed) for side in ("lhs", "rhs"))
    failure = refute(ENTRIES[id])  # in the arithmetic of the checker
    wanted = [float(one.translate({**MINUS, ord("∞"): "inf"}) or "nan") for one in (failure.left, failure.right)]
    found = [{"no value": np.nan, "oo": np.inf}.get(side) or float(side) for side in sides]
    assert found == pytest.approx(wanted, rel=1e-4, abs=1e-30, nan_ok=True)


def test_values_at_which_a_claim_is_true_would_print_that_it_is_true(capsys):
    entry = ENTRIES["likelihood.dependent_labels"]
    run(sympy_code(replace(entry, values={symbol: 1 for symbol in entry.values})))
    assert capsys.readouterr().out.split()[-1] == "True"


@pytest.fixture
def no_programs(monkeypatch):
    """No program is made beside the texts: that takes nearly all the time, and tests of programs make their own."""
    for name in ("sympy_code", "code_of"):
        monkeypatch.setattr(f"derivations.reference.copies.{name}", lambda *_: "")


@pytest.mark.parametrize("id", [id for id in ENTRIES if id not in FALSE_CLAIMS])
def test_a_result_is_copied_with_its_hypotheses(id, no_programs):
    entry = ENTRIES[id]
    supposed = [*getattr(entry, "hypotheses", ()), *getattr(entry, "conditions", ())]
    texts = {one.name: one.text for one in texts_of(entry)}
    for name in {"LaTeX", "Derivation as LaTeX", "Plain text"} & {*texts}:
        said = " ".join(line for line in texts[name].splitlines() if line.startswith("% ") or name == "Plain text")
        assert name == "Plain text" or f"% {id} " in f"{said} "
        assert all(one.words in said for one in supposed) and ("holds if " in said) == bool(supposed)


@pytest.mark.parametrize("id", sorted(IN_WORDS))
def test_what_is_said_in_words_is_copied_as_text(id):
    shown = [line for line in copied(id)["LaTeX"].splitlines() if not line.startswith("%")]
    assert " ".join(shown) == prose(" ".join(ENTRIES[id].says.split()))


@pytest.mark.sampled(8)
@pytest.mark.parametrize("id", VALUES)
def test_a_program_for_sympy_computes_the_result_and_what_it_was_derived_from(id):
    given, spot, wanted = place_of(id)
    space, numbers = run(copied(id)["SymPy"]), values(id, given, spot)
    assert value(space["rhs"], space, *numbers) == pytest.approx(wanted, **NEAR)
    if id in DERIVED and (found := value(space["lhs"], space, *numbers)) is not None:
        assert found == pytest.approx(wanted, **NEAR)


@pytest.mark.sampled(8)
@pytest.mark.parametrize("id", VALUES)
def test_a_program_for_numpy_computes_the_result(id):
    if "NumPy" in (found := copied(id)):
        given, spot, wanted = place_of(id)
        found = np.asarray(run(found["NumPy"])[id.replace(".", "_")](**given))
        assert found[spot] == pytest.approx(wanted, **NEAR)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("id", TWENTY)
def test_a_program_runs_where_the_package_is_not(id, tmp_path):
    given, spot, wanted = place_of(id)
    scalars, vectors = values(id, given, spot)
    told = {"scalars": scalars, "vectors": {name: array.tolist() for name, array in vectors.items()}, "numpy": {
        name: np.asarray(array).tolist() for name, array in given.items()}, "spot": spot}  # fmt: skip
    (tmp_path / "in_sympy.py").write_text(copied(id)["SymPy"], "utf-8")
    (tmp_path / "in_numpy.py").write_text(copied(id)["NumPy"], "utf-8")
    (tmp_path / "both.py").write_text(BOTH.format(function=id.replace(".", "_")), "utf-8")
    done = subprocess.run([sys.executable, "-I", "both.py", json.dumps(told)], cwd=tmp_path, capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert json.loads(done.stdout) == pytest.approx([wanted, wanted], **NEAR)


@pytest.mark.parametrize("id", ["softmax.gradient", "squared_error.hessian", "sigmoid.symmetry"])
def test_a_program_of_sympy_says_when_the_result_holds(id):
    (program,) = (copy.text for copy in texts_of(ENTRIES[id]) if copy.name == "SymPy")
    supposed = getattr(ENTRIES[id], "hypotheses", ())
    assert all(" ".join(one.words.split()) in program for one in supposed)
    assert ("# holds if " in program) == bool(supposed)


FIRST = re.compile(r"^# In numbers: (rhs\.subs\(\{.+\}\)\.doit\(\)) first((?:, then .+)+)$", re.MULTILINE)
THEN = re.compile(r", then another \.subs for the entries of (\w+(?: and \w+)*)")


def in_numbers(id, program, space):
    """What is called first, with the sizes and the indices of a place in the result, what each further call puts in,
    and the value there.
    """
    given, spot, wanted = place_of(id)
    scalars, vectors = values(id, given, spot)
    first, then = FIRST.search(program).groups()
    first = re.sub(r"(\w+): \d+", lambda pair: f"{pair[1]}: {scalars[pair[1]]}", first)
    calls = [{space[name]: number for name, number in scalars.items() if isinstance(space.get(name), sympy.Symbol)}]
    for names in THEN.findall(then):
        each = {name: vectors[space[name].label.name] for name in names.split(" and ")}
        calls.append({space[name][tuple(place + 1 for place in places)]: number.item()
                      for name, array in each.items() for places, number in np.ndenumerate(array)})  # fmt: skip
    assert len(calls) > 1
    return first, calls, wanted


def test_many_programs_of_sympy_say_how_numbers_are_put_in():
    told = [id for id in VALUES if FIRST.search(sympy_code(ENTRIES[id]))]
    assert len(told) > 100 and {"softmax.gradient", "softmax_regression.hessian"} <= {*told}
    assert "sigmoid.symmetry" not in told  # it has neither sizes nor vectors


@pytest.mark.sampled(8)
@pytest.mark.parametrize("id", VALUES)
def test_numbers_put_in_as_a_program_of_sympy_says_give_its_value(id):
    program = sympy_code(ENTRIES[id])
    if not FIRST.search(program):
        return
    space = run(program)
    first, calls, wanted = in_numbers(id, program, space)
    found = eval(first, space)
    for put in calls:
        found = found.subs(put)
    found = found.doit()
    assert not found.free_symbols and float(found.evalf(30)) == pytest.approx(wanted, **NEAR)


def test_numbers_put_in_by_one_call_are_not_all_there():
    """This is why the programs say so: SymPy passes over an entry whose index is still a letter."""
    program = sympy_code(ENTRIES["softmax.gradient"])
    space = run(program)
    first, calls, _ = in_numbers("softmax.gradient", program, space)
    together = first.replace("{", "{**entries, ")
    assert eval(together, space | {"entries": calls[-1]}).free_symbols
