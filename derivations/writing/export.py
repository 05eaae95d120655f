"""Entries as plain values, for JSON, and back: with every formula as LaTeX for readers and as a tree for programs.

What is read from JSON is derived anew: a step is its rule's name with its arguments, and its line comes out of
the rule.
"""

from sympy import Expr, Tuple, srepr

from ..engine.derivation import Derivation
from ..engine.entries import Convention, Counterexample, Definition, Hypothesis, Theorem
from ..engine.misuse import expect_entry
from ..engine.replay import rule_named
from ..engine.trees import expression, tree
from .steps import what
from .typeset import latex, plain


def record(
    entry: Definition | Convention | Derivation | Counterexample | Theorem, check: object = None
) -> dict:
    """Everything there is to say of one entry, as plain values for JSON."""
    expect_entry(entry)
    common = {"id": entry.id, "kind": entry.kind, "title": entry.title}
    if isinstance(entry, Convention):
        return common | {"statements": [latex(statement) for statement in entry.statements], "meaning": entry.meaning}
    if isinstance(entry, Counterexample):
        values = {str(symbol): str(found) for symbol, found in entry.values.items()}
        given = [latex(statement) for statement in entry.given]
        return common | {
            "claim": _formula(entry.claim),
            "given": given,
            "values": values,
            "meaning": entry.meaning,
            "check": _checked(check),
        }
    if isinstance(entry, Theorem):
        evidence = [source.id for source in entry.evidence]
        return common | {
            "says": entry.says,
            "formula": None if entry.formula is None else _formula(entry.formula),
            "conditions": [_hypothesis(condition) for condition in entry.conditions],
            "source": entry.source,
            "evidence": evidence,
        }
    named = entry if isinstance(entry, Definition) else entry.named
    return common | {
        "hypotheses": [_hypothesis(hypothesis) for hypothesis in entry.hypotheses],
        "name": _formula(entry.name),
        "relation": entry.relation,
        "start": latex(entry.start) if entry.steps else None,
        "start_tree": tree(entry.start) if entry.kind == "derivation" else None,
        "steps": [_step(step) for step in entry.steps],
        "result": _formula(entry.result),
        "defines": None if named is None else _definition(named),
        "check": _checked(check),
    }


def _formula(statement):
    return {"latex": latex(statement), "unicode": plain(statement), "srepr": srepr(statement), "tree": tree(statement)}


def _definition(definition):
    """What the name is of, as much of it as its expression does not say."""
    shown = None if definition.shown is None else [tree(argument) for argument in definition.shown]
    parameters = [tree(parameter) for parameter in definition.parameters]
    return {"symbol": definition.symbol, "parameters": parameters, "shown": shown, "meaning": definition.meaning}


def _hypothesis(hypothesis):
    stated = {"latex": None, "unicode": None, "tree": None}
    if hypothesis.statement is not None:
        stated = {
            "latex": latex(hypothesis.statement),
            "unicode": plain(hypothesis.statement),
            "tree": tree(hypothesis.statement),
        }
    more = {"witness": tree(hypothesis.witness)} if hypothesis.witness else {}
    more |= {} if hypothesis.every is None else {"every": list(map(tree, hypothesis.every))}
    return {"name": hypothesis.name, "words": hypothesis.words} | stated | more


def _checked(check):
    return None if check is None else vars(check)


def _step(step):
    return {
        "relation": step.relation,
        "rule": step.rule,
        "arguments": [_argument(argument) for argument in step.arguments],
        "part": None if step.part is None else tree(step.part),
        "law": step.law,
        "because": step.because,
        "uses": [hypothesis.name for hypothesis in step.using],
        "implied": [hypothesis.name for hypothesis in step.implied],
        "using": [_hypothesis(hypothesis) for hypothesis in step.using],
        "following": [_hypothesis(hypothesis) for hypothesis in step.following],
        "cites": [source.id for source in step.cites],
        "did": [dict(zip(("how", "left", "right"), said)) for said in what(step, latex)],
        "changes": [{"from": plain(old), "to": plain(new)} for old, new in step.changes],
        "latex": latex(step.expression),
        "tree": tree(step.expression),
    }


