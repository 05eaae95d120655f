"""How names that nobody declared are used: how many indices each has, and how far they run."""

from dataclasses import dataclass, field

from sympy import Expr, IndexedBase, Range, Symbol

from .grammar import runs_of
from .letters import Letters
from .lexicon import Lexicon, Meaning, written
from .tokens import NAMES_OF_CONSTANTS
from .trees import Call, Element, Name, Numeral, Summed, Tree, parts_of, within


@dataclass
class UseOfName:
    """A name with indices that run so far; None stands for a fixed place."""

    name: str
    tops: tuple[Expr | None, ...]
    tree: Tree


@dataclass
class Inside:
    """A vector that softmax or log-sum-exp is taken of, and the names in it; `size` None: not said by an index."""

    tree: Tree
    size: Expr | None
    uses: list[UseOfName] = field(default_factory=list)


def top_of(index: Tree, letters: Letters, lexicon: Lexicon) -> Expr | None:
    """How far an index runs; None for a fixed place."""
    if isinstance(index, Name):
        return letters.sizes.get(index.name) or letters.tops.get(index.name)
    if isinstance(index, Element) and (top := lexicon.entry_top(index)) is not None:
        return top
    if not isinstance(index, Numeral) or index.value.denominator != 1 or index.value < 1:
        found = written(index) if isinstance(index, Numeral) else "a formula"
        raise index.refused(f"found {found}, expected an index such as k, or a whole number from 1 on")
    return None


def free_letters(tree: Tree, letters: Letters, bound: frozenset = frozenset()) -> set[str]:
    """The indices in a tree that no sum binds."""
    if isinstance(tree, Summed):
        runs = runs_of(tree, letters.is_size)
        found = free_letters(tree.body, letters, bound | {index.name for index, *_ in runs})
        ends = [end for _, *both in runs for end in both if end is not None]
        return found.union(*(free_letters(end, letters, bound) for end in ends))
    if isinstance(tree, Name):
        return {tree.name} & letters.tops.keys() - bound
    below = parts_of(tree)
    if isinstance(tree, Element) and isinstance(tree.vector, Name):
        below = tree.indices
    return set().union(*(free_letters(part, letters, bound) for part in below))


def names_of_vectors(trees: list[Tree]) -> set[str]:
    """The names that have indices wherever they stand: none of them is an index, whatever the notation says."""
    vectors, others = set(), set()
    for part in (part for tree in trees for part in within(tree)):
        if isinstance(part, Element) and isinstance(part.vector, Name):
            vectors.add((part.vector.name, part.vector.column, part.text))
        elif isinstance(part, Name):
            others.add((part.name, part.column, part.text))
    return {name for name, *_ in vectors} - {name for name, *_ in others - vectors}


