"""Draws the picture of a page that is shown where somebody shares a link: its title, key formula and description.

Material's own plugin for this fetches fonts from another host, and matplotlib would bring six packages along; Pillow
is one. The formula is the first that the page gives in its answer, from the catalogue, in the signs of the terminal.
Where it needs more than indices and limits, or more room than there is, it is left out.
"""

import hashlib
import html
import io
import re
import unicodedata
from functools import cache, partial
from itertools import groupby
from pathlib import Path

import PIL
from fontTools.ttLib import TTFont
from meanwhile import of_each
from mkdocs.structure.files import File
from PIL import Image, ImageDraw, ImageFont
from written import keep

FONTS = Path(__file__).parent.parent / "fonts"
WIDTH, HEIGHT, MARGIN = 1200, 630, 90
PAPER, INK, QUIET, WARM = "#fdfcf9", "#23262b", "#5a5f68", "#91411f"  # as in docs/stylesheets/book.css
KEY = re.compile(r'class="answer".*?\{\{ result (\S+) \}\}', re.DOTALL)
ALONE = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")


def on_env(env, config, files):
    """Adds the pictures: only now all pages have their titles and descriptions."""
    folder = Path(config.config_file_path).parent / ".cache" / "previews"
    values = config.extra["made"].kept
    pages = [file.page for file in files.documentation_pages() if file.page.meta.get("description")]
    said = [(title_of(page), config.site_name, page.meta["description"], formula_of(page.markdown, values))
            for page in pages]  # fmt: skip
    of_each(partial(keep_all, folder), [one for one in said if not drawn(folder, one).exists()])
    used = set()
    for page, one in zip(pages, said, strict=True):
        used.add(cached := kept(folder, one))
        address = f"assets/previews/{page.file.dest_uri.removesuffix('.html')}.png"
        files.append(File.generated(config, address, content=cached.read_bytes()))
        page.meta |= {"preview": address, "preview_title": one[0]}
    forget(folder, used)
    return env


def kept(folder, said):
    """Where the picture is kept in a folder, drawn if it is not there yet."""
    cached = drawn(folder, said)
    if not cached.exists():
        keep(cached, picture(*said))
    return cached


def keep_all(folder, those):
    for said in those:
        kept(folder, said)


def drawn(folder, said):
    """Where a picture of that is kept, or will be."""
    return folder / f"{fingerprint(said)}.png"


def forget(folder, used):
    """Remove from a folder the pictures that nothing shows any more."""
    for stale in set(folder.glob("*.png")) - used:
        stale.unlink(missing_ok=True)


def title_of(page):
    """What the page says at its head, which tells more than the one word of the navigation."""
    heading = next(iter(page.toc), None)
    return page.meta.get("title") or html.unescape(heading.title if heading else page.title)


def formula_of(markdown, kept):
    """The answer of a chapter in one line; nothing where there is none, or one with a power."""
    key = KEY.search(markdown)
    return kept.value(f"line {key[1]}", lambda: in_one_line(key[1])) if key else ""


def in_one_line(id):
    """What an entry states, for a picture; nothing where it is false, said in words, or has a power."""
    from derivations.catalogue import find  # only now: `mkdocs serve` imports it anew when a derivation was edited
    from derivations.writing.typeset import plain, statement

    written = statement(find(id), plain) if find(id).kind in ("derivation", "definition") else ""
    return "" if "^" in written else written


def fingerprint(said):
    """Changes with whatever a picture depends on."""
    return hashlib.sha256(b"\0".join([*map(str.encode, said), drawn_with()])).hexdigest()[:16]


@cache
def drawn_with():
    """A digest of what draws the pictures, and of the fonts."""
    made_from = [Path(__file__).read_bytes(), PIL.__version__.encode()]
    return hashlib.sha256(b"\0".join([*made_from, *(path.read_bytes() for path in sorted(FONTS.iterdir()))])).digest()


def picture(title, site, description, formula):
    """The picture, as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 14, HEIGHT), fill=WARM)
    if site != title:
        draw.text((MARGIN, 70), site, QUIET, text_font(34))
    below = write(draw, title, 125, text_font(76, 600), INK)
    rest = lines_of(description, text_font(38))
    top = HEIGHT - 70 - 52 * len(rest)
    for size in range(58, 33, -2):
        runs = [(text, level, math_font(size if level == 0 else size * 2 // 3)) for text, level in runs_of(formula)]
        if place(runs, size, lambda *_: None) <= WIDTH - 2 * MARGIN:
            middle = (below + top) // 2
            place(runs, size, lambda x, y, *run: draw.text((MARGIN + x, middle + y), run[0], WARM, run[1], "ls"))
            break
    write(draw, description, top, text_font(38), INK)
    written = io.BytesIO()
    # Few colours, found the fast way: less than half the size in less time.
    image.quantize(32, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def write(draw, text, y, font, colour):
    """Text in as many lines as it takes; where the next line would stand."""
    for line in lines_of(text, font):
        draw.text((MARGIN, y), line, colour, font)
        y += font.size * 11 // 8
    return y


def lines_of(text, font):
    """The lines that a text takes."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if font.getlength(longer) <= WIDTH - 2 * MARGIN else [*lines, word]
    return lines


def runs_of(formula):
    """A formula in parts, each on the line (0), below (-1) or above it (1): ∑ₖ zₖ is ∑, k below, z, k below."""
    signs = []
    for group, one, sign in re.findall(r"_\{(\w+)\}|_(\w)|(.)", formula):
        script = unicodedata.decomposition(sign).partition(" ")[0] if sign else "<sub>"
        level = {"<sub>": -1, "<super>": 1}.get(script, 0)
        signs += [(unicodedata.normalize("NFKC", each) if level else each, level) for each in group or one or sign]
    parts = [("".join(sign for sign, _ in part), level) for level, part in groupby(signs, lambda each: each[1])]
    return [(italic(text, re.compile("[A-Za-z]") if level else ALONE), level) for text, level in parts]


def italic(text, letters):
    """The text with its variables in the characters that mathematics has for them."""
    return letters.sub(lambda found: unicodedata.lookup(NAMES.get(found[0], name_of(found[0]))), text)


NAMES = {"h": "PLANCK CONSTANT"}  # the one italic letter that stands elsewhere


def name_of(letter):
    return f"MATHEMATICAL ITALIC {'SMALL' if letter.islower() else 'CAPITAL'} {letter.upper()}"


def place(runs, size, draw):
    """Draws the parts from left to right, what stands below and above one over the other; the width it takes."""
    line = end = 0
    for text, level, font in runs:
        line = line if level else end
        draw(line, -level * size * (2 if level > 0 else 1) // 5, text, font)
        end = max(end, line + font.getlength(text))
        line = line if level else end
    return end


@cache
def text_font(size, weight=400):
    """The font of the text. Its file is compressed as browsers take it."""
    plain = io.BytesIO()
    with TTFont(FONTS / "STIXTwoText-Latin.woff2") as font:
        font.flavor = None
        font.save(plain)
    plain.seek(0)
    font = ImageFont.truetype(plain, size)
    font.set_variation_by_axes([weight])
    return font


@cache
def math_font(size):
    return ImageFont.truetype(FONTS / "STIXTwoMath-Regular.ttf", size)
