"""The figure of the chapter on where the maximum is."""

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Multiplied, Numbers, Preset, Toggles, Total

OBSERVATIONS = ("a1", "a2", "a3", "b1", "b2", "b3", "b4")
SETS = ("own p", "own logit", "p per input", "one p")
ROW_NAMES = ("label", *SETS)
SET_ROWS = {"field": "set", "type": "nominal", "sort": list(ROW_NAMES), "scale": {"domain": list(ROW_NAMES)}}
LEAST = {"type": "quantitative", "title": "mean loss (nats)", "scale": {"domain": [0, 1.1]}}
LEAST_AXIS = {"values": [0, 0.3, 0.6, 0.9], "grid": False}

FEASIBLE_SETS = Figure(
    name="feasible-sets",
    title="One data set, four sets of allowed probabilities, four best choices",
    notice="a model that sees only the input is on the dashed line, the floor, or to the right of it. Below it comes "
    "only what gives each observation a number of its own, and has learned the labels by heart. A finite logit never "
    "reaches the loss 0 even so.",
    described="A table of seven observations: their labels, and below them the best probabilities of four feasible "
    "sets; beside each row a bar for its mean loss, with a dashed line at the floor",
    controls=(
        Toggles("ya", "labels at a", (1, 1, 0), ("label of a1", "label of a2", "label of a3")),
        Toggles("yb", "labels at b", (0, 0, 0, 1), ("label of b1", "label of b2", "label of b3", "label of b4")),
        Numbers("size", "size of the logits", (2,), 0, 5, 0.1),
    ),
    steps=(
        Fixed("observations", OBSERVATIONS),
        Fixed("zeros", (0,) * 7),
        Fixed("ones", (1,) * 7),
        Joined("y", ("ya", "yb")),
        Combined("side", {"y": 2, "ones": -1}),
        Combined("sizes", {"zeros": 1, "size": 1}),
        Multiplied("z", "side", "sizes"),
        Compute("sigmoids", "sigmoid.probability", each={"z": "z"}),
        Compute("at_a", "bernoulli.frequency", y="ya"),
        Compute("at_b", "bernoulli.frequency", y="yb"),
        Joined("by_input", ("at_a",) * 3 + ("at_b",) * 4),
        Compute("frequency", "bernoulli.frequency", y="y"),
        Combined("shared", {"zeros": 1, "frequency": 1}),
        Compute("losses_own", "cross_entropy.two_outcomes", each={"p": "y", "y": "y"}),
        Compute("losses_logit", "sigmoid.cross_entropy", each={"y": "y", "z": "z"}),
        Compute("losses_input", "cross_entropy.two_outcomes", each={"p": "by_input", "y": "y"}),
        Compute("losses_shared", "cross_entropy.two_outcomes", each={"p": "shared", "y": "y"}),
        Total("total_own", "losses_own"),
        Total("total_logit", "losses_logit"),
        Total("total_input", "losses_input"),
        Total("total_shared", "losses_shared"),
        Joined("totals", ("total_own", "total_logit", "total_input", "total_shared")),
        Combined("means", {"totals": 1 / 7}),
        Fixed("sets", SETS),
        Combined("floor", {"total_input": 1 / 7}),
        Joined("floor_line", ("floor",)),
        Fixed("cell_sets", tuple(name for name in ROW_NAMES for _ in OBSERVATIONS)),
        Fixed("cell_observations", OBSERVATIONS * len(ROW_NAMES)),
        Joined("cells", ("y", "y", "sigmoids", "by_input", "shared")),
    ),
    rows={
        "cells": {"set": "cell_sets", "observation": "cell_observations", "p": "cells"},
        "bars": {"set": "sets", "loss": "means"},
        "floor": {"loss": "floor_line"},
    },
    chart={
        "spacing": 8,
        "hconcat": [
            {
                "width": 175,
                "height": 150,
                "data": {"name": "cells"},
                "encoding": {
                    "x": {
                        "field": "observation",
                        "type": "nominal",
                        "title": "input of the observation",
                        "axis": {"orient": "top", "labelExpr": "slice(datum.label, 0, 1)", "ticks": False},
                    },
                    "y": SET_ROWS
                    | {"title": None, "axis": {"ticks": False, "domain": False, "minExtent": 78, "maxExtent": 78}},
                },
                "layer": [
                    {
                        "transform": [{"filter": "datum.set != 'label'"}],
                        "mark": {"type": "rect", "color": "var(--figure-model)", "stroke": "var(--hairline)"},
                        "encoding": {
                            "opacity": {
                                "field": "p",
                                "type": "quantitative",
                                "legend": None,
                                "scale": {"domain": [0, 1], "range": [0.03, 0.5]},
                            }
                        },
                    },
                    {
                        "transform": [{"filter": "datum.set != 'label'"}],
                        "mark": {"type": "text", "fontSize": 11},
                        "encoding": {"text": {"field": "p", "type": "quantitative", "format": ".2~f"}},
                    },
                    {
                        "transform": [{"filter": "datum.set == 'label'"}],
                        "mark": {"type": "text", "fontWeight": 700, "color": "var(--figure-label)"},
                        "encoding": {"text": {"field": "p", "type": "quantitative", "format": ".0f"}},
                    },
                ],
            },
            {
                "width": 112,
                "height": 150,
                "layer": [
                    {
                        "data": {"name": "bars"},
                        "mark": {"type": "bar", "height": 14, "opacity": 0.5},
                        "encoding": {
                            "y": SET_ROWS | {"axis": None},
                            "x": LEAST | {"field": "loss", "axis": LEAST_AXIS},
                        },
                    },
                    {
                        "data": {"name": "bars"},
                        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 12},
                        "encoding": {
                            "y": SET_ROWS | {"axis": None},
                            "x": LEAST | {"field": "loss"},
                            "text": {"field": "loss", "type": "quantitative", "format": ".3f"},
                        },
                    },
                    {
                        "data": {"name": "floor"},
                        "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.5, "color": "var(--ink)"},
                        "encoding": {"x": LEAST | {"field": "loss"}},
                    },
                    {
                        "data": {"name": "floor"},
                        "mark": {"type": "text", "align": "left", "dx": 4, "text": "floor", "y": 8},
                        "encoding": {"x": LEAST | {"field": "loss"}},
                    },
                ],
            },
        ],
    },
    reading="The mean loss is {means[1]:.3f} with a probability for each observation, {means[3]:.3f} with one for each "
    "input (the floor), and {means[4]:.3f} with one for all. With logits of size {size:.1f} on the right side it is "
    "{means[2]:.3f}.",
    table=(
        Column("observation", "observations"),
        Column("label", "y", 0),
        Column("own p", "y", 0),
        Column("own finite logit", "sigmoids"),
        Column("one p per input", "by_input"),
        Column("one p for all", "shared"),
    ),
    presets=(
        Preset("Each input with one label only", {"ya": [1, 1, 1], "yb": [0, 0, 0, 0]}),
        Preset("Labels that hardly depend on the input", {"ya": [1, 0, 0], "yb": [1, 0, 0, 1]}),
    ),
)
