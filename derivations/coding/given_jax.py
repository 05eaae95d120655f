"""What only modules of JAX have in the place of functions of `given`, beside those of `given_traced`: sums, and the
two forms of a function of rows.
"""

import numpy as np

from .given import as_divisor
from .given_traced import are_classes, rounded_off, traced_type

jax = None  # the modules of JAX import it


def _without_slope(array):
    """Numbers that count as constants, in the place of what those of torch do."""
    return jax.lax.stop_gradient(array)


def _divided(number, divisor):
    """A quotient, exactly 1 of equal numbers: XLA would multiply by the inverse of a divisor that it spreads."""
    whole = np.broadcast_shapes(np.shape(number), np.shape(divisor))
    return number / jax.lax.optimization_barrier(np.broadcast_to(divisor, whole))


def traced_sum(array):
    """The sums along the last axis; of single precision those of a few numbers, of these again, and of what is left by
    halves: each number takes part in few additions, fewest of the last, and little is lost by rounding.
    """
    if array.dtype != np.float32 or array.shape[-1] <= 16:
        return np.sum(array, axis=-1)
    parts = parts_added_up(array)
    while parts.shape[-1] > 32:
        parts = parts_added_up(parts)
    return added_by_halves(parts)


def parts_added_up(array):
    """The sums of a few numbers along the last axis: of as many as divide the whole, or zeros must be written beside;
    the barrier is there because two sums, one of the other, would be made one again.
    """
    few = next((count for count in range(16, 3, -1) if array.shape[-1] % count == 0), 16)
    if array.shape[-1] % few:
        array = np.pad(array, [(0, 0)] * (array.ndim - 1) + [(0, -array.shape[-1] % few)])
    return jax.lax.optimization_barrier(np.sum(array.reshape(*array.shape[:-1], -1, few), axis=-1))


def added_by_halves(array):
    """The sum of the sums of both halves of a few numbers along the last axis."""
    middle = array.shape[-1] // 2
    return added_by_halves(array[..., :middle]) + added_by_halves(array[..., middle:]) if middle else array[..., 0]


def column(array, at):
    """The entries at a place of the last axis, or the only ones there are; of a function, what it gives for a place."""
    return array(at) if callable(array) else array[..., at if array.shape[-1] > 1 else 0]


def traced_quick_sum(entry, *arrays, few=16):
    """The same of entries that are made of those of arrays in a few steps; where there are few, of columns: then XLA
    takes several rows at once, and all in one pass.
    """
    size = max(one.shape[-1] for one in arrays if not callable(one))
    if size <= few:
        first, *more = (entry(*(column(one, at) for one in arrays)) for at in range(size))
        return sum(more, first)
    array = entry(*arrays)
    return traced_sum(array) if array.size < 2**14 else np.sum(array, axis=-1)  # of many XLA itself adds up parts


def traced_exp_added_up(one, other):
    """The exponentials of one less other, where a sum of them is asked for, of finite numbers: of single precision, as
    above; of double precision as they are, where the sum says that the difference was not wide.
    """
    if one.dtype != np.float32:
        return np.exp(one - other)
    one = np.maximum(one, other - 200)  # what is minus infinity has an exponential of 0 there, too
    gap = one - other
    return np.exp(gap) * (1 + _without_slope(rounded_off(gap, one, other)))


def traced_share(number, size):
    """A quotient by a norm, of shares of that norm: in its slope JAX has the square of the divisor."""
    by = as_divisor(_without_slope(size))
    return (number / by) / (size / by)


def traced_keeps_digits(small, beside, labels):
    """Whether a sum of exponentials has its digits everywhere, or those of what is beside it suffice: none is below
    e^-64 then, of which a difference of logits takes a few units in the last place; nan is neither above nor below.
    And whether the labels sum to 1 everywhere, but for rounding.
    """
    least, apart = (2.0**-120, 2.0**-20) if small.dtype == np.float32 else (2.0**-92, 2.0**-46)
    return np.all(((small > least) | (beside > 1)) & (beside < float("inf")) & (abs(labels - 1) < apart))


