"""Puts the fonts into the built site.

The mathematics font is 1.5 MB as it comes. Formulas need a tenth of it, so it is cut down while the site is built. It
is cut by blocks of characters, never by "the characters that are used now": a browser also draws glyphs that no page
spells out (the pieces of a tall bracket, the root sign, the small letters of an exponent), and the MATH table says
which.
"""

import hashlib
import io
from pathlib import Path

import fontTools
from fontTools import subset
from mkdocs.structure.files import File

FONTS = Path(__file__).parent.parent / "fonts"
MATH = FONTS / "STIXTwoMath-Regular.ttf"

# What is published, and from which file. The stylesheet and the page template name the same addresses.
PUBLISHED = {
    "assets/fonts/STIXTwoText.woff2": "STIXTwoText-Latin.woff2",
    "assets/fonts/STIXTwoText-Italic.woff2": "STIXTwoText-Latin-Italic.woff2",
    "assets/fonts/OFL.txt": "OFL.txt",
}
PUBLISHED_MATH = "assets/fonts/STIXTwoMath.woff2"

BLOCKS = {
    "Basic Latin": (0x0020, 0x007E),
    "Latin-1 Supplement": (0x00A0, 0x00FF),
    "Spacing Modifier Letters": (0x02B0, 0x02FF),
    "Combining Diacritical Marks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "General Punctuation": (0x2000, 0x206F),
    "Letterlike Symbols": (0x2100, 0x214F),
    "Arrows": (0x2190, 0x21FF),
    "Mathematical Operators": (0x2200, 0x22FF),  # the root sign is one of these
    "Ceilings and Floors": (0x2308, 0x230B),
    "Horizontal Brackets": (0x23B4, 0x23E1),
    "Geometric Shapes": (0x25A0, 0x25FF),
    "Mathematical Brackets and Long Arrows": (0x27C0, 0x27FF),
    # A browser draws the variable x, a plain letter in the page, as the italic letter of this block.
    "Bold, Italic, Bold Italic and Script Letters": (0x1D400, 0x1D503),
    "Double-Struck Letters": (0x1D538, 0x1D56B),
    "Dotless Letters": (0x1D6A4, 0x1D6A5),
    "Bold and Italic Greek": (0x1D6A8, 0x1D71B),
    "Bold Digits": (0x1D7CE, 0x1D7E1),
}

# The font features that laying out a formula asks for: smaller letters for exponents, dotless letters
# below an accent, flat accents, and the placing of marks. The others are a designer's alternatives.
FEATURES = ["ssty", "dtls", "flac", "ccmp", "mark", "mkmk", "kern"]


def on_files(files, config):
    """Adds the fonts to the files of the site. They are not below `assets/` in the project, so are made up here."""
    for address, name in PUBLISHED.items():
        files.append(File.generated(config, address, content=(FONTS / name).read_bytes()))
    cache = Path(config.config_file_path).parent / ".cache" / "fonts"
    files.append(File.generated(config, PUBLISHED_MATH, content=math_font(cache)))
    return files


def math_font(cache):
    """The mathematics font for the browser, from `cache` if nothing it depends on has changed: it takes 3 seconds."""
    made_from = MATH.read_bytes() + Path(__file__).read_bytes() + fontTools.version.encode()
    cached = cache / f"{hashlib.sha256(made_from).hexdigest()[:16]}.woff2"
    if not cached.exists():
        cache.mkdir(parents=True, exist_ok=True)
        for stale in cache.glob("*.woff2"):
            stale.unlink()
        unfinished = cached.with_suffix(".part")
        unfinished.write_bytes(cut(MATH))
        unfinished.replace(cached)  # whole or not at all, should somebody stop the build here
    return cached.read_bytes()


def cut(path):
    """The font with the characters of BLOCKS and everything that its MATH table reaches from them, as WOFF2."""
    options = subset.Options(
        flavor="woff2",
        layout_features=FEATURES,
        hinting=False,  # hints are for screens of the nineties and make up a tenth of the file
        name_IDs=[0, 1, 2, 4, 5, 6, 13, 14],  # its name, copyright and licence, which must stay with it
        recalc_timestamp=False,  # the same input gives the same file
    )
    options.drop_tables += ["DSIG"]  # the signature is of the whole font
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[character for first, last in BLOCKS.values() for character in range(first, last + 1)])
    written = io.BytesIO()
    with subset.load_font(str(path), options) as font:
        subsetter.subset(font)
        # By this measure a browser hangs an index below the tail of its letter, so that the indices of p_i and x_i
        # stand at different heights. TeX spares single letters that; with 0 a browser does too.
        font["MATH"].table.MathConstants.SubscriptBaselineDropMin.Value = 0
        subset.save_font(font, written, options)
    return written.getvalue()
