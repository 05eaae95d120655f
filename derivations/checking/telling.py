"""What is said of a step that is not verified: where, and what its two sides are there."""

from sympy import Expr

from ..engine.derivation import Derivation, Step
from .compare import ball_of
from .evaluate import value
from .points import Point, watched


def told(
    derivation: Derivation, number: int, step: Step, outcome: str, left: Expr, right: Expr, point: Point
) -> str:
    """That a step is refuted or undecided at a point, with all that its sides look up there."""
    looked_up = {}
    a, b = (_value(side, watched(point, looked_up)) for side in (left, right))
    values = [f"{name} = {found}" for name, found in point.indices.items()]
    for root, cells in sorted(looked_up.items(), key=str):
        values += [
            f"{_entry_name(root, cell)} = {jet.ball.str(8, radius=False)}" for cell, jet in sorted(cells.items())
        ]
    where = ", ".join(values)
    return f"step {number} ({step.rule}) of {derivation.id} is {outcome} at {where}: {left} is {a}, but {right} is {b}"


def _value(side, point):
    """The value of a side; or that it has none, and why, if what it looks up is not there."""
    try:
        value(side, point)
    except KeyError:
        return "no number (it names an entry that does not exist there)"
    except LookupError as error:
        return f"no number ({error})"
    return ball_of(side, point).str(20, radius=False)


def _entry_name(root, indices):
    return f"{root}[{', '.join(map(str, indices))}]" if indices else str(root)
