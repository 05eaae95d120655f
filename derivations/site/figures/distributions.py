"""The figures of the chapter on distributions: surprisal, a logarithm below its tangent, and the triangle."""

from math import sqrt

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Multiplied, Numbers, Preset, Simplex, Total, over


def _line_over(x, y, dash=None, color="var(--figure-model)"):
    """A curve, over the data set `curve`."""
    mark = {"type": "line", "color": color} | ({"strokeDash": dash} if dash else {})
    return over("curve", mark, x=x, y=y)


def _words(text, x, y, color="var(--ink)", align="left"):
    """A name beside what it names, at a place of the picture in its own units."""
    return {
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "align": align, "color": color},
        "encoding": {"x": {"value": x}, "y": {"value": y}, "text": {"field": "text"}},
    }


def _axis(title, low, high, **axis):
    return {
        "type": "quantitative",
        "title": title,
        "scale": {"domain": [low, high], "nice": False},
        "axis": {"tickCount": 6} | axis,
    }


SURPRISAL_CHANCE = _axis("probability of what happened", 0, 1)
SURPRISAL_HEIGHT = _axis("surprisal", 0, 7, grid=False)
SURPRISAL = Figure(
    name="surprisal",
    title="Move the probability: the less probable, the more surprising",
    notice="what was certain has the surprisal 0, and halving the probability always adds the same amount: 1 bit, or "
    "0.693 nats. Nats and bits measure the same thing in two units.",
    described="Two curves that fall from the left to 0 at the probability 1: the surprisal in nats and in bits, with "
    "a point on each at the chosen probability",
    controls=(Numbers("p", "probability", (0.5,), 0.01, 1, 0.01, places=2),),
    steps=(
        Fixed("axis", tuple(number / 100 for number in range(1, 101))),
        Compute("nats_over", "distributions.surprisal", each={"p": "axis"}),
        Compute("logarithm_over", "cross_entropy.logarithm", each={"p": "axis"}, b=2),
        Combined("bits_over", {"logarithm_over": -1}),
        Combined("half", {"p": 0.5}),
        Joined("here", ("p", "half")),
        Compute("surprisals", "distributions.surprisal", each={"p": "here"}),
        Compute("logarithms", "cross_entropy.logarithm", each={"p": "here"}, b=2),
        Combined("bits", {"logarithms": -1}),
    ),
    rows={
        "curve": {"p": "axis", "nats": "nats_over", "bits": "bits_over"},
        "here": {"p": "here", "nats": "surprisals", "bits": "bits"},
    },
    chart={
        "width": 380,
        "height": 190,
        "layer": [
            _line_over(SURPRISAL_CHANCE | {"field": "p"}, SURPRISAL_HEIGHT | {"field": "nats"}),
            _line_over(
                SURPRISAL_CHANCE | {"field": "p"}, SURPRISAL_HEIGHT | {"field": "bits"}, [6, 3], "var(--figure-label)"
            ),
            {
                "data": {"name": "here"},
                "transform": [{"window": [{"op": "row_number", "as": "place"}]}, {"filter": "datum.place == 1"}],
                "layer": [
                    {
                        "mark": {"type": "rule", "strokeWidth": 1.5},
                        "encoding": {
                            "x": SURPRISAL_CHANCE | {"field": "p"},
                            "y": SURPRISAL_HEIGHT | {"field": "bits"},
                            "y2": {"datum": 0},
                        },
                    },
                    {
                        "mark": {"type": "point"},
                        "encoding": {"x": SURPRISAL_CHANCE | {"field": "p"}, "y": SURPRISAL_HEIGHT | {"field": "nats"}},
                    },
                    {
                        "mark": {"type": "point", "shape": "square", "color": "var(--figure-label)"},
                        "encoding": {"x": SURPRISAL_CHANCE | {"field": "p"}, "y": SURPRISAL_HEIGHT | {"field": "bits"}},
                    },
                ],
            },
            _words("in bits (dashed)", 40, 62, "var(--figure-label)"),
            _words("in nats", 22, 122, "var(--figure-model)"),
        ],
    },
    reading="The surprisal is {surprisals[1]:.3f} nats, which is {bits[1]:.3f} bits. Half as probable, it would be "
    "{surprisals[2]:.3f} nats, or {bits[2]:.3f} bits.",
    table=(Column("probability", "here", 3), Column("nats", "surprisals"), Column("bits", "bits")),
    presets=(Preset("Certain", {"p": 1}), Preset("A fair coin", {"p": 0.5}), Preset("One in a hundred", {"p": 0.01})),
)

