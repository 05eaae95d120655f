"""What the withdrawn results stated: derived as they once were, so that nobody types it. A test holds each to its
fingerprint in the ledger of ids.
"""

from contextlib import suppress
from functools import cache

from .. import numerics, softmax
from ..catalogue import WITHDRAWN, Entry
from ..engine.derivation import derive
from ..engine.rules.algebra import regroup
from ..engine.rules.definitions import cite
from ..engine.terms import partial
from ..notation import m, y, z
from .changelog import Change, changes_of_results
from .ids import read_ledger
from .work import RELEASED, VERSION_CITED


@cache
def once_stated() -> dict[str, Entry]:
    """The withdrawn results, by id, as they were last."""
    one = numerics.one
    gradient_by_label = (
        derive("numerics.gradient_by_label", "gradient of softmax cross-entropy, label by label",
               partial(numerics.loss, z[m]))
        .by(cite, softmax.gradient, because="this is what the gradient was found to be")
        .by(regroup, softmax.gradient.result, (1 - y[m]) * one - y[m] * (1 - one),
            because="for a hard label one of the two parts is 0")
    )  # fmt: skip
    return {entry.id: entry for entry in (gradient_by_label,)}


def when_withdrawn(id: str, changes: list[Change] | None = None) -> str:
    """Since which version there was an id, and since which it leads to no result, in a sentence: what the ledger and
    the change log know. ValueError if the id is not withdrawn.
    """
    if id not in WITHDRAWN:
        raise ValueError(f"expected a withdrawn id, one of {', '.join(WITHDRAWN)}; found {id}")
    said = [f"entered in version {line.since}"] if (line := read_ledger().get(id)) else []
    told = [one for one in (_changes() if changes is None else changes) if one.heading == "Withdrawn" and id in one.ids]
    said += [_since(told[-1]) if told else "withdrawn since"]
    return f"{', '.join(said).capitalize()}." if said else ""


def _changes():
    """What the change log says; nothing where the package is installed without it."""
    with suppress(FileNotFoundError):
        return changes_of_results()
    return []


def _since(change):
    """The version of a change, and its day, where it has one."""
    if change.version != "Unreleased":
        return f"withdrawn in version {change.version}" + (f" ({change.day})" if change.day else "")
    before = f"version {VERSION_CITED} was released" if RELEASED is None else f"the version after {VERSION_CITED}"
    return f"withdrawn before {before}"