class Survey:
    """Collects the uses of names, and gives those that have no meaning the one that their uses show."""

    def __init__(self, letters: Letters, lexicon: Lexicon):
        self.letters, self.lexicon = letters, lexicon
        self.certain: list[UseOfName] = []
        self.insides: list[Inside] = []
        self.choosing: set[str] = set()  # names of vectors whose entries choose entries, as c in z[c[i]]
        self.misused: dict[str, Tree] = {}  # letters of indices and sizes, used as something else

    def walk(self, tree: Tree, bound: frozenset = frozenset(), inside: Inside | None = None) -> None:
        """Note the names in a tree."""
        if isinstance(tree, Name):
            return self._note(UseOfName(tree.name, (), tree), bound, inside)
        if isinstance(tree, Element) and isinstance(tree.vector, Name):
            tops = tuple(self._top(index) for index in tree.indices)
            return self._note(UseOfName(tree.vector.name, tops, tree), bound, inside)
        if isinstance(tree, Element):
            if len(tree.indices) != 1:
                raise tree.indices[1].refused("found a second index of softmax, expected one, as in softmax(z[i])[k]")
            return self._enter(tree.vector, self._top(tree.indices[0]), bound)
        if isinstance(tree, Call) and tree.function in ("softmax", "logsumexp"):
            size = inside.size if inside is not None and tree.function == "softmax" else None
            return self._enter(tree, size, bound)
        if isinstance(tree, Summed):
            runs = runs_of(tree, self.letters.is_size)
            for end in (end for _, *both in runs for end in both if end is not None):
                self.walk(end, bound)
            return self.walk(tree.body, bound | {index.name for index, *_ in runs}, inside)
        for part in parts_of(tree):
            self.walk(part, bound, inside)

    def _top(self, index):
        if isinstance(index, Element) and isinstance(index.vector, Name):
            self.choosing.add(index.vector.name)
        return top_of(index, self.letters, self.lexicon)

    def _enter(self, call, size, bound):
        inside = Inside(call.arguments[0], size)
        self.walk(inside.tree, bound, inside)
        self.insides.append(inside)

    def _note(self, use, bound, inside):
        name, letters = use.name, self.letters
        bare = isinstance(use.tree, Name)
        if bare and (name in bound or name in NAMES_OF_CONSTANTS):
            return
        if bare and (name in letters.tops or letters.is_size(name)) and self.lexicon.find(name, ()) is None:
            return
        if not self.lexicon.meanings(name):
            if name in letters.tops or letters.is_size(name):
                self.misused.setdefault(name, use.tree)
                return
        (self.certain if inside is None else inside.uses).append(use)

    def settle(self) -> None:
        """Give every name that has no meaning the one that its uses show: those first that show it by themselves."""
        self._set_aside()
        self._declare(self.certain)
        waiting = []
        for inside in self.insides:
            unknown = [use for use in inside.uses if not self.lexicon.meanings(use.name)]
            if not unknown:
                continue
            if any(self._is_vector(use, inside.size) for use in inside.uses if use not in unknown):
                waiting += unknown
                continue
            self._vector(inside, unknown)
        self._declare(waiting)

    def _set_aside(self):
        """A name of the notation that is used otherwise throughout is the loss's own; one that is used both ways, and a
        letter of an index or a size that is used as something else, is refused: all of them at once.
        """
        fits: dict[str, list[tuple]] = {}
        for use, inside in [*((use, None) for use in self.certain),
                            *((use, inside) for inside in self.insides for use in inside.uses)]:  # fmt: skip
            if use.name not in self.lexicon.own and self.lexicon.meanings(use.name):
                vector = inside is not None and self._is_vector(use, inside.size)
                fit = vector or self.lexicon.find(use.name, use.tops) is not None
                sure = vector or (fit and (any(use.tops) or (inside is None and not use.tops)))
                fits.setdefault(use.name, []).append((use, fit, sure))
        for name, found in fits.items():
            others = [use.tree for use, fit, _ in found if not fit]
            if others and any(sure for *_, sure in found):
                self.misused.setdefault(name, others[0])
            elif others or (name not in self.choosing and self._only_chooses(name)):
                self.lexicon.aside.add(name)
        if self.misused:
            raise self.lexicon.refuse(*self.misused.values())
        for inside in self.insides:
            if inside.uses and all(self.lexicon.meanings(use.name) for use in inside.uses):
                self._find_vector(inside)

    def _only_chooses(self, name):
        """Whether the entries of a name of the notation are indices."""
        return all(isinstance(one.domain, Range) for one in self.lexicon.meanings(name))

    def _find_vector(self, inside):
        """Where no name is the vector that softmax is taken of, those that are used nowhere else are the loss's own."""
        if any(self._is_vector(use, inside.size) for use in inside.uses):
            return
        beside = [use.name for use in self.certain]
        beside += [use.name for other in self.insides for use in other.uses if self._is_vector(use, other.size)]
        self.lexicon.aside |= {use.name for use in inside.uses} - {*beside} - self.lexicon.own.keys()

    def _is_vector(self, use, size):
        """Whether a name that is known lacks one index."""
        found = [one for one in self.lexicon.meanings(use.name) if len(one.sizes) == len(use.tops) + 1]
        return any(all(top in (None, known) for top, known in zip((*use.tops, size), one.sizes)) for one in found)

    def _vector(self, inside, unknown):
        """The one unknown name in a vector lacks its last index; entries before names."""
        rows = [use for use in unknown if use.tops] or unknown
        names = list(dict.fromkeys(use.name for use in rows))
        if len(names) > 1:
            both = " and ".join(names)
            raise rows[0].tree.refused(f"found {both}, expected it to be said which of them are vectors: "
                                       f"--where '{names[0]}[k] in R'")  # fmt: skip
        if inside.size is None:
            raise rows[0].tree.refused(f"found {written(rows[0].tree)}, expected a vector of which it is known how far "
                                       f"it runs: --where '{names[0]}[k] in R'")  # fmt: skip
        self._declare([UseOfName(use.name, (*use.tops, inside.size), use.tree) for use in rows])
        self._declare([use for use in unknown if use not in rows])

    def _declare(self, uses):
        by_name: dict[str, list[UseOfName]] = {}
        for use in uses:
            if not self.lexicon.meanings(use.name) or self._mine(use.name):
                by_name.setdefault(use.name, []).append(use)
        for name, found in by_name.items():
            if not self._mine(name):
                self.lexicon.declare(self._meaning(name, found))

    def _mine(self, name):
        return any(one.origin == "use" for one in self.lexicon.own.get(name, ()))

    def _meaning(self, name, uses):
        """What the uses of one name agree on."""
        first = uses[0]
        sizes: list = list(first.tops)
        shown = list([first.tree] * len(sizes))
        for use in uses[1:]:
            if len(use.tops) != len(sizes):
                raise use.tree.refused(
                    f"found {written(use.tree)}, expected as many indices as in {written(first.tree)}"
                )
            for place, top in enumerate(use.tops):
                if sizes[place] is None:
                    sizes[place], shown[place] = top, use.tree
                elif top not in (None, sizes[place]):
                    raise use.tree.refused(
                        f"found {written(use.tree)}, where index {place + 1} runs to {top}, expected it to run to "
                        f"{sizes[place]} as in {written(shown[place])}; --where 'a in 1..P' says how far a runs"
                    )
        if None in sizes:
            raise first.tree.refused(f"found {written(first.tree)}, expected it to be known how far {name} runs: "
                                     f"--where '{name}[a] in R'")  # fmt: skip
        root = IndexedBase(name) if sizes else Symbol(name, real=True)
        return Meaning(name, root, tuple(sizes), "use", seen=first.tree)
