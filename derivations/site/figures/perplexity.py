"""The figure of the chapter on perplexity: where a text is split moves the averages, and not the pooled perplexity."""

from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Joined, Numbers, Picked, Preset, over

TOKENS = ("token 1", "token 2", "token 3", "token 4")
SEQUENCES = ("first sequence", "second sequence")
AVERAGES, POOLED = ("averaged by number", "averaged by size"), ("pooled",)
IN_FIRST, IN_SECOND = [1, 0], [0, 1]
SPLITS = (
    [IN_FIRST, IN_SECOND, IN_SECOND, IN_SECOND],
    [IN_FIRST, IN_FIRST, IN_SECOND, IN_SECOND],
    [IN_FIRST, IN_FIRST, IN_FIRST, IN_SECOND],
)
ALL_KINDS = (*SEQUENCES, *AVERAGES, *POOLED)
OF_KIND = {
    "field": "kind",
    "type": "nominal",
    "sort": list(ALL_KINDS),
    "scale": {"domain": list(ALL_KINDS)},
    "title": None,
}
OF_PERPLEXITY = {
    "field": "perplexity",
    "type": "quantitative",
    "title": "perplexity",
    "scale": {"domain": [0, 6], "nice": False},
    "axis": {"values": [0, 1, 2, 3, 4, 5, 6]},
}


def _bars(rows, **look):
    """Bars, each with its number behind its end."""
    number = {"type": "text", "align": "left", "dx": 4}
    return [
        over(rows, {"type": "bar", "height": 18, **look}, x=OF_PERPLEXITY, y=OF_KIND),
        over(rows, number, x=OF_PERPLEXITY, y=OF_KIND, text={"field": "perplexity", "format": ".3f"}),
    ]


POOLED_AND_AVERAGED = Figure(
    name="pooled-and-averaged",
    title="Move the split: the pooled perplexity stays",
    notice="the last bar, the pooled perplexity, does not move with the split. The average by size is never shorter, "
    "and as long where both sequences have the same perplexity. The average by number may be shorter or longer.",
    described="Five bars: the perplexities of two sequences of four tokens together, their averages by number and by "
    "size, and the pooled perplexity of the four tokens",
    controls=(
        Numbers("v", "loss of each token", (0.2, 1.4, 1.4, 1.4), 0, 1.6, 0.1, labels=TOKENS),
        Choice("place", "split after", {"token 1": 1, "token 2": 2, "token 3": 3}, 1),
    ),
    steps=(
        Fixed("kinds", ALL_KINDS),
        Fixed("sequences", SEQUENCES),
        Fixed("averages", AVERAGES),
        Fixed("all", POOLED),
        Fixed("splits", SPLITS),
        Picked("groups", "splits", "place"),
        Compute("pooled", "perplexity.pooled", v="v"),
        Compute("averaged", "perplexity.averaged", v="v", χ="groups"),
        Compute("first", "perplexity.of_group", v="v", χ="groups", u=1),
        Compute("second", "perplexity.of_group", v="v", χ="groups", u=2),
        Combined("plain", {"first": 0.5, "second": 0.5}),
        Joined("parts", ("first", "second")),
        Joined("averaged_both", ("plain", "averaged")),
        Joined("of_parts", ("parts", "averaged_both")),
        Joined("found", ("of_parts", "pooled")),
    ),
    rows={
        "parts": {"kind": "sequences", "perplexity": "parts"},
        "averages": {"kind": "averages", "perplexity": "averaged_both"},
        "pooled": {"kind": "all", "perplexity": "pooled"},
    },
    chart={
        "width": 340,
        "height": 160,
        "layer": [
            *_bars("parts", fillOpacity=0.35),
            *_bars("averages"),
            *_bars("pooled", color="var(--figure-label)"),
        ],
    },
    reading="The two sequences have the perplexities {first:.3f} and {second:.3f}. Averaged by size that is "
    "{averaged:.3f}, by number {plain:.3f}; the pooled perplexity is {pooled:.3f}.",
    table=(Column("which", "kinds"), Column("perplexity", "found")),
    presets=(
        Preset("Split in the middle", {"v": (0.2, 1.4, 1.4, 1.4), "place": 2}),
        Preset("The short one is hard", {"v": (1.6, 0.2, 0.2, 0.2), "place": 1}),
        Preset("All alike", {"v": (1.4, 1.4, 1.4, 1.4), "place": 2}),
    ),
)
