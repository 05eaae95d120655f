"""The plot of the error against the logit: a line for each library, drawn when the site is built."""

from html import escape

from ..figures.compute import SUPERSCRIPTS
from ..figures.drawing import drawn_chart
from ..figures.page import link_to_figure

# Colour, dashes and width: lines that lie on each other are narrower and narrower, so that all of them show.
LINES = {
    "NumPy code": ("var(--figure-model)", [1, 0], 7), "PyTorch": ("var(--figure-label)", [1, 0], 5),
    "scikit-learn": ("var(--figure-quiet)", [1, 0], 3.5), "SciPy": ("var(--ink)", [2, 5], 2.5),
    "optax": ("var(--figure-wrong)", [8, 6], 2), "Keras": ("var(--ink)", [1, 0], 1),
}  # fmt: skip
MARKED_POWERS = (16, 12, 8, 4, 0)
NO_ERROR, ALL_WRONG = 1e-17, 1.0  # no error is drawn as the one, and what is above the other as that
PANELS = {
    "binary: gradient": "binary, label 1: gradient in z",
    "softmax: value": "softmax, logits z, 0, 0: loss",
    "softmax: gradient": "softmax, logits z, 0, 0: gradient in z",
}
NOTHING_LEFT = 0.5


def plot_of_errors(record: dict) -> str:
    """The figure as HTML: a picture, what it shows in words, and where each line has lost everything as a table."""
    svg = drawn_chart(_chart(), {"errors": _rows(record)})
    return (
        '<figure class="live" id="figure-how-exact" data-search-exclude>\n'
        f'<p class="figure-title">Relative error against the logit{link_to_figure("how-exact")}</p>\n'
        '<div class="figure-chart" role="img" aria-label="Three charts of the relative error over the logit z, with a '
        "line for each library: the line of the printed code stays near the bottom, the others rise to the top, where "
        f'no digit is right, at the logits that the table below names"><div aria-hidden="true">{svg}</div></div>\n'
        "<figcaption><strong>Notice:</strong> at the top no digit is right, and at the bottom all are. Lines that "
        "lie on each other are of different widths. JAX and torch code lie where NumPy code does. Of the three classes "
        "the first, whose logit is z, is true. The axis of the logit is stretched near 0.</figcaption>\n"
        f'<details class="figure-table"><summary>Where no digit is right, as a table</summary>\n{_table(record)}'
        "</details>\n</figure>"
    )


def _rows(record):
    return [{"who": row["who"], "what": row["what"], "z": row["z"],
             "error": min(max(row["error"], NO_ERROR), ALL_WRONG)}
            for row in record["plotted"] if row["who"] in LINES]  # fmt: skip


def _chart():
    return {"spacing": 10, "vconcat": [_panel(what, title) for what, title in PANELS.items()]}


def _panel(what, title):
    by_who = {"field": "who", "type": "nominal", "sort": None}
    looks = [{"domain": list(LINES), "range": list(column)} for column in list(zip(*LINES.values()))[:2]]
    across = {"type": "symlog", "constant": 10, "domain": [-1000, 1000], "nice": False}
    upward = {"type": "log", "domain": [NO_ERROR, ALL_WRONG], "nice": False}
    told = " : ".join(f"datum.value < {2 * 10.0**-power} ? '10{str(-power).translate(SUPERSCRIPTS)}'"
                      for power in MARKED_POWERS)  # fmt: skip
    powers = {"values": [10.0**-power for power in MARKED_POWERS], "labelExpr": f"{told} : ''", "minExtent": 50}
    return {
        "width": 296, "height": 120,
        "title": {"text": title, "anchor": "start", "offset": 5},
        "data": {"name": "errors"},
        "transform": [{"filter": f"datum.what == '{what}'"}],
        "layer": [{"mark": {"type": "line", "strokeWidth": width}, "transform": [{"filter": f"datum.who == '{who}'"}]}
                  for who, (*_, width) in LINES.items()],
        "encoding": {
            "x": {"field": "z", "type": "quantitative", "title": "logit z" if what == list(PANELS)[-1] else None,
                  "scale": across, "axis": {"values": [-700, -100, -20, 0, 20, 100, 700], "grid": False}},
            "y": {"field": "error", "type": "quantitative", "title": None, "scale": upward, "axis": powers},
            "color": by_who | {"scale": looks[0], "legend": {"columns": 3, "symbolType": "stroke", "symbolSize": 300}},
            "strokeDash": by_who | {"scale": looks[1]},
        },
    }  # fmt: skip


def _table(record):
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in ("Who", *PANELS.values()))
    body = "".join(
        f'<tr><th scope="row">{escape(who)}</th>'
        + "".join(f"<td>{_where(record, who, what)}</td>" for what in PANELS) + "</tr>"
        for who in LINES
    )  # fmt: skip
    table = f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div tabindex="0" role="group" aria-label="Table of where no digit is right">{table}</div>'


def _where(record, who, what):
    """From which logit to which no digit is right."""
    places = [row["z"] for row in record["plotted"]
              if (row["who"], row["what"]) == (who, what) and row["error"] >= NOTHING_LEFT]  # fmt: skip
    if not places:
        return "nowhere"
    return f"{min(places):.0f} to {max(places):.0f}".replace("-", "−")
