"""The bibliography of the site: results.bib and results.csl.json, with an entry for each id and one for the whole work;
and, folded at the end of each chapter, how to cite it.
"""

import html

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the two files."""
    from derivations.catalogue import catalogue  # only now: `mkdocs serve` imports it anew after an edit
    from derivations.reference.citing import bibliography, csl_text

    entries = list(catalogue().values())
    for name, content in {"results.bib": bibliography(entries), "results.csl.json": csl_text([None, *entries])}.items():
        files.append(File.generated(config, name, content=content))
    return files


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
