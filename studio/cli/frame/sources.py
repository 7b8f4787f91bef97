"""A design named on the command line: a file, a version in git, standard input, or nothing at all."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from studio.errors import TenfoldError
from studio.files.loading import MOST_BYTES, content_of, decoded
from studio.text import one_line, shortened

_HELP: Final = "write REV:PATH with the path from the top of the work tree, such as HEAD:designs/shop.toml"
_ENVIRONMENT: Final = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
"""Git is asked to read what is there: it takes no lock, asks nobody and fetches nothing."""


class Source(NamedTuple):
    """The text of a design and where it comes from."""

    name: str
    """As the person wrote it."""
    text: str | None
    """None for no design at all (`/dev/null`)."""
    place: Path | None
    """The file of the work tree it is or is a version of: its team's rules and catalogue hold. None: there is none."""


def read(name: str) -> Source:
    """What `name` stands for. A file that is there is meant before a version in git.

    Raises `TenfoldError` in one sentence when there is no such thing.
    """
    if name == "-":
        return Source(name, decoded(sys.stdin.buffer.read(MOST_BYTES + 1), name), None)
    path = Path(name)
    if name == os.devnull:
        return Source(name, None, None)
    if ":" in name and not _is_there(path):
        return _version(name)
    return Source(name, decoded(content_of(path), name), path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _version(name: str) -> Source:
    """A file as git keeps it. The name is one argument and never an option; no shell sees it."""
    revision, _, path = name.partition(":")
    if revision.startswith("-"):
        raise TenfoldError(f"{name}:1: a revision does not begin with “-”; {_HELP}")
    if not path:
        raise TenfoldError(f"{name}:1: no path follows the colon; {_HELP}")
    content = _asked(name, "cat-file", "blob", name)
    top = Path(os.fsdecode(_asked(name, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    is_here = path.startswith(("./", "../"))
    return Source(name, decoded(content, name), Path(path) if is_here else top / path)


def _asked(name: str, *words: str) -> bytes:
    """What git answers, never more than a design may have."""
    try:
        with subprocess.Popen(
            ["git", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | _ENVIRONMENT,
        ) as git:
            content = git.stdout.read(MOST_BYTES + 1) if git.stdout else b""
            if len(content) > MOST_BYTES:
                git.kill()
                return content
            complaint = git.stderr.read(4096) if git.stderr else b""
    except FileNotFoundError:
        raise TenfoldError(
            f"{name}:1: there is no such file, and git, which might know it, is not installed; check the path"
        ) from None
    if git.returncode:
        raise TenfoldError(f"{name}:1: {_reason(complaint.decode(errors='replace'))}; {_HELP}")
    return content


def _reason(complaint: str) -> str:
    if "not a git repository" in complaint:
        return "there is no such file, and this is no git work tree that could know it"
    if "bad file" in complaint:
        return "git has a folder of this name, and a design is one file"
    said = one_line(complaint).removeprefix("fatal: ")
    return f"git has no such version ({shortened(said, 120)})" if said else "git has no such version"
