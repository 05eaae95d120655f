"""The page "How exact, how fast": what `make bench-code` measured, and whether it is what was wanted."""

from html import escape

from ..measured import measured_code
from ..verification import wide_table
from .goals import PRINTED_CODE, goals
from .plot import plot_of_errors
from .unmeasured import goals_alone, without_record

SMALLEST = "The smallest error of each {} stands out."
NO_DIGIT = "no digit right"
ALL_LOST = 0.5  # a relative error from which no digit is right
ALL_ULP = {"float64": 2.0**51, "float32": 2.0**22}  # the same in ulp
SIZES_SAID = {"value": "losses", "both": "losses and gradients"}


def _small(number):
    """An error in a cell: one digit, and a power of ten where it needs one."""
    if number == 0 or 0.1 <= number < 1000:
        return f"{number:.2g}" if number < 100 else f"{number:.0f}"
    return f"{number:.0e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e").replace("-", "−")


def _relative(number):
    return NO_DIGIT if number >= ALL_LOST else _small(number)


def _when_measured(show, otherwise=str):
    """What is shown of the record; or what is said without one, which is nothing but at two places."""

    def shown() -> str:
        record = measured_code()
        return show(record) if record else otherwise()

    return shown


def run_of_code(record: dict) -> str:
    """When, on which machine, with which versions."""
    machine, load = record["machine"], record["machine"]["load"]
    versions = ", ".join(f"{escape(name)} {escape(version)}" for name, version in record["versions"].items())
    busy = ""
    if load and load["processes"] > load["processors"] / 2:
        busy = (f" The machine was not idle ({load['processes']:g} processes for {load['processors']} processors), so "
                "the ratios of speed are noisy.")  # fmt: skip
    why = record["not_compiled"]
    compiled = f" <code>torch.compile</code> did not work there: {escape(why)}." if why else ""
    return (f"<p>Measured on {record['when'][:10]}, on one thread of {escape(machine['processor'])} "
            f"({escape(machine['system'])}), with {versions}.{busy}{compiled}</p>")  # fmt: skip


def goals_in_short(record: dict) -> str:
    """How many goals are met."""
    met = [goal.met for goal in goals(record)]
    return f"<p><strong>Of {len(met)} goals, {sum(met)} are met.</strong> The table below says which are not.</p>"


def table_of_goals(record: dict) -> str:
    rows = [(escape(goal.text), escape(goal.found), "met" if goal.met else "<strong>not met</strong>")
            for goal in goals(record)]  # fmt: skip
    return wide_table("Goals", ("What is wanted", "The worst that was found", "Met?"), rows)


def errors_of_two(record: dict) -> str:
    """From logits and from probabilities, for each precision."""
    tables = []
    for given in ("logits", "probabilities"):
        for precision in ("float64", "float32"):
            rows = [row for row in record["binary"] if (row["from"], row["precision"]) == (given, precision)]
            cells = [(escape(row["who"]), *(_cells_of(row.get(name), rows, name) for name in ("value", "gradient")),
                      _counted(row, "lost"), _counted(row, "not_finite")) for row in rows]  # fmt: skip
            head = ("Who", "Loss, ulp", "Gradient, ulp", "0, but should not be", "nan or infinite, but should not be")
            tables.append(wide_table(f"Binary cross-entropy from {given}, {precision}", head, cells))
    return "\n".join([f"<p>{SMALLEST.format('column')}</p>", *tables])


def _cells_of(errors, rows, name):
    if errors is None:
        return "has none"
    least = min(row[name]["ulp"] for row in rows if name in row)
    lost = errors["ulp"] >= ALL_ULP[rows[0]["precision"]]
    return _best(NO_DIGIT if lost else _small(errors["ulp"]), errors["ulp"] == least)


def _counted(row, key):
    return sum(row[name][key] for name in ("value", "gradient") if name in row)


def _best(text, is_best):
    return f"<strong>{text}</strong>" if is_best else text


def errors_of_many(record: dict) -> str:
    """Every regime, the worst over all numbers of classes; then each of these."""
    everyone = tuple(dict.fromkeys(row["who"] for row in record["softmax"]))
    tables, single = [], []
    for precision in ("float64", "float32"):
        for name, said in (("value", "loss"), ("gradient", "gradient")):
            rows = [row for row in record["softmax"] if row["precision"] == precision]
            title = f"Softmax cross-entropy, {said}, {precision}: relative error"
            head, worst = ("Logits", *everyone), f"{title}, the worst of all K"
            tables.append(wide_table(worst, head, _by(rows, everyone, name, lambda row: row["regime"])))
            single.append(wide_table(title, head, _by(rows, everyone, name, _regime_and_classes)))
    folded = f"<details><summary>For each number of classes</summary>\n{''.join(single)}\n</details>"
    return "\n".join([f"<p>{SMALLEST.format('row')}</p>", *tables, folded])


