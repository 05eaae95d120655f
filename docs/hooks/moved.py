"""Old addresses go on working: r/ID.html for each id of the past. That of a result with another id now leads on to it;
that of a withdrawn one says why it went, and what replaces it. Withdrawn ones are also named at the end of the chapter
that they stood in.
"""

import html
import re
from urllib.parse import urljoin

from mkdocs.structure.files import File, InclusionLevel

FOLDER = "r"
LISTED = re.compile(rf"\s*<url>\s*<loc>[^<]*/{FOLDER}/([^<]+)\.html</loc>.*?</url>", re.DOTALL)
HEAD = """---
title: {id}
description: {description}
search:
  exclude: true
hide:
  - toc
{more}---

# <code>{shown}</code>

"""
ERRATA = "What has changed, and why, is on the page [Errata](../errata.md).\n"


def on_files(files, config):
    """Adds the pages."""
    from derivations.catalogue import RENAMED, WITHDRAWN  # only now: `mkdocs serve` imports it anew after an edit

    pages = {old: moved_page(old, new) for old, new in RENAMED.items()}
    pages |= {id: withdrawn_page(id, *said) for id, said in WITHDRAWN.items()}
    for id, content in pages.items():
        file = File.generated(config, f"{FOLDER}/{id}.md", content=content, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
    return files


def on_page_context(context, page, config, nav):
    """A page that leads on is not the place to name: that is where it leads."""
    if page.canonical_url and (to := page.meta.get("leads_on")):
        page.canonical_url = urljoin(page.canonical_url, to)
    return context


def on_post_template(output_content, template_name, config):
    """The map of the site lists no page that leads on."""
    from derivations.catalogue import RENAMED

    def kept(found):
        return "" if found[1] in RENAMED else found[0]

    return LISTED.sub(kept, output_content) if template_name == "sitemap.xml" else output_content


def link(id):
    """A link to the page of a result. It is written by entries.py when MkDocs has checked all links: a test follows it.
    """
    return f'<a href="{id}.html"><code>{id}</code></a>'


def moved_page(old, new):
    """A page that leads on, by itself and by a link."""
    about = f"{old} is now called {new}."
    head = HEAD.format(id=old, shown=parted(old), description=about, more=f"leads_on: {new}.html\n")
    return f"{head}This result is now called {link(new)}.\n\n{ERRATA}"


def parted(id):
    """An id as a heading, in which there is room for none on a phone: it breaks between its words."""
    from derivations.site.pieces import breakable  # only now: `mkdocs serve` imports it anew after an edit

    return breakable(id, room=0)


def withdrawn_page(id, why, instead):
    """A page that stays: it says what the result stated, since when it is withdrawn, why, and what replaces it."""
    from derivations.reference.withdrawn import when_withdrawn
    from derivations.writing.capitals import in_capital

    about = f"The id {id} is withdrawn. What it stated, why it went, and where to go on."
    head = HEAD.format(id=id, shown=parted(id), description=about, more="")
    replaced = f"What replaces it: {link(instead)}.\n\n" if instead else ""
    return f"{head}**Withdrawn.** {in_capital(why)} {when_withdrawn(id)}\n\n{replaced}{stated(id)}{ERRATA}"


def stated(id):
    """What a withdrawn result stated, and when it held."""
    from derivations.reference.copies import holds_if
    from derivations.reference.withdrawn import once_stated
    from derivations.site.pieces import formula, words
    from derivations.writing.capitals import in_capital
    from derivations.writing.typeset import latex, statement

    if not (entry := once_stated().get(id)):
        return ""
    held = holds_if(entry).replace("holds", "held", 1)
    supposed = f"\n\nIt {words(held)}." if held else ""
    said = formula(statement(entry, latex), "what it stated")
    return f"## What it stated\n\n{in_capital(entry.title)}:\n\n{said}{supposed}\n\n"


def on_page_content(content, page, config, files):
    """Names the withdrawn ids at the end of the chapter that they stood in, with the anchors that they had."""
    from derivations.catalogue import WITHDRAWN

    chapter = page.file.src_uri.removesuffix(".md")
    gone = [id for id in WITHDRAWN if id.partition(".")[0] == chapter]
    return content + "".join(map(line, gone))


def line(id):
    from derivations.catalogue import WITHDRAWN
    from derivations.writing.capitals import in_capital

    said = html.escape(in_capital(WITHDRAWN[id][0]))
    return f'<p id="{id}">Withdrawn: <a href="{FOLDER}/{id}.html"><code>{id}</code></a>. {said}</p>'
