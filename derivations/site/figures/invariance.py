"""The figure of the chapter on invariance: a factor lifts a log-likelihood, the logit stretches it, the top stays."""

from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Numbers, Picked, Preset, Total, over

KEPT_GRID = tuple(number / 100 for number in range(1, 100))
KEPT_TENTHS = tuple(number / 10 for number in range(1, 10))
KEPT_LABELS = tuple([1] * ones + [0] * (5 - ones) for ones in range(1, 5))
KEPT_WIDTH = 340


def _pairs(probabilities):
    """Each probability of the label 1 beside that of the label 0."""
    return tuple([p, round(1 - p, 2)] for p in probabilities)


def _logit(of, rest, alone=False):
    """Of a probability or of each in a list: what its logarithm is above that of the rest up to 1."""
    own, other = ({"p": name} if alone else {"each": {"p": name}} for name in (of, rest))
    return (
        Compute(f"surprise_{of}", "distributions.surprisal", **own),
        Compute(f"surprise_{rest}", "distributions.surprisal", **other),
        Combined(f"logit_{of}", {f"surprise_{rest}": 1, f"surprise_{of}": -1}),
    )


def _panel(title, field, axis, domain):
    """The log-likelihood, with the factor and without it, over one way to write the model."""
    across = {"field": field, "type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": axis}
    height = {
        "field": "lifted",
        "type": "quantitative",
        "scale": {"domain": [-13, 1], "nice": False},
        "axis": {"title": None, "values": [-12, -8, -4, 0], "minExtent": 34, "maxExtent": 34},
    }
    plain = {"type": "line", "strokeWidth": 1.8, "strokeDash": [6, 3], "color": "var(--figure-label)"}
    return {
        "width": KEPT_WIDTH,
        "height": 130,
        "title": {"text": title, "offset": 6},
        "layer": [
            over("best", {"type": "rule", "strokeDash": [2, 2], "strokeWidth": 1.5}, x=across),
            over("curves", plain, x=across, y=height | {"field": "plain"}),
            over("curves", {"type": "line", "strokeWidth": 2.5}, x=across, y=height),
            over("best", {"type": "point", "size": 90}, x=across, y=height),
            over("other", {"type": "point", "filled": False, "size": 90, "strokeWidth": 2.5}, x=across, y=height),
        ],
    }


MAXIMUM_STAYS = Figure(
    name="maximum-stays",
    title="A factor lifts the curve, the logit stretches it: the frequency stays best",
    notice="the factor adds its logarithm to every log-likelihood: the solid curve is the dashed one, lifted. So its "
    "top, the disc, stays on the dotted line, at the frequency. Below, the same heights stand over logits, and the top "
    "is at the logit of the frequency. The ring is as far below the disc in both pictures, whatever the factor is.",
    described="Above, over the probability, a log-likelihood as a dashed curve and, lifted by a factor, as a solid "
    "one; below, both over the logit; in each picture a dotted line with a disc at the top, and a ring elsewhere",
    controls=(
        Numbers("t", "factor t", (5,), 1, 20, 1, places=0),
        Choice("ones", "ones of five", {"1": 1, "2": 2, "3": 3, "4": 4}, 2),
        Numbers("p", "another p", (0.75,), 0.05, 0.95, 0.05, places=2),
    ),
    steps=(
        Fixed("all_labels", KEPT_LABELS),
        Fixed("all_pairs", tuple([[y, 1 - y] for y in labels] for labels in KEPT_LABELS)),
        Picked("labels", "all_labels", "ones"),
        Picked("y", "all_pairs", "ones"),
        Fixed("certain", (1,)),
        Total("one", "certain"),
        Compute("best", "bernoulli.frequency", y="labels"),
        Combined("best_rest", {"one": 1, "best": -1}),
        Combined("p_rest", {"one": 1, "p": -1}),
        *_logit("best", "best_rest", alone=True),
        *_logit("p", "p_rest", alone=True),
        Compute("highest", "invariance.log_multiplied_maximum", y="y", t="t"),
        Compute("lower", "invariance.log_multiplied", y="y", t="t", p=("p", "p_rest")),
        Compute("ratio", "invariance.ratio", y="y", p=("best", "best_rest"), q=("p", "p_rest")),
        Fixed("grid", KEPT_GRID),
        Fixed("rest", KEPT_GRID[::-1]),
        Fixed("pairs", _pairs(KEPT_GRID)),
        *_logit("grid", "rest"),
        Compute("plain", "categorical.shared_log_likelihood", each={"p": "pairs"}, y="y"),
        Compute("lifted", "invariance.log_multiplied", each={"p": "pairs"}, y="y", t="t"),
        Fixed("tenths", KEPT_TENTHS),
        Fixed("tenths_rest", KEPT_TENTHS[::-1]),
        Fixed("tenth_pairs", _pairs(KEPT_TENTHS)),
        *_logit("tenths", "tenths_rest"),
        Compute("plain_at", "categorical.shared_log_likelihood", each={"p": "tenth_pairs"}, y="y"),
        Compute("lifted_at", "invariance.log_multiplied", each={"p": "tenth_pairs"}, y="y", t="t"),
    ),
    rows={
        "curves": {"p": "grid", "z": "logit_grid", "plain": "plain", "lifted": "lifted"},
        "best": {"p": "best", "z": "logit_best", "lifted": "highest"},
        "other": {"p": "p", "z": "logit_p", "lifted": "lower"},
    },
    chart={
        "spacing": 10,
        "vconcat": [
            _panel(
                "log-likelihood without the factor (dashed) and with it",
                "p",
                {"title": "probability p", "tickCount": 5, "grid": False},
                [0, 1],
            ),
            _panel(
                "the same over the logit",
                "z",
                {"title": "logit z", "values": [-4, -2, 0, 2, 4], "grid": False},
                [-4, 4],
            ),
        ],
    },
    reading="With the factor {t:.0f} the largest log-likelihood is {highest:.3f}, at the probability {best:.2f}, whose "
    "logit is {logit_best:.3f}. The likelihood is {ratio:e} times as large there as at the probability {p:.2f}, with "
    "any factor.",
    table=(
        Column("p", "tenths", 1),
        Column("logit", "logit_tenths"),
        Column("log-likelihood", "plain_at"),
        Column("with the factor", "lifted_at"),
    ),
    presets=(
        Preset("No factor", {"t": 1}),
        Preset("Two ones, ten orders", {"t": 10, "ones": 2}),
        Preset("Compare with one half", {"p": 0.5}),
    ),
)
