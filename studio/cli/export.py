"""Write a design as a text diagram, a picture, a document, or data."""

import argparse
import sys
from pathlib import Path

from studio.errors import FINE, FOUND, TenfoldError


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", help="a design file")
    parser.add_argument(
        "--to", required=True, metavar="FORMAT", help="ascii, unicode, dot, svg, markdown, … (see docs)"
    )
    parser.add_argument("-o", "--output", metavar="PATH", help="where to write it (default: standard output)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file at -o is stale")
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
    from studio.exports.frame.options import Options

    module_of(parsed.to)
    found = opened(parsed.file)
    options = Options(parsed.width, parsed.direction, parsed.engine, parsed.overlay, parsed.boxes)
    content = rendered(parsed.to, found.analysis, options)
    for loop in loops(parsed.file, found, "warning: "):
        talk(loop)
    if parsed.check:
        return _compared(parsed, content)
    if parsed.output:
        _written(Path(parsed.output), content)
        return FINE
    _printed(content)
    return FINE


def _compared(parsed: argparse.Namespace, content: str | bytes) -> int:
    from studio.cli.frame.terminal import talk

    if not parsed.output:
        raise TenfoldError("--check compares with a file; name it with -o PATH")
    path = Path(parsed.output)
    wanted = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == wanted:
        return FINE
    shaped = "".join(f" --{name} {value}" for name, value in _shaping(parsed))
    talk(f"{path}:1: it is stale; run: tenfold export {parsed.file} --to {parsed.to}{shaped} -o {path}")
    return FOUND


def _shaping(parsed: argparse.Namespace) -> list[tuple[str, object]]:
    """The choices that were made, as they are typed."""
    usual = {"width": None, "direction": "TB", "engine": None, "overlay": None, "boxes": "compact"}
    return [(name, getattr(parsed, name)) for name in usual if getattr(parsed, name) != usual[name]]


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