TANGENT_POINTS = tuple(number / 20 for number in range(1, 61))
TANGENT_NUMBER = _axis("number u", 0, 3)
TANGENT_HEIGHT = _axis(None, -3, 2)
TANGENT = Figure(
    name="tangent",
    title="Move the number: the logarithm is never above its tangent at 1",
    notice="the gap is 0 at the number 1, where the two touch, and positive everywhere else. That surprisals, "
    "entropies and divergences are not negative rests on this one inequality.",
    described="The curve of the logarithm, the straight line that touches it at 1, and the gap between the two at the "
    "chosen number",
    controls=(Numbers("u", "number u", (2.2,), 0.1, 3, 0.1),),
    steps=(
        Fixed("axis", TANGENT_POINTS),
        # The entry bounds the logarithm of one number by that of another: by 1 it is the tangent at 1, and by the
        # number itself it is the logarithm.
        Fixed("beside_one", tuple((u, 1) for u in TANGENT_POINTS)),
        Fixed("alone", tuple((u,) for u in TANGENT_POINTS)),
        Compute("tangent_over", "likelihood.log_is_increasing", each={"a": "beside_one"}, m=1, l=2),
        Compute("log_over", "likelihood.log_is_increasing", each={"a": "alone"}, m=1, l=1),
        Compute("tangent", "likelihood.log_is_increasing", a=("u", 1), m=1, l=2),
        Compute("log", "likelihood.log_is_increasing", a=("u",), m=1, l=1),
        Combined("gap", {"tangent": 1, "log": -1}),
        Fixed("names", ("logarithm", "tangent u − 1", "gap")),
        Joined("values", ("log", "tangent", "gap")),
        Joined("here", ("u",)),
        Joined("log_here", ("log",)),
        Joined("tangent_here", ("tangent",)),
    ),
    rows={
        "curve": {"u": "axis", "log": "log_over", "tangent": "tangent_over"},
        "here": {"u": "here", "log": "log_here", "tangent": "tangent_here"},
    },
    chart={
        "width": 380,
        "height": 200,
        "layer": [
            _line_over(TANGENT_NUMBER | {"field": "u"}, TANGENT_HEIGHT | {"field": "log"}),
            _line_over(
                TANGENT_NUMBER | {"field": "u"}, TANGENT_HEIGHT | {"field": "tangent"}, [6, 3], "var(--figure-label)"
            ),
            over(
                "here",
                {"type": "rule", "strokeWidth": 4, "color": "var(--ink)"},
                x=TANGENT_NUMBER | {"field": "u"},
                y=TANGENT_HEIGHT | {"field": "log"},
                y2={"field": "tangent"},
            ),
            over("here", {"type": "point"}, x=TANGENT_NUMBER | {"field": "u"}, y=TANGENT_HEIGHT | {"field": "log"}),
            over(
                "here",
                {"type": "point", "shape": "square", "color": "var(--figure-label)"},
                x=TANGENT_NUMBER | {"field": "u"},
                y=TANGENT_HEIGHT | {"field": "tangent"},
            ),
            _words("log u", 300, 58, "var(--figure-model)"),
            _words("tangent u − 1 (dashed)", 255, 12, "var(--figure-label)", "right"),
        ],
    },
    reading="At {u:.1f} the logarithm is {log:.3f} and the tangent {tangent:.3f}. The gap is {gap:.3f}.",
    table=(Column("what", "names"), Column("its value", "values")),
)

