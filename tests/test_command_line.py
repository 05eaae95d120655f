"""The command line, called as a person calls it."""

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sympy

from derivations import __main__ as command_line, catalogue as catalogue_module, program
from derivations.__main__ import main
from derivations.catalogue import CHAPTERS, catalogue, chapter, published, used_by, uses
from derivations.checking import check
from derivations.engine.terms import RuleDoesNotApply
from derivations.search_words import WORDS
from derivations.writing.options import EXAMPLES
from derivations.writing.typeset import plain, statement

PROJECT = Path(__file__).parent.parent
ENTRIES = list(catalogue().values())


def run(*arguments, cwd=PROJECT, **more):
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"} | more
    return subprocess.run([sys.executable, *arguments], cwd=cwd, **more)


def printed(capsys, *arguments, code=0):
    assert main(list(arguments)) == code
    return capsys.readouterr().out


@pytest.fixture
def found_at_once(monkeypatch):
    """Checks that find everything verified at once; checking/ has tests that check in earnest."""

    def found(entry):
        return check.Check(entry.id, check.VERIFIED, len(entry.steps), 1, ((1, 1),), 48, 0)

    monkeypatch.setattr(check, "check", found)


# What it lists


def test_without_an_id_it_lists_every_result_one_a_line_below_the_line_of_its_chapter(capsys):
    lines = iter(printed(capsys).splitlines())
    for name in CHAPTERS:
        assert next(lines) == "# " + chapter(name).__doc__.splitlines()[0]
        for entry in published(name):
            line = next(lines)
            assert line.startswith(entry.id + " ") and line.endswith(statement(entry, plain))
    assert list(lines) == []


def test_it_lists_the_chapters_with_a_line_each(capsys):
    lines = printed(capsys, "--chapters").splitlines()
    assert [line.split()[0] for line in lines] == list(CHAPTERS)
    assert all(line.endswith(chapter(name).__doc__.splitlines()[0]) for name, line in zip(CHAPTERS, lines, strict=True))


@pytest.mark.parametrize("words", [["hessian", "softmax"], ["HESSIAN Softmax"], ["smoothed", "label"]])
def test_a_search_finds_what_has_every_word_in_its_id_title_meaning_or_other_words(words, capsys):
    found = [line.split()[0] for line in printed(capsys, "--search", *words).splitlines()]
    wanted = " ".join(words).lower().split()
    for id, entry in catalogue().items():
        other = " ".join(WORDS.get(id, ()))
        text = f"{id} {entry.title} {getattr(entry, 'meaning', '')} {getattr(entry, 'says', '')} {other}".lower()
        assert (id in found) == all(word in text for word in wanted), id


@pytest.mark.parametrize(("query", "rule"), [("kronecker", "sift_kronecker_delta"),
                                             ("linearity of the sum", "linearity_of_sum")])  # fmt: skip
def test_words_of_a_rule_find_what_uses_it(query, rule, capsys):
    using = [id for id, entry in catalogue().items() if rule in {step.rule for step in entry.steps}]
    found = [line.split()[0] for line in printed(capsys, "--search", *query.split()).splitlines()]
    assert len(using) > 20 and {*using} <= {*found} and len(found) < len(using) + 10


@pytest.mark.parametrize(("typed", "meant"), [("softmx", "softmax"), ("softplsu", "softplus"),
                                              ("croos entrpy", "cross entropy"), ("xyzzy", None)])  # fmt: skip
