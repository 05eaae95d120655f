"""Every definition, derivation, counterexample and cited theorem, in reading order, by id;
what each uses, what uses it, and what is related to it.

A chapter is imported when one of its entries is first asked for, and an entry is derived when it is first read.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from types import MappingProxyType, ModuleType

from .engine.derivation import Derivation
from .engine.entries import Convention, Counterexample, Definition, Theorem
from .engine.misuse import expect_entry, expect_kind, refuse_no_steps
from .engine.terms import Quantity

CHAPTERS = (
    "distributions", "cross_entropy", "entropy", "bernoulli", "categorical", "likelihood",
    "sigmoid", "softmax", "log_sum_exp", "gradient_bounds",
    "two_classes", "maximum_likelihood", "information", "logistic_regression", "softmax_regression", "best_weights",
    "soft_labels", "temperature", "calibration", "weights", "targets", "exponential_family", "focal", "scores",
    "squared_error", "newton", "ridge", "multilabel", "preferences", "policy", "bounded_logits", "perplexity",
    "averages", "ensembles", "invariance", "numerics", "odds",
    "small_differences",
)  # fmt: skip
AN_ID = "an id as a text, such as 'softmax.gradient'"
Entry = Definition | Convention | Derivation | Counterexample | Theorem
# Ids of the past, and what their readers find now.
RENAMED = {
    "softmax.gradient_bounds": "softmax.gradient_upper_bound",
    "log_sum_exp.loss_bounds": "log_sum_exp.loss_upper_bound",
    "sigmoid.linear_growth": "sigmoid.linear_growth_upper_bound",
    "sigmoid.linear_growth_from_below": "sigmoid.linear_growth_lower_bound",
    "log_sum_exp.gradient_bounds": "softmax.gradient_upper_bound",
    "log_sum_exp.gradient_lower_bound": "softmax.gradient_lower_bound",
    "log_sum_exp.not_above_their_sum": "softmax.not_above_their_sum",
    "log_sum_exp.label_not_above_their_sum": "softmax.label_not_above_their_sum",
    **{f"averages.{name}": f"information.{name}" for name in (
        "population", "population_least", "population_attained", "never_zero")},
    "temperature.inverse_slope": "calibration.inverse_slope",
    "temperature.inverse_curvature": "calibration.inverse_curvature",
}
# Ids that lead to no result any more: why, in a sentence, and the id of what replaces it, or None. Their pages stay.
WITHDRAWN: dict[str, tuple[str, str | None]] = {
    "numerics.gradient_by_label": (
        "printed code computes the gradient from the differences to one logit now.", "numerics.gradient_beside"),
}  # fmt: skip


def chapter(name: str) -> ModuleType:
    """The module of a chapter. ValueError if it is not registered."""
    if name not in CHAPTERS:
        raise ValueError(f"expected a chapter that is registered in CHAPTERS ({', '.join(CHAPTERS)}), found {name}")
    return import_module(f".{name}", __package__)


def chapter_title(name: str) -> str:
    """What a chapter is called, in the navigation too: how its docstring begins, up to a colon."""
    return cleandoc(chapter(name).__doc__).partition(":")[0]


@cache
def catalogue() -> Mapping[str, Entry]:
    """From id to entry, to be looked at. What a chapter defines under another name than its id's is not published."""
    return MappingProxyType({entry.id: entry for name in CHAPTERS for entry in published(name)})


def published(name: str) -> Iterator[Entry]:
    """The entries of one chapter, top to bottom. ValueError if an id is not its chapter and its variable."""
    for variable, entry in vars(chapter(name)).items():
        if isinstance(entry, Entry):
            _refuse_misnamed(entry, f"{name}.{variable}")
            if entry.id == f"{name}.{variable}":
                if isinstance(entry, Derivation):
                    refuse_no_steps(entry)
                yield entry


def _refuse_misnamed(entry, found_at):
    """Refuse an entry that does not stand where its id says: it would not be found, or for another."""
    first, _, last = entry.id.partition(".")
    if first not in CHAPTERS:
        raise ValueError(f"{found_at}: expected an id that begins with a registered chapter, found {entry.id}")
    there = getattr(import_module(f".{first}", __package__), last, None)
    if there is not entry and not _is_stage(entry, there):
        raise ValueError(f"{found_at}: expected an id that is the chapter and the variable, found {entry.id}")


def _is_stage(entry, there):
    """Whether an entry is the beginning of the chain that stands under its id. Neither is derived to tell."""
    both = isinstance(entry, Derivation) and isinstance(there, Derivation)
    return both and entry.start == there.start and len(entry.steps) < len(there.steps)


def has_result(entry: Entry) -> bool:
    """Whether an entry has a formula as its result; it is not derived to tell."""
    return isinstance(entry, Definition | Derivation)


