"""Puts the proofs into the site: proofs/Softmax.v and so on, each chapter's file of Coq with what it needs, as `make
proofs` compiles them. The cards and the page Proved link to them.
"""

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the files."""
    for name, text in config.extra["made"]("proofs").items():
        files.append(File.generated(config, f"proofs/{name}.v", content=text))
    return files
