"""How the results depend on each other: every entry a node, with what is known of it, and an edge for "is used by".

The edges are read off the derivations: what a statement names and what a step cites. Nobody types one. A cited theorem
uses nothing; the edges that lead to one say that a result is related to it, and are marked so.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType

from ..catalogue import catalogue, related, used_by, uses
from ..checking.compare import VERIFIED
from ..checking.found import checked
from ..checking.theorems import sampled
from ..engine.entries import Theorem
from ..proving.ledger import is_proved

STATUS = {
    "derivation": "derived", "definition": "definition", "counterexample": "counterexample", "theorem": "cited",
}  # fmt: skip
RELATED_IN_DOT = ' [style=dashed, arrowhead=none, tooltip="related"]'


@dataclass(frozen=True)
class GraphNode:
    """One entry. `status` is one of STATUS; `checked`: whether it was confirmed in numbers, a claim that fails
    included; a definition has nothing to check. `proved`: whether Coq has accepted a theorem that says it.
    """

    id: str
    title: str
    kind: str
    chapter: str
    status: str
    checked: bool
    proved: bool

    @property
    def said(self) -> str:
        """The status in words: derived, checked, proved in Coq."""
        return ", ".join([self.status] + ["checked"] * self.checked + ["proved in Coq"] * self.proved)


@cache
def graph_nodes() -> Mapping[str, GraphNode]:
    """Every entry as a node, by id, in reading order."""
    return MappingProxyType({id: graph_node(id) for id in catalogue()})


@cache
def graph_node(id: str) -> GraphNode:
    """One entry as a node. Its check is made, if it is not on record. KeyError if there is none."""
    entry = catalogue()[id]
    chapter, confirmed = entry.id.partition(".")[0], (_is_checked(entry), is_proved(entry))
    return GraphNode(entry.id, entry.title, entry.kind, chapter, STATUS[entry.kind], *confirmed)


def _is_checked(entry):
    if isinstance(entry, Theorem):
        return entry.formula is not None and not sampled(entry).failure
    return entry.kind in ("derivation", "counterexample") and checked(entry).outcome == VERIFIED


@cache
def graph_edges() -> tuple[tuple[str, str], ...]:
    """Every pair of a used entry and one that uses it, or of a result and a theorem related to it (`is_related`), in
    reading order of the second.
    """
    return tuple(edge for entry in catalogue().values() for edge in _edges_to(entry))


def _edges_to(entry):
    return [(id, entry.id) for id in (related(entry) if isinstance(entry, Theorem) else uses(entry))]


def is_related(edge: tuple[str, str]) -> bool:
    """Whether an edge says that its ends are related, and not that one uses the other: so does each to a theorem."""
    return isinstance(catalogue()[edge[1]], Theorem)


def around(id: str) -> tuple[list[str], list[str]]:
    """What an entry uses directly, and what uses it directly, both in reading order. KeyError if there is none."""
    order = list(catalogue())
    if id not in catalogue():
        raise KeyError(id)
    return sorted(uses(catalogue()[id]), key=order.index), sorted(used_by(id), key=order.index)


def graph_json() -> str:
    """The graph as JSON: `nodes` with what is known of each; `edges` from what is used to what uses it, or, of
    the kind "related", from a result to a cited theorem, which no step comes from.
    """
    found = {
        "edge": "used by, or related to, as its kind says",
        "nodes": [asdict(node) for node in graph_nodes().values()],
        "edges": [*map(_edge, graph_edges())],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _edge(edge):
    used, user = edge
    kind = "related" if is_related(edge) else "use"
    return {"from": used, "to": user, "kind": kind, "steps": list(uses(catalogue()[user]).get(used, ()))}


def graph_dot() -> str:
    """The graph in DOT, the language of Graphviz, with a cluster a chapter; what is related has a dashed line."""
    lines, chapters = ["digraph derivations {", "  rankdir=LR;", "  node [shape=box];"], {}
    for node in graph_nodes().values():
        chapters.setdefault(node.chapter, []).append(node)
    for chapter, within in chapters.items():
        lines += [f"  subgraph {_quoted(f'cluster_{chapter}')} {{", f"    label={_quoted(chapter)};"]
        lines += [f"    {_quoted(node.id)} [tooltip={_quoted(f'{node.title}: {node.said}')}];" for node in within]
        lines.append("  }")
    lines += [f"  {' -> '.join(map(_quoted, edge))}{RELATED_IN_DOT * is_related(edge)};" for edge in graph_edges()]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
