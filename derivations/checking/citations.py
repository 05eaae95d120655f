"""What a step owes to the results that it cites: their hypotheses, about whatever stands there in place of symbols.

A result that was derived where the labels y sum to 1 may be cited for other labels q only if those do. The checker
confirms at every point that this follows from the hypotheses named so far.
"""

from collections.abc import Iterator
from functools import lru_cache

from sympy import Basic, Derivative, Expr, sympify
from sympy.logic.boolalg import BooleanTrue

from ..engine.derivation import Derivation, Step
from ..engine.entries import Definition, Hypothesis, what_it_fixes
from ..engine.terms import Quantity, free_symbols, substitute
from .indices import indices_in
from .stated import Stated, about_indices, stated



@lru_cache(maxsize=2**12)
def owed(step: Step) -> tuple[Stated, ...]:
    """What has to hold where a step is taken: what it says itself that follows, and what the results it cites need."""
    found, free = [], set(indices_in((step.before, step.expression)))
    for source in step.cites:
        for mapping in _mappings(step, source) or [{}]:
            for hypothesis in source.hypotheses:
                found += _placed(hypothesis, mapping, free, hypothesis in step.following)
    return tuple(dict.fromkeys(found))


def _placed(hypothesis: Hypothesis, mapping: dict, free: set, follows: bool) -> Iterator[Stated]:
    """What a hypothesis says of what stands in place of its symbols; as it is where nothing does, if it `follows` here.

    What it says of every value of an index, it says of every one; an index that is bound in the lines takes all values
    too, and how far it runs is for the operator that binds it to say.
    """
    for statement, every in stated([hypothesis]):
        replaced = {old: new for old, new in mapping.items() if old not in every}
        if not replaced.keys() & free_symbols(what_it_fixes(statement)):
            yield from [Stated(statement, every)] * follows
            continue
        if _arriving(replaced) & set(every):
            continue  # a name that is taken; the equality of the lines is compared all the same
        placed = substitute(statement, replaced)
        if isinstance(placed, BooleanTrue):
            continue
        loose = tuple(index for index in indices_in((placed,)) if index not in every and index not in free)
        if about_indices(placed) and loose:
            continue
        yield Stated(placed, tuple(every) + loose)


def _arriving(mapping):
    return set().union(*(free_symbols(new) for new in mapping.values()))


def _mappings(step: Step, source: Derivation) -> list[dict[Basic, Expr]]:
    """What stands in place of the symbols of a cited result: as the arguments say, or as its quantity is called."""
    given = [argument for argument in step.arguments if isinstance(argument, dict)]
    if given:
        return [{old: sympify(new) for old, new in mapping.items() if old != new} for mapping in given]
    named = source if isinstance(source, Definition) else source.named
    if named is None:
        function = source.start.expr if isinstance(source.start, Derivative) else None
        head, parameters = type(function), getattr(function, "args", ())
        if step.rule != "chain_rule" or not isinstance(function, Quantity):
            return []
    else:
        head, parameters = named.head, named.parameters
    calls = {call for line in (step.before, step.expression) for call in line.atoms(Quantity) if type(call) is head}
    found = [{old: new for old, new in zip(parameters, call.args) if old != new} for call in sorted(calls, key=str)]
    return [mapping for mapping in found if mapping]
