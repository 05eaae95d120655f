"""The figure of the chapter on cross-entropy: a floor, and a gap above it."""

from .compute import said_in_chart
from .parts import Column, Compute, Figure, Fixed, Joined, Preset, Simplex

FLOOR_CLASSES = ("class 1", "class 2", "class 3")
FLOOR_NATS = {
    "type": "quantitative",
    "title": "nats",
    "scale": {"domain": [0, 3], "nice": False},
    "axis": {"tickCount": 6},
}
FLOOR_WAYS = {"type": "nominal", "sort": ["q against p", "p against q"], "axis": None}


def _bars(field, title, color):
    """The chart of one of the two distributions."""
    return {
        "width": 153,
        "height": 80,
        "title": title,
        "data": {"name": "classes"},
        "mark": {"type": "bar", "color": color, "width": 30},
        "encoding": {
            "x": {"field": "class", "type": "nominal", "title": None},
            "y": {
                "field": field,
                "type": "quantitative",
                "title": None,
                "scale": {"domain": [0, 1]},
                "axis": {"tickCount": 2, "minExtent": 22, "maxExtent": 22},
            },
        },
    }


FLOOR_AND_GAP = Figure(
    name="floor-and-gap",
    title="Move q and p: a cross-entropy is a floor, the entropy of q, and a gap, the divergence",
    notice="moving p changes the gap of the upper bar, but not its floor. The gap is 0 only where p is q. The lower "
    "bar is what q and p give when they are exchanged: in general another number.",
    described="Two bar charts, of the reference q and of the model p, and below them two bars: the cross-entropy of q "
    "against p and of p against q, each as an entropy with a divergence added",
    controls=(
        Simplex("outcomes", "outcomes q", (0.5, 0.3, 0.2), FLOOR_CLASSES, least=0.05),
        Simplex("model", "model p", (0.7, 0.2, 0.1), FLOOR_CLASSES, least=0.05),
    ),
    steps=(
        Fixed("names", FLOOR_CLASSES),
        Fixed("ways", ("q against p", "p against q")),
        Compute("floor", "cross_entropy.entropy", q="outcomes"),
        Compute("gap", "cross_entropy.kl_divergence", p="model", q="outcomes"),
        Compute("total", "cross_entropy.cross_entropy", p="model", q="outcomes"),
        Compute("other_floor", "cross_entropy.entropy", q="model"),
        Compute("other_gap", "cross_entropy.kl_divergence", p="outcomes", q="model"),
        Compute("other_total", "cross_entropy.cross_entropy", p="outcomes", q="model"),
        Joined("floors", ("floor", "other_floor")),
        Joined("gaps", ("gap", "other_gap")),
        Joined("totals", ("total", "other_total")),
    ),
    rows={
        "classes": {"class": "names", "q": "outcomes", "p": "model"},
        "ways": {"way": "ways", "floor": "floors", "gap": "gaps", "total": "totals"},
    },
    chart={
        "spacing": 12,
        "vconcat": [
            {
                "spacing": 8,
                "hconcat": [
                    _bars("q", "q: the outcomes", "var(--figure-label)"),
                    _bars("p", "p: the model", "var(--figure-model)"),
                ],
            },
            {
                "width": 342,
                "height": 84,
                "data": {"name": "ways"},
                "encoding": {"y": FLOOR_WAYS | {"field": "way"}},
                "layer": [
                    {
                        "mark": {"type": "bar", "height": 14, "yOffset": 5, "color": "var(--figure-quiet)"},
                        "encoding": {"x": FLOOR_NATS | {"field": "floor"}},
                    },
                    {
                        "mark": {
                            "type": "bar",
                            "height": 14,
                            "yOffset": 5,
                            "color": "var(--figure-wrong)",
                            "fillOpacity": 0.2,
                            "stroke": "var(--figure-wrong)",
                            "strokeWidth": 1.5,
                        },
                        "encoding": {"x": FLOOR_NATS | {"field": "floor"}, "x2": {"field": "total"}},
                    },
                    {
                        "transform": [
                            {
                                "calculate": "datum.way + ': floor ' + format(datum.floor, '.3f') + ' + gap ' + "
                                f"({said_in_chart('datum.gap')}) + ' = ' + format(datum.total, '.3f')",
                                "as": "said",
                            }
                        ],
                        "mark": {"type": "text", "align": "left", "yOffset": -13},
                        "encoding": {"x": {"value": 0}, "text": {"field": "said"}},
                    },
                ],
            },
        ],
    },
    reading="The floor H(q) is {floor:.3f}, the gap {gap:.3f}; together they are the cross-entropy {total:.3f}. "
    "Exchanged: {other_floor:.3f} and {other_gap:.3f}, together {other_total:.3f}.",
    table=(
        Column("which", "ways"),
        Column("floor: entropy", "floors"),
        Column("gap: divergence", "gaps"),
        Column("cross-entropy", "totals"),
    ),
    presets=(
        Preset("Swap q and p", {"outcomes": "model", "model": "outcomes"}),
        Preset("Let p be q", {"model": "outcomes"}),
        Preset("The example above", {"outcomes": (0.5, 0.3, 0.2), "model": (0.7, 0.2, 0.1)}),
    ),
)
