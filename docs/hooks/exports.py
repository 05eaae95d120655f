"""Writes what programs read of all results: catalogue.json with its schema, and results.tex with a document that uses
it.
"""

import version
from mkdocs.structure.files import File
from written import announce, write


def on_files(files, config):
    """Adds the files, which are written when all pages are there: they take the checks of everything."""
    from derivations.reference.record import SCHEMA_ADDRESS, SCHEMA_FILE  # only now: anew after an edit
    from derivations.reference.tex import FILE_OF_DOCUMENT, FILE_OF_RESULTS

    announce(files, config, ("catalogue.json", FILE_OF_RESULTS, FILE_OF_DOCUMENT))
    files.append(File.generated(config, SCHEMA_ADDRESS, content=SCHEMA_FILE.read_text(encoding="utf-8")))
    return files


def on_post_build(config):
    """Writes the files."""
    write(config, config.extra["made"].exports(version.commit(config)))
