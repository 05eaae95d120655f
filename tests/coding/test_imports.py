"""A printed module stands alone: it imports its own library and no other, and names nothing that is not there."""

import ast
import builtins
import symtable

import pytest
from coded import ENTRIES, VALUES

from derivations.coding.module import COPIED_FROM, _functions_of, code_of, helpers_of
from derivations.coding.python import JAX, NUMPY, TORCH

MAY_IMPORT = {NUMPY: {"math", "numpy"}, TORCH: {"math", "torch"}, JAX: {"math", "jax", "jax.numpy"}}
LIBRARIES = list(COPIED_FROM)


def named_but_missing(code):
    """What functions of a module take from outside of them and nothing there defines."""
    whole, waiting, taken = symtable.symtable(code, "module", "exec"), [], set()
    waiting.append(whole)
    while waiting:
        scope = waiting.pop()
        waiting += scope.get_children()
        taken |= {one.get_name() for one in scope.get_symbols() if one.is_global() and one.is_referenced()}
    return taken - {one.get_name() for one in whole.get_symbols() if one.is_assigned() or one.is_imported()
                    or one.is_namespace()} - {*dir(builtins)}  # fmt: skip


def imported(code):
    return {name.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Import) for name in node.names} | {
        node.module for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)
    }


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda one: one.name)
def test_what_modules_are_made_of_names_no_other_library(library):
    names = [name for file in COPIED_FROM[library] for name in _functions_of(file)]
    there = "\n\n".join(helpers_of(" ".join(f"{name}(" for name in names), library))
    imports = "import math\n" + library.imports + ("\nimport jax" if library is JAX else "")
    assert len(names) > 20 and named_but_missing(f"{imports}\n\n{there}") == set()


@pytest.mark.sampled(12)
@pytest.mark.parametrize("id", VALUES)
@pytest.mark.parametrize("library", LIBRARIES, ids=lambda one: one.name)
def test_a_module_imports_its_own_library_and_no_other(library, id):
    code = code_of(ENTRIES[id], library.name.lower())
    assert named_but_missing(code) == set()
    assert imported(code) <= MAY_IMPORT[library]


def test_a_name_that_is_missing_is_seen():
    assert named_but_missing("import math\n\ndef one(x):\n    return jax.lax.exp(math.pi * x)\n") == {"jax"}
