"""What a link to a result shows before it is followed: the statement and when it holds, a file of them a chapter."""

import json
from html import escape

from ..catalogue import RENAMED, catalogue
from ..engine.entries import Counterexample, Theorem
from ..writing.capitals import in_capital
from ..writing.typeset import latex, statement
from .blocks import LABELS, scope_and_conditions
from .lines import in_pieces
from .pieces import mathml, sentence


def preview(entry) -> str:
    """The title of an entry, what it is, and what it says, as HTML that has nothing to click at."""
    title = in_capital(entry.title)
    kind = "A claim that is false" if isinstance(entry, Counterexample) else LABELS[entry.kind]
    head = f"<strong>{escape(title)}</strong> <small>{kind}</small>"
    return f"<p>{head}</p>{_said(entry)}"


def _said(entry):
    if isinstance(entry, Theorem):
        formula = "" if entry.formula is None else _formula(latex(entry.formula))
        return formula or f"<p>{sentence(entry.says)}</p>"
    scope, conditions = scope_and_conditions(entry) if entry.kind == "derivation" else ("", "")
    return f"{_formula(statement(entry))}{scope}{conditions}"


def _formula(text):
    return f'<div class="formula">{in_pieces(mathml(text, display=True))}</div>'


def previews_script(chapter: str) -> str:
    """A script that hands over the previews of a chapter, by id, those of the past included: unlike a file of data, a
    script can be read also where the site is opened from the disk.
    """
    found = {id: preview(entry) for id, entry in catalogue().items() if id.startswith(f"{chapter}.")}
    found |= {old: preview(catalogue()[new]) for old, new in RENAMED.items() if old.startswith(f"{chapter}.")}
    return f"previewed({json.dumps(chapter)}, {json.dumps(found, ensure_ascii=False)});\n"
