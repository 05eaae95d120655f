"""What modules of JAX and torch have in the place of functions of `given`: nothing here asks what a number is, but what
torch looks at where nothing is compiled.
"""

import numpy as np

from .given import as_divisor, largest_to_square, norm_over, refuse, series_above_tangent

def traced_weighted(weight, value):
    """A product in which a weight of 0 counts for nothing, also beside what is infinite. Its slope in the weight is the
    value, as far as that is finite; of 0 log 0 it is 0, and not minus infinity, which is the limit: a probability that
    underflows has the slope 0 in its logits, and 0 times infinity is no number.
    """
    return weight * np.where(abs(value) < float("inf"), value, np.where(weight == 0, 0, value))


def eager_weighted(weight, value):
    """The same, of torch: the product itself where it may be looked at and is finite, since a choice at each place is
    what takes longest.
    """
    found = weight * value
    if not np.compiler.is_compiling() and found.device.type == "cpu":
        try:
            if np.isfinite(found.detach().sum()):
                return found
        except RuntimeError:  # vmap lets nobody look
            pass
    return traced_weighted(weight, value)


def traced_quotient(number, divisor):
    """A quotient that is 1 where the divisor is 0: there another form is chosen, and this one must have a slope. It is
    taken as constant where the divisor is so small that the slope overflows.
    """
    there = np.isfinite(1 / divisor / divisor)
    steep = _without_slope(number / np.where(divisor == 0, 1, divisor))
    return np.where(there, _divided(number, np.where(there, divisor, 1)), np.where(divisor == 0, 1, steep))


def _divided(number, divisor):
    """A quotient that is exactly 1 where both are the same."""
    return number / divisor


def _without_slope(array):
    """Numbers that count as constants."""
    return array.detach()


def traced_log(x):
    """The logarithm. Its slope at 0 is infinite; but where nothing is asked of it, it is 0: as 0 times the largest
    number, and that times the largest number, is 0.
    """
    at_end = x == 0
    found = np.log(np.where(at_end, 1, x))
    steep = np.full_like(found, np.finfo(found.dtype).max) * at_end
    return np.where(at_end, steep * (steep * x) - float("inf"), found)


def traced_power(base, exponent):
    """A power. Its slope at a base of 0 is infinite if the exponent is below 1, as that of the logarithm is; with the
    exponent 0 it is 1, and has no slope.
    """
    flat, at_end = exponent == 0, (base == 0) & (exponent < 1)
    found = np.where(flat | at_end, 1.0, base) ** exponent
    steep = np.full_like(found, np.finfo(found.dtype).max) * at_end
    ended = np.where(at_end & (exponent < 0), float("inf"), steep * (steep * base))
    return np.where(at_end & ~(flat | np.zeros_like(at_end)), ended, found)


def traced_power_of_rest(less, power, exponent):
    """A power of 1 less a number: where that is small, and 1 less it is rounded, by its logarithm. With the exponent 0
    it has no slope, whatever stands beside it.
    """
    small = (abs(less) < 1 / 2) & (exponent != 0)
    return np.where(small, np.exp(exponent * log1p_below(-np.where(small, less, 0))), power)


def traced_hypot(one, other):
    """The square root of the sum of two squares, which are squares of shares of the larger number: those are finite. As
    a factor that is taken out it has no slope of its own.
    """
    larger = as_divisor(_without_slope(np.where(abs(one) > abs(other), abs(one), abs(other))))
    return larger * np.sqrt((one / larger) ** 2 + (other / larger) ** 2)


def traced_norm(array, axis):
    """The square root of the sum of the squares along an axis, which are squares of shares of the largest, as above."""
    largest = _without_slope(np.max(abs(array), axis=axis, keepdims=True))
    return norm_over(largest, array, axis)


def eager_norm(array, axis):
    """The same, of torch."""
    return norm_over(_without_slope(np.amax(abs(array), dim=axis, keepdim=True)), array, axis)


def underflown_power(base, exponent):
    """The same of a base that comes to 0 only where exponentials do: there it has no slope, whatever the exponent."""
    return traced_power(np.where(base == 0, 0, base), exponent)


def traced_largest(array, axis):
    """The largest along an axis, with the slope of the first place that has it: the same is taken for the largest
    wherever a place is asked for, so derivatives are right where several are as large.
    """
    return np.take_along_axis(array, np.argmax(array, axis=axis, keepdims=True), axis=axis).squeeze(axis)


def eager_largest(array, axis):
    """The same, of torch."""
    return np.take_along_dim(array, eager_first_largest(array, axis).unsqueeze(axis), dim=axis).squeeze(axis)


def eager_first_largest(array, axis):
    """The first place of the largest along an axis: what is compiled finds it among those that are as large."""
    if not taken_in_parts(array, axis):
        return np.argmax(array, dim=axis)
    largest, size = in_parts(np.amax, np.maximum, array)[..., None], array.shape[-1]

    def first(part, places, dim):
        return np.amin(np.where(part == largest, places, size - 1), dim=dim)

    return in_parts(first, np.minimum, array, np.arange(size, device=array.device))


def eager_sum(array):
    """The sums along the last axis."""
    return in_parts(np.sum, np.add, array) if taken_in_parts(array, -1) else np.sum(array, dim=-1)


def taken_in_parts(array, axis, least=8, most=28):
    """Whether some numbers along the last axis are taken a few at a time: where they are compiled, torch writes out
    what is done with fewer than 8, and takes several rows at once. Where a slope is asked for it takes longer.
    """
    compiled = np.compiler.is_compiling() and not array.requires_grad
    return compiled and axis == -1 and least <= array.shape[-1] <= most


