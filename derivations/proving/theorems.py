"""The theorem of a derivation: its variables, its premises, and what it says."""

from dataclasses import dataclass, replace
from functools import cache

from sympy import Contains, Derivative, Indexed, Interval, S, Symbol
from sympy.logic.boolalg import Boolean

from ..catalogue import catalogue, find
from ..engine.derivation import Derivation
from ..engine.entries import Hypothesis, is_index
from ..engine.nodes import is_size
from ..engine.terms import free_symbols
from ..engine.vocabulary import Vocabulary, key_of
from ..notation import CATALOGUE
from .brackets import without_brackets
from .domains import domains_among, has_complements, is_below, relies_on_domains
from .meant import meant_by
from .printing import ALL_BUT_0, identifier, natural, proposition, term
from .variables import called, kind_of, of_indices, variables


@dataclass(frozen=True)
class Premise:
    """One premise: its name in the proof, its text, the hypothesis that it states, if it is of one, and the formula,
    with the indices for every value of which it is said; None if it only says that a size is at least 1.
    """

    name: str
    text: str
    hypothesis: Hypothesis | None = None
    formula: Boolean | None = None
    every: tuple = ()


@dataclass(frozen=True)
class Statement:
    """What a theorem quantifies over, what it supposes, and what it says."""

    derivation: Derivation
    names: dict
    premises: tuple[Premise, ...]
    on_domains: bool
    vocabulary: Vocabulary

    @property
    def name(self):
        return theorem_name(key_of_proof(self.derivation))

    @property
    def names_derivatives(self):
        """Whether it names a derivative: then it says that there is one; a lemma before it says what that equals."""
        return any(side.has(Derivative) for side in (self.derivation.start, self.derivation.result))

    @property
    def cited(self):
        """The name by which other proofs use it: of one that names derivatives, the name of the lemma before it."""
        return theorem_name(key_of_proof(self.derivation), "value" if self.names_derivatives else "derived")

    @property
    def value(self):
        """How the two sides of the derivation compare."""
        return self.says(self.derivation.start, self.derivation.relation, self.derivation.result)

    @property
    def keys(self):
        return tuple(self.names)

    @property
    def quantified(self):
        return " ".join(f"({name} : {kind_of(*key)})" for key, name in self.names.items())

    def named(self, hypothesis):
        """The name of the premise that states a hypothesis; None where there is none."""
        return next((premise.name for premise in self.premises if premise.hypothesis == hypothesis), None)

    def says(self, before, relation, after):
        """A relation between two expressions: the smaller stands first."""
        left, right = term(before, self.names), term(after, self.names)
        return without_brackets(f"{left} = {right}" if relation == "=" else compared(left, right, relation))

    def text(self, conclusion):
        """The whole statement."""
        supposed = "".join(f"  {premise.text} ->\n" for premise in self.premises)
        return (f"forall {self.quantified},\n" if self.names else "") + without_brackets(f"{supposed}  {conclusion}")

    @property
    def introduced(self):
        """What the proof begins with."""
        names = [*self.names.values(), *(premise.name for premise in self.premises)]
        return f"intros {' '.join(names)}." if names else "idtac."


def in_catalogue(derivation: Derivation) -> bool:
    """Whether the catalogue has a derivation, or one of which it is a stage, under its id."""
    return derivation.id in catalogue()


def key_of_proof(derivation: Derivation) -> str:
    """The id of a derivation; of a stage on the way to what stands under the id, with how many steps it has."""
    steps = len(derivation.steps)
    is_stage = in_catalogue(derivation) and steps < len(find(derivation.id).steps)
    return f"{derivation.id}[{steps}]" if is_stage else derivation.id


def theorem_name(key: str, ending: str = "derived") -> str:
    """The name in Coq of the theorem of a derivation; a stage has the number of its steps in its name."""
    id, _, steps = key.removesuffix("]").partition("[")
    if ending == "derived":
        return identifier(id) + (f"_to_step_{steps}" if steps else "_derived")
    return f"{identifier(id)}_{ending}" + (f"_to_step_{steps}" if steps else "")


def names_of_theorems(key: str) -> set[str]:
    """The names that the theorem of a derivation has, and the lemma before it."""
    return {theorem_name(key, ending) for ending in ("derived", "value")}


def cited_by(derivation: Derivation) -> tuple[Derivation, ...]:
    """The derivations that the steps of a derivation cite, and so its proof."""
    cites = (source for step in derivation.steps for source in step.cites)
    return tuple(dict.fromkeys(source for source in cites if isinstance(source, Derivation)))


def compared(left, right, relation):
    return f"{left} <= {right}" if relation == "<=" else f"{right} <= {left}"


@cache
def theorem_of(derivation: Derivation) -> Statement:
    """The theorem that a derivation states. NotExported where Coq has no word for something in it."""
    vocabulary = derivation.notation or CATALOGUE
    hypotheses = [given for given in derivation.hypotheses if given.statement is not None]
    cited = list(map(theorem_of, cited_by(derivation)))
    by_itself = relies_on_domains(derivation, vocabulary)
    on_domains = by_itself or any(theorem.on_domains for theorem in cited)
    keys = set().union(*map(variables, derivation.lines))
    for given in hypotheses:
        keys |= {key for key in variables(given.statement) if key[0] not in every(given, vocabulary)}
        keys |= {(size, 0) for size in map(vocabulary.size_of.get, every(given, vocabulary)) if size is not None}
    for theorem in cited:
        keys |= {key for key in theorem.keys if is_size(key[0])}
    of_numbers = by_itself or any(map(_supposes_of_numbers, cited))
    domains = [(symbol, domain) for symbol, domain in domains_among(keys, derivation.lines, vocabulary)
               if is_below(domain) or (on_domains and (of_numbers or indices_of(symbol)))]  # fmt: skip
    choosing = _index_vectors(keys, vocabulary)
    keys |= {(vocabulary.size_of[index], 0) for symbol, _ in domains for index in indices_of(symbol)}
    keys |= {(entry.domain.stop - 1, 0) for entry in choosing}
    keys |= {(vocabulary.size_of[index], 0) for entry in choosing for index in entry.symbol.indices}
    names = called(keys)
    needed = [(symbol, _needed(symbol, domain, derivation, vocabulary)) for symbol, domain in domains]
    following = [given for step in derivation.steps for given in step.implied if given.statement is not None]
    premises = premises_of(names, hypotheses, needed, vocabulary, following)
    return Statement(derivation, names, premises, bool(domains), vocabulary)


