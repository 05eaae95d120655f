"""The page Errata: what the change log says of results that are not what they were."""

import re

from ..catalogue import catalogue
from ..reference.changelog import ABOUT_RESULTS, changes_of_results

# What stands below each heading, and where there is nothing to tell.
_MEANS = {
    "Corrected": ("What was stated here was wrong.", "No correction so far."),
    "Restated": ("What was stated was true. It says something else now, such as the same with fewer hypotheses.", ""),
    "Renamed": ("The result is the same and has another id. Links with the old one lead to it.", ""),
    "Withdrawn": ("The result is here no more. The page of its id says why.", "No result was withdrawn so far."),
}


def errata_list() -> str:
    """Markdown: the entries of the change log about results, by what happened to them."""
    changes, parts = changes_of_results(), []
    for heading in ABOUT_RESULTS:
        means, none = _MEANS[heading]
        found = [_item(change) for change in changes if change.heading == heading]
        if found or none:
            parts += [f"## {heading}", means if found else none, *found]
    return "\n\n".join(parts)


def _item(change):
    since = "Not released yet" if change.version == "Unreleased" else f"Version {change.version}"
    text = re.sub(r"`([a-z_]+\.[a-z_]+)`", _link, change.text).replace("\n", "\n    ")
    return f"- *{since}.* {text}"


def _link(match):
    """An id that leads to its result; one of the past to the page that leads on."""
    id = match[1]
    return f"[`{id}`]({id.partition('.')[0]}.md#{id})" if id in catalogue() else f"[`{id}`](r/{id}.md)"
