"""One comparison: the balls of both sides of a relation at one point, at higher and higher precision."""

from math import floor, log10

from flint import arb, ctx
from sympy import Expr, Integral

from .evaluate import remembered
from .needs import height
from .points import Point

VERIFIED, REFUTED, UNDECIDED = "verified", "refuted", "undecided"
REFUTES = {"=": lambda gap: not gap.contains(0), "<=": lambda gap: gap < 0, ">=": lambda gap: gap > 0}
DIGITS = 30
PRECISIONS = (160, 640, 5120, 20480)  # bits
SEEN = 640  # bits at which each step is compared somewhere, however well it agrees before: 10^-180 is seen


def compare(left: Expr, right: Expr, relation: str, point: Point, least: int = 0) -> tuple[str, int]:
    """The outcome of one comparison at one point,
    and to how many digits the sides agree or the inequality is certain.

    It is made with at least so many bits, and with more until it is decided. Where a side names an entry that does not
    exist at this size, it has no value, and no precision gives it one.
    """
    if relation not in REFUTES:
        raise ValueError(f"expected one of the relations {', '.join(REFUTES)}, found {relation}")
    more = max(height(left), height(right))
    for precision in (bits for bits in PRECISIONS if bits >= least):
        if precision > SEEN and left.has(Integral) | right.has(Integral):
            break  # it takes too long
        ctx.prec = precision + more
        a, b = ball_of(left, point), ball_of(right, point)
        if a is None or b is None:
            break
        gap = b - a
        if REFUTES[relation](gap):
            return REFUTED, 0
        if (relation == "<=" and gap > 0) or (relation == ">=" and gap < 0):
            return VERIFIED, floor(ctx.prec * log10(2))
        digits = _agreement(a, b, gap)
        if digits >= DIGITS:
            return VERIFIED, digits
    return UNDECIDED, 0


def ball_of(expression, point):
    """The ball of a value; None where the expression names an entry that does not exist at this size."""
    try:
        return remembered(expression, point).ball
    except LookupError:
        return None


def _agreement(a, b, gap):
    """To how many digits two balls agree, relative to their size (absolutely, where both may be 0)."""
    if not gap.is_finite():
        return 0
    if gap == 0:
        return floor(ctx.prec * log10(2))
    size = max(a.abs_lower(), b.abs_lower()) if a != 0 or b != 0 else arb(1)
    ratio = gap.abs_upper() / (size if size > 0 else arb(1))
    return floor(-float(ratio.log() / arb(10).log()))
