"""Entries of the catalogue as plain values, for JSON."""

from sympy import srepr

from .derivation import Derivation
from .typeset import latex, plain


def record(entry, check=None):
    """Everything there is to say of one entry, as plain values for JSON."""
    return {
        "id": entry.id,
        "kind": "derivation" if isinstance(entry, Derivation) else "definition",
        "title": entry.title,
        "hypotheses": [
            {"name": h.name, "words": h.words, "latex": None if h.statement is None else latex(h.statement)} for h in entry.hypotheses
        ],
        "name": {"latex": latex(entry.name), "srepr": srepr(entry.name)},
        "relation": entry.relation,
        "start": latex(entry.start) if entry.steps else None,
        "steps": [_step(step) for step in entry.steps],
        "result": {"latex": latex(entry.result), "unicode": plain(entry.result), "srepr": srepr(entry.result)},
        "check": None if check is None else vars(check),
    }


def _step(step):
    return {
        "relation": step.relation,
        "rule": step.rule,
        "law": step.law,
        "because": step.because,
        "uses": [hypothesis.name for hypothesis in step.using],
        "cites": [source.id for source in step.cites],
        "latex": latex(step.expression),
    }
