"""Sources: every work that a page or a cited theorem refers to, with what it is used for.

Each was looked up; `checked` says what was read.
"""

from difflib import get_close_matches

from .on_preferences import ON_PREFERENCES
from .works import WORKS

# As a bibliography is sorted: by authors.
SOURCES = tuple(sorted((*WORKS, *ON_PREFERENCES), key=lambda each: each.authors.casefold()))
BY_KEY = {each.key: each for each in SOURCES}


def source(key):
    """The source with this key."""
    if key not in BY_KEY:
        nearest = ", ".join(get_close_matches(key, BY_KEY)) or "none"
        raise ValueError(f"No source has the key {key!r}. The nearest keys: {nearest}.")
    return BY_KEY[key]
