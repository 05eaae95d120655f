"""The page of all results: every entry is there, and each choice leaves what it says."""

import re
from urllib.parse import urlencode

import pytest
from pages import DESK, PHONE, Page

from derivations.catalogue import CHAPTERS, catalogue, chapter, led_here
from derivations.engine.entries import Counterexample, Theorem
from derivations.proving.ledger import is_proved
from derivations.search_words import WORDS
from derivations.site.results_index import results_index, state_of
from derivations.writing.asked import rows_of
from derivations.writing.typeset import plain, statement

pytestmark = pytest.mark.browser

HEAVIEST = 65 * len(catalogue())  # bytes over the wire, of the page alone: so many for each line of the list
SHOWN = """[...document.querySelectorAll('#results li')].filter((line) => line.checkVisibility())
    .map((line) => line.querySelector('a').hash.slice(1))"""


@pytest.fixture
def choose(visit):
    """Opens the page with a choice in its address, and gives the ids that are shown and what the count says."""

    def choose(**wanted):
        page = visit(f"results.html?{urlencode(wanted)}")
        return page.evaluate(SHOWN), page.locator("#choose output").inner_text()

    return choose


def test_every_entry_stands_there_once_with_its_statement_and_a_link():
    text = results_index()
    assert re.findall(r'<li[^>]*><a href="(\w+)\.html#([\w.]+)">', text) == [
        (id.partition(".")[0], id) for id in catalogue()]  # fmt: skip
    assert re.findall(r'</b> <a href="r/([\w.]+)\.html">([\w.]+)</a>', text) == [(id, id) for id in catalogue()]
    stated = [re.sub("<[^>]*>", "", line).replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'")
              .replace("&quot;", '"').replace("&amp;", "&") for line in re.findall("<b>(.*?)</b>", text)]  # fmt: skip
    assert stated == [statement(entry, plain) for entry in catalogue().values()]


def test_proved_is_what_is_proved_and_what_is_stated_only_has_no_state():
    for entry in catalogue().values():
        assert (state_of(entry) == "Proved") == (entry.kind != "definition" and is_proved(entry)), entry.id
        assert bool(state_of(entry)) or entry.kind == "definition" or isinstance(entry, Theorem), entry.id


def test_without_a_choice_all_are_shown(choose):
    assert choose() == ([*catalogue()], f"{len(catalogue())} of {len(catalogue())}")


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.sampled(1)
def test_a_chapter(choose, name):
    assert choose(chapter=name)[0] == [id for id in catalogue() if id.startswith(f"{name}.")]


def test_a_kind_a_state_a_condition_and_a_symbol(choose):
    entries = catalogue().values()
    assert choose(kind="False claim")[0] == [entry.id for entry in entries if isinstance(entry, Counterexample)]
    proved = {entry.id for entry in entries if entry.kind != "definition" and is_proved(entry)}
    assert {*choose(state="Proved")[0]} == proved
    given = {entry.id: (*getattr(entry, "hypotheses", ()), *getattr(entry, "conditions", ())) for entry in entries}
    needing = [id for id, every in given.items() if "labels sum to 1" in {one.name for one in every}]
    assert len(needing) > 5 and choose(needs="labels sum to 1")[0] == needing
    with_sigma = [entry.id for entry in entries if entry.kind != "theorem" and "σ(" in statement(entry, plain)]
    assert len(with_sigma) > 5 and {*with_sigma} <= {*choose(symbol="σ")[0]}
    assert not [id for id in choose(symbol="λ")[0] if "λ" not in statement(catalogue()[id], plain)]


@pytest.mark.parametrize(("text", "id"), [
    ("p - y", "softmax.gradient"), ("log(1 + e^z)", "sigmoid.softplus"), ("JACOBIAN softmax", "softmax.jacobian"),
    ("softmax.two_routes", "softmax.two_routes")])  # fmt: skip
def test_words_an_id_and_a_formula(choose, text, id):
    shown, count = choose(text=text)
    assert id in shown and len(shown) < 100 and count == f"{len(shown)} of {len(catalogue())}"


@pytest.mark.parametrize(("text", "first"), [
    ("p - y", {"softmax.gradient", "sigmoid.gradient"}), ("log(sum(exp", {"softmax.log_sum_exp"}),
    ("1/(1+exp(-z))", {"sigmoid.sigmoid"}), ("diag(p) - pp^T", {"softmax.jacobian"}),
    ("softmax.gradient_bounds", {"softmax.gradient_upper_bound"}),
    ("numerics.gradient_by_label", {"numerics.gradient_beside"})])  # fmt: skip
