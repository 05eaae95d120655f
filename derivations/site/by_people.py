"""What no program compares with anything: the words that are typed, and read by people only."""

from ..catalogue import catalogue
from ..engine.entries import Hypothesis
from ..notation import says_itself
from .pieces import breakable, href, words


def by_people_rows() -> list[tuple[str, str]]:
    """What is typed, and which or how many there are."""
    entries, given = list(catalogue().values()), hypotheses()
    typed = [hypothesis for hypothesis in given if hypothesis.statement is not None and not says_itself(hypothesis)]
    theorems = [entry for entry in entries if entry.kind == "theorem" and entry.formula is None]
    reasons = [step.because for entry in entries for step in entry.steps]
    links = ", ".join(f'<a href="{href(entry)}">{breakable(entry.id)}</a>' for entry in theorems)
    return [
        ("Hypotheses without a formula", "; ".join(words(one.words) for one in given if one.statement is None)),
        ("Hypotheses with typed words; a test compares quantifier, direction, numbers and letters with the formula",
         "; ".join(words(hypothesis.words) for hypothesis in typed)),
        ("Hypotheses that say themselves from their formula", str(sum(map(says_itself, given)))),
        ("Cited theorems without a formula", links),
        ("Reasons of steps; a test compares their letters and numbers with the step", f"{len(set(reasons))} different"),
        ("Titles", str(len(entries))),
        ("Meanings of definitions, conventions and counterexamples",
         str(sum(bool(getattr(entry, "meaning", "")) for entry in entries))),
        ("Meanings of symbols, and the text between the derivations", "all"),
    ]  # fmt: skip


def hypotheses() -> list[Hypothesis]:
    """Every hypothesis that an entry or a theorem names, each once; not those that were made of others."""
    entries = catalogue().values()
    named = [given for entry in entries for given in (*entry.hypotheses, *getattr(entry, "conditions", ()))]
    return list({given.words: given for given in named if "; here said of " not in given.words}.values())
