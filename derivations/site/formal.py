"""What pages say of formal proofs: on the card of a result, and on the page of all that is proved."""

import re
from html import escape

from ..catalogue import CHAPTERS, catalogue
from ..engine.derivation import Derivation
from ..engine.entries import Counterexample, Theorem
from ..proving.cited import CITED_FILE, cited_theorems, statement_of_cited
from ..proving.compiling import AXIOMS
from ..proving.counterexamples import COUNTEREXAMPLES_FILE, VALUES, counterexamples, negation_text, value_files
from ..proving.files import chapter_of, definitions_of, derivations, library_files, module_name, statement_text
from ..proving.ledger import is_proved, meanings, proved
from ..proving.premises import instance_of
from ..proving.printing import definition_text, identifier
from ..writing.typeset import latex, statement
from .pieces import CITABLE, breakable, formula, href

FOLDER_OF_PROOFS = "proofs"
PAGE_OF_PROOFS, PAGE_OF_THEOREMS, PAGE_OF_MORE = "proved.html", "theorems.html", "theorems_of_variants.html"
CORE = CHAPTERS[:CHAPTERS.index("soft_labels")]  # their theorems stand on one page, those of variants on another
# Results of whose statements both forms are shown, side by side, with the definitions that they use.
SHOWN_IN_BOTH = ("softmax.gradient", "cross_entropy.gibbs", "bernoulli.score")


def coq_file(chapter: str) -> str:
    """A link to the file of a chapter in Coq."""
    name = f"{module_name(chapter)}.v"
    return f'<a href="{FOLDER_OF_PROOFS}/{name}" download>{name}</a>'


def chapters_with_a_file() -> set[str]:
    """The chapters that have a proof, or a definition that a proof of another needs."""
    return {chapter_of(one) for entry in proved() for one in (entry, *definitions_of(entry))}


def listing_in_coq(text: str) -> str:
    """Some lines of Coq. A line that is too wide goes on in the next. There are many arrows: they stay as they are."""
    written = escape(text, quote=False).replace("&gt;", ">")
    return f'<pre class="coq" data-search-exclude><code>{written}</code></pre>'


def _theorem_in_coq(entry, text):
    """A theorem as Coq reads it, at the place to which the card of its entry leads. Its name leads back."""
    named = re.sub(r"(?<=<code>Theorem )\w+", rf'<a {CITABLE}href="{href(entry)}">\g<0></a>', listing_in_coq(text))
    return named.replace("<pre ", f'<pre id="{identifier(entry.id)}" ', 1)


def formal_proof(entry: Derivation) -> str:
    """What a card says of the formal proof of a derivation; nothing if there is none. What is proved stands on a page
    of its own: chapters are long enough.
    """
    link = f'<a href="{place_of_proof(entry)}">Proved</a>'
    return f"{link} for all sizes. " if is_proved(entry) else ""


def page_of_theorem(entry: Derivation) -> str:
    """The page on which the theorem of a derivation stands."""
    return PAGE_OF_THEOREMS if entry.id.split(".")[0] in CORE else PAGE_OF_MORE


def place_of_proof(entry: Derivation | Counterexample | Theorem) -> str:
    """Where what is proved of an entry stands, as Coq reads it."""
    page = page_of_theorem(entry) if isinstance(entry, Derivation) else PAGE_OF_PROOFS
    return f"{page}#{identifier(entry.id)}"


def formal_refutation(entry: Counterexample) -> str:
    """The same of a counterexample: that its claim fails."""
    link = f'<a href="{place_of_proof(entry)}">proved</a>'
    return f" That it fails is {link}." if is_proved(entry) else ""


def formal_proof_by_hand(entry: Theorem) -> str:
    """What the card of a cited theorem says of a proof here: where it is, or that there is none."""
    link = f'<a href="{place_of_proof(entry)}">proved</a>'
    return f"Its formula is {link} here too, for all sizes." if is_proved(entry) else "No proof is given here."


def counted() -> tuple[int, int]:
    """How many derivations are proved, and how many there are."""
    return sum(map(is_proved, derivations())), len(derivations())


def proved_in_short() -> str:
    """How many derivations are proved, and on which axioms they rest."""
    many, every = counted()
    these = f"All {every}" if many == every else f"{many} of the {every}"
    return (f"<p><strong>{these} derivations have a formal proof. It holds for all sizes, and rests on no axioms but "
            f"{len(AXIOMS)} of Coq's standard library.</strong></p>")  # fmt: skip


