"""A work that is cited, and what was seen to confirm it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A work, where it appeared, what this project uses it for, and what was seen to confirm it."""

    key: str
    authors: str
    year: int
    title: str
    where: str
    used_for: str
    checked: str
    link: str = ""
