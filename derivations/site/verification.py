"""The verification page: what was measured, entry by entry, and in total; when, and of how many.

It only shows what `measured` has.
"""

from collections import Counter
from html import escape

from ..catalogue import catalogue, has_result
from ..checking.check import SEED
from ..checking.compare import UNDECIDED, VERIFIED
from ..checking.mutations import DIAGONAL, EQUAL, HOLDS_TOO, OPERATORS, REFUTED, SURVIVED
from ..checking.records import versions
from ..proving.ledger import is_proved
from ..writing.capitals import in_capital
from .by_people import by_people_rows
from .measured import everything, measured_rules, measured_words
from .pieces import breakable, href

HEAD = (
    "Result",
    "Steps",
    "Points",
    "Sizes",
    "Digits",
    "Exactly",
    "Planted errors",
    "Hypotheses needed",
    "Oracle",
    "Libraries",
)
OUTCOMES = (VERIFIED, REFUTED, UNDECIDED)
FATES = (REFUTED, UNDECIDED, EQUAL, HOLDS_TOO, SURVIVED)
KILLED, SHOWN_EQUAL = "killed", "shown equal"  # of errors planted in the code of the rules
RULE_FATES = (KILLED, SHOWN_EQUAL, SURVIVED)
NOT_MEASURED = "not measured in this copy"


def verification_tables() -> str:
    """When and of what, totals, planted errors by kind, and a table for each chapter. Refuses to show what is wrong."""
    entries, rules, worded = everything(), measured_rules(), measured_words()
    _refuse(faults(entries, rules, worded))
    return tables(entries, rules, worded)


def verification_in_short() -> str:
    """The result in a few words: how much was checked, and how many of the planted errors were found."""
    entries = everything()
    _refuse(faults(entries))
    return in_short(entries)


def in_short(entries: dict[str, dict]) -> str:
    """The same of some entries."""
    checks = [found["check"] for found in entries.values() if found["kind"] == "derivation"]
    steps, planted = sum(check["steps"] for check in checks), sum(map(fates, entries.values()), Counter())
    proofs = sum(is_proved(catalogue()[id]) for id, found in entries.items() if found["kind"] == "derivation")
    said = f"All {len(checks)} derivations passed their checks, in each of their {steps} steps."
    said += f" {'All' if proofs == len(checks) else proofs} of them are also proved, for all sizes." if proofs else ""
    if planted:
        said += f" Of {_wrong(planted)} errors planted in formulas, the checks found {planted[REFUTED]}."
        left = planted[UNDECIDED]
        said += f" The other {left} they left undecided, and called none of them right." if left else ""
    return f"<p><strong>{said}</strong></p>"


def _refuse(wrong):
    if wrong := list(wrong):
        raise ValueError("this must not be published: " + "; ".join(wrong))


def faults(entries: dict[str, dict], rules: dict | None = None, worded: dict | None = None):
    """What must not be published: a check not passed, a result that is not its oracle's,
    an error that was not noticed.
    """
    for id, found in entries.items():
        outcome = found.get("check", {}).get("outcome", VERIFIED)
        if outcome != VERIFIED:
            yield f"{id}: {outcome}"
        oracle = found.get("oracle")
        if oracle and not oracle["worst"] <= oracle["tolerance"]:
            yield (
                f"{id}: the {found['kind']} differs from its oracle by {oracle['worst']:.1e}; "
                f"{oracle['tolerance']:.0e} is allowed"
            )
        yield from (
            f"{id}, {survivor} was planted and not noticed"
            for survivor in found.get("mutants", {}).get("survivors", ())
        )
    yield from (f"{survivor} was planted in a rule and not noticed" for survivor in (rules or {}).get("survivors", ()))
    yield from (f"{survivor} was planted in words and not noticed" for survivor in (worded or {}).get("survivors", ()))


def tables(entries: dict[str, dict], rules: dict | None = None, worded: dict | None = None) -> str:
    """The page's tables of what was measured of some entries, and of the code of the rules."""
    chapters = dict.fromkeys(id.partition(".")[0] for id in entries if has_result(catalogue()[id]))
    parts = [_when(entries), _totals(entries, rules), _operators(entries), _modules(rules), _words(worded)]
    for chapter in chapters:
        rows = [
            _row(id, found)
            for id, found in entries.items()
            if id.startswith(f"{chapter}.") and has_result(catalogue()[id])
        ]
        parts.append(wide_table(chapter.replace("_", " ").capitalize(), HEAD, rows))
    by_people = "Read by people only, or compared in part"
    parts.append(wide_table(by_people, ("What", "Which, or how many"), by_people_rows()))
    return "\n".join(filter(None, parts))


