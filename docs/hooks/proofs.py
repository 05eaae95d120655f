"""Puts the proofs into the site: proofs/Softmax.v and so on, each chapter's file of Coq with what it needs, as `make
proofs` compiles them. The cards and the page Proved link to them.
"""

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the files."""
    from derivations.proving.ledger import files_proved  # only now: `mkdocs serve` imports it anew after an edit

    for file in files_proved():
        files.append(File.generated(config, f"proofs/{file.name}.v", content=file.text))
    return files
