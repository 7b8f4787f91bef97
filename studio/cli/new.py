"""Start a new design, blank or from a sample."""

import argparse
from pathlib import Path

from studio.errors import FINE, TenfoldError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", help="the file to write; it must not exist")
    parser.add_argument("--from", dest="sample", metavar="SAMPLE", help="a sample to start from, such as url_shortener")


def run(parsed: argparse.Namespace) -> int:
    """Writes the file; refuses to overwrite."""
    from studio.cli.frame.terminal import talk
    from studio.files.saving import save
    from studio.files.starting import blank, sample_text, title_of

    path = Path(parsed.file)
    if path.exists() or path.is_symlink():
        raise TenfoldError(f"{path}:1: it exists already and is not overwritten; choose another name")
    text = sample_text(parsed.sample) if parsed.sample else blank(title_of(path))
    save(path, text)
    talk(f"{path} is written; open it with: tenfold {path}")
    return FINE
