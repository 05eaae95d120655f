"""All libraries whose functions are compared, and all that is stated of them."""

from .keras import KERAS
from .optax import OPTAX
from .pytorch import PYTORCH
from .rows import LossFunction
from .scikit_learn import SCIKIT_LEARN, XGBOOST
from .scipy import SCIPY, STATSMODELS

COMPARED = {"pytorch": PYTORCH, "optax": OPTAX, "keras": KERAS, "scikit_learn": SCIKIT_LEARN, "scipy": SCIPY,
            "statsmodels": STATSMODELS, "xgboost": XGBOOST}  # fmt: skip


def every_row() -> dict[str, LossFunction]:
    """The rows of all libraries, by the full name of the function."""
    return {row.name: row for library in COMPARED.values() for row in library.rows}


def every_claim() -> dict[tuple[str, str], str]:
    """All that is stated, by the name of the function and what it is about: the id that it is compared with."""
    return {(name, about): id for name, row in every_row().items() for about, id in row.claims().items()}
