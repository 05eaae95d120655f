"""The figures: what they compute, in Python and in a browser, and that they stand still without JavaScript."""

import itertools
import math
import re

import numpy
import pytest
from pages import PROJECT, Page

from derivations.site.figures import FIGURES
from derivations.site.figures.compute import NUMBER, computed, rows, said
from derivations.site.figures.drawing import still
from derivations.site.figures.parts import Choice, Numbers, Preset, Simplex, Unguarded

SHOWN = {
    name: page.stem
    for page in sorted((PROJECT / "docs").glob("*.md"))
    for name in re.findall(r"^\{\{ figure (\S+) \}\}$", page.read_text(encoding="utf-8"), re.MULTILINE)
}


def ends(control):
    """The ends of what a control can be set to, and where it opens."""
    match control:
        case Numbers(labels=()):
            return [control.low, control.high, control.start[0]]
        case Numbers():
            values = itertools.product((control.low, control.high), repeat=len(control.start))
            return [*map(list, values), list(control.start)] if len(control.start) < 6 else [list(control.start)]
        case Simplex():
            size, least = len(control.start), control.least
            corners = [[1 - least * (size - 1) if i == j else least for i in range(size)] for j in range(size)]
            return [*corners, list(control.start)]
        case Choice():
            return list(control.options.values())
    return [[0] * len(control.start), [1] * len(control.start), list(control.start)]


def numbers(found):
    for name, value in found.items():
        for number in flat(value):
            if not isinstance(number, str):
                yield name, number


def flat(value):
    return [number for part in value for number in flat(part)] if isinstance(value, list | tuple) else [value]


