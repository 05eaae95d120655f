"""The figure of the chapter on bounded logits: how low the loss can get."""

from .parts import Choice, Column, Compute, Figure, Fixed, Numbers, Preset, over

SPREAD_GRID = tuple(round(0.25 * place, 2) for place in range(57))
SOME_SPREADS = tuple(range(0, 15, 2))
SPREAD = {"type": "quantitative", "title": "largest difference t of two logits", "scale": {"domain": [0, 14]}}
LOWEST_LOSS = {"type": "quantitative", "title": "loss", "scale": {"domain": [0, 7]}}
KNOWS_NOTHING = {"type": "line", "strokeDash": [4, 3], "strokeWidth": 1.5, "color": "var(--figure-label)"}

LOWEST_LOSS_OF_BOUNDED = Figure(
    name="lowest-loss",
    title="The closer together the logits must stay, the higher the loss must stay",
    notice="at t = 0 all logits are equal, and the loss is that of a model that knows nothing, the dashed line. The "
    "further apart logits may be, the lower the loss can get. With more classes it takes a larger difference.",
    described="Over the largest difference of two logits, the lowest loss as a curve that falls from the dashed line "
    "of a model that knows nothing towards 0, with a point at the difference that is chosen",
    controls=(
        Choice("K", "classes K", {"2": 2, "10": 10, "100": 100, "1000": 1000}, 10),
        Numbers("t", "difference t", (1,), 0, 14, 0.25, places=2),
    ),
    steps=(
        Fixed("grid", SPREAD_GRID),
        Fixed("some", SOME_SPREADS),
        Compute("floors", "bounded_logits.lowest", each={"t": "grid"}, K="K"),
        Compute("at_some", "bounded_logits.lowest", each={"t": "some"}, K="K"),
        Compute("floor", "bounded_logits.lowest", t="t", K="K"),
        Compute("equal", "bounded_logits.equal_scores", K="K"),
    ),
    rows={
        "curve": {"t": "grid", "floor": "floors", "equal": "equal"},
        "here": {"t": "t", "floor": "floor"},
    },
    chart={
        "width": 360,
        "height": 230,
        "encoding": {"x": SPREAD | {"field": "t"}},
        "layer": [
            over("curve", KNOWS_NOTHING, y=LOWEST_LOSS | {"field": "equal"}),
            over("curve", {"type": "line", "strokeWidth": 2.5}, y=LOWEST_LOSS | {"field": "floor"}),
            over("here", {"type": "point", "size": 110}, y=LOWEST_LOSS | {"field": "floor"}),
        ],
    },
    reading="With {K:.0f} classes and no two logits further apart than {t:.2f}, the lowest loss is {floor:e}. "
    "A model that knows nothing has {equal:.3f}.",
    table=(Column("largest difference", "some", 0), Column("lowest loss", "at_some", 4)),
    presets=(
        Preset("Softmax applied twice", {"t": 1}),
        Preset("Cosines", {"t": 2}),
        Preset("Cosines at temperature 0.2", {"t": 10}),
    ),
)
