"""PyTorch and JAX under the same names: their own losses, and derivatives by their own automatic differentiation, in
binary64.
"""

from types import SimpleNamespace

import jax
import numpy as np
import optax
import torch
from torch.nn import functional


def _torch_two(y, p):
    return functional.binary_cross_entropy(p, torch.as_tensor(y).expand_as(p), reduction="sum")


def _torch_two_logits(y, z):
    return functional.binary_cross_entropy_with_logits(z, torch.as_tensor(y).expand_as(z), reduction="sum")


TORCH = SimpleNamespace(
    name=f"PyTorch {torch.__version__.partition('+')[0]}",
    array=lambda values: torch.tensor(np.asarray(values, dtype=float)),
    stack=lambda *parts: torch.stack(parts),
    two=_torch_two,
    # Its own loss adds 1e-12 below a fraction line of its second derivative: see test_conventions.
    two_to_bend=lambda y, p: -(torch.special.xlogy(y, p) + torch.special.xlog1py(1 - y, -p)).sum(),
    two_logits=_torch_two_logits,
    classes=lambda y, p: -torch.special.xlogy(torch.as_tensor(y), p).sum(),
    classes_logits=lambda y, z: functional.cross_entropy(z, torch.as_tensor(y), reduction="sum"),
    kl=lambda q, p: functional.kl_div(torch.log(p), torch.as_tensor(q), reduction="sum"),
    entropy=lambda q: torch.special.entr(q).sum(),
    log=torch.log, exp=torch.exp, sigmoid=torch.sigmoid,
    softplus=lambda z: functional.softplus(z, threshold=800),  # above its threshold it would return z itself
    logsumexp=lambda z: torch.logsumexp(z, dim=-1), softmax=lambda z: torch.softmax(z, dim=-1),
    log_softmax=lambda z: torch.log_softmax(z, dim=-1),
    gradient=torch.func.grad, jacobian=torch.func.jacrev,
    hessian=lambda loss: torch.func.jacrev(torch.func.jacrev(loss)),
)  # fmt: skip

JAX = SimpleNamespace(
    name=f"JAX {jax.__version__}, optax {optax.__version__}",
    array=lambda values: jax.numpy.asarray(np.asarray(values, dtype=float)),
    stack=lambda *parts: jax.numpy.stack(parts),
    two=lambda y, p: -(jax.scipy.special.xlogy(y, p) + jax.scipy.special.xlog1py(1 - y, -p)).sum(),
    two_to_bend=lambda y, p: -(jax.scipy.special.xlogy(y, p) + jax.scipy.special.xlog1py(1 - y, -p)).sum(),
    two_logits=lambda y, z: optax.losses.sigmoid_binary_cross_entropy(z, y).sum(),
    classes=lambda y, p: -jax.scipy.special.xlogy(y, p).sum(),
    classes_logits=lambda y, z: optax.losses.softmax_cross_entropy(z, y).sum(),
    kl=lambda q, p: optax.losses.kl_divergence(jax.numpy.log(p), q).sum(),
    entropy=lambda q: jax.scipy.special.entr(q).sum(),
    log=jax.numpy.log, exp=jax.numpy.exp, sigmoid=jax.nn.sigmoid, softplus=jax.nn.softplus,
    logsumexp=jax.nn.logsumexp, softmax=jax.nn.softmax, log_softmax=jax.nn.log_softmax,
    gradient=jax.grad, jacobian=jax.jacrev, hessian=jax.hessian,
)  # fmt: skip

LIBRARIES = (TORCH, JAX)
