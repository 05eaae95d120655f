"""What a program does when something goes wrong: it says a line and ends with an exit code, and with no traceback."""

import os
import sys
from collections.abc import Callable


def exit_code(main: Callable[[], int], say: Callable[[str], None]) -> int:
    """The exit code of what the program does. It ends in silence where its reader, such as head, has seen enough."""
    try:
        try:
            code = main()
        except SystemExit as end:  # of --help, and of a wrong call
            code = end.code
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is noticed here
    except BrokenPipeError:
        code = _given_up(0)
    except KeyboardInterrupt:
        say("interrupted")
        code = _given_up(130)
    except ModuleNotFoundError as error:
        say(f"error: this needs {error.name}, which is not installed")
        code = 2
    except OSError as error:
        say(f"error: {error.strerror or error}")
        code = _given_up(1)
    except ValueError as error:  # a rule that does not apply, a definition that says too little
        say(f"error: {error}")
        code = 1
    return code


def _given_up(code):
    """Nothing more is written, not even what waits to be."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
