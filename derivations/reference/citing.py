"""Each result, and the whole work, as an entry of a bibliography: for BibTeX, for biblatex, and as CSL-JSON.

The id of a result is the key of its entry. An address is named where the environment says SITE_URL, and never guessed;
a page that somebody reads knows its own, and puts it in (docs/javascripts/site.js). A loss that a page works out
(derivations/any_loss/worked.py) is cited as an entry is.
"""

import json
import re
from collections.abc import Iterable

from ..writing.capitals import in_capital
from ..writing.documents import command, packages
from ..writing.options import NAME
from .work import AUTHOR, DOI, TITLE, VERSION_CITED, page_address, site_address, state

# What TeX reads as a command, and signs that not every TeX reads; the rest of a title is plain letters. No brace stands
# alone, not even with a stroke before it: BibTeX counts them.
ESCAPED = str.maketrans({
    "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}", "<": r"{\textless}",
    ">": r"{\textgreater}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "−": "{$-$}", "–": "--", "√": r"{$\surd$}", "“": "``", "”": "''",
})  # fmt: skip
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def bibtex(entry=None) -> str:
    """An entry for BibTeX, of fields that any style prints; of the whole work, where no result is given. Old styles
    such as `plain` know no field for an address, so the note has it, and a comment above says what package that needs.
    """
    return _below_packages(_bibtex(entry), "\n")


def _bibtex(entry=None):
    date, more = state()
    year, month, _ = (date or "--").split("-")
    said = ", ".join(part for part in (f"Version {VERSION_CITED}", more) if part)
    address = command("url", _in_braces(_address(entry))) if _address(entry) else ""
    note = ", ".join(filter(None, [_escaped(said), address]))
    fields = {"howpublished": _escaped(_place(entry)), "note": note, "year": year}
    return _written("misc", entry, _braced(fields) | {"month": month and MONTHS[int(month) - 1]})


def biblatex(entry=None) -> str:
    """An entry for biblatex, with its own fields for the version and the date."""
    date, more = state()
    fields = {"howpublished": _escaped(_place(entry)), "version": VERSION_CITED, "date": date or "",
              "note": _escaped(more.capitalize()), "url": _in_braces(_address(entry))}  # fmt: skip
    return _written("misc" if entry else "software", entry, _braced(fields))


def csl_json(entry=None) -> dict:
    """The same as a value for CSL-JSON, which Zotero, Pandoc and citeproc read."""
    date, more = state()
    part = {"genre": _part(entry), "container-title": TITLE} if entry else {}
    found = {"id": _key(entry), "type": "entry" if entry else "software", "title": _title(entry)} | part
    found |= {"author": [{"literal": AUTHOR}], "version": VERSION_CITED, "status": more}
    found |= {"issued": {"date-parts": [[int(number) for number in date.split("-")]]}} if date else {}
    found |= {"DOI": DOI, "URL": _address(entry)}
    return {name: value for name, value in found.items() if value}


def bibliography(entries: Iterable) -> str:
    """The whole work and each of the entries, for BibTeX."""
    return _below_packages("\n\n".join(map(_bibtex, (None, *entries))) + "\n", "\n\n")


def _below_packages(text, apart):
    """Entries below a comment that says what packages they need, if any."""
    above = packages(text)
    return f"{above}{apart}{text}" if above else text


def csl_text(entries: Iterable, ascii: bool = False) -> str:
    """Entries as a list of CSL-JSON, in plain letters if asked to; None stands for the whole work."""
    return json.dumps([csl_json(entry) for entry in entries], ensure_ascii=ascii, indent=1) + "\n"


def citations(entry) -> list[tuple[str, str, str]]:
    """What there is to copy in order to cite an entry: the name, the language and the text of each."""
    return [
        ("BibTeX", "bibtex", bibtex(entry)),
        ("biblatex", "bibtex", biblatex(entry)),
        ("CSL-JSON", "json", csl_text([entry]).rstrip()),
    ]


def _key(entry):
    return entry.id if entry else NAME


def _title(entry):
    return in_capital(entry.title) if entry else TITLE


def _part(entry):
    """What an entry is of the work: the id, with what kind of thing it names."""
    kind = "result" if entry.kind == "derivation" else entry.kind
    return f"{kind.capitalize()} {entry.id}"


def _place(entry):
    return f"{_part(entry)} of “{TITLE}”" if entry else ""


def _address(entry):
    """Where it stands on the site, if it is said where that is."""
    site = site_address()
    return site and (f"{site}{page_address(entry.id)}" if entry else site)


def _written(kind, entry, fields):
    """An entry of a .bib file, without the fields that have no value."""
    title = f"{{{_protected(_title(entry), entry.title if entry else TITLE)}}}"
    fields = {"author": f"{{{{{_escaped(AUTHOR)}}}}}", "title": title} | fields | _braced({"doi": DOI or ""})
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_key(entry)},", *lines, "}"])


def _in_braces(address):
    """An address is no text: packages print it letter by letter, and what would end the field is written as %XX."""
    return re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", address)


def _braced(fields):
    return {name: f"{{{value}}}" for name, value in fields.items() if value}


def _escaped(text):
    """Text as TeX reads it. ValueError for a sign that it is not known how to write."""
    found = text.translate(ESCAPED)
    if not found.isascii():
        raise ValueError(f"expected signs that are in ESCAPED of derivations/reference/citing.py, found {text!r}")
    return found


def _protected(title, typed):
    """A title whose names keep their capitals, where a style writes titles small. `typed` has no capital of the
    sentence: what begins with one there is a name.
    """
    words = []
    for word, original in zip(title.split(" "), typed.split(" "), strict=True):
        name = re.search("[A-Z]", original) and typed != TITLE
        words.append(f"{{{_escaped(word)}}}" if name else _escaped(word))
    return " ".join(words)
