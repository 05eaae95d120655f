"""What one step did, in a phrase: what it put in place of what, which index a delta fixed, which part became which."""

from sympy import Add, Derivative, KroneckerDelta, Mul, Product, Sum, sympify

from .typeset import plain

LONGEST = 40  # signs: a longer change is seen more easily in the two lines themselves
SIGNS = {"at": ":=", "fixed": "=", "becomes": "becomes", "bounded": "gives way to"}


def what(step, write=plain):
    """Triples of a kind, a left and a right side, as `write` writes them; empty where the two lines say it as well.

    "at" is the instance that was used (m := k), "fixed" an index that a delta fixed (k = m), "becomes" the one
    part that changed, and "bounded" the one that a bound has replaced: the two are not equal.
    """
    mappings = [argument for argument in step.arguments if isinstance(argument, dict)]
    put = [(sympify(old), sympify(new)) for mapping in mappings for old, new in mapping.items()]
    put = [(old, new) for old, new in put if plain(old) != plain(new)]
    if put:
        return [("at", write(old), write(new)) for old, new in put]
    if step.rule == "sift_kronecker_delta":
        return [("fixed", write(index), write(value)) for index, value in _sifted(step)]
    if len(step.changes) != 1:
        return []
    old, new = _smallest(*step.changes[0])
    inside = "derivative" in step.rule and not old.has(Derivative)  # it changed with its derivative
    if inside or (old, new) == (step.before, step.expression):
        return []
    seen = plain(old) != plain(new) and len(plain(old) + plain(new)) <= LONGEST
    kind = "becomes" if step.relation == "=" else "bounded"
    return [(kind, write(old), write(new))] if seen else []


def phrase(step, write=plain):
    """The same as text: "at m := k, l := m", "k = m", "∑ₖ₌₁ᴷ yₖ becomes 1"; empty if there is nothing to add."""
    found = what(step, write)
    text = ", ".join(f"{left} {SIGNS[kind]} {right}" for kind, left, right in found)
    return f"at {text}" if found and found[0][0] == "at" else text


def _smallest(old, new):
    """Without what stays: factors that a product loses became 1, terms that a sum loses became 0."""
    for kind in (Mul, Add):
        stays = kind.make_args(new)
        if isinstance(old, kind) and all(part in old.args for part in stays):
            return kind(*(part for part in old.args if part not in stays)), kind()
    return old, new


def _sifted(step):
    """The indices that a delta fixed, with their values: in sums and products that are gone."""
    found = {}
    for total in sorted(step.before.atoms(Sum, Product) - step.expression.atoms(Sum, Product), key=str):
        base = total.function.as_base_exp()[1] if isinstance(total, Product) else total.function
        deltas = [factor for factor in Mul.make_args(base) if isinstance(factor, KroneckerDelta)]
        fixed = ((index, delta) for index, *_ in total.limits for delta in deltas if index in delta.args)
        index, delta = next(fixed, (None, None))
        if index is not None:
            found[index, delta.args[1] if delta.args[0] == index else delta.args[0]] = True
    return list(found)