def _supposes_of_numbers(theorem):
    """Whether a theorem supposes where a number lives. Only what needs that says it: so the theorem holds around every
    number, and can be cited under a derivative by it.
    """
    return any(premise.name.startswith("domain_") and not premise.every for premise in theorem.premises)


def premises_of(names, hypotheses, domains, vocabulary, following=()) -> tuple[Premise, ...]:
    """What a theorem supposes, each without brackets that are not needed. `following` is what its steps say to follow
    from the hypotheses.
    """
    return tuple(replace(premise, text=without_brackets(f"{premise.text} -> _").removesuffix(" -> _"))
                 for premise in _premises(names, hypotheses, domains, vocabulary, following))  # fmt: skip


def indices_of(symbol):
    return symbol.indices if isinstance(symbol, Indexed) else ()


def every(hypothesis, vocabulary) -> tuple:
    """The indices for every value of which a hypothesis holds."""
    if isinstance(hypothesis.statement, Contains) and is_index(hypothesis.statement.args[0]):
        return ()
    free = [s for s in free_symbols(hypothesis.statement) if is_index(s) and not is_size(s)]
    running = vocabulary.running if hypothesis.every is None else hypothesis.every
    return tuple(sorted((s for s in free if s in running and s not in hypothesis.chosen), key=str))


def for_every(indices, text, names, vocabulary):
    """A text, for every value of some indices."""
    for index in reversed(indices):
        text = f"(forall {index} : nat, (1 <= {index} <= {names[vocabulary.size_of[index], 0]})%nat -> {text})"
    return text


def _index_vectors(keys, vocabulary):
    return [
        entry
        for entry in vocabulary.entries
        if isinstance(entry.symbol, Indexed) and of_indices(entry.symbol.base) and key_of(entry.symbol) in keys
    ]


def _premises(names, hypotheses, domains, vocabulary, following):
    for key, name in names.items():
        if is_size(key[0]):
            yield Premise(f"size_{name}", f"(1 <= {name})%nat")
    for entry in _index_vectors(names, vocabulary):
        value, top = natural(entry.symbol, names | _own(entry.symbol.indices)), names[entry.domain.stop - 1, 0]
        inside = f"(1 <= {value} <= {top})%nat"
        text = for_every(entry.symbol.indices, inside, names, vocabulary)
        formula = Contains(entry.symbol, entry.domain, evaluate=False)
        yield Premise(f"range_{names[key_of(entry.symbol)]}", text, None, formula, entry.symbol.indices)
    for key, name in names.items():
        if isinstance(key[0], Symbol) and not is_index(key[0]):
            domain = vocabulary.domains.get(key[0], {}).get(0)
            is_open = isinstance(domain, Interval) and domain.left_open and domain.start.is_finite
            if is_open or is_below(domain) or domain == ALL_BUT_0:
                formula = Contains(key[0], domain, evaluate=False)
                yield Premise(f"domain_{name}", proposition(formula, names), formula=formula)
    for number, given in enumerate(hypotheses, start=1):
        formula, indices = _weakest(given.statement), every(given, vocabulary)
        text = proposition(formula, names | _own(indices))
        yield Premise(f"H{number}", for_every(indices, text, names, vocabulary), given, formula, indices)
        for place, (letter, meant, free) in enumerate(meant_by(given, indices, hypotheses, following, vocabulary)):
            text = for_every(free, proposition(meant, names | _own(free)), names, vocabulary)
            yield Premise(f"{letter}{number}_{place}", text, None, meant, free)
    for symbol, domain in domains:
        formula, indices = Contains(symbol, domain, evaluate=False), indices_of(symbol)
        text = for_every(indices, proposition(formula, names | _own(indices)), names, vocabulary)
        yield Premise(f"domain_{names[key_of(symbol)]}", text, None, formula, indices)


def _needed(symbol, domain, derivation, vocabulary):
    """The part of an interval that matters."""
    if domain.end == 1 and not _needs_upper(symbol, derivation, vocabulary):
        return Interval(domain.start, S.Infinity, domain.left_open)
    return domain


def _needs_upper(symbol, derivation, vocabulary):
    """Whether it matters that a number is at most 1."""
    cited = list(map(theorem_of, cited_by(derivation)))
    above = (premise.text for theorem in cited for premise in theorem.premises if premise.name.startswith("domain"))
    if any(text.rstrip(")").endswith(" <= 1") for text in above):
        return True
    whose = indices_of(symbol)
    if derivation.relation == "=" and not whose and not has_complements(derivation.lines):
        return False
    return derivation.relation != "=" or not whose or vocabulary.size_of[whose[-1]] != CATALOGUE.sizes[1]


def _own(indices):
    return {(index, 0): str(index) for index in indices}


def _weakest(formula):
    """Of a probability that is positive, that alone: so the theorem says more, and holds near each point too."""
    if isinstance(formula, Contains) and formula.args[1] == Interval.Lopen(0, 1):
        return formula.args[0] > 0
    return formula
