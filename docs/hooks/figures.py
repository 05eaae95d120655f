"""Writes what the figures need in the browser, below assets/figures: nobody loads it before a figure is touched."""

from mkdocs.structure.files import File


def on_files(files, config):
    from derivations.site.figures import FIGURES

    made = config.extra["made"]
    contents = {"vega": made("drawing library")} | {name: made(f"script {name}") for name in FIGURES}
    for name, content in contents.items():
        files.append(File.generated(config, f"assets/figures/{name}.js", content=content))
    return files
