"""What a page asks for before it can be shown: one style sheet with the fonts of its text, and no script.

MkDocs links every sheet by itself, ten of them, and the theme's script runs before the page is shown, which on a slow
phone costs as long as the page itself. So the sheets are joined, and the theme's script is fetched at once but run by
`javascripts/later.js` when the page stands.
"""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from meanwhile import of_each
from mkdocs.exceptions import Abort
from written import keep

SHEET = re.compile(r'\s*<link rel="stylesheet" href="([^":]+\.css)">')
THEME_SCRIPT = re.compile(
    r'<script src="(/(?:[^"/]+/)*?|(?:\.\./)*)(assets/javascripts/bundle\.\w+\.min\.js)"></script>'
)
TEXT_FONT = re.compile(r'url\("([^"]*STIXTwoText[^"]*\.woff2)"\)')
INDENTED, NEW_LINE = re.compile(r"\s*\n\s*"), "\n"
JOINED = "assets/stylesheets/site.{}.css"


def on_post_build(config):
    site = Path(config.site_dir)
    root = urlsplit(config.site_url or "/").path  # 404.html is shown at any address, so it links from the root
    of_each(lambda pages: made_light(pages, site, root), sorted(site.rglob("*.html")))


def made_light(pages, site, root):
    """Write each page as it is to be fetched."""
    sheets = {}  # by the folder of a page and what it links: nearly all pages of a folder link the same
    for page in pages:
        text = page.read_text(encoding="utf-8")
        page.write_text(lighter(later(joined(text, page.parent, site, root, sheets), page)), encoding="utf-8")


def lighter(text):
    """The page without what the index of the search was told by, and without the theme's indentation."""
    text = text.replace(" data-search-exclude", "")
    before, article, rest = text.partition("<article")
    inside, end, after = rest.partition("</article>")
    return f"{INDENTED.sub(NEW_LINE, before)}{article}{inside}{end}{INDENTED.sub(NEW_LINE, after)}"


def joined(text, folder, site, root, sheets):
    """The page with one sheet for all that its head links."""
    head, end, body = text.partition("</head>")
    links = list(SHEET.finditer(head))
    if not links:
        return text
    linked = (folder, *(link[1] for link in links))
    if linked not in sheets:
        sheets[linked] = sheet_of(linked, site, root)
    first = links[0]
    base = first[1][: first[1].index("assets/")]
    rest = SHEET.sub("", head[first.end() :])
    return f'{head[: first.start()]}\n      <link rel="stylesheet" href="{base}{sheets[linked]}">{rest}{end}{body}'


def sheet_of(linked, site, root):
    """The address of the sheet for all that a page links: in the same order, so that the same rule wins."""
    folder, *links = linked
    sheets = [site / link.removeprefix(root) if link.startswith("/") else folder / link for link in links]
    styles = "\n".join(moved(sheet.resolve(), site.resolve()) for sheet in sheets)
    address = JOINED.format(hashlib.sha256(styles.encode()).hexdigest()[:8])
    keep(site / address, styles.encode())  # whole or not at all: two processes write it
    return address


def moved(sheet, site):
    """The rules of a sheet, to be read from the folder of the joined one; comments and indentation are for writers."""
    styles = sheet.read_text(encoding="utf-8")
    here = (site / JOINED).parent
    if sheet.parent != here:
        styles = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
        styles = re.sub(r"\s*\n\s*", "\n", styles)
        up = "../" * len(here.relative_to(site).parts)
        folder = sheet.parent.relative_to(site).as_posix()
        styles = re.sub(r'url\("(?!data:)', f'url("{up}{folder}/', styles)
        styles = TEXT_FONT.sub(lambda font: inside(here / font[1]), styles)
    return re.sub(r"/\*# sourceMappingURL=.*?\*/", "", styles).strip()


def inside(font):
    """A font as a part of the sheet: text that is shown in another font first jumps when its own arrives."""
    return f'url("data:font/woff2;base64,{base64.b64encode(font.read_bytes()).decode()}")'


def later(text, page):
    if "md-header" not in text:
        return text
    said, found = THEME_SCRIPT.subn(
        r'<link rel="preload" href="\1\2" as="script" fetchpriority="low">'
        r'<script src="\1javascripts/later.js" data-then="\1\2" defer></script>', text)
    if found != 1:
        raise Abort(f"{page.name} has {found} scripts of the theme where docs/hooks/speed.py knows one")
    return said