def test_every_figure_is_shown_on_one_page():
    shown = [name for page in (PROJECT / "docs").glob("*.md")
             for name in re.findall(r"\{\{ figure (\S+) \}\}", page.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(FIGURES)


def test_every_figure_has_a_link_to_itself(built_site):
    for name, address in SHOWN.items():
        page = Page(built_site / f"{address}.html")
        assert ("a", f"#figure-{name}") in page.attributes("href")
        assert ("figure", f"figure-{name}") in page.attributes("id")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_computes_wherever_its_controls_can_go(name):
    figure = FIGURES[name]
    infinite = {(math.inf, step.name) for step in figure.steps if isinstance(step, Unguarded)}
    settings = list(itertools.islice(itertools.product(*map(ends, figure.controls)), 400))
    assert len(settings) > 1
    for setting in settings:
        found = computed(figure, dict(zip((control.name for control in figure.controls), setting)))
        for where, number in numbers(found):
            assert math.isfinite(number) or (number, where) in infinite, f"{where} at {setting}"


@pytest.mark.parametrize("name", FIGURES)
def test_the_address_of_a_setting_is_nothing_to_the_search(name):
    """A page opened with q or h in its address is searched for it, or has it marked: the theme does that."""
    assert not {"q", "h", "figure"} & {control.name for control in FIGURES[name].controls}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_says_what_to_notice_and_has_its_numbers_as_text_and_table(name):
    figure = FIGURES[name]
    found = computed(figure, figure.start())
    assert figure.notice and figure.described and len(figure.table) > 1
    assert NUMBER.search(figure.reading), "the sentence below the chart has no live number"
    assert len({len(found[column.of]) for column in figure.table}) == 1, "the columns of the table differ in length"
    assert "{" not in NUMBER.sub("", figure.reading), "a number in the sentence is not well formed"


@pytest.mark.parametrize("number, places, text", [
    (0.40761, 3, "0.408"), (-1e-13, 2, "0.00"), (-1.5, 1, "−1.5"), (1.234e-9, None, "1.2 × 10⁻⁹"),
    (0.0123, None, "0.0123"), (0.03125, None, "0.0313"), (0.0625, 3, "0.063"), (-2.5, 0, "−3"), (0.1, None, "0.1"),
    (0.99966, None, "0.99966"), (0.99966, 3, "0.99966"), (0.9996, 3, "0.99960"), (-0.99966, 3, "−0.99966"),
    (0.0003, 3, "3.0 × 10⁻⁴"), (0.004, 2, "0.004"), (1 - 1e-15, 3, "1.000"), (1 - 1e-15, None, "1"),
    (1e-17, 3, "0.000"), (9999.6, None, "10000"), (math.inf, 3, "infinite"), (math.inf, None, "infinite"),
])
def test_numbers_are_said_as_on_paper(number, places, text):
    assert said(number, places) == text


@pytest.mark.parametrize("name, state, where", [
    ("softmax-jacobian", {"z": [6, 0, -1]}, ("by_1", "by_2", "by_3")),
    ("floor-and-gap", {"outcomes": [0.5, 0.3, 0.2], "model": [0.51, 0.29, 0.2]}, ("gap", "other_gap")),
])
def test_a_chart_does_not_tell_0_of_what_is_not(name, state, where):
    found = computed(FIGURES[name], state)
    drawn = still(FIGURES[name], rows(FIGURES[name], found))
    values = [value for part in where for value in flat(found[part])]
    assert min(map(abs, values)) < 0.0005
    assert [text for text in map(said, values) if f">{text}<" not in drawn and f" {text} " not in drawn] == []


def test_the_squared_error_that_is_drawn_has_the_slope_that_the_catalogue_derives():
    found = computed(FIGURES["sigmoid-losses"], FIGURES["sigmoid-losses"].start())
    drawn, slopes, z = (found[f"{name}axis"] for name in ("squared_", "squared_slope_", ""))
    differences = [(right - left) / (after - before) for left, right, before, after
                   in zip(drawn, drawn[2:], z, z[2:], strict=False)]
    assert differences == pytest.approx(slopes[1:-1], abs=5e-4) and min(slopes) < -0.1


def test_the_naive_loss_is_infinite_where_one_minus_the_sigmoid_is_rounded_to_0_and_nowhere_else():
    figure = FIGURES["numerics-naive"]
    found = computed(figure, figure.start())
    with numpy.errstate(divide="ignore"):
        expected = -numpy.log(1 - 1 / (1 + numpy.exp(-numpy.array(found["axis"]))))
    assert found["naive_axis"] == pytest.approx(expected.tolist(), rel=1e-12, abs=0)
    first = next(z for z, loss in zip(found["axis"], found["naive_axis"]) if loss == math.inf)
    assert first == 36.75 and math.inf not in found["stable_axis"]
    drawn = [row for row in rows(figure, found)["curves"] if row["naive"] is None]
    assert [row["z"] for row in drawn] == [z for z in found["axis"] if z >= first]


# ---- In a browser ----


def spans(page, name):
    """Which numbers a figure shows, and how: (where it comes from, how many places, its text)."""
    return page.locator(f"#figure-{name} [data-value]").evaluate_all(
        "all => all.map(span => [span.dataset.value, span.dataset.places, span.textContent])"
    )


def state_of(figure, page):
    """The state that the address of the page tells, as a teacher's link would."""
    setting = page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    state = {}
    for control in figure.controls:
        values = [float(text) for text in setting[control.name].split(",")]
        whole = [int(value) if value == int(value) else value for value in values]
        state[control.name] = whole if isinstance(figure.start()[control.name], list) else whole[0]
    return state


def agrees(figure, page):
    """Compares all numbers of a figure in the browser with the catalogue's, at the state that its address tells."""
    found = computed(figure, state_of(figure, page))
    shown = spans(page, figure.name)
    assert shown
    for where, places, text in shown:
        name, _, place = where.partition(".")
        value = found[name][int(place)] if place else found[name]
        unit = 10.0 ** -int(places) if places else abs(value) * 0.06
        number = read(text)
        assert number == value or abs(number - value) <= 0.51 * unit + 3e-4 * abs(value) + 1e-12, (where, text, value)


def read(text):
    if text == "infinite":
        return math.inf
    digits, _, power = text.replace("−", "-").partition(" × 10")
    raised = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(digits) * 10.0 ** int(raised or 0)


def pressed(figure, preset, state):
    """The state that a button leads to: what it names is computed anew each time, and a slider ends at its ends."""
    ends = {control.name: (control.low, control.high) for control in figure.controls if isinstance(control, Numbers)}
    for _ in range(preset.times):
        found = computed(figure, state)
        for name, value in preset.values.items():
            value = found[value] if isinstance(value, str) else value
            low, high = ends.get(name, (-math.inf, math.inf))
            held = [min(max(number, low), high) for number in flat(value)]
            state = {**state, name: held if isinstance(state[name], list) else held[0]}
    return state


def at_rest(page, name):
    page.locator(f"#figure-{name}[data-awake]").wait_for(timeout=15_000)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 60)))")


