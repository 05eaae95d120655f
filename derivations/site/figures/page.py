"""A figure on a page: the still picture with its controls, its words and its table, and the script that moves it."""

import json
from html import escape

from ...catalogue import catalogue
from ...signatures import formula_of, lengths, named_arguments, unread, written_out
from ...writing.javascript import arrow_function, library
from .compute import NUMBER, computed, rows, said
from .drawing import moving, still
from .parts import Choice, Compute, Figure, Numbers, Preset, Simplex, Toggles


def figure_block(figure: Figure) -> str:
    """The figure as HTML. Without JavaScript it is a picture with a caption and a table."""
    found = computed(figure, figure.start())
    controls = "\n".join(_control(figure, control) for control in figure.controls)
    presets = "".join(map(_preset, figure.presets))
    reset = '<button type="button" data-reset>Reset</button>'
    link = '<button type="button" data-link>Copy a link to this setting</button>'
    return (
        f'<figure class="live" id="figure-{figure.name}" data-figure="{figure.name}" data-search-exclude>\n'
        f'<p class="figure-title">{escape(figure.title)}{link_to_figure(figure.name)}</p>\n'
        f'<div class="figure-chart" role="img" aria-label="{escape(figure.described)}">'
        f'<div aria-hidden="true">{still(figure, rows(figure, found))}</div></div>\n'
        f'<p class="figure-reading" aria-live="polite">{_reading(figure, found)}</p>\n'
        f'<div class="figure-controls">\n{controls}\n<p class="figure-buttons">{presets}{reset}{link}</p>\n</div>\n'
        f"<figcaption><strong>Notice:</strong> {escape(figure.notice)}</figcaption>\n"
        f'<details class="figure-table"><summary>The numbers as a table</summary>\n{_table(figure, found)}</details>\n'
        '<script src="javascripts/figures.js" defer></script>\n</figure>'
    )


def link_to_figure(name: str) -> str:
    """A link to the place of a figure, as headings have."""
    return f'<a class="headerlink" href="#figure-{name}" title="Link to this figure">¶</a>'


def script(figure: Figure) -> str:
    """What the browser loads at the first touch: the functions, printed from the catalogue; the steps; the chart."""
    found = computed(figure, figure.start())
    ids = dict.fromkeys(step.entry for step in figure.steps if isinstance(step, Compute))
    steps = json.dumps([_as_data(step) for step in figure.steps], ensure_ascii=False)
    return (
        f'figures.register("{figure.name}", {{\nfunctions: {library({id: _function(catalogue()[id]) for id in ids})},\n'
        f"steps: {steps},\nrows: {json.dumps(figure.rows)},\nchart: {moving(figure, rows(figure, found))}\n}});\n"
    )


def _function(entry):
    expression = written_out(formula_of(entry))
    shown = named_arguments(entry, expression)
    return arrow_function(expression, [*shown, *unread(expression, shown)], lengths(expression, shown))


def _as_data(step):
    """A step with the name of its kind, by which the browser knows it too."""
    return {"kind": type(step).__name__} | vars(step)


def _control(figure, control):
    kinds = {Numbers: _sliders, Simplex: _sliders, Toggles: _toggles, Choice: _radios}
    shown = kinds[type(control)](figure, control)
    between = " data-between" if getattr(control, "between", False) else ""
    return (
        f'<fieldset data-control="{control.name}" data-kind="{type(control).__name__.lower()}"{between}>'
        f"<legend>{escape(control.legend)}</legend>{shown}</fieldset>"
    )


def _sliders(figure, control):
    labels = getattr(control, "labels", ()) or ("",)
    low, high, step = (
        (control.least, 1, 0.01) if isinstance(control, Simplex) else (control.low, control.high, control.step)
    )
    shown = []
    for label, start in zip(labels, control.start, strict=True):
        named = f"{escape(label)} " if label else f'<span class="hidden-label">{escape(control.legend)}</span>'
        shown.append(
            f'<label><span class="slider-name">{named}</span>'
            f'<input type="range" min="{low}" max="{high}" step="{step}" '
            f'value="{start}" autocomplete="off">'
            f'<output data-places="{control.places}">{said(start, control.places)}</output></label>'
        )
    return "".join(shown)


def _toggles(figure, control):
    labels = control.labels or tuple(f"{control.legend} {number}" for number in range(1, len(control.start) + 1))
    return (
        '<span class="toggles">'
        + "".join(
            f'<button type="button" aria-pressed="{"true" if start else "false"}">'
            f'<span class="hidden-label">{escape(label)}: </span><span>{start}</span></button>'
            for label, start in zip(labels, control.start, strict=True)
        )
        + "</span>"
    )


def _radios(figure, control):
    group = f"{figure.name}-{control.name}"
    return "".join(
        f'<label><input type="radio" name="{group}" value="{value}" autocomplete="off"'
        f"{' checked' if value == control.start else ''}> {escape(label)}</label>"
        for label, value in control.options.items()
    )


def _preset(preset: Preset):
    values = escape(json.dumps(preset.values))
    return f'<button type="button" data-preset="{values}" data-times="{preset.times}">{escape(preset.label)}</button>'


def _reading(figure, found):
    """The sentence with its live numbers; each says where it comes from, so that the script can renew it."""
    written, end = [], 0
    for match in NUMBER.finditer(figure.reading):
        name, place, places = match[1], match[2], match[3]
        value = found[name][int(place) - 1] if place else found[name]
        written.append(escape(figure.reading[end : match.start()]))
        written.append(_number(value, name, int(place) - 1 if place else None, int(places) if places else None))
        end = match.end()
    return "".join(written) + escape(figure.reading[end:])


def _number(value, name, place, places):
    where = f"{name}.{place}" if place is not None else name
    return f'<span data-value="{where}" data-places="{"" if places is None else places}">{said(value, places)}</span>'


def _table(figure, found):
    head = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in figure.table)
    length = len(found[figure.table[0].of])
    body = "".join(
        "<tr>" + "".join(_cell(column, found, place, number) for number, column in enumerate(figure.table)) + "</tr>"
        for place in range(length)
    )
    table = f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div tabindex="0" role="group" aria-label="Table of the numbers">{table}</div>'


def _cell(column, found, place, number):
    value = found[column.of][place]
    shown = escape(value) if isinstance(value, str) else _number(value, column.of, place, column.places)
    return f'<th scope="row">{shown}</th>' if number == 0 else f"<td>{shown}</td>"
