"""The figure of the chapter on perplexity: where a text is split moves the averages, and not the pooled perplexity."""

from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Joined, Numbers, Picked, Preset

TOKENS = ("token 1", "token 2", "token 3", "token 4")
WAYS_TO_AVERAGE = ("pooled", "averaged by size", "averaged by number")
IN_FIRST, IN_SECOND = [1, 0], [0, 1]
SPLITS = (
    [IN_FIRST, IN_SECOND, IN_SECOND, IN_SECOND],
    [IN_FIRST, IN_FIRST, IN_SECOND, IN_SECOND],
    [IN_FIRST, IN_FIRST, IN_FIRST, IN_SECOND],
)
OF_KIND = {"field": "kind", "type": "nominal", "sort": list(WAYS_TO_AVERAGE), "title": None}
OF_PERPLEXITY = {"field": "perplexity", "type": "quantitative", "title": "perplexity", "scale": {"domain": [0, 12]}}

POOLED_AND_AVERAGED = Figure(
    name="pooled-and-averaged",
    title="Move the split: the pooled perplexity stays",
    notice="the first bar does not move with the split. The second is never shorter than the first, and as long "
    "where both parts have the same perplexity. The third may be shorter or longer.",
    described="Three bars: the pooled perplexity of four tokens in two sequences, the perplexities of the sequences "
    "averaged by size, and averaged by number",
    controls=(
        Numbers("v", "loss of each token", (0.2, 1.4, 1.4, 1.4), 0, 2.4, 0.1, labels=TOKENS),
        Choice("place", "split after", {"token 1": 1, "token 2": 2, "token 3": 3}, 1),
    ),
    steps=(
        Fixed("kinds", WAYS_TO_AVERAGE),
        Fixed("splits", SPLITS),
        Picked("groups", "splits", "place"),
        Compute("pooled", "perplexity.pooled", v="v"),
        Compute("averaged", "perplexity.averaged", v="v", χ="groups"),
        Compute("first", "perplexity.of_group", v="v", χ="groups", u=1),
        Compute("second", "perplexity.of_group", v="v", χ="groups", u=2),
        Combined("plain", {"first": 0.5, "second": 0.5}),
        Joined("found", ("pooled", "averaged", "plain")),
    ),
    rows={"bars": {"kind": "kinds", "perplexity": "found"}},
    chart={
        "width": 380,
        "height": 110,
        "data": {"name": "bars"},
        "mark": {"type": "bar", "height": 18},
        "encoding": {"y": OF_KIND, "x": OF_PERPLEXITY},
    },
    reading="The two sequences have the perplexities {first:.3f} and {second:.3f}. Averaged by size that is "
    "{averaged:.3f}, by number {plain:.3f}; the pooled perplexity is {pooled:.3f}.",
    table=(Column("which", "kinds"), Column("perplexity", "found")),
    presets=(
        Preset("The long one is hard", {"v": (0.2, 1.4, 1.4, 1.4), "place": 1}),
        Preset("The short one is hard", {"v": (2.4, 0.4, 0.4, 0.4), "place": 1}),
        Preset("All alike", {"v": (1.4, 1.4, 1.4, 1.4), "place": 2}),
    ),
)
