"""Text into trees: what is understood, what is refused and where, and that nothing that is typed can do harm."""

from random import Random
from time import perf_counter

import pytest

from derivations.any_loss.grammar import read_expression, read_let, read_relations
from derivations.any_loss.tokens import Unreadable
from derivations.any_loss.trees import Among, Call, Element, Minus, Name, Numeral, Operation, Relation, Summed

IN_BRACKETS = {
    "-x^2": "(-(x**2))", "2^-x": "(2**(-x))", "a^b^c": "(a**(b**c))", "a-b-c": "((a-b)-c)", "a/b*c": "((a/b)*c)",
    "a·b − c×d": "((a*b)-(c*d))", "lambda*mu": "(λ*μ)", "epsilon + eps": "(ε+ε)", "ϕ + phi": "(φ+φ)", "ϵ": "ε",
    "sigma(x) + sigma": "(sigmoid(x)+σ)", "1e-3 + .5": "(1/1000+1/2)", "0.1": "1/10", "2.": "2", "π": "pi",
    "y[i,k]": "y[i,k]", "w[1]": "w[1]", "p[i,c[i]]": "p[i,c[i]]", "softmax(z/T)[k]": "softmax((z/T))[k]",
    "sum(f, k)": "sum{k}(f)", "prod(f, i, k)": "prod{i,k}(f)", "sum(f, j, i, n)": "sum{j,i,n}(f)",
    "max(a, b, 0)": "max(a,b,0)", "logsumexp(o[i])": "logsumexp(o[i])", "((x))": "x", "--x": "(-(-x))",
    "lambda^lambda": "(λ**λ)", "gamma\n+\tGamma": "(γ+Γ)",
}  # fmt: skip
RELATIONS = {
    "sum(y[k], k) = 1": "sum{k}(y[k])=1", "a == b": "a=b", "0 < p < 1": "0<p;p<1", "T > 0 and p ≤ 1": "T>0;p<=1",
    "y[k] in [0, inf)": "y[k] in interval(0,None)(False, True)", "x ∈ (-oo, 2]": "x in interval(None,2)(True, False)",
    "a in 1..P": "a in range(1,P)", "x in {0, 1}": "x in finite(0,1)", "x in R": "x in real()",
    "x in N": "x in natural()",
}  # fmt: skip


def written(tree):
    """A tree with all its brackets."""
    several = lambda trees: ",".join(map(written, trees))  # noqa: E731 - it is short
    if isinstance(tree, Among):
        return f"{tree.kind}({several(tree.parts)}){tree.open if tree.kind == 'interval' else ''}"
    return {
        type(None): lambda: "None", Numeral: lambda: str(tree.value), Name: lambda: tree.name,
        Element: lambda: f"{written(tree.vector)}[{several(tree.indices)}]",
        Call: lambda: f"{tree.function}({several(tree.arguments)})", Minus: lambda: f"(-{written(tree.part)})",
        Summed: lambda: f"{tree.word}{{{several(tree.over)}}}({written(tree.body)})",
        Operation: lambda: f"({written(tree.left)}{tree.sign}{written(tree.right)})",
        Relation: lambda: f"{written(tree.left)}{' in ' if tree.sign == 'in' else tree.sign}{written(tree.right)}",
    }[type(tree)]()  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), IN_BRACKETS.items())
def test_what_is_typed_is_taken_apart_as_people_mean_it(text, wanted):
    assert written(read_expression(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), RELATIONS.items())
def test_relations_and_sets(text, wanted):
    assert ";".join(map(written, read_relations(text))) == wanted


def test_a_let_has_a_name_and_what_it_stands_for():
    assert [*map(written, read_let("z[i,k] = sum(x[i,f]*W[f,k], f)"))] == ["z[i,k]", "sum{f}((x[i,f]*W[f,k]))"]


