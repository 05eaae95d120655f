"""Source code as a page shows it."""

import hashlib
import html
from pathlib import Path

import pygments
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer


def listing(path: Path) -> str:
    """The code of a file with numbers that can be linked to (#L12), and that are not copied with the code."""
    code = path.read_text(encoding="utf-8")
    lines = highlight(code, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).splitlines()
    numbered = "".join(
        f'<span id="L{number}"><a href="#L{number}" {_attributes(number)}></a>{line}\n</span>'
        for number, line in enumerate(lines, start=1)
    )
    label = html.escape(path.name, quote=True)
    box = f'<pre tabindex="0" role="group" aria-label="{label}"><code>{numbered}</code></pre>'
    return f'<div class="highlight listing">{box}</div>'


def _attributes(number):
    """Of the link at a line: its name is read out, its number is shown, and it is no stop for the tabulator."""
    return f'aria-label="line {number}" data-line="{number}" tabindex="-1"'


def code_key(path: Path) -> str:
    """A digest of a file and of what marks its words."""
    return hashlib.sha256(path.read_bytes() + pygments.__version__.encode() + Path(__file__).read_bytes()).hexdigest()
