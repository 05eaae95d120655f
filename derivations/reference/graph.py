"""How the results depend on each other: every entry a node, with what is known of it, and an edge for "is used by".

The edges are read off the derivations: what a statement names and what a step cites. Nobody types one.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from types import MappingProxyType

from ..catalogue import catalogue, uses
from ..checking.compare import VERIFIED
from ..checking.records import checked
from ..checking.theorems import sampled
from ..engine.entries import Theorem
from ..proving.ledger import is_proved

STATUS = {
    "derivation": "derived", "definition": "definition", "counterexample": "counterexample", "theorem": "cited",
}  # fmt: skip


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
    return MappingProxyType({id: _node(entry) for id, entry in catalogue().items()})


def _node(entry):
    chapter, confirmed = entry.id.partition(".")[0], (_is_checked(entry), is_proved(entry))
    return GraphNode(entry.id, entry.title, entry.kind, chapter, STATUS[entry.kind], *confirmed)


def _is_checked(entry):
    if isinstance(entry, Theorem):
        return entry.formula is not None and not sampled(entry).failure
    return entry.kind in ("derivation", "counterexample") and checked(entry).outcome == VERIFIED


@cache
def graph_edges() -> tuple[tuple[str, str], ...]:
    """Every pair of a used entry and one that uses it, in reading order of the second."""
    return tuple((used, entry.id) for entry in catalogue().values() for used in uses(entry))


@cache
def used_in_steps() -> Mapping[tuple[str, str], tuple[int, ...]]:
    """Where each edge comes from: the numbers of the steps; 0 stands for the statement itself."""
    return MappingProxyType(
        {(used, entry.id): numbers for entry in catalogue().values() for used, numbers in uses(entry).items()}
    )


def around(id: str) -> tuple[list[str], list[str]]:
    """What an entry uses directly, and what uses it directly, both in reading order. KeyError if there is none."""
    order = list(graph_nodes())
    if id not in graph_nodes():
        raise KeyError(id)
    before, after = (
        [used for used, user in graph_edges() if user == id], [user for used, user in graph_edges() if used == id]
    )  # fmt: skip
    return sorted(before, key=order.index), sorted(after, key=order.index)


def graph_json() -> str:
    """The graph as JSON: `nodes` with what is known of each; `edges` from what is used to what uses it."""
    found = {
        "edge": "used by",
        "nodes": [asdict(node) for node in graph_nodes().values()],
        "edges": [
            {"from": used, "to": user, "steps": list(numbers)} for (used, user), numbers in used_in_steps().items()
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def graph_dot() -> str:
    """The graph in DOT, the language of Graphviz, with a cluster for each chapter."""
    lines, chapters = ["digraph derivations {", "  rankdir=LR;", "  node [shape=box];"], {}
    for node in graph_nodes().values():
        chapters.setdefault(node.chapter, []).append(node)
    for chapter, within in chapters.items():
        lines += [f"  subgraph {_quoted(f'cluster_{chapter}')} {{", f"    label={_quoted(chapter)};"]
        lines += [f"    {_quoted(node.id)} [tooltip={_quoted(f'{node.title}: {node.said}')}];" for node in within]
        lines.append("  }")
    lines += [f"  {_quoted(used)} -> {_quoted(user)};" for used, user in graph_edges()]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
