"""The answer to a question that was typed: lines to print, and an exit code."""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Mapping
from types import MappingProxyType
from typing import TextIO

from sympy import Expr, Indexed, IndexedBase, Symbol, preorder_traversal

from ..checking.check import VERIFIED, Check, check
from ..checking.compare import UNDECIDED
from ..engine.derivation import Derivation
from ..engine.entries import is_index
from ..engine.terms import Quantity, fresh
from ..engine.vocabulary import Vocabulary
from ..engine.wording import counted_as
from ..writing.export import record
from ..writing.terminal import Terminal, in_utf8
from ..writing.typeset import latex_chain, plain
from .declare import BY_LET, Reading, read_loss
from .strategy import Refused
from .tokens import Unreadable
from .tool import gradient, hessian, simpler, supposing

Answer = tuple[int, list[str], list[str]]
OURS = "this loss meets a fault of this program"
NOT_TRUE = "a fault of ours: a step that was made is not true, so nothing is shown. Please report the command"
NOT_DECIDED = (
    "a step could not be checked, so nothing is shown. If a number below is extreme, or the loss has no value there, "
    "say what the names may be: --where 'T > 0', --given 'q[k] > 0'"
)
WHERE = re.compile(r"step (\d+) \((\w+)\) of \S+ is (\w+) at (.*?): ")


def answer(command: str, options: Namespace, output: TextIO, errors: TextIO) -> int:
    """Answer a question: what is printed goes to the output, what went wrong beside it. Returns the exit code."""
    code, lines, said = answered(command, options, output)
    if options.code:
        in_utf8(output)
    for stream, texts in ((output, lines), (errors, said)):
        for text in texts:
            print(text, file=stream)
    return code


def answered(command: str, options: Namespace, stream: TextIO, terminal: Terminal | None = None) -> Answer:
    """The exit code, what is printed, and what is said beside it; for the terminal that the stream is, or another."""
    terminal = terminal or Terminal.of(stream, options.ascii)
    try:
        other = getattr(options, "other", None)
        question = read_loss(options.loss, options.variable, options.given, options.where, options.let, other)
        chains = chains_of(command, question)
        records = {chain.id: check(chain) for chain in chains}
    except Unreadable as error:
        return 2, [], [f"error: {error}", *(f"  {line}" for line in error.pointed().splitlines())]
    except Refused as error:
        return 1, [], [f"error: {terminal.text(str(error))}"]
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError) as error:
        return 1, [], [f"error: {OURS}, and nothing is shown. Please report the command ({type(error).__name__})"]
    if failed := [chain for chain in chains if records[chain.id].outcome != VERIFIED]:
        undecided = all(records[chain.id].outcome == UNDECIDED for chain in failed)
        said = [line for chain in failed for line in failure_lines(chain, records[chain.id], terminal)]
        return 1, [], [f"error: {NOT_DECIDED if undecided else NOT_TRUE}", *(f"  {line}" for line in said)]
    return _told(question, chains, records, options, terminal)


def _told(question, chains, records, options, terminal):
    """Chains that were verified, in the form that was asked for."""
    if options.code:
        return _code(chains[-1], options.code, terminal)
    if options.latex:
        return 0, [terminal.text(f"% {chain.id}\n{latex_chain(chain)}") for chain in chains], []
    against = {}
    if options.prove:  # what writes proofs, as what writes code, takes as long to import as a gradient to derive
        from ..proving.asked import prove_asked
        from ..proving.compiling import NoCoq

        try:
            against = prove_asked(chains, tell=_progress)
        except NoCoq as error:
            return 1, [], [f"error: {error}"]
    code = int(any(against.values()))
    if options.json:
        found = [record(chain, records[chain.id]) | {"notation": notation_of(chain)} | _proof_of(chain, against)
                 for chain in chains]  # fmt: skip
        return code, [json.dumps(found, ensure_ascii=terminal.ascii, indent=1)], []
    return code, lines_of(question, chains, records, terminal, against), []