def in_parts(reduced, joined, *arrays):
    """What is found along the last axis of at most 7 numbers at a time, and joined."""
    count = -(-arrays[0].shape[-1] // 7)
    found, *more = (reduced(*parts, dim=-1) for parts in zip(*(one.tensor_split(count, dim=-1) for one in arrays)))
    for one in more:
        found = joined(found, one)
    return found


def traced_exp_of_difference(gap, one, other):
    """The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left. As
    a term of its own that would be 0 beside the smallest numbers, also in a slope: XLA has none below them.
    """
    left = _without_slope(rounded_off(gap, one, other))
    return np.exp(gap) * (1 + np.where(abs(left) < float("inf"), left, 0))


def rounded_off(gap, one, other):
    """What rounding left of one less other, where the gap is what it gave."""
    part = gap - one
    return (one - (gap - part)) - (other + part)


def traced_exp_above_tangent(x):
    """e^x - 1 - x, how far the exponential is above its tangent at 0; near 0 by its series. What is not taken is kept
    finite, so that its slope is 0.
    """
    near = series_above_tangent(np.where(np.abs(x) < 1, x, 0))
    held = np.where(x <= 88, x, 88)  # what single precision holds; nan is not below it
    return np.where(np.abs(x) < 1, near, np.where(x <= 88, np.expm1(held) - held, float("inf")))


def log1p_below(x):
    """log(1 + x) of an x that may be below 0, where XLA's log1p loses digits: 1 + x is exact below -1/2, and nearly so
    up to -1/4.
    """
    return np.where(x < -1 / 4, np.log(1 + x), np.log1p(x))


def traced_log1p(x):
    """The same, with the slope of `traced_log` at -1."""
    low = x < -1 / 4
    return np.where(low, traced_log(np.where(low, 1 + x, 1)), np.log1p(np.where(low, 0, x)))


def expm1_of_log(factor, base):
    """e^x - 1 of a factor times the logarithm of a base: at a base of 0 it has the slope of the power."""
    ended = traced_power(np.where(base == 0, base, 1), factor) - 1
    return np.where(base == 0, ended, np.expm1(factor * np.log(np.where(base == 0, 1, base))))


def traced_within(array):
    """Numbers as they are, but nan where their square takes the digits of what is multiplied by it."""
    most = largest_to_square(np.finfo((1.0 * array).dtype))
    return np.where((array > 1 / most) & (array < most), array, float("nan"))


def traced_type(*given):
    """The floating-point type of the arrays that are given; whole numbers and single numbers take it too."""
    kinds = [np.asarray(one).dtype for one in given if type(one) not in (bool, int, float)]
    kinds = [kind for kind in kinds if np.issubdtype(kind, np.floating)]
    return np.result_type(*kinds or [float])


def eager_type(*given):
    """The same, of torch: tensors with axes decide, as they do there."""
    found = [np.as_tensor(one) for one in given if type(one) not in (bool, int, float)]
    found = [one for one in found if one.dtype.is_floating_point]
    kinds = [one.dtype for one in found if one.ndim] or [one.dtype for one in found] or [np.get_default_dtype()]
    for kind in kinds[1:]:
        kinds[0] = np.promote_types(kinds[0], kind)
    return kinds[0]


def eager_read(value, kind):
    """An argument as a tensor; a single number is one of a type."""
    return np.as_tensor(value, dtype=kind if type(value) in (bool, int, float) else None)


def are_classes(labels, axes):
    """Whether labels are whole numbers with one axis less than `axes`: classes, counted from 0."""
    return "int" in str(labels.dtype) and labels.ndim == axes - 1


def traced_classes_as_labels(labels, axes, like, places):
    """Labels as they are; classes as one-hot rows of the type of another array. What is no class has a row of nan."""
    if not are_classes(labels, axes):
        return labels
    rows = np.where(labels[..., None] == places, np.ones_like(places, dtype=like.dtype), 0)
    inside = (labels >= 0) & (labels < len(places))
    return np.where(inside[..., None], rows, float("nan"))


def refuse_no_place(name, places, count, wanted):
    """Refuse what is no whole number from 0 to below a count, where anybody may look."""
    try:
        refuse(name, places, (places != np.floor(places)) | (places < 0) | (places >= count), wanted)
    except RuntimeError:  # vmap lets nobody look
        pass


def eager_in_blocks(compute, *arrays, whole, at_once=2**19):
    """What is computed of a batch, for so many bytes at a time: so that what lies between stays in the cache.
    Each array comes with the number of its own axes; `whole` is where all at once is faster. It can be differentiated.
    """
    given = [array for array, _ in arrays]
    shapes = {tuple(array.shape[:array.ndim - axes]) for array, axes in arrays} - {()}
    if whole or len(shapes) != 1 or max(array.nbytes for array in given) <= at_once:
        return compute(*given)
    (batch,) = shapes
    flat = [array.reshape(-1, *array.shape[array.ndim - axes:]) if array.ndim > axes else array
            for array, axes in arrays]  # fmt: skip
    rows = max(len(array) for array, (_, axes) in zip(flat, arrays) if array.ndim > axes)
    step = max(1, at_once * rows // max(array.nbytes for array in flat))
    found = [compute(*(array[start:start + step] if array.ndim > axes else array
                       for array, (_, axes) in zip(flat, arrays))) for start in range(0, rows, step)]  # fmt: skip
    several = isinstance(found[0], tuple)
    joined = [np.concatenate(parts).reshape(batch + parts[0].shape[1:])
              for parts in zip(*(found if several else ((one,) for one in found)))]  # fmt: skip
    return tuple(joined) if several else joined[0]
