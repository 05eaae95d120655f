"""That an element lies in a set, as a person writes it: 0 < p < 1, 1 ≤ k ≤ K, y ∈ {0, 1}."""

from sympy import Add, Expr, FiniteSet, Interval, Range, S, Union, oo
from sympy.sets import Set

NUMBER_SETS = {S.Reals: "ℝ", S.Integers: "ℤ", S.Rationals: "ℚ", S.Naturals: "ℕ", S.Naturals0: "ℕ₀"}


def membership(writer, element: Expr, domain: Set) -> str:
    """The formula, as a writer writes what is in it. TypeError for a set that has no way to be written."""
    text = writer.write(element)
    if isinstance(domain, FiniteSet):
        return f"{text} {writer.letter('∈')} {_braces(writer, sorted(domain))}"
    if isinstance(domain, Interval) and domain is not S.Reals:
        return _between(writer, text, domain)
    if isinstance(domain, Range):
        return _counted(writer, text, *domain.args)
    if isinstance(domain, Union):
        return writer.words("or").join(membership(writer, element, part) for part in domain.args)
    if domain not in NUMBER_SETS:
        raise TypeError(f"there is no way to set a {type(domain).__name__}: {domain}")
    return f"{text} {writer.letter('∈')} {writer.letter(NUMBER_SETS[domain])}"


def _braces(writer, values, more=""):
    return f"{writer.letter('{')}{', '.join(map(writer.write, values))}{more}{writer.letter('}')}"


def _between(writer, text, interval):
    low, high = ("<" if interval.left_open else "≤"), ("<" if interval.right_open else "≤")
    if interval.end is S.Infinity:
        return f"{text} {writer.letter('>' if interval.left_open else '≥')} {writer.write(interval.start)}"
    above = f"{text} {writer.letter(high)} {writer.write(interval.end)}"
    below = f"{writer.write(interval.start)} {writer.letter(low)} "
    return above if interval.start is S.NegativeInfinity else below + above


def _counted(writer, text, start, stop, step):
    """From number to number; where numbers are left out, how they go on."""
    top = stop - 1
    below, bound = ("≤", top) if not isinstance(top, Add) else ("<", stop)
    first = f"{writer.write(start)} {writer.letter('≤')} {text}"
    ends = first if stop is oo else f"{first} {writer.letter(below)} {writer.write(bound)}"
    if step == 1 and stop is not oo:
        return ends
    more = f", {writer.letter('…')}"
    among = f"{text} {writer.letter('∈')} {_braces(writer, (start, start + step), more)}"
    return among if stop is oo else f"{ends}, {among}"
