"""The moves that give a part its name: softmax, log-sum-exp and the sigmoid out of raw exponentials."""

from sympy import Add, Indexed, Mul, Pow, Sum, exp, log

from .. import sigmoid
from ..engine.rules import definitions
from ..engine.terms import Quantity, bound_indices, entry
from .moves import Proposal, citing, parts


def name_part(line, work):
    """A part that has a name gets it."""
    for part in parts(line, Add):
        for move in _log_softmax(part, work):
            if move.result(line) is not None:
                return move
    for part in parts(line, (Mul, Pow, log)):
        for move in (*_softmax(part, work), *_sigmoid(part)):
            if move.result(line) is not None:
                return move
    for total in parts(line, Sum):
        for move in _entropy(total, work):
            if move.result(line) is not None:
                return move
    return None


def named_again(line, work):
    """What a let names gets its name back, where it was unfolded to be differentiated."""
    for named, value in work.opened.items():
        move = Proposal(definitions.fold, (type(named).definition, *named.args), "this is its definition")
        if value.args and not isinstance(value, Indexed) and move.result(line) is not None:
            return (move,)
    return ()


def _exponentials(total):
    """The vector of a sum over an index of the exponentials of its entries; None for another sum."""
    if not isinstance(total, Sum) or len(total.limits) > 1 or not isinstance(total.function, exp):
        return None
    logit, (index,) = total.function.args[0], bound_indices(total)
    if not isinstance(logit, Indexed) or logit.indices[-1] != index or index in logit.indices[:-1]:
        return None
    return logit.base[logit.indices[:-1]] if len(logit.indices) > 1 else logit.base


def _softmax(part, work):
    """exp(z_k) / sum_l exp(z_l), and log sum_k exp(z_k)."""
    if isinstance(part, log):
        vector = _exponentials(part.args[0])
        family = work.families.get(part.args[0].limits[0][2]) if vector is not None else None
        if family:
            yield Proposal(definitions.fold, (family.log_sum_exp, vector), "this is log-sum-exp, by its definition")
        return
    if not isinstance(part, Mul):
        return
    for factor in part.args:
        vector = _exponentials(factor.base) if isinstance(factor, Pow) and factor.exp == -1 else None
        family = work.families.get(factor.base.limits[0][2]) if vector is not None else None
        for above in part.args if family else ():
            logit = above.args[0] if isinstance(above, exp) else None
            if isinstance(logit, Indexed) and logit == entry(vector, logit.indices[-1]):
                arguments = (family.probability, vector, logit.indices[-1])
                yield Proposal(definitions.fold, arguments, "this is softmax, by its definition")


def _log_softmax(part, work):
    """z_k - A(z)."""
    for family in work.families.values():
        known = family.log_probability
        own, index = known.start.args[0].args
        for term in part.args:
            if isinstance(-term, family.log_sum_exp.head):
                (vector,) = (-term).args
                for logit in part.args if not isinstance(vector, Quantity) else ():
                    if isinstance(logit, Indexed) and logit == entry(vector, logit.indices[-1]):
                        arguments = citing(known, {own: vector, index: logit.indices[-1]})
                        yield Proposal(definitions.recognise, arguments, "this is log-softmax")


def _entropy(total, work):
    """sum_k p_k log p_k of softmax's probabilities p, which sum to 1: of other numbers it has no such meaning."""
    for family in work.families.values():
        known = family.minus_entropy
        for vector in {part.func(*part.args[:-1]) for part in parts(total.function, family.probability.head)}:
            arguments = citing(known, {known.start.args[1].args[0]: vector})
            yield Proposal(definitions.recognise, arguments, "the sum is minus the entropy")


def _sigmoid(part):
    """1 / (1 + exp(-u)) and exp(u) / (1 + exp(u)); log(1 + exp(u))."""
    bracket = part.args[0] if isinstance(part, log) else next(
        (factor.base for factor in Mul.make_args(part) if isinstance(factor, Pow) and factor.exp == -1), None)
    if not isinstance(bracket, Add) or len(bracket.args) != 2 or 1 not in bracket.args:
        return
    (other,) = [term for term in bracket.args if term != 1]
    if not isinstance(other, exp):
        return
    (own,) = sigmoid.sigmoid.parameters
    if isinstance(part, log):
        yield Proposal(definitions.fold, (sigmoid.softplus, other.args[0]), "this is softplus, by its definition")
        return
    if other in Mul.make_args(part):
        arguments = citing(sigmoid.growing_form, {own: other.args[0]})
        yield Proposal(definitions.recognise, arguments, "this is the sigmoid")
    yield Proposal(definitions.fold, (sigmoid.sigmoid, -other.args[0]), "this is the sigmoid, by its definition")
