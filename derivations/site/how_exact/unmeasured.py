"""What can be said of the printed code where `make bench-code` has not run: a few losses, computed with the page.

No library is called, and no time is taken.
"""

import numpy as np

from ... import softmax
from ...functions import function
from ...losses import softmax_cross_entropy
from ..verification import wide_table

LOGITS_SHOWN = (1.0, 20.0, 36.0, 40.0, 700.0)  # of the first of three classes, which is the true one; the others are 0
DIGITS_SHOWN = 17  # so many tell a float64 from its neighbours
NOT_RUN = ('<p class="unmeasured"><strong>Not measured in this copy.</strong> <code>make bench-code</code> compares '
           "printed code with the libraries and fills the tables of this page, in a few minutes. It needs what "
           "<code>make test-peers</code> installs.</p>")  # fmt: skip


def without_record() -> str:
    """The answer in a few numbers, and how to get the rest."""
    head = ("Logits", "Right", "Printed NumPy code", "Minus log of the probability")
    right, printed, usual = zip(*map(_losses, LOGITS_SHOWN))
    ulps = max(abs(one - other) / np.spacing(other) for one, other in zip(printed, right))
    lost = sum(one == 0 for one in usual)
    said = (f"<p><strong>In {len(LOGITS_SHOWN)} losses that were computed for this page, printed NumPy code is at most "
            f"{ulps:.0f} ulp from the right number.</strong> Whoever takes the logarithm of the probability gets 0 for "
            f"{lost} of them.</p>")  # fmt: skip
    rows = [(f"{z:g}, 0, 0", *map(_shown, row)) for z, *row in zip(LOGITS_SHOWN, right, printed, usual)]
    return "\n".join([said, wide_table("The loss of three classes, of which the first is true", head, rows), NOT_RUN])


def _losses(z):
    """The loss, rounded as well as possible; by printed code; and by the probability."""
    logits, labels = np.array([z, 0, 0]), np.array([1.0, 0, 0])
    powers = np.exp(logits - logits.max())
    usual = -np.log(powers[0] / powers.sum())
    right = function(softmax.cross_entropy)(y=labels.tolist(), z=logits.tolist())
    return right, float(softmax_cross_entropy.value(labels, logits)), abs(float(usual))


def _shown(number):
    return f"{number:.{DIGITS_SHOWN}g}".replace("e-", "e−")
