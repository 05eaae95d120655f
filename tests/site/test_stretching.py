"""The cut mathematics font draws what the whole one draws: compared by pixels, stretched signs above all.

A font that was cut to the characters in use once dropped the square root silently: the character was there, but not
the taller glyphs that its MATH table names.
"""

import base64
import functools

import pytest
from pages import hook

from derivations.site.pieces import mathml

pytestmark = pytest.mark.browser

TALL = r"\frac{\frac{x_k}{y}}{\frac{a}{b}}"
HIGHER = rf"\frac{{{TALL}}}{{{TALL}}}"
STRETCHED = {
    **{f"{name}, {size}": rf"\left{left} {inside} \right{right}"
       for name, left, right in (("round", "(", ")"), ("square", "[", "]"), ("curly", r"\{", r"\}"), ("bars", "|", "|"))
       for size, inside in (("one", "x"), ("tall", TALL), ("higher", HIGHER))},
    "ceiling and floor": rf"\left\lceil {TALL} \right\rceil \left\lfloor {TALL} \right\rfloor",
    "angles": rf"\left\langle {TALL} \right\rangle",
    "roots": rf"\sqrt{{x}} + \sqrt{{{TALL}}} + \sqrt{{{HIGHER}}}",
    "sums and products": r"\sum_{k=1}^{K} y_k \prod_{i=1}^{n} p_i \int f",
    "braces": r"\underbrace{a + b + c + d + e + f}_{n} \overbrace{a + b + c + d + e + f}^{n}",
    "bars over wide things": r"\overline{a + b + c + d} + \bar{p} + \widehat{x y z} + \hat{p} + \tilde{\eta}",
    "arrows": r"a \xrightarrow{a + b + c + d} b \rightarrow c \leftarrow d",
    "exponents": r"e^{-x^{2^{n'}}} \sigma(z)^{y_i} \tilde{p}_{k_m} \alpha^{\beta^{\gamma}}",
}
SHOWN = """<!doctype html><meta charset="utf-8"><style>@font-face {{ font-family: M; src: url({font}) }}
math {{ font: 40px M }}</style><body>{formulas}"""


@functools.cache
def fonts():
    return hook("fonts")


def whole():
    return (fonts().FONTS / fonts().MATH).read_bytes()


def pictures(browser, font):
    """A picture of each formula, drawn with that font."""
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    formulas = "".join(f"<p>{mathml(latex, True)}</p>" for latex in STRETCHED.values())
    page.set_content(SHOWN.format(font=f"data:font/ttf;base64,{base64.b64encode(font).decode()}", formulas=formulas))
    page.evaluate("document.fonts.load('40px M').then(() => true)")
    assert page.evaluate("document.fonts.check('40px M') && [...document.fonts][0].status") == "loaded"
    taken = dict(zip(STRETCHED, (formula.screenshot() for formula in page.locator("math").all()), strict=True))
    page.close()
    return taken


@pytest.fixture(scope="module")
def drawn_whole(browser):
    """By the whole font, with the one measure changed that the cut one changes, and hints left out."""
    return pictures(browser, fonts().cut(fonts().MATH, "".join(map(chr, range(0x20, 0x1F000)))))


def different(some, others):
    return [name for name in STRETCHED if some[name] != others[name]]


def test_the_cut_font_draws_what_the_whole_one_draws(browser, drawn_whole, built_site):
    cut = (built_site / "assets" / "fonts" / "STIXTwoMath.woff2").read_bytes()
    assert different(pictures(browser, cut), drawn_whole) == []


def test_what_a_font_without_stretched_signs_draws_is_seen(browser, drawn_whole, monkeypatch):
    monkeypatch.setattr(fonts(), "SIGNS", "")
    without_root = fonts().cut(fonts().MATH, "abc")
    found = different(pictures(browser, without_root), drawn_whole)
    assert {"roots", "sums and products"} <= set(found)
