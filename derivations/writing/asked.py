"""A formula as people ask for it: what they type and what is printed become the same row of signs.

`p_m - y_m`, `p - y` and `p̂[m]−y[m]` are all "p - y". Indices, bounds, accents, brackets and signs of multiplication
are left out: hardly anybody types them alike. The rewriting is data, so that the browser does the same
to a query as Python does to a formula (docs/hooks/search.py, docs/javascripts/asked.js).
"""

import re
import unicodedata
from contextlib import suppress
from itertools import pairwise

from ..engine.derivation import Derivation
from ..engine.entries import Convention, Counterexample, Definition, Hypothesis, Theorem
from ..engine.rules.definitions import unfold
from ..engine.terms import Quantity, RuleDoesNotApply
from .typeset import plain

# Letters as formulas of pages and papers have them, 𝑝: to be made plain ones before.
LETTERS_OF_FORMULAS = "[\U0001D400-\U0001D7FF]"
TYPED_RELATION = r"(?:[<>=≤≥⩽⩾]|\\[lg]eq?(?![a-z]))"
# Beside a relation, or in brackets: cross entropy >= entropy, exp(cross-entropy).
QUANTITIES_BY_NAME = (
    ("[cC]ross[- ]?[eE]ntropy", "H q p"), ("[eE]ntropy", "H q"), ("(?:KL|kl)(?:[- ][dD]ivergence)?", "kl q p"),
)  # fmt: skip
# Applied one after the other, to text whose accents stand apart (NFD). Both Python and JavaScript read them.
REWRITES = (
    # A prediction of other books is p here; a slope may be told by a stroke.
    ("y\u0302", "p"), (r"\\(?:hat|widehat)\s*\{?\s*y(?![a-zA-Z])\s*\}?", "p"),
    (r"\\?(?<![A-Za-z])(?:sigma|sigmoid|σ)\s*['′]\s*\(\s*([a-z])\s*\)", r" ∂σ/∂\1 "),
    (r"(?<![A-Za-z])logit\s*\(\s*([a-z])\s*\)", r" log (\1/(1-\1)) "),
    ("=\u0338", "≠"), ("[\u0300-\u036f]", ""),
    (r"\\(?:left|right|[bB]igg?[lr]?|quad|mathrm|mathbf|operatorname|text|displaystyle|hat|bar|tilde|widehat|limits"
     r"|cdot|times|top)(?![a-zA-Z])|\\[,;:! ]|['′]", " "),
    # A mean of other books is a sum here; its distribution, where it has no name, is q. Whoever has p(x) means p.
    (r"\\mathbb\s*\{?\s*E\s*\}?|𝔼", "E"),
    (r"(?<![A-Za-z])E\s*_\{?\s*(?:\w\s*(?:~|∼|\\sim)\s*)?([A-Za-z])\s*\}?\s*[\[(]\s*(-?)", r" \2 ∑ \1 ("),
    (r"(?<![A-Za-z])E\s*[\[(]\s*(-?)", r" \1 ∑ q ("), (r"(?<![A-Za-z])([pq])\s*\(\s*x\s*\)", r"\1"),
    # Of two distributions: KL(q || p), D_KL, H[q, p]. And the slope of a loss that is not named further.
    (r"([(\[][^()\[\]|‖∥]+)(?:\|\||‖|∥|\\\||\\(?:Vert|parallel)|\\mid\s*\\mid)([^()\[\]|‖∥]+[)\]])", r"\1,\2"),
    (r"(?<![A-Za-z])(?:D_?[\s{]*KL(?![A-Za-z])[\s}]*|KLD(?![A-Za-z]))", " kl "),
    (r"(?<![A-Za-z])(kl|KL|H|JS)\s*\[([^\[\]]*)\]", r" \1 (\2)"),
    (r"(?<![A-Za-z])[d∂]\s*[LJℓ]\s*/\s*([d∂])", r" d/\1"),
    (r"(?:∇|\\?(?<![A-Za-z])nabla)\s*_[\s{]*([A-Za-z])[\s}]*(?:[LJℓ](?![A-Za-z])(?:\s*\([^()]*\))?)?", r" d/d\1 "),
    *(pair for name, signs in QUANTITIES_BY_NAME for pair in (
        (rf"(?<![A-Za-z])(?:{name})(?=\s*\)|(?!\s*[(\[])(?![A-Za-z]).*{TYPED_RELATION})", f" {signs} "),
        (rf"({TYPED_RELATION}.*?(?<![A-Za-z]))(?:{name})(?![A-Za-z]|\s*[(\[])", rf"\1 {signs} "))),
    (r"(?<![A-Za-z])(?:np|numpy|jnp|torch|math|tf|nn|scipy|special|functional|F)\.(?=[a-z])", ""),
    (r",\s*(?:axis|dim|keepdims?)\s*=\s*-?\w+", ""),
    (r"log[_ -]?sum[_ -]?exp|(?<![A-Za-z])LSE(?![A-Za-z])", " log ∑ exp "),
    (r"log_?softmax", " log softmax "), (r"log_?sigmoid", " log σ "), (r"log1p\s*\(", " log (1 + "),
    (r"softmax\s*\(([^()]*)\)", r" exp (\1) / ∑ exp (\1)"),
    (r"\\?(?<![A-Za-z])[sS]um(?![A-Za-z])|Σ", "∑"), (r"\\?(?<![A-Za-z])prod(?![A-Za-z])|Π", "∏"), (r"\\int\b", "∫"),
    (r"_\{[^{}]*\}|_\([^()]*\)|[₀-₉ᵢⱼₖₗₘₙᵣₕᵤ₌]+|_[A-Za-z0-9]{1,3}(?![A-Za-z0-9])", ""),
    (r"([∑∏∫])\s*(?:\^\{[^{}]*\}|\^\([^()]*\)|\^\w|[⁰¹²³⁴-⁹ᴷⁿ]+)", r"\1 "),
    (r"([^\s(\[+\-*/])\[[A-Za-z0-9,: ]{1,9}\]", r"\1"),
    (r"(∑.*),\s*[ijklmcfhru]\s*\)", r"\1)"),
    (r"\\[dt]?frac\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", r"(\1)/(\2)"),
    (r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"(\1)/(\2)"),
    ("⁰", "^0"), ("¹", "^1"), ("²", "^2"), ("³", "^3"), ("ⁿ", "^n"), ("ᴷ", "^K"), (r"\*\*", "^"),
    (r"(?<![A-Za-z])e\s*\^", " exp "),
    ("[−–—]", "-"), ("[·⋅∗×*]", " "), ("==", "="), (r"<=|[⩽≦]|\\leq?(?:slant)?(?![a-z])", "≤"),
    (r">=|[⩾≧]|\\geq?(?:slant)?(?![a-z])", "≥"),
    (r"!=|\\neq?(?![a-z])", "≠"), (r"∂|\\(?:partial)", " d "), (r"\\infty", "∞"), (r"\\([A-Za-z]+)", r" \1 "),
)  # fmt: skip
KNOWN_SIGN = r"[A-Za-z]+|\d+(?:\.\d+)?|[α-ωΑ-Ωϕℓℒ]|[-+/^=<>≤≥≠!|∞√∑∏∫]"
SIGN = rf"{KNOWN_SIGN}|[^\s(){{}}\[\],.]"
GREEK_NAMES = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "eps": "ε", "zeta": "ζ",
    "lambda": "λ", "rho": "ρ", "phi": "φ", "varphi": "φ", "sigma": "σ", "ell": "ℓ", "theta": "θ", "ϕ": "φ",
}  # fmt: skip
# Names of more than two letters that a formula has; any other such word tells that it is none.
FUNCTION_NAMES = {
    "ln": "log", "log2": "log", "sigmoid": "σ", "expit": "σ", "softplus": "ζ", "sqrt": "√", "kl": "kl",
} | {name: name for name in (
    "log exp softmax nll pnll ppl unif fl max min mean diag tanh sin cos".split()
)}  # fmt: skip
FROM_OTHER_SIDE = {"=": "=", "<": ">", ">": "<", "≤": "≥", "≥": "≤", "≠": "≠"}  # a relation, said from its other side
SIDES_BETWEEN = (*FROM_OTHER_SIDE,)
OPERATIONS = (*SIDES_BETWEEN, *"-+/^√∑∏∫", "log", "exp", "σ", "ζ", "max", "min", "kl", "nll", "diag")
# Words that say nothing of what is looked for.
LITTLE_WORDS = (
    "a an and are as at be by do does for from how i in into is it its my of on or should than that the this to was "
    "what when where which why with you"
).split()
# What a row counts: of a result and of a definition; of a result with its names unfolded; and found with other letters.
STATED_COUNTS, UNFOLDED_COUNTS, OTHER_LETTERS_COUNT = (1, 1.3), 0.8, 0.6
OF_TWO = ("kl",)  # a quantity of distributions whose name is no capital
SLOPES_OF = "d / d ", "d nll / d "  # how the slope of a loss begins that nobody named: dL/dz
LONGEST_ROW = 60  # signs of a formula with its names unfolded: nobody types a longer one


