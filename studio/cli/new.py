"""Start a new design, blank, from a sample, or from guided questions."""

import argparse
from pathlib import Path

from studio.errors import FINE, TenfoldError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", help="the file to write; it must not exist")
    begun = parser.add_mutually_exclusive_group()
    begun.add_argument("--from", dest="sample", metavar="SAMPLE", help="a sample to start from, such as url_shortener")
    begun.add_argument(
        "--guided", action="store_true", help="questions, one a line, and a first design from the answers"
    )


def run(parsed: argparse.Namespace) -> int:
    """Writes the file; refuses to overwrite."""
    from studio.cli.frame.terminal import talk
    from studio.files.starting import blank, sample_text, title_of

    path = Path(parsed.file)
    _refuse_overwriting(path)
    if parsed.guided:
        return _guided(path)
    _write(path, sample_text(parsed.sample) if parsed.sample else blank(title_of(path)))
    talk(f"{path} is written; open it with: tenfold {path}")
    return FINE


def _refuse_overwriting(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise TenfoldError(f"{path}:1: it exists already and is not overwritten; choose another name")


def _write(path: Path, text: str) -> None:
    from studio.files.saving import save

    _refuse_overwriting(path)  # questions take their time, and somebody else may have come first
    save(path, text)


def _guided(path: Path) -> int:
    from studio.analysis import Analysis
    from studio.asking.first_design import first_design
    from studio.asking.guided import Guided
    from studio.cli.frame.asking_text import asked, closing
    from studio.cli.frame.terminal import say, talk
    from studio.files.starting import title_of
    from studio.opening import library_for, settings

    if not path.resolve().parent.is_dir():
        raise TenfoldError(f"{path}:1: there is no folder {path.parent}; make it first, or choose another place")
    library = library_for(path)
    set_ = settings(path, library)
    found = first_design(asked(Guided(title_of(path))))
    _write(path, found.text)
    say("\n".join(closing(found, Analysis(found.design, library, settings=set_))))
    talk(f"{path} is written; open it with: tenfold {path}")
    return FINE
