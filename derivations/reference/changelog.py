"""What the change log says of results that are not what they were: corrected, restated, renamed, withdrawn."""

import re
from dataclasses import dataclass

from .work import CHECKOUT

# The headings under which CHANGELOG.md speaks of single results, in the order in which a reader wants them.
ABOUT_RESULTS = ("Corrected", "Restated", "Renamed", "Withdrawn")
CHANGELOG = CHECKOUT / "CHANGELOG.md"
_ID = re.compile(r"`([a-z_]+\.[a-z_]+)`")


@dataclass(frozen=True)
class Change:
    """One entry of the change log about results: the version it stands under, its heading, its text in Markdown, and
    the day of that version, where the change log has one.
    """

    version: str
    heading: str
    text: str
    day: str = ""

    @property
    def ids(self) -> frozenset[str]:
        """The ids that it names."""
        return frozenset(_ID.findall(self.text))


def changes_of_results(text: str | None = None) -> list[Change]:
    """The entries of the change log under the headings that are about results, the newest version first."""
    version = heading = day = ""
    found = []
    for line in (CHANGELOG.read_text(encoding="utf-8") if text is None else text).splitlines():
        if line.startswith("## "):
            version, _, day = line.removeprefix("## ").partition(" ")
            version, heading, day = version.strip("[]"), "", day.strip(" -–")
        elif line.startswith("### "):
            heading = line.removeprefix("### ").strip()
        elif heading in ABOUT_RESULTS and line.startswith("- "):
            found.append([version, heading, line.removeprefix("- "), day])
        elif heading in ABOUT_RESULTS and line.startswith("  ") and found:
            found[-1][2] += f"\n{line.strip()}"
    return [Change(*parts) for parts in found]


def announced(changes: list[Change], id: str) -> int:
    """How many entries of the change log are about an id."""
    return sum(id in change.ids for change in changes)
