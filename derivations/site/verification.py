"""The verification page: what `make measure` found, entry by entry, and in total. It only shows; nothing is measured here."""

from collections import Counter
from html import escape

from ..catalogue import catalogue
from .measured import peers, verification
from ..checking.mutations import DIAGONAL, EQUAL, HOLDS_TOO, OPERATORS, REFUTED, SURVIVED
from .pieces import breakable, href

HEAD = ("Result", "Steps", "Points", "Sizes", "Digits", "Exactly", "Planted errors", "Hypotheses needed", "Oracle", "Libraries")
FATES = (REFUTED, EQUAL, HOLDS_TOO, SURVIVED)
NOT_MEASURED = "<p>This copy of the pages was built without measuring. To measure, and then build: <code>make site</code>.</p>"


def verification_tables():
    """Totals, planted errors by kind, and a table for each chapter; or a sentence that says how to measure."""
    record = verification()
    if record is None:
        return NOT_MEASURED
    entries, others = record["entries"], peers()
    chapters = dict.fromkeys(id.partition(".")[0] for id, found in entries.items() if "mutants" in found)
    parts = [_totals(record, others), _operators(entries)]
    for chapter in chapters:
        rows = [_row(id, found, others.get(id)) for id, found in entries.items() if id.startswith(f"{chapter}.") and "mutants" in found]
        parts.append(_table(chapter.replace("_", " ").capitalize(), HEAD, rows))
    return "\n".join(parts)


def _table(caption, head, rows):
    cells = "".join(f'<th scope="col">{title}</th>' for title in head)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = f'<table class="notation">\n<caption>{escape(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
    return f'<div class="wide" tabindex="0" role="group" aria-label="{escape(caption)}" data-search-exclude>\n{table}\n</div>'


def fates(found):
    """How many mutants met which fate."""
    total = Counter()
    for counted in found.get("mutants", {}).values():
        total.update(counted)
    return total


def _totals(record, others):
    entries = record["entries"].values()
    checks = [found["check"] for found in entries if "check" in found]
    exact = [found["exact"] for found in entries if "exact" in found]
    planted = sum((fates(found) for found in entries), Counter())
    wrong = planted[REFUTED] + planted[SURVIVED]
    hypotheses = [found["hypotheses"] for found in entries if "hypotheses" in found]
    oracles = [found["oracle"] for found in entries if "oracle" in found]
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    outcomes = Counter(check["outcome"] for check in checks)
    counterexamples = [found["outcome"] for found in entries if "outcome" in found]
    foreign = [worst for found in others.values() for worst in found.values()]
    rows = [
        ("Derivations verified, refuted, undecided", f'{outcomes["verified"]}, {outcomes["refuted"]}, {outcomes["undecided"]}'),
        ("Steps", sum(check["steps"] for check in checks)),
        ("Points, one for each counterexample included", sum(check["points"] for check in checks) + len(counterexamples)),
        ("Counterexamples that fail as they should", counterexamples.count("verified")),
        ("Steps that are equalities", sum(found["equalities"] for found in exact)),
        ("Equalities decided exactly", sum(found["decided"] for found in exact)),
        ("Planted errors refuted, of those that make a formula wrong", f'{planted[REFUTED]} of {wrong}, {100 * planted[REFUTED] / wrong:.2f} %'),
        ("Planted changes that leave the formula the same, exactly", planted[EQUAL]),
        ("Planted changes of an inequality that leave it true", planted[HOLDS_TOO]),
        ("Hypotheses stated as formulas", sum(found["stated"] for found in hypotheses)),
        ("Hypotheses without which something breaks", sum(found["needed"] for found in hypotheses)),
        ("Results compared with an oracle, and the worst relative difference", f'{len(oracles)}, {_small(max(o["worst"] for o in oracles))}'),
        ("Results compared with other libraries", f"{len(others)}, {_small(max(foreign, default=0))}"),
        ("Which libraries", escape("; ".join(dict.fromkeys(name for found in others.values() for name in found)) or "not compared")),
        ("Seed", record["seed"]),
        ("Versions", versions),
    ]
    return _table("In total", ("What", "How many"), rows)


def _operators(entries):
    by_operator = {}
    for found in entries.values():
        for operator, counted in found.get("mutants", {}).items():
            by_operator.setdefault(operator, Counter()).update(counted)
    laws = {operator.__name__: operator.__doc__ for operator in OPERATORS} | {"diagonal": DIAGONAL}
    rows = [(escape(laws[operator]), *(counted[fate] for fate in FATES)) for operator, counted in by_operator.items()]
    return _table("Planted errors by kind", ("What is changed", "Refuted", "The same formula", "A bound that holds as well", "Survived"), rows)


def _row(id, found, peer):
    entry, planted = catalogue()[id], fates(found)
    check, exact, hypotheses = found.get("check"), found.get("exact"), found.get("hypotheses")
    steps = (check["steps"], check["points"], len(check["shapes"]), check["digits"]) if check else ("definition", "", "", "")
    return (
        f'<a href="{href(entry)}">{breakable(id.partition(".")[2])}</a>', *steps,
        f'{exact["decided"]} of {exact["equalities"]}' if exact else "",
        f'{planted[REFUTED]} of {planted[REFUTED] + planted[SURVIVED]}',
        f'{hypotheses["needed"]} of {hypotheses["stated"]}' if hypotheses else "",
        _small(found["oracle"]["worst"]), ", ".join(f"{escape(name.split()[0])} {_small(worst)}" for name, worst in (peer or {}).items()),
    )  # fmt: skip


def _small(number):
    return "0" if number == 0 else f"{number:.0e}".replace("e-0", "e-").replace("-", "−")
