"""Shows the source: a page for the program of each chapter and for its tests, and links to both from the chapter.

These pages are written here, while the site is built. They stand in no navigation and in no search index, which would
find every word twice.
"""

import posixpath
from functools import partial
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel

FOLDER = "source"
HEAD = """---
title: {title}
description: >-  # it may have a colon
  {description}
search:
  exclude: true
hide:
  - toc
---

# {heading}

{text}
"""
ROLES = {"derivations": "What derives this page", "tests": "What checks it"}

shown = {}  # the address of a page of source -> the file that it shows


def on_files(files, config):
    """Adds the pages: for each chapter, and the list of them all."""
    from derivations.catalogue import CHAPTERS  # only now: `mkdocs serve` imports it anew when a derivation was edited

    shown.clear()
    project, rows = Path(config.config_file_path).parent, []
    for chapter in CHAPTERS:
        if files.get_file_from_path(f"{chapter}.md"):
            title = title_of(project / "docs" / f"{chapter}.md")
            rows.append(f"| [{title}](../{chapter}.md) |")
            for path in sources_of(chapter, project):
                files.append(generated(config, f"{Path(path).stem}.md", page_of(path, chapter, title, config)))
                shown[f"{FOLDER}/{Path(path).stem}.md"] = project / path
                rows[-1] += f" [`{path}`]({Path(path).stem}.md) |"
    files.append(generated(config, "index.md", list_of(rows, config)))
    config.extra["made"].kept.fill(dict(listed(here) for here in shown))
    return files


def listed(here):
    """The code of a page as it is shown: what it is kept as, with how it is made and what it depends on."""
    from derivations.site.listings import code_key, listing  # only now: `mkdocs serve` imports it anew

    return f"listing {here}", (partial(listing, shown[here]), partial(code_key, shown[here]))


def title_of(path):
    """The title of a chapter: its first heading."""
    return next(line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# "))


def sources_of(chapter, project):
    """The files behind a chapter, as far as they are there."""
    paths = (f"derivations/{chapter}.py", f"tests/test_{chapter}.py")
    return [path for path in paths if (project / path).exists()]


def generated(config, name, content):
    return File.generated(config, f"{FOLDER}/{name}", content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def page_of(path, chapter, title, config):
    """The page of one file, but for the code, which is put in below: a placeholder in it is not meant for Markdown."""
    role = "derives" if path.startswith("derivations/") else "checks"
    what = {"derives": "Python source that derives", "checks": "tests that check"}[role]
    text = f"What {role} the page [{title}](../{chapter}.md). [All sources](index.md), to look at or to download."
    if config.extra.get("repository_files"):
        text += f" The same file [in the repository]({config.extra['repository_files']}{path})."
    description = f"The {what} the chapter {title}, file {path}, with line numbers, to read or to download."
    return HEAD.format(title=f"Source of {path}", description=description, heading=f"`{path}`", text=text)


def list_of(rows, config):
    """The page that lists them, and offers the whole source."""
    archive = config.extra["archive"]
    text = (
        "A program computes every formula of these pages. Here it is, chapter by chapter, each beside its tests.\n\n"
        "| chapter | derives it | checks it |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n\n"
        f"The whole source, with what builds this site, is one archive: [{archive['file']}]({archive['file']}).\n"
        f"It holds {archive['made_from']}."
    )
    if config.repo_url:
        text += f" It is developed [in its repository]({config.repo_url})."
    description = "The Python source of all derivations, each chapter with its tests, and as one archive to download."
    return HEAD.format(title="Source", description=description, heading="Source", text=text)


def on_page_content(content, page, config, files):
    """Puts the code into a page of source, and the links to it below a chapter."""
    here = page.file.src_uri
    if here in shown:
        name, job = listed(here)
        return content + config.extra["made"].kept.value(name, *job)
    behind = {address: path for address, path in shown.items() if address in pages_behind(here)}
    return content + links(page, behind, files) if behind else content


def pages_behind(address):
    chapter = posixpath.splitext(address)[0]
    return f"{FOLDER}/{chapter}.md", f"{FOLDER}/test_{chapter}.md"


def links(page, behind, files):
    """What stands at the end of a chapter."""
    parts = []
    for address, path in behind.items():
        target = files.get_file_from_path(address).url_relative_to(page.file)
        name = f"{path.parent.name}/{path.name}"
        parts.append(f'<p>{ROLES[path.parent.name]}: <a href="{target}"><code>{name}</code></a></p>')
    return f'<div class="made-from" data-search-exclude>{"".join(parts)}</div>'
