"""Writes what programs read of all results: catalogue.json with its schema, and results.tex with a document that uses
it. They depend on the package alone, and are kept in .cache as long as that is the same.
"""

import hashlib
import json
from pathlib import Path

from mkdocs.structure.files import File
from written import announce, keep, write

PACKAGE = Path(__file__).parent.parent.parent / "derivations"


def on_files(files, config):
    """Adds the files, which are written when all pages are there: they take the checks of everything."""
    from derivations.reference.record import SCHEMA_ADDRESS, SCHEMA_FILE  # only now: anew after an edit
    from derivations.reference.tex import FILE_OF_DOCUMENT, FILE_OF_RESULTS

    announce(files, config, ("catalogue.json", FILE_OF_RESULTS, FILE_OF_DOCUMENT))
    files.append(File.generated(config, SCHEMA_ADDRESS, content=SCHEMA_FILE.read_text(encoding="utf-8")))
    return files


def on_post_build(config):
    """Writes the files."""
    cached = Path(config.config_file_path).parent / ".cache" / "exports" / f"{fingerprint()}.json"
    write(config, kept(cached))


def fingerprint():
    """A digest of all that the files depend on."""
    from derivations.checking.records import versions
    from derivations.writing.options import version

    found = hashlib.sha256(json.dumps([version(), versions()]).encode())
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".json", ".txt", ".v")):
        found.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def kept(cached):
    """The files by address, made if they are not there yet."""
    try:
        return json.loads(cached.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        keep(cached, json.dumps(made := exports(), ensure_ascii=False).encode())
        for stale in set(cached.parent.glob("*.json")) - {cached}:
            stale.unlink(missing_ok=True)
        return made


def exports():
    """The files by address, made anew."""
    from derivations.catalogue import catalogue
    from derivations.reference.record import catalogue_record
    from derivations.reference.tex import FILE_OF_DOCUMENT, FILE_OF_RESULTS, document_tex, results_tex
    from derivations.writing.options import version

    entries = catalogue()
    written = json.dumps(catalogue_record(entries, version()), ensure_ascii=False, separators=(",", ":"))
    return {
        "catalogue.json": written,
        FILE_OF_RESULTS: results_tex(entries.values(), version()),
        FILE_OF_DOCUMENT: document_tex(entries.values()),
    }
