"""What can be said of the printed code where `make bench-code` has not run: a few losses, computed with the page.

No library is called, and no time is taken.
"""

import re
from html import escape
from math import floor, log10

import numpy as np

from ... import softmax
from ...functions import function
from ...losses import softmax_cross_entropy
from ..measured import measured_code
from ..verification import wide_table
from .goals import wanted

LOGITS_SHOWN = (1.0, 20.0, 36.0, 40.0, 700.0)  # of the first of three classes, which is the true one; the others are 0
DIGITS_SHOWN = 4  # a table with more is too wide for a phone
NOT_RUN = ('<p class="unmeasured"><strong>Not measured in this copy.</strong> <code>make bench-code</code> compares '
           "printed code with the libraries and fills this page with tables, in a few minutes. It needs what "
           "<code>make test-peers</code> installs.</p>")  # fmt: skip
# Parts of a page that only make sense with the record stand between these two comments.
WITH_RECORD = re.compile(r"^<!-- measured -->$(.*?)^<!-- always -->$", re.MULTILINE | re.DOTALL)


def what_is_known(markdown: str) -> str:
    """The text of the page, without the parts that need a record if there is none. Each line keeps its number."""
    return markdown if measured_code() else WITH_RECORD.sub(lambda found: "\n" * found[0].count("\n"), markdown)


def without_record() -> str:
    """The answer in a few numbers, and how to get the rest."""
    right, printed, usual = zip(*map(_losses, LOGITS_SHOWN))
    ulps = max(abs(one - other) / np.spacing(other) for one, other in zip(printed, right))
    lost = sum(one == 0 for one in usual)
    said = (f"<p>Three classes have the logits z, 0, 0, and the first is true. Its loss was computed for this page at "
            f"{len(LOGITS_SHOWN)} logits z. <strong>There printed NumPy code {_near(ulps)}</strong> Whoever takes the "
            f"logarithm of the probability gets 0 for {lost} of them.</p>")  # fmt: skip
    rows = [(f"{z:g}", _shown(one), _digits(two, one), _digits(three, one))
            for z, one, two, three in zip(LOGITS_SHOWN, right, printed, usual)]  # fmt: skip
    head = ("z", "Loss", "Printed code", "Log of the probability")
    caption = "How many digits of the loss are right"
    return "\n".join([said, wide_table(caption, head, rows), NOT_RUN])


def goals_alone() -> str:
    """The goals as a list: whether they are met, only a record can say."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in wanted())}</ul>".replace("e-", "e−")


def _near(ulps):
    """How far results are from what is rounded as well as possible, which itself may be wrong by half an ulp."""
    if ulps == 0:
        return "gives the floating-point number that is nearest to the right one."
    return f"is at most {ulps:.0f} ulp from the floating-point number that is nearest to the right one."


def _losses(z):
    """The loss, rounded as well as possible; by printed code; and by the probability."""
    logits, labels = np.array([z, 0, 0]), np.array([1.0, 0, 0])
    powers = np.exp(logits - logits.max())
    usual = -np.log(powers[0] / powers.sum())
    right = function(softmax.cross_entropy)(y=labels.tolist(), z=logits.tolist())
    return right, float(softmax_cross_entropy.value(labels, logits)), abs(float(usual))


def _digits(number, right):
    """How many digits are right."""
    return "all" if number == right else max(0, floor(-log10(abs(number / right - 1))))


def _shown(number):
    return f"{number:.{DIGITS_SHOWN}g}".replace("e-", "e−")
