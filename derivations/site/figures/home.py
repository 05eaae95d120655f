"""The figure of the first page: the chain from the likelihood to the cross-entropy, with five labels."""

from .parts import Column, Compute, Figure, Fixed, Joined, Numbers, Preset, Toggles

FIVE_LABELS = ("label 1", "label 2", "label 3", "label 4", "label 5")
CHAIN_AXIS = tuple(number / 100 for number in range(2, 99))
FIVE_TIMES = ("p",) * len(FIVE_LABELS)  # every observation gets the same probability
CHAIN_LINKS = ("likelihood", "log-likelihood", "negative log-likelihood", "its mean", "mean cross-entropy")
CHAIN_DEEDS = ("likelihood", "take the log", "change the sign", "divide by 5: its mean, the mean cross-entropy")


def _strip(curve, title, y_scale, ticks, last=False):
    """One link of the chain, over the probability: its curve, its value at the slider, and where it is best."""
    y_axis = {"minExtent": 34, "maxExtent": 34, "grid": False} | ticks
    y = {"field": curve, "type": "quantitative", "title": None, "scale": y_scale, "axis": y_axis}
    x = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "title": "probability p of a 1, the same for all five labels" if last else None,
        "axis": {"grid": False, "values": [0, 0.2, 0.4, 0.6, 0.8, 1], "labels": last, "ticks": last},
    }
    best = {"type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5, "color": "var(--figure-label)"}
    here = {"x": x | {"field": "p"}, "y": y}
    return {
        "width": 338,
        "height": 38,
        "layer": [
            *_heading(curve, title),
            {"data": {"name": "best"}, "mark": best, "encoding": {"x": x | {"field": "best"}}},
            {"data": {"name": "curves"}, "mark": {"type": "line", "clip": True}, "encoding": here},
            {"data": {"name": "here"}, "mark": {"type": "point", "clip": True}, "encoding": here},
        ],
    }


def _heading(curve, title):
    """What was done, and the number now: text of the picture's own, since a title would take a line to itself."""
    digits = f"datum.{curve} > 0 && datum.{curve} < 0.001 ? 'below 0.001' : format(datum.{curve}, '.3f')"
    return (
        {
            "data": {"values": [{"title": title}]},
            "mark": {"type": "text", "align": "left"},
            "encoding": {"x": {"value": -34}, "y": {"value": -12}, "text": {"field": "title"}},
        },
        {
            "data": {"name": "here"},
            "transform": [{"calculate": digits, "as": "said"}],
            "mark": {"type": "text", "align": "right", "fontWeight": 600},
            "encoding": {"x": {"value": 338}, "y": {"value": -12}, "text": {"field": "said"}},
        },
    )


def _over_the_axis(name, entry):
    return Compute(f"{name}_over", entry, each={"p": "shared"}, y="y")


HOME_CHAIN = Figure(
    name="chain",
    title="Click the labels and move p: each arrow changes the number, the best p stays the same",
    notice="the dashed line is where the likelihood is largest: at the share of ones. It goes through all four "
    "curves at their best point, a maximum above the change of sign and a minimum below it.",
    described="Four curves over the probability, one below the other: likelihood, log-likelihood, negative "
    "log-likelihood and its mean, with the same best probability marked in each",
    controls=(
        Toggles("y", "five labels", (1, 0, 1, 1, 0), FIVE_LABELS),
        Numbers("p", "probability p", (0.4,), 0.02, 0.98, 0.01, places=2),
    ),
    steps=(
        Fixed("links", CHAIN_LINKS),
        Fixed("axis", CHAIN_AXIS),
        Fixed("shared", tuple((p,) * len(FIVE_LABELS) for p in CHAIN_AXIS)),
        _over_the_axis("likelihood", "bernoulli.likelihood"),
        _over_the_axis("log", "bernoulli.log_likelihood"),
        _over_the_axis("negative", "bernoulli.negative_log_likelihood"),
        _over_the_axis("mean", "bernoulli.mean_negative_log_likelihood"),
        Compute("likelihood", "bernoulli.likelihood", p=FIVE_TIMES, y="y"),
        Compute("log", "bernoulli.log_likelihood", p=FIVE_TIMES, y="y"),
        Compute("negative", "bernoulli.negative_log_likelihood", p=FIVE_TIMES, y="y"),
        Compute("mean", "bernoulli.mean_negative_log_likelihood", p=FIVE_TIMES, y="y"),
        Compute("cross_entropy", "bernoulli.cross_entropy", p=FIVE_TIMES, y="y"),
        Compute("best", "bernoulli.frequency", y="y"),
        Joined("values", ("likelihood", "log", "negative", "mean", "cross_entropy")),
        Joined("here", ("p",)),
        Joined("best_here", ("best",)),
        Joined("likelihood_here", ("likelihood",)),
        Joined("log_here", ("log",)),
        Joined("negative_here", ("negative",)),
        Joined("mean_here", ("mean",)),
    ),
    rows={
        "curves": {
            "p": "axis",
            "likelihood": "likelihood_over",
            "log": "log_over",
            "negative": "negative_over",
            "mean": "mean_over",
        },
        "here": {
            "p": "here",
            "likelihood": "likelihood_here",
            "log": "log_here",
            "negative": "negative_here",
            "mean": "mean_here",
        },
        "best": {"best": "best_here"},
    },
    chart={
        "spacing": 5,
        "vconcat": [
            _strip("likelihood", CHAIN_DEEDS[0], {"nice": False, "range": [38, 4]}, {"tickCount": 2}),
            _strip("log", f"↓ {CHAIN_DEEDS[1]}", {"domain": [-10, 0]}, {"values": [-10, -5, 0]}),
            _strip("negative", f"↓ {CHAIN_DEEDS[2]}", {"domain": [0, 10]}, {"values": [0, 5, 10]}),
            _strip("mean", f"↓ {CHAIN_DEEDS[3]}", {"domain": [0, 2]}, {"values": [0, 1, 2]}, last=True),
        ],
    },
    reading="The likelihood is {likelihood:e}. Its logarithm is {log:.3f}; negated, that is {negative:.3f}. "
    "The mean is {mean:.3f}, and the mean cross-entropy is {cross_entropy:.3f}, too. The best p is {best:.1f}.",
    table=(Column("what", "links"), Column("its value", "values", None)),
    presets=(Preset("Go to the best probability", {"p": "best"}),),
)
