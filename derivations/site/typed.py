"""What somebody types in a terminal and what comes back, as blocks of a page; and what a loss may be made of.

A line wraps between words and never inside an option; what points at a place below a line scrolls instead.
"""

import io
import re
import shlex
from html import escape

from sympy import Range, S

from ..any_loss.letters import INDEX_LETTERS
from ..any_loss.lexicon import IN_THE_NOTATION
from ..any_loss.stating import domain_in_words
from ..any_loss.tokens import FUNCTIONS, GREEK
from ..notation import COUNTED, size_of
from ..writing.options import loss_options
from ..writing.terminal import Terminal

UNBROKEN = re.compile(r"(?<= )(?:--[a-z]+|-m)(?= |$)|&#x27;-\(?\w*")  # an option; a minus that begins a loss
WIDTH = 70  # of the terminal that a page shows
TYPED_AS = {letter: name for name, letter in GREEK.items()} | {"ε": "eps"}
HOW = {"max": "max(a, b)", "min": "min(a, b)", "sum": "sum(f, k)", "prod": "prod(f, k)", "softmax": "softmax(z)[k]",
       "logsumexp": "logsumexp(z)"}  # fmt: skip


def command_line(words: list[str]) -> str:
    """A line to type."""
    return shlex.join(["python", "-m", "derivations", *words])


def typed_block(text: str, more: str = "") -> str:
    """A line that was typed, and what stands below it, already marked up."""
    return f'<pre class="typed" tabindex="0"><code>{_whole(text)}{more}</code></pre>'


def _whole(text):
    return UNBROKEN.sub(lambda part: f'<span class="whole">{part[0]}</span>', escape(text))


def said_block(text: str, said: list[str], pointed: str = "") -> str:
    """A line that was typed, what was said to it, and the place in the line that this is about."""
    place = f'\n<span class="pointed" tabindex="0">{escape(pointed)}</span>' if pointed else ""
    return typed_block(f"$ {text}", "\n" + _whole("\n".join(said)) + place)


def terminal_block(words: list[str]) -> str:
    """A line that is typed, and all that the terminal prints."""
    from ..any_loss import command as room

    command, *arguments = words
    shown = Terminal(width=WIDTH)
    _, lines, _ = room.answered(command, loss_options(command, arguments), io.StringIO(), shown)
    printed = escape("\n".join(lines).rstrip())
    return typed_block(f"$ {command_line(words)}", f'\n<span class="printed" tabindex="0">{printed}</span>')


def functions_list() -> str:
    """The functions that a loss may call."""
    shown = ", ".join(f"<code>{HOW.get(name, f'{name}(a)')}</code>" for name in FUNCTIONS)
    return f"<p>{shown}, with <code>+ - * / ^</code> and brackets.</p>"


def letters_table() -> str:
    """The letters that have a meaning of their own in a loss: indices, sizes, and what is restricted."""
    indices = {}
    for name, letter in INDEX_LETTERS.items():
        indices.setdefault(size_of(letter), []).append(name)
    rows = [(_in_code(letters), f"an index from 1 to {size}, the number of {_several(COUNTED[size])}")
            for size, letters in indices.items()]  # fmt: skip
    found: dict[str, list[str]] = {}
    for meaning in (one for found in IN_THE_NOTATION.values() for one in found if one.domain is not S.Reals):
        indices = getattr(meaning.notation.symbol, "indices", ())
        name = TYPED_AS.get(meaning.name, meaning.name)
        entry = f"{name}[{','.join(map(str, indices))}]" if indices else name
        said = "an index where it stands in brackets, as in z[c[i]]" if isinstance(meaning.domain, Range) else (
            domain_in_words(meaning.domain))  # fmt: skip
        found.setdefault(said, []).append(entry)
    rows += [(_in_code(entries), said) for said, entries in found.items()]
    body = "".join(f"<tr><td>{left}</td><td>{escape(right)}</td></tr>" for left, right in rows)
    return f"<table><thead><tr><th>Name</th><th>What it is in a loss</th></tr></thead><tbody>{body}</tbody></table>"


def _in_code(names):
    return ", ".join(f"<code>{escape(name)}</code>" for name in names)


def _several(thing):
    return f"{thing}es" if thing.endswith("s") else f"{thing}s"
