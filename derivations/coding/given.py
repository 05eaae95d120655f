"""What the modules need beside the formula: copied into them as it stands here."""

import numpy as np


def weighted(weight, value):
    """A product in which a weight of 0 counts for nothing, also beside what is infinite."""
    return np.where(weight == 0, 0, weight * value)


def exp_of_difference(gap, one, other):
    """The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left."""
    part = gap - one
    left = (one - (gap - part)) - (other + part)
    whole = np.exp(gap)
    return whole + whole * np.where(np.isfinite(left), left, 0)


def array_read(name, value, axes, check):
    """An argument as an array with at least so many axes; whole numbers as floating-point ones."""
    array = np.asarray(value)
    if check and array.dtype.kind not in "biuf":
        raise ValueError(f"{name} takes real numbers, found {array.dtype}")
    if check and array.ndim < axes:
        raise ValueError(f"{name} takes an array with at least {axes} axes, found the shape {array.shape}")
    if check and array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    return array if array.dtype.kind == "f" else array.astype(float)


def refuse(name, array, wrong, wanted):
    """Refuse an array that has a wrong entry, naming the first."""
    if np.any(wrong):
        place = tuple(int(number) for number in np.argwhere(wrong)[0])
        where = f"[{', '.join(map(str, place))}]" if place else ""
        raise ValueError(f"{name}{where} = {array[place]} is not {wanted}")


def same_size(letter, found):
    """The arrays must agree about a size."""
    if len(set(found.values())) > 1:
        said = ", ".join(f"{size} in {name}" for name, size in found.items())
        raise ValueError(f"the arrays disagree about {letter}: {said}")


def same_batch(**shapes):
    """The leading axes must fit together."""
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError:
        said = ", ".join(f"{shape} in {name}" for name, shape in shapes.items())
        raise ValueError(f"the leading axes do not fit together: {said}") from None


def must_hold(left, right, words):
    """Refuse numbers that break an equation by more than rounding explains."""
    wrong = np.abs(left - right) > 1e-6 * np.maximum(1, np.abs(right))
    if np.any(wrong):
        place = tuple(int(number) for number in np.argwhere(wrong)[0])
        found = np.broadcast_to(left, wrong.shape)[place]
        raise ValueError(f"this holds only where {words}; at {list(place)} the left side is {found}")


def classes_as_labels(name, value, axes, classes):
    """Labels as they are; whole numbers with one axis less than `axes` as classes, counted from 0: one-hot rows."""
    array = np.asarray(value)
    if array.dtype.kind not in "iu" or array.ndim != axes - 1:
        return value
    refuse(name, array, (array < 0) | (array >= classes), f"a class from 0 to {classes - 1}")
    return (array[..., None] == np.arange(classes)).astype(float)


def gathered(value, reduction):
    """The values themselves, their mean or their sum."""
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction = {reduction!r} is none of 'none', 'mean', 'sum'")
    return value if reduction == "none" else getattr(value, reduction)()
