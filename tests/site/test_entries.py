"""The pages of the entries, r/ID.html, and the files beside them: built, read without a browser, and in one."""

import gzip
import json
import re
import unicodedata
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from pages import DESK, PHONE, Page

from derivations.catalogue import CHAPTERS, RENAMED, WITHDRAWN, catalogue, find, related, used_by
from derivations.engine.entries import Theorem
from derivations.notation import NOTATION
from derivations.site.entry import RELATIVE
from derivations.writing.typeset import latex

FIRST_VIEW = 60_000  # bytes over the wire, beside fonts and the files that all pages share
MATHML, SVG = "{http://www.w3.org/1998/Math/MathML}", "{http://www.w3.org/2000/svg}"
STATED = [id for id, entry in catalogue().items() if entry.kind != "counterexample"
          and not (isinstance(entry, Theorem) and entry.formula is None)]  # fmt: skip


@pytest.fixture(scope="module")
def folder(built_site):
    return built_site / "r"


def text(page):
    return " ".join("".join(words for inside, words in page.texts if not {"script", "style"} & set(inside)).split())


def test_every_id_has_a_page_and_files_and_nothing_else_has(folder):
    found = {}
    for path in folder.iterdir():
        found.setdefault(path.name.rpartition(".")[2], set()).add(path.name.rpartition(".")[0])
    framed = {f"{id}.embed" for id in catalogue()}
    pages = {*catalogue(), *RENAMED, *WITHDRAWN, *framed}
    assert found == {"html": pages, "json": {*catalogue()}, "tex": {*catalogue()}, "mml": {*STATED},
                     "svg": {*STATED, *(f"{id}.dark" for id in STATED)}}  # fmt: skip
    assert 0 < len(STATED) < len(catalogue())


def test_every_page_is_light(folder):
    sizes = {id: len(gzip.compress((folder / f"{id}.html").read_bytes())) for id in catalogue()}
    assert sizes and max(sizes.values()) <= FIRST_VIEW, max(sizes, key=sizes.get)


def test_a_page_asks_for_nothing_that_the_pages_of_the_theme_do_not(built_site, folder):
    def loaded(path):
        page = Page(path)
        asked = [*page.attributes("src"), *((tag, target) for tag, target in page.attributes("href") if tag == "link")]
        return {target.removeprefix("../") for _, target in asked}

    shared = loaded(built_site / "softmax.html")
    for id in ("softmax.gradient", "cross_entropy.gibbs_equality"):
        assert loaded(folder / f"{id}.html") <= shared


def test_every_card_leads_to_its_entry_and_every_entry_to_its_card(built_site, folder):
    cards = {name: {target for _, target in Page(built_site / f"{name}.html").attributes("href")} for name in CHAPTERS}
    for id in catalogue():
        name = id.partition(".")[0]
        assert f"r/{id}.html" in cards[name], id
        assert f'href="../{name}.html#{id}"' in (folder / f"{id}.html").read_text(encoding="utf-8"), id


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.sampled(3)
def test_every_link_of_an_entry_leads_somewhere(built_site, folder, name):
    anchors = {}
    for path in folder.glob(f"{name}.*.html"):
        for tag, target in Page(path).attributes("href"):
            address, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target):
                continue
            there = (path.parent / address).resolve() if address else path
            assert there.exists(), f"{path.name}: {target}"
            if anchor:
                if there not in anchors:
                    anchors[there] = {found for _, found in Page(there).attributes("id")}
                assert anchor in anchors[there], f"{path.name}: {target}"


@pytest.mark.parametrize("id", catalogue())
@pytest.mark.sampled(12)
def test_an_entry_links_what_it_uses_and_what_uses_it(folder, id):
    entry, page = find(id), Page(folder / f"{id}.html")
    leads = {target for _, target in page.attributes("href")}
    cited = {source.id for step in entry.steps for source in step.cites} - {id}
    assert {f"{other}.html" for other in {*cited, *used_by(id), *related(entry)}} <= leads
    assert entry.title[1:] in text(page) or "$" in entry.title
    for step in entry.steps:
        assert f"../rules.html#{step.rule}" in leads