def traced_labels_to_add(labels, like, few=16):
    """Labels as they are; classes as one-hot rows beside another array, for what is added up: XLA takes several numbers
    at once only where no choice is made of them, and where places are read rather than counted. Of a few, as a function
    of the place.
    """
    if labels.ndim == like.ndim:
        return labels
    size = like.shape[-1]
    if size <= few:
        return lambda at: np.where(labels == at, 1, np.zeros_like(labels, dtype=like.dtype))
    kind = like.dtype if size < 2 / np.finfo(like.dtype).eps else np.int32  # which has every place
    places, there = jax.lax.optimization_barrier((np.arange(size, dtype=kind), labels.astype(kind)))
    return np.maximum(1 - np.abs(places - there[..., None]), 0).astype(like.dtype)


def traced_labels_there(labels, like):
    """The same where nothing is added up, and each class is one that there is."""
    return labels if labels.ndim == like.ndim else (labels[..., None] == np.arange(like.shape[-1])).astype(like.dtype)


def traced_labelled(labels, entry, *arrays):
    """The sums of values that labels weigh, each made of the entries of arrays; of classes, the value of the class, and
    nan where there is none.
    """
    if labels.ndim == arrays[0].ndim:
        return traced_quick_sum(lambda label, *some: label * entry(*some), labels, *arrays)
    inside = (labels >= 0) & (labels < max(one.shape[-1] for one in arrays))
    there = np.where(inside, labels, 0)[..., None]
    some = [np.take_along_axis(one, there, axis=-1, mode="promise_in_bounds") if one.shape[-1] > 1 else one
            for one in arrays]  # fmt: skip
    return np.where(inside, entry(*some)[..., 0], float("nan"))


def traced_labels_sum(labels, like):
    """The sums of labels, which are 1 of classes."""
    return traced_quick_sum(lambda one: one, labels) if labels.ndim == like.ndim else np.ones(labels.shape, like.dtype)


def traced_in_rows(quick, careful, labels, logits, slope=None):
    """A function of rows, or of classes in the place of labels, that is compiled as `quick`, with the derivatives of
    `careful`, which is the same number. The first one in the logits may be a function of its own, `slope`: its
    derivatives are the second ones of `careful`. Labels and logits are told by their places.
    """
    def quick_again(*given):
        again = traced_left_out(given, labels, logits)
        return quick(*again, lambda *_: careful(*given)) if again else careful(*given)

    found = jax.custom_jvp(traced_batch(jax.jit(lambda *given: quick(*given, quick_again))))  # of arrays alone
    of_careful = jax.grad(lambda *given: careful(*given).sum(), logits)
    first = slope and traced_in_rows(slope, of_careful, labels, logits)

    def rule(given, moves):
        moving = [at for at, move in enumerate(moves) if not isinstance(move, jax.custom_derivatives.SymbolicZero)]
        value, moved = found(*given), []
        if slope and logits in moving:
            moving.remove(logits)
            moved.append(np.sum(first(*given) * moves[logits], axis=-1))
        if moving:
            moved.append(traced_move(careful, given, moves, moving))
        return value, sum(moved[1:], moved[0]) if moved else np.zeros_like(value)

    found.defjvp(rule, symbolic_zeros=True)

    def in_rows(*given):
        kind, axes = traced_type(*given), given[logits].ndim
        classes = [at == labels and are_classes(one, axes) for at, one in enumerate(given)]
        shapes = [(*one.shape, 1) if is_class else one.shape for one, is_class in zip(given, classes)]
        whole = np.broadcast_shapes(*shapes)
        return found(*(np.broadcast_to(one, whole[:-1]) if is_class else np.broadcast_to(one.astype(kind), whole)
                       for one, is_class in zip(given, classes)))  # fmt: skip

    return in_rows


def traced_left_out(given, labels, logits):
    """The same with a huge negative logit, whose exponential is 0, in the place of minus infinity, where the label is
    0: then 0 times a difference of logits is 0. None for classes, which weigh no other logit.
    """
    rows, z = given[labels], given[logits]
    if rows.ndim < z.ndim:
        return None
    least = np.finfo(z.dtype).min
    out = (rows == 0) & (z == -float("inf")) & (np.max(z, axis=-1, keepdims=True) > least / 2)
    return [np.where(out, least, z) if at == logits else one for at, one in enumerate(given)]


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
