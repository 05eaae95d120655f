"""The search finds what people type, and shows the formula.

The theme's search plugin indexes the text of the pages. But a formula is no text for it, and people call things by
other names than a page does. So here each section of the index that is an entry of the catalogue gets its statement,
in one line of Unicode, and the words of `derivations/search_words.py`. The words are also a field of their own, which
counts nearly as much as a title. A function of another library has all its names there. And an entry is found by its
formula, by its id and by what it supposes: `docs/javascripts/asked.js` compares what is typed with the rows of signs
and the conditions that stand here, which is nothing that a search for words could do.
"""

import json
import re
from html import escape
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

# A formula is split at its signs, a word at its hyphen and its full stop, but a number not at its point. The browser
# reads this as a regular expression too.
SEPARATOR = r"(?:[\s\-–−,:;!?=()\[\]\"/|·…^'_]|\.(?!\w))+"
# What a hit counts: in a title, in the words for it, in the text.
FIELDS = {"title": {"boost": 10}, "words": {"boost": 8}, "text": {"boost": 1}}
TOLD_WITHOUT_GAP = re.compile(r"(?<=[;{])(\w)=\1\+\w\+\w\.id(?=\}return \1\})")
NOTATION_PAGE, FOUND_FIRST = "notation.html", 4
HARDLY = 0.001
LOOKED_FOR = 2  # how much more an entry with words counts than one without


@event_priority(-50)  # after the search plugin has written its index, before `offline` copies it
def on_post_build(config):
    """Rewrite the index, which has formulas as bare text (unchanged.py)."""
    mend(Path(config.site_dir))
    path = Path(config.site_dir) / "search" / "search_index.json"
    if path.exists():
        index = rewritten(json.loads(path.read_text(encoding="utf-8")), config.extra["made"])
        index["docs"] += former()
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def mend(site):
    """A fault of Lunr, by which the theme searches: it takes the beginnings of two words for the same where one has
    digits, and then a search for 0 ends in an error. A node of its tree is told by its letters and the numbers of what
    follows, written without a gap; here a comma stands between.
    """
    for path in site.glob("assets/javascripts/workers/search.*.js"):
        text, found = TOLD_WITHOUT_GAP.subn(r'\g<0>+","', path.read_text(encoding="utf-8"))
        if found != 1:
            raise Abort(f"{path.name} has {found} places that docs/hooks/search.py mends; it knows one")
        path.write_text(text, encoding="utf-8")


def rewritten(index, made):
    """The index with what its sections that are entries say."""
    from derivations.catalogue import catalogue  # only now: `mkdocs serve` imports it anew when a derivation was edited
    from derivations.search_words import PHRASES, WORDS_OF_QUESTIONS
    from derivations.site.which.libraries import every_row
    from derivations.writing.asked import for_the_browser

    entries, rows = catalogue(), every_row()
    sections = []
    for section in index["docs"]:
        anchor = section["location"].partition("#")[2]
        if anchor in rows:
            told_of = named(section, rows[anchor])
        elif anchor in entries:
            told_of = told(section, made(f"entry {anchor}")["sought"])
            told_of |= {"phrases": PHRASES[anchor]} if anchor in PHRASES else {}
        elif section["location"] in WORDS_OF_QUESTIONS:
            words = " ".join(pieces(" ".join(WORDS_OF_QUESTIONS[section["location"]])))
            told_of = section | {"words": words, "boost": LOOKED_FOR}
        else:
            told_of = section
        sections.append(told_of | (symbols() if section["location"] == NOTATION_PAGE else {}))
    tables = for_the_browser() | {"conditions": made("conditions")}
    more = {"separator": SEPARATOR, "fields": FIELDS, "formulas": tables}
    return {"config": index["config"] | more, "docs": sections}


def former():
    """What ids of the past are found by: the pages that lead on. To all other words they count next to nothing."""
    from derivations.catalogue import RENAMED, WITHDRAWN
    from derivations.reference.work import page_address

    said = {old: f"Now called {new}." for old, new in RENAMED.items()}
    said |= {old: f"Withdrawn: {why}" for old, (why, _) in WITHDRAWN.items()}
    return [
        {"location": page_address(old), "title": old, "text": f"<p>{escape(text, quote=False)}</p>", "boost": HARDLY}
        for old, text in said.items()
    ]


def symbols():
    """What the page of the notation is found by: each symbol."""
    from derivations.notation import NOTATION
    from derivations.writing.asked import row_of_signs
    from derivations.writing.typeset import plain

    rows = [" ".join(row_of_signs(plain(entry.symbol)) or ()) for entry in NOTATION]
    return {"formula": {row: FOUND_FIRST for row in rows if row}}


def told(section, found):
    """A section of the index that is an entry: it says its statement, its words, and then the rest."""
    rest = " ".join(re.sub(r"<[^>]*>", " ", section["text"]).split()).removeprefix("The claim ")
    said = escape(found["said"], quote=False)
    parts = [
        f"{'False: ' if found['false'] else ''}{said}",
        f"Other words: {escape(', '.join(found['called']), quote=False)}." if found["called"] else "",
        rest.removeprefix(said.rstrip(".")).lstrip(". "),
    ]
    # One paragraph: of several, the search would show those only that have a word of the query.
    text = f"<p>{' · '.join(filter(None, parts))}</p>"
    boost = {"boost": section.get("boost", 1) * LOOKED_FOR} if found["called"] else {}
    words = new(" ".join((", ".join(found["called"]), *found["led_here"])), section["title"])
    # Of those that state the same, what more build on comes first.
    found_by = {"words": words, "formula": found["formula"], "users": found["users"]}
    return section | {"text": text} | found_by | boost


def named(section, row):
    """A section of the index that is about a function of another library, with all its names."""
    words = dict.fromkeys(pieces(" ".join((row.name, *row.also))))
    return section | {"words": " ".join(words), "boost": 1}


def new(words, title):
    """What the words have that the title has not, each once: otherwise who says a thing twice would be found first."""
    known = pieces(title)
    return " ".join(piece for piece in dict.fromkeys(pieces(words)) if piece not in known)


def pieces(text):
    """A text as the search splits it."""
    return [piece for piece in re.split(SEPARATOR, text.lower()) if piece]
