"""Puts the proofs into the site: proofs/Softmax.v and so on, each chapter's file of Coq with what it needs, as `make
proofs` compiles them. The cards and the page Proved link to them.
"""

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the files."""
    from derivations.proving.files import assumptions_file, chapter_files, library_files
    from derivations.proving.ledger import proved  # only now: `mkdocs serve` imports it anew after an edit

    chapters = chapter_files(proved())
    for file in [*library_files(), *chapters, assumptions_file(chapters)]:
        files.append(File.generated(config, f"proofs/{file.name}.v", content=file.text))
    return files
