"""The chart of a figure: as a still picture, and as what the drawing library runs in the browser.

Drawn by Vega-Lite, because one specification gives both: the still picture when the site is built, and the chart that
moves. Compared with Observable Plot: that is the smaller one in the browser (159 kB against 305, loaded at the first
touch), but draws only there, so every still picture would need a second drawing of its own. The specification is
compiled to Vega when the site is built, so nothing is compiled in the page. Colours are names of the stylesheets' own:
a chart follows the page into dark mode and onto paper.
"""

import json
import re
from functools import cache
from hashlib import sha256

import vl_convert

from .parts import Figure

VERSION = "6.4"
LOOK = {
    "background": None,
    "font": "STIX Two Text, serif",
    "aria": False,  # the picture has one label, and its numbers stand beside it as text and table
    "padding": 2,
    "view": {"stroke": None},
    "bar": {"color": "var(--figure-model)"},
    "line": {"color": "var(--figure-model)", "strokeWidth": 2},
    "rule": {"color": "var(--figure-quiet)"},
    "point": {"color": "var(--figure-model)", "filled": True, "size": 60, "opacity": 1},
    "text": {"color": "var(--ink)", "fontSize": 13},
    "title": {"color": "var(--ink)", "fontSize": 13, "fontWeight": 600, "anchor": "start"},
    "axis": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--ink)",
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "domainColor": "var(--figure-quiet)",
        "tickColor": "var(--figure-quiet)",
        "gridColor": "var(--hairline)",
        "labelAngle": 0,
        "labelFlush": False,  # or the first and the last number lean towards their neighbours
    },
    "header": {"labelColor": "var(--ink)", "titleColor": "var(--ink)", "labelFontSize": 13, "titleFontSize": 13},
    "legend": {
        "labelColor": "var(--ink)",
        "titleColor": "var(--ink)",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "orient": "top",
        "title": None,
        "symbolStrokeWidth": 2,
    },
}
COMPOSED = {"layer", "hconcat", "vconcat"}
# What is so where nothing is said; the library says it of every mark.
SAID_ANYWAY = re.compile(r' (?:opacity|stroke-width)="1"')

# The library counts these ids on from one picture to the next, so that another process begins anew with 1.
CLIPPED = re.compile(r"\bclip(\d+)\b")


def specification(chart: dict, rows: dict) -> dict:
    """The chart as Vega-Lite, with data. Width and height are those of the whole, unless it is made of several."""
    alone = {"autosize": {"type": "fit", "contains": "padding"}} if {"mark", "layer"} & set(chart) else {}
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VERSION}.json",
        "config": LOOK,
        "datasets": rows,
        **alone,
        **cut_at_the_axes(chart),
    }


def cut_at_the_axes(part: dict, above: dict | None = None) -> dict:
    """The chart, or a part of it, with its lines cut where an axis of fixed heights ends: one that ran on would make
    the picture taller than it is. What is said for the parts `above` holds for this one too.
    """
    said = (above or {}) | part.get("encoding", {})
    inner = {name: [cut_at_the_axes(each, said) for each in part[name]] for name in COMPOSED & set(part)}
    mark = part.get("mark")
    look = {"type": mark} if isinstance(mark, str) else mark
    fixed = "domain" in said.get("y", {}).get("scale", {})
    return part | inner | ({"mark": {"clip": True, **look}} if mark and look["type"] == "line" and fixed else {})


def still(figure: Figure, rows: dict) -> str:
    """The chart as SVG. ValueError for a chart that the library does not draw."""
    return drawn_chart(figure.chart, rows)


def drawn_chart(chart: dict, rows: dict) -> str:
    """Any chart as SVG, of a figure that moves or of one that does not."""
    specified = specification(chart, rows)
    drawn = SAID_ANYWAY.sub("", vl_convert.vegalite_to_svg(specified, vl_version=VERSION))
    mark, numbers = sha256(json.dumps(specified, sort_keys=True).encode()).hexdigest()[:8], {}
    return CLIPPED.sub(lambda found: f"clip-{mark}-{numbers.setdefault(found[1], len(numbers) + 1)}", drawn)


def moving(figure: Figure, rows: dict) -> str:
    """The chart as Vega, in JSON."""
    compiled = vl_convert.vegalite_to_vega(specification(figure.chart, rows), vl_version=VERSION)
    return json.dumps(compiled, separators=(",", ":"), ensure_ascii=False)


@cache
def drawing_library() -> str:
    """The drawing library for the browser: the function `vegaEmbed`."""
    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VERSION)
