"""Begin a design from what another tool or a drawing says; what it cannot know is listed."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import FINE, FOUND, TenfoldError

if TYPE_CHECKING:
    from studio.imports.frame.imported import Imported, Source
    from studio.imports.frame.updating import Update


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "format", metavar="FORMAT", help="compose, mermaid, dot, structurizr, adr, or ascii: a text diagram (see docs)"
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="what to read; of several compose files a later one overrides; for adr a folder too",
    )
    parser.add_argument("-o", "--output", required=True, metavar="PATH", help="the design to write; it must not exist")
    parser.add_argument("--number", type=_counted, default=1, metavar="N", help="which of several drawings, from 1")
    parser.add_argument(
        "--env-file", metavar="FILE", help="compose: values of variables; none of them enters the design"
    )
    parser.add_argument(
        "--merge", action="store_true", help="add to the design that is there what is new, delete nothing"
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be found and write nothing")


def _counted(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} counts nothing; write a whole number from 1 on")
    return int(text)


def run(parsed: argparse.Namespace) -> int:
    """Writes the skeleton, never over a file. 1 when something in the source was not understood."""
    from studio.cli.frame.import_text import told, update_told
    from studio.cli.frame.terminal import talk
    from studio.imports.frame.formats import imported, module_of

    module_of(parsed.format)
    path = Path(parsed.output)
    if not parsed.merge and (path.exists() or path.is_symlink()):
        raise TenfoldError(
            f"{path}:1: it exists already and is not overwritten; choose another name with -o, or use --merge"
        )
    found = imported(parsed.format, _source(parsed, path), path.parent)
    if parsed.merge:
        lines = update_told(_merged(path, found, is_dry=parsed.dry_run))
    else:
        _write(path, found, is_dry=parsed.dry_run)
        lines = ()
    for line in told(found, parsed.files[0], path, lines, is_dry=parsed.dry_run):
        talk(line)
    return FOUND if found.defects else FINE


def _source(parsed: argparse.Namespace, path: Path) -> "Source":
    from studio.files.starting import title_of
    from studio.imports.containers.variables import variables_of
    from studio.imports.frame.formats import module_of
    from studio.imports.frame.imported import Source
    from studio.imports.frame.reading import spread, text_of

    takes_folders = getattr(module_of(parsed.format), "TAKES_FOLDERS", False)
    first, *rest = spread(parsed.files, module_of(parsed.format).SUFFIXES) if takes_folders else parsed.files
    if parsed.format != "compose" and ((rest and not takes_folders) or parsed.env_file):
        what = "--env-file" if parsed.env_file else "more than one file"
        raise TenfoldError(f"import {parsed.format} takes no {what}; only compose does")
    return Source(
        text_of(first),
        first,
        title_of(path),
        parsed.number,
        also=tuple(Source(text_of(file), file, "") for file in rest),
        folder=Path(first).parent,
        variables=variables_of(text_of(parsed.env_file)) if parsed.env_file else {},
    )


def _write(path: Path, found: "Imported", *, is_dry: bool) -> None:
    from studio.cli.frame.terminal import say
    from studio.files.saving import save
    from studio.files.writing import new_text
    from studio.imports.frame.anchored import anchored

    text = new_text(anchored(found.design))
    if is_dry:
        say(text.rstrip("\n"))
    else:
        save(path, text)


def _merged(path: Path, found: "Imported", *, is_dry: bool) -> "Update":
    from studio.files.loading import read
    from studio.files.saving import merged, save
    from studio.imports.frame.anchored import anchored
    from studio.imports.frame.updating import updated

    loaded = read(path)
    update = updated(loaded.design, found)
    text = merged(loaded.text, loaded.design, anchored(update.design))
    if not is_dry and text != loaded.text:
        save(path, text)
    return update
