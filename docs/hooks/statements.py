"""Writes what links to results show before they are followed: previews/CHAPTER.js, read when the first such link is
pointed at (docs/javascripts/previews.js).
"""

from mkdocs.structure.files import File


def on_files(files, config):
    """Adds a file for each chapter."""
    from derivations.catalogue import CHAPTERS  # only now: `mkdocs serve` imports it anew when a derivation was edited

    for name in CHAPTERS:
        content = config.extra["made"](f"previews {name}").replace(" data-search-exclude", "")
        files.append(File.generated(config, f"previews/{name}.js", content=content))
    return files
