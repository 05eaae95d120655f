"""What a program may rely on: the public names, in the order in which they are read, and the table of a page.

This is the only list of them. Whatever is not on it may change from one version to the next.
"""

import inspect
import re
from html import escape
from importlib import import_module

from ..catalogue import Entry

# Module -> its public names; of a class, the attributes and methods that may be used.
PUBLIC = {
    "catalogue": {"catalogue": (), "find": (), "uses": (), "used_by": (), "chapter": ()},
    "engine.derivation": {
        "Derivation": ("id", "title", "start", "steps", "named", "name", "relation", "result", "lines", "hypotheses",
                       "by", "first"),
        "Step": ("before", "relation", "rule", "law", "because", "expression", "arguments", "using", "cites"),
        "derive": (),
    },
    "engine.entries": {
        "Definition": ("id", "title", "symbol", "parameters", "body", "meaning", "name", "result"),
        "Convention": ("id", "title", "statements", "meaning"),
        "Counterexample": ("id", "title", "claim", "values", "given", "without", "meaning"),
        "Theorem": ("id", "title", "says", "formula", "conditions", "source", "evidence"),
        "Hypothesis": ("name", "words", "statement"),
        "define": (),
    },
    "functions": {"function": ()},
    "losses": {
        "Loss": ("value", "gradient", "hessian", "value_and_gradient", "text"),
        "softmax_cross_entropy": (),
        "binary_cross_entropy": (),
        "Variant": ("value", "gradient", "hessian", "value_and_gradient", "entries", "text"),
        **dict.fromkeys(("temperature_cross_entropy", "smoothed_cross_entropy", "masked_cross_entropy",
                         "class_weighted_cross_entropy", "positive_weighted_cross_entropy", "distillation_loss",
                         "cross_entropy_of_targets", "jensen_shannon_divergence", "focal_loss",
                         "focal_loss_of_one", "unlikelihood", "z_loss", "brier_score", "multilabel_cross_entropy",
                         "signed_logistic_loss", "preference_loss", "direct_preference_loss",
                         "conservative_preference_loss", "contrastive_loss", "layer_cross_entropy",
                         "group_means"), ()),
    },
    "any_loss.declare": {
        "read_loss": (),
        "Reading": ("expression", "variable", "given", "vocabulary", "inner", "said", "other"),
    },
    "any_loss.tool": {"gradient": (), "hessian": (), "supposing": ()},
    "checking.check": {"check": (), "Check": ("id", "outcome", "steps", "points", "shapes", "digits", "failure")},
    "writing.typeset": {"statement": (), "latex_chain": (), "latex": (), "plain": ()},
    "writing.export": {"record": ()},
    "notebook": {"show_entries": (), "html_of": (), "latex_of": ()},
}  # fmt: skip
IN_BACKQUOTES = re.compile(r"``(.+?)``|`(.+?)`", re.DOTALL)


def public_objects() -> dict[str, object]:
    """Each public name, as it is imported, with what it is."""
    return {f"{room}.{name}": getattr(import_module(f"derivations.{room}"), name)
            for room, names in PUBLIC.items() for name in names}  # fmt: skip


def public_names() -> str:
    """Every public name with its signature and what its docstring says, module by module. Headings stay Markdown."""
    return "\n\n".join(_room(room, names) for room, names in PUBLIC.items())


def _room(room, names):
    module = import_module(f"derivations.{room}")
    said = _paragraphs(inspect.getdoc(module).partition("\n\n")[0])
    shown = "\n\n".join(_name(room, name, getattr(module, name), parts) for name, parts in names.items())
    return f"## `derivations.{room}` {{ #python-{room} }}\n\n{said}\n\n{shown}"


def _name(room, name, thing, parts):
    head = f"### `{name}` {{ #python-{room}.{name} }}"
    if not callable(thing) or not (inspect.isclass(thing) or inspect.isfunction(inspect.unwrap(thing))):
        return f"{head}\n\n{_value(thing)}"
    attributes = "".join(f"<dt>{_code(_attribute(thing, part))}</dt><dd>{_about(thing, part)}</dd>" for part in parts)
    called = "" if inspect.isclass(thing) else (
        f'<div class="highlight"><pre tabindex="0"><code>{_call(name, thing)}</code></pre></div>')
    return f"{head}\n\n{called}{_paragraphs(inspect.getdoc(thing))}" + (f"<dl>{attributes}</dl>" if parts else "")


def _value(thing):
    kind = type(thing).__name__
    if kind == "Variant":
        named = ", ".join(f"`{name}` ({letter})" for name, letter in thing.arguments.items())
        slope = thing.entries["gradient"].id
        return _paragraphs(f"A `Variant` of {named}. Its gradient is that of `{slope}`; its value is what is "
                           "differentiated there.")  # fmt: skip
    return _paragraphs(f"A `{kind}`, made when the module is imported." if kind == "Loss" else f"A `{kind}`.")


def _call(name, thing):
    return escape(f"{name}{_signature(thing)}")


def _signature(thing):
    """The parameters with their annotations, without the names of our own modules."""
    text = str(inspect.signature(thing)).replace(str(Entry), "Entry")
    return re.sub(r"<class '([\w.]+)'>|<function (\w+) at 0x\w+>", lambda found: found[1] or found[2],
                  re.sub(r"\b(?:derivations|sympy|collections|pathlib)(?:\.\w+)*\.(?=\w)", "", text))  # fmt: skip


def _attribute(thing, part):
    found = inspect.getattr_static(thing, part, None)
    return f"{part}{_signature(found)}" if inspect.isfunction(found) else part


def _about(thing, part):
    """What the docstring of a method or a property says, or the type of a field; a plain attribute stands alone."""
    found = inspect.getattr_static(thing, part, None)
    if (inspect.isfunction(found) or isinstance(found, property)) and found.__doc__:
        return _inline(inspect.getdoc(found).partition("\n\n")[0])
    type_of = getattr(thing, "__annotations__", {}).get(part)
    return _code(inspect.formatannotation(type_of).rpartition("derivations.")[2]) if type_of is not None else ""


def _paragraphs(text):
    return "".join(f"<p>{_inline(part)}</p>" for part in text.split("\n\n"))


def _inline(text):
    """A docstring in HTML: what stands in backquotes is code."""
    parts = IN_BACKQUOTES.split(text)
    plain = [escape(part) for part in parts[0::3]]
    code = [_code(double or single) for double, single in zip(parts[1::3], parts[2::3])]
    return "".join(sum(zip(plain, [*code, ""]), ()))


def _code(text):
    return f"<code>{escape(text)}</code>"
