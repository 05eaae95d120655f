"""What takes long to make is made first, and kept in .cache/made.sqlite: edited prose is shown in seconds."""

import gc
from pathlib import Path

from mkdocs.plugins import event_priority

EXTENSION = "derivations.site.placeholders"


def on_config(config):
    """For the Markdown extension, and for the other hooks as config.extra["made"]."""
    from derivations.site.ahead import Made  # only now: `mkdocs serve` imports it anew after an edit
    from derivations.site.kept import KeptValues, state_of_project

    made = Made(KeptValues(Path(config.config_file_path).parent / ".cache" / "made.sqlite", state_of_project()))
    config.extra["made"] = made
    config.mdx_configs[EXTENSION] = {"kept": made.kept, "card": made.card}
    gc.freeze()  # all this stays: neither need it be looked through, nor be copied for other processes
    gc.set_threshold(500_000, 20, 100)  # of the many small things of SymPy few are rings: to look for them took a tenth
    return config


def on_files(files, config):
    """Before the pages and the other hooks, which show it."""
    config.extra["made"].all_at_once()
    config.extra["made"].kept.save()
    return files


@event_priority(-100)  # after whatever else was made for the pages
def on_post_build(config):
    config.extra["made"].kept.save()
