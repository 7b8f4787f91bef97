"""The command `tenfold`: a verb, a file to open, or nothing."""

import os
import sys
from collections.abc import Sequence

from studio.errors import COULD_NOT_RUN, FINE, TenfoldError
from studio.text import nearest, visible


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 fine, 1 findings or stale, 2 could not run.

    Nothing a file, an argument or a terminal can do ends in a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return code
    except TenfoldError as error:
        print(visible(str(error)), file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    from studio.cli.frame import parsing

    verbs = parsing.verbs()
    if arguments and arguments[0] in verbs:
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