def test_what_was_mistyped_is_told_how_it_may_be_spelt(typed, meant, capsys):
    assert main(["--search", *typed.split()]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.endswith(f"; nearest: {meant}\n" if meant else f": {typed}\n")


def test_the_key_of_the_whole_work_is_cited_as_the_work(capsys):
    key = re.search(r"@\w+\{(\S+),", whole := printed(capsys, "--cite"))[1]
    assert printed(capsys, key, "--cite") == whole


def test_a_search_goes_with_ids_and_with_a_form(capsys):
    assert printed(capsys, "softmax", "--search", "jacobian", "--latex").startswith("% softmax.jacobian")
    assert main(["bernoulli", "--search", "jacobian"]) == 1
    assert capsys.readouterr().err == "nothing has all of these in its id, title, meaning or other words: jacobian\n"


def test_where_nothing_has_all_words_what_has_most_of_them_is_shown(capsys):
    assert main(["--search", "nll", "loss", "pytorch"]) == 0
    said = capsys.readouterr()
    assert said.err == ("nothing has all of these in its id, title, meaning or other words: nll loss pytorch; "
                        "what has most of them:\n")  # fmt: skip
    found = [line.split()[0] for line in said.out.splitlines()]
    assert "categorical.negative_log_likelihood" in found and len(found) <= 12
    assert main(["--search", "pytorch"]) == main(["--search", "xyzzy", "plugh"]) == 1


@pytest.mark.parametrize(("query", "id"), [
    ("p - y", "softmax.gradient"), ("log(sum(exp", "softmax.log_sum_exp"), ("sum p log p", "cross_entropy.entropy"),
    ("softmax(z) - y", "softmax.gradient"), ("linearity of derivative", "softmax.gradient"),
    ("BCE", "bernoulli.cross_entropy"), ("every class has a positive probability", "categorical.score")])  # fmt: skip
def test_a_search_finds_by_formula_rule_condition_and_other_words(query, id, capsys):
    found = [line.split()[0] for line in printed(capsys, "--search", query).splitlines()]
    assert id in found and len(found) < len(ENTRIES) / 3


@pytest.mark.parametrize(("query", "id"), [
    ("p - y", "sigmoid.gradient"), ("softmax jacobian", "softmax.jacobian"), ("dp/dz = p(1-p)", "sigmoid.derivative"),
    ("log(p/(1-p)) = z", "sigmoid.logit"), ("perplexity = exp(H)", "cross_entropy.perplexity"),
    ("cross entropy > entropy", "cross_entropy.minimum"), ("Theorem softmax_gradient", "softmax.gradient"),
    ("softmax_gradient_derived", "softmax.gradient"), ("cross entropy", "cross_entropy.cross_entropy"),
    ("entropy of the uniform distribution", "entropy.uniform"), ("logits vs probabilities", "softmax.probability"),
    ("maximum likelihood equals minimum cross entropy", "cross_entropy.mean_nll"),
    ("minimize KL", "cross_entropy.decomposition"), ("bits vs nats", "cross_entropy.base_change"),
    ("negative log likelihood vs cross entropy", "cross_entropy.mean_nll"),
    ("numerical stability of softmax", "numerics.log_softmax"), ("d/dz sigmoid(z)", "sigmoid.derivative"),
    ("gradient of BCE with respect to the weights", "logistic_regression.gradient")])  # fmt: skip
def test_what_is_most_like_a_query_stands_first(query, id, capsys):
    assert printed(capsys, "--search", query).split()[0] == id


@pytest.mark.parametrize(("id", "now"), [
    ("softmax.gradient_bounds", "softmax.gradient_upper_bound"),
    ("numerics.gradient_by_label", "numerics.gradient_beside")])  # fmt: skip
def test_a_search_finds_by_an_id_of_the_past(id, now, capsys):
    assert [line.split()[0] for line in printed(capsys, "--search", id).splitlines()] == [now]


def test_it_lists_what_uses_an_entry_and_what_it_uses_with_the_steps_and_the_titles(capsys):
    tables = {"--used-by": used_by("softmax.jacobian"), "--uses": uses(catalogue()["softmax.jacobian"])}
    for option, table in tables.items():
        lines = printed(capsys, "softmax.jacobian", option).splitlines()
        assert len(lines) == len(table) > 1
        for line, (id, numbers) in zip(lines, table.items(), strict=True):
            assert line.startswith(id + " ") and line.endswith(catalogue()[id].title)
            steps = re.search(r"  steps? ([\d, ]+)  ", line)
            assert (int(number) for number in steps[1].split(",")) if steps else numbers == (0,)
            assert ("statement" in line) == (0 in numbers)


def test_the_tables_of_several_entries_name_them(capsys):
    lines = printed(capsys, "softmax.jacobian", "softmax.hessian", "--used-by").splitlines()
    assert [line for line in lines if line.startswith("#")][0] == "# softmax.jacobian is used by"


# What it prints of an entry


def test_one_id_prints_the_chain_with_a_relation_an_expression_and_a_reason_a_line(capsys):
    said = printed(capsys, "bernoulli.score")
    for step in catalogue()["bernoulli.score"].steps:
        assert f"  = {plain(step.expression)}\n" in said
        assert step.because in said and step.rule in said
    assert "holds if no probability is 0 or 1: 0 < pᵢ < 1" in said
    assert "[interior probabilities]" in said


def test_several_ids_and_chapters_print_in_the_order_asked_for(capsys):
    said = printed(capsys, "softmax.gradient", "bernoulli.score", "sigmoid", "softmax.gradient")
    heads = [line.partition(": ")[0] for line in said.splitlines() if line[:1].strip()]
    assert heads == ["softmax.gradient", "bernoulli.score", *(entry.id for entry in published("sigmoid"))]


def test_a_definition_prints_its_meaning(capsys):
    assert "definition: the probability of class k" in printed(capsys, "softmax.probability")


def test_latex(capsys):
    assert printed(capsys, "softmax.gradient", "--latex").startswith("% softmax.gradient\n% holds if ")


# How it looks


def stays_ascii(capsys, *arguments):
    before, said = printed(capsys, *arguments), printed(capsys, *arguments, "--ascii")
    same_marks = said.count("?") == before.count("?") and said.count("\n") == before.count("\n")
    return said.isascii() and same_marks and ("--latex" in arguments or not before.isascii())


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.parametrize("form", [(), ("--latex",)], ids=["text", "latex"])
def test_ascii_leaves_nothing_else_of_a_chapter(name, form, capsys):
    assert stays_ascii(capsys, name, *form)


def test_ascii_leaves_nothing_else(capsys):
    assert stays_ascii(capsys)
    assert printed(capsys, "softmax.gradient", "--json", "--no-check", "--ascii").isascii()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_what_cannot_show_unicode_gets_ascii(encoding):
    done = run("-m", "derivations", "softmax.gradient", "--check", "softmax.jacobian",
               env=os.environ | {"PYTHONIOENCODING": encoding})
    assert done.returncode == 0 and done.stderr == ""
    done = run("-m", "derivations", "softmax.gradient", env=os.environ | {"PYTHONIOENCODING": encoding})
    assert done.returncode == 0 and "d/dz_m H(y, p) = p_m - y_m" in done.stdout


# How it is called


def test_an_id_may_stand_after_cite(capsys):
    for id in ("softmax.gradient", "any_loss.focal"):
        assert printed(capsys, "--cite", id) == printed(capsys, id, "--cite") != printed(capsys, "--cite")
    assert printed(capsys, "--cite", "csl", "softmax.gradient") == printed(capsys, "softmax.gradient", "--cite", "csl")


def test_a_formula_that_is_searched_for_may_begin_with_a_minus(capsys):
    assert printed(capsys, "--search", "-log(p_c)") == printed(capsys, "--search=-log(p_c)")
    assert printed(capsys, "--search", "-log(p_c)", "--ascii").isascii()


# Checks and JSON


def test_check_prints_a_line_an_entry_and_once_what_holds_for_all(capsys):
    lines = printed(capsys, "softmax.gradient", "bernoulli.score", "--check").splitlines()
    assert re.fullmatch(r"softmax\.gradient  verified     8 steps   \d\d points   \d\d digits", lines[0])
    assert re.fullmatch(r"bernoulli\.score   verified     9 steps   \d\d points   \d\d digits", lines[1])
    assert lines[2].startswith("sizes (n, K, d, M), where the hypotheses allow: (1, 1, 1, 1), ")
    assert lines[2].endswith(f"; seed {check.SEED}")
    (total,) = lines[3:]
    assert re.fullmatch(r"2 derivations, 17 steps, \d{3} points: 2 verified, 0 refuted, 0 undecided", total)


def test_verbose_says_all_of_it_for_every_entry(capsys):
    said = printed(capsys, "softmax.gradient", "--check", "--verbose")
    assert re.search(r"softmax\.gradient: verified; 8 steps at \d\d points, sizes \(n, K\) = \(1, 1\), \(1, 2\)", said)
    assert re.search(r"1 derivation, 8 steps, \d\d points: 1 verified, 0 refuted, 0 undecided\n$", said)


def test_the_lines_of_a_check_of_everything_fit_a_terminal(found_at_once, capsys):
    *lines, _, totals = printed(capsys, "--check").splitlines()
    checked = [entry for entry in ENTRIES if entry.kind in ("derivation", "counterexample")]
    assert [line.split()[0] for line in lines] == [entry.id for entry in checked]
    assert totals.endswith(f" points: {len(checked)} verified, 0 refuted, 0 undecided")
    assert max(map(len, lines)) <= 104


@pytest.mark.parametrize("outcome", ["refuted", "undecided"])
def test_a_failed_check_is_told_in_full_and_an_exit_code(outcome, monkeypatch, capsys):
    failure = "step 2 (distribute) of softmax.gradient is not what it should be at k = 2 " * 3
    failed = check.Check("softmax.gradient", outcome, 8, 1, ((1, 1),), 0, 0, failure)
    monkeypatch.setattr(check, "check", lambda entry: failed)
    assert f"  {failure}\n" in printed(capsys, "softmax.gradient", "--check", code=1)
    (said,) = json.loads(printed(capsys, "softmax.gradient", "--json", code=1))
    assert said["check"]["outcome"] == outcome and said["check"]["failure"] == failure


def test_json_has_everything_and_can_be_read_back(capsys):
    (said,) = json.loads(printed(capsys, "bernoulli.score", "--json"))
    entry = catalogue()["bernoulli.score"]
    assert (said["id"], said["kind"], said["title"]) == ("bernoulli.score", "derivation", "Bernoulli score")
    assert [step["rule"] for step in said["steps"]] == [step.rule for step in entry.steps]
    assert all(step["law"] and step["because"] and step["latex"] for step in said["steps"])
    assert {h["name"] for h in said["hypotheses"]} == {h.name for h in entry.hypotheses}
    assert said["check"]["outcome"] == "verified"
    assert sympy.sympify(eval(said["result"]["srepr"], vars(sympy))) == entry.result


@pytest.mark.parametrize("form", ["--check", "--json", "--exact"])
def test_what_needs_flint_says_so(form, monkeypatch, capsys):
    for name in [name for name in sys.modules if name.startswith("derivations.checking")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "flint", None)
    assert main(["softmax.gradient", form]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert "pip install '.[check]'" in said.err
    assert json.loads(printed(capsys, "softmax.gradient", "--json", "--no-check"))[0]["check"] is None


# What goes wrong


@pytest.mark.parametrize("option", ["--help", "--version", "--bogus", "--no-check", "--uses", "--verbose"])
def test_it_answers_before_sympy_is_imported(option):
    called = "import sys; from derivations import __main__ as c\ntry: c.run(sys.argv[1:])"
    done = run("-c", f"{called}\nfinally: assert 'sympy' not in sys.modules", option)
    assert done.returncode == (0 if option in ("--help", "--version") else 2)
    assert "Traceback" not in done.stderr and (done.stdout or done.stderr)


def test_the_examples_of_the_help_can_be_called(found_at_once, capsys):
    examples = re.findall(r"^  %\(prog\)s(.*?)(?:   .*)?$", EXAMPLES, re.MULTILINE)
    for example in examples:
        assert printed(capsys, *shlex.split(example)), example


def test_an_unknown_id_gives_one_line_with_the_nearest_and_code_2(capsys):
    assert main(["bernouli.scor", "softmax.gradient"]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "bernoulli.score" in said.err


def test_a_long_id_is_an_unknown_one_and_a_pasted_one_is_known(capsys):
    assert main(["x" * 300]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "unknown id" in said.err
    assert printed(capsys, "softmax.gradient\n") == printed(capsys, "softmax.gradient")


@pytest.mark.parametrize("pasted", [
    "SOFTMAX.GRADIENT", " softmax.gradient ", "r/softmax.gradient.html", "softmax.html#softmax.gradient",
    "https://example.org/book/r/softmax.gradient.html"])  # fmt: skip
def test_an_id_is_known_in_capitals_and_by_the_address_of_its_page(pasted, capsys):
    assert printed(capsys, pasted) == printed(capsys, "softmax.gradient")
    assert printed(capsys, pasted, "--cite") == printed(capsys, "softmax.gradient", "--cite")


def test_a_withdrawn_id_is_not_cited_and_says_since_when(capsys):
    assert main(["numerics.gradient_by_label", "--cite"]) == 2
    out, told = capsys.readouterr()
    assert out == "" and "Instead: numerics.gradient_beside." in told and "withdrawn before version" in told


def test_nothing_near_says_where_to_look(capsys):
    assert main(["qqq"]) == 2
    assert "lists them all" in capsys.readouterr().err


def test_a_former_id_works_and_says_the_new_one(monkeypatch, capsys):
    monkeypatch.setitem(catalogue_module.RENAMED, "softmax.slope", "softmax.gradient")
    assert main(["softmax.slope"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("softmax.gradient: ")
    assert said.err == "note: softmax.slope is now called softmax.gradient\n"


@pytest.mark.parametrize(
    ("wrong", "code", "line"),
    [
        (RuleDoesNotApply("softmax.x, step 2:\n no bracket"), 1, "error: softmax.x, step 2: no bracket\n"),
        (ValueError("softmax.x: it names the index i"), 1, "error: softmax.x: it names the index i\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (OSError(28, "No space left on device"), 1, "error: No space left on device\n"),
        (BrokenPipeError(), 0, ""),
    ],
)
def test_what_goes_wrong_is_one_line_and_an_exit_code(wrong, code, line, monkeypatch, capsys):
    def fails(arguments):
        raise wrong

    monkeypatch.setattr(command_line, "main", fails)
    monkeypatch.setattr(program, "_given_up", lambda code: code)
    with pytest.raises(SystemExit) as ended:
        command_line.run([])
    assert ended.value.code == code and capsys.readouterr().err == line


def test_a_rule_that_does_not_apply_is_a_line(monkeypatch, capsys):
    entry = catalogue()["softmax.gradient"]
    broken_entry = replace(entry).by(entry.steps.made[0] and _refuses, because="it does not")
    monkeypatch.setattr(chapter("softmax"), "gradient", broken_entry)
    with pytest.raises(SystemExit) as ended:
        command_line.run(["softmax.gradient"])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "error: softmax.gradient, step 9 (_refuses): found nothing to refuse\n"


def _refuses(expression):
    """There is no such law."""
    raise RuleDoesNotApply("found nothing to refuse")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["softmax.gradient"], []])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_a_line(arguments, unbuffered):
    with open("/dev/full", "w", encoding="utf-8") as full:
        environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        done = run("-m", "derivations", *arguments, stdout=full, env=environment)
    assert done.returncode == 1 and done.stderr == "error: No space left on device\n"


def test_a_reader_who_has_seen_enough_is_no_error():
    command = [sys.executable, "-m", "derivations"]
    listing = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    listing.stdout.close()
    assert listing.stderr.read() == b"" and listing.wait() == 0
    listing.stderr.close()


@pytest.mark.parametrize(("name", "as_module"), [*((name, False) for name in CHAPTERS), ("softmax", True)])
@pytest.mark.sampled(4)
def test_a_chapter_prints_itself_from_anywhere(name, as_module, tmp_path):
    call = ["-m", f"derivations.{name}"] if as_module else [str(PROJECT / "derivations" / f"{name}.py")]
    done = run(*call, cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    heads = [line.partition(": ")[0] for line in done.stdout.splitlines() if line[:1].strip()]
    assert heads == [entry.id for entry in published(name)]
