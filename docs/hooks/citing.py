"""The bibliography of the site: results.bib and results.csl.json, with an entry for each id and one for the whole work;
citations/CHAPTER.js, from which the card of a result copies its entry (docs/javascripts/citing.js); and, folded at the
end of each chapter, how to cite it, and at the end of the page of losses, how to cite each that it works out.
"""

import html
import json

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the files."""
    for name, content in config.extra["made"].of_commit("bibliography", bibliographies).items():
        files.append(File.generated(config, name, content=content))
    return files


def bibliographies():
    """The files, by address."""
    from derivations.catalogue import CHAPTERS, catalogue  # only now: `mkdocs serve` imports it anew after an edit
    from derivations.reference.citing import bibliography, csl_text

    entries = list(catalogue().values())
    found = {"results.bib": bibliography(entries), "results.csl.json": csl_text([None, *entries])}
    for name in CHAPTERS:
        cited = [entry for entry in entries if entry.id.startswith(f"{name}.")]
        found[f"citations/{name}.js"] = citations_script(name, cited)
    return found


def citations_script(chapter, entries):
    """A script that hands over the BibTeX entries of a chapter, by id. A script can be read also where the site is
    opened from the disk.
    """
    from derivations.reference.citing import bibtex

    found = {entry.id: bibtex(entry) for entry in entries}
    return f"cited({json.dumps(chapter)}, {json.dumps(found, ensure_ascii=False)});\n"


def on_page_content(content, page, config, files):
    """Puts the block at the end of a chapter, or of the page of losses."""
    from derivations.catalogue import CHAPTERS
    from derivations.reference.work import PAGE_OF_LOSSES

    name = page.file.src_uri.removesuffix(".md")
    return content + (block() if name in CHAPTERS else block_of_losses() if name == PAGE_OF_LOSSES else "")


def block():
    """How to cite the work, and where the entries of its results are."""
    from derivations.reference.citing import bibtex

    each = (
        "Each result has an entry of its own, and its id is the key, for BibTeX in "
        '<a href="results.bib">results.bib</a> and as CSL-JSON in <a href="results.csl.json">results.csl.json</a>.'
    )
    return folded("Cite this", f"{shown(bibtex(), './')}<p>{each}</p>")


def block_of_losses():
    """How to cite each loss that is worked out on the page; the buttons of their cards copy it from here."""
    from derivations.any_loss.worked import WORKED
    from derivations.reference.citing import bibtex
    from derivations.reference.work import page_address

    said = "Each loss above has an entry. A loss of yours has none: cite the work, and say what you typed."
    entries = [shown(bibtex(one), page_address(id), f' id="cite-{id}"') for id, one in WORKED.items()]
    return folded("Cite these losses", f"<p>{said}</p>{''.join(entries)}")


def folded(title, content):
    return f'<details class="cite" data-search-exclude><summary>{title}</summary>{content}</details>'


def shown(text, address, more=""):
    """A citation of what is at an address, as seen from the page."""
    code = f'<code{more} data-cites="{address}">{html.escape(text, quote=False)}</code>'
    return f'<div class="highlight"><pre tabindex="0" role="group" aria-label="BibTeX">{code}</pre></div>'