@pytest.mark.parametrize("id", ["softmax.gradient", "bernoulli.score", "entropy.uniform", "cross_entropy.asymmetry"])
def test_every_symbol_of_the_statement_is_in_the_table_and_in_the_notation(built_site, folder, id):
    """Told by their letters in the LaTeX, not by the code that finds them."""
    page = (folder / f"{id}.html").read_text(encoding="utf-8")
    letter = r'(symbol-[^"]+)">(?:<td>)?(?:(?!</td>).)*?x-tex">(.*?)</annotation>'
    anchors = dict(re.findall(rf'<a aria-label="[^"]+" href="\.\./notation\.html#{letter}', page))
    rows = dict(re.findall(rf'<tr id="{letter}', (built_site / "notation.html").read_text(encoding="utf-8")))
    assert len(rows) == len(NOTATION) and anchors and anchors.items() <= rows.items()
    entry = find(id)
    said = latex(entry.claim if entry.kind == "counterexample" else entry.result)
    letters = set(re.findall(r"(?<![\\a-zA-Z])[a-zA-Z](?![a-zA-Z])", re.sub(r"\\\w+\{\w+\}", "", said)))
    letters -= set("AHPBep")  # names of quantities
    assert letters and letters <= set("".join(anchors.values()))


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.sampled(3)
def test_the_letters_of_a_formula_lead_to_what_they_mean(built_site, folder, name):
    """Each to a row, or a definition, that begins with this letter; and the Tab key stops once for each of them."""
    notation = (built_site / "notation.html").read_text(encoding="utf-8")
    rows = dict(re.findall(r'<tr id="(symbol-[^"]+)"><td>(<math.*?</math>)', notation))
    for path in (folder / f"{id}.html" for id in STATED if id.startswith(f"{name}.")):
        formula = re.search(r'<div class="formula".*?</div>', path.read_text(encoding="utf-8"), re.DOTALL)[0]
        links = re.findall(r'<m[io][^>]*><a href="([^"]+)"([^>]*)>([^<]+)</a>', formula)
        for address, _, shown in links:
            letter = unicodedata.normalize("NFKC", shown)  # slanted, as MathML shows it
            page, _, anchor = address.partition("#")
            meant = rows[anchor] if page == "../notation.html" else stated_first(folder / address)
            first = re.search(r"<m[io][^>]*>(?:<a[^>]*>)?([^<]+)", meant)[1]
            assert letter == unicodedata.normalize("NFKC", first), f"{path.name}: {letter}"
        stops = [address for address, more, _ in links if "tabindex" not in more]
        assert sorted(stops) == sorted({address for address, *_ in links})


def stated_first(page):
    """The formula that a page states, from its beginning."""
    return re.search(r'<div class="formula".*?</div>', page.read_text(encoding="utf-8"), re.DOTALL)[0]


def test_the_files_of_formulas_are_xml_and_say_what_the_entry_says(folder):
    for id in STATED:
        tree = ElementTree.parse(folder / f"{id}.mml").getroot()
        assert tree.tag == f"{MATHML}math" and tree.get("display") == "block"
        drawn = ElementTree.parse(folder / f"{id}.svg").getroot()
        assert drawn.tag == f"{SVG}svg" and drawn.get("role") == "img"
        assert drawn.find(f"{SVG}title").text == find(id).title and id in drawn.find(f"{SVG}desc").text
        assert {part.get("id") for part in drawn.iter()} >= set(drawn.get("aria-labelledby").split())
        assert float(drawn.get("width")) > 10 and drawn.findall(f".//{SVG}path"), id
        assert not {part.get("fill") for part in drawn.iter()} - {None, "currentColor", "none"}, id


def test_addresses_are_whole_only_where_the_site_has_one(folder):
    page = (folder / "softmax.gradient.html").read_text(encoding="utf-8")
    assert RELATIVE.strip() in page and '&lt;img src="r/softmax.gradient.svg"' in page.replace("&quot;", '"')
    for path in folder.glob("*.html"):
        assert not re.search("[\ue000-\uf8ff]", path.read_text(encoding="utf-8")), path.name


