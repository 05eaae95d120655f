"""What the modules need beside the formula: copied into them as it stands here. What those of JAX and torch have in its
place, which follow what is computed but not its numbers, is in `given_traced` and `given_jax`.
"""

import numpy as np


def weighted(weight, value):
    """A product in which a weight of 0 counts for nothing, also beside what is infinite."""
    found = weight * value
    return np.where(weight == 0, 0, found) if np.isnan(found).any() else found


def weighted_sum(weight, value):
    """The sums along the last axis of such products: only 0 beside what is infinite makes them nan."""
    found = sum_of_products(weight, value)
    return np.sum(weighted(weight, value), axis=-1) if np.isnan(found).any() else found


def sum_of_products(one, other, few=64):
    """The sums along the last axis of the products of two arrays, of long rows by the library of linear algebra."""
    if one.shape[-1] == other.shape[-1] > few:
        return np.matmul(one[..., None, :], other[..., None])[..., 0, 0]
    return np.einsum("...k,...k->...", one, other)


def exp_of_difference(gap, one, other):
    """The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left."""
    left = left_by_rounding(gap, one, other)
    left = left if np.isfinite(left.sum()) else np.where(np.isfinite(left), left, 0)
    whole = np.exp(gap)
    left *= whole
    left += whole
    return left


def left_by_rounding(gap, one, other):
    """What rounding left of one less other, where the gap is what it gave; of what is infinite, nan."""
    part = gap - one
    left = gap - part
    left = np.subtract(one, left, out=left if isinstance(left, np.ndarray) else None)
    part += other
    left -= part
    return left


def series_above_tangent(x):
    """e^x - 1 - x by its series, to the last digit for x between -1 and 1."""
    series = np.ones_like(x)
    for place in range(18, 2, -1):
        series = 1 + x * series / place
    return x * x * series / 2


def exp_above_tangent(x):
    """e^x - 1 - x, how far the exponential is above its tangent at 0; near 0 by its series, to the last digit."""
    return np.where(np.abs(x) < 1, series_above_tangent(x), np.expm1(x) - x)


def power_of_rest(less, power, exponent):
    """A power of 1 less a number: as it was computed; but where the number is small, and 1 less it is rounded, which a
    large exponent makes count, by its logarithm.
    """
    small = np.abs(less) < 1 / 2
    return np.where(small, np.exp(exponent * np.log1p(-np.where(small, less, 0))), power)


def careful_norm(array, axis):
    """The square root of the sum of the squares along an axis; of shares of the largest where a square would be too
    large or too small.
    """
    most = largest_to_square(np.finfo(array.dtype))
    with np.errstate(all="ignore"):
        found = np.sqrt(np.sum(array * array, axis=axis))
    if np.all((found > 1 / most) & (found < most)):
        return found
    return norm_over(np.max(np.abs(array), axis=axis, keepdims=True), array, axis)


def norm_over(largest, array, axis):
    """The norm by shares of the largest number."""
    largest = as_divisor(largest)
    return largest.squeeze(axis) * np.sqrt(np.sum((array / largest) ** 2, axis=axis))


def as_divisor(size):
    """A size to take shares of; 1 for 0 and for what is infinite, of which there are none."""
    return np.where((size > 0) & (size < float("inf")), size, 1)


