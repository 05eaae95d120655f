"""Writes what the form above the list of all results looks through, as a script: it is read from a disk too. And the
list of all ids, those of the past too, which have their pages: the page for lost readers looks into it.
"""

import json

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds the files."""
    from derivations.catalogue import RENAMED, WITHDRAWN, catalogue  # only now: anew after an edit

    ids = json.dumps([*catalogue(), *RENAMED, *WITHDRAWN])
    files.append(File.generated(config, "ids.json", content=f"{ids}\n"))
    sought = json.dumps(config.extra["made"].sought(), ensure_ascii=False, separators=(",", ":"))
    files.append(File.generated(config, "javascripts/results_sought.js", content=f"window.sought={sought}\n"))
    return files
