"""The only place that writes LaTeX: expressions, statements and hypotheses; and the same in one line of Unicode.

The order and the brackets are `writer`'s; here stands how a fraction, an index, a bracket or a big operator looks.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from sympy import Basic, sympify

from ..engine.derivation import Derivation
from ..engine.entries import Convention, Counterexample, Definition, Theorem
from ..engine.misuse import expect_entry, expect_kind
from .documents import displayed, environment
from .false_claims import SAID_FALSE, true_beside
from .letters import LETTERS_IN_LATEX
from .writer import Writer

_Entry = Definition | Convention | Derivation | Counterexample | Theorem
AN_EXPRESSION = "an expression of SymPy, such as Integer(2)"
# What a step makes and what the next one rewrites, as colours that no formula has: to be found again, not to be seen.
MARKS = {"new": "teal", "old": "olive", "new old": "violet"}
END = "\ue000"
BEGIN = dict(zip(MARKS, "\ue001\ue002\ue003"))
# What of a sentence is mathematics: single letters, but for the words a, A and I, with numbers and signs beside them.
LETTER = r"(?<![\w.'’^-])[^\W\d_aAI][\u0302-\u0304]?(?:_\w+)?²?(?![\w'’^!-]|\.\w|\. ?\d)"
SHARE = rf"−?(?:\d+/)?{LETTER}(?:/{LETTER})?"
TERM = rf"(?:{SHARE}|\d+(?:/\d+)?)"
FORMULA = re.compile(rf"(?<![\w.])(?:{TERM} [=+−] )*{SHARE}(?: [=+−] {TERM})*")
TAKEN_BY_TEX = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "<": r"\textless{}",
                ">": r"\textgreater{}", "|": r"\textbar{}"}  # fmt: skip
# A law is typed in plain letters and has no words but the names of functions.
LAW_LETTER = re.compile(r"(?<!\w)(?:sum_)?[^\W\d_](?:_\w+)?(?!\w)")
PIECE = re.compile(r"(?:sum|[^\W\d_][\u0302-\u0304]?)(?:_\w+)?|[−²]")


class _Latex(Writer):
    letters = LETTERS_IN_LATEX
    minus, log, partial, thin = "-", r"\log", r"\partial", r" \, "
    accents = (r"\tilde", r"\hat", r"\bar")
    tall = (r"\frac", r"\sum", r"\prod", r"\int")
    signs = {"∑": "sum", "∏": "prod", "∫": "int"}

    def mark(self, text, kind):
        return BEGIN[kind] + text + END

    def letter(self, name):
        return self.letters.get(name, name)

    def words(self, text):
        return rf"\text{{ {text} }}"

    def join(self, parts):
        return " ".join(parts)

    def sub(self, base, index):
        return f"{base}_{index}" if _is_one_sign(index) else f"{base}_{{{index}}}"

    def sup(self, base, exponent):
        return f"{base}^{exponent}" if _is_one_sign(exponent) else f"{base}^{{{exponent}}}"

    def exponential(self, exponent):
        """An accent would merge with its letter in the small type of an exponent: there it is exp(...)."""
        if any(accent in exponent for accent in self.accents):
            return r"\exp" + self.bracket(exponent)
        return self.sup("e", exponent)

    def fraction(self, top, bottom):
        return rf"\frac{{{top}}}{{{bottom}}}"

    def quotient(self, top, bottom):
        return self.fraction(top, bottom)

    def differential(self, d, variable):
        return f"{d} {variable}"

    def root(self, radicand):
        return rf"\sqrt{{{self.write(radicand)}}}"

    def bracket(self, text):
        if "(" in text and not any(sign in text for sign in self.tall):
            return rf"\bigl( {text} \bigr)"
        return rf"\left( {text} \right)" if any(sign in text for sign in self.tall) else f"({text})"

    def bars(self, text):
        return rf"\left| {text} \right|" if any(sign in text for sign in self.tall) else f"|{text}|"

    def square(self, text):
        return rf"\left[ {text} \right]"

    def big(self, sign, index, lower, upper):
        if upper is None:
            return rf"\{self.signs[sign]}_{{{index} \ne {lower}}}"
        below = lower if sign == "∫" else f"{index}={lower}"
        return rf"\{self.signs[sign]}_{{{below}}}^{{{upper}}}"


class _Plain(Writer):
    low = dict(zip("0123456789ijklmnrhu=ᵢ", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙᵣₕᵤ₌ᵢ"))
    high = dict(zip("0123456789nK", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᴷ"))
    minus, log, partial, thin = "−", "log", "∂", " "

    def letter(self, name):
        return name

    def words(self, text):
        return f" {text} "

    def join(self, parts):
        return " ".join(parts)

    def sub(self, base, index):
        if all(sign in self.low for sign in index):
            return base + "".join(map(self.low.get, index))
        return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"

    def sup(self, base, exponent):
        if all(sign in self.high for sign in exponent):
            return base + "".join(map(self.high.get, exponent))
        return f"{base}^({exponent})" if any(sign in exponent for sign in " (−/") else f"{base}^{exponent}"

    def exponential(self, exponent):
        return self.sup("e", exponent)

    def fraction(self, top, bottom):
        top = f"({top})" if " + " in _outside(top) or " − " in _outside(top) else top
        return f"{top}/({bottom})" if " " in _outside(bottom) or "/" in bottom else f"{top}/{bottom}"

    def quotient(self, top, bottom):
        return f"{top}/{bottom}" if top == "∂" or " " not in bottom else f"{top}/({bottom})"

    def differential(self, d, variable):
        return d + variable

    def root(self, radicand):
        text = self.write(radicand)
        return f"√{text}" if len(text) == 1 else f"√({text})"

    def bracket(self, text):
        return f"({text})"

    def bars(self, text):
        return f"|{text}|"

    def square(self, text):
        return f"[{text}]"

    def big(self, sign, index, lower, upper):
        if upper is None:
            return f"{sign}_({index}≠{lower})"
        below = lower if sign == "∫" else f"{index}={lower}"
        below = self.sub("", below) if all(letter in self.low for letter in below) else f"_({below})"
        return sign + below + self.sup("", upper)


def _is_one_sign(text):
    return len(text.strip("".join([END, *BEGIN.values()]))) == 1


def _outside(text):
    """The text without what stands in brackets."""
    depth, kept = 0, ""
    for sign in text:
        depth += sign in "(["
        kept += sign if not depth else ""
        depth -= sign in ")]"
    return kept


def latex(expression: Basic, marked: Mapping | tuple = ()) -> str:
    """LaTeX of an expression or of the formula a hypothesis states. `marked` says which parts have which of MARKS."""
    expect_kind(expression, Basic, AN_EXPRESSION)
    if not marked:
        return _unmarked(expression)
    text = _Latex(marked).write(expression).replace(END, "}")
    for kind, sign in BEGIN.items():
        text = text.replace(sign, rf"{{\color{{{MARKS[kind]}}}")
    return text


def unmarked(text):
    """LaTeX without the colours of its marks."""
    kept, open_marks = [], []
    for piece in re.split(r"(\{\\color\{\w+\}|\\?[{}])", text):
        if piece == "{" or piece.startswith(r"{\color"):
            open_marks.append(piece != "{")
        if not (piece.startswith(r"{\color") or (piece == "}" and open_marks.pop())):
            kept.append(piece)
    return "".join(kept)


@lru_cache(maxsize=4096)
def _unmarked(expression):
    return _Latex().write(expression)


def plain(expression: Basic) -> str:
    """The same in one line of Unicode."""
    expect_kind(expression, Basic, AN_EXPRESSION)
    return _unicode(expression)


@lru_cache(maxsize=4096)
def _unicode(expression):
    return _Plain().write(expression)


def in_words(text):
    """A sentence in parts, each with whether it is mathematics: words as they are, letters and formulas as LaTeX."""
    return _parted(text, FORMULA)


def in_law(text):
    """The same of a law that is typed in plain letters, where a is a letter as well: a + b >= a."""
    return _parted(text, LAW_LETTER)


def _parted(text, formulas):
    place = 0
    for found in formulas.finditer(text):
        yield text[place : found.start()], False
        yield PIECE.sub(_in_words, found[0]), True
        place = found.end()
    yield text[place:], False


def _in_words(sign):
    base, _, index = sign[0].partition("_")
    base = {"−": _Latex.minus, "²": "^2", "sum": r"\sum"}.get(base) or _Latex().letter(base)
    return _Latex().sub(base, index) if index else base


def relation(sign, write=latex):
    """A relation, = or <= or >=."""
    sign = {"<=": "≤", ">=": "≥"}.get(sign, sign)
    return _Latex().letter(sign) if write is latex else sign


def statement(entry: _Entry, write: Callable[[Basic], str] = latex) -> str:
    """What an entry says: its name, the relation, its result; a convention's statements; a counterexample's claim."""
    expect_entry(entry)
    if isinstance(entry, Convention):
        return f"{',' + (' ' if write is plain else _Latex.thin)} ".join(map(write, entry.statements))
    if isinstance(entry, Counterexample):
        return write(entry.claim)
    if isinstance(entry, Theorem):
        return entry.says
    return f"{write(entry.name)} {relation(entry.relation, write)} {write(entry.result)}"


def latex_chain(entry: _Entry) -> str:
    """A whole chain as displayed LaTeX that compiles as it stands; of what has no chain, the formula. The words of a
    theorem are comments; that a claim is false, where it fails, and what is true there, is printed with it.
    """
    expect_entry(entry)
    body, said, more = chain_body(entry), [], []
    if isinstance(entry, Theorem):
        said = [f"% {line}" for line in entry.says.splitlines()]
    if isinstance(entry, Counterexample):
        said, more = [SAID_FALSE], [f"It fails at {values_said(entry)}."] * bool(entry.values)
        more += [line for said, true in true_beside(entry) for line in (said, *map(displayed, map(latex, true)))]
    return "\n".join([*said, *([] if body is None else [displayed(body)]), *more])


def values_said(entry: Counterexample, write: Callable[[Basic], str] = latex) -> str:
    """The values at which a claim fails, as a part of a sentence."""
    sign = "$" * (write is latex)
    return ", ".join(f"{sign}{write(symbol)} = {_value(found, write)}{sign}" for symbol, found in entry.values.items())


def _value(found, write):
    is_list = isinstance(found, tuple | list)
    return f"({', '.join(_value(one, write) for one in found)})" if is_list else write(sympify(found))


def chain_body(entry: _Entry) -> str | None:
    """The same without what makes it a display; None of what is said in words alone."""
    if isinstance(entry, Theorem):
        return None if entry.formula is None else latex(entry.formula)
    if not isinstance(entry, (Definition, Derivation)):
        return statement(entry)
    lines = [f"{latex(entry.name)} &{relation(entry.relation)} {latex(entry.result)}"]
    if entry.steps:
        lines = [f"{latex(entry.name)} &= {latex(entry.start)}"] if entry.name != entry.start else []
        lines += [f"&{relation(step.relation)} {latex(step.expression)}" for step in entry.steps]
        if entry.name == entry.start:
            lines[0] = f"{latex(entry.start)} {lines[0]}"
    return environment("aligned", " \\\\\n".join(lines))


def prose(text):
    """A sentence as LaTeX: its letters, formulas and signs as mathematics, and no sign of its words a command."""
    return "".join(f"${part}$" if formula else escaped(part) for part, formula in in_words(text.replace("`", "")))


def escaped(words):
    """Words as LaTeX, in which no letter is mathematics, as in names: signs that TeX takes for its own are printed."""
    words = re.sub(r"[#$%&_{}~^\\<>|]", lambda sign: TAKEN_BY_TEX.get(sign[0], rf"\{sign[0]}"), words)
    return re.sub("[−√≤≥•]", lambda sign: f"${_Latex.letters[sign[0]]}$", words)
