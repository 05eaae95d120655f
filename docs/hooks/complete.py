"""Every entry of the catalogue stands once in the site, on the page of its chapter: a link to it leads somewhere."""

import re
from collections import Counter
from pathlib import Path

from mkdocs.exceptions import Abort

ANCHOR = re.compile(r'<h\d id="([a-z_]+\.[a-z_]+)"')


def on_post_build(config):
    from derivations.catalogue import catalogue  # only now: `mkdocs serve` imports it anew when a derivation was edited

    pages = {path.stem: path.read_text(encoding="utf-8") for path in Path(config.site_dir).glob("*.html")}
    shown = Counter((page, id) for page, text in pages.items() for id in ANCHOR.findall(text))
    for id in catalogue():
        page = id.partition(".")[0]
        if shown[page, id] != 1:
            times = f"{shown[page, id]} times" if shown[page, id] else "nowhere"
            raise Abort(f"docs/{page}.md shows {id} {times}; it takes {{{{ chain {id} }}}} (or key, or lemma), once.")
