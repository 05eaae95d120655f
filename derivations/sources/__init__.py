"""Sources: every work that a page or a cited theorem refers to, with what it is used for.

Each was looked up; `checked` says what was read.
"""

from difflib import get_close_matches

from .on_fitting import ON_FITTING
from .on_preferences import ON_PREFERENCES
from .on_variants import ON_VARIANTS
from .works import WORKS

# As a bibliography is sorted: by authors.
_ALL = (*WORKS, *ON_VARIANTS, *ON_FITTING, *ON_PREFERENCES)
SOURCES = tuple(sorted(_ALL, key=lambda each: each.authors.removeprefix("The ").casefold()))
BY_KEY = {each.key: each for each in SOURCES}


def source(key):
    """The source with this key."""
    if key not in BY_KEY:
        nearest = ", ".join(get_close_matches(key, BY_KEY)) or "none"
        raise ValueError(f"No source has the key {key!r}. The nearest keys: {nearest}.")
    return BY_KEY[key]
