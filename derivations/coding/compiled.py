"""Code of JAX for what has a quicker form: functions of rows at the top of a module, with the derivatives of the form
that keeps its digits everywhere.
"""

import re

from sympy import Derivative

from ..catalogue import catalogue
from .nodes import Node, all_nodes, weights_inside
from .python import JAX, Lines
from .task import Task


def node_in_rows(task: Task) -> Node | None:
    """A call of the function of rows of a task; None if it has no quicker form."""
    if not task.quick:
        return None
    parts = {node.detail[0]: node for node in all_nodes(task.node) if node.operation == "argument"}
    return Node("in_rows", tuple(parts[one.name] for one in task.arguments), task.node.axes, f"{task.name}_in_rows")


def functions_in_rows(tasks: list[Task]) -> list[str]:
    """The functions of rows of some tasks, each once."""
    found: dict[str, None] = {}
    for task in tasks:
        if task.quick:
            slope, place = _slope_of(task)
            found |= dict.fromkeys([*(_two_forms(slope) if slope else []), *_two_forms(task)])
            more = f", quick_{slope.name}, {place}" if slope else ""
            found[f"{task.name}_in_rows = traced_in_rows(quick_{task.name}, careful_{task.name}{more})\n"] = None
    return list(found)


def read_sizes(tasks: list[Task]) -> list[str]:
    """The lines that read from arrays the sizes that tasks need."""
    told = tasks[0].told if tasks else {}
    return [f"{size} = {arrays[0][0]}.shape[{arrays[0][1]}]" for size, arrays in told.items()
            if any(size in one.needed for one in tasks)]  # fmt: skip


def _two_forms(task):
    """The functions of the form that keeps digits everywhere, and of the one that takes the quicker where it may."""
    names = ", ".join(one.name for one in task.arguments)
    careful = Lines(JAX, weights_inside(task.inside), kind="kind")
    quick = Lines(JAX, Node("quick", task.quick.parts, task.quick.axes, f"careful({names})"), kind="kind")
    for how, more, lines, sizes in (("careful", "", careful, read_sizes([task])),
                                    ("quick", f", careful=careful_{task.name}", quick, [])):
        body = [*sizes, *lines.lines, f"return {lines.found[0]}"]
        if any(re.search(r"\bkind\b", line) for line in body):
            body.insert(0, f"kind = traced_type({names})")
        yield f"def {how}_{task.name}({names}{more}):\n" + "".join(f"    {line}\n" for line in body)


def _slope_of(task):
    """The gradient of what a task computes, where that has a quicker form of the same arguments, and the place of the
    argument in which it is.
    """
    names, sides = [one.name for one in task.arguments], (getattr(task.entry, "start", None), task.entry.result)
    for one in catalogue().values():
        start = getattr(one, "start", None)
        if isinstance(start, Derivative) and start.expr in sides and len(start.variables) == 1:
            slope, name = Task(one).compiled, str(getattr(start.variables[0], "base", ""))
            if slope.quick and name in names and [other.name for other in slope.arguments] == names:
                return slope, names.index(name)
    return None, 0
