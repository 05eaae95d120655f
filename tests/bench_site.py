"""How long a reader waits for the longest chapter, on a slow processor: ``make bench-site``. No test fails on a clock.

The page as it is, the same without mathematics, and the same with MathJax instead of finished formulas, in turn.
"Stands" is the first frame in which every formula is there, with its font. Only ratios within one run mean anything.
"""

import html
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from serving import ARGUMENTS, compressed

PROJECT = Path(__file__).parent.parent
PAGE = "softmax.html"
ROUNDS = 7
SLOW = 4
FORMULAS = {"as it is": "math", "without mathematics": ".formula-left-out", "with MathJax": "mjx-container"}
MATHJAX = "mathjax@3"  # of npm

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
# What asks for the mathematics font although no formula does.
ASKED = re.compile(r"""<link rel="preload"[^>]*STIXTwoMath[^>]*>|, '1em "STIX Two Math"'""")
WATCH = """(([chosen, expected]) => {
    window.stands = 0; window.jumps = 0; window.painted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        if (!entry.hadRecentInput) jumps += entry.value})).observe({type: 'layout-shift', buffered: true});
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
        if (entry.name === 'first-contentful-paint') painted = entry.startTime}))
        .observe({type: 'paint', buffered: true});
    const look = () => {
        const there = document.querySelectorAll(chosen).length >= expected && document.fonts.status === 'loaded';
        if (there) setTimeout(() => (stands = performance.now())); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})"""


def without_mathematics(page):
    return ASKED.sub("", FORMULA.sub('<span class="formula-left-out">x</span>', page))


def with_mathjax(page):
    def latex(found):
        told = re.search(r'<annotation encoding="application/x-tex">(.*?)</annotation>', found[0], re.DOTALL)
        # A small formula, as in a condition, carries no LaTeX of its own: its text is close to it.
        written = told[1] if told else re.sub(r"<[^>]*>", "", found[0])
        start, end = (r"\[", r"\]") if 'display="block"' in found[0] else (r"\(", r"\)")
        return f"<span>{start}{html.escape(html.unescape(written))}{end}</span>"

    script = '<script async src="mathjax/tex-chtml.js"></script></head>'
    return ASKED.sub("", FORMULA.sub(latex, page)).replace("</head>", script, 1)


def mathjax(folder):
    """MathJax's files for browsers, fetched once; None where they cannot be had."""
    kept = PROJECT / ".cache" / "mathjax"
    if not kept.exists() and shutil.which("npm"):
        packed = subprocess.run(["npm", "pack", "--silent", MATHJAX], cwd=folder, capture_output=True, text=True)
        if packed.returncode == 0:
            with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
                archive.extractall(folder, filter="data")
            kept.parent.mkdir(exist_ok=True)
            shutil.move(folder / "package" / "es5", kept)
    return kept if kept.exists() else None


def variants(site, folder):
    """A copy of the site for each way; what could not be made is None."""
    made = {}
    page = (site / PAGE).read_text(encoding="utf-8")
    for name, changed in (("as it is", page), ("without mathematics", without_mathematics(page)),
                          ("with MathJax", with_mathjax(page))):
        made[name] = folder / name.replace(" ", "-")
        shutil.copytree(site, made[name])
        (made[name] / PAGE).write_text(changed, encoding="utf-8")
    files = mathjax(folder)
    if files:
        shutil.copytree(files, made["with MathJax"] / "mathjax")
    else:
        made["with MathJax"] = None
    return made, len(FORMULA.findall(page))


def visit(browser, folder, chosen, expected):
    """One new reader: milliseconds to the first paint and until all stands, the shift, the bytes, the elements."""
    with compressed(folder) as (address, sent):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        page.add_init_script(f"{WATCH}({[chosen, expected]})")
        page.goto(address + PAGE)
        page.wait_for_function("window.stands", timeout=120_000)
        page.wait_for_load_state("networkidle")
        measured = page.evaluate("[painted, stands, jumps, document.querySelectorAll('*').length]")
        context.close()
    return [*measured, sum(sent.values()) / 1000]


def table(runs):
    """The medians, and how many times as long as the page itself, run by run."""
    yield f"{'':22}{'first paint':>12}{'stands':>10}{'ratio':>16}{'shift':>8}{'kB':>8}{'elements':>10}"
    for name in FORMULAS:
        if name not in runs:
            yield f"{name:22}  not measured: MathJax's files could not be had (npm pack {MATHJAX})"
            continue
        painted, stands, jumps, elements, size = (statistics.median(column) for column in zip(*runs[name]))
        ratios = sorted(other[1] / own[1] for other, own in zip(runs[name], runs["as it is"]))
        spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        yield f"{name:22}{painted:9.0f} ms{stands:7.0f} ms{spread:>16}{jumps:8.3f}{size:8.0f}{elements:10.0f}"


def main(site):
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        made, expected = variants(site, Path(temporary))
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        runs = {}
        for round in range(ROUNDS + 1):
            for name, folder in made.items():
                if folder:
                    measured = visit(browser, folder, FORMULAS[name], expected)
                    if round:  # the first warms up
                        runs.setdefault(name, []).append(measured)
        browser.close()
    print(f"{PAGE}: {expected} formulas, processor slowed {SLOW} times, {ROUNDS} rounds in turn, medians")
    print("\n".join(table(runs)))
    stands = {name: [run[1] for run in each] for name, each in runs.items()}
    ratio = statistics.median(a / b for a, b in zip(stands["as it is"], stands["without mathematics"]))
    print(f"It takes {ratio:.2f} times as long as without mathematics (wanted: at most 1.2)")
    if "with MathJax" in stands:
        ratio = statistics.median(a / b for a, b in zip(stands["with MathJax"], stands["as it is"]))
        print(f"MathJax takes {ratio:.2f} times as long (wanted: at least 6)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "site")
