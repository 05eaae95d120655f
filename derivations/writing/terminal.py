"""Lines for a terminal: formulas broken where a person would break them, a little colour, and ASCII on demand."""

import os
import re
import shutil
import unicodedata
from dataclasses import dataclass
from textwrap import wrap

from .steps import phrase
from .typeset import _Plain, plain, relation, statement

LOW = {low: sign for sign, low in _Plain.low.items() if sign != low}
HIGH = {high: sign for sign, high in _Plain.high.items()} | {"⁻": "-"}
ASCII_OF = {
    "∑": "sum", "∏": "prod", "∫": "int", "∂": "d", "√": "sqrt", "∞": "infinity", "−": "-", "–": "-",
    "≤": "<=", "≥": ">=", "≠": "!=", "⇒": "=>", "•": "*", "∈": "in", "′": "'", "ℓ": "ell", "ℒ": "L", "ℝ": "R", "ℕ": "N",
    "ℤ": "Z", "…": "...", "₊": "_plus",
}  # fmt: skip
ACCENTS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar"}
BINDING = re.compile(r"(^|.*[(\[−-])(∑|∏|∫|∂|sum_|prod_|int_|d\^?\d*/|log$)")  # what belongs to the factor after it
COLOURS = {"bold": "1", "dim": "2", "red": "31", "cyan": "36"}