@pytest.mark.browser
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.sampled(3)
def test_a_figure_moves_by_keyboard_and_shows_the_numbers_of_the_catalogue(visit, name):
    figure, page = FIGURES[name], visit(f"{SHOWN[name]}.html")
    assert not [url for url in page.requests if "assets/figures/" in url], "loaded before anybody touched it"
    shown = [spans(page, name)]
    box = page.locator(f"#figure-{name} .figure-chart").bounding_box()
    inputs = page.locator(f"#figure-{name} [data-control] :is(input[type=range], button)")
    for place in range(inputs.count()):
        part = inputs.nth(place)
        part.focus()
        at_rest(page, name)
        page.keyboard.press("ArrowRight" if part.evaluate("part => part.type") == "range" else "Enter")
        page.wait_for_function("name => location.search.includes(`figure=${name}`)", arg=name)
        at_rest(page, name)
        agrees(figure, page)
        shown.append(spans(page, name))
    for radios in page.locator(f"#figure-{name} [data-kind=choice]").all():
        radios.locator("input:checked").focus()
        page.keyboard.press("ArrowDown")
        page.wait_for_function("name => location.search.includes(`figure=${name}`)", arg=name)
        at_rest(page, name)
        agrees(figure, page)
        shown.append(spans(page, name))
    assert any(one != shown[0] for one in shown), "no control moves a number"
    moved = page.locator(f"#figure-{name} .figure-chart").bounding_box()
    assert (moved["width"], moved["height"]) == pytest.approx((box["width"], box["height"]), abs=2)
    assert not page.complaints


@pytest.mark.browser
@pytest.mark.parametrize("name", [name for name in FIGURES if FIGURES[name].presets])
@pytest.mark.sampled(3)
def test_the_buttons_of_a_figure_set_what_they_say(visit, name):
    figure, page = FIGURES[name], visit(f"{SHOWN[name]}.html")
    state = figure.start()
    for preset in figure.presets:
        assert isinstance(preset, Preset)
        page.locator(f"#figure-{name}").get_by_role("button", name=preset.label, exact=True).click()
        page.wait_for_function("name => location.search.includes(`figure=${name}`)", arg=name)
        at_rest(page, name)
        agrees(figure, page)
        wanted, state = pressed(figure, preset, state), state_of(figure, page)
        for control, value in wanted.items():
            assert flat([state[control]]) == pytest.approx(flat([value]), abs=1e-6), (preset.label, control)


@pytest.mark.browser
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.sampled(3)
def test_a_link_to_a_setting_opens_it_and_reset_leads_back(visit, name):
    page = visit(f"{SHOWN[name]}.html")
    opening = spans(page, name)
    # Of a choice what is chosen: from another one the arrow may lead to it, and nothing would change.
    first = page.locator(f"#figure-{name} [data-control] :is(input:not([type=radio]), input:checked, button)").first
    first.focus()
    at_rest(page, name)
    page.keyboard.press({"range": "ArrowRight", "radio": "ArrowDown"}.get(first.evaluate("part => part.type"), "Enter"))
    page.wait_for_function("name => location.search.includes(`figure=${name}`)", arg=name)
    at_rest(page, name)
    moved, setting = spans(page, name), page.evaluate("location.search + location.hash")
    other = visit(f"{SHOWN[name]}.html{setting}")
    at_rest(other, name)
    assert spans(other, name) == moved
    page.locator(f"#figure-{name} [data-reset]").click()
    at_rest(page, name)
    assert spans(page, name) == opening


@pytest.mark.browser
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.sampled(3)
def test_without_javascript_a_figure_is_a_picture_with_a_table(visit, name):
    page = visit(f"{SHOWN[name]}.html", java_script_enabled=False)
    figure = page.locator(f"#figure-{name}")
    assert figure.locator(".figure-chart svg").is_visible()
    assert not figure.locator(".figure-controls").is_visible()
    assert figure.locator("table").count() == 1


HOSTILE = ["foo", "-5", "1e9", "0,0,0"]


@pytest.mark.browser
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.sampled(2)
def test_an_address_that_no_control_admits_changes_nothing_and_breaks_nothing(visit, name):
    controls = [control.name for control in FIGURES[name].controls]
    for value in HOSTILE:
        setting = "&".join(f"{control}={value}" for control in controls)
        page = visit(f"{SHOWN[name]}.html?figure={name}&{setting}#figure-{name}")
        at_rest(page, name)
        for where, _, text in spans(page, name):
            assert text == "infinite" or math.isfinite(read(text)), (where, value, text)
        assert not page.complaints
