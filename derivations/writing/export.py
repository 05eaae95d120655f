"""Entries of the catalogue as plain values, for JSON."""

from sympy import srepr

from ..engine.entries import Convention, Counterexample, Theorem
from .typeset import latex, plain


def record(entry, check=None):
    """Everything there is to say of one entry, as plain values for JSON."""
    common = {"id": entry.id, "kind": entry.kind, "title": entry.title}
    if isinstance(entry, Convention):
        return common | {"statements": [latex(statement) for statement in entry.statements], "meaning": entry.meaning}
    if isinstance(entry, Counterexample):
        values = {str(symbol): str(found) for symbol, found in entry.values.items()}
        given = [latex(statement) for statement in entry.given]
        claim = {"latex": latex(entry.claim), "unicode": plain(entry.claim), "srepr": srepr(entry.claim)}
        return common | {"claim": claim, "given": given, "values": values, "meaning": entry.meaning, "check": _checked(check)}
    if isinstance(entry, Theorem):
        evidence = [source.id for source in entry.evidence]
        return common | {"says": entry.says, "conditions": list(entry.conditions), "source": entry.source, "evidence": evidence}
    return common | {
        "hypotheses": [
            {"name": h.name, "words": h.words, "latex": None if h.statement is None else latex(h.statement)} for h in entry.hypotheses
        ],
        "name": {"latex": latex(entry.name), "srepr": srepr(entry.name)},
        "relation": entry.relation,
        "start": latex(entry.start) if entry.steps else None,
        "steps": [_step(step) for step in entry.steps],
        "result": {"latex": latex(entry.result), "unicode": plain(entry.result), "srepr": srepr(entry.result)},
        "check": _checked(check),
    }


def _checked(check):
    return None if check is None else vars(check)


def _step(step):
    return {
        "relation": step.relation,
        "rule": step.rule,
        "law": step.law,
        "because": step.because,
        "uses": [hypothesis.name for hypothesis in step.using],
        "implied": [hypothesis.name for hypothesis in step.implied],
        "cites": [source.id for source in step.cites],
        "latex": latex(step.expression),
    }
