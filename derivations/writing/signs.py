"""How relations, sets of numbers and conditions of laws are written."""

from sympy import Eq, Equivalent, Ge, Le, Ne, S, StrictGreaterThan, StrictLessThan

from ..engine.laws import Falls, FreeOf, Grows, NoSlope, SameMultipliedOut

RELATIONS = {Eq: "=", Ne: "≠", StrictGreaterThan: ">", StrictLessThan: "<", Ge: "≥", Le: "≤"}
NUMBER_SETS = {S.Reals: "ℝ", S.Integers: "ℤ", S.Rationals: "ℚ"}
SAID = {
    FreeOf: "is free of", Grows: "grows with", Falls: "falls with", NoSlope: "has no derivative by",
    SameMultipliedOut: "is, multiplied out, the same as", Equivalent: "if and only if",
}  # fmt: skip
