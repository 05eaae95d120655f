"""The page "Which function computes this?": a card for each function of a library, and the versions that were run."""

import re
from html import escape

from ...catalogue import catalogue
from ...checking import records
from ...writing.capitals import in_capital
from ..blocks import result
from ..measured import measured_functions
from ..pieces import SHORT_ID, breakable, href
from .libraries import COMPARED, every_row
from .rows import Library

LOCK, PROJECT_FILE = "requirements-peers.txt", "pyproject.toml"  # PyTorch is in no lock, only in the other
PINNED = re.compile(r'^(?:torch = \[")?([\w-]+)==([\w.]+)', re.MULTILINE)


def function_cards(library: Library) -> list[tuple[str, str, str]]:
    """Of each function of a library: its short name, its anchor, and what is said of it."""
    return [(row.short, row.name, _card(row)) for row in library.rows]


def _card(row):
    names = ", ".join(f"<code>{_breakable(name)}</code>" for name in (row.name, *row.also))
    nearest = '<p class="nearly">The nearest result here:</p>\n' if row.nearly else ""
    said = {"Returns": _said(row.how), "Takes": _said(row.takes), "Labels": _said(row.labels)}
    said |= {_said(fact.about): _said(fact.text) + _link(fact.id) for fact in row.facts}
    items = "\n".join(f"<div><dt>{about}</dt><dd>{text}</dd></div>" for about, text in said.items() if text)
    shown = f'{nearest}{result(catalogue()[row.id])}\n<dl class="conventions">\n{items}\n</dl>'
    return f'<p class="names">{names}</p>\n{shown}'


def _breakable(name):
    """A long name may break after a dot."""
    shown = escape(name, quote=False)
    return shown if len(name) <= SHORT_ID else shown.replace(".", ".<wbr>")


def _said(text):
    """A sentence, with what stands between backticks as code."""
    parts = escape(text, quote=False).split("`")
    return "".join(f"<code>{part}</code>" if place % 2 else part for place, part in enumerate(parts))


def _link(id):
    return f' <a class="source" href="{href(catalogue()[id])}">{breakable(id)}</a>' if id else ""


def functions_by_result() -> str:
    """Each result that a function computes, with the functions that do."""
    rows = every_row().values()
    shown = [id for id in catalogue() if any(row.id == id and not row.nearly for row in rows)]
    items = "\n".join(f"<div><dt>{_titled(id)}</dt><dd>{_computed_by(id)}</dd></div>" for id in shown)
    return f'<dl class="conventions by-result">\n{items}\n</dl>'


def _titled(id):
    entry = catalogue()[id]
    return f'<a href="{href(entry)}">{escape(in_capital(entry.title))}</a>'


def _computed_by(id):
    rows = [row for row in every_row().values() if row.id == id and not row.nearly]
    return ", ".join(f'<a href="#{row.name}"><code>{_breakable(row.name)}</code></a>' for row in rows)


def pinned_versions() -> dict[str, str]:
    """The versions that `make test-peers` installs, of the packages that are compared."""
    packages = dict.fromkeys(name for library in COMPARED.values() for name in library.packages)
    texts = [(records.PROJECT / name).read_text(encoding="utf-8") for name in (LOCK, PROJECT_FILE)]
    found = dict(PINNED.findall("\n".join(texts).replace('\n    "', "\n")))
    return {name: found[name] for name in packages}


def versions_run() -> str:
    """The versions with which all that is stated was found to hold; or those that are installed to find out."""
    found = measured_functions()
    versions = found["versions"] if found else pinned_versions()
    named = ", ".join(f"{escape(name)} {escape(version)}" for name, version in versions.items())
    if found:
        return f"<p>Every statement held, on {found['when'][:10]}, with these versions: {named}.</p>"
    return (f"<p>The statements are about these versions: {named}. <code>make test-peers</code> runs the tests; this "
            "copy of the site has no record of their last run.</p>")  # fmt: skip


def left_out() -> str:
    """The losses of the libraries that have no row."""
    named = {library.title: library.left_out for library in COMPARED.values() if library.left_out}
    return "".join(
        f"<p>{escape(title)}: {', '.join(f'<code>{_breakable(name)}</code>' for name in names)}.</p>"
        for title, names in named.items()
    )
