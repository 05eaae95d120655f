"""The page "How exact, how fast" shows the record as it is: a goal that is missed, and a library that wins, too."""

import re
from pathlib import Path

import numpy as np
import pytest
from mpmath import exp, log1p, mp, mpf
from pages import Page
from scipy.special import softmax

from derivations.losses import softmax_cross_entropy
from derivations.site.how_exact import page as shown
from derivations.site.how_exact import unmeasured
from derivations.site.how_exact.goals import COMPILED, PRINTED_CODE, goals, wanted
from derivations.site.how_exact.plot import LINES, PANELS, plot_of_errors

LIBRARIES = ("PyTorch", "SciPy", "optax")
WELL = {"ulp": 1.0, "relative": 2e-16, "absolute": 1e-16, "lost": 0, "flushed": 0, "not_finite": 0, "count": 10}


def times(who, ratio):
    return [{"size": "binary 1,000,000", "what": what, "who": who, "ratio": ratio, "low": ratio, "high": ratio, "ms": 1}
            for what in ("value", "both")]  # fmt: skip


@pytest.fixture
def record():
    """A record in which every goal is met."""
    everyone = (*PRINTED_CODE, *LIBRARIES)
    both = {"value": WELL, "gradient": WELL}
    kinds = [{"who": who, "precision": precision} | both for who in everyone for precision in ("float64", "float32")]
    return {
        "when": "2030-01-02T00:00:00", "not_compiled": None, "versions": {"Python": "3.12", "numpy": "2.0"},
        "machine": {"processor": "A <fast> one", "system": "Linux", "load": {"processes": 0.1, "processors": 2}},
        "binary": [row | {"from": given} for row in kinds for given in ("logits", "probabilities")],
        "softmax": [row | {"regime": "ordinary", "K": 10} for row in kinds],
        "soft": [row | {"regime": "ordinary", "K": 10, "absolute": 1e-16, "not_finite": 0} for row in kinds],
        "ends": [{"who": who, "missed": 0, "of": 16} for who in everyone],
        "plotted": [{"who": who, "what": what, "z": float(z), "error": 1.0 if z > 40 and who == "PyTorch" else 1e-16}
                    for who in LINES for what in PANELS for z in range(-100, 101, 20)],
        "speed": [row for who, ratio in {"PyTorch": 1, "SciPy": 3, "optax": 1.1, "NumPy code": 1.5, "JAX code": 1,
                                         "optax, of classes": 1.1, "JAX code, of classes": 1, "torch code": 2,
                                         COMPILED: 0.9, "scikit-learn, log_loss": 9}.items()
                  for row in times(who, ratio)],
    }  # fmt: skip


def changed(record, table, who, key, value):
    rows = [row | {key: value if not isinstance(row[key], dict) else row[key] | value} if row["who"] == who else row
            for row in record[table]]  # fmt: skip
    return record | {table: rows}


def not_met(record):
    return [goal.text for goal in goals(record) if not goal.met]


def test_a_goal_is_met_by_what_is_within_it_alone(record):
    assert not_met(record) == []
    for table, who, key, value, word in (
        ("binary", "JAX code", "value", {"ulp": 4.1}, "ulp"), ("softmax", "torch code", "gradient", {"relative": 2e-14},
         "relative"), ("soft", "NumPy code", "absolute", 2e-14, "soft labels"),
        ("binary", "NumPy code", "gradient", {"not_finite": 1}, "no nan"), ("ends", "JAX code", "missed", 1, "no nan"),
        ("speed", "NumPy code", "ratio", 3.1, "faster than SciPy"), ("speed", "torch code", "ratio", 3.1, "within 3"),
        ("speed", COMPILED, "ratio", 1.2, "as fast as PyTorch"), ("speed", "JAX code", "ratio", 1.5, "optax"),
        ("speed", "JAX code, of classes", "ratio", 1.6, "of classes"),
    ):  # fmt: skip
        missed = not_met(changed(record, table, who, key, value))
        assert missed and any(word in text for text in missed), word
    assert not_met(changed(record, "binary", "PyTorch", "value", {"ulp": 1e15})) == []  # a goal of printed code alone


def test_the_page_says_which_goals_are_not_met(record):
    worse = changed(record, "speed", "JAX code", "ratio", 7)
    assert f"Of {len(goals(worse))} goals, {len(goals(worse)) - 2} are met" in shown.goals_in_short(worse)
    assert shown.table_of_goals(worse).count("not met") == 2
    assert "not met" not in shown.table_of_goals(record)


def test_where_a_library_wins_the_table_says_so(record):
    assert re.findall(r"<td>([^<]*)</td>", shown.ratios_of_speed(record))[-2:] == [COMPILED] * 2
    faster = changed(record, "speed", "optax", "ratio", 0.2)
    assert re.findall(r"<td>([^<]*)</td>", shown.ratios_of_speed(faster))[-2:] == ["optax"] * 2
    assert "fastest in 0" in shown.who_is_fastest(faster) and "it is optax" in shown.who_is_fastest(faster)
    better = changed(record, "softmax", "PyTorch", "value", {"relative": 1e-17})
    assert "<strong>1e−17</strong>" in shown.errors_of_many(better)
    assert "<strong>0.25</strong>" in shown.errors_of_two(changed(record, "binary", "SciPy", "value", {"ulp": 0.25}))


