"""Brackets under a power, in MathML: the power is of the whole bracket.

The converter sets it on the closing bracket alone, as TeX does. A browser then sets that bracket by itself: lower than
the opening one, and of another size.
"""

from xml.etree import ElementTree

OPENS = {")": "(", "]": "["}
POWERS = ("msup", "msub", "msubsup")


def with_whole_brackets(html: str) -> str:
    """The MathML of a formula, with each power that stands on a closing bracket moved to the whole bracket."""
    if not any(f"<{power}><mo" in html for power in POWERS):
        return html
    tree = ElementTree.fromstring(html.replace("&ApplyFunction;", "\u2061"))
    for row in list(tree.iter()):
        for power in [child for child in row if child.tag in POWERS and _is(child[0], OPENS)]:
            _gather(row, power)
    return ElementTree.tostring(tree, encoding="unicode").replace(" />", "/>")


def _is(part, signs):
    return part.tag == "mo" and part.text in signs


def _gather(row, power):
    """Put what stands between the two brackets, and both of them, below the power. Without an opening one: nothing."""
    closing, depth = power[0], 1
    end = list(row).index(power)
    for begin in range(end - 1, -1, -1):
        if _is(row[begin], OPENS):
            depth += 1
        elif _is(row[begin], OPENS.values()):
            depth -= 1
        if depth == 0:
            inside = list(row)[begin:end]
            whole = ElementTree.Element("mrow")
            whole.extend([*inside, closing])
            for child in inside:
                row.remove(child)
            power.remove(closing)
            power.insert(0, whole)
            return
