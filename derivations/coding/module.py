"""A module that computes a result: its docstring, what looks at its arguments, and the lines of its formula."""

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sympy import FiniteSet, Interval, S

from ..engine.derivation import Derivation
from ..engine.entries import Definition
from .classes import axes_of_labels, classes_of, notes, teller
from .compiled import functions_in_rows, node_in_rows, read_sizes
from .described import FROM_0, Argument, docstring
from .javascript_code import module_of
from .nodes import all_nodes, weights_inside
from .places import NoCode
from .python import JAX, NUMPY, TORCH, Backend, Lines
from .task import Task, edges, suppositions

WRITTEN_BY = {"numpy": NUMPY, "jax": JAX, "torch": TORCH}
TARGETS = (*WRITTEN_BY, "js")
COPIED_FROM = {NUMPY: ["given.py", "given_places.py"], TORCH: ["given.py", "given_traced.py"],
               JAX: ["given.py", "given_traced.py", "given_jax.py"]}  # fmt: skip
NOT_CHECKED = ("The numbers of the arguments are not looked at: compiled code cannot raise errors. What is outside its "
               "domain gives a number that means nothing, or nan.")  # fmt: skip
FLUSHED = "Numbers below 2.2e-308 in size, or 1.2e-38 in single precision, count as 0: XLA has none."


def code_of(entry: Definition | Derivation, target: str, *more: Definition | Derivation) -> str:
    """The module that computes an entry; or a tuple of several of the same arguments, what they share once. NoCode,
    saying why, where there is none.
    """
    if target == "js":
        return "\n".join(module_of(Task(one)) for one in (entry, *more))
    return python_module([Task(one) for one in (entry, *more)], WRITTEN_BY[target], {})


def function_name(*entries: Definition | Derivation) -> str:
    """The name of the function in the module of some entries."""
    return "_and_".join(one.id.replace(".", "_") for one in entries)


def python_module(tasks: list[Task], library: Backend, called: Mapping[str, str]) -> str:
    """The module of some tasks; `called` is what errors call the arguments, where that is not their letter. NoCode if
    the tasks have other arguments.
    """
    tasks = [one.compiled for one in tasks] if library is JAX else tasks
    task, arguments = tasks[0], [(one.name, one.sizes) for one in tasks[0].arguments]
    for one in tasks[1:]:
        if [(other.name, other.sizes) for other in one.arguments] != arguments:
            raise NoCode(f"{task.entry.id} and {one.entry.id} have other arguments: no module computes both")
    nodes = [one.node if library is NUMPY else node_in_rows(one) or weights_inside(one.inside) for one in tasks]
    lines = Lines(library, *nodes, kind="kind" if any(not one.is_whole for one in task.arguments) else None)
    reduced = [not one.node.axes and bool(one.arguments) for one in tasks]
    body = [*_reading(tasks, library, called), *_computing(tasks, lines, library, reduced, called)]
    asked = {size: said for one in tasks for size, said in one.asked.items()}
    options = [*asked, *(["reduction=\"none\""] if any(reduced) else []),
               *(["check=True"] if library is NUMPY or (library is TORCH and _looks(task)) else [])]  # fmt: skip
    names = ", ".join([*(one.name for one in task.arguments), *(["*", *options] if options else [])])
    text = "\n\n\n".join(_said(one, library, batch) for one, batch in zip(tasks, reduced))
    typed = any(re.search(r"\bkind\b", line) for line in body if not line.startswith("kind ="))
    code = "\n".join(f"    {line}" for line in body if typed or not line.startswith("kind ="))
    title = "; ".join(one.entry.title for one in tasks)
    function = f'def {function_name(*(one.entry for one in tasks))}({names}):\n    """{title}: see above."""\n{code}\n'
    rows = functions_in_rows(tasks)
    helpers = [*helpers_of("\n".join([*rows, code]), library), *rows]
    has_jax = any(re.search(r"\bjax\.(?!numpy)", one) for one in helpers)
    imports = (["import math", ""] if "math." in code else []) + (["import jax"] if has_jax else []) + [library.imports]
    return f'"""{text}\n"""\n\n' + "\n".join(imports) + "\n\n\n" + "\n\n".join([*helpers, function])


def _said(task, library, batch):
    """The docstring of one of the results."""
    said = [] if library is NUMPY else [NOT_CHECKED] if library is TORCH else [NOT_CHECKED, FLUSHED]
    said += ['With reduction="mean" or "sum" the mean or the sum over the batch.'] if batch else []
    said += [*suppositions(task), *notes(task, library.name)]
    return docstring(task.entry, task.hypotheses, task.arguments, task.node.axes, task.asked,
                     list(task.prepared.forms), [*said, *edges(task)])  # fmt: skip


def _looks(task):
    """Whether torch looks at some argument: whether it is a class, or another place."""
    return bool(classes_of(task)) or any(one.is_whole for one in task.arguments)


