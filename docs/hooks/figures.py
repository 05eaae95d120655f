"""Writes what the figures need in the browser, below assets/figures: nobody loads it before a figure is touched."""

from mkdocs.structure.files import File


def on_files(files, config):
    from derivations.site.figures.drawing import drawing_library
    from derivations.site.figures import FIGURES
    from derivations.site.figures.page import script

    contents = {"vega.js": drawing_library()} | {f"{name}.js": script(figure) for name, figure in FIGURES.items()}
    for name, content in contents.items():
        files.append(File.generated(config, f"assets/figures/{name}", content=content))
    return files
