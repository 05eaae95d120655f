"""The page of an entry: all there is to say of one result, at an address that stays.

What depends on the entry is made here and kept from one build to the next; what depends on the pages around it (which
of them tell of it, where the site is at home) is put in when it is written.
"""

import re
from collections.abc import Iterable
from html import escape

from ..catalogue import Entry, catalogue, former_ids, related, used_by, uses
from ..engine.entries import Theorem
from ..reference.copies import citations_of, not_to_copy
from ..reference.report import report_link
from ..reference.work import FOLDER_OF_ENTRIES
from ..search_words import WORDS
from ..symbols import formulas_stated, given_values
from ..writing.capitals import in_capital
from .entry_files import copies_of, files_of
from .graph import neighbourhood
from .graph_page import small_graph
from .linked import with_links
from .pieces import breakable, href, in_a_row
from .records import BASE, files_named, lines_elsewhere, quantities_named
from .tables import symbol_table

# Where the pages that tell of an entry are put in, its chapter, and what there is to say of addresses;
STORIES, CHAPTER, ADDRESSES = "\ue011", "\ue012", "\ue013"
WHY = "\ue01a"  # what the chapter says of it below its formula
CITE_BUTTONS, CITE_TEXTS = "\ue014", "\ue015"  # the buttons and the texts of citations, which name the commit
# What a citation is of, seen from this page: site.js puts its whole address in, where the site did not know its own.
CITES = "data-cites"
TO_SITE = 'data-site="../"'  # where the site begins, seen from this page: site.js copies whole addresses
# With scripts site.js puts the address there, where it was not known when the site was built.
RELATIVE = "The addresses in them begin at the folder of this site: put its own address before them."
LINK = re.compile(r'(?<=<a )([^>]*?)href="([^"]+)"')
ANCHOR = re.compile(r"[a-z_]+\.html#([a-z_]+\.[a-z_]+)")
DESCRIPTION = range(50, 161)  # letters: what a search engine shows
CONTENT_ANCHOR = "entry-content"  # where the link leads that skips the navigation, docs/hooks/entries.py
LISTS = "#what-it-uses", "#what-uses-it"
OPENED = " A browser may save the MathML instead of showing it: it is meant to be put into a page."
MANY = 8  # a longer list is folded
# Of a theorem; of a result that shows a part of it.
RELATED_TITLES = {True: "Related results", False: "Related theorems"}
NOT_DRAWN = "The claim is false, so there is no picture of it to show elsewhere."
WORDS_ONLY = "It is stated in words, so there is no picture of a formula."


def entry_page(entry: Entry, card: tuple[str, str]) -> str:
    """The content of the page of an entry, below the heading of the site. `card` is what chapters show of it."""
    said, folded = card
    folded = re.sub(r'<details class="(proof|without|checked)"', r"\g<0> open", folded)
    said = with_links(said, entry)
    body = f'<section class="chain entry {entry.kind}">\n{said}\n{WHY}{folded}\n</section>'
    parts = [
        f'<h1 id="{CONTENT_ANCHOR}">{titled(entry)}</h1>\n{CHAPTER}\n{_former(entry)}{body}',
        _copies(entry),
        _section("Symbols", symbol_table(formulas_stated(entry) + given_values(entry), quantities_named(entry))),
        _section("Around it", small_graph(neighbourhood(entry, lists=_lists(entry)))),
        _section("What it uses", _list(uses(entry), "in step", "in its statement")),
        _section("What uses it", _list(used_by(entry.id), "in its step", "in its statement")),
        _related(entry),
        STORIES,
        _section("Other words for it", f"<p>{escape(', '.join(words))}.</p>" if (words := WORDS.get(entry.id)) else ""),
        _section("Use it elsewhere", _files(entry)),
    ]
    return relinked("\n".join(filter(None, parts)))


def titled(entry: Entry) -> str:
    """The title of an entry, as a heading."""
    return escape(in_capital(entry.title), quote=False)


def description(entry: Entry) -> str:
    """What is said of the page in a list of pages: what the entry is, and its id, as no two may say the same."""
    what = {"derivation": "every step, the check, what it uses", "definition": "what it means and what uses it",
            "counterexample": "a false claim and where it fails", "theorem": "cited, with its source"}  # fmt: skip
    for more in (f", {what[entry.kind]}; LaTeX and more to copy", f", {what[entry.kind]}", ""):
        said = f"{in_capital(entry.title)} ({entry.id}){more}."
        if len(said) in DESCRIPTION:
            return said
    raise ValueError(f"{entry.id}: its title is too long for the description of its page: {said}")


def relinked(html: str) -> str:
    """Links as they lead from the folder of the entries: to another entry, its page; to a page, one folder up."""

    def led(match):
        target = match[2]
        entry = ANCHOR.fullmatch(target)
        if entry and entry[1] in catalogue():
            target = f"{entry[1]}.html"
        elif target.startswith(f"{FOLDER_OF_ENTRIES}/"):
            target = target.removeprefix(f"{FOLDER_OF_ENTRIES}/")
        elif not re.match(r"#|[a-z]+:|\.\./", target) and target.removesuffix(".html") not in catalogue():
            target = f"../{target}"
        return f'{match[1]}href="{target}"'

    return LINK.sub(led, html)


