"""Tells MkDocs which derivations stand on a page, so that a strict build refuses a link to one that is gone.

MkDocs looks for anchors in the Markdown; the chains are not yet there when it looks.
"""

import re


def on_page_content(html, page, config, files):
    if page.present_anchor_ids is not None:  # it is None for a notebook
        page.present_anchor_ids.update(re.findall(r'<h3 id="([^"]+)"', html))
    return html
