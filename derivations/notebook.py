"""An entry at the end of a notebook's cell shows itself: its formula or its chain, typeset.

The engine writes no LaTeX and cannot import what does, so the methods that notebooks look for are given to the entries
here, from above. In IPython that happens when `derivations` is imported; elsewhere `show_entries` does it.
"""

from html import escape

from .catalogue import Entry
from .engine.derivation import Derivation
from .engine.entries import Convention, Counterexample, Definition, Theorem
from .engine.misuse import expect_entry
from .writing.typeset import chain_body, latex, plain, relation, statement

SHOW_THEMSELVES = Definition, Convention, Derivation, Counterexample, Theorem


def latex_of(entry: Entry) -> str | None:
    """The formula or the chain of an entry between dollar signs; None of what is cited and of what is false."""
    expect_entry(entry)
    body = None if isinstance(entry, Counterexample | Theorem) else chain_body(entry)
    return None if body is None else f"$${body}$$"


def html_of(entry: Entry) -> str:
    """An entry with its title, its hypotheses in words, and a row for each line: relation, formula, rule and reason.

    The formulas are LaTeX between dollar signs, which a notebook typesets.
    """
    expect_entry(entry)
    head = f"<p><strong>{escape(entry.title)}</strong> <code>{escape(entry.id)}</code></p>"
    supposed = "".join(f"<li>{escape(one.words)} ({_formula(one)})</li>" if one.statement is not None
                       else f"<li>{escape(one.words)}</li>" for one in entry.hypotheses)  # fmt: skip
    holds = f"<p>It holds if</p><ul>{supposed}</ul>" if supposed else ""
    return head + holds + (_chain(entry) if entry.steps else _statement(entry))


def _formula(hypothesis):
    return f"${escape(latex(hypothesis.statement))}$"


def _statement(entry):
    if isinstance(entry, Theorem):
        return f"<p>{escape(entry.says)}</p>"
    said = f"<p>{escape(entry.meaning)}</p>" if entry.meaning else ""
    false = "This is false: " if isinstance(entry, Counterexample) else ""
    return f"<p>{false}${escape(statement(entry))}$</p>{said}"


def _chain(entry):
    left = "" if entry.name == entry.start else f"${escape(latex(entry.name))} {relation('=')}$"
    first = [(left, entry.start, "")]
    steps = [(f"${relation(step.relation)}$", step.expression, f"<em>{step.rule}</em>: {escape(step.because)}")
             for step in entry.steps]  # fmt: skip
    return f"<table>{''.join(_row(*row) for row in first + steps)}</table>"


def _row(sign, expression, reason):
    cell = f'<td style="text-align: left" title="{escape(plain(expression))}">${escape(latex(expression))}$</td>'
    return f'<tr><td>{sign}</td>{cell}<td style="text-align: left">{reason}</td></tr>'


def show_entries() -> None:
    """Give all entries the methods `_repr_latex_` and `_repr_html_`, by which a notebook shows them."""
    for kind in SHOW_THEMSELVES:
        kind._repr_latex_, kind._repr_html_ = latex_of, html_of
