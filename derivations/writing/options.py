"""What the command line can be asked for. SymPy takes a second to import, so this room does not import it."""

import argparse
import contextlib
import re
import sys
from pathlib import Path

NAME = "likelihood-to-cross-entropy"
EXAMPLES = """examples:
  %(prog)s                               every result, one a line, chapter by chapter
  %(prog)s --chapters                    the chapters, with what each is about
  %(prog)s --search hessian softmax      the results that speak of both
  %(prog)s softmax.gradient              one derivation, step by step
  %(prog)s softmax.gradient sigmoid      several, or whole chapters
  %(prog)s softmax.jacobian --used-by    what builds on a result, and in which steps
  %(prog)s softmax --check               check every step of a chapter
  %(prog)s softmax.gradient --coq        its theorem in Coq, for all sizes, with the proof
  %(prog)s softmax.gradient --code numpy
                                        a module that computes it, of whole arrays; or jax, torch, js
  %(prog)s softmax.gradient --cite       an entry for BibTeX; or --cite biblatex, --cite csl; without an id, the work
  %(prog)s gradient 'sum(y[k]*log(softmax(z)[k]), k)' 'z[m]'
                                        any loss of yours (%(prog)s gradient --help)

In a terminal, lines are wrapped to its width and coloured (not if NO_COLOR is set).
In a pipe or a file they are neither: each record is one line, for grep.
The exit code is 0 if all is well, 2 if the call is wrong, and 1 if a check fails, an entry cannot be derived
(the others are shown all the same) or nothing is found."""


class _Parser(argparse.ArgumentParser):
    def print_help(self, file=None):
        """As argparse does it, but a full disk is not passed over in silence."""
        print(self.format_help(), end="", file=file)


def id_typed(text: str) -> str:
    """The id that is meant: also by the address of its page, in capitals, or between blanks."""
    place = text.strip().rpartition("/")[2].rpartition("#")[2]
    return re.sub(r"\.html?$", "", place).lower() or text


