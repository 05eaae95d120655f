"""Code of JAX for what has a quicker form: functions of rows at the top of a module, with the derivatives of the form
that keeps its digits everywhere.
"""

import re

from sympy import Derivative

from ..catalogue import catalogue
from .classes import classes_of, teller
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
            slope, names = _slope_of(task), [one.name for one in task.arguments]
            found |= dict.fromkeys([*(_two_forms(slope) if slope else []), *_two_forms(task)])
            places = ", ".join(str(names.index(name)) for name in _labels_and_logits(task))
            more = f"{places}, quick_{slope.name}" if slope else places
            found[f"{task.name}_in_rows = traced_in_rows(quick_{task.name}, careful_{task.name}, {more})\n"] = None
    return list(found)


def read_sizes(tasks: list[Task]) -> list[str]:
    """The lines that read from arrays the sizes that tasks need."""
    told = tasks[0].told if tasks else {}
    return [f"{size} = {arrays[0][0]}.shape[{arrays[0][1]}]" for size, arrays in told.items()
            if any(size in one.needed for one in tasks)]  # fmt: skip


def _two_forms(task):
    """The functions of the form that keeps digits everywhere, and of the one that takes the quicker where it may."""
    names, (labels, logits) = ", ".join(one.name for one in task.arguments), _labels_and_logits(task)
    rows = f"{labels} = traced_classes_as_labels({labels}, {logits}.ndim, {logits}, jnp.arange({logits}.shape[-1]))"
    careful = Lines(JAX, weights_inside(task.inside), kind="kind")
    called = Node("quick", task.quick.parts, task.quick.axes, f"careful({names})")
    quick = Lines(JAX, called, kind="kind", classes={labels: logits})
    for how, more, lines, first in (
        ("careful", "", careful, [rows, *read_sizes([task])]),
        ("quick", ", careful", quick, [f"{labels}_rows = traced_labels_to_add({labels}, {logits})"]),
    ):
        body = [*first, *lines.lines, f"return {lines.found[0]}"]
        if any(re.search(r"\bkind\b", line) for line in body):
            body.insert(0, f"kind = traced_type({names})")
        yield f"def {how}_{task.name}({names}{more}):\n" + "".join(f"    {line}\n" for line in body)


def _labels_and_logits(task):
    """The names of the labels, which may be classes, and of the logits beside which they are."""
    (labels,) = (one for one in task.arguments if one.name in classes_of(task))
    return labels.name, teller(task, labels).name


def _slope_of(task):
    """The gradient in the logits of what a task computes, where that has a quicker form of the same arguments."""
    names, sides = [one.name for one in task.arguments], (getattr(task.entry, "start", None), task.entry.result)
    for one in catalogue().values():
        start = getattr(one, "start", None)
        if isinstance(start, Derivative) and start.expr in sides and len(start.variables) == 1:
            slope, name = Task(one).compiled, str(getattr(start.variables[0], "base", ""))
            if slope.quick and name == _labels_and_logits(task)[1] and [one.name for one in slope.arguments] == names:
                return slope
    return None
