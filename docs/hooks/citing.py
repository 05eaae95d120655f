"""The bibliography of the site: results.bib and results.csl.json, with an entry for each id and one for the whole work;
citations/CHAPTER.js, from which the card of a result copies its entry (docs/javascripts/citing.js); and, folded at the
end of each chapter, how to cite it.
"""

import html
import json

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the files."""
    from derivations.catalogue import CHAPTERS, catalogue  # only now: `mkdocs serve` imports it anew after an edit
    from derivations.reference.citing import bibliography, csl_text

    entries = list(catalogue().values())
    for name, content in {"results.bib": bibliography(entries), "results.csl.json": csl_text([None, *entries])}.items():
        files.append(File.generated(config, name, content=content))
    for name in CHAPTERS:
        cited = [entry for entry in entries if entry.id.startswith(f"{name}.")]
        files.append(File.generated(config, f"citations/{name}.js", content=citations_script(name, cited)))
    return files


def citations_script(chapter, entries):
    """A script that hands over the BibTeX entries of a chapter, by id. A script can be read also where the site is
    opened from the disk.
    """
    from derivations.reference.citing import bibtex

    found = {entry.id: bibtex(entry) for entry in entries}
    return f"cited({json.dumps(chapter)}, {json.dumps(found, ensure_ascii=False)});\n"


def on_page_content(content, page, config, files):
    """Puts the block at the end of a chapter."""
    from derivations.catalogue import CHAPTERS

    return content + block() if page.file.src_uri.removesuffix(".md") in CHAPTERS else content


def block():
    """How to cite the work, and where the entries of its results are."""
    from derivations.reference.citing import bibtex

    code = f'<pre tabindex="0" role="group" aria-label="BibTeX"><code>{html.escape(bibtex())}</code></pre>'
    each = (
        "Each result has an entry of its own, and its id is the key, for BibTeX in "
        '<a href="results.bib">results.bib</a> and as CSL-JSON in <a href="results.csl.json">results.csl.json</a>.'
    )
    return (
        '<details class="cite" data-search-exclude><summary>Cite this</summary>'
        f'<div class="highlight">{code}</div><p>{each}</p></details>'
    )
