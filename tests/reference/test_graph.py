"""The graph: its edges are those of the derivations, its files agree, and what is drawn can be read."""

import json
import re
from xml.etree import ElementTree

import pytest

from derivations.catalogue import CHAPTERS, catalogue, related, used_by, uses
from derivations.checking.found import checked
from derivations.engine.derivation import Derivation
from derivations.engine.entries import Theorem
from derivations.engine.terms import Quantity
from derivations.proving.ledger import entered, entered_besides
from derivations.reference.graph import around, graph_dot, graph_edges, graph_json, graph_nodes
from derivations.site.graph import MOST, chapter_graph, chapters_graph, neighbourhood, whole_graph
from derivations.site.graph_drawing import ARROW, LETTER_WIDTH, LONGEST_LINE, name_lines
from derivations.site.graph_layout import layered, layers_of
from derivations.site.graph_page import KEY_WORDS, small_graph

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 8_000  # of a neighbourhood: it stands on the page of an entry
some_entries = pytest.mark.sampled(12)
# What shows the status of every entry needs every check, which is on record where the site was built.
all_checked = pytest.mark.usefixtures("built_site")


RELATED = [(one.id, entry.id) for entry in catalogue().values() if isinstance(entry, Theorem) for one in entry.evidence]


def named_in(entry):
    """The ids of the definitions that a derivation's first line and steps name or cite, found by walking its trees."""
    found = {step_source.id for step in entry.steps for step_source in step.cites}
    waiting = [entry.name, entry.result]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Quantity):
            found.add(type(part).definition.id)
        waiting.extend(part.args)
    return found - {entry.id}


@pytest.mark.parametrize("id", [id for id, entry in catalogue().items() if isinstance(entry, Derivation)])
@some_entries
def test_the_edges_are_what_the_derivation_names_and_cites(id):
    assert {used for used, user in graph_edges() if user == id} == named_in(catalogue()[id])


@pytest.mark.parametrize("id", catalogue())
@pytest.mark.sampled(3)
def test_both_directions_agree(id):
    """`used_by` asks every other entry."""
    assert set(around(id)[1]) == set(used_by(id))


def test_a_theorem_uses_nothing_and_is_related_to_its_evidence():
    assert RELATED and not any(uses(catalogue()[theorem]) for _, theorem in RELATED)
    for result, theorem in RELATED:
        assert theorem not in used_by(result) and theorem in related(catalogue()[result])
        assert result in related(catalogue()[theorem])
    assert related(catalogue()["softmax.gradient"]) == []


def test_nothing_depends_on_itself_and_all_ends_are_entries():
    """Seen without the library that lays the graph out: what uses nothing is taken away, again and again."""
    left, waiting = set(catalogue()), set(graph_edges())
    assert {end for edge in waiting for end in edge} <= left
    while left:
        free = left - {user for _, user in waiting}
        assert free, f"these depend on each other: {sorted(left)}"
        left -= free
        waiting = {edge for edge in waiting if edge[0] in left}


@all_checked
def test_every_entry_is_a_node_with_its_status():
    assert list(graph_nodes()) == list(catalogue())
    for id, entry in catalogue().items():
        node = graph_nodes()[id]
        assert (node.title, node.kind, node.chapter) == (entry.title, entry.kind, id.split(".")[0])
        assert not node.checked or entry.kind != "definition"
    derivation = catalogue()["softmax.gradient"]
    assert graph_nodes()[derivation.id].checked == (checked(derivation).outcome == "verified")
    # What is proved stands in the ledger (that it stands there is not enough: it must be as it is exported now).
    assert {id for id, node in graph_nodes().items() if node.proved} <= entered().keys() | entered_besides().keys()


