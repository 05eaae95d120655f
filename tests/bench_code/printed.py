"""The code that this project prints, ready to be called on arrays that are prepared once."""

from types import SimpleNamespace

import jax
import torch
from calls import Call, in_jax, in_torch, jitted

from derivations.catalogue import find
from derivations.coding.module import code_of, function_name
from derivations.losses import binary_cross_entropy, softmax_cross_entropy

LOSSES = {"binary": binary_cross_entropy, "softmax": softmax_cross_entropy}


def loaded(target, *ids):
    """The function of a printed module, of one result or of several, run as it stands."""
    space, entries = {}, [find(id) for id in ids]
    exec(compile(code_of(entries[0], target, *entries[1:]), f"{ids[0]}.py", "exec"), space)
    return space[function_name(*entries)]


def both_of(kind, target):
    """The value alone, and the value with the gradient."""
    ids = [LOSSES[kind].entries[name].id for name in ("value", "gradient")]
    return loaded(target, ids[0]), loaded(target, *ids)


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
    value, score = loaded(target, "cross_entropy.two_outcomes"), loaded(target, "bernoulli.score")
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
