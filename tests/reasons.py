"""What reasons name, read beside the step that they are given for.

A letter or a number occurs in the lines before and after, in what the rule was told, in a hypothesis or a result
that is relied on; or it is the letter of the law that the reason explains: "here u is ...". 0 and 1 belong to laws
(a power of 0, a tangent at 1). And where a reason says what a letter does, it does that: "k = m" is what the rule
put in, "m is not the index it runs over" is said of what is derived by, "does not depend on k" of what a sum runs
over.
"""

import re

from sympy import Basic, Derivative, Product, Sum

from derivations.catalogue import catalogue
from derivations.notation import SIZE_OF, K, M, d, n
from derivations.writing.steps import phrase
from derivations.writing.typeset import plain

LETTER = re.compile(r"(?<![\w.'’^-])([^\W\d_](?:_\w+)?)(?![\w'’^-])")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
OF_LAW = re.compile(r"here ([a-z]) is")
LOW = {ord(low): f" {high} " for low, high in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙᵣₕᵤ²³ᴷⁿ", "0123456789ijklmnrhu23Kn", strict=True)}
SIGN = re.compile(r"\d+|(?<![^\W\d_])[^\W\d_](?![^\W\d_])")  # a letter in a word is none
STEPS = [(entry, number, step) for entry in catalogue().values() for number, step in enumerate(entry.steps, start=1)]


def occurring(step):
    """All letters and numbers of a step, as they are typed and as they are printed, with and without their indices."""
    parts = [step.before, step.expression, *_expressions(step.arguments)]
    for given in (*step.using, *step.inherited):
        parts += [given.statement] if given.statement is not None else []
    for source in step.cites:
        parts += [source.name, source.result]
    found = set()
    for part in parts:
        text = f"{part}; {_printed(part)}".translate(LOW)
        found |= set(SIGN.findall(text))
    return found | {letter for letter in OF_LAW.findall(step.because) if re.search(rf"\b{letter}\b", step.law)}


def _expressions(arguments):
    for argument in arguments:
        if isinstance(argument, dict):
            yield from (*argument, *argument.values())
        elif isinstance(argument, Basic):
            yield argument


def _printed(part):
    try:
        return plain(part)
    except TypeError:
        return ""


def missing(because, step):
    """The letters and numbers of a reason that do not occur in its step."""
    known = occurring(step) | {"a", "A", "I", "0", "1"}
    letters = [sign for letter in LETTER.findall(because) for sign in letter.replace("_", "")]
    return [sign for sign in (*letters, *NUMBER.findall(because)) if sign not in known]


NOUNS_OF = {"observation": n, "class": K, "feature": d, "input": M}
PUT_IN, NOT_INDEX = re.compile(r"\b([^\W\d_]) = ([^\W\d_]|\d)\b"), re.compile(r"\b(\w) is not (?:the ind|one of)")
APART, NAMED = re.compile(r"not depend on (\w)\b"), re.compile(r"\b(observation|class|feature|input) (\w)\b")


def misnamed(because, step):
    """What a reason says of letters that is not so in its step."""
    lines = (step.before, step.expression)
    bound = {str(limit[0]) for line in lines for total in line.atoms(Sum, Product) for limit in total.limits}
    by = [variable for line in lines for slope in line.atoms(Derivative) for variable in slope.variables]
    indices = {str(index) for variable in by for index in getattr(variable, "indices", ())}
    did = phrase(step)
    wrong = [f"{a} = {b}" for a, b in PUT_IN.findall(because) if f"{a} = {b}" not in did and f"{b} = {a}" not in did]
    wrong += [f"{letter} is not" for letter in NOT_INDEX.findall(because) if letter in bound or letter not in indices]
    wrong += [f"on {letter}" for letter in APART.findall(because) if letter not in bound | set(map(str, by))]
    sizes = {str(index): size for index, size in SIZE_OF.items()}
    return wrong + [f"{noun} {letter}" for noun, letter in NAMED.findall(because)
                    if sizes.get(letter, NOUNS_OF[noun]) != NOUNS_OF[noun]]  # fmt: skip


BEYOND = re.compile(r"\b(?:is|are) negative\b|\b(?:or|is|are) above 1\b|\bexceeds? 1\b")
BOUNDED = re.compile(r"\b(labels?|probabilit(y|ies)|weights?|factors?|terms?|squares?|none|neither)\b")
DENIED = re.compile(r"\b(no|none|neither|nor|not|never)\b")


def beyond(because):
    """What a reason says of labels, probabilities and the like that they never are: negative, or above 1; or that none
    of them is positive.
    """
    clauses = re.split("[;:,]", because)
    wrong = [clause for clause in clauses if BEYOND.search(clause) and BOUNDED.search(clause)
             and not DENIED.search(clause)]  # fmt: skip
    return wrong + [clause for clause in clauses if re.search(r"\b(no|none|neither)\b.*\b(is|are) positive", clause)]


def changed_reasons():
    """Every reason that says what a letter does, with each other index in the place of that letter."""
    for _, _, step in STEPS:
        for pattern in (PUT_IN, NOT_INDEX, APART, NAMED):
            for found in pattern.finditer(step.because):
                place = found.start(pattern.groups)
                for letter in "ijklmfhu":
                    if letter != step.because[place]:
                        yield step, step.because[:place] + letter + step.because[place + 1 :]
