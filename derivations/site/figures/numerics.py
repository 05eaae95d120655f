"""The figure of the chapter on numerics: the loss of a label 0 through a rounded sigmoid, and in the stable form."""

from .parts import Column, Combined, Compute, Figure, Fixed, Numbers, Preset, Shared, Unguarded, over

LARGE_LOGITS = tuple(number / 20 for number in range(600, 801))
WHOLE_LOGITS = tuple(range(30, 41))
LOSS_SCALE = {"domain": [30, 42], "nice": False}
NAIVE = {"color": "var(--figure-wrong)"}


def _both(of):
    """The loss of the label 0 at the logits of a list, in both forms."""
    return (
        Unguarded(f"p_{of}", "sigmoid.probability", each={"z": of}),
        Unguarded(f"naive_{of}", "cross_entropy.two_outcomes", each={"p": f"p_{of}"}, y=0),
        Compute(f"stable_{of}", "numerics.binary_cross_entropy", each={"z": of}, y=0),
    )


def _height(field):
    return {"field": field, "type": "quantitative", "title": "loss of the label 0", "scale": LOSS_SCALE}


def _beside(z, loss, name, color, align):
    return {
        "data": {"values": [{"z": z, "loss": loss, "name": name}]},
        "mark": {"type": "text", "align": align, "color": color},
        "encoding": {"y": _height("loss"), "text": {"field": "name"}},
    }


NUMERICS_NAIVE = Figure(
    name="numerics-naive",
    title="The same loss, computed in two ways",
    notice="the naive way computes the sigmoid first and subtracts it from 1. A computer has only few numbers just "
    "below 1, so this loss moves in steps. Then the sigmoid is rounded to 1. The logarithm of 0 has no value; a "
    "computer takes it for minus infinity, and the loss is infinite. The stable way gives the right digits everywhere.",
    described="The loss of the label 0 over the logit from 30 to 40: the stable form is a straight line; the naive "
    "form follows it in steps that become larger, and ends before 37, from where on it is infinite",
    controls=(Numbers("z", "logit", (36.5,), 30, 40, 0.1),),
    steps=(
        Fixed("one", (1,)),
        Shared("here", "z", "one"),
        Fixed("axis", LARGE_LOGITS),
        Fixed("some", WHOLE_LOGITS),
        *_both("here"),
        *_both("axis"),
        *_both("some"),
        Combined("rest", {"one": 1, "p_here": -1}),
        Compute("complement", "sigmoid.complement", z="z"),
    ),
    rows={
        "curves": {"z": "axis", "naive": "naive_axis", "stable": "stable_axis"},
        "here": {"z": "here", "naive": "naive_here", "stable": "stable_here"},
    },
    chart={
        "width": 380,
        "height": 240,
        "encoding": {
            "x": {"field": "z", "type": "quantitative", "title": "logit z", "scale": {"domain": [30, 40]}},
        },
        "layer": [
            over("curves", {"type": "line", "strokeDash": [6, 3]}, y=_height("stable")),
            over("curves", {"type": "line", "interpolate": "step-after", **NAIVE}, y=_height("naive")),
            {
                "data": {"name": "curves"},
                "transform": [{"filter": "datum.naive === null"}, {"filter": "datum.z * 2 === floor(datum.z * 2)"}],
                "mark": {"type": "point", "shape": "triangle-up", "color": "var(--figure-wrong)", "y": 24},
            },
            {
                "data": {"name": "curves"},
                "transform": [
                    {"filter": "datum.naive === null"},
                    {"aggregate": [{"op": "min", "field": "z", "as": "z"}]},
                ],
                "mark": {
                    "type": "text",
                    "text": "naive: infinite",
                    "align": "left",
                    "y": 8,
                    "color": "var(--figure-wrong)",
                },
            },
            _beside(38.6, 38.2, "stable", "var(--figure-model)", "left"),
            _beside(34.3, 33.2, "naive: in steps", "var(--figure-wrong)", "left"),
            over("here", {"type": "point"}, y=_height("stable")),
            over("here", {"type": "point", "shape": "square", **NAIVE}, y=_height("naive")),
        ],
    },
    reading="The computer's 1 − σ(z) is {rest[1]:e}; the right value is {complement:e}. The naive loss is "
    "{naive_here[1]:.3f}, the stable one {stable_here[1]:.3f}.",
    table=(
        Column("logit", "some", 0),
        Column("naive loss", "naive_some"),
        Column("stable loss", "stable_some"),
    ),
    presets=(Preset("Just before", {"z": 36.7}), Preset("Infinite", {"z": 36.8})),
)