def _progress(text):
    """What Coq has read, for the person who waits, and not for the pipe."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


def _proof_of(chain, against):
    """Of a chain that was to be proved, for JSON."""
    if chain.id not in against:
        return {}
    from ..proving.shown import theorem_in_coq

    told = {"proved": not against[chain.id], "theorem": theorem_in_coq(chain)}
    return told | ({"not_proved_because": against[chain.id]} if against[chain.id] else {})


def _code(chain, target, terminal):
    """The module that computes the last of the chains."""
    from ..coding.module import code_of
    from ..coding.places import NoCode

    try:
        return 0, [code_of(chain, target)], []
    except NoCode as error:
        return 1, [], [f"error: {terminal.text(str(error))}"]


def chains_of(command: str, question: Reading, id: str = "any_loss.gradient") -> list[Derivation]:
    """The lemmas, the gradient, the Hessian if that is asked for, and what the hypotheses given make of it."""
    vocabulary, given = question.vocabulary, question.given
    loss, variable = question.expression, question.variable
    before = simpler(loss, variable, given, vocabulary, id)
    found = gradient(before.result if before else loss, variable, given, vocabulary, id)
    chains = [*([before] if before else []), *lemmas_of(found), found]
    if command == "hessian":
        second = question.other or beside(question.variable, found, vocabulary)
        found = hessian(found, second, given, vocabulary)
        chains += [*lemmas_of(found), found]
    corollary = supposing(found, given, vocabulary)
    chains += [corollary] if corollary else []
    refuse_same_letters(chains)
    return list({chain.id: chain for chain in chains}.values())


def refuse_same_letters(chains: list[Derivation]) -> None:
    """Refuse a name of the loss that is written like softmax, which is p here: p_k would be either of them."""
    parts = {part for chain in chains for line in chain.lines for part in preorder_traversal(line)}
    named = {str(part) for part in parts if isinstance(part, (Symbol, IndexedBase))}
    heads = {type(part).definition for part in parts if isinstance(part, Quantity)}
    for definition in sorted(heads, key=lambda one: one.id):
        if any(is_index(parameter) for parameter in definition.parameters) and definition.meaning != BY_LET:
            letter = definition.symbol
            if letter in named | {one.symbol for one in heads if one.meaning == BY_LET and _differs(one, definition)}:
                spare = next(other for other in "qtvgh" if other not in named)
                raise Refused(f"{definition.title} is written {letter} here, and this loss has a {letter} of its own: "
                              f"give that another letter, such as {spare}")  # fmt: skip


def _differs(named, definition):
    """Whether what a let names is not that very quantity."""
    return not (isinstance(named.body, Quantity) and type(named.body).definition == definition)


def lemmas_of(chain: Derivation) -> list[Derivation]:
    """The chains that were derived on the way to one, each once and before it is cited."""
    cited = [source for step in chain.steps for source in step.cites if "_inner_" in source.id]
    return [lemma for source in dict.fromkeys(cited) for lemma in (*lemmas_of(source), source)]


def beside(variable: Expr, chain: Derivation, vocabulary: Vocabulary) -> Expr:
    """The same vector at other indices; a symbol stays."""
    if not isinstance(variable, Indexed):
        return variable
    taken = {letter for line in chain.lines for letter in line.atoms(Symbol)}
    places = []
    for index in variable.indices:
        letters = vocabulary.letters_to(vocabulary.size_of.get(index))
        spare = [letter for letter in letters if letter not in taken] if index in vocabulary.size_of else [index]
        places.append(spare[0] if spare else fresh(index, taken))
        taken.add(places[-1])
    return variable.base[tuple(places)]


def lines_of(
    question: Reading, chains: list[Derivation], records: dict[str, Check], terminal: Terminal,
    against: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:  # fmt: skip
    """What was understood, each chain, what was checked, and what stands against its proof where one was asked for."""
    lines = [line for said in question.said for line in terminal.prose(said, "understood: ")]
    lines += [""] * bool(lines)
    for chain in chains:
        begins = next((one for one in chains if chain.id == f"{one.id}_given"), None)
        lines += terminal.chain(chain, begins=begins)
        found = records[chain.id]
        steps = counted_as(found.steps, "step")
        checked = f"checked: {found.outcome}, {steps} at {found.points} points, to {found.digits} digits"
        lines[-1:] = [*terminal.prose(checked, "  "), ""]
        if chain.id in against:
            from ..proving.shown import PROVED

            proved = f"not proved: {against[chain.id]}" if against[chain.id] else PROVED
            lines[-1:] = [*terminal.prose(proved, "  "), ""]
    named = {given for chain in chains for given in chain.hypotheses}
    for given in (one for one in question.given if one not in named):
        lines += terminal.prose(given.words, "given, but not needed: ")
    return lines


def failure_lines(chain: Derivation, found: Check, terminal: Terminal) -> list[str]:
    """Which step was not verified, at which numbers, and what the step says."""
    if (place := WHERE.match(found.failure)) and int(place[1]) < len(chain.lines):
        number = int(place[1])
        return [f"step {number} ({place[2]}) of {chain.id} is {place[3]} at {terminal.text(place[4])}. It says that",
                f"  {terminal.text(plain(chain.lines[number - 1]))}",
                f"is {terminal.text(plain(chain.lines[number]))}"]  # fmt: skip
    lines = [terminal.text(found.failure)]
    if "compared at no point" in found.failure:
        lines[0] = "no numbers were found at which the loss has a value and all of this holds:"
        lines += [f"  {terminal.text(given.words)}" for given in chain.hypotheses]
    return lines


def notation_of(chain: Derivation) -> list[dict]:
    """What the symbols of a chain mean: those that occur in it."""
    found = set().union(*(line.atoms(Symbol) for line in chain.lines))
    entries = [entry for entry in chain.notation.entries if entry.symbol.atoms(Symbol) <= found]
    return [{"symbol": plain(entry.symbol), "meaning": entry.meaning, "domain": str(entry.domain)} for entry in entries]
