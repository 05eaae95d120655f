"""What the names in the texts of one loss mean: by let, by where, by the notation, or by how they are used."""

from dataclasses import dataclass

from sympy import Expr, IndexedBase, Range, S, Symbol
from sympy.sets import Set

from ..engine.entries import Definition
from ..engine.vocabulary import Notation, key_of
from ..notation import K, NOTATION, batch_size, focus, inverse_temperature, multiplier, positive_weight, scale, shared_p
from ..notation import size_of, temperature, χ, π
from .letters import Letters
from .trees import Element, Name, Tree

# Where two of the notation's symbols have one name, the one that a loss is likelier to mean is taken; and T, β, ω, γ,
# B, χ and π are whatever a loss makes of them, not always temperatures, weights, powers or groups.
LESS_LIKELY = (shared_p, scale, multiplier, temperature, inverse_temperature, positive_weight, focus, batch_size, χ, π)


@dataclass(eq=False)
class Meaning:
    """A symbol, a vector or a quantity, and how far each of its indices runs. `origin` is "notation", "where", "let" or
    "use"; `seen` is where it was used first; `others` are indices that a quantity has beside those that are written.
    """

    name: str
    root: Symbol | IndexedBase | Definition
    sizes: tuple[Expr, ...]
    origin: str
    domain: Set = S.Reals
    notation: Notation | None = None
    seen: Tree | None = None
    others: tuple[Symbol, ...] = ()
    roots: tuple[Expr, ...] = ()

    def at(self, indices: tuple) -> Expr:
        """The entry, or the row or vector where indices are left out at the end."""
        if isinstance(self.root, Definition):
            if not (self.roots or self.others or indices):
                return self.root.body
            return self.root.head(*self.roots, *self.others, *indices)
        return self.root[indices] if indices else self.root


def _catalogue():
    """The meanings that the notation gives, by name."""
    found = {}
    for entry in NOTATION:
        root, _ = key_of(entry.symbol)
        if root in LESS_LIKELY or (entry.symbol.is_Symbol and entry.symbol.is_integer):
            continue
        sizes = tuple(size_of(index) for index in getattr(entry.symbol, "indices", ()))
        found.setdefault(str(root), []).append(Meaning(str(root), root, sizes, "notation", entry.domain, entry))
    return found


IN_THE_NOTATION = _catalogue()


class Lexicon:
    """The meanings of the names of one loss. What a let, a where or a use says takes the place of the notation."""

    def __init__(self, letters: Letters):
        self.letters = letters
        self.own: dict[str, list[Meaning]] = {}
        self.aside: set[str] = set()  # names of the notation that this loss uses otherwise: its own
        self.met: dict[tuple, Meaning] = {}  # those of the notation that were used

    def meanings(self, name: str) -> list[Meaning]:
        """All meanings of a name."""
        return self.own.get(name) or ([] if name in self.aside else IN_THE_NOTATION.get(name, []))

    def known(self, name: str) -> bool:
        """Whether a name has a meaning before it is used."""
        return bool(self.meanings(name)) or self.letters.is_size(name) or name in self.letters.tops

    def declare(self, meaning: Meaning) -> None:
        """A meaning of a name that this loss brings."""
        self.own.setdefault(meaning.name, []).append(meaning)

    def find(self, name: str, tops: tuple) -> Meaning | None:
        """The meaning of a name with indices that run so far; None stands for a fixed place."""
        fits = [one for one in self.meanings(name) if len(one.sizes) == len(tops)]
        fits = [one for one in fits if all(top in (None, size) for top, size in zip(tops, one.sizes))]
        return fits[0] if fits else None

    def use(self, meaning: Meaning, tree: Tree) -> Meaning:
        """Remember a use, and refuse one vector with places of two sizes."""
        if meaning.origin != "notation":
            return meaning
        key = (meaning.root, len(meaning.sizes))
        first = self.met.setdefault(key, meaning)
        if first.sizes != meaning.sizes:
            other = written(first.seen) if first.seen else shown(first, self.letters)
            raise tree.refused(f"found {written(tree)}, expected the sizes that {other} has; --where declares it anew")
        if first.seen is None:
            first = self.met[key] = Meaning(**(vars(meaning) | {"seen": tree}))
        return first

    def entry_top(self, tree: Tree) -> Expr | None:
        """How far an index runs that is an entry of the notation, such as the class c[i] of observation i."""
        for one in self.meanings(getattr(tree.vector, "name", "")):
            if len(one.sizes) == len(tree.indices) and isinstance(one.domain, Range):
                return one.domain.stop - 1
        return None

    def _declared(self, name, tree):
        """A use as a where would declare it: with a letter for each place."""
        letters = []
        for index in getattr(tree, "indices", ()):
            if isinstance(index, Name):
                letters.append(index.name)
                continue
            top = self.entry_top(index) if isinstance(index, Element) else None
            usual = self.letters.of(top) if top is not None else self.letters.of(K)
            letters.append(next(str(one) for one in usual if str(one) not in letters))
        return f"{name}[{','.join(letters)}]" if letters else name

    def refuse(self, *trees: Tree):
        """Refuse uses that no meaning of their names fits, all at once: how each name is used, and what to do."""
        said = [f"found {written(tree)}, expected {self._expected(name_of(tree))}" for tree in trees]
        mine = [tree for tree in trees if not any(one.origin in ("let", "where") for one in
                                                  self.meanings(name_of(tree)))]  # fmt: skip
        indices = [tree for tree in mine if name_of(tree) in self.letters.tops]
        wheres = " ".join(f"--where '{self._declared(name_of(tree), tree)} in R'" for tree in indices)
        advice = ["for a quantity of your own, take another letter" + f", or declare it: {wheres}" * bool(indices)]
        return trees[0].refused("; ".join([*said, *(advice if mine else [])]))

    def _expected(self, name):
        """What a name means, with what says so."""
        letters, found = self.letters, self.meanings(name)
        if not found and name in letters.tops:
            return f"{name}, an index that runs to {letters.tops[name]}"
        if not found and letters.is_size(name):
            return f"{name}, a size"
        return " or ".join(f"{shown(one, letters)} ({why(one)})" for one in found)


def why(meaning: Meaning) -> str:
    """What says what a name means."""
    if meaning.origin == "notation":
        return meaning.notation.meaning
    return {"let": "named by let", "where": "declared", "use": "as it is used elsewhere"}[meaning.origin]


def shown(meaning: Meaning, letters: Letters) -> str:
    """A name with letters for its indices, as it is typed; those of the notation, where it is one of it."""
    if meaning.notation is not None and meaning.origin == "notation":
        indices = getattr(meaning.notation.symbol, "indices", ())
    else:
        indices = letters.distinct(meaning.sizes)
    return f"{meaning.name}[{','.join(map(str, indices))}]" if indices else meaning.name


def name_of(tree: Tree) -> str:
    """The name that is used, bare or with indices."""
    return (tree.vector if isinstance(tree, Element) else tree).name


def written(tree: Tree) -> str:
    """A name or an entry as it is typed."""
    if isinstance(tree, Element):
        return f"{written(tree.vector)}[{','.join(map(written, tree.indices))}]"
    return str(getattr(tree, "name", getattr(tree, "value", "…")))
