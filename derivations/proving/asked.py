"""Proofs of chains that are not in the catalogue, such as those of a loss that was typed, with what they cite of it."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from ..engine.derivation import Derivation
from .chapters import proof_of
from .compiling import AXIOMS, BUILT_IN, NoCoq, axioms_in, compile_all, coq
from .files import (
    AXIOMS_FILE, CoqFile, assumptions_file, chapter_files, chapter_of, definitions_of, file_head, library_files,
    library_names, modules, statement_text, sums_to_one, theorem_text, undefined,
)  # fmt: skip
from .ledger import is_proved, proved
from .printing import definition_text
from .theorems import cited_by, in_catalogue, theorem_of
from .variables import NotExported

LONGEST_STEP = 60  # seconds
OWN, DEFINITIONS = "Asked", "Asked_definitions"


def prove_asked(chains: Iterable[Derivation], folder: Path = BUILT_IN, tell: Callable = print) -> dict[str, str]:
    """What stands against each chain, by its id: empty where Coq accepts its proof for all sizes, on no axioms but
    those of its standard library. NoCoq, saying what to install, where Coq is missing. `tell` hears what is compiled.
    """
    coq()
    chains, against, own = list(chains), {}, []
    for chain in with_cited(chains):
        against[chain.id] = _before_asking(chain)
        own += [chain] if not in_catalogue(chain) and not against[chain.id] else []
    against |= _asked(own, folder, tell) if own else {}
    for chain in with_cited(chains):
        if lacking := [one.id for one in cited_by(chain) if against[one.id]]:
            against[chain.id] = f"it cites {', '.join(lacking)}, which is not proved"
    return {chain.id: against[chain.id] for chain in chains}


def with_cited(chains: Iterable[Derivation]) -> list[Derivation]:
    """Chains and all that they cite, each after what it cites itself."""
    found = {}
    for chain in chains:
        found |= dict.fromkeys([*with_cited(cited_by(chain)), chain])
    return list(found)


def _before_asking(chain):
    """What stands against a chain before Coq is asked, whatever it cites."""
    if in_catalogue(chain):
        return "" if is_proved(chain) else "Coq has not accepted its proof yet"
    try:
        theorem_text(chain, _limited)
    except NotExported as error:
        return f"it has no text in Coq: {error}"
    return ""


def _limited(chain):
    return proof_of(chain, _with_limit)


def _with_limit(number, tactic):
    return f"timeout {LONGEST_STEP} (solve [ {tactic} ])"


def _asked(own, folder, tell):
    """Ask Coq for the proofs of chains, in the order of their citations; what stands against each."""
    known = {file.name: file for file in chapter_files(proved())}
    definitions = _definitions_file(own, known)
    asked = _files(own, known)
    needed = _below([definitions, *asked.values()], known)
    every = [*library_files(), *needed, definitions, *asked.values()]
    outcomes = compile_all(every, folder, lambda outcome: tell(f"  {outcome.name}: {outcome.outcome}"))
    failed = [outcome for outcome in outcomes.values() if outcome.outcome == "failed"]
    if any(not outcome.name.startswith(f"{OWN}_") for outcome in failed):
        raise NoCoq(f"{failed[0].name} does not compile; `make proofs` says more")
    against = {chain.id: _said(outcomes[file.name], file) for chain, file in asked.items()}
    accepted = [file for chain, file in asked.items() if not against[chain.id]]
    if accepted:
        last = assumptions_file(accepted, f"{OWN}_{AXIOMS_FILE}")
        said = compile_all([*every, last], folder)[last.name].said
        if others := axioms_in(said) - AXIOMS.keys():
            against |= {chain.id: f"it rests on other axioms: {', '.join(sorted(others))}" for chain in own}
    return against


def _said(outcome, file):
    """What stands against a chain after its file was compiled."""
    if outcome.is_well:
        return ""
    lines = file.text.splitlines()[: outcome.line]
    if lines and "exists_with" in lines[-1]:
        return "Coq does not accept that its derivatives exist"
    before = "\n".join(lines)
    steps = re.findall(r"^\(\* (\d+)\. (\w+) \*\)", before, re.MULTILINE)
    return f"Coq does not accept step {' ('.join(steps[-1])})" if steps else "Coq does not accept its statement"


def _definitions_file(own, known):
    """What the chains speak of and no file of a chapter defines."""
    new = undefined((one for chain in own for one in definitions_of(chain)), known.values())
    before = list(dict.fromkeys(name for chain in own for name in _chapters(chain, known)))
    text = _text("what the chains speak of", before, *map(definition_text, new))
    return CoqFile(DEFINITIONS, text, (*library_names(), *before), seen=text)


def _files(own, known):
    """A file for each chain."""
    names = {chain: f"{OWN}_{number}" for number, chain in enumerate(own, start=1)}
    files = {}
    for chain, name in names.items():
        before = [*_chapters(chain, known), DEFINITIONS, *(names[one] for one in cited_by(chain) if one in names)]
        text = _text(f"{chain.id}: {chain.title}", before, theorem_text(chain, _limited))
        proves, theorems = ((1, chain.id),), (theorem_of(chain).name,)
        files[chain] = CoqFile(name, text, (*library_names(), *before), proves, statement_text(chain), theorems)
    return files


def _text(about, before, *parts):
    return "\n\n".join([file_head(about, library_names(), before), *parts]) + "\n"


def _chapters(chain, known):
    """The files of the chapters that a chain builds on: what it names, what it cites, what its premises may need."""
    defined = definitions_of(chain)
    helpers = [one for one in sums_to_one() if is_proved(one) and {*definitions_of(one)} <= {*defined}]
    used = {chapter_of(one) for one in (*defined, *cited_by(chain), *helpers)}
    return [name for name in modules(used) if name in known]


def _below(files, known):
    """The files of chapters that some files require, and those that these require, in the catalogue's order."""
    waiting, found = [name for file in files for name in file.requires], set()
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting += known[name].requires
    return [file for name, file in known.items() if name in found]