# A text, a word of the message, and the column (from 0) that it points to.
REFUSED = [
    ("", "nothing", 0), ("   ", "nothing", 0), ("a b", "operator between a and b", 2), ("2x", "operator between 2", 1),
    ("2(x)", "operator between", 1), ("(a)(b)", "operator between", 3), ("o[i](3)", "operator between", 4),
    ("(a", ") for the ( in column 1", 2), ("y[k", "] for the [", 3), ("a)", "nothing opened", 1), ("(a]",
    "expected )", 2),
    ("y[k)", "expected ]", 3), ("[a]", "found [", 0), ("a +", "the end", 3), ("a + * b", "found *", 4),
    ("*a", "found *", 0), ("+a", "found +", 0), ("a//b", "found /", 2), ("a % b", "found %", 2), ("a @ b", "found @",
    2),
    ("x.y", "found .", 1), ("x.__class__", "found .", 1), ("'a'", "found '", 0), ('f"{x}"', 'found "', 1),
    ("x := 3", "found :", 2), ("y[1:2]", "found :", 3), ("y[]", "found ]", 2), ("exp()", "found )", 4),
    ("f(x)", "function f", 0), ("sofmax(z)[k]", "expected softmax", 0), ("1 + sgmoid(z)", "expected sigmoid", 4),
    ("ln(x)", "expected log", 0), ("logsumxp(z)", "expected logsumexp", 0), ("__import__(x)", "__import__", 0),
    ("exp", "function exp alone", 0), ("1 + sum", "(…, k)", 4), ("sum(x)", "one argument", 0), ("exp(a, b)",
    "expected one", 7),
    ("exp(x=1)", "relations", 5), ("max(*a)", "found *", 4), ("max(a)", "two or more", 0), ("(a, b)", "found ,", 2),
    ("a, b", "found ,", 1), ("a,", "found ,", 1), ("x < 1", "relations", 2), ("x = 1", "relations", 2),
    ("x == 1", "relations", 2), ("a and b", "found and", 2), ("a if b", "word if", 2), ("not a", "word not", 0),
    ("None", "word None", 0), ("[x for x in y]", "word for", 3), ("sum(x for k)", "word for", 6),
    ("lambda x: x", "found :", 8), ("x²", "^2", 1), ("x₁", "w[1]", 1), ("_a", "name _a", 0), ("x" * 21, "at most 20",
    0),
    ("a\0b", "U+0000", 1), ("a\x1bb", "U+001B", 1), ("a; b", "found ;", 1), ("a # b", "found #", 2), ("a\\b",
    "found \\", 1),
    ("(x + 1)[k]", "entry of a formula", 2 + 1), ("exp(z)[k]", "entry of a formula", 0), ("x ! y", "found !", 2),
    ("1e999", "digits", 0), ("1" * 41, "digits", 0), ("٣", "digits", 0), ("x~y", "found ~", 1), ("{a}", "found {", 0),
    ("a..b", "found ..", 1), ("a" + " + a" * 600, "characters", 2000), ("(" * 70, "brackets in each other", 60),
    ("-" * 500 + "x", "in each other", 101), ("x" + "^x" * 300, "in each other", 200), ("y[*a]", "found *", 2),
    ("y[k=1]", "relations", 3), ("await x", "word await", 0), ("💥", "found 💥", 0), ("y[i,]", "found ]", 4),
]  # fmt: skip
REFUSED_RELATIONS = [
    ("x", "relation", 1), ("x in", "a set", 4), ("x in 3", "a set", 5), ("x in [0, 1", "a set", 10), ("x in [0]",
    "two ends", 5),
    ("x in {}", "found }", 6), ("x in R y", "found y", 7), ("= 1", "found =", 0), ("a in b in R", "alone", 2), ("x >",
    "the end", 3),
    ("T > 0 and", "relation", 9), ("(a = 1)", "relation", 7), ("x in (1, 2, 3)", "two ends", 5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "column"), REFUSED, ids=[text[:20] for text, *_ in REFUSED])
def test_what_cannot_be_read_is_refused_in_one_line_with_its_column(text, word, column):
    with pytest.raises(Unreadable) as refused:
        read_expression(text)
    assert word in str(refused.value) and "\n" not in str(refused.value)
    assert (refused.value.column, refused.value.text) == (column, text)


@pytest.mark.parametrize(("text", "word", "column"), REFUSED_RELATIONS)
def test_relations_that_cannot_be_read_are_refused(text, word, column):
    with pytest.raises(Unreadable, match=".*") as refused:
        read_relations(text)
    assert word in str(refused.value) and refused.value.column == column


@pytest.mark.parametrize("text", ["z", "z = ", "a = b = c", "= 3"])
def test_a_let_without_one_equation_is_refused(text):
    with pytest.raises(Unreadable):
        read_let(text)


def test_a_caret_stands_under_the_place():
    with pytest.raises(Unreadable) as refused:
        read_expression("1 + sgmoid(z)")
    assert refused.value.pointed() == "1 + sgmoid(z)\n    ^"


def test_of_a_long_text_the_surroundings_are_shown():
    with pytest.raises(Unreadable) as refused:
        read_expression("a + " * 100 + "?" + " + b" * 100)
    line, caret = refused.value.pointed().split("\n")
    assert len(line) == 100 and line[caret.index("^")] == "?"


@pytest.mark.parametrize("seed", range(300))
def test_garbage_is_read_or_refused_at_once(seed):
    random = Random(f"garbage {seed}")
    pieces = [*"xyzkin+-*/^()[]{},=<>.:;'\"\\!?@#$%&|~_ 019éλ∑²\0\n", "sum(", "softmax(", "lambda", "**", "exp", "in",
        "1e9"]
    text = "".join(random.choices(pieces, k=random.randint(1, 60)))
    begun = perf_counter()
    for read in (read_expression, read_relations, read_let):
        try:
            read(text)
        except Unreadable as refused:
            assert 0 <= refused.column <= len(text)
    assert perf_counter() - begun < 1
