"""`tenfold export` into a folder: what is written, what is stale, and what of other people stays."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from studio.cli.frame.terminal import talk
from studio.errors import FINE, FOUND, SaveRefused, TenfoldError
from studio.exports.frame.folder import Plan, plan, write
from studio.exports.frame.formats import module_of


def into_folder(parsed: argparse.Namespace, files: Mapping[str, str], command: str) -> int:
    """Writes the files, or with --check compares them; 1 when something is stale, left over, or somebody else's.

    `command` is what would write them, without its -o.
    """
    if not parsed.output:
        raise TenfoldError(f"{parsed.to} is a folder of files; name it with -o FOLDER/")
    folder = Path(parsed.output)
    if folder.exists() and not folder.is_dir():
        raise TenfoldError(f"{folder}:1: it is a file, and {parsed.to} is a folder of files; name a folder with -o")
    try:
        found = plan(folder, files, module_of(parsed.to), force=parsed.force)
    except SaveRefused as refused:
        if not parsed.check:
            raise
        talk(str(refused))
        return FOUND
    if parsed.check:
        for name in found.stale:
            talk(f"{folder / name}:1: it is stale; run: {command} -o {parsed.output}")
    else:
        write(folder, found.stale)
        talk(f"{folder}: {len(found.stale)} of {len(files)} files written, the others were up to date")
    _tell_of_others(folder, found, module_of(parsed.to).__dict__.get("ADVICE", {}))
    return FOUND if found.foreign or found.left_over or (parsed.check and found.stale) else FINE


def _tell_of_others(folder: Path, found: Plan, advice: Mapping[str, str]) -> None:
    """`advice` is what to do about a foreign file, by its name; by the empty name for all others."""
    for name in found.foreign:
        what = advice.get(name) or advice.get("", "move it away, or replace it with --force")
        talk(f"{folder / name}:1: it is not as this program wrote it and stays; {what}")
    for name in found.left_over:
        talk(f"{folder / name}:1: the design has nothing for it any more; delete it")
