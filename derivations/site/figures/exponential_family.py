"""The figure of the chapter on exponential families: losses over one logit, and the means that are their slopes."""

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Multiplied, Numbers, Preset, Shared, over

FAMILY_LOGITS = tuple(number / 10 for number in range(-30, 21))
FAMILY_TICKS = (-3, -2, -1, 0, 1, 2)
FAMILIES = {  # which line, which point, and where the name stands: in the picture of the losses, in that of the means
    "bernoulli": ({"color": "var(--figure-model)"}, "circle", (-2.9, -0.4), (-2.9, -0.6)),
    "gaussian": ({"color": "var(--figure-wrong)", "strokeDash": [6, 3]}, "square", (0.1, -0.7), (-1.4, -2)),
    "poisson": ({"color": "var(--ink)", "strokeDash": [2, 2]}, "diamond", (0.4, 3.4), (-0.2, 2.4)),
}
FAMILY_NAMES = {"bernoulli": "Bernoulli", "gaussian": "Gaussian", "poisson": "Poisson"}


def _family(name, height, kind, place):
    """The curve of a family, a point on it where the slider stands, and its name beside it."""
    look, shape, *places = FAMILIES[name]
    color, (z, at) = look["color"], places[place]
    field = height | {"field": f"{kind}_{name}"}
    return [
        over("curves", {"type": "line", **look}, y=field),
        over("here", {"type": "point", "clip": True, "color": color, "shape": shape}, y=field),
        {
            "data": {"values": [{"z": z, "at": at, "name": FAMILY_NAMES[name]}]},
            "mark": {"type": "text", "align": "left", "color": color},
            "encoding": {"y": height | {"field": "at"}, "text": {"field": "name"}},
        },
    ]


def _panel(title, kind, place, domain, ticks, beside=(), last=False):
    """One quantity of all three families over the logit."""
    height = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False},
        "axis": {"title": None, "values": ticks, "minExtent": 30, "maxExtent": 30},
    }
    axis = {"title": "logit z", "values": list(FAMILY_TICKS)}
    return {
        "width": 330,
        "height": 130,
        "title": {"text": title, "offset": 6, "frame": "group"},
        "encoding": {
            "x": {
                "field": "z",
                "type": "quantitative",
                "scale": {"domain": [-3, 2], "nice": False},
                "axis": axis if last else axis | {"title": None, "labels": False, "ticks": False},
            }
        },
        "layer": [over(rows, mark, y=height | {"field": field}) for rows, mark, field in beside]
        + [layer for name in FAMILIES for layer in _family(name, height, kind, place)],
    }


def _at(of):
    """The losses and the means of the three families at the logits of a list; the observed number is the slider."""
    return (
        Shared(f"seen_{of}", "y", of),
        Multiplied(f"product_{of}", f"seen_{of}", of),
        Compute(f"softplus_{of}", "sigmoid.softplus", each={"z": of}),
        Multiplied(f"square_{of}", of, of),
        Compute(f"mean_bernoulli_{of}", "sigmoid.sigmoid", each={"z": of}),
        Combined(f"mean_gaussian_{of}", {of: 1}),
        Compute(f"mean_poisson_{of}", "exponential_family.exponential_slope", each={"z": f"rows_{of}"}, m=1),
        Combined(f"loss_bernoulli_{of}", {f"softplus_{of}": 1, f"product_{of}": -1}),
        Combined(f"loss_gaussian_{of}", {f"square_{of}": 0.5, f"product_{of}": -1}),
        Combined(f"loss_poisson_{of}", {f"mean_poisson_{of}": 1, f"product_{of}": -1}),
    )


def _drawn(of):
    fields = {f"{kind}_{name}": f"{kind}_{name}_{of}" for kind in ("loss", "mean") for name in FAMILIES}
    return {"z": of, "seen": f"seen_{of}"} | fields


EXPONENTIAL_FAMILIES = Figure(
    name="exponential-families",
    title="Three log-partitions: every slope is a mean, and the gradient is its distance to what was observed",
    notice="below, the dashed level is what was observed. Where a curve of means crosses it, the loss above is "
    "smallest. Left of the crossing the mean is too small, and the slope of the loss is negative.",
    described="Above, the losses of a Bernoulli, a Gaussian and a Poisson family over the logit; below, their means, "
    "and a level line at the number that was observed",
    controls=(
        Numbers("z", "logit", (-1.5,), -3, 2, 0.1),
        Numbers("y", "observed", (0.6,), 0.1, 0.9, 0.1),
    ),
    steps=(
        Fixed("axis", FAMILY_LOGITS),
        Fixed("rows_axis", tuple((z,) for z in FAMILY_LOGITS)),
        Joined("here", ("z",)),
        Fixed("one", (1,)),
        Shared("rows_here", "here", "one"),
        *_at("axis"),
        *_at("here"),
        Fixed("families", tuple(FAMILY_NAMES.values())),
        Joined("losses", tuple(f"loss_{name}_here" for name in FAMILIES)),
        Joined("means", tuple(f"mean_{name}_here" for name in FAMILIES)),
        Shared("observed", "y", "means"),
        Combined("slopes", {"means": 1, "observed": -1}),
    ),
    rows={"curves": _drawn("axis"), "here": _drawn("here")},
    chart={
        "spacing": 8,
        "vconcat": [
            _panel("loss A(z) − y z", "loss", 0, [-1, 4], [-1, 0, 1, 2, 3, 4]),
            _panel(
                "mean A′(z), and what was observed", "mean", 1, [-3, 3], [-3, -2, -1, 0, 1, 2, 3],
                beside=[("curves", {"type": "line", "color": "var(--figure-label)", "strokeDash": [8, 4]}, "seen")],
                last=True,
            ),
        ],
    },
    reading="At the logit {z:.1f}, with {y:.1f} observed, the slopes are {slopes[1]:.3f} in the Bernoulli family, "
    "{slopes[2]:.3f} in the Gaussian and {slopes[3]:.3f} in the Poisson family.",
    table=(
        Column("family", "families"),
        Column("loss", "losses"),
        Column("mean", "means"),
        Column("observed", "observed", 1),
        Column("slope: mean − observed", "slopes"),
    ),
    presets=(
        Preset("Gaussian at its best", {"z": "y"}),
        Preset("Logit far too small", {"z": -3}),
        Preset("Logit far too large", {"z": 2}),
    ),
)