# A triangle of the height 1 in a picture of 230 by 200: the corners, and from each corner the way to the side opposite.
TRIANGLE_CORNERS = ((0.0, 0.0), (2 / sqrt(3), 0.0), (1 / sqrt(3), 1.0))
TRIANGLE_INWARDS = ((sqrt(3) / 2, 0.5), (-sqrt(3) / 2, 0.5), (0.0, -1.0))
TRIANGLE_ACROSS = {"type": "quantitative", "scale": {"domain": [-0.4875, 1.6422], "nice": False}, "axis": None}
TRIANGLE_UPWARDS = {"type": "quantitative", "scale": {"domain": [-0.16, 1.12], "nice": False}, "axis": None}
TRIANGLE = Figure(
    name="triangle",
    title="Move the point: a distribution over three classes is a place in a triangle",
    notice="the three lines from the point to the sides are as long as the three probabilities p₁, p₂, p₃. If one "
    "grows, the others shrink: together they are always as long as the triangle is high, which is 1. At a corner one "
    "class is certain.",
    described="A triangle with a point in it; from the point a line to each side, as long as the probability of the "
    "class at the corner opposite",
    controls=(Simplex("p", "probabilities", (0.7, 0.2, 0.1), ("class 1", "class 2", "class 3"), least=0.0),),
    steps=(
        Fixed("names", ("class 1", "class 2", "class 3")),
        Fixed("corner_x", tuple(x for x, _ in TRIANGLE_CORNERS)),
        Fixed("corner_y", tuple(y for _, y in TRIANGLE_CORNERS)),
        Fixed("way_x", tuple(x for x, _ in TRIANGLE_INWARDS)),
        Fixed("way_y", tuple(y for _, y in TRIANGLE_INWARDS)),
        Multiplied("part_x", "p", "corner_x"),
        Multiplied("part_y", "p", "corner_y"),
        Total("x", "part_x"),
        Total("y", "part_y"),
        Multiplied("long_x", "p", "way_x"),
        Multiplied("long_y", "p", "way_y"),
        Combined("foot_x", {"x": 1, "long_x": 1}),
        Combined("foot_y", {"y": 1, "long_y": 1}),
        Combined("here_x", {"x": 1, "p": 0}),
        Combined("here_y", {"y": 1, "p": 0}),
        Total("sum", "p"),
        Fixed("letters", ("p₁", "p₂", "p₃")),
        Fixed("aside_x", (-0.05, 0.05, 0.09)),
        Fixed("aside_y", (0.07, 0.07, 0.0)),
    ),
    rows={
        "lines": {
            "name": "names",
            "letter": "letters",
            "aside_x": "aside_x",
            "aside_y": "aside_y",
            "p": "p",
            "x": "here_x",
            "y": "here_y",
            "foot_x": "foot_x",
            "foot_y": "foot_y",
            "corner_x": "corner_x",
            "corner_y": "corner_y",
        }
    },
    chart={
        "width": 380,
        "height": 230,
        "data": {"name": "lines"},
        "layer": [
            {
                "data": {
                    "values": [
                        {"x": x, "y": y, "order": place}
                        for place, (x, y) in enumerate(TRIANGLE_CORNERS + TRIANGLE_CORNERS[:1])
                    ]
                },
                "mark": {"type": "line", "color": "var(--figure-quiet)", "strokeWidth": 1.5},
                "encoding": {
                    "x": TRIANGLE_ACROSS | {"field": "x"},
                    "y": TRIANGLE_UPWARDS | {"field": "y"},
                    "order": {"field": "order", "type": "quantitative"},
                },
            },
            {
                "mark": {"type": "rule", "strokeWidth": 3, "color": "var(--figure-model)"},
                "encoding": {
                    "x": TRIANGLE_ACROSS | {"field": "x"},
                    "y": TRIANGLE_UPWARDS | {"field": "y"},
                    "x2": {"field": "foot_x"},
                    "y2": {"field": "foot_y"},
                },
            },
            {
                "transform": [
                    {"calculate": "(datum.x + datum.foot_x) / 2 + datum.aside_x", "as": "middle_x"},
                    {"calculate": "(datum.y + datum.foot_y) / 2 + datum.aside_y", "as": "middle_y"},
                    {"filter": "datum.p >= 0.05"},
                ],
                "mark": {"type": "text", "color": "var(--figure-model)"},
                "encoding": {
                    "x": TRIANGLE_ACROSS | {"field": "middle_x"},
                    "y": TRIANGLE_UPWARDS | {"field": "middle_y"},
                    "text": {"field": "letter"},
                },
            },
            {
                "mark": {"type": "point", "size": 110, "color": "var(--ink)"},
                "encoding": {"x": TRIANGLE_ACROSS | {"field": "x"}, "y": TRIANGLE_UPWARDS | {"field": "y"}},
            },
            {
                "transform": [
                    {"calculate": "datum.name + ': ' + format(datum.p, '.3f')", "as": "said"},
                    {"calculate": "datum.corner_y + (datum.corner_y > 0 ? 0.06 : -0.08)", "as": "beside"},
                ],
                "mark": {"type": "text"},
                "encoding": {
                    "x": TRIANGLE_ACROSS | {"field": "corner_x"},
                    "y": TRIANGLE_UPWARDS | {"field": "beside"},
                    "text": {"field": "said"},
                },
            },
        ],
    },
    reading="The probabilities are {p[1]:.3f}, {p[2]:.3f} and {p[3]:.3f}; their sum is {sum:.3f}.",
    table=(Column("class", "names"), Column("probability", "p")),
    presets=(
        Preset("All equal", {"p": (1 / 3, 1 / 3, 1 / 3)}),
        Preset("One-hot: class 2", {"p": (0, 1, 0)}),
    ),
)
