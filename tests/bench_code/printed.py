"""The code that this project prints, ready to be called on arrays that are prepared once."""

from types import SimpleNamespace

import jax
import torch
from calls import Call, in_jax, in_torch, jitted

from derivations.catalogue import find
from derivations.coding.module import code_of
from derivations.losses import binary_cross_entropy, softmax_cross_entropy

LOSSES = {"binary": binary_cross_entropy, "softmax": softmax_cross_entropy}


def loaded(id, target):
    """The function of a printed module, run as it stands."""
    space = {}
    exec(compile(code_of(find(id), target), f"{id}.py", "exec"), space)
    return space[id.replace(".", "_")]


def both_of(kind, target):
    """Value and gradient, from their two modules."""
    value, gradient = (loaded(LOSSES[kind].entries[name].id, target) for name in ("value", "gradient"))

    def value_alone(y, z):
        return value(y=y, z=z)

    def both(y, z):
        return value(y=y, z=z), gradient(y=y, z=z)

    return value_alone, both


def numpy_code(kind, check=True):
    loss = LOSSES[kind]
    return lambda y, z: Call(lambda: loss.value(y, z, check=check), lambda: loss.value_and_gradient(y, z, check=check))


def jax_code(kind):
    value, both = map(jax.jit, both_of(kind, "jax"))
    return lambda y, z: jitted(value, both, in_jax(y), in_jax(z))


def torch_code(kind, compiled=False):
    value, both = both_of(kind, "torch")
    if compiled:
        value, both = (torch.compile(one, dynamic=False) for one in (value, both))

    def prepared(y, z):
        y, z = in_torch(y), in_torch(z)
        return Call(lambda: value(y, z), lambda: both(y, z))

    return prepared


def of_chances(target):
    """From probabilities: the gradient is minus the score."""
    value, score = loaded("cross_entropy.two_outcomes", target), loaded("bernoulli.score", target)
    make = {"numpy": lambda array: array, "jax": in_jax, "torch": in_torch}[target]

    def prepared(y, p):
        y, p = make(y), make(p)
        return Call(lambda: value(y=y, p=p), lambda: (value(y=y, p=p), -score(y=y, p=p)))

    return prepared


def printed():
    """Each target, under the name that the tables use."""
    return {
        f"{said} code": SimpleNamespace(binary=make("binary"), softmax=make("softmax"), soft=make("softmax"),
                                        chances=of_chances(target))
        for said, target, make in (("NumPy", "numpy", numpy_code), ("JAX", "jax", jax_code),
                                   ("torch", "torch", torch_code))
    }  # fmt: skip