def _regime_and_classes(row):
    return f"{row['regime']}, K = {row['K']:,}"


def _by(rows, everyone, name, key):
    for said in dict.fromkeys(map(key, rows)):
        found = {who: [row[name]["relative"] for row in rows if key(row) == said and row["who"] == who]
                 for who in everyone}  # fmt: skip
        worst = {who: max(errors) for who, errors in found.items() if errors}
        shown = {who: _relative(error) for who, error in worst.items()}
        least = shown[min(worst, key=worst.__getitem__)]
        yield (escape(said), *(_best(shown[who], shown[who] == least) if who in shown else "" for who in everyone))


def errors_of_soft_labels(record: dict) -> str:
    """The gradient of soft labels, in absolute error; and the limits at infinite logits."""
    everyone = tuple(dict.fromkeys(row["who"] for row in record["soft"]))
    rows = []
    for precision in ("float64", "float32"):
        found = [row for row in record["soft"] if row["precision"] == precision]
        rows.append((precision, *(_small(max(row["absolute"] for row in found if row["who"] == who))
                                  for who in everyone)))  # fmt: skip
    ends = [(escape(row["who"]), f"{row['missed']} of {row['of']}") for row in record["ends"]]
    return "\n".join([
        wide_table("Gradient of soft labels: the largest absolute error", ("Numbers", *everyone), rows),
        wide_table("Limits at infinite logits that are missed", ("Who", "Missed"), ends),
    ])  # fmt: skip


def ratios_of_speed(record: dict) -> str:
    """A column for each size: how many times as long as PyTorch; and last, who is fastest."""
    columns = list(dict.fromkeys((row["size"], row["what"]) for row in record["speed"]))
    ratios = {(row["who"], row["size"], row["what"]): row for row in record["speed"]}
    everyone = dict.fromkeys(row["who"] for row in record["speed"])
    fastest = [min((who for who in everyone if (who, *column) in ratios), key=lambda who: ratios[who, *column]["ratio"])
               for column in columns]  # fmt: skip
    rows = [(escape(who), *(_best(_ratio(ratios.get((who, *column))), who == first)
                            for column, first in zip(columns, fastest))) for who in everyone]  # fmt: skip
    head = ("Who", *(f"{size.replace(' x ', ' × ')}: {SIZES_SAID[what]}" for size, what in columns))
    caption = "How many times as long as PyTorch, the median of all rounds; between the brackets, half of the rounds"
    return wide_table(caption, head, [*rows, ("Fastest", *map(escape, fastest))])


def _ratio(row):
    if row is None:
        return "has none"
    return f"{row['ratio']:.2f} ({row['low']:.2f}–{row['high']:.2f})"


def who_is_fastest(record: dict) -> str:
    """In how many columns printed code is the fastest, in a sentence."""
    columns = dict.fromkeys((row["size"], row["what"]) for row in record["speed"])
    winners = [min((row for row in record["speed"] if (row["size"], row["what"]) == column),
                   key=lambda row: row["ratio"])["who"] for column in columns]  # fmt: skip
    own = sum(who.startswith(PRINTED_CODE) for who in winners)
    others = ", ".join(dict.fromkeys(escape(who) for who in winners if not who.startswith(PRINTED_CODE)))
    return (f"<p>Of {len(winners)} columns, printed code is the fastest in {own}."
            + (f" In the others it is {others}.</p>" if others else "</p>"))  # fmt: skip


CODE_TABLES = {
    "code_run": _when_measured(run_of_code), "code_goals_in_short": _when_measured(goals_in_short, without_record),
    "code_goals": _when_measured(table_of_goals, goals_alone), "code_errors_of_two": _when_measured(errors_of_two),
    "code_errors_of_many": _when_measured(errors_of_many), "code_soft": _when_measured(errors_of_soft_labels),
    "code_plot": _when_measured(plot_of_errors), "code_speed": _when_measured(ratios_of_speed),
    "code_fastest": _when_measured(who_is_fastest),
}
