"""How relations and conditions of laws are written."""

from sympy import Eq, Equivalent, Ge, Le, Ne, StrictGreaterThan, StrictLessThan

from ..engine.laws import Falls, FreeOf, Grows, NoSlope, SameMultipliedOut

RELATIONS = {Eq: "=", Ne: "≠", StrictGreaterThan: ">", StrictLessThan: "<", Ge: "≥", Le: "≤"}
SAID = {
    FreeOf: "is free of", Grows: "grows with", Falls: "falls with", NoSlope: "has no derivative by",
    SameMultipliedOut: "is, multiplied out, the same as", Equivalent: "if and only if",
}  # fmt: skip
