"""The figure of the chapter on small differences: what one sample adds to a divergence, by two estimates."""

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Preset, Simplex, over

TWO_CLASSES = ("class 1", "class 2")
ADDED = {"type": "quantitative", "title": "added by one sample", "scale": {"domain": [-2, 3]}}
CLASS = {"field": "class", "type": "nominal", "title": None, "axis": {"labelAngle": 0}}


def _terms(title, field, color):
    """The chart of one of the two estimates: its terms as bars, and their mean as a line."""
    return {
        "width": 150,
        "height": 210,
        "title": title,
        "layer": [
            over("terms", {"type": "bar", "width": 36, "color": color}, x=CLASS, y=ADDED | {"field": field}),
            over("mean", {"type": "rule", "strokeDash": [4, 3], "color": "var(--figure-label)", "strokeWidth": 2},
                 y=ADDED | {"field": "mean"}),
        ],
    }  # fmt: skip


SAMPLED_TERMS = Figure(
    name="sampled-terms",
    title="Two estimates of a divergence: the same mean, but only one is never negative",
    notice="the dashed line is the mean of the bars, with the probabilities of the model: the divergence, in both "
    "charts. The logarithm of p over q is negative for a class that the reference finds more probable. The "
    "other term, k3, is never below 0.",
    described="Two bar charts for two classes: on the left the logarithms of p over q, one above and one below 0; on "
    "the right the terms called k3, both above 0; in both a dashed line at the same height, the divergence",
    controls=(
        Simplex("model", "model p", (0.7, 0.3), TWO_CLASSES, least=0.15, places=2),
        Simplex("reference", "reference q", (0.2, 0.8), TWO_CLASSES, least=0.15, places=2),
    ),
    steps=(
        Fixed("names", TWO_CLASSES),
        Fixed("classes", (1, 2)),
        Compute("of_model", "distributions.surprisal", each={"p": "model"}),
        Compute("of_reference", "distributions.surprisal", each={"p": "reference"}),
        Combined("logarithms", {"of_reference": 1, "of_model": -1}),
        Compute("sampled", "small_differences.sampled", each={"k": "classes"}, p="model", q="reference"),
        Compute("mean", "small_differences.sampled_mean", p="model", q="reference"),
        Joined("drawn", ("model",)),
    ),
    rows={
        "terms": {"class": "names", "logarithm": "logarithms", "sampled": "sampled"},
        "mean": {"mean": "mean"},
    },
    chart={
        "spacing": 14,
        "hconcat": [
            _terms("log p/q", "logarithm", "var(--figure-wrong)"),
            _terms("k3", "sampled", "var(--figure-model)"),
        ],
    },
    reading="The divergence is {mean:.3f}. A sample of class 1 adds {logarithms[1]:.3f} to the plain estimate and "
    "{sampled[1]:.3f} to k3, one of class 2 {logarithms[2]:.3f} and {sampled[2]:.3f}.",
    table=(
        Column("class", "names"),
        Column("probability of the model", "drawn", 2),
        Column("log p/q", "logarithms"),
        Column("k3", "sampled"),
    ),
    presets=(
        Preset("Nearly equal", {"model": (0.7, 0.3), "reference": (0.68, 0.32)}),
        Preset("Far apart", {"model": (0.7, 0.3), "reference": (0.15, 0.85)}),
    ),
)
