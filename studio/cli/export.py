"""Write a design as a text diagram, a picture, a document, or data."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import FINE, FOUND, SaveRefused, TenfoldError

if TYPE_CHECKING:
    from studio.exports.frame.options import Options


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", help="a design file")
    parser.add_argument(
        "--to", required=True, metavar="FORMAT", help="ascii, unicode, dot, svg, markdown, … (see docs)"
    )
    parser.add_argument("-o", "--output", metavar="PATH", help="where to write it (default: standard output)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file at -o is stale")
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace generated parts a person wrote into, or a text without any; what stands beside them is kept",
    )
    parser.add_argument("--width", type=_columns, metavar="N", help="most columns a text diagram or svg should take")
    parser.add_argument("--direction", choices=("TB", "LR"), default="TB", help="top to bottom, or left to right")
    parser.add_argument(
        "--engine",
        choices=("own", "dot"),
        help="who draws: this program (text and svg, when not given), or Graphviz (svg; png and pdf always)",
    )
    parser.add_argument(
        "--overlay",
        choices=("load", "risk", "cost", "data", "owner", "kind"),
        help="marks on unicode, ascii and svg: load = share of capacity in use at peak, risk = worst open red flag, "
        "cost = share of the bill, data = most sensitive class kept or carried, owner, kind of component",
    )
    parser.add_argument(
        "--boxes",
        choices=("compact", "full"),
        default="compact",
        help="full: a second line in each box of unicode, ascii and svg says its kind and technology",
    )
    parser.add_argument(
        "--notation", choices=("flowchart", "c4"), default="flowchart", help="which kind of diagram mermaid draws"
    )
    parser.add_argument(
        "--per-component",
        action="store_true",
        help="agents into a folder: beside the whole a contract for each component, in a folder of its own",
    )


def _columns(text: str) -> int:
    if not text.isdigit() or not 20 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text} is no width; write a number of columns from 20 to 10000")
    return int(text)


def run(parsed: argparse.Namespace) -> int:
    """Renders the design; a picture goes to a file or a pipe, never to a terminal."""
    from studio.cli.frame.lines import loops
    from studio.cli.frame.reading import opened
    from studio.cli.frame.terminal import talk
    from studio.exports.frame.formats import module_of, rendered
    from studio.exports.frame.managed import brought_over

    module_of(parsed.to)
    found = opened(parsed.file)
    content = rendered(parsed.to, found.analysis, _options(parsed))
    for loop in loops(parsed.file, found, "warning: "):
        talk(loop)
    if not isinstance(content, str | bytes):
        from studio.cli.frame.folders import into_folder

        return into_folder(parsed, content, f"tenfold export {parsed.file} --to {parsed.to}{_shaped(parsed)}")
    if parsed.check:
        return _compared(parsed, content)
    if parsed.output:
        path = Path(parsed.output)
        _written(path, brought_over(path, content, force=parsed.force))
        return FINE
    _printed(content)
    return FINE


def _compared(parsed: argparse.Namespace, content: str | bytes) -> int:
    from studio.cli.frame.terminal import talk
    from studio.exports.frame.managed import brought_over

    if not parsed.output:
        raise TenfoldError("--check compares with a file; name it with -o PATH")
    path = Path(parsed.output)
    try:
        content = brought_over(path, content)
    except SaveRefused as refused:
        talk(str(refused))
        return FOUND
    wanted = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == wanted:
        return FINE
    talk(f"{path}:1: it is stale; run: tenfold export {parsed.file} --to {parsed.to}{_shaped(parsed)} -o {path}")
    return FOUND


def _options(parsed: argparse.Namespace) -> "Options":
    from studio.exports.frame.options import Options

    place = parsed.output or ""
    folder = place.endswith(("/", os.sep)) or Path(place or "-").is_dir()
    if parsed.per_component and not folder:
        raise TenfoldError("--per-component writes several files; name a folder with -o FOLDER/")
    shape = (parsed.width, parsed.direction, parsed.engine, parsed.overlay, parsed.boxes, parsed.notation)
    return Options(*shape, folder=folder, per_component=parsed.per_component)


def _shaped(parsed: argparse.Namespace) -> str:
    """The choices that were made, as they are typed."""
    usual = {
        "width": None, "direction": "TB", "engine": None, "overlay": None, "boxes": "compact", "notation": "flowchart",
    }  # fmt: skip
    made = "".join(f" --{name} {getattr(parsed, name)}" for name in usual if getattr(parsed, name) != usual[name])
    return f"{made}{' --per-component' if parsed.per_component else ''}"


def _written(path: Path, content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    try:
        path.write_bytes(data)
    except OSError as error:
        raise TenfoldError(f"{path}:1: it cannot be written ({error.strerror}); choose another place with -o") from None


def _printed(content: str | bytes) -> None:
    if isinstance(content, str):
        sys.stdout.write(content)
    elif sys.stdout.isatty():
        raise TenfoldError("a picture would garble the terminal; name a file with -o PATH")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
