"""Begin a design from what another tool or a drawing says; what it cannot know is listed."""

import argparse
from pathlib import Path

from studio.errors import FINE, FOUND, TenfoldError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("format", metavar="FORMAT", help="ascii: a text diagram, in either character set (see docs)")
    parser.add_argument("file", metavar="FILE", help="what to read: a drawing, or a README with drawings in it")
    parser.add_argument("-o", "--output", required=True, metavar="PATH", help="the design to write; it must not exist")
    parser.add_argument("--number", type=_counted, default=1, metavar="N", help="which of several drawings, from 1")


def _counted(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} counts nothing; write a whole number from 1 on")
    return int(text)


def run(parsed: argparse.Namespace) -> int:
    """Writes the skeleton, never over a file. 1 when something in the source was not understood."""
    from studio.cli.frame.terminal import talk
    from studio.files.saving import save
    from studio.files.starting import title_of
    from studio.files.writing import new_text
    from studio.imports.frame.formats import imported, module_of
    from studio.imports.frame.imported import Source
    from studio.imports.frame.reading import text_of

    module_of(parsed.format)
    path = Path(parsed.output)
    if path.exists() or path.is_symlink():
        raise TenfoldError(f"{path}:1: it exists already and is not overwritten; choose another name with -o")
    found = imported(parsed.format, Source(text_of(parsed.file), parsed.file, title_of(path), parsed.number))
    save(path, new_text(found.design))
    for defect in found.defects:
        talk(str(defect))
    if found.others:
        talk(f"{parsed.file}: {found.others}")
    talk(f"{path} is written: {found.size}")
    talk("what it does not say yet:")
    for sentence in found.unknown:
        talk(f"  {sentence}")
    talk(f"open it with: tenfold {path}")
    return FOUND if found.defects else FINE
