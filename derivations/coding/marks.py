"""What the forms say of how a number is computed: functions that stand in an expression, and that the code reads."""

from sympy import Function


class FirstLargest(Function):
    """The index at which a vector has its largest entry; where several are as large, the first of them."""

    nargs = 1
    is_integer = is_positive = True


class Kept(Function):
    """What a form gives, as it stands."""

    nargs = 1


class Twice(Function):
    """What is a factor twice, as it stands: before the others and after them."""

    nargs = 1
    is_nonnegative = True


class Near(Function):
    """The second of two forms of one number where the first, a part of it, is within 1/2 of 0; else the third."""

    nargs = 3


class Chosen(Function):
    """Of two forms of one number, the last two arguments, the first where the number before them is above 0."""

    nargs = 3


class PowerOfRest(Function):
    """A power of 1 less a number, and before and after it that number and the exponent."""

    nargs = 3


class Quick(Function):
    """Two forms of one number, of which the first is taken where no entry is infinite and it keeps its digits, by the
    last three arguments: a sum that it may take too few digits of, a part beside which the digits of that count less,
    and the sum of the labels, which the first supposes to be 1.
    """

    nargs = 5