@all_checked
def test_json_and_dot_say_the_same():
    found, dot = json.loads(graph_json()), graph_dot()
    pairs = [(edge["from"], edge["to"]) for edge in found["edges"]]
    lines = re.findall(r'^  "([\w.]+)" -> "([\w.]+)"( \[style=dashed, [^]]*\])?;$', dot, re.MULTILINE)
    assert [(one, two) for one, two, _ in lines] == pairs == list(graph_edges())
    dashed = [(one, two) for one, two, look in lines if look]
    assert dashed == [(edge["from"], edge["to"]) for edge in found["edges"] if edge["kind"] == "related"] == RELATED
    assert re.findall(r'^    "([\w.]+)" \[tooltip', dot, re.MULTILINE) == [node["id"] for node in found["nodes"]]
    assert all(bool(edge["steps"]) == (edge["kind"] == "use") for edge in found["edges"])
    assert dot.count("subgraph") == len(CHAPTERS) and dot.count("{") == dot.count("}")


# What is drawn.


def drawn(svg):
    """The size of a picture; its boxes, as edges from left, top, right, bottom; its lines of text with their places."""
    root = ElementTree.fromstring(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
    boxes, texts = [], []
    for link in root.iter(f"{SVG}a"):
        rect = link.find(f"{SVG}rect")
        x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
        boxes.append((link.get("href"), (x, y, x + width, y + height)))
        lines = link.iter(f"{SVG}tspan")
        texts += [(float(line.get("x")), float(line.get("y")), line.text, boxes[-1][1]) for line in lines]
        assert link.find(f"{SVG}title").text and link.get("href")
    return [float(part) for part in root.get("viewBox").split()], boxes, texts, root


def look_at(svg):
    (left, top, width, height), boxes, texts, root = drawn(svg)
    for href, box in boxes:
        assert left <= box[0] < box[2] <= left + width and top <= box[1] < box[3] <= top + height, href
    for number, (href, one) in enumerate(boxes):
        for other_href, other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, f"{href} lies on {other_href}"
    for x, y, text, box in texts:
        assert box[0] < x and x + len(text) * LETTER_WIDTH <= box[2] and box[1] < y - 6 and y < box[3], text
    return boxes, root


@pytest.mark.parametrize("id", catalogue())
@some_entries
def test_a_neighbourhood_can_be_read(id):
    svg = neighbourhood(catalogue()[id], base="r/")
    boxes, root = look_at(svg)
    assert len(svg.encode()) <= MOST_BYTES
    leads = [href for href, _ in boxes]
    beside, is_theorem = related(catalogue()[id]), isinstance(catalogue()[id], Theorem)
    before, after = around(id)
    sides = (before + beside * is_theorem, after + beside * (not is_theorem))
    for ids, list_of in zip(sides, ("#uses", "#used-by"), strict=True):
        shown = [one for one in ids if f"r/{one}.html" in leads]
        rest = len(ids) - len(shown)
        said = [link.find(f"{SVG}title").text for link in root.iter(f"{SVG}a") if link.get("href") == list_of]
        assert shown == ids[: len(shown)] and len(shown) <= MOST
        assert said == ([f"and {rest} more: the whole list"] if rest else [])
    assert leads.count(f"r/{id}.html") == 1


@pytest.mark.parametrize("id", [*dict.fromkeys(end for edge in RELATED for end in edge)])
@some_entries
def test_what_is_only_related_is_dashed_and_the_picture_says_so(id):
    svg = neighbourhood(catalogue()[id])
    _, root = look_at(svg)
    (dashed,) = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("class") == "related"]
    used = [path for path in root.iter(f"{SVG}path") if ARROW in path.get("d")]
    assert dashed.count("M") == min(len(related(catalogue()[id])), MOST) and ARROW not in dashed
    assert bool(used) == any(around(id)) and "a dashed line joins a cited theorem" in root.get("aria-label")
    assert (f"What {id} uses, at" in root.get("aria-label")) == (not isinstance(catalogue()[id], Theorem))
    assert "dashed" not in neighbourhood(catalogue()["softmax.gradient"])


