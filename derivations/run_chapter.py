"""Lets ``python derivations/bernoulli.py`` and ``python -m derivations.bernoulli`` print that chapter.

A chapter that is run imports this, and ends here.
"""

import sys
from pathlib import Path

chapter = Path(sys.argv[0]).resolve()
sys.path[0] = str(chapter.parent.parent)  # the project, rather than the folder of the chapter
sys.path[:] = [place for place in sys.path if place != str(chapter.parent)]

from derivations.__main__ import run  # noqa: E402

run([chapter.stem, *sys.argv[1:]])
sys.exit()  # the chapter itself has nothing left to do