def _reading(tasks, library, called):
    """The lines that make arrays of the arguments."""
    task = tasks[0]
    classes = [] if all(one.quick for one in tasks) else classes_of(task)  # functions of rows take them as they are
    numbers = ", ".join(one.name for one in task.arguments if not one.is_whole)
    kinds = {NUMPY: "float_type", TORCH: "eager_type", JAX: "traced_type"}
    lists = ", ".join(f"{called.get(one.name, one.name)}={one.name}" for one in task.arguments)
    lines = [f"refuse_ragged({lists})"] if lists else []
    lines += [f"kind = {kinds[library]}({numbers})"] if numbers else []
    for one in sorted(task.arguments, key=lambda one: one.name in classes):
        said = called.get(one.name, one.name)
        if library is not NUMPY:
            lines += _traced_reading(one, library, task, said, classes)
            continue
        if one.name in classes:
            axes, count = axes_of_labels(task, one), f"{teller(task, one).name}.shape[-1]"
            lines.append(f'{one.name} = classes_as_labels("{said}", {one.name}, {axes}, {count}, kind, check)')
        kind = "float" if one.is_whole else "kind"
        lines.append(f'{one.name} = array_read("{said}", {one.name}, {len(one.sizes)}, check, {kind})')
    lengths = [f'must_have("{called.get(name, name)}", {name}.shape[{place}], {needed}, "{size}", only={only})'
               for size, (needed, only) in task.lengths.items() for name, place in task.told[size]]  # fmt: skip
    if library is not NUMPY:
        return [*lines, *lengths]
    shapes = [*_checks_of_shapes(tasks, called), *lengths]
    return [*lines, *(["if check:", *(f"    {line}" for line in shapes)] if shapes else [])]


EAGER = "if check and not torch.compiler.is_compiling()"


def _traced_reading(one, library, task, said, classes):
    """The same for JAX and torch."""
    name = one.name
    if name in classes:
        axes, logits = axes_of_labels(task, one), teller(task, one).name
        yield f"{name} = {library.prefix}.{'as_tensor' if library is TORCH else 'asarray'}({name})"
        if library is TORCH:
            yield f"{EAGER} and are_classes({name}, {axes}):"
            wanted = f'f"a class from 0 to {{{logits}.shape[-1] - 1}}"'
            yield f'    refuse_no_place("{said}", {name}, {logits}.shape[-1], {wanted})'
        device = f", device={logits}.device" if library is TORCH else ""
        places = f"{library.prefix}.arange({logits}.shape[-1]{device})"
        yield f"{name} = traced_classes_as_labels({name}, {axes}, {logits}, {places})"
    elif library is TORCH:
        yield f"{name} = {f'torch.as_tensor({name})' if one.is_whole else f'eager_read({name}, kind)'}"
    else:
        yield f"{name} = jnp.asarray({name}{', dtype=int' if one.is_whole else ''})"
    if task.is_squared(one):
        yield f"{name} = traced_within({name})"


def _looking(tasks, library, called):
    """The lines that read the sizes and look at the numbers."""
    lines, task = [], tasks[0]
    if library is NUMPY and task.arguments:
        lines += ["if check:", *(f"    {line}" for line in _checks(task, called))]
    if library is TORCH and any(one.is_whole for one in task.arguments):
        whole = [(called.get(one.name, one.name), one) for one in task.arguments if one.is_whole]
        lines += [f"{EAGER}:", *(f'    refuse_no_place("{said}", {one.name}, {_count(one, task)}, {_wanted(one, task)})'
                                 for said, one in whole)]  # fmt: skip
    lines += read_sizes([one for one in tasks if not one.quick])
    if library is NUMPY:
        lines += _places(tasks)
    if library is NUMPY and (equations := dict.fromkeys(line for one in tasks for line in _equations(one, library))):
        lines += ["if check:", *(f"    {line}" for line in equations)]
    return lines


def _places(tasks):
    """The lines that make places of whole numbers, for NumPy, and say where they are there, if nothing was checked."""
    for name, one in zip(_names_of_there(tasks), tasks):
        if name:
            there = one.is_there
            inner = Lines(NUMPY, there)
            spread = ", ".join(":" if axis in there.axes else "None" for axis in one.node.axes)
            yield from (f"{name} = True", "if not check:", *(f"    {line}" for line in inner.lines))
            found = f"({inner.found[0]} > 0)[..., {spread}]" if spread else f"{inner.found[0]} > 0"
            yield f"    {name} = {found}"
    for one in tasks[0].arguments:
        if one.is_whole:
            yield f"{one.name} = places_read({one.name}, {_count(one, tasks[0])}, check)"


def _names_of_there(tasks):
    """What says of each result where the places are that it reads; none where it reads no place."""
    names = ["there"] if len(tasks) == 1 else [f"there_{place}" for place in range(1, len(tasks) + 1)]
    return [name if one.is_there else "" for name, one in zip(names, tasks)]


def _checks_of_shapes(tasks, called):
    task = tasks[0]
    for size, arrays in task.told.items():
        if len(arrays) > 1 or any(size in one.needed for one in tasks):
            found = ", ".join(f'"{called.get(name, name)}": {name}.shape[{place}]' for name, place in arrays)
            yield f'same_size("{size}", {{{found}}})'
    if len(task.arguments) > 1:
        shapes = [f"{called.get(one.name, one.name)}={one.name}.shape[:{one.name}.ndim - {len(one.sizes)}]"
                  for one in task.arguments]  # fmt: skip
        yield f"same_batch({', '.join(shapes)})"