def theorems_in_coq() -> str:
    """For each chapter of the core, folded, what is proved, as it stands in Coq, and the file with the proofs."""
    return _theorems_of(CORE)


def theorems_of_variants_in_coq() -> str:
    """The same of the other chapters."""
    return _theorems_of(CHAPTERS[len(CORE) :])


def _theorems_of(chapters):
    parts, files = [], chapters_with_a_file()
    for name in chapters:
        own = [entry for entry in derivations() if entry.id.startswith(f"{name}.")]
        shown = [_theorem_in_coq(entry, statement_text(entry)) for entry in own if is_proved(entry)]
        summary = f'<summary><code>{name}</code>: {len(shown)} of {len(own)}</summary>'
        file = f"<p>With definitions and proofs: {coq_file(name)}.</p>" if name in files else "<p>None yet.</p>"
        lines = "\n".join([summary, file, *shown])
        parts.append(f'<details class="theorems" data-search-exclude>{lines}\n</details>')
    return "\n".join(parts)


def counterexamples_in_coq() -> str:
    """The counterexamples that are proved, folded, and their file."""
    return _folded("Counterexamples", counterexamples(), negation_text, COUNTEREXAMPLES_FILE)


def cited_theorems_in_coq() -> str:
    """The cited theorems that are proved, folded, and their file."""
    return _folded("Cited theorems", cited_theorems(), statement_of_cited, CITED_FILE)


def _folded(title, entries, text_of, file_name):
    own = [entry for entry in entries if is_proved(entry)]
    shown = [_theorem_in_coq(entry, text_of(entry)) for entry in own]
    summary = f"<summary>{title}: {len(own)} of {len(entries)}</summary>"
    name = f"{file_name}.v"
    file = f'<p>With proofs: <a href="{FOLDER_OF_PROOFS}/{name}" download>{name}</a>.</p>' if own else ""
    lines = "\n".join([summary, file, *shown])
    return f'<details class="theorems" data-search-exclude>{lines}\n</details>'


def premises_met() -> str:
    """Of how many theorems it is shown that their premises can be met."""
    theorems = [entry for entry in derivations() if is_proved(entry)]
    met = sum(instance_of(entry) is not None for entry in theorems)
    return f"<p>The premises of {met} of the {len(theorems)} theorems are met together somewhere.</p>"


def not_proved() -> str:
    """The derivations without a formal proof, each a link."""
    left = [entry for entry in derivations() if not is_proved(entry)]
    if not left:
        return "<p>Every derivation is proved.</p>"
    names = [f'<a {CITABLE}href="{href(entry)}">{breakable(entry.id)}</a>' for entry in left]
    items = "\n".join(f"<li>{name}: no proof yet</li>" for name in names)
    summary = f"<summary>{len(left)} derivations that are checked, and not proved yet</summary>"
    return f'<details class="checked" data-search-exclude>{summary}\n<ul>\n{items}\n</ul></details>'


def library_in_coq() -> str:
    """The definitions that every theorem is stated with: what a sum, a product, a delta and a power is."""
    return listing_in_coq(meanings())


def numbers_in_coq() -> str:
    """What a computer's numbers are in Coq."""
    return listing_in_coq(meanings(VALUES))


def axioms_of_coq() -> str:
    """The axioms that the proofs rest on."""
    return "<ul>\n" + "\n".join(f"<li><code>{escape(name)}</code></li>" for name in sorted(AXIOMS)) + "\n</ul>"


def in_both() -> str:
    """Some results as they stand on these pages and in Coq, with their definitions, folded."""
    parts = []
    for id in SHOWN_IN_BOTH:
        entry = catalogue()[id]
        shown = [f"{formula(statement(entry))}\n{listing_in_coq(statement_text(entry))}"]
        for used in definitions_of(entry):
            written = formula(f"{latex(used.name)} = {latex(used.body)}")
            shown.append(f"{written}\n{listing_in_coq(definition_text(used))}")
        name = f'<a {CITABLE}href="{href(entry)}">{breakable(id)}</a>'
        parts.append(f"<details><summary>{escape(entry.title)}</summary>\n<p>{name}, and the definitions it uses:</p>\n"
                     + "\n".join(shown) + "\n</details>")  # fmt: skip
    return "\n".join(parts)


def files_to_download() -> str:
    """The files with what all chapters use."""
    names = [f"{file.name}.v" for file in [*library_files(), *value_files()]]
    return "<p>" + ", ".join(f'<a href="{FOLDER_OF_PROOFS}/{name}" download>{name}</a>' for name in names) + "</p>"
