"""The intermediate form as lines of Python: NumPy, JAX and torch write nearly the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from .nodes import (REDUCTIONS, Axis, Node, all_nodes, counted_uses, is_positive, linear_parts, named_within,
                    relettered)  # fmt: skip
from .spots import exp_but_one, of_difference_to_largest, placed_at, taken_at

INFIX = {"add": ("+", 1), "subtract": ("-", 1), "multiply": ("*", 2), "divide": ("/", 2), "quotient": ("/", 2),
         "power": ("**", 4), "equal": ("==", 0), "above": (">", 0)}  # fmt: skip
ATOM, UNARY = 9, 3
REDUCED = {"sum": "sum", "product": "prod", "largest": "max", "any_largest": "max", "first_largest": "argmax"}
AXIS_LETTERS = "abcdefghijklmnopqrstuvwxyz"
GIVEN_FUNCTIONS = ("weighted", "exp_of_difference", "exp_above_tangent", "power_of_rest")
FRESH = ("exp", "exp_of_difference")  # their calls give an array that nothing else has
SIMPLE = ("argument", "number", "constant", "size")


@dataclass(frozen=True)
class Backend:
    """What a library calls things: its name in code, how it is imported, and where it differs from NumPy."""

    name: str
    prefix: str
    imports: str
    axis: str = "axis"


NUMPY = Backend("NumPy", "np", "import numpy as np")
JAX = Backend("JAX", "jnp", "import jax.numpy as jnp")
TORCH = Backend("torch", "torch", "import torch", "dim")
MANNER = {NUMPY: "careful", JAX: "traced", TORCH: "eager"}
HELPED = {NUMPY: ("norm",), JAX: ("norm", "largest"), TORCH: ("norm", "largest", "first_largest")}  # given functions


class Lines:
    """The lines that compute some nodes, each array once, and the code of what they find. `kind` is the code of the
    type that numbers have which no argument has given one. `classes` are the labels that may be classes, with the
    logits beside which they are, in a quick form.
    """

    def __init__(self, library: Backend, *roots: Node, kind: str | None = None, classes: Mapping[str, str] = {}):
        self.library, self.lines, self._names, self._uses = library, [], {}, counted_uses(*roots)
        self._classes, self._of_entry = classes, False
        self._linear = linear_parts(*roots)
        told = min((node.detail[0] for root in roots for node in all_nodes(root) if node.operation == "argument"),
                   default="")  # fmt: skip
        self._device = f", device={told}.device" if library is TORCH and told else ""
        unknown = ".double()" if library is TORCH else ""
        self._kind = f".{'to' if library is TORCH else 'astype'}({kind})" if kind else unknown
        self.found = [self._code(root)[0] for root in roots]

    def _code(self, node):
        """The code of a node, and how tightly it binds."""
        key = relettered(node)
        if key in self._names:
            return self._names[key], ATOM
        code, tight = self._plain(node) if node.is_plain else self._array(node)
        shared = self._uses[key] > 1 or node.operation in REDUCTIONS
        if shared and node.operation not in SIMPLE and not node.is_plain:
            self._names[key] = f"{node.operation}_{len(self._names) + 1}"
            self.lines.append(f"{self._names[key]} = {code}")
            return self._names[key], ATOM
        return code, tight

    def _plain(self, node):
        """A number that needs no array."""
        if node.operation in SIMPLE:
            return self._simple(node)
        if node.operation in INFIX:
            return self._infix(node, [self._code(part) for part in node.parts])
        parts = [self._code(part)[0] for part in node.parts]
        if node.operation == "negate":
            return f"-({parts[0]})", UNARY
        if node.operation == "where":
            return f"({parts[1]} if {parts[0]} else {parts[2]})", ATOM
        return f"{'max' if node.operation == 'maximum' else f'math.{node.operation}'}({', '.join(parts)})", ATOM

    def _simple(self, node):
        if node.operation == "number":
            value = node.detail
            code = str(value.p) if value.q == 1 else f"{value.p} / {value.q}"
            return code, (ATOM if value.q == 1 and value >= 0 else 2)
        if node.operation == "constant":
            return f"math.{node.detail.lower()}", ATOM
        name = node.detail if node.operation == "size" else node.detail[0]
        return (f"{name}_rows" if name in self._classes else name), ATOM

    def _array(self, node):
        if node.operation in SIMPLE:
            return self._simple(node)
        if node.operation in REDUCTIONS:
            return self._reduced(node)
        if node.operation == "place":
            return f"{self.library.prefix}.arange({node.axes[0].size}{self._device})", ATOM
        if node.operation == "at":
            (part,), (axis, number) = node.parts, node.detail
            tokens = ["...", *(str(number) if one == axis else ":" for one in part.axes)]
            return f"{self._tight(part)}[{', '.join(tokens)}]", ATOM
        if node.operation == "transposed":
            (part,) = node.parts
            count = len(node.axes)
            old = tuple(part.axes.index(axis) - count for axis in node.axes)
            move = "movedim" if self.library is TORCH else "moveaxis"
            return f"{self.library.prefix}.{move}({self._tight(part)}, {old}, {tuple(range(-count, 0))})", ATOM
        if self.library is NUMPY and (spot := placed_at(node)):
            (_, value, array), where = node.parts, self._code(spot)[0]
            if (whole := of_difference_to_largest(node)) and self._uses[relettered(array)] == 1:
                return f"below_largest({self._code(whole)[0]}, {self._code(array.parts[1])[0]}, {where})", ATOM
            code, tight = self._aligned(array, node.axes)
            alone = array.operation in FRESH and self._uses[relettered(array)] == 1
            fresh = tight != ATOM or array.operation == "where" or alone
            return f"placed({code if fresh else f'np.copy({code})'}, {where}, {self._code(value)[0]})", ATOM
        if node.operation == "quick":
            keeps, first = node.parts
            test, name = self._code(keeps)[0], self._branch("quick", first)
            return f"jax.lax.cond({test}, {name}, lambda: {node.detail})", ATOM
        if node.operation == "in_rows":
            return f"{node.detail}({', '.join(self._code(part)[0] for part in node.parts)})", ATOM
        parts = [self._aligned(part, node.axes) for part in node.parts]
        if node.operation in INFIX and (self.library is NUMPY or not self._steep(node)):
            return self._infix(node, parts)
        if node.operation == "negate":
            code, tight = parts[0]
            return f"-{code if tight > UNARY else f'({code})'}", UNARY
        return self._called(node, [code for code, _ in parts])

    def _branch(self, name, node):
        """A function of its own for the lines of a node: its name."""
        outside, names, self.lines = self.lines, dict(self._names), []
        code = self._code(node)[0]
        inside, self.lines, self._names = [*self.lines, f"return {code}"], outside, names
        inside = [f"{one}_rows = traced_labels_there({one}, {logits})" for one, logits in self._classes.items()
                  if any(f"{one}_rows" in line for line in inside)] + inside  # fmt: skip
        self.lines += [f"def {name}():", *(f"    {line}" for line in inside)]
        return name

    def _called(self, node, parts):
        if self.library is not NUMPY and (name := self._steep(node)):
            if name == "expm1_of_log":
                parts = [self._aligned(part, node.axes)[0] for part in _of_log(node)]
            return f"{name}({', '.join(parts)})", ATOM
        if node.operation in GIVEN_FUNCTIONS:
            eager = self.library is TORCH and node.operation == "weighted"
            traced = "" if self.library is NUMPY else "eager_" if eager else "traced_"
            return f"{traced}{node.operation}({', '.join(parts)})", ATOM
        if node.operation == "maximum" and self.library is not NUMPY and _on_one_side(*node.parts):
            return self._one_sided(node, parts), ATOM
        if node.operation in ("keeps_digits", "exp_added_up", *(["hypot"] if self.library is not NUMPY else [])):
            return f"traced_{node.operation}({', '.join(parts)})", ATOM
        counted = node.operation == "where" and all(part.is_plain for part in node.parts[1:])
        kind = self._kind if counted else ""  # else whole numbers decide the precision of what is computed with them
        return f"{self.library.prefix}.{node.operation}({', '.join(parts)}){kind}", ATOM

    def _steep(self, node):
        """The function that JAX and torch have for an operation whose slope may be infinite; None for other nodes. What
        makes a slope of 0 of an infinite one is there only if a slope of 0 means that nothing is asked.
        """
        if node.operation == "quotient":
            return "traced_quotient"
        if node.operation == "divide" and node.parts[1].operation in ("norm", "hypot") and self.library is JAX:
            return "traced_share"
        if node.operation == "expm1" and _of_log(node):
            return "expm1_of_log"
        linear = relettered(node) in self._linear
        if node.operation == "power" and not _is_smooth(node.parts[1]):
            return "underflown_power" if is_positive(node.parts[0]) else "traced_power" if linear else None
        if node.operation == "log1p" and not is_positive(node.parts[0]):
            return "traced_log1p" if linear else "log1p_below" if self.library is JAX else None
        return "traced_log" if node.operation == "log" and linear else None

    def _one_sided(self, node, parts):
        """The larger of x and 0, or of x and -x, as it is where x is above 0: where x is 0, code that is differentiated
        takes the same side everywhere, and all its derivatives are right. Of another constant: as where x is above it.
        """
        one, other = parts
        negated = node.parts[0].operation == "negate" and (other == "0" or not node.parts[1].is_plain)
        if self.library is TORCH and node.parts[1].is_plain:
            return f"torch.relu({one})" if negated else f"torch.clamp({one}, min={other})"
        if self.library is TORCH:  # what is above 0 and what is below: its choice takes longer than an exponential
            one, other = (other, one) if negated else (one, other)
            return f"(torch.clamp({one}, min=0) + torch.relu({other}))"
        return f"{self.library.prefix}.where({one} {'<=' if negated else '<'} {other}, {other}, {one})"

    def _infix(self, node, parts):
        sign, tight = INFIX[node.operation]
        (one, left), (other, right) = parts
        one = one if left > tight or (left == tight and tight in (1, 2)) else f"({one})"
        other = other if right > tight else f"({other})"
        return f"{one} {sign} {other}", tight

    def _tight(self, node):
        code, tight = self._code(node)
        return code if tight == ATOM else f"({code})"

    def _aligned(self, part, axes):
        """The code of a part with the axes that it lacks, of length 1."""
        if part.is_plain or part.axes == axes or self._of_entry:
            return self._code(part)
        tokens = ["...", *(":" if axis in part.axes else "None" for axis in axes)]
        return f"{self._tight(part)}[{', '.join(tokens)}]", ATOM

    def _reduced(self, node):
        (part,), axis = node.parts, node.detail
        factors = _factors(part)
        if node.operation == "sum" and _is_contraction(factors):
            return self._contracted(factors, part, node), ATOM
        number = part.axes.index(axis) - len(part.axes)
        if self.library is NUMPY and number == -1 and (code := self._along_rows(node)):
            return code, ATOM
        if node.operation == "quick_sum" and (code := self._labelled(part)):
            return code, ATOM
        if self.library is not NUMPY and number == -1 and node.operation in ("sum", "quick_sum"):
            added = self._code(part)[0] if node.operation == "sum" else self._of_entries(part, axis)
            return f"{MANNER[self.library]}_{node.operation}({added})", ATOM
        if node.operation in HELPED[self.library]:
            return f"{MANNER[self.library]}_{node.operation}({self._code(part)[0]}, {number})", ATOM
        name, axis = f"{self.library.prefix}.{REDUCED[node.operation]}", self.library.axis
        return f"{name}({self._code(part)[0]}, {axis}={number})", ATOM

    def _along_rows(self, node):
        """The code of what NumPy does along the last axis in fewer steps; None for other reductions."""
        (part,) = node.parts
        if node.operation == "sum" and (spot := taken_at(part)):
            return f"entry_there({self._code(part.parts[1])[0]}, {self._code(spot)[0]})"
        if node.operation == "sum" and (inner := exp_but_one(part)) and self._uses[relettered(inner)] == 1:
            parts = [self._aligned(one, part.axes)[0] for one in inner.parts]
            return f"exp_added_up({', '.join(parts)}, {self._code(placed_at(part))[0]})"
        if node.operation == "sum" and part.operation == "weighted":
            return f"weighted_sum({', '.join(self._aligned(one, part.axes)[0] for one in part.parts)})"
        if node.operation == "first_largest":
            return f"first_largest({self._code(part)[0]})"
        first = Node("first_largest", (part,), node.axes, node.detail)
        if node.operation == "largest" and relettered(first) in self._uses:
            return f"largest_at({self._code(part)[0]}, {self._code(first)[0]})"
        return None

    def _labelled(self, node):
        """The code of a sum of labels that may be classes, or of what they weigh; None for other sums."""
        factors = {one.detail[0]: one for one in (node, *node.parts) if one.operation == "argument"}
        for name in factors.keys() & self._classes.keys():
            if node == factors[name]:
                return f"traced_labels_sum({name}, {self._classes[name]})"
            if node.operation == "multiply":
                (value,) = (one for one in node.parts if one != factors[name])
                return f"traced_labelled({name}, {self._of_entries(value, node.axes[-1])})"
        return None

    def _of_entries(self, node, axis):
        """The code of a node as a function of an entry of each array in it, and these arrays, each with the axis."""
        found = {self._code(one)[0]: axis in one.axes for one in named_within(node, self._uses)}
        self._of_entry = True
        code, self._of_entry = self._code(node)[0], False
        held = "jax.lax.optimization_barrier({})" if "exp_added_up" in code else "{}"  # else written for each entry
        arrays = [one if whole else f"{held.format(one)}[..., None]" for one, whole in found.items()]
        return f"lambda {', '.join(found)}: {code}, {', '.join(arrays)}"

    def _contracted(self, factors, part, node):
        """A sum of products in which no factor has all the axes."""
        letters = dict(zip(part.axes, AXIS_LETTERS))
        spelled = ["..." + "".join(letters[axis] for axis in axes) for axes in [one.axes for one in factors]]
        more = ", optimize=True" if len(factors) > 2 and self.library is NUMPY else ""
        pattern = f"{','.join(spelled)}->...{''.join(letters[axis] for axis in node.axes)}"
        codes = ", ".join(self._code(one)[0] for one in factors)
        return f'{self.library.prefix}.einsum("{pattern}", {codes}{more})'


def _is_smooth(exponent):
    """Whether an exponent is a number that is at least 1."""
    return exponent.operation == "size" or (exponent.operation == "number" and exponent.detail >= 1)


def _of_log(node):
    """The factor and the argument of the logarithm, if a node is of a factor times the logarithm of what may be 0."""
    (part,) = node.parts
    if part.operation in ("weighted", "multiply") and part.parts[1].operation == "log":
        factor, (inside,) = part.parts[0], part.parts[1].parts
        return None if is_positive(inside) else (factor, inside)
    return None


def _on_one_side(one, other):
    """Whether these are x and a constant, or x and -x."""
    if other.is_plain:
        return True
    turned = one.operation == other.operation == "subtract" and one.parts == other.parts[::-1]
    return turned or any(a.operation == "negate" and a.parts[0] == b for a, b in ((one, other), (other, one)))


def _factors(node):
    if node.operation != "multiply":
        return [node]
    return [factor for part in node.parts for factor in _factors(part)]


def _is_contraction(factors):
    axes: set[Axis] = set().union(*(one.axes for one in factors))
    some = [one for one in factors if not one.is_plain]
    return len(some) == len(factors) > 1 and all(set(one.axes) != axes for one in some)
