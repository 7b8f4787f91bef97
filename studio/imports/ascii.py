"""A text diagram as this program draws it, in plain ASCII or Unicode, alone or inside a README or a comment."""

from typing import Final

from studio.diagrams.reading import read_text
from studio.errors import TenfoldError
from studio.imports.drawing.defects import defects
from studio.imports.drawing.finding import Drawing, drawings
from studio.imports.drawing.sketch import design_of, named, unknown
from studio.imports.frame.imported import Imported, Source
from studio.text import listed

SUFFIXES: Final = (".txt", ".md", ".rst", ".adoc")


def read(source: Source) -> Imported:
    """The drawing of that number, as far as it can be read. Raises TenfoldError when there is none to read."""
    found = drawings(source.text)
    drawing = _chosen(found, source)
    reading = read_text(drawing.text)
    if not reading.boxes:
        raise TenfoldError(
            f"{source.file}:{drawing.first_line}: no box of this drawing is whole; "
            "its four sides must be drawn without a gap, and a drawing with an overlay cannot be read"
        )
    parts = named(reading)
    lines = listed(f"line {each.first_line}" for each in found)
    others = f"{len(found)} drawings, on {lines}; --number chooses one" if len(found) > 1 else ""
    design = design_of(parts, source.title)
    return Imported(design, tuple(unknown(parts)), defects(drawing, reading, source.file), others)


def _chosen(found: tuple[Drawing, ...], source: Source) -> Drawing:
    if not found:
        raise TenfoldError(f"{source.file}:1: there is no drawing in it; a drawing has boxes like ┌──┐ or +--+")
    if not 1 <= source.number <= len(found):
        raise TenfoldError(
            f"{source.file}:1: it has {len(found)} drawing{'s'[: len(found) != 1]}; --number counts them from 1"
        )
    drawing = found[source.number - 1]
    if drawing.is_too_large:
        raise TenfoldError(f"{source.file}:{drawing.first_line}: it is too large for a drawing; cut it into several")
    return drawing
