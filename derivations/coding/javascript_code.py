"""The intermediate form as a module of plain JavaScript, which computes each place of a batch in its turn."""

from pathlib import Path

from .classes import axes_of_labels, classes_of, notes, teller
from .described import FROM_0, docstring
from .nodes import REDUCTIONS, Node, counted_uses, relettered
from .python import GIVEN_FUNCTIONS, INFIX, SIMPLE
from .task import Task, edges, suppositions

GIVEN = Path(__file__).parent / "given.js"
NESTED = "Arrays are arrays of arrays. Whether what must hold does hold is not looked at."


class Expressions:
    """The lines that compute a node, and the code of one entry of what they find."""

    def __init__(self, root: Node):
        self.lines, self._names, self._uses = [], {}, counted_uses(root)
        self.found = self._table(root.axes, self._code(root))

    def _code(self, node):
        """The code of one entry of a node, at the letters of its axes."""
        key = relettered(node)
        if key not in self._names and self._is_kept(node, key):
            code = self._plain(node)
            self._names[key] = f"{node.operation}_{len(self._names) + 1}"
            self.lines.append(f"const {self._names[key]} = {self._table(node.axes, code)};")
        if key in self._names:
            return self._names[key] + "".join(f"[{_letter(axis)}]" for axis in node.axes)
        return self._plain(node)

    def _is_kept(self, node, key):
        shared = self._uses[key] > 1 and node.operation not in (*SIMPLE, "place", "at")
        return shared or node.operation in REDUCTIONS

    def _table(self, axes, code):
        for axis in reversed(axes):
            code = f"table({axis.size}, ({_letter(axis)}) => {code})"
        return code

    def _plain(self, node):
        if node.operation == "number":
            return str(node.detail) if node.detail.q == 1 and node.detail >= 0 else f"({node.detail})"
        if node.operation == "constant":
            return "NaN" if node.detail == "nan" else f"Math.{node.detail.upper()}"
        if node.operation == "size":
            return node.detail
        if node.operation == "place":
            return _letter(node.axes[0])
        if node.operation == "argument":
            return node.detail[0] + "".join(f"[{_letter(axis)}]" for axis in node.axes)
        if node.operation in REDUCTIONS:
            axis = node.detail
            return f"{node.operation}({axis.size}, ({_letter(axis)}) => {self._code(node.parts[0])})"
        if node.operation == "at":
            return self._at(node)
        if node.operation == "transposed":
            return self._code(node.parts[0])
        return _operated(node.operation, [self._code(part) for part in node.parts])

    def _at(self, node):
        (part,), (axis, number) = node.parts, node.detail
        spot = str(number) if number >= 0 else f"{axis.size} - 1"
        if part.operation == "argument":
            return part.detail[0] + "".join(f"[{spot if one == axis else _letter(one)}]" for one in part.axes)
        return f"(({_letter(axis)}) => {self._code(part)})({spot})"


def _letter(axis):
    return f"{axis.letter}_" if len(axis.letter) == 1 else axis.letter


def _operated(operation, parts):
    if operation in INFIX:
        sign = "===" if operation == "equal" else INFIX[operation][0]
        return f"({f' {sign} '.join(parts)})"
    if operation == "negate":
        return f"(-{parts[0]})"
    if operation == "ones_like":
        return "1"
    if operation == "where":
        return f"({parts[0]} ? {parts[1]} : {parts[2]})"
    if operation in GIVEN_FUNCTIONS:
        return f"{operation}({', '.join(parts)})"
    return f"Math.{'max' if operation == 'maximum' else operation}({', '.join(parts)})"


def module_of(task: Task) -> str:
    """The module: it exports one function, of an object of named arguments."""
    lines = Expressions(task.inside)
    names = ", ".join([*(one.name for one in task.arguments), *task.asked])
    said = [NESTED, *suppositions(task), *notes(task, "JavaScript"), *edges(task)]
    text = docstring(task.entry, task.hypotheses, task.arguments, task.node.axes, task.asked,
                     list(task.prepared.forms), said)  # fmt: skip
    body = [*_looking(task), *lines.lines, f"return {lines.found};"]
    if task.arguments:
        given, axes = (", ".join(told(one) for one in task.arguments)
                       for told in (lambda one: one.name, lambda one: f"{one.name}: {len(one.sizes)}"))  # fmt: skip
        body = [*_classes(task), *_sizes(task),
                f"return over_batch({{ {given} }}, {{ {axes} }}, ({{ {given} }}, called) => {{",
                *(f"  {line}" for line in body), "});"]  # fmt: skip
    function = "\n".join([f"export function {task.name}({{ {names} }}, check = true) {{",
                          *(f"  {line}" for line in body), "}"])  # fmt: skip
    return f"/*\n{text}\n*/\n\n{GIVEN.read_text(encoding='utf-8')}\n{function}\n"


def _classes(task):
    """The lines that make labels of classes."""
    for one in task.arguments:
        if one.name in classes_of(task):
            axes = axes_of_labels(task, one, "shape_of({}).length", "Math.max")
            count = f"shape_of({teller(task, one).name}).at(-1)"
            yield f'{one.name} = classes_as_labels("{one.name}", {one.name}, {axes}, {count}, check);'


def _sizes(task):
    """The lines that read the sizes, which are the same at each place of the batch."""
    arrays = task.told
    needed = {axis.size for axis in task.node.axes} | task.needed | set(arrays)
    for size in sorted(needed - set(task.asked)):
        name, place = arrays[size][0]
        yield f"const {size} = shape_of({name}).at({place});"
    for size, (needed, only) in task.lengths.items():
        name, more = arrays[size][0][0], "" if only else " or more"
        said = f"`{name} takes {needed}{more} entries along the axis {size}, found ${{{size}}}`"
        yield f"if (check && {size} {'!==' if only else '<'} {needed}) throw new RangeError({said});"


def _looking(task):
    """The lines that look at the arguments at one place of the batch."""
    for one in task.arguments:
        sizes = ", ".join(one.sizes)
        yield f'if (check) look(called.{one.name}, {one.name}, [{sizes}], (v) => {_inside(one)}, {_wanted(one)});'
        if task.is_subtracted(one):
            said = "a number at most 8.99e307 in size: a difference may leave the range"
            inside = "(v) => !(Math.abs(v) > Number.MAX_VALUE / 2 && Math.abs(v) < Infinity)"
            yield f'if (check) look(called.{one.name}, {one.name}, [{sizes}], {inside}, "{said}");'
        if task.is_squared(one):
            said = "a number whose square can be computed with, between 1e-137 and 1e137"
            inside = "(v) => v > 1e-137 && v < 1e137"
            yield f'if (check) look(called.{one.name}, {one.name}, [{sizes}], {inside}, "{said}");'


def _wanted(one):
    """The code of what an argument should be, in words."""
    return f"`{FROM_0} ${{{one.domain.stop - 1} - 1}}`" if one.is_whole else f'"{one.lives}"'


def _inside(one):
    if one.is_whole:
        return f"Number.isInteger(v) && v >= 0 && v < {one.domain.stop - 1}"
    if one.domain.is_FiniteSet:
        return " || ".join(f"v === {number}" for number in one.domain.args)
    low, high = (one.domain.start, one.domain.end) if one.domain.is_Interval else ("-oo", "oo")
    ends = [f"v {'>' if one.domain.left_open else '>='} {low}"] if str(low) != "-oo" else []
    if str(high) != "oo":
        ends.append(f"v < {high}" if one.domain.right_open else f"v <= {high} + 8 * Number.EPSILON")
    return " && ".join(ends or ["!Number.isNaN(v)"])
