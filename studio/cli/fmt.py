"""Put design files into the canonical layout; comments and meaning stay."""

import argparse
from pathlib import Path

from studio.errors import COULD_NOT_RUN, FINE, FOUND, InvalidDesign


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="design files")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a file would change")


def run(parsed: argparse.Namespace) -> int:
    """Formats every file; 1 with `--check` when one would change, 2 when one cannot be read."""
    from studio.cli.frame.terminal import talk
    from studio.files.formatting import formatted
    from studio.files.loading import read
    from studio.files.saving import save

    code = FINE
    for file in parsed.files:
        try:
            text = read(Path(file)).text
        except InvalidDesign as error:
            talk(str(error))
            code = COULD_NOT_RUN
            continue
        new = formatted(text)
        if new == text:
            continue
        if parsed.check:
            talk(f"{file}:1: the layout is not canonical; run: tenfold fmt {file}")
            code = max(code, FOUND)
        else:
            save(Path(file), new)
            talk(f"{file}: formatted")
    return code