def options_of(arguments):
    """The options of a call; ends the program if they do not go together."""
    called = "derivations" if Path(sys.argv[0]).stem == "derivations" else "python -m derivations"
    about = "How the likelihood becomes the cross-entropy loss, step by step."
    parser = _Parser(called, None, about, EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("id", nargs="*", type=id_typed,
        help="entries (softmax.gradient) and chapters (softmax); without any, the whole catalogue")  # fmt: skip
    add("--search", nargs="+", metavar="WORD", help="only what has all these words in its id, title, meaning or other "
        "words, or has this formula, rule or condition: --search 'p - y'")
    add("--ascii", action="store_true", help="write sum_{k=1}^K y_k instead of Unicode")
    add("--no-check", action="store_true", help="with --json: leave the record of the check out")
    add("--verbose", action="store_true", help="with --check: the sizes, points and the seed of every entry")
    add("--version", action="store_true", help="print the version")
    form = parser.add_mutually_exclusive_group()
    for name, help in {
        "chapters": "list the chapters",
        "uses": "list what the given entries use, and in which steps",
        "used-by": "list what uses the given entries, and in which steps",
        "check": "check every step at sampled points (needs python-flint)",
        "exact": "decide every equality exactly, for small sizes (needs python-flint)",
        "latex": "print LaTeX",
        "coq": "print the theorem in Coq with its proof, and whether it is proved",
        "json": "print JSON, with the record of the check (needs python-flint)",
    }.items():  # fmt: skip
        form.add_argument(f"--{name}", action="store_true", help=help)
    form.add_argument("--code", choices=CODE, help=CODE_HELP)
    form.add_argument("--cite", nargs="?", const=CITE[0], choices=CITE, help="print a bibliography entry, for BibTeX")
    options = parser.parse_intermixed_args(_as_meant(arguments))
    _refuse_misfits(parser, options)
    if options.cite and options.id == [NAME]:  # the key of the whole work
        options.id = []
    return options


def _refuse_misfits(parser, options):
    """End the program if options do not go together."""
    if options.no_check and not options.json:
        parser.error("--no-check goes with --json")
    if options.code and not options.id:
        parser.error("--code needs an id")
    _refuse_ascii_code(parser, options)
    if options.verbose and not options.check:
        parser.error("--verbose goes with --check")
    if options.chapters and (options.id or options.search):
        parser.error("--chapters lists all chapters: give no id and no --search with it")
    if (options.uses or options.used_by) and not (options.id or options.search):
        parser.error("--uses and --used-by need an id")


def _refuse_ascii_code(parser, options):
    if options.code and options.ascii:
        parser.error("--ascii does not go with --code: a module is UTF-8, and has arguments such as γ")


def _as_meant(arguments):
    """An id may stand after `--cite`, and a formula that is searched for may begin with a minus."""
    found = []
    for one in arguments:
        if found[-1:] == ["--cite"] and "." in one and not one.startswith("-"):
            found.append(CITE[0])
        is_formula = one[:1] == "-" and one[1:2] not in ("", "-") and one != "-h"
        found.append(f" {one}" if is_formula and "--search" in found else one)
    return found


CITE = ("bibtex", "biblatex", "csl")
CODE = ("numpy", "jax", "torch", "js")
CODE_HELP = "print a module that computes it: of whole arrays, runs as it stands"
ANY_LOSS = ("gradient", "hessian")
GRAMMAR = """how to type a loss:
  numbers, names, entries             2  0.5  1/3  pi  e  T  lambda  mu  y[i,k]  w[1]
  operations                          + - * / ^ (or **), brackets
  functions                           exp log sqrt tanh sin cos abs max min sigmoid softplus relu
  over all values of an index         sum(f, k)  prod(f, k)  sum(f, i, k)
  from one value to another           sum(f, j, i, n)
  of a vector, or a row               softmax(z)[k]  softmax(z/T)[k]  softmax(o[i])[k]  logsumexp(z)
Indices: i j r run to n, k l m c to K, f h to d, u to M; any other letter gets a size of its own.
Numbers that this site restricts: y and p are from 0 to 1, lambda is positive, b is above 1, eps is between 0 and 1,
alpha is from 0 to 1, psi is negative. So are entries: y[i] y[k] y[i,k] p[i] p[k] p[i,k] q[i] q[k] q[u,k] phi[u,k]
G[u,k] are from 0 to 1, psi[k] is negative, a[k] is not; c[i] and g[i] are indices where they stand in brackets, as in
z[c[i]]. Any other name, and these names with other indices, is yours. What it may be is read off the loss,
and said; --where says it otherwise, as in --where 'b in R'.

examples:
  %(prog)s '-sum(y[k]*log(softmax(z)[k]), k)' 'z[m]' --given 'sum(y[k], k) = 1'
  %(prog)s '-(1 - softmax(z)[c])^gamma * log(softmax(z)[c])' 'z[m]'
  %(prog)s 'sum(exp(z[i]) - y[i]*z[i], i)' 'w[f]' --let 'z[i] = sum(x[i,f]*w[f], f)'
  %(prog)s '-sum(w[k]*y[k]*log(softmax(z)[k]), k)' 'z[m]' --where 'w[k] >= 0'

Every chain is checked before it is shown. The exit code is 0 if all is well, 2 if the text cannot be read, and 1 if
no derivation was found, a step is not verified, or a proof that was asked for is not accepted."""


def loss_options(command, arguments):
    """The options of a question about a loss. A text may begin with a minus, also after `--`."""
    called = "derivations" if Path(sys.argv[0]).stem == "derivations" else "python -m derivations"
    about = "Derive the gradient or the Hessian of a loss step by step, and check every step."
    parser = _Parser(f"{called} {command}", None, about, GRAMMAR, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("loss", help="the loss, as text")
    add("variable", help="what to differentiate by, such as z[m] or T")
    if command == "hessian":
        add("other", nargs="?", help="the second variable; left out: the same vector at another index")
    add("--given", action="append", default=[], metavar="TEXT", help="suppose it: 'sum(y[k], k) = 1' (repeatable)")
    add("--where", action="append", default=[], metavar="TEXT", help="declare: 'y[k] in [0, 1]', 'T > 0' (repeatable)")
    add("--let", action="append", default=[], metavar="TEXT", help="name an inner quantity: 'z[i] = ...' (repeatable)")
    add("--ascii", action="store_true", help="write sum_{k=1}^K y_k instead of Unicode")
    add("--prove", action="store_true", help="prove each chain in Coq, for all sizes (needs Coq)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", action="store_true", help="print LaTeX")
    form.add_argument("--json", action="store_true", help="print JSON, with the records of the checks")
    form.add_argument("--code", choices=CODE, help=CODE_HELP)
    known = [option for action in parser._actions for option in action.option_strings]
    options = parser.parse_args([f" {one}" if one[:1] == "-" and one.partition("=")[0] not in known else one
                                 for one in arguments if one != "--"])  # fmt: skip
    _refuse_ascii_code(parser, options)
    return options


def version():
    from importlib import metadata

    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version(NAME)
    return "(not installed)"