def _argument(argument):
    if isinstance(argument, Hypothesis):
        return {"hypothesis": _hypothesis(argument)}
    if isinstance(argument, Definition):
        return {"definition": argument.id}
    if isinstance(argument, Derivation):
        return {"derivation": argument.id, "steps": len(argument.steps)}
    if isinstance(argument, dict):
        return {"instance": [[tree(old), tree(new)] for old, new in argument.items()]}
    return {"expression": tree(argument)}


class NotARecord(ValueError):
    """What was read is no record of an entry. The message says of which one, and in which step."""


class Reader:
    """Reads records back in their order: a step may cite what was read before.

    ``Reader().read(records)`` gives entries by id. Only definitions and derivations are read; the other kinds have
    nothing to derive. NotARecord, saying where, for what is none; RuleDoesNotApply, when an entry is looked at, for a
    step that its rule refuses.
    """

    def __init__(self):
        self.entries, self.heads, self._step = {}, {}, 0

    def read(self, records: list[dict]) -> dict[str, Definition | Derivation]:
        for place, given in enumerate(records, start=1):
            self._step = 0
            try:
                if given["kind"] in ("definition", "derivation") and "result" in given:
                    self.entries[given["id"]] = self._entry(given)
            except (LookupError, TypeError, ValueError, AttributeError) as error:
                id = given.get("id", "") if isinstance(given, dict) else ""
                where = (f"{id}, step {self._step}" if self._step else id) or f"record {place}"
                said = f"there is no {error}" if isinstance(error, LookupError) else error
                raise NotARecord(f"{where}: {said}") from error
        return self.entries

    def _entry(self, given):
        start = self._expression(given["start_tree"] if given["kind"] == "derivation" else given["result"]["tree"])
        named = self._named(given, start)
        if given["kind"] == "definition":
            return named
        derivation = Derivation(given["id"], given["title"], start, named)
        for self._step, step in enumerate(given["steps"], start=1):
            arguments = map(self._argument, step["arguments"])
            using, implied = (tuple(map(self._hypothesis, step[name])) for name in ("using", "following"))
            part = None if step["part"] is None else self._expression(step["part"])
            derivation = derivation.by(
                rule_named(step["rule"]), *arguments, because=step["because"], using=using, implied=implied, part=part
            )
        return derivation

    def _named(self, given, body):
        if given["defines"] is None:
            return None
        said = given["defines"]
        parameters = tuple(map(self._expression, said["parameters"]))
        shown = None if said["shown"] is None else tuple(map(self._expression, said["shown"]))
        hypotheses = tuple(map(self._hypothesis, given["hypotheses"])) if given["kind"] == "definition" else ()
        named = Definition(
            given["id"], given["title"], said["symbol"], parameters, body, said["meaning"], shown, hypotheses
        )
        self.heads[named.id] = named.head
        return named

    def _expression(self, tree) -> Expr:
        return expression(tree, self.heads)

    def _hypothesis(self, given):
        statement = None if given["tree"] is None else self._expression(given["tree"])
        witness = self._expression(given["witness"]) if "witness" in given else Tuple()
        every = tuple(map(self._expression, given["every"])) if "every" in given else None
        return Hypothesis(given["name"], given["words"], statement, witness, every)

    def _argument(self, given):
        ((kind, value),) = [(name, found) for name, found in given.items() if name != "steps"]
        if kind == "hypothesis":
            return self._hypothesis(value)
        if kind == "definition":
            entry = self.entries[value]
            return entry if isinstance(entry, Definition) else entry.named
        if kind == "derivation":
            return self.entries[value].first(given["steps"])
        if kind == "instance":
            return {self._expression(old): self._expression(new) for old, new in value}
        return self._expression(value)
