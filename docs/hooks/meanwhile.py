"""Work beside that of MkDocs, on another processor where there is one."""

from collections.abc import Callable
from multiprocessing import Pipe, get_context

from mkdocs.exceptions import Abort


def meanwhile(task: Callable[[], object]) -> Callable[[], object]:
    """Start a task. What is given back waits for it and says what it found (a plain value) or raises what it did."""
    from derivations.site.kept import CAN_FORK  # only now: `mkdocs serve` imports it anew after an edit

    if CAN_FORK:
        here, there = Pipe(duplex=False)
        # It knows all this. Should the build be given up, nobody takes what it found, and it ends with the build.
        process = get_context("fork").Process(target=lambda: there.send(_tried(task)), daemon=True)
        try:
            process.start()
        except OSError:  # a machine that has no more processes to give
            pass
        else:
            there.close()  # here: so that waiting ends if the other process does
            return lambda: _found(process, here)
    found = task()
    return lambda: found


def _tried(task):
    try:
        return task(), None
    except Exception as error:
        return None, error


def _found(process, here):
    try:
        found, error = here.recv()
    except EOFError:
        raise Abort("What was made beside the pages was not finished: its process ended.") from None
    finally:
        process.join()
    if error:
        raise error
    return found


def of_each(task: Callable[[list], object], things: list) -> list:
    """What a task finds for one half of the things, and for the other, at the same time."""
    half = meanwhile(lambda: task(things[::2]))
    return [task(things[1::2]), half()]