def test_an_entry_stands_in_no_search_index(built_site):
    index = json.loads((built_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {each["location"].partition("#")[0] for each in index["docs"]}
    assert found and found.isdisjoint(f"r/{id}.html" for id in catalogue())


@pytest.mark.browser
def test_the_buttons_copy_from_a_page_that_did_not_come_over_https(visit):
    page = visit("r/softmax.gradient.html")
    page.evaluate("""() => {
        Object.defineProperty(navigator, 'clipboard', {value: undefined});
        document.addEventListener('copy', () => { window.copied = document.activeElement.value; });
    }""")
    button = page.locator("button[data-copies]").first
    button.click()
    button.filter(has_text="Copied").wait_for()
    assert page.evaluate("copied") == page.locator(f"#{button.get_attribute('data-copies')}").text_content()
    assert button.evaluate("button => button === document.activeElement")


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_buttons_copy_and_nothing_sticks_out(visit, viewport):
    page = visit("r/softmax.gradient.html", viewport=viewport, permissions=["clipboard-read", "clipboard-write"])
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    for button in page.locator("button[data-copies]").all():
        wanted = page.locator(f"#{button.get_attribute('data-copies')}").text_content()
        button.click()
        page.get_by_role("status").filter(has_text="Copied").wait_for(state="attached")
        if wanted.startswith("r/"):
            wanted = urljoin(page.url, f"../{wanted}")
        assert wanted and page.evaluate("navigator.clipboard.readText()") == wanted
    assert not page.complaints


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("id", ["logistic_regression.surprisal", "softmax.gradient"])
def test_the_picture_around_an_entry_is_as_wide_as_the_text_and_has_its_key(visit, id, viewport):
    page = visit(f"r/{id}.html", viewport=viewport)
    right = "(one) => document.querySelector(one).getBoundingClientRect().right"
    assert page.evaluate(right, ".graph-box") <= page.evaluate(right, ".entry ~ p") + 1
    assert page.evaluate(right, ".graph-key") <= page.evaluate(right, ".entry ~ p") + 1
    assert "this entry" in page.locator(".graph-box + .graph-key").inner_text()


@pytest.mark.browser
def test_a_letter_is_reached_by_the_keyboard_and_leads_to_its_row(visit):
    page = visit("r/softmax.gradient.html")
    page.locator(".kind button").focus()
    letters = []
    while not letters or letters[-1]:
        page.keyboard.press("Tab")
        letters.append(page.evaluate("document.activeElement.matches('math a') && document.activeElement.textContent"))
    found = [unicodedata.normalize("NFKC", one) for one in letters[:-1]]
    assert found == ["z", "m", "H", "y", "p"]  # each once, in their order
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notation.html#symbol-y-k")
    assert page.locator("tr[id='symbol-y-k'] mi").first.text_content() == "y"


@pytest.mark.browser
def test_without_scripts_the_texts_can_be_read(visit):
    page = visit("r/softmax.gradient.html", java_script_enabled=False)
    page.locator("details.texts summary").click()
    assert page.locator("#copy-0").is_visible() and not page.locator("button[data-copies]").first.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ending, ink", [("svg", "rgb(0, 0, 0)"), ("dark.svg", "rgb(255, 255, 255)")])
def test_a_picture_has_its_ink_whatever_its_reader_prefers(browser, folder, scheme, ending, ink):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto((folder / f"softmax.gradient.{ending}").as_uri())
    colour = page.evaluate("getComputedStyle(document.querySelector('use, path')).fill")
    context.close()
    assert colour == ink


def test_a_frame_says_what_an_entry_says_and_when_it_holds(folder):
    for id in ("softmax.gradient", "softmax.diagonal_only", "distributions.simplex", "best_weights.separation"):
        entry, page = find(id), Page(folder / f"{id}.embed.html")
        (link,) = [target for tag, target in page.attributes("href") if tag == "a"]
        assert link == f"{id}.html" and entry.title[1:] in text(page)
        assert all(one.words.split(":")[0][:20] in text(page) for one in entry.hypotheses if one.statement is None)
        assert ("false" in text(page)) == (entry.kind == "counterexample")
        assert not [tag for tag, _ in page.elements if tag in ("script", "nav", "header")]
        assert f"r/{id}.embed.html" in (folder / f"{id}.html").read_text(encoding="utf-8")


TALL = ("two_classes.score", "two_classes.hessian", "cross_entropy.floor", "small_differences.targets_gradient")


@pytest.mark.browser
@pytest.mark.parametrize("id", [*TALL, *(id for id in catalogue() if id not in TALL)])
@pytest.mark.sampled(8)
def test_a_frame_shows_its_formula_in_the_room_that_it_is_given(visit, id):
    page = visit(f"r/{id}.html")
    line = page.locator("code", has_text="<iframe").text_content()
    size = {name: int(number) for name, number in re.findall(r'(width|height)="(\d+)"', line)}
    page.set_viewport_size(size)
    page.wait_for_load_state("networkidle")  # what is left behind half loaded would be a complaint
    page.goto(urljoin(page.url, f"{id}.embed.html"))
    assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
    assert (id not in STATED or page.locator("math").first.is_visible()) and not page.complaints


def test_a_page_says_the_ids_that_its_entry_once_had(folder):
    said = {id: re.findall(r'<p class="former">(.*?)</p>', (folder / f"{id}.html").read_text(encoding="utf-8"))
            for id in catalogue()}  # fmt: skip
    assert {id for id, lines in said.items() if lines} == {*RENAMED.values()} != set()
    for old, new in RENAMED.items():
        (line,) = said[new]
        assert f"<code>{old}</code>" in line.replace("<wbr>", "") and line.startswith("Formerly ")
        assert f"{new}.html" in (folder / f"{old}.html").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_page_says_that_addresses_are_to_be_completed_only_where_they_are(visit, scripts):
    page = visit("r/softmax.gradient.html", java_script_enabled=scripts)
    shown = page.locator("code[data-site]").all_text_contents()
    assert len(shown) == 4 and all(("http" in one) == scripts for one in shown)
    said = page.locator("noscript")  # in which Playwright looks for no text
    assert said.text_content() == RELATIVE and said.is_visible() == (not scripts)
