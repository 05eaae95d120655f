"""What a figure is made of: controls that set its state, steps that compute from it, a chart and words that show them.

Nothing here computes a formula: a step names an entry of the catalogue, and where its arguments come from. An argument
is a number, the name of a control or of an earlier step, or a tuple of such. With `each`, a step is computed for every
entry of one or more lists at once: ``Compute("p", "softmax.probability", each={"k": "classes"}, z="z")``.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Numbers:
    """Sliders, one for each label; a single one (without `labels`) sets a number and not a list. They stand at their
    marks, unless they may stand `between` two: where a button leads that computes.
    """

    name: str
    legend: str
    start: tuple[float, ...]
    low: float
    high: float
    step: float
    labels: tuple[str, ...] = ()
    places: int = 1
    between: bool = False


@dataclass(frozen=True)
class Simplex:
    """Sliders for probabilities: when one moves, the others share the rest in the proportion that they had, in whole
    hundredths. Equal ones stay equal: then shares are whole thousandths, and three equal ones stay thirds.
    """

    name: str
    legend: str
    start: tuple[float, ...]
    labels: tuple[str, ...]
    least: float = 0.01
    places: int = 3
    between: bool = True


@dataclass(frozen=True)
class Toggles:
    """Buttons that are 0 or 1, each."""

    name: str
    legend: str
    start: tuple[int, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One of several: radio buttons, each with the number that it stands for."""

    name: str
    legend: str
    options: dict[str, float]
    start: float


@dataclass(frozen=True)
class Preset:
    """A button that sets controls: to given values, or (a text) to what another control or a step has at the time.
    With `times` it does so again and again, each time from the state that the last time led to.
    """

    label: str
    values: dict[str, object]
    times: int = 1


Control = Numbers | Simplex | Toggles | Choice


@dataclass(frozen=True)
class Fixed:
    """A list that does not depend on the state: the classes, the points of an axis, the data of an example."""

    name: str
    values: tuple


@dataclass(frozen=True)
class Compute:
    """An entry of the catalogue, computed; with `each`, once for every entry of the lists that it names."""

    name: str
    entry: str
    each: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, object] = field(default_factory=dict)

    def __init__(self, name, entry, each=None, **arguments):
        for attribute, value in (("name", name), ("entry", entry), ("each", each or {}), ("arguments", arguments)):
            object.__setattr__(self, attribute, value)


@dataclass(frozen=True, init=False)
class Unguarded(Compute):
    """An entry of numbers as a program computes it that looks at nothing: every step is rounded, and the logarithm of
    a 0 that comes of it is minus infinity. In a chart that is a gap, and as a number the word "infinite".
    """


@dataclass(frozen=True)
class Combined:
    """A sum of lists or numbers with factors, for what is no result but how a figure is drawn: where an arrow ends."""

    name: str
    factors: dict[str, float]


@dataclass(frozen=True)
class Multiplied:
    """Two lists, entry by entry: the chain rule as somebody applies it who takes one path only."""

    name: str
    one: str
    other: str


@dataclass(frozen=True)
class Total:
    """The sum of a list."""

    name: str
    of: str


@dataclass(frozen=True)
class Repeated:
    """A list, several times over: the same data again."""

    name: str
    of: str
    times: str


@dataclass(frozen=True)
class Shared:
    """The same number for all observations: a list of it, as long as another list; of a list, such a list for each."""

    name: str
    of: str
    like: str


@dataclass(frozen=True)
class Joined:
    """Lists and numbers one after another, as one list."""

    name: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class Picked:
    """One entry of a list, counted from 1: the data set that a control chooses."""

    name: str
    of: str
    at: str


@dataclass(frozen=True)
class Crossing:
    """Where a list changes its sign, in the places of another list: between two neighbours along a straight line."""

    name: str
    of: str
    along: str


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, the list it shows, its numbers' places (None: for very small or large ones)."""

    heading: str
    of: str
    places: int | None = 3


def over(data: str, mark: dict, **channels) -> dict:
    """A layer of a chart: a mark over one of the data sets."""
    return {"data": {"name": data}, "mark": mark, "encoding": channels}


def named_line(text: str, look: dict, at: tuple[float, float, float], x: dict, y: dict) -> tuple[dict, dict]:
    """Two layers of a chart: a short piece of a line that looks like that, and its name behind it. `at` is from where
    to where it goes, and how high it stands.
    """
    start, end, upward = at
    row = {"data": {"values": [{"from": start, "to": end, "at": upward, "text": text}]}}
    height = y | {"field": "at"}
    return (
        row | {"mark": {"type": "rule", **look},
               "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}, "y": height}},
        row | {"mark": {"type": "text", "align": "left", "dx": 6},
               "encoding": {"x": x | {"field": "to"}, "y": height, "text": {"field": "text"}}},
    )  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure. `rows` are the data sets of the chart, a Vega-Lite specification: field by field, the list it shows.
    A number instead of a list stands in every row; if there are only numbers, they are one row.

    `reading` is the sentence under the chart with its live numbers, as in ``The loss is {loss:.3f}.``; a number can be
    an entry of a list (``{p[1]:.3f}``), and ``{name:e}`` is for numbers that become very small or large.
    """

    name: str
    title: str
    notice: str
    described: str
    controls: tuple[Control, ...]
    steps: tuple
    rows: dict[str, dict[str, str]]
    chart: dict
    reading: str
    table: tuple[Column, ...]
    presets: tuple[Preset, ...] = ()

    def start(self) -> dict:
        """The state that the figure opens with."""
        return {control.name: _opening(control) for control in self.controls}


def _opening(control):
    if isinstance(control, Numbers) and not control.labels:
        return control.start[0]
    return control.start if isinstance(control, Choice) else list(control.start)
