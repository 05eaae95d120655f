"""How functions are called, so that all are called alike: on arrays that are there already, for every observation."""

from collections.abc import Callable
from typing import NamedTuple

import jax
import numpy as np
import torch


class Call(NamedTuple):
    """The losses, and the losses with their gradients; None where a library has none."""

    value: Callable
    both: Callable | None = None


def in_jax(array):
    return jax.numpy.asarray(array)


def in_torch(array):
    return torch.as_tensor(np.asarray(array))


def jitted(value, both, *arguments):
    return Call(lambda: jax.block_until_ready(value(*arguments)), lambda: jax.block_until_ready(both(*arguments)))


def jax_call(loss):
    """A loss of JAX, compiled, with its own derivative in its second argument."""

    def both(y, z):
        found, back = jax.vjp(lambda logits: loss(y, logits), z)
        return found, back(jax.numpy.ones_like(found))[0]

    value, both = jax.jit(loss), jax.jit(both)
    return lambda y, z: jitted(value, both, in_jax(y), in_jax(z))


def torch_call(loss):
    """A loss of torch, with its own derivative in its second argument."""

    def prepared(y, z):
        y, z = in_torch(y), in_torch(z)
        followed = z.clone().requires_grad_()

        def both():
            found = loss(y, followed)
            return found.detach(), torch.autograd.grad(found.sum(), followed)[0]

        return Call(lambda: loss(y, z), both)

    return prepared