def find(id: str) -> Entry:
    """The entry of an id, present or former; importing its chapter and those that it builds on, and no other.

    KeyError if there is none; it says what to do about it.
    """
    id = _current(id)
    name, _, variable = id.partition(".")
    beside = vars(chapter(name.lower())) if name.lower() in CHAPTERS else {}
    entry = beside.get(variable)
    if isinstance(entry, Entry) and entry.id == id:
        return entry
    raise KeyError(unknown(id, [entry.id for entry in beside.values() if isinstance(entry, Entry)]))


def _current(id):
    """An id as it is called now; of one that was pasted, without the blanks and ends of lines around it."""
    id = expect_kind(id, str, AN_ID).strip()
    return RENAMED.get(id, id)


def former_ids(id: str) -> list[str]:
    """The ids that an entry once had."""
    return [old for old, new in RENAMED.items() if new == id]


def led_here(id: str) -> list[str]:
    """The ids of the past whose readers find this entry now: those it had, and those withdrawn that it replaces."""
    return former_ids(id) + [old for old, (_, instead) in WITHDRAWN.items() if instead == id]


def nearest(unknown: str, entries: Iterable[str]) -> list[str]:
    """The ids most like an unknown one."""
    return get_close_matches(unknown.lower(), entries, n=3, cutoff=0.4)


def uses(entry: Entry | str) -> dict[str, tuple[int, ...]]:
    """What an entry, given itself or by its id, uses: a dictionary from id to the numbers of the steps that cite it;
    0 stands for the statement itself. A cited theorem uses nothing: what is its evidence is `related` to it.
    KeyError for an id that there is not; it says what to do about it.
    """
    entry = find(entry) if isinstance(entry, str) else entry
    expect_entry(entry)
    found = {}
    for source in _stated(entry):
        found.setdefault(source, []).append(0)
    for number, step in enumerate(entry.steps, start=1):
        for source in step.cites:
            found.setdefault(source.id, []).append(number)
    return {id: tuple(dict.fromkeys(numbers)) for id, numbers in found.items() if id != entry.id}


def _stated(entry):
    """The ids of the quantities that the statement of an entry names."""
    if isinstance(entry, Theorem):
        return []
    if isinstance(entry, Counterexample):
        formulas = [entry.claim, *entry.given]
    elif isinstance(entry, Convention):
        formulas = entry.statements
    else:
        formulas = [entry.name, entry.result]
    quantities = {quantity for formula in formulas for quantity in formula.atoms(Quantity)}
    return sorted({type(quantity).definition.id for quantity in quantities})


def used_by(id: str | Entry) -> dict[str, tuple[int, ...]]:
    """What uses an entry, given itself or by its id: a dictionary from the ids of others to the numbers of their
    steps, as in `uses`.

    KeyError if there is no such entry; it says what to do about it.
    """
    id = _current(id.id if isinstance(id, Entry) else id)
    if id not in catalogue():
        raise KeyError(unknown(id, [*catalogue()]))
    return dict(users().get(id, {}))


@cache
def users() -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """What uses each entry that something uses, by its id, as `used_by`: of all at once."""
    found = {}
    for entry in catalogue().values():
        for id, numbers in uses(entry).items():
            found.setdefault(id, {})[entry.id] = numbers
    return MappingProxyType({id: MappingProxyType(others) for id, others in found.items()})


def related(entry: Entry) -> list[str]:
    """The ids of what an entry is related to, though neither uses the other: of a cited theorem the results that show
    a part of it, and of such a result the theorems.
    """
    expect_entry(entry)
    if isinstance(entry, Theorem):
        return [result.id for result in entry.evidence]
    return list(_theorems().get(entry.id, ()))


@cache
def _theorems():
    """The ids of the theorems that each result is evidence of."""
    found = {}
    for theorem in catalogue().values():
        for result in getattr(theorem, "evidence", ()):
            found.setdefault(result.id, []).append(theorem.id)
    return found


def unknown(id: str, ids: list[str]) -> str:
    """What to do about an id that there is not."""
    if id in WITHDRAWN:
        why, instead = WITHDRAWN[id]
        return f"{id} is withdrawn: {why}" + (f" Instead: {instead}." if instead else "")
    if id in CHAPTERS:
        return f"{id} is a chapter, of the entries {', '.join(one for one in ids if one.startswith(f'{id}.'))}"
    file = Path(__file__).parent / f"{id}.py"
    if id.isidentifier() and file in file.parent.iterdir() and "import run_chapter" in file.read_text(encoding="utf-8"):
        return (
            f"derivations/{id}.py is there, but {id!r} is not in CHAPTERS of derivations/catalogue.py: add it there, "
            f"after the chapters it imports; add docs/{id}.md, also to the nav of mkdocs.yml, and tests/test_{id}.py"
        )
    close = ", ".join(nearest(id, [*CHAPTERS, *ids])) or "none; `python -m derivations` lists them all"
    return f"unknown id {id!r:.80}; nearest: {close}"