def in_utf8(stream):
    """Write to a stream in UTF-8, whatever the terminal's own signs are: in that what runs programs reads them."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8")


def ascii_text(text):
    """The same text in ASCII: ∑ₖ₌₁ᴷ yₖ log p̂ₖ is sum_{k=1}^K y_k log phat_k."""
    if text.isascii():
        return text
    low, high = "".join(LOW), "".join(HIGH)
    text = re.sub(f"([∑∏])_\\(([^()]*)\\)", r"\1_{\2}", text)
    text = re.sub(f"\\^(\\w[\u0302-\u0304]?[{low}]+)", r"^{\1}", text)  # e^zₖ is e^{z_k}, and not (e^z)_k
    text = re.sub(f"([{low}]+)(?=[^\\W{low}{high}])", r"\1 ", text)  # gᵢu is g_i u
    text = re.sub(f"[{low}]+", lambda run: _script("_", run[0], LOW), text)
    text = re.sub(f"[{high}]+", lambda run: _script("^", run[0], HIGH), text)
    return "".join(map(_sign, text))


def _script(mark, run, signs):
    written = "".join(map(signs.get, run))
    return mark + (written if len(written) == 1 else f"{{{written}}}")


def _sign(sign):
    """One sign in ASCII: its own name, or the name of a Greek letter, or the letter without what it wears."""
    if sign.isascii():
        return sign
    if sign in ASCII_OF or sign in ACCENTS:
        return ASCII_OF.get(sign) or ACCENTS[sign]
    name = unicodedata.name(sign, "")
    if name.startswith("GREEK"):
        letter = name.split()[-1].lower().replace("lamda", "lambda")
        return letter.title() if "CAPITAL" in name else letter
    base, *worn = unicodedata.normalize("NFD", sign)
    return (base if base.isascii() else "?") + "".join(ACCENTS.get(accent, "") for accent in worn)


def broken_formula(formula, first, rest):
    """The lines of a formula: `first` signs fit into the first and `rest` into each other one.

    It is broken before a relation, else before a + or −, else before a factor, as far outside brackets as can be.
    """
    lines, room = [], first
    while _width(formula) > room:
        place = _place(formula, room)
        if not place:
            break
        lines.append(formula[:place])
        formula, room = formula[place + 1 :], rest
    return [*lines, formula]


def _place(formula, room):
    """The best space to break a formula at, so that what is before it fits; the first space, if nothing fits."""
    found, depth, width = [], 0, 0
    for place, sign in enumerate(formula):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == " " and place:
            found.append((width, depth, _bond(formula, place), place))
        width += not unicodedata.combining(sign)
    fitting = [space for space in found if space[0] <= room]
    balanced = [space for space in fitting if space[0] >= room // 3] or fitting
    return min(balanced or found[:1], key=_illness, default=[0])[-1]


def _illness(space):
    """How ill it is to break at a space of `_place`: never inside a factor, rather outside brackets, rather late."""
    _, depth, bond, place = space
    return bond == 3, depth, bond, -place


def _bond(formula, place):
    """How ill a break at this space is: 0 before a relation, 1 before a sign, 2 between factors, 3 inside a factor."""
    before, after = formula[:place].rpartition(" ")[2], formula[place + 1 :].partition(" ")[0]
    if after in ("=", "≤", "≥", "<", ">", "<=", ">=", "≠", "!="):
        return 0
    if after in ("+", "−", "-"):
        return 1
    return 3 if before in "= ≤ ≥ < > <= >= ≠ != + − -".split() or BINDING.match(before) else 2


def _width(text):
    return sum(not unicodedata.combining(sign) for sign in text)


@dataclass(frozen=True)
class Terminal:
    """How to show text: in which width, None for one line a record; with colours or without; in ASCII or not."""

    width: int | None = None
    colours: bool = False
    ascii: bool = False

    @classmethod
    def of(cls, stream, ascii=False, environment=os.environ):
        """What fits a stream: a pipe or a file gets whole lines without colour, and what cannot show a ∂ gets ASCII."""
        seen = stream is not None and stream.isatty()
        shows = seen and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
        colours = shows and (os.name != "nt" or "WT_SESSION" in environment)
        return cls(shutil.get_terminal_size().columns if seen else None, colours, ascii or not _can_show(stream))

    def text(self, text):
        return ascii_text(text) if self.ascii else text

    def colour(self, text, name):
        return f"\033[{COLOURS[name]}m{text}\033[0m" if self.colours else text

    def formula(self, expression, before="", hang=4):
        """The lines of a formula (or of the text of one), after what stands before it on its line."""
        text = self.text(expression if isinstance(expression, str) else plain(expression))
        lines = [text] if self.width is None else broken_formula(text, self.width - _width(before), self.width - hang)
        return [before + lines[0], *(" " * hang + line for line in lines[1:])]

    def prose(self, text, before="", hang=4):
        """The same of words."""
        text = before + self.text(text)
        if self.width is None or _width(text) <= self.width:
            return [text]
        hang = hang if hang + 20 <= self.width else min(hang, 4)
        room = max(self.width, hang + 20)
        return wrap(text, room, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False)

    def record(self, id, formula, column):
        """An id and what it says, in columns; in a narrow terminal beside or below each other."""
        if self.width is None or self.width - column >= 40:
            lines = self.formula(formula, f"{id:{column}}", column)
        elif _width(self.text(formula)) <= self.width - len(id) - 2:
            lines = self.formula(formula, f"{id}  ")
        else:
            lines = [id, *self.formula(formula, "    ", 6)]
        return [self.colour(id, "bold") + lines[0].removeprefix(id), *lines[1:]]

    def use(self, id, where, title, width, column=12):
        """An entry that uses another, or is used: its id, where (see `places`), and its title, in columns."""
        line = self.prose(title, f"{id:{width}}  {where:{column}}  ")
        return line if len(line) == 1 else [*self.prose(where, f"{id}  "), *self.prose(title, "    ", 6)]

    def check(self, found, width):
        """What a check found, in columns; and all of it, where it is not as it should be."""
        steps = "step " if found.steps == 1 else "steps"
        if found.steps:
            counts = f"{found.steps:3} {steps}  {found.points:3} points  {found.digits:3} digits"
        else:
            counts = "" if found.failure else "fails as it should"
        width = max(0, min(width, (self.width or 1000) - 46))  # the columns after the id
        above, id = ([], found.id) if len(found.id) <= width else ([found.id], "")
        row = f"{id:{width}}  {found.outcome:9}  {counts}".rstrip()
        if self.width and _width(row) > self.width:  # too narrow for columns
            row = f"  {found.outcome}  {' '.join(counts.split())}".rstrip()
        first, *rest = self.prose(row)
        outcome = self.colour(found.outcome, "dim" if found.outcome == "verified" else "red")
        first = first[: len(id)] + first[len(id) :].replace(found.outcome, outcome, 1)  # wrapped before it is coloured
        return [*above, first, *rest, *(self.prose(found.failure, "  ") if found.failure else [])]

    def verbose(self, found):
        """The same in full, or a decision: sizes, points, digits and the seed."""
        return [line for text in str(found).splitlines() for line in self.prose(text)]

    def chain(self, entry, cited="", begins=None):
        """One entry: what it says, its hypotheses, and its steps: a relation, an expression and a reason a line.

        `cited` is the work that a theorem is cited from; `begins` another derivation, with whose steps this one begins:
        they are not shown again.
        """
        lines = self.prose(entry.title, f"{entry.id}: ")
        lines[0] = self.colour(entry.id, "bold") + lines[0].removeprefix(entry.id)
        if entry.kind == "counterexample":
            return [*lines, *self._counterexample(entry), ""]
        lines += self.formula(statement(entry, plain), "  ", 6)
        if entry.kind == "theorem":
            lines += [] if entry.formula is None else self.formula(plain(entry.formula), "  ", 6)
            for condition in entry.conditions:
                lines += self.prose(_with_formula(condition), "  holds if ")
            return [*lines, *self.prose(cited, "  cited, not derived: "), ""]
        if not entry.steps:
            return [*lines, *self.prose(entry.meaning, "  definition: "), ""]
        for hypothesis in entry.hypotheses:
            lines += self.prose(_with_formula(hypothesis), "  holds if ")
        lines += ["", *self.formula(entry.start, "    ", 6)]
        if begins is not None:
            lines += self.formula(begins.result, f"  {self.text(relation(begins.relation, plain))} ", 6)
            lines += self.prose(f"as in {begins.id}; then:", " " * 8, 10)
        for step in entry.steps[len(begins.steps) if begins is not None else 0 :]:
            lines += self.formula(step.expression, f"  {self.text(relation(step.relation, plain))} ", 6)
            lines += self._reason(step)
        return [*lines, ""]

    def _reason(self, step):
        """The rule, what it did, why, and the hypotheses that it needs."""
        did = " ".join([step.rule, *(source.id for source in step.cites)])
        done = phrase(step)
        if done:
            did += f" {done}" if done.startswith("at ") else f", {done}"
        needs = f" [{', '.join(hypothesis.name for hypothesis in step.using)}]" if step.using else ""
        lines = self.prose(f"{did}: {step.because}{needs}", " " * 8, 10)
        lines[0] = lines[0].replace(step.rule, self.colour(step.rule, "cyan"), 1)
        return lines

    def _counterexample(self, entry):
        lines = self.formula(entry.claim, "  a false claim: ", 6)
        if entry.values:
            values = ", ".join(f"{symbol} = {found}" for symbol, found in entry.values.items())
            lines += self.prose(values, "  it fails at ")
        for given in entry.given:
            lines += self.formula(given, "  though ", 6)
        return [*lines, *self.prose(entry.meaning, "  ")]


def places(numbers):
    """Where one entry uses another: in its statement, 0, or in some steps."""
    steps = ", ".join(map(str, filter(None, numbers)))
    return ", ".join(["statement"] * (0 in numbers) + [f"step{'s' * (',' in steps)} {steps}"] * bool(steps))


def totals(checks):
    """How many derivations, counterexamples, steps and points some checks are about, and with which outcomes."""
    derivations = [found for found in checks if found.steps]
    steps, points = (sum(getattr(found, name) for found in checks) for name in ("steps", "points"))
    left_out = [found for found in checks if found.outcome == "not derived"]
    false = len(checks) - len(derivations) - len(left_out)
    others = {"counterexample": false} if false else {}
    counts = {"derivation": len(derivations), **others, "step": steps, "point": points}
    shown = [f"{count} {thing}{'s' * (count != 1)}" for thing, count in counts.items()]
    outcomes = [found.outcome for found in checks]
    tally = [f"{outcomes.count(outcome)} {outcome}" for outcome in ("verified", "refuted", "undecided")]
    missing = [f"{len(left_out)} not derived"] if left_out else []
    return f"{', '.join(shown)}: {', '.join(tally + missing)}"


def decisions_of(decisions, differ):
    """How many equalities of some decisions hold exactly, how many are left open, and how sure that is."""
    made = [found for found in decisions if found.outcome != "not derived"]
    missing = f"; {len(decisions) - len(made)} not derived" if len(made) < len(decisions) else ""
    equalities, decided = (sum(getattr(found, name) for found in made) for name in ("equalities", "decided"))
    if not equalities:
        return f"no equality to decide exactly{missing}"
    more = f"{equalities - decided - differ} need more than rational arithmetic, {differ} do not hold"
    bound = sum(found.error_bound for found in made)
    sure = f"the probability that any is wrong is below {bound:.0e}"
    return f"{decided} of {equalities} equalities hold exactly, {more}; {sure}{missing}"


def _can_show(stream):
    try:
        "∂ₖ₌₁ᴷᵤ≤∑\u0302ℒ".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _with_formula(hypothesis):
    """A hypothesis in words, and its formula if it has one."""
    if hypothesis.statement is None or hypothesis.words.startswith(said := plain(hypothesis.statement)):
        return hypothesis.words
    return f"{hypothesis.words}: {said}"
