"""What the modules of NumPy need where one place of each row is chosen: copied into them as it stands here."""

import numpy as np

from .given import left_by_rounding, sum_of_products


def placed(array, place, value):
    """An array that nothing else needs, with a value at one place of each row."""
    shape = np.broadcast_shapes(array.shape[:-1], np.shape(place), np.shape(value))
    if array.shape[:-1] != shape:
        array = np.broadcast_to(array, (*shape, array.shape[-1])).copy()
    if len(shape) == 1:  # put_along_axis makes the same index, slower
        array[np.arange(shape[0]), place] = value
        return array
    place, value = (np.broadcast_to(one, shape)[..., None] for one in (place, value))
    np.put_along_axis(array, place, value, -1)
    return array


def entry_there(array, place):
    """The entry of each row at one place."""
    shape = np.broadcast_shapes(array.shape[:-1], np.shape(place))
    array = np.broadcast_to(array, (*shape, array.shape[-1]))
    if len(shape) == 1:  # take_along_axis makes the same index, slower
        return array[np.arange(shape[0]), place]
    return np.take_along_axis(array, np.broadcast_to(place, shape)[..., None], -1)[..., 0]


def first_largest(array):
    """The first place of the largest entry of each row: rows that do not lie in one piece are compared with it."""
    if array.flags.c_contiguous:
        return np.argmax(array, axis=-1)
    return np.argmax(array == np.max(array, axis=-1, keepdims=True), axis=-1)


def largest_at(array, place):
    """The largest entry of each row, of which the place is known: read there if rows lie in one piece."""
    return entry_there(array, place) if array.flags.c_contiguous else np.max(array, axis=-1)


def below_largest(array, largest, place):
    """The entries less the largest of each row: 0 at its place, also where it is infinite."""
    gap = array - largest[..., None]
    return gap if np.all(np.isfinite(largest)) else placed(gap, place, 0)


def exp_added_up(gap, one, other, but):
    """The sums along the last axis of the exponentials of one less other, but for one place of each row: of the gap
    between them, which is rounded, and those again times what rounding left, which is nan of what is infinite.
    """
    left, whole = left_by_rounding(gap, one, other), placed(np.exp(gap), but, 0)
    more = sum_of_products(whole, left)
    if not np.all(np.isfinite(more)):
        more = sum_of_products(whole, np.where(np.isfinite(left), left, 0))
    return np.sum(whole, axis=-1) + more
