"""What takes long is made before the pages that show it, by all processors at once, and kept."""

import json
from collections.abc import Callable
from functools import partial, reduce

from ..catalogue import CHAPTERS, catalogue
from ..checking.found import checked
from ..checking.records import digest, fingerprint
from ..proving.kept_marks import proof_state, proofs_state
from ..proving.ledger import files_proved, is_proved
from ..reference.graph import graph_dot, graph_json
from ..reference.record import catalogue_record
from ..reference.tex import FILE_OF_DOCUMENT, FILE_OF_RESULTS, document_tex, results_tex
from ..reference.work import state
from ..writing.options import version
from .entries_kept import entry_key, entry_made, figure_key, writers_key
from .figures import FIGURES
from .figures.drawing import drawing_library
from .figures.page import script
from .graph import chapter_graph
from .graph_page import chapter_box, whole_box
from .kept import KeptValues
from .losses import LOSSES
from .placeholders import TABLES, made_block
from .previewed import previews_script
from .results_sought import conditions_sought, results_sought

COMMIT = "\ue016"  # where the commit is put in, for what is kept from one to the next


def proofs() -> dict[str, str]:
    """The files of Coq, by name."""
    return {file.name: file.text for file in files_proved()}


def check_made(id: str):
    """Check an entry; what was found is on record then. It is asked for again where it is shown."""
    checked(catalogue()[id])


def proof_found(id: str) -> bool:
    """Whether an entry is proved, which is on record then too."""
    return is_proved(catalogue()[id])


# Each with how it is made and, where it depends on less than all, what that is. Checks come first, and whether there is
# a proof: what depends on an entry depends on these. Then entries: what tells of all of them reads what was found.
CLAIMS = {id: entry for id, entry in catalogue().items() if entry.kind in ("derivation", "counterexample")}
OF_CHECKS = (
    {f"check {id}": (partial(check_made, id), partial(fingerprint, entry)) for id, entry in CLAIMS.items()}
    | {f"proved {id}": (partial(proof_found, id), partial(proof_state, entry)) for id, entry in CLAIMS.items()}
)  # fmt: skip
OF_ENTRIES = {f"entry {id}": (partial(entry_made, id), partial(entry_key, id)) for id in catalogue()}
OF_FIGURES = {
    f"{kind} {name}": (make, partial(figure_key, name))
    for name, figure in FIGURES.items()
    for kind, make in (("figure", partial(made_block, "figure", name)), ("script", partial(script, figure)))
}
# What takes longest stands first: else one process is busy with it when nothing is left for the others.
OF_ALL = {
    **{f"loss {name}": partial(made_block, "loss", name) for name in LOSSES},
    **{f"table {name}": partial(made_block, "table", name) for name in TABLES},
    "conditions": conditions_sought, "graph.json": graph_json, "graph.dot": graph_dot,
    "graph box whole": whole_box,
    **{f"graph {name}": partial(chapter_graph, name, "../") for name in CHAPTERS},
    **{f"graph box {name}": partial(chapter_box, name) for name in CHAPTERS},
    **{f"previews {name}": partial(previews_script, name) for name in CHAPTERS},
}  # fmt: skip
OF_PROOFS = {"proofs": proofs} | {
    f"table {name}": partial(made_block, "table", name) for name in ("theorems_in_coq", "theorems_of_variants_in_coq")
}
JOBS = (
    {name: (make, proofs_state) for name, make in OF_PROOFS.items()}
    | {"drawing library": (drawing_library, writers_key)} | OF_ENTRIES | OF_FIGURES
    | {name: (make, None) for name, make in OF_ALL.items() if name not in OF_PROOFS}
)  # fmt: skip


class Made:
    """What is made for the site, by name."""

    def __init__(self, kept: KeptValues):
        self.kept = kept

    def __call__(self, name: str):
        return self.kept.value(name, *JOBS[name])

    def card(self, entry) -> tuple[str, str]:
        """What chapters show of an entry: what is said, and what is folded below it."""
        return self(f"entry {entry.id}")["card"]

    def exports(self, commit: str) -> dict[str, str]:
        """What programs read of all results, by address. It names the commit, which changes when nothing else does."""
        kept = self.kept.value("exports", self._exports)
        said = {json.dumps(COMMIT, ensure_ascii=False): json.dumps(commit or None),
                COMMIT: f", commit {commit}" if commit else ""}  # fmt: skip
        return {address: reduce(lambda text, place: text.replace(place, said[place]), said, text)
                for address, text in kept.items()}  # fmt: skip

    def of_commit(self, name: str, make: Callable):
        """What names the commit, made once for each."""
        return self.kept.value(f"cited {name} {digest(state())}", make)

    def sought(self) -> dict:
        """What the form above the list of all results looks through."""
        return self.kept.value("sought", self._sought)

    def _sought(self):
        return results_sought({id: self(f"entry {id}")["sought"] for id in catalogue()})

    def _exports(self):
        entries = catalogue()
        records = [json.loads(self(f"entry {id}")["files"]["json"]) for id in entries]
        whole = catalogue_record(records, version(), COMMIT)
        return {
            "catalogue.json": json.dumps(whole, ensure_ascii=False, separators=(",", ":")),
            FILE_OF_RESULTS: results_tex(entries.values(), f"version {version()}{COMMIT}"),
            FILE_OF_DOCUMENT: document_tex(entries.values()),
        }

    def all_at_once(self):
        """Make whatever is not kept."""
        self.kept.fill(OF_CHECKS)
        self.kept.fill(OF_ENTRIES | OF_FIGURES)
        of_entries = {"exports": (self._exports, None), "sought": (self._sought, None)}
        self.kept.fill(of_entries | JOBS)
