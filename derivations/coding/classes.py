"""Labels that may be given as classes, and places that are chosen: which they are, and what is said of them."""

from sympy import S

from .described import Argument
from .task import Task

CLASSES_SAID = ("In the place of {0}: the classes, whole numbers that are counted from 0, with one axis less. Whole "
                "numbers count as classes if they have as many axes as the longest batch of the other arguments and "
                "{0} above have together, but for the last; else they are labels.")  # fmt: skip
NO_CLASS = {"NumPy": " What is no {0} is a ValueError if check=True, else it gives nan.",
            "JAX": " What is no {0} gives nan.",
            "torch": " What is no {0} is a ValueError if check=True and nothing is compiled, else it gives nan.",
            "JavaScript": " What is no {0} is a RangeError if check is true, else it gives NaN."}


def notes(task: Task, name: str) -> list[str]:
    """What the docstring of a module of a library says of them."""
    said = []
    if classes := ", ".join(classes_of(task)):
        said.append(CLASSES_SAID.format(classes) + NO_CLASS[name].format("class"))
    if places := ", ".join(one.name for one in task.arguments if one.is_whole):
        said.append(f"For {places}, {NO_CLASS[name].format('such number').strip().replace('What', 'what', 1)}")
    return said


def classes_of(task: Task) -> list[str]:
    """The labels that may be given as classes: another array tells the number of classes."""
    return [one.name for one in task.arguments if one.is_label and one.sizes[-1:] == ("K",) and teller(task, one)]


def teller(task: Task, label: Argument) -> Argument | None:
    """Another array that has a class axis: one of logits or probabilities, rather than of weights."""
    found = [one for one in task.arguments if one != label and one.sizes[-1:] == ("K",)
             and len(one.sizes) == len(label.sizes)]  # fmt: skip
    return min(found, key=lambda one: (one.domain.inf, one.domain.sup) == (0, S.Infinity), default=None)


def axes_of_labels(task: Task, label: Argument, told: str = "{}.ndim", largest: str = "max") -> str:
    """The code of how many axes labels have: those of the longest batch of what is no label, and their own. How many
    axes an array has, and the largest of numbers, is written as NumPy does, or otherwise.
    """
    others = [one for one in task.arguments if one.name not in classes_of(task)]
    own = len(label.sizes)
    if len(others) == 1 and len(others[0].sizes) == own:
        return told.format(others[0].name)
    batches = [told.format(one.name) + (f" - {len(one.sizes)}" if one.sizes else "") for one in others]
    return f"{largest}({', '.join(batches)}) + {own}" if len(batches) > 1 else f"{batches[0]} + {own}"
