"""Writes what programs read of all results: catalogue.json with its schema, and results.tex with a document that uses
it.
"""

import json

import version
from mkdocs.structure.files import File
from written import announce, write


def on_files(files, config):
    """Adds the files, which are written when all pages are there: they take the checks of everything."""
    from derivations.reference.record import SCHEMA_ADDRESS, schema  # only now: anew after an edit
    from derivations.reference.tex import FILE_OF_DOCUMENT, FILE_OF_RESULTS
    from derivations.site.records import all_citations

    config.extra["made"].of_commit("entries", all_citations)  # now: what is made beside the pages reads it then
    announce(files, config, ("catalogue.json", FILE_OF_RESULTS, FILE_OF_DOCUMENT))
    said = f"{json.dumps(schema(config.site_url or ''), ensure_ascii=False, indent=1)}\n"
    files.append(File.generated(config, SCHEMA_ADDRESS, content=said))
    return files


def on_post_build(config):
    """Writes the files."""
    from derivations.site.records import all_citations, completed

    made = config.extra["made"].exports(version.commit(config))
    told, cited = config.extra["told_in"].__getitem__, config.extra["made"].of_commit("entries", all_citations)
    where = config.site_url or "", version.said(config)
    made["catalogue.json"] = completed(made["catalogue.json"], told, cited, *where)
    write(config, made)
