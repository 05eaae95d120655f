"""What some figures draw is what their words say of it."""

import json
import math
import re

import pytest

from derivations.site.figures import FIGURES
from derivations.site.figures.compute import computed, rows
from derivations.site.figures.drawing import moving, still


def marks(part):
    """All marks of a chart that the drawing library runs."""
    for mark in part.get("marks", ()):
        yield mark
        yield from marks(mark)


@pytest.mark.parametrize("name", FIGURES)
def test_a_line_ends_where_an_axis_of_fixed_heights_ends(name):
    chart = json.loads(moving(FIGURES[name], {}))
    fixed = {scale["name"] for scale in chart["scales"] if isinstance(scale["domain"], list)}
    lines = [mark for mark in marks(chart) if mark["type"] == "line"]
    assert [mark["name"] for mark in lines if not mark.get("clip")
            and mark["encode"]["update"]["y"].get("scale") in fixed] == []


@pytest.mark.parametrize("focus, report", [(0, 0.02), (5, 0.98)])
def test_the_drawing_of_focal_loss_stays_as_high_as_it_opens(focus, report):
    figure = FIGURES["focal-report"]
    heights = [re.search(r'viewBox="0 0 \d+ (\d+)"', still(figure, rows(figure, computed(figure, state))))[1]
               for state in (figure.start(), {"γ": focus, "p": report})]
    assert heights[0] == heights[1] and int(heights[0]) < 500


@pytest.mark.parametrize("state", [{"p": 0.3, "n": 20}, {"p": 0.95, "n": 320}])
def test_the_parabola_bends_as_the_log_likelihood_does_at_its_peak(state):
    figure = FIGURES["information-peak"]
    axis, fall, parabola = (computed(figure, state)[name] for name in ("axis", "fall_axis", "parabola_axis"))
    place = min(range(len(axis)), key=lambda place: abs(axis[place] - state["p"]))
    bends = [curve[place - 1] - 2 * curve[place] + curve[place + 1] for curve in (fall, parabola)]
    assert fall[place] == pytest.approx(0, abs=1e-9) and max(fall) <= 1e-9
    assert bends[0] == pytest.approx(bends[1], rel=0.02, abs=0)


@pytest.mark.parametrize("state", [{"z": 8, "c": 3}, {"z": -8, "c": 1}, {"z": 2, "c": 3}])
def test_the_sizes_that_are_drawn_are_those_of_the_gradient_and_below_the_bound(state):
    found = computed(FIGURES["gradient-size"], state)
    place = min(range(len(found["axis"])), key=lambda place: abs(found["axis"][place] - state["z"]))
    sums = {"sizes": sum(map(abs, found["gradient"])), "squares": sum(entry**2 for entry in found["gradient"])}
    for name, total in sums.items():
        assert [found[name], found[f"{name}_axis"][place]] == pytest.approx([total, total])
        assert max(found[f"{name}_axis"]) < found["bound"]


def test_of_the_three_losses_one_has_a_lowest_place_one_falls_for_ever_and_one_is_level():
    found = computed(FIGURES["best-weights"], FIGURES["best-weights"].start())
    one, none, all_alike = (found[f"{name}_axis"] for name in ("overlapping", "separable", "flat"))
    assert 0 < one.index(min(one)) < len(one) - 1 and none == sorted(none, reverse=True) and len(set(all_alike)) == 1


@pytest.mark.parametrize("weight", [-3, -1, 2.1, 2.2, 2.6])
def test_the_parabola_of_newton_bends_as_the_loss_does_and_half_a_step_lowers_it(weight):
    whole, half = (computed(FIGURES["newton-step"], {"weight": weight, "part": part}) for part in (1, 0.5))
    place = min(range(len(whole["axis"])), key=lambda place: abs(whole["axis"][place] - weight))
    loss, parabola = ([curve[place - 1], curve[place], curve[place + 1]]
                      for curve in (whole["loss_axis"], whole["parabola"]))
    assert parabola == pytest.approx(loss, abs=1e-3) and parabola[1] == pytest.approx(loss[1], abs=1e-9)
    bend = loss[0] + loss[2] - 2 * loss[1]
    assert parabola[0] + parabola[2] - 2 * parabola[1] == pytest.approx(bend, rel=0.01, abs=0)
    assert min(whole["parabola"]) == pytest.approx(whole["parabola"][-1]) and whole["places"][-1] == whole["bottom"]
    assert whole["bottom"] == pytest.approx(sum(whole["responses"]) / 2)
    assert half["loss_after"] < whole["loss"] and (whole["loss_after"] > whole["loss"]) == (abs(weight) > 2.15)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("points", [1, 2, 3])
def test_a_penalty_gives_every_set_of_points_one_lowest_place_nearer_to_0_the_larger_it_is(points):
    small, large = (computed(FIGURES["ridge-best"], {"λ": penalty, "points": points}) for penalty in (0.05, 2))
    for found in (small, large):
        (best,), curve = found["best"], found["held_axis"]
        lowest = curve.index(min(curve))
        assert found["axis"][lowest] == pytest.approx(best, abs=0.02) and found["lowest"] <= curve[lowest]
        assert curve[: lowest + 1] == sorted(curve[: lowest + 1], reverse=True)
        assert curve[lowest:] == sorted(curve[lowest:])
    assert 0 < large["best"][0] < small["best"][0] or large["best"] == small["best"] == [0]


@pytest.mark.parametrize("label, both", [(1, False), (0, False), (0.5, True)])
def test_the_average_of_two_models_lies_below_the_mean_and_beats_both_at_a_soft_label_only(label, both):
    found = computed(FIGURES["average-below"], {"first": 0.9, "second": 0.2, "y": label})
    assert found["of_average"] == pytest.approx(found["curve"][found["grid"].index(0.55)])
    assert found["of_average"] < found["mean"] == sum(found["losses"]) / 2
    assert (found["of_average"] < min(found["losses"])) == both


@pytest.mark.parametrize("ones", [1, 2, 3, 4])
def test_a_factor_lifts_the_log_likelihood_and_leaves_its_top_at_the_frequency(ones):
    plain, lifted = (computed(FIGURES["maximum-stays"], {"t": t, "ones": ones, "p": 0.75}) for t in (1, 20))
    assert lifted["lifted"] == pytest.approx([height + math.log(20) for height in plain["lifted"]])
    top = lifted["lifted"].index(max(lifted["lifted"]))
    assert lifted["grid"][top] == lifted["best"] == ones / 5
    assert lifted["logit_grid"][top] == pytest.approx(lifted["logit_best"]) == math.log(ones / (5 - ones))
    assert lifted["ratio"] == plain["ratio"] == pytest.approx(math.exp(lifted["highest"] - lifted["lower"]))
