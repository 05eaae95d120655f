"""Puts the fonts into the built site, each cut to the characters that the pages use.

That is done when all pages are written: only then are their characters known. "The characters used now" alone would
draw gaps: a browser also draws glyphs that no page spells out (the italic letter of a variable, the pieces of a tall
bracket, the small letters of an exponent). So the letters of a formula are kept in both shapes, and the MATH table
says the rest. Printable ASCII is always there, for what a script writes.
"""

import hashlib
import html
import io
import re
from pathlib import Path

import fontTools
from fontTools import subset
from meanwhile import of_each

FONTS = Path(__file__).parent.parent / "fonts"

# What is published, and from which file. The stylesheet and the page template name the same addresses.
MATH = "STIXTwoMath-Regular.ttf"
PUBLISHED = {
    "assets/fonts/STIXTwoText.woff2": "STIXTwoText-Latin.woff2",
    "assets/fonts/STIXTwoText-Italic.woff2": "STIXTwoText-Latin-Italic.woff2",
    "assets/fonts/STIXTwoMath.woff2": MATH,
}
LICENCE = "OFL.txt"

ASCII = range(0x20, 0x7F)
BEYOND_ASCII, NAMED = re.compile(r"[^\x00-\x7f]"), re.compile(r"&#?\w+;")
GREEK = range(0x3B1, 0x3CA)
# What stretches, or a formula written by a script may want next: cheap, and a gap would be drawn silently.
SIGNS = "()[]{}|‖⟨⟩⌈⌉⌊⌋√∑∏∫¯ˉ‾^ˆ~˜→←↦⇒⇔⏞⏟−±×·≤≥≠≈∞∂∇∈′…\u2061\u2062\u2063\u2064"
SIGNS += "\u0302\u0303\u0304\u0305\u0307\u0332\u20d7"  # hats, tildes, bars, dots and arrows over something wide
# A browser draws the variable x, a plain letter in the page, as the italic letter of these blocks.
ITALICS = [*range(0x1D434, 0x1D468), 0x210E, 0x1D6A4, 0x1D6A5, *range(0x1D6E2, 0x1D71C)]

# The font features that laying out a formula asks for: smaller letters for exponents, dotless letters
# below an accent, flat accents, and the placing of marks. The others are a designer's alternatives.
FEATURES = {"ssty", "dtls", "flac", "ccmp", "mark", "mkmk", "kern", "liga"}


def on_post_build(config):
    """Writes the fonts beside the pages. From the cache, if nothing they depend on has changed: cutting takes 3 s."""
    site = Path(config.site_dir)
    cache = Path(config.config_file_path).parent / ".cache" / "fonts"
    used = characters(site)
    made_by = Path(__file__).read_bytes() + fontTools.version.encode() + used.encode()
    fresh = set()
    for address, name in PUBLISHED.items():
        digest = hashlib.sha256((FONTS / name).read_bytes() + made_by).hexdigest()
        cached = cache / f"{digest[:16]}.woff2"
        fresh.add(cached)
        put(site / address, cached.read_bytes() if cached.exists() else kept(cut(name, used), cached))
    put(site / "assets" / "fonts" / LICENCE, (FONTS / LICENCE).read_bytes())
    for stale in set(cache.glob("*.woff2")) - fresh:
        stale.unlink()


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def kept(content, cached):
    unfinished = cached.with_suffix(".part")
    put(unfinished, content)
    unfinished.replace(cached)  # whole or not at all, should somebody stop the build here
    return content


def characters(site):
    """Every character of the pages, and of the scripts of this site, which write into them."""
    used = set().union(*of_each(characters_of, sorted(site.rglob("*.html"))))
    return "".join(sorted(used.union(*(path.read_text(encoding="utf-8") for path in site.glob("javascripts/**/*.js")))))


def characters_of(pages):
    """Every character of some pages beyond ASCII, which is always there."""
    used, named = set(), set()
    for page in pages:
        text = page.read_text(encoding="utf-8")
        used.update(BEYOND_ASCII.findall(text))
        named.update(NAMED.findall(text))
    return used | set(html.unescape("".join(named)))


def cut(name, used):
    """The font with those characters and everything that its MATH table reaches from them, as WOFF2."""
    options = subset.Options(
        flavor="woff2",
        layout_features=sorted(FEATURES),
        hinting=False,  # hints are for screens of the nineties and make up a tenth of the file
        name_IDs=[0, 1, 2, 4, 5, 6, 13, 14],  # its name, copyright and licence, which must stay with it
        recalc_timestamp=False,  # the same input gives the same file
    )
    options.drop_tables += ["DSIG"]  # the signature is of the whole font
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={*map(ord, used), *ASCII})
    if name == MATH:
        subsetter.populate(unicodes={*map(ord, used + SIGNS), *ASCII, *GREEK, *ITALICS})
    written = io.BytesIO()
    with subset.load_font(str(FONTS / name), options) as font:
        subsetter.subset(font)
        if name == MATH:
            # By this measure a browser hangs an index below the tail of its letter, so that the indices of p_i and x_i
            # stand at different heights. TeX spares single letters that; with 0 a browser does too.
            font["MATH"].table.MathConstants.SubscriptBaselineDropMin.Value = 0
        subset.save_font(font, written, options)
    return written.getvalue()