def test_what_states_it_or_was_called_so_comes_first(choose, text, first):
    shown, _ = choose(text=text)
    assert shown[0] in first and len(shown) < 100


def test_a_greek_name_finds_what_has_the_letter(choose):
    shown, _ = choose(text="sigma")
    assert "sigmoid.sigmoid" in shown and all("σ" in statement(catalogue()[id], plain) or any(
        "σ" in row for row in rows_of(catalogue()[id], WORDS.get(id, ()))) for id in shown)  # fmt: skip


@pytest.mark.parametrize("text", ["by_hypothesis", "Differentiate sum"])
def test_a_rule_finds_what_uses_it(choose, text):
    rule = text.lower().replace(" ", "_")
    using = [entry.id for entry in catalogue().values() if rule in {step.rule for step in entry.steps}]
    shown, _ = choose(text=text)
    assert using and {*using} <= {*shown} and len(shown) < len(using) + 10


@pytest.mark.parametrize(("text", "rule"), [("kronecker", "sift_kronecker_delta"),
                                            ("linearity of the sum", "linearity_of_sum")])  # fmt: skip
def test_words_of_a_rule_find_all_that_uses_it(choose, text, rule):
    using = [entry.id for entry in catalogue().values() if rule in {step.rule for step in entry.steps}]
    shown, _ = choose(text=text)
    assert len(using) > 20 and set(using) <= {*shown} and len(shown) < len(using) + 10


def test_a_word_that_many_lines_have_finds_no_rule(choose):
    shown, _ = choose(text="sum")
    said = {id: statement(catalogue()[id], plain) for id in shown}
    words = {id: " ".join((id, *led_here(id), catalogue()[id].title, said[id], *WORDS.get(id, ()))) for id in shown}
    assert shown and [id for id in shown if "sum" not in words[id].lower() and "∑" not in said[id]] == []


def test_without_a_formula_the_reading_order_is_back(visit):
    page = visit("results.html?text=p+-+y")
    assert page.evaluate(SHOWN)[0] != next(id for id in catalogue() if id in page.evaluate(SHOWN))
    page.get_by_label("Words or a formula").fill("")
    assert page.evaluate(SHOWN) == [*catalogue()]


def test_by_keyboard_and_the_address_keeps_the_choice(visit):
    page = visit("results.html")
    page.get_by_label("Words or a formula").focus()
    page.keyboard.type("gradient")
    page.keyboard.press("Tab")
    page.keyboard.type("Softmax")  # a list of choices goes to what is typed
    shown = page.evaluate(SHOWN)
    said = {id: " ".join((id, catalogue()[id].title, *WORDS.get(id, ()))).lower() for id in shown}
    assert shown and all(id.startswith("softmax.") and "gradient" in words for id, words in said.items())
    assert page.evaluate("location.search") == "?text=gradient&chapter=softmax"
    assert page.locator("#choose [role=status]").inner_text() == f"{len(shown)} of {len(catalogue())} results"
    page.reload()
    assert page.evaluate(SHOWN) == shown
    page.get_by_role("button", name="Show all").press("Enter")
    page.wait_for_function("location.search === ''")
    assert page.evaluate(SHOWN) == [*catalogue()]


def test_nothing_fits_and_an_unknown_choice_is_none(choose):
    assert choose(text="no such thing") == ([], f"0 of {len(catalogue())}")
    assert choose(chapter="no_such_chapter")[0] == [*catalogue()]


def test_without_a_script_it_is_the_plain_list(visit):
    page = visit("results.html", java_script_enabled=False)
    assert page.locator("#results li").count() == len(catalogue())
    assert not page.locator("#choose").is_visible()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_wider_than_the_page(visit, viewport):
    page = visit("results.html", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_page_is_light(built_site):
    import gzip

    page = built_site / "results.html"
    assert len(gzip.compress(page.read_bytes(), 9)) <= HEAVIEST
    assert len([tag for tag, _ in Page(page).elements if tag == "math"]) == 0


def test_a_chapter_is_named_in_few_words():
    """The first line of its file begins with its name, up to a colon."""
    for name in CHAPTERS:
        assert len((chapter(name).__doc__ or "").partition(":")[0]) < 50, name
    assert "&amp;#" not in results_index()
