"""Powers with exponents of any size, and square roots of sums of squares, in JAX and torch: as the correctly rounded
function has them, and their own derivatives as the printed gradient has it.
"""

import sys
from pathlib import Path

import numpy as np
import pytest
from coded import loaded
from test_slopes_at_ends import slopes

sys.path.append(str(Path(__file__).parent.parent / "coding"))
from test_powers import arguments  # noqa
