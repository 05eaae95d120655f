"""The arguments of a module as arrays of the library that it is printed for."""

import jax
import numpy as np
import torch

ARRAYS = {"jax": jax.numpy.asarray, "torch": torch.as_tensor}


def converted(target, given):
    """Arguments in binary64, and whole ones as they are; sizes stay numbers."""
    return {name: one if isinstance(one, int) else ARRAYS[target](np.asarray(one)) for name, one in given.items()}
