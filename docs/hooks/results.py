"""Writes what the form above the list of all results looks through, as a script: it is read from a disk too."""

import json

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the file."""
    sought = json.dumps(config.extra["made"].sought(), ensure_ascii=False, separators=(",", ":"))
    files.append(File.generated(config, "javascripts/results_sought.js", content=f"window.sought={sought}\n"))
    return files
