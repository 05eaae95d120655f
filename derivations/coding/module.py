"""A module that computes a result: its docstring, what looks at its arguments, and the lines of its formula."""

import ast
from pathlib import Path

from sympy import FiniteSet, Interval, S

from ..engine.derivation import Derivation
from ..engine.entries import Definition
from .described import Argument, docstring
from .javascript_code import module_of
from .python import JAX, NUMPY, TORCH, Backend, Lines
from .task import Task, edges

WRITTEN_BY = {"numpy": NUMPY, "jax": JAX, "torch": TORCH}
TARGETS = (*WRITTEN_BY, "js")
NOT_CHECKED = ("The numbers of the arguments are not looked at: compiled code cannot raise errors. What is outside its "
               "domain gives a number that means nothing, or nan.")  # fmt: skip


def code_of(entry: Definition | Derivation, target: str) -> str:
    """The module that computes an entry. NoCode, saying why, where there is none."""
    task = Task(entry)
    return module_of(task) if target == "js" else python_module(task, WRITTEN_BY[target])


def python_module(task: Task, library: Backend) -> str:
    lines = Lines(library, task.node)
    batch = not task.node.axes and task.arguments
    body = [*_reading(task, library), *_computing(task, lines, library, batch)]
    options = [*task.asked, *(["reduction=\"none\""] if batch else []), *(["check=True"] if library is NUMPY else [])]
    names = ", ".join([*(one.name for one in task.arguments), *(["*", *options] if options else [])])
    notes = [NOT_CHECKED] if library is not NUMPY else []
    notes += ['With reduction="mean" or "sum" the mean or the sum over the batch.'] if batch else []
    notes += [CLASSES_SAID.format(", ".join(_classes(task)))] if library is NUMPY and _classes(task) else []
    notes += edges(task)
    text = docstring(task.entry, task.arguments, [axis.size for axis in task.node.axes], task.asked,
                     list(task.prepared.forms), notes)  # fmt: skip
    code = "\n".join(f"    {line}" for line in body)
    function = f'def {task.name}({names}):\n    """{task.entry.title}: see above."""\n{code}\n'
    helpers = helpers_of(code, library)
    imports = (["import math", ""] if "math." in code else []) + [library.imports]
    return f'"""{text}\n"""\n\n' + "\n".join(imports) + "\n\n\n" + "\n\n".join([*helpers, function])


CLASSES_SAID = "In the place of {}: whole numbers with one axis less, the classes, counted from 0."


def _classes(task):
    """The labels that may be given as classes: another array tells the number of classes."""
    return [one.name for one in task.arguments if one.is_label and one.sizes[-1:] == ("K",) and _teller(task, one)]


def _teller(task, label):
    """Another array that has a class axis."""
    return next((one for one in task.arguments if one != label and one.sizes[-1:] == ("K",)
                 and len(one.sizes) == len(label.sizes)), None)  # fmt: skip


def _reading(task, library):
    """The lines that make arrays of the arguments, and look at them."""
    lines = []
    classes = _classes(task) if library is NUMPY else []
    for one in sorted(task.arguments, key=lambda one: one.name in classes):
        if library is not NUMPY:
            kind = ", dtype=int" if one.is_whole and library is JAX else ""
            make = "as_tensor" if library is TORCH else "asarray"
            lines.append(f"{one.name} = {library.prefix}.{make}({one.name}{kind})")
            continue
        if one.name in classes:
            other = _teller(task, one).name
            lines.append(f'{one.name} = classes_as_labels("{one.name}", {one.name}, {other}.ndim, {other}.shape[-1])')
        lines.append(f'{one.name} = array_read("{one.name}", {one.name}, {len(one.sizes)}, check)')
    if library is NUMPY and task.arguments:
        lines += ["if check:", *(f"    {line}" for line in _checks(task))]
    for size, arrays in task.told.items():
        if size in task.needed:
            lines.append(f"{size} = {arrays[0][0]}.shape[{arrays[0][1]}]")
    lines += [f"{one.name} = {one.name}.astype(int)" for one in task.arguments if one.is_whole and library is NUMPY]
    if library is NUMPY:
        lines += [f"if check:\n        {line}" for line in _equations(task, library)]
    return lines


def _checks(task):
    for size, arrays in task.told.items():
        if len(arrays) > 1 or size in task.needed:
            found = ", ".join(f'"{name}": {name}.shape[{place}]' for name, place in arrays)
            yield f'same_size("{size}", {{{found}}})'
    if len(task.arguments) > 1:
        shapes = [f"{one.name}={one.name}.shape[:{one.name}.ndim - {len(one.sizes)}]" for one in task.arguments]
        yield f"same_batch({', '.join(shapes)})"
    for one in task.arguments:
        yield f'refuse("{one.name}", {one.name}, {wrong(one, task)}, "{one.lives}")'


def wrong(one: Argument, task: Task) -> str:
    """The code of where an argument is outside its domain; nan is outside of any."""
    name, domain = one.name, one.domain
    if one.is_whole:
        size = str(domain.stop - 1)
        last = size if size in task.asked else "{}.shape[{}]".format(*task.told[size][0])
        return f"({name} != np.floor({name})) | ({name} < 0) | ({name} >= {last})"
    if isinstance(domain, FiniteSet):
        return f"~np.isin({name}, {list(map(float, domain.args))})"
    if not isinstance(domain, Interval):
        return f"np.isnan({name})"
    ends = [f"({name} {'>' if domain.left_open else '>='} {domain.start})"] if domain.start != -S.Infinity else []
    if domain.end != S.Infinity:
        end = "<" if domain.right_open else "<="
        slack = "" if domain.right_open else f" * (1 + 8 * np.finfo({name}.dtype).eps)"
        ends.append(f"({name} {end} {domain.end}{slack})")
    return f"~({' & '.join(ends)})" if ends else f"np.isnan({name})"


def _equations(task, library):
    for left, right, words in task.holding:
        sides = [Lines(library, side) for side in (left, right)]
        yield from (line for side in sides for line in side.lines)
        yield f'must_hold({sides[0].found}, {sides[1].found}, "{words}")'


def _computing(task, lines, library, batch):
    found = f"gathered({lines.found}, reduction)" if batch else lines.found
    body = [*lines.lines, f"return {found}"]
    if library is NUMPY and not task.node.is_plain:
        return ['with np.errstate(all="ignore"):', *(f"    {line}" for line in body)]
    return body


def helpers_of(code: str, library: Backend) -> list[str]:
    """The functions that the code calls, as they stand in `given`, and those that they call."""
    text = (Path(__file__).parent / "given.py").read_text(encoding="utf-8")
    sources = {node.name: ast.get_source_segment(text, node) + "\n"
               for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}  # fmt: skip
    wanted, waiting = set(), [code]
    while waiting:
        one = waiting.pop()
        new = {name for name in sources if f"{name}(" in one} - wanted
        wanted |= new
        waiting += [sources[name] for name in new]
    return [source.replace("np.", f"{library.prefix}.") for name, source in sources.items() if name in wanted]