@pytest.mark.parametrize("id", catalogue())
@pytest.mark.sampled(8)
def test_below_the_picture_around_an_entry_stands_what_its_looks_mean_and_no_more(id):
    entry = catalogue()[id]
    drawn, _, key = small_graph(neighbourhood(entry)).partition('<p class="graph-key">')
    boxes = {entry.kind} | {catalogue()[other].kind for other in re.findall(r'href="([a-z_]+\.[a-z_]+)\.html"', drawn)}
    lines = {"is used by"} if ARROW in drawn else set()
    lines |= {"is related to"} if 'class="related"' in drawn else set()
    marks = {KEY_WORDS[mark] for mark in ("proved", "checked") if f'class="{mark}"' in drawn}
    said = re.findall("</svg> ([^<]+)</span>", key)
    assert {*said} == {"this entry", *(KEY_WORDS[kind] for kind in boxes)} | lines | marks
    assert len({*said}) == len(said) and len(" · ".join(said)) < 110  # one line
    assert key.count('aria-hidden="true"') == key.count("<svg") == len(said)  # the words say it


def test_some_entry_has_more_users_than_are_drawn():
    assert max(len(around(id)[1]) for id in catalogue()) > MOST


@all_checked
@pytest.mark.parametrize("name", CHAPTERS)
def test_the_graph_of_a_chapter_has_its_entries_and_edges(name):
    boxes, root = look_at(chapter_graph(name))
    own = [id for id in graph_nodes() if graph_nodes()[id].chapter == name]
    assert [href for href, _ in boxes if "graph/" not in href] == [f"{name}.html#{id}" for id in own]
    titles = {link.get("data-box"): link.get("href").partition("#")[2] for link in root.iter(f"{SVG}a")}
    joins = [path.get("data-joins").split() for path in root.iter(f"{SVG}path") if path.get("data-joins")]
    within = [(titles[one], titles[two]) for one, two in joins if titles[one] and titles[two]]
    assert sorted(within) == sorted(edge for edge in graph_edges() if set(edge) <= set(own))
    across = {(used, user) for used, user in graph_edges() if (used in own) != (user in own)}
    folded = {tuple(end if end in own else graph_nodes()[end].chapter for end in edge) for edge in across}
    assert len(joins) - len(within) == len(folded)


@all_checked
def test_the_whole_has_everything_and_the_chapters_each_other():
    boxes, root = look_at(whole_graph())
    assert [href.partition("#")[2] for href, _ in boxes] == list(graph_nodes())
    ids = list(graph_nodes())
    joins = [path.get("data-joins").split() for path in root.iter(f"{SVG}path") if path.get("data-joins")]
    assert sorted((ids[int(one)], ids[int(two)]) for one, two in joins) == sorted(graph_edges())
    dashed = [path.get("data-joins").split() for path in root.iter(f"{SVG}path") if "related" in path.get("class", "")]
    assert sorted((ids[int(one)], ids[int(two)]) for one, two in dashed) == sorted(RELATED)
    assert [href for href, _ in look_at(chapters_graph())[0]] == [f"{name}.html" for name in CHAPTERS]


def test_what_the_page_says_of_the_chapters_is_so():
    joined = {tuple(id.partition(".")[0] for id in edge) for edge in graph_edges()}
    assert {("cross_entropy", "sigmoid"), ("cross_entropy", "softmax")} <= joined
    assert [pair for pair in joined if "distributions" in pair] == [("distributions", "distributions")]


def test_a_circle_is_refused_and_a_long_way_turns_in_each_layer():
    with pytest.raises(ValueError, match="circle"):
        layers_of("ab", ["ab", "ba"])
    edges_of = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]
    layers = layers_of("abcd", edges_of)
    layout = layered(dict.fromkeys("abcd", (10, 5)), edges_of, layers)
    assert layers == {"a": 0, "b": 1, "c": 2, "d": 3} and len(layout.routes["a", "d"]) == 2
    for turn, key in zip(layout.routes["a", "d"], "bc", strict=True):  # a line does not go through a box
        box = layout.places[key]
        assert turn.x == box.x and not box.y <= turn.middle <= box.y + box.height


def test_a_name_is_broken_after_an_underscore():
    assert "".join(name_lines("label_not_above_their_sum")) == "label_not_above_their_sum"
    lines = name_lines("label_not_above_their_sum")
    assert len(lines) > 1 and all(len(line) <= LONGEST_LINE and line.endswith("_") for line in lines[:-1])
