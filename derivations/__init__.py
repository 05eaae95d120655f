"""How the likelihood becomes the cross-entropy loss, derived with SymPy for general n and K.

The chapters stand here, a file each, in the order of `catalogue.CHAPTERS`; beside them `notation` (the letters),
`catalogue` (every entry by id), `sources` (the works cited) and `functions` (results as Python functions). What they
are made with stands in `engine`, `writing`, `checking` and `site`; each says in its first lines what it holds.
"""

import sys

if sys.argv[:1] == ["-m"]:  # python -m derivations.softmax: the chapter finds run_chapter where a script would
    sys.path.append(__path__[0])

if "IPython" in sys.modules:  # in a notebook an entry shows itself; elsewhere SymPy waits until it is needed
    from .notebook import show_entries

    show_entries()