def _checks(task, called):
    for one in task.arguments:
        ends, outside = _closed_ends(one), wrong(one, task)
        how, said = ("look", f"{', '.join(ends)}, ") if ends else ("refuse", f"{outside}, ")
        if not ends and outside == f"np.isnan({one.name})":
            how, said = "refuse_huge" if task.is_subtracted(one) else "refuse_nan", ""
        yield f'{how}("{called.get(one.name, one.name)}", {one.name}, {said}{_wanted(one, task)})'
        if task.is_squared(one) or task.divides(one):
            yield f'refuse_extreme("{called.get(one.name, one.name)}", {one.name}, {task.is_squared(one)})'


def _closed_ends(one):
    """The ends between which numbers are, where both are inside; what is rounded may be a little above the last."""
    domain = one.domain
    if not isinstance(domain, Interval) or domain.left_open or domain.right_open or domain == S.Reals:
        return None
    slack = f"(1 + 8 * np.finfo({one.name}.dtype).eps)"
    return str(domain.start), slack if domain.end == 1 else f"{domain.end} * {slack}"


def _count(one, task):
    """The code of how many places there are, of which an argument is one."""
    size = str(one.domain.stop - 1)
    return size if size in task.asked else "{}.shape[{}]".format(*task.told[size][0])


def _wanted(one, task):
    """The code of what an argument should be, in words."""
    return f'f"{FROM_0} {{{_count(one, task)} - 1}}"' if one.is_whole else f'"{one.lives}"'


def wrong(one: Argument, task: Task) -> str:
    """The code of where an argument is outside its domain; nan is outside of any."""
    name, domain = one.name, one.domain
    if one.is_whole:
        return f"({name} != np.floor({name})) | ({name} < 0) | ({name} >= {_count(one, task)})"
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
    for left, right, words, helper in task.holding:
        sides = [Lines(library, side) for side in (left, right)]
        yield from (line for side in sides for line in side.lines)
        yield f'{helper}({sides[0].found[0]}, {sides[1].found[0]}, "{words}")'


def _computing(tasks, lines, library, reduced, called):
    """The lines that look at the arguments and compute; of NumPy and torch, for some rows of a batch at a time."""
    looking, task, codes = _looking(tasks, library, called), tasks[0], lines.found
    if library is NUMPY:
        codes = [f"where_there({name}, {one})" if name else one for name, one in zip(_names_of_there(tasks), codes)]
    if library is JAX or not _goes_in_blocks(tasks):
        found = [f"gathered({one}, reduction)" if batch else one for one, batch in zip(codes, reduced)]
        body = [*lines.lines, f"return {', '.join(found)}"]
        quiet = library is NUMPY and not task.node.is_plain
        return [*looking, *(['with np.errstate(all="ignore"):', *(f"    {line}" for line in body)] if quiet else body)]
    names = ", ".join(one.name for one in task.arguments)
    inner = [*lines.lines, f"return {', '.join(codes)}"]
    given = ", ".join(f"({one.name}, {len(one.sizes)})" for one in task.arguments)
    if library is TORCH:
        inner = [*looking, *inner]
        whole = f'torch.compiler.is_compiling() or {task.arguments[0].name}.device.type != "cpu"'
        call = f"eager_in_blocks(block, {given}, whole={whole})"
    else:
        inner = [*looking, 'with np.errstate(all="ignore"):', *(f"    {line}" for line in inner)]
        call = f"in_blocks(block, {given})"
    outer = [f"def block({names}):", *(f"    {line}" for line in inner)]
    if len(tasks) == 1:
        return [*outer, f"return gathered({call}, reduction)" if reduced[0] else f"return {call}"]
    found = [f"found_{place}" for place in range(1, len(tasks) + 1)]
    gathered = [f"gathered({one}, reduction)" if batch else one for one, batch in zip(found, reduced)]
    return [*outer, f"{', '.join(found)} = {call}", f"return {', '.join(gathered)}"]


def _goes_in_blocks(tasks):
    """Whether every result has the whole batch: whether each is computed from all arguments."""
    names = {one.name for one in tasks[0].arguments}
    return bool(names) and all(
        {node.detail[0] for node in all_nodes(one.node) if node.operation == "argument"} == names for one in tasks
    )


def helpers_of(code: str, library: Backend) -> list[str]:
    """The functions that the code calls, as they stand in `given`, and those that they call."""
    sources = {name: source for file in COPIED_FROM[library] for name, source in _functions_of(file).items()}
    wanted, waiting = set(), [code]
    while waiting:
        one = waiting.pop()
        new = (sources.keys() & set(re.findall(r"\b(\w+)\(", one))) - wanted
        wanted |= new
        waiting += [sources[name] for name in new]
    return [source.replace("np.", f"{library.prefix}.") for name, source in sources.items() if name in wanted]


@cache
def _functions_of(file):
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return {node.name: ast.get_source_segment(text, node) + "\n"
            for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}  # fmt: skip
