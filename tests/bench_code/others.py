"""What the libraries offer for the same losses, as their documentation says to call it."""

from types import SimpleNamespace

import keras
import numpy as np
import optax
from calls import Call, jax_call, torch_call
from scipy import special
from sklearn._loss import HalfBinomialLoss, HalfMultinomialLoss
from sklearn.metrics import log_loss
from torch.nn import functional

EVERY = 20  # log_loss gives a mean: for single losses it is called once for each, of so many


def _as_classes(labels):
    """The true classes of one-hot labels."""
    return np.argmax(labels, axis=-1)


def with_classes(prepared):
    """A function that takes true classes, given their one-hot labels."""
    return lambda y, z: prepared(_as_classes(y), z)


def _keras(loss, in_columns=False):
    """A loss of Keras in the precision of its argument."""

    def called(y, z):
        keras.config.set_floatx(z.dtype.name)
        return loss(y[:, None], z[:, None]) if in_columns else loss(y, z)

    return called


def _scipy_binary(y, z):
    def value():
        return -special.log_expit(np.where(y == 1, z, -z))

    return Call(value, lambda: (value(), special.expit(z) - y))


def _scipy_softmax(y, z):
    classes = _as_classes(y)[:, None]

    def value():
        return -np.take_along_axis(special.log_softmax(z, axis=-1), classes, -1)[:, 0]

    return Call(value, lambda: (value(), special.softmax(z, axis=-1) - y))


def _scipy_soft(y, z):
    def value():
        return -np.sum(y * special.log_softmax(z, axis=-1), axis=-1)

    return Call(value, lambda: (value(), special.softmax(z, axis=-1) - y))


def _scikit_binary(y, z):
    loss = HalfBinomialLoss()
    return Call(lambda: loss.loss(y, z), lambda: loss.loss_gradient(y, z))


def _scikit_softmax(y, z):
    if z.shape[-1] == 2:  # it knows two classes as one logit only
        return None
    loss, classes = HalfMultinomialLoss(n_classes=z.shape[-1]), _as_classes(y).astype(z.dtype)
    return Call(lambda: loss.loss(classes, z), lambda: loss.loss_gradient(classes, z))


def _scikit_chances(y, p):
    def value():
        found = np.full(len(p), np.nan)
        for place in range(0, len(p), EVERY):
            found[place] = log_loss(y[place:place + 1], p[place:place + 1], labels=[0, 1])
        return found

    return Call(value)


def log_loss_of(y, p):
    """scikit-learn's public function, a mean: of one-hot labels or 0 and 1, and of probabilities."""
    return Call(lambda: log_loss(y, p, labels=[0, 1] if p.ndim == 1 else None))


def _scipy_chances(y, p):
    return Call(lambda: -special.xlogy(y, p) - special.xlog1py(1 - y, -p))


def _binary_of_keras(**options):
    return jax_call(_keras(lambda y, z: keras.losses.binary_crossentropy(y, z, **options), in_columns=True))


def classes_in_torch():
    """The same as PyTorch's, of true classes in the place of labels."""
    return with_classes(torch_call(lambda y, z: functional.cross_entropy(z, y, reduction="none")))


def others():
    """Each library, under the name that the tables use."""
    binary = torch_call(lambda y, z: functional.binary_cross_entropy_with_logits(z, y, reduction="none"))
    classes = jax_call(lambda y, z: optax.losses.softmax_cross_entropy_with_integer_labels(z, y))
    sparse = _keras(lambda y, z: keras.losses.sparse_categorical_crossentropy(y, z, from_logits=True))
    labels = _keras(lambda y, z: keras.losses.categorical_crossentropy(y, z, from_logits=True))
    return {
        "PyTorch": SimpleNamespace(
            binary=binary, softmax=classes_in_torch(),
            soft=torch_call(lambda y, z: functional.cross_entropy(z, y, reduction="none")),
            chances=torch_call(lambda y, p: functional.binary_cross_entropy(p, y, reduction="none")),
        ),
        "optax": SimpleNamespace(
            binary=jax_call(lambda y, z: optax.losses.sigmoid_binary_cross_entropy(z, y)),
            softmax=with_classes(classes), soft=jax_call(lambda y, z: optax.losses.softmax_cross_entropy(z, y)),
            chances=None,
        ),
        "SciPy": SimpleNamespace(binary=_scipy_binary, softmax=_scipy_softmax, soft=_scipy_soft,
                                 chances=_scipy_chances),
        "scikit-learn": SimpleNamespace(binary=_scikit_binary, softmax=_scikit_softmax, soft=None,
                                        chances=_scikit_chances),
        "Keras": SimpleNamespace(binary=_binary_of_keras(from_logits=True), softmax=with_classes(jax_call(sparse)),
                                 soft=jax_call(labels), chances=_binary_of_keras()),
    }  # fmt: skip