def row_of_signs(text: str) -> list[str] | None:
    """A formula as a row of signs; None if the text is none, as it has words, or signs that no formula has."""
    text = re.sub(LETTERS_OF_FORMULAS, lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = unicodedata.normalize("NFD", text)
    for pattern, new in REWRITES:
        text = re.sub(pattern, new, text, flags=re.ASCII)
    row = []
    for sign in re.findall(SIGN, text, flags=re.ASCII):
        name = sign.lower()
        if name in GREEK_NAMES or name in FUNCTION_NAMES:
            row.append(GREEK_NAMES.get(name) or FUNCTION_NAMES[name])
        elif re.fullmatch("[A-Za-z]{3,}", sign) or not re.fullmatch(KNOWN_SIGN, sign, flags=re.ASCII):
            return None
        else:
            row += sign if re.fullmatch("[A-Za-z]{2}", sign) else [sign]
    return row


def asked_formula(query: str) -> list[str] | None:
    """The row of a query that asks for a formula: for a relation or an operation, or for a sign that is no word."""
    row, words = row_of_signs(query) or [], [word.lower() for word in re.findall("[A-Za-z]+", query)]
    bare = re.fullmatch(r"[A-Za-z\d\s.-]*", query) is not None
    if len(row) == 1:
        return row if not bare or words[0:1] and words[0] in GREEK_NAMES else None
    if bare and any(len(word) == 2 and word not in FUNCTION_NAMES for word in words):
        return None  # two letters with nothing but words beside them are a word: vs, of, is
    return row if re.search(r"[(\[]", query) or any(sign in OPERATIONS for sign in row) else None


def names_rule(query: str, rule: str) -> bool:
    """Whether all words of a query are of the name of a rule: linearity of the sum, kronecker."""
    words = {word for word in re.split(r"[\s_]+", query.casefold()) if word} - {*LITTLE_WORDS}
    return bool(words) and words <= {*rule.split("_")}


def for_the_browser() -> dict:
    """What JavaScript needs to do the same: the rewriting, and which signs are what."""
    return {
        "rewrites": [[pattern, re.sub(r"\\(\d)", r"$\1", new)] for pattern, new in REWRITES],
        "letters": LETTERS_OF_FORMULAS, "sign": SIGN, "known": KNOWN_SIGN, "names": FUNCTION_NAMES | GREEK_NAMES,
        "greek": [*GREEK_NAMES],
        "signs": OPERATIONS, "relations": SIDES_BETWEEN, "renamed": OTHER_LETTERS_COUNT, "of_two": OF_TWO,
        "little": LITTLE_WORDS, "turned": FROM_OTHER_SIDE, "slopes_of": SLOPES_OF,
    }  # fmt: skip


def rows_of(entry, words=()) -> dict[str, float]:
    """What an entry states, each statement as a row, with what it counts: a definition more than a result, and less
    what is found only when the names in a result are unfolded. `words` are what people call it: some are formulas.
    """
    if isinstance(entry, (Definition, Derivation)):
        relation = {"<=": "≤", ">=": "≥"}.get(entry.relation, entry.relation)
        stated = [f"{_row(plain(entry.name))} {relation} {_row(plain(entry.result))}"]
        unfolded = [_row(plain(_unfolded(entry.result)))]
    else:
        stated, unfolded = [_row(text) for text in map(plain, _statements(entry))], []
    called = [" ".join(asked_formula(word) or ()) for word in words if re.search(r"[-+/^=()]", word)]
    weighed = [(STATED_COUNTS[isinstance(entry, Definition)], stated), (1, called), (UNFOLDED_COUNTS, unfolded)]
    rows = {}
    for weight, found in weighed:
        for row in found:
            if row and row.count(" ") < LONGEST_ROW and not any(row in other for other in rows):
                rows[row] = weight
    return rows


def _row(text):
    return " ".join(row_of_signs(text) or ())


def _statements(entry):
    if isinstance(entry, Convention):
        return entry.statements
    if isinstance(entry, Counterexample):
        return [entry.claim]
    return [entry.formula] if isinstance(entry, Theorem) and entry.formula is not None else []


def _unfolded(expression):
    definitions = {type(found).definition for found in expression.atoms(Quantity)}
    for definition in sorted(definitions, key=lambda one: one.id):
        with suppress(RuleDoesNotApply):  # where it must keep its name, it keeps it
            expression = unfold(expression, definition)
    return expression


def conditions_of(entry) -> list[Hypothesis]:
    """What an entry supposes, but for how far its indices run."""
    given = entry.conditions if isinstance(entry, Theorem) else getattr(entry, "hypotheses", ())
    return [hypothesis for hypothesis in given if not hypothesis.is_range_beyond(())]


def likeness(asked: list[str], rows: dict[str, float]) -> float:
    """How well a formula that is asked for is found in the rows of an entry: 0 if it is in none, at least 1 if it is a
    side. With other letters it counts less. Sides may change places, and after dL/dz = comes what such a slope is.
    """
    ways = [asked, *_turned(asked)]
    for way in ways:
        is_slope = way[:3] == ["d", "/", "d"] and way[4:5] == ["="]
        if is_slope and any(f"{row} ".startswith(f"{begun}{way[3]} ") for row in rows for begun in SLOPES_OF):
            ways = [way[5:]]
            break
    return max((weight * _within(way, side) for way in ways for row, weight in rows.items() for side in _sides(row)),
               default=0)  # fmt: skip


def _turned(row):
    """A row with one relation, said from its other side."""
    places = [place for place, sign in enumerate(row) if sign in FROM_OTHER_SIDE]
    return [[*row[place + 1 :], FROM_OTHER_SIDE[row[place]], *row[:place]] for place in places if len(places) == 1]


def _sides(row):
    """A row, and its parts between relations."""
    signs = row.split()
    cuts = [-1, *(place for place, sign in enumerate(signs) if sign in SIDES_BETWEEN), len(signs)]
    return [signs, *(signs[before + 1 : after] for before, after in pairwise(cuts))]


def _within(asked, row):
    parts = [row[place : place + len(asked)] for place in range(len(row) - len(asked) + 1)]
    whole = (len(asked) / len(row)) ** 0.5 if parts else 0
    if asked in parts:
        return whole
    return whole * OTHER_LETTERS_COUNT if any(_same_but_for_letters(asked, part) for part in parts) else 0


def _same_but_for_letters(asked, found):
    """Whether other letters, the same one for the same one, make the one row the other. Of little it is no sign, but
    that a quantity is of some letters: H(p, q) is what H(q, p) is.
    """
    is_of_letters = len(asked) > 1 and asked[0] == found[0] and (asked[0].isupper() or asked[0] in OF_TWO)
    if sum(sign in OPERATIONS for sign in asked) < 2 and not is_of_letters:
        return False
    pairs = {*zip(asked, found, strict=True)}
    letters = all(one == other or _is_letter(one) and _is_letter(other) for one, other in pairs)
    return letters and len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def _is_letter(sign):
    return len(sign) == 1 and sign.isalpha() and sign not in OPERATIONS