def test_what_lost_every_digit_is_said_in_words(record):
    lost = changed(record, "softmax", "PyTorch", "value", {"relative": 1.0})
    assert "no digit right" in shown.errors_of_many(lost) and "no digit right" not in shown.errors_of_many(record)
    lost = changed(record, "binary", "PyTorch", "value", {"ulp": 9e15})
    assert "no digit right" in shown.errors_of_two(lost) and "no digit right" not in shown.errors_of_two(record)


def test_the_run_is_named_and_a_busy_machine_is_admitted(record):
    said = shown.run_of_code(record)
    assert "A &lt;fast&gt; one" in said and "numpy 2.0" in said and "2030-01-02" in said and "noisy" not in said
    busy = record | {"machine": record["machine"] | {"load": {"processes": 5, "processors": 2}}}
    assert "noisy" in shown.run_of_code(busy)
    assert "no &lt;compiler" in shown.run_of_code(record | {"not_compiled": "no <compiler"})


def test_the_plot_has_a_line_for_each_library_and_a_table_beside_it(record):
    html = plot_of_errors(record)
    assert all(f">{who}</text>" in html for who in LINES)
    assert html.count('aria-roledescription="line mark"') + html.count("mark-line") >= len(LINES) * len(PANELS)
    assert "var(--figure-model)" in html and "<script" not in html and 'role="img"' in html
    table = html[html.index("<details"):]
    assert table.count("60 to 100") == len(PANELS) and table.count("nowhere") == (len(LINES) - 1) * len(PANELS)


def test_without_a_record_one_notice_stands_beside_what_can_be_said(monkeypatch, record):
    monkeypatch.setattr(shown, "measured_code", lambda: None)
    said = {name: table() for name, table in shown.CODE_TABLES.items()}
    assert [name for name, text in said.items() if text] == ["code_goals_in_short", "code_goals"]
    assert "at most 4 ulp" in said["code_goals"] and "no nan" in said["code_goals"]
    text = said["code_goals_in_short"]
    assert text.count("make bench-code") == 1 and "at 5 logits z" in text and "gets 0 for 2 of them" in text
    monkeypatch.setattr(shown, "measured_code", lambda: record)
    assert not any("Not measured" in table() for table in shown.CODE_TABLES.values())


def test_the_losses_shown_without_a_record_are_right():
    text = shown.without_record()
    rows = [re.findall(r"<td>([^<]*)</td>", row) for row in text.split("<tr>")[2:]]
    for z, right, printed, usual in rows:
        with mp.workdps(400):
            wanted = log1p(2 * exp(-mpf(z)))
        value = softmax_cross_entropy.value(np.array([1.0, 0, 0]), np.array([float(z), 0, 0]))
        assert abs(mpf(float(value)) / wanted - 1) < 2e-16 and printed == "all"
        assert abs(mpf(right.replace("−", "-")) / wanted - 1) < 1e-3
        error = abs(mpf(-np.log(softmax([float(z), 0, 0])[0])) / wanted - 1)
        assert usual == "all" if error < 1e-15 else 10.0 ** -(int(usual) + 1) < error <= 10.0 ** -int(usual)
    assert [row[0] for row in rows] == ["1", "20", "36", "40", "700"]


def test_what_needs_a_record_is_shown_with_one_only(monkeypatch, record):
    page = (Path(__file__).parent.parent.parent / "docs" / "how_exact.md").read_text(encoding="utf-8")
    monkeypatch.setattr(unmeasured, "measured_code", lambda: record)
    assert unmeasured.what_is_known(page) == page
    monkeypatch.setattr(unmeasured, "measured_code", lambda: None)
    known = unmeasured.what_is_known(page)
    headings = re.findall(r"^## (.*)$", known, re.MULTILINE)
    assert headings == ["The error against the logit", "The goals"] and known.count("\n") == page.count("\n")
    assert "ulp*: the gap" in known and "fast as what" in page and "fast as what" not in known  # no time was taken
    assert "which_function.md" in known and "<!--" not in known and "code_speed" not in known


def test_the_goals_are_the_same_with_and_without_a_record(record):
    """Of those that are counted one by one with a record, some are said together without one."""
    measured = " ".join(goal.text for goal in goals(record))
    for text in wanted():
        assert text == "no nan where a limit exists" or text.rpartition(": ")[2].split(",")[0] in measured


def test_the_page_is_built(built_site):
    page = Page(Path(built_site) / "how_exact.html")
    text = "".join(text for _, text in page.texts)
    assert "How exact, how fast" in text and "make bench-code" in text
