"""The command `tenfold`: a verb, a file to open, or nothing."""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from studio.errors import COULD_NOT_RUN, FINE, TenfoldError
from studio.text import nearest, visible


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 findings or stale, 2 could not run.

    Nothing a file, an argument or a terminal can do ends in a traceback.
    """
    _prepare_streams()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return code
    except TenfoldError as error:
        _tell(str(error))
        return COULD_NOT_RUN
    except BrokenPipeError:  # whoever read our output has seen enough
        _drop(sys.stdout)
        return FINE
    except OSError as error:
        _drop(sys.stdout)
        what = f"{error.filename or 'the output'} cannot be read or written ({error.strerror})"
        _tell(f"{what}; see that it is there and has room")
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()


def _prepare_streams() -> None:
    """Lets no character and no closed stream stop us: Python sets a stream that was closed to None."""
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _tell(problem: str) -> None:
    """One safe line on stderr; where nobody can be told, the exit code is all there is."""
    try:
        print(visible(problem), file=sys.stderr, flush=True)
    except OSError:
        _drop(sys.stderr)


def _drop(stream: TextIO) -> None:
    """What is still to be written goes nowhere, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: list[str]) -> int:
    from studio.cli.frame import parsing

    verbs = parsing.verbs()
    if arguments and arguments[0] in verbs:
        gc.disable()  # a command is over before a collection would pay
        return parsing.run_verb(arguments[0], arguments[1:])
    if arguments and arguments[0] in ("-h", "--help", "--version"):
        return parsing.top_level(arguments)
    return _open(arguments, verbs)


def _open(arguments: list[str], verbs: Sequence[str]) -> int:
    words = arguments[1:] if arguments[:1] == ["--"] else arguments
    if len(words) > 1 or (words and words[0].startswith("-") and arguments[:1] != ["--"]):
        near = nearest(words[0], verbs)
        raise TenfoldError(f"{words[0]} is no command; {f'did you mean {near}?' if near else 'see tenfold --help'}")
    from pathlib import Path

    if words and not Path(words[0]).exists():
        near = nearest(words[0], verbs)
        advice = f"did you mean the command {near}?" if near else f"start one with: tenfold new {words[0]}"
        raise TenfoldError(f"{words[0]}:1: there is no such file; {advice}")
    from studio.tui.app import run

    return run(Path(words[0]) if words else None)


if __name__ == "__main__":
    sys.exit(main())