def _when(entries):
    """When it was measured, and of how many entries what."""
    dates = sorted(when for found in entries.values() for when in found["when"])
    results = [id for id in entries if has_result(catalogue()[id])]
    parts = [
        ("exactly", "exact", [id for id in results if entries[id]["kind"] == "derivation"]),
        ("with planted errors", "mutants", results),
        ("by an oracle", "oracle", results),
    ]
    said = ", ".join(f"{sum(kind in entries[id] for id in ids)} of {len(ids)} {how}" for how, kind, ids in parts)
    first, last = (f'<time datetime="{date}">{date[:10]}</time>' for date in (dates[0], dates[-1]))
    when = f"on {last}" if dates[0][:10] == dates[-1][:10] else f"between {first} and {last}"
    missing = any(kind not in entries[id] for _, kind, ids in parts for id in ids)
    more = " The rest is measured by <code>make measure</code>, which takes some minutes." if missing else ""
    return f"<p>Measured {when}: every step of every derivation at sampled points; of the results, {said}.{more}</p>"


def wide_table(caption: str, head, rows) -> str:
    """A table that scrolls sideways where it is too wide for the screen."""
    cells = "".join(f'<th scope="col">{title}</th>' for title in head)
    body = "\n".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    table = (
        f'<table class="notation">\n<caption>{escape(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )
    attributes = f'class="wide" tabindex="0" role="group" aria-label="{escape(caption)}" data-search-exclude'
    return f"<div {attributes}>\n{table}\n</div>"


def fates(found: dict) -> Counter:
    """How many mutants met which fate."""
    total = Counter()
    for counted in found.get("mutants", {}).get("fates", {}).values():
        total.update(counted)
    return total


def _totals(entries, rules):
    rows = [
        *_of_checks(entries),
        *_of_planted_errors(entries),
        *_of_rules(rules),
        *_of_comparisons(entries),
        ("Seed", SEED),
        ("Versions", ", ".join(f"{name} {number}" for name, number in versions().items())),
    ]
    return wide_table("In total", ("What", "How many"), rows)


def _of_checks(entries):
    checks = [found["check"] for found in entries.values() if found["kind"] == "derivation"]
    counterexamples = [found["check"]["outcome"] for found in entries.values() if found["kind"] == "counterexample"]
    outcomes = Counter(check["outcome"] for check in checks)
    points = sum(check["points"] for check in checks) + len(counterexamples)
    stated = sum(_stated(id) for id, found in entries.items() if "without" in found)
    exact = [found["exact"] for found in entries.values() if "exact" in found]
    yield "Derivations verified, refuted, undecided", ", ".join(str(outcomes[outcome]) for outcome in OUTCOMES)
    proofs = [is_proved(catalogue()[id]) for id, found in entries.items() if found["kind"] == "derivation"]
    yield "Derivations with a formal proof, for all sizes", f"{sum(proofs)} of {len(proofs)}"
    yield "Steps", sum(check["steps"] for check in checks)
    yield "Points, one for each counterexample included", points
    yield "Counterexamples that fail as they should", counterexamples.count(VERIFIED)
    refutations = [is_proved(catalogue()[id]) for id, found in entries.items() if found["kind"] == "counterexample"]
    yield "Counterexamples with a formal proof", f"{sum(refutations)} of {len(refutations)}"
    cited = [is_proved(catalogue()[id]) for id, found in entries.items() if found["kind"] == "theorem"]
    yield "Cited theorems with a formal proof", f"{sum(cited)} of {len(cited)}"
    yield "Hypotheses stated as formulas", stated
    yield "Hypotheses without which something breaks", sum(map(_needed, entries.values()))
    yield "Steps that are equalities", sum(found["equalities"] for found in exact) if exact else NOT_MEASURED
    yield "Equalities decided exactly", sum(found["decided"] for found in exact) if exact else NOT_MEASURED


def _of_planted_errors(entries):
    planted = sum(map(fates, entries.values()), Counter())
    refuted, wrong = planted[REFUTED], _wrong(planted)
    share = f"{refuted} of {wrong}, {100 * refuted / wrong:.2f} %" if wrong else NOT_MEASURED
    yield "Planted errors refuted, of those that make a formula wrong", share
    yield "Planted errors undecided: neither refuted nor called verified", planted[UNDECIDED] if wrong else NOT_MEASURED
    yield "Planted changes that leave the formula the same, exactly", planted[EQUAL] if planted else NOT_MEASURED
    yield "Planted changes of an inequality that leave it true", planted[HOLDS_TOO] if planted else NOT_MEASURED


def _wrong(planted):
    """How many planted changes made a formula wrong, as far as is known."""
    return planted[REFUTED] + planted[UNDECIDED] + planted[SURVIVED]


def _of_rules(rules):
    """Errors planted in the code of the rules, beside those planted in formulas."""
    total = sum(map(Counter, rules["fates"].values()), Counter()) if rules else Counter()
    killed, wrong = total[KILLED], total[KILLED] + total[SURVIVED]
    share = f"{killed} of {wrong}, {100 * killed / wrong:.2f} %" if wrong else NOT_MEASURED
    yield "Errors planted in the code of the rules and noticed by their tests", share
    yield "Planted changes of that code that make no difference, each for a stated reason", (
        total[SHOWN_EQUAL] if wrong else NOT_MEASURED)  # fmt: skip


def _modules(rules):
    """The same, for each file of rules."""
    if not rules:
        return ""
    head = ("Rules", "Noticed", "No difference", "Survived")
    rows = [
        (f'<a href="rules.html#{module}">{module.capitalize()}</a>', *(counted.get(fate, 0) for fate in RULE_FATES))
        for module, counted in rules["fates"].items()
    ]
    return wide_table("Errors planted in the code of the rules", head, rows)


def _words(worded):
    """Errors planted in words, by what was changed."""
    if not worded:
        return ""
    rows = [
        (escape(in_capital(where)), *(counted.get(fate, 0) for fate in RULE_FATES))
        for where, counted in worded["fates"].items()
    ]
    return wide_table("Errors planted in words", ("Words", "Noticed", "As true", "Not noticed"), rows)


def _of_comparisons(entries):
    oracles = [found["oracle"]["worst"] for found in entries.values() if "oracle" in found]
    others = [found["peers"] for found in entries.values() if "peers" in found]
    foreign = [worst for compared in others for worst in compared.values()]
    libraries = dict.fromkeys(name for compared in others for name in compared)
    worst_of_oracles = f"{len(oracles)}, {_small(max(oracles))}" if oracles else NOT_MEASURED
    worst_of_others = f"{len(others)}, {_small(max(foreign))}" if foreign else NOT_MEASURED
    yield "Results compared with an oracle, and the worst relative difference", worst_of_oracles
    yield "Results compared with other libraries", worst_of_others
    yield "Which libraries", escape("; ".join(libraries)) or "not compared"


def _stated(id):
    """How many hypotheses of an entry a formula says."""
    return sum(hypothesis.statement is not None for hypothesis in catalogue()[id].hypotheses)


def _needed(found):
    return sum(failure is not None for failure in found.get("without", ()))


def _operators(entries):
    by_operator = {}
    for found in entries.values():
        for operator, counted in found.get("mutants", {}).get("fates", {}).items():
            by_operator.setdefault(operator, Counter()).update(counted)
    laws = {operator.__name__: operator.__doc__ for operator in OPERATORS} | {"diagonal": DIAGONAL}
    rows = [(escape(laws[operator]), *(counted[fate] for fate in FATES)) for operator, counted in by_operator.items()]
    head = ("What is changed", "Refuted", "Undecided", "The same formula", "A bound that holds as well", "Survived")
    return wide_table("Planted errors by kind", head, rows) if rows else ""


def _row(id, found):
    entry, planted = catalogue()[id], fates(found)
    check, exact, oracle = found.get("check"), found.get("exact"), found.get("oracle")
    steps = (
        (check["steps"], check["points"], len(check["shapes"]), check["digits"])
        if check
        else ("definition", "", "", "")
    )
    return (
        f'<a href="{href(entry)}">{breakable(id.partition(".")[2])}</a>', *steps,
        f'{exact["decided"]} of {exact["equalities"]}' if exact else "",
        f"{planted[REFUTED]} of {_wrong(planted)}" if planted else "",
        f"{_needed(found)} of {_stated(id)}" if "without" in found else "",
        _small(oracle["worst"]) if oracle else "",
        ", ".join(f"{escape(name.split()[0])} {_small(worst)}" for name, worst in found.get("peers", {}).items()),
    )  # fmt: skip


def _small(number):
    return "0" if number == 0 else f"{number:.0e}".replace("e-0", "e-").replace("-", "−")