def in_blocks(compute, *arrays, at_once=65536):
    """What is computed of a batch, for some rows at a time: so that what lies between stays in the processor's cache.
    Each array comes with the number of its own axes.
    """
    whole = [array for array, _ in arrays]
    shapes = {array.shape[:array.ndim - axes] for array, axes in arrays} - {()}
    if len(shapes) != 1 or max(array.size for array in whole) <= at_once:
        return compute(*whole)
    (batch,) = shapes
    flat = [array.reshape(-1, *array.shape[array.ndim - axes:]) if array.ndim > axes else array
            for array, axes in arrays]  # fmt: skip
    rows = max(len(array) for array, (_, axes) in zip(flat, arrays) if array.ndim > axes)
    step, results = max(1, at_once * rows // max(array.size for array in flat)), []
    for start in range(0, rows, step):
        here = [in_columns(array[start:start + step]) if array.ndim > axes else array
                for array, (_, axes) in zip(flat, arrays)]  # fmt: skip
        try:
            found = compute(*here)
        except ValueError:
            compute(*whole)  # which names the place in the whole array
            raise
        parts = found if isinstance(found, tuple) else (found,)
        results = results or [np.empty((rows, *part.shape[1:]), part.dtype) for part in parts]
        for result, part in zip(results, parts):
            result[start:start + step] = part
    results = [result.reshape(batch + result.shape[1:]) for result in results]
    return tuple(results) if isinstance(found, tuple) else results[0]


def in_columns(array, few=64):
    """The same numbers, column after column in the memory where there are few columns."""
    return np.asfortranarray(array) if array.ndim == 2 and array.shape[1] <= few else array


def float_type(*given):
    """The type of all arrays of floating-point numbers that are given: whole numbers and single numbers take it too."""
    kinds = [np.asarray(one).dtype for one in given if type(one) not in (bool, int, float)]
    kinds = [kind for kind in kinds if kind.kind == "f"]
    return np.result_type(*kinds) if kinds else np.dtype(float)


def refuse_ragged(**given):
    """Refuse lists of lists that have not all the same length, naming the first that differs."""
    for name, value in given.items():
        shape_in_lists(name, value)


def shape_in_lists(name, value):
    """The shape of an array, of a number, or of lists of them."""
    if not isinstance(value, list | tuple):
        return tuple(getattr(value, "shape", ()))
    shapes = [shape_in_lists(f"{name}[{place}]", one) if hasattr(one, "__len__") else ()
              for place, one in enumerate(value)]  # fmt: skip
    for place, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise ValueError(f"{name}[{place}] has the shape {shape}, but {name}[0] has the shape {shapes[0]}")
    return (len(shapes), *(shapes[0] if shapes else ()))


def array_read(name, value, axes, check, kind):
    """An argument as an array with at least so many axes; whole numbers and single ones are made numbers of a type."""
    array = np.asarray(value)
    if check and array.dtype.kind not in "biuf":
        raise ValueError(f"{name} takes real numbers, found {array.dtype}")
    if check and array.ndim < axes:
        raise ValueError(f"{name} takes arrays of {axes} or more axes, found the shape {array.shape}")
    if check and array.size == 0:
        raise ValueError(f"{name} is empty: its shape is {array.shape}")
    return array if array.dtype.kind == "f" and type(value) is not float else array.astype(kind)


def look(name, array, low, high, wanted):
    """Refuse an array that has an entry outside of two ends, which are inside."""
    if not (array.min() >= low and array.max() <= high):  # nan is neither
        refuse(name, array, ~((array >= low) & (array <= high)), wanted)


def refuse_nan(name, array, wanted):
    """Refuse an array that has an entry which is nan: its largest is then nan, too."""
    if np.isnan(array.max()):
        refuse(name, array, np.isnan(array), wanted)


def refuse_huge(name, array, wanted):
    """Refuse an array that has an entry which is nan, or so large that its difference from another may be infinite; the
    sum of the squares is found in one pass, and says at once of ordinary numbers that they are neither.
    """
    most = np.finfo(array.dtype).max / 2
    if not np.vdot(array, array) < most:
        refuse_nan(name, array, wanted)
        refuse(name, array, np.isfinite(array) & (abs(array) > most), f"at most {most:.3g} in size: a difference may "
               f"leave the range of {array.dtype}")  # fmt: skip


def largest_to_square(finfo):
    """The largest number of a type by the square of which another may be divided, and still has its digits."""
    return finfo.eps / finfo.tiny**0.5


def refuse_extreme(name, array, squared):
    """Refuse numbers whose inverse is infinite, or whose square takes the digits of what is multiplied by it."""
    finfo = np.finfo(array.dtype)
    least = 1 / largest_to_square(finfo) if squared else finfo.tiny
    most = 1 / least if squared else float("inf")
    refuse(name, array, (array < least) | (array > most), f"between {least:.3g} and {most:.3g}: "
           f"what is computed with it leaves the range of {array.dtype}")  # fmt: skip


def first_place(wrong):
    """The first place at which something is wrong."""
    return tuple(int(number) for number in np.argwhere(wrong)[0])


def refuse(name, array, wrong, wanted):
    """Refuse an array that has a wrong entry, naming the first."""
    if np.any(wrong):
        place = first_place(wrong)
        where = f"[{', '.join(map(str, place))}]" if place else ""
        raise ValueError(f"{name}{where} = {array[place]} is not {wanted}")


def same_size(letter, found):
    """The arrays must agree about a size."""
    if len(set(found.values())) > 1:
        said = ", ".join(f"{size} in {name}" for name, size in found.items())
        raise ValueError(f"the arrays disagree about {letter}: {said}")


def must_have(name, found, needed, letter, only):
    """An array must have so many entries along an axis: only so many, or more."""
    if found < needed or (only and found > needed):
        more = "" if only else " or more"
        raise ValueError(f"{name} takes {needed}{more} entries along the axis {letter}, found {found}")


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
        place = first_place(wrong)
        found = np.broadcast_to(left, wrong.shape)[place]
        where = f" at {list(place)}" if place else ""
        raise ValueError(f"this holds only where {words};{where} the left side is {found}")


def must_be_above(left, right, words):
    """Refuse numbers that are not above others."""
    wrong = ~(left > right)
    if np.any(wrong):
        place = first_place(wrong)
        found, least = (np.broadcast_to(side, wrong.shape)[place] for side in (left, right))
        where = f"at {list(place)} is {found}, which" if place else f"{found}"
        raise ValueError(f"this holds only where {words}; {where} is not above {least}")


def classes_as_labels(name, value, axes, classes, kind, check):
    """Labels as they are; whole numbers with one axis less than `axes` as classes, counted from 0: one-hot rows of a
    type. What is no class is refused, or has a row of nan if nothing is checked.
    """
    array = np.asarray(value)
    if array.dtype.kind not in "iu" or array.ndim != axes - 1:
        return value
    outside = (array < 0) | (array >= classes)
    if check:
        refuse(name, array, outside, f"a class from 0 to {classes - 1}")
    rows = (array[..., None] == np.arange(classes)).astype(kind)
    return rows if check else np.where(outside[..., None], float("nan"), rows)


def places_read(places, count, check):
    """Places as whole numbers, with which arrays can be read; those that are none are the first, if nothing is checked:
    what is computed of them is made nan later.
    """
    return (places if check else np.where((places >= 0) & (places < count), places, 0)).astype(int)


def where_there(there, found):
    """What was found, but nan where a place is not there; True stands for places that were checked."""
    return found if there is True else np.where(there, found, float("nan"))


def gathered(value, reduction):
    """The values themselves, their mean or their sum."""
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction = {reduction!r} is none of 'none', 'mean', 'sum'")
    return value if reduction == "none" else getattr(value, reduction)()
