"""How the likelihood becomes the cross-entropy loss, derived with SymPy for general n and K."""

import sys

if sys.argv[:1] == ["-m"]:  # python -m derivations.softmax: the chapter finds run_chapter where a script would
    sys.path.append(__path__[0])
