"""What modules of JAX and torch have in the place of functions of `given`: nothing here asks what a number is, but what
torch looks at where nothing is compiled.
"""

import numpy as np

from .given import largest_to_square, refuse, series_above_tangent

jax = None  # the modules of JAX import it


def traced_weighted(weight, value):
    """A product in which a weight of 0 counts for nothing, also beside what is infinite. Its slope in the weight is the
    value, as far as that is finite; of 0 log 0 it is 0, and not minus infinity, which is the limit: a probability that
    underflows has the slope 0 in its logits, and 0 times infinity is no number.
    """
    return weight * np.where((weight == 0) & ~np.isfinite(value), 0, value)


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
    steep = without_slope(number / np.where(divisor == 0, 1, divisor))
    return np.where(there, number / np.where(there, divisor, 1), np.where(divisor == 0, 1, steep))


def without_slope(array):
    """Numbers that count as constants."""
    return array.detach() if hasattr(array, "detach") else jax.lax.stop_gradient(array)


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
    larger = without_slope(np.where(abs(one) > abs(other), abs(one), abs(other)))
    larger = np.where((larger > 0) & (larger < float("inf")), larger, 1)
    return larger * np.sqrt((one / larger) ** 2 + (other / larger) ** 2)


def underflown_power(base, exponent):
    """The same of a base that comes to 0 only where exponentials do: there it has no slope, whatever the exponent."""
    return traced_power(np.where(base == 0, 0, base), exponent)


def traced_sum(array):
    """The sums along the last axis; of single precision those of a few numbers, and then of these: each number takes
    part in few additions, and little is lost by rounding. As many as divide the whole, or zeros must be written beside;
    the barrier is there because two sums, one of the other, would be made one again.
    """
    if array.dtype != np.float32 or array.shape[-1] <= 16:
        return np.sum(array, axis=-1)
    few = next((count for count in range(16, 3, -1) if array.shape[-1] % count == 0), 16)
    if array.shape[-1] % few:
        array = np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, -array.shape[-1] % few)])
    parts = np.sum(array.reshape(*array.shape[:-1], -1, few), axis=-1)
    return traced_sum(jax.lax.optimization_barrier(parts))


def traced_quick_sum(array):
    """The same where each entry is made in a few steps: of many of those XLA itself adds up parts."""
    return traced_sum(array) if array.size < 2**14 else np.sum(array, axis=-1)


def traced_largest(array, axis):
    """The largest along an axis, with the slope of the first place that has it: the same is taken for the largest
    wherever a place is asked for, so derivatives are right where several are as large.
    """
    return np.take_along_axis(array, np.argmax(array, axis=axis, keepdims=True), axis=axis).squeeze(axis)


def eager_largest(array, axis):
    """The same, of torch."""
    return np.take_along_dim(array, np.argmax(array, dim=axis, keepdim=True), dim=axis).squeeze(axis)


def traced_exp_of_difference(gap, one, other):
    """The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left. As
    a term of its own that would be 0 beside the smallest numbers, also in a slope: XLA has none below them.
    """
    left = without_slope(rounded_off(gap, one, other))
    return np.exp(gap) * (1 + np.where(np.isfinite(left), left, 0))


def rounded_off(gap, one, other):
    """What rounding left of one less other, where the gap is what it gave."""
    part = gap - one
    return (one - (gap - part)) - (other + part)


def traced_exp_added_up(one, other):
    """The exponentials of one less other, where a sum of them is asked for, of finite numbers: of single precision, as
    above; of double precision as they are, where the sum says that the difference was not wide.
    """
    gap = one - other
    if gap.dtype != np.float32:
        return np.exp(gap)
    return np.exp(gap) * (1 + without_slope(rounded_off(gap, one, other)))


def traced_keeps_digits(small, beside, labels):
    """Whether a sum of exponentials has its digits everywhere, or those of what is beside it suffice: none is below
    e^-64 then, of which a difference of logits takes a few units in the last place; nan is neither above nor below.
    And whether the labels sum to 1 everywhere, but for rounding.
    """
    least, apart = (2.0**-120, 2.0**-20) if small.dtype == np.float32 else (2.0**-92, 2.0**-46)
    return np.all(((small > least) | (beside > 1)) & (beside < float("inf")) & (abs(labels - 1) < apart))


def traced_in_rows(quick, careful, slope=None, place=0):
    """A function of rows that is compiled as `quick`, with the derivatives of `careful`, which is the same number. The
    first one in the argument at a place may be a function of its own, `slope`: its derivatives are the second ones of
    `careful`.
    """
    found = jax.custom_jvp(traced_batch(jax.jit(lambda *given: quick(*given))))  # of arrays alone
    of_careful = jax.grad(lambda *given: careful(*given).sum(), place)
    first = slope and traced_in_rows(lambda *given: slope(*given, of_careful), of_careful)

    def rule(given, moves):
        moving = [at for at, move in enumerate(moves) if not isinstance(move, jax.custom_derivatives.SymbolicZero)]
        value, moved = found(*given), []
        if slope and place in moving:
            moving.remove(place)
            moved.append(np.sum(first(*given) * moves[place], axis=-1))
        if moving:
            moved.append(traced_move(careful, given, moves, moving))
        return value, sum(moved[1:], moved[0]) if moved else np.zeros_like(value)

    found.defjvp(rule, symbolic_zeros=True)

    def in_rows(*given):
        kind = traced_type(*given)
        return found(*np.broadcast_arrays(*(one.astype(kind) for one in given)))

    return in_rows


def traced_batch(function):
    """A function of arrays of one shape that chooses for all rows at once, also where it is mapped over more."""
    found = jax.custom_batching.custom_vmap(function)

    def rule(size, mapped, *given):
        shapes = [one.shape if is_mapped else (size, *one.shape) for one, is_mapped in zip(given, mapped)]
        return found(*map(np.broadcast_to, given, shapes)), True

    found.def_vmap(rule)
    return found


def traced_move(function, given, moves, moving):
    """How far the value of a function moves where the arguments at some places move."""
    def of_moving(*some):
        at_places = dict(zip(moving, some))
        return function(*(at_places.get(at, one) for at, one in enumerate(given)))

    return jax.jvp(of_moving, [given[at] for at in moving], [moves[at] for at in moving])[1]


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
