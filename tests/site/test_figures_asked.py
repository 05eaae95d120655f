"""The figures when something is in the way, and the links that lead to a setting of theirs."""

import pytest
from test_figures import SHOWN, agrees, at_rest, read, spans, state_of

from derivations.site.figures import FIGURES
from derivations.site.figures.parts import Numbers, Simplex

pytestmark = pytest.mark.browser
SIMPLICES = [(name, control) for name, figure in FIGURES.items() for control in figure.controls
             if isinstance(control, Simplex)]


def move(page, name, key="ArrowRight"):
    """Moves the first slider of a figure by one step."""
    page.locator(f"#figure-{name} input[type=range]").first.press(key)
    page.wait_for_function("name => location.search.includes(`figure=${name}`)", arg=name)


@pytest.mark.parametrize("file", ["tangent.js", "vega.js"])
def test_a_figure_whose_script_did_not_come_tries_again_at_the_next_touch(visit, file):
    page = visit("distributions.html")
    reading = page.locator("#figure-tangent .figure-reading")
    page.route(f"**/assets/figures/{file}", lambda route: route.abort())
    move(page, "tangent")
    page.wait_for_function("document.querySelector('#figure-tangent .figure-reading').textContent.includes('cannot')")
    page.unroute_all()
    page.mouse.move(0, 0)
    page.locator("#figure-tangent .figure-chart").hover()
    at_rest(page, "tangent")
    assert "the logarithm is" in reading.text_content() and "cannot" not in reading.text_content()
    agrees(FIGURES["tangent"], page)


def test_the_link_to_a_setting_is_copied(visit):
    page = visit("distributions.html", permissions=["clipboard-read", "clipboard-write"])
    move(page, "tangent")
    page.locator("#figure-tangent [data-link]").click()
    page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == page.url and "figure=tangent&u=2.3" in page.url


def test_where_nothing_can_be_copied_the_button_for_a_link_says_so_and_then_has_its_name_again(visit):
    page = visit("distributions.html")
    page.evaluate("""() => {
        Object.defineProperty(navigator, 'clipboard', {value: undefined});
        document.execCommand = () => false;
    }""")
    button = page.locator("#figure-tangent [data-link]")
    name = button.text_content()
    button.click()
    button.filter(has_text="Not allowed to copy").wait_for()
    button.filter(has_text=name).wait_for()
    assert page.complaints == []


@pytest.mark.parametrize("name", [name for name, figure in FIGURES.items() if any(
    isinstance(control, Numbers) and not control.between for control in figure.controls)])
@pytest.mark.sampled(3)
def test_a_slider_uses_the_number_that_it_shows(visit, name):
    """Asked by an address for one between two marks, it stands at a mark."""
    asked = [control for control in FIGURES[name].controls if isinstance(control, Numbers) and not control.between]
    setting = "&".join(f"{control.name}={','.join([str(control.start[0] + 0.37 * control.step)] * len(control.start))}"
                       for control in asked)
    page = visit(f"{SHOWN[name]}.html?figure={name}&{setting}#figure-{name}")
    at_rest(page, name)
    page.locator(f"#figure-{name} [data-link]").click()
    used = state_of(FIGURES[name], page)
    for control in asked:
        shown = page.locator(f"#figure-{name} [data-control={control.name}] output").all_text_contents()
        values = used[control.name] if control.labels else [used[control.name]]
        assert [read(text) for text in shown] == values
    agrees(FIGURES[name], page)


@pytest.mark.parametrize(("name", "control"), SIMPLICES)
@pytest.mark.sampled(1)
def test_the_shares_that_are_shown_add_to_1(visit, name, control):
    page = visit(f"{SHOWN[name]}.html")
    outputs = page.locator(f"#figure-{name} [data-control={control.name}] output")
    sliders = page.locator(f"#figure-{name} [data-control={control.name}] input")
    for place in (0, 1, -1, 0, 1):
        for key in ["ArrowLeft"] * 8 + ["ArrowRight"] * 5:
            sliders.nth(place).press(key)
            shown = [read(text) for text in outputs.all_text_contents()]
            assert sum(shown) == pytest.approx(1, abs=1e-9), shown
    at_rest(page, name)
    assert state_of(FIGURES[name], page)[control.name] == pytest.approx(shown, abs=1e-9)


@pytest.mark.parametrize(("name", "control"), SIMPLICES)
@pytest.mark.sampled(1)
def test_shares_that_an_address_asks_for_add_to_1_as_shown_and_are_used_so(visit, name, control):
    """Two equal ones stay equal, and the third takes what is left."""
    for asked in ([0.123456, 0.123456, 0.753088], [0.247654, 0.504692, 0.247654], [0.21346, 0.45321, 0.33333]):
        setting = f"figure={name}&{control.name}={','.join(map(str, asked))}"
        page = visit(f"{SHOWN[name]}.html?{setting}#figure-{name}")
        at_rest(page, name)
        outputs = page.locator(f"#figure-{name} [data-control={control.name}] output").all_text_contents()
        shown = [read(text) for text in outputs]
        assert sum(shown) == pytest.approx(1, abs=1e-9), shown
        assert shown == pytest.approx(asked, abs=0.01) and len(set(shown)) == len(set(asked))
        page.locator(f"#figure-{name} [data-link]").click()
        assert state_of(FIGURES[name], page)[control.name] == pytest.approx(shown, abs=1e-9)
        agrees(FIGURES[name], page)


def test_shares_keep_their_proportion_when_one_takes_all_and_gives_it_back(visit):
    page = visit("distributions.html")
    slider = page.locator("#figure-triangle input").first
    for value in ("1", "0.7"):
        slider.fill(value)
    assert page.locator("#figure-triangle output").all_text_contents() == ["0.700", "0.200", "0.100"]


def test_an_address_keeps_what_every_figure_of_its_page_was_set_to(visit):
    page = visit("distributions.html")
    for name in ("surprisal", "triangle", "tangent", "surprisal"):
        move(page, name, "ArrowLeft")
        at_rest(page, name)
    assert page.url.endswith("#figure-surprisal") and page.url.count("figure=") == 3
    moved = {name: spans(page, name) for name in ("surprisal", "triangle", "tangent")}
    other = visit(page.url.rpartition("/")[2])
    for name, shown in moved.items():
        at_rest(other, name)
        assert spans(other, name) == shown


def test_an_address_with_a_setting_leads_to_its_figure_though_it_names_no_place(visit):
    page = visit("distributions.html?figure=tangent&u=0.5")
    at_rest(page, "tangent")
    assert page.locator("#figure-tangent").bounding_box()["y"] == pytest.approx(100, abs=100)
    page = visit("distributions.html?figure=tangent&u=0.5#distributions.surprisal")
    assert page.url.endswith("#distributions.surprisal")


def test_an_address_that_names_what_no_figure_is_called_changes_nothing(visit):
    page = visit("distributions.html?figure=__proto__&u=0.5&figure=constructor&p=1&figure&p=1")
    assert page.evaluate("({}).u") is None and page.evaluate("Object.p") is None
    move(page, "tangent")
    assert page.url.endswith("?figure=tangent&u=2.3#figure-tangent") and page.complaints == []