def assembled(page: str, id: str, told: Iterable[tuple[str, str]], site: str, version="", why="") -> str:
    """A page with what the pages around it say: the addresses and titles of those that tell of it, first that of its
    chapter, and `why` it is so, as that chapter says it. `site` is the address of the site, or empty; `version` is
    that from which it is built.
    """
    chapter, *stories = [f'<a href="../{address}">{escape(title, quote=False)}</a>' for address, title in told]
    up = f'<p class="up">In the chapter {chapter}</p>'
    items = [f"<li>{chapter}, its chapter</li>", *(f"<li>{story}</li>" for story in stories)]
    told = _section("Where it is told", "<ul>\n" + "\n".join(items) + "\n</ul>")
    buttons, texts = _buttons(citations_of(catalogue()[id]), "cite", f' {CITES}="{id}.html"')
    report = report_link(id, version=version)
    error = f'<p class="report"><a href="{escape(report)}">Report an error in this entry</a></p>' if report else ""
    said = "" if site else f" <noscript>{RELATIVE}</noscript>"
    places = {CHAPTER: up, STORIES: told, ADDRESSES: said, CITE_BUTTONS: buttons, CITE_TEXTS: texts, BASE: site}
    for place, put in ({WHY: _why(id, why)} | places).items():
        page = page.replace(place, put)
    return page + error


def _why(id, why):
    """What its chapter says of an entry, with its links as they lead from here. It may speak of what stands there."""
    if not why:
        return ""
    here = relinked(re.sub(r'(?<=href=")#', f"{id.partition('.')[0]}.html#", why))
    asked = "<strong>Why?</strong> " * (catalogue()[id].kind == "derivation")
    return f'<div class="why">\n<p>{asked}In the words of its chapter:</p>\n{here.strip()}\n</div>\n'


def _former(entry):
    """The ids that an entry once had: who comes from one of them sees that this is it."""
    ids = [f"<code>{breakable(old)}</code>" for old in former_ids(entry.id)]
    return f'<p class="former">Formerly {in_a_row(ids)}</p>\n' if ids else ""


def _section(title, content, anchor=""):
    anchor = anchor or title.lower().replace(" ", "-")
    return f'<h2 id="{anchor}">{title}</h2>\n{content}' if content else ""


def _list(found, steps, statement):
    """Entries, each with the steps in which it is used."""
    items = []
    for id, numbers in found.items():
        entry, counted = catalogue()[id], [str(number) for number in numbers if number]
        places = [statement] if 0 in numbers else []
        if counted:
            places.append(f"{steps}{'s' * (len(counted) > 1)} {in_a_row(counted) if counted[1:] else counted[0]}")
        aside = ", ".join([f"<code>{breakable(id)}</code>", *filter(None, [" and ".join(places)])])
        items.append(f'<li><a href="{href(entry)}">{titled(entry)}</a> <span class="aside">{aside}</span></li>')
    shown = "<ul>\n" + "\n".join(items) + "\n</ul>" if items else ""
    if len(items) <= MANY:
        return shown
    return f'<details class="lemmas"><summary>{len(items)} entries</summary>\n{shown}\n</details>'


def _related(entry):
    """What is related to an entry, though neither uses the other."""
    return _section(RELATED_TITLES[isinstance(entry, Theorem)], _list(dict.fromkeys(related(entry), ()), "", ""))


def _lists(entry):
    """Where the picture of what is around an entry leads for the rest: at the left of a theorem is what is related."""
    return ("#related-results", LISTS[1]) if isinstance(entry, Theorem) else LISTS


def _copies(entry):
    """The texts to copy: a row of buttons, and, folded, the texts themselves, for those without scripts."""
    buttons, texts = _buttons(copies_of(entry), "copy")
    why = "".join(f'<p class="left-out">{escape(said)}</p>\n' for said in not_to_copy(entry, copies_of(entry)))
    row = f'<p class="copies" role="group" aria-label="Copy"><span>Copy</span> {buttons}{CITE_BUTTONS}</p>'
    return f'{row}\n{why}<details class="texts"><summary>The texts to copy</summary>\n{texts}{CITE_TEXTS}\n</details>'


def _buttons(copies, kind, more=""):
    """A button for each text to copy, and the texts. What is `more` said of each goes into its tag."""
    buttons, texts = [], []
    for number, copy in enumerate(copies):
        name, anchor = escape(copy.name), f"{kind}-{number}"
        buttons.append(f'<button type="button" class="copy" data-copies="{anchor}">{name}</button> ')
        to_site = f" {TO_SITE}" if copy.language == "uri" else more
        text = escape(copy.text, quote=False)
        code = f'<code id="{anchor}" class="language-{copy.language}"{to_site}>{text}</code>'
        texts.append(f'<p>{name}</p>\n<pre tabindex="0" role="group" aria-label="{name}">{code}</pre>')
    return "".join(buttons), "".join(texts)


def _files(entry):
    """The files to link to, and the lines that show the entry in another page."""
    endings = files_of(entry)
    links = [f'<a href="{address}">{name}</a>' for name, address in files_named(entry, endings).items()]
    why = "" if "svg" in endings else f" {NOT_DRAWN if entry.kind == 'counterexample' else WORDS_ONLY}"
    opened = OPENED if "mml" in endings else ""
    shown = "\n".join(
        f'<p>{line.name}:</p>\n'
        f'<div class="highlight"><pre tabindex="0"><code {TO_SITE}>{escape(line.text)}</code></pre></div>'
        for line in lines_elsewhere(entry, endings)
    )
    said = f"As files: {', '.join(links)}.{why}{opened} These lines show it in a page of yours.{ADDRESSES}"
    return f"<p>{said}</p>\n{shown}"
