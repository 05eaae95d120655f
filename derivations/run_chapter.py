"""Lets ``python derivations/bernoulli.py`` print that chapter: run as a script, it imports this, and ends here."""

import sys
from pathlib import Path

chapter = Path(sys.argv[0]).resolve()
sys.path[0] = str(chapter.parent.parent)  # the project, rather than the folder of the chapter

from derivations.__main__ import run  # noqa: E402

run([chapter.stem, *sys.argv[1:]])
sys.exit()  # the chapter itself has nothing left to do
