"""What a page asks for before it can be shown: one style sheet with the fonts of its text, and no script.

MkDocs links every sheet by itself, ten of them, and the theme's script runs before the page is shown, which on a slow
phone costs as long as the page itself. So the sheets are joined, and the theme's script is fetched at once but run by
`javascripts/later.js` when the page stands.
"""

import base64
import hashlib
import re
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from written import write

SHEET = re.compile(r'\s*<link rel="stylesheet" href="([^":]+\.css)">')
THEME_SCRIPT = re.compile(
    r'<script src="(/(?:[^"/]+/)*?|(?:\.\./)*)(assets/javascripts/bundle\.\w+\.min\.js)"></script>'
)
TEXT_FONT = re.compile(r'url\("([^"]*STIXTwoText[^"]*\.woff2)"\)')
INDENTED, NEW_LINE = re.compile(r"\s*\n\s*"), "\n"
JOINED = "assets/stylesheets/site.{}.css"
UNKNOWN = "00000000"  # in the place of a digest of the sheet, which holds fonts that are cut when all pages are there


@event_priority(100)  # before entries.py puts each entry into one of these pages
def on_post_page(output, page, config):
    return made_light(output, page.file.dest_uri, config)


def on_post_template(output_content, template_name, config):
    return made_light(output_content, template_name, config) if template_name.endswith(".html") else output_content


def on_post_build(config):
    """Write the sheet, and its address into each page."""
    site = Path(config.site_dir)
    styles = "\n".join(moved((site / sheet).resolve(), site.resolve()) for sheet in config.extra["sheets"])
    digest = hashlib.sha256(styles.encode()).hexdigest()[: len(UNKNOWN)]
    write(config, {JOINED.format(digest): styles})
    for page in site.rglob("*.html"):
        addressed(page, JOINED.format(UNKNOWN).encode(), JOINED.format(digest).encode())


def made_light(text, address, config):
    """A page as it is to be fetched."""
    return lighter(later(joined(text, address, config), address))


def lighter(text):
    """The page without what the index of the search was told by, and without the theme's indentation."""
    before, article, rest = searched(text).partition("<article")
    inside, end, after = rest.partition("</article>")
    return f"{INDENTED.sub(NEW_LINE, before)}{article}{inside}{end}{INDENTED.sub(NEW_LINE, after)}"


def searched(text):
    """Without the marks of what the search is not to read."""
    return text.replace(" data-search-exclude", "")


def joined(text, address, config):
    """The page with one sheet for all that its head links, in the same order, so that the same rule wins."""
    head, end, body = text.partition("</head>")
    links = list(SHEET.finditer(head))
    if not links:
        return text
    first = links[0]
    base = first[1][: first[1].index("assets/")]  # 404.html is shown at any address, so it links from the root
    sheets = [link[1].removeprefix(base) for link in links]
    if config.extra.setdefault("sheets", sheets) != sheets:
        raise Abort(f"{address} links other sheets than the pages before it, and docs/hooks/speed.py joins one for all")
    rest = SHEET.sub("", head[first.end() :])
    sheet = f'<link rel="stylesheet" href="{base}{JOINED.format(UNKNOWN)}">'
    return f"{head[: first.start()]}\n      {sheet}{rest}{end}{body}"


def addressed(page, unknown, address):
    """Write an address into a page, in the place of one that is as long."""
    with page.open("r+b") as file:
        place = file.read().find(unknown)
        if place >= 0:
            file.seek(place)
            file.write(address)


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


def later(text, address):
    if "md-header" not in text:
        return text
    said, found = THEME_SCRIPT.subn(
        r'<link rel="preload" href="\1\2" as="script" fetchpriority="low">'
        r'<script src="\1javascripts/later.js" data-then="\1\2" defer></script>', text)
    if found != 1:
        raise Abort(f"{address} has {found} scripts of the theme where docs/hooks/speed.py knows one")
    return said
