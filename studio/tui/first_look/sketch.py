"""A person's drawing on the screen before Textual and the model are loaded: straight from the TOML. Standard library
and diagrams only."""

import tomllib
from typing import Any

from studio.diagrams.glyphs import Charset
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.scene import Scene
from studio.text import one_line, shortened, width

FEW = 60
"""Boxes that are laid out within a blink; of a larger drawing the names stand there until it comes with the studio."""
NAME = 24
"""Columns of the longest name that is not cut."""
APART = 2
"""Columns between two names."""


def outline_of(raw: dict[str, Any]) -> Outline:
    """The same outline that the model would give for a valid design; of another one what can be made out."""
    components = _tables(raw, "components")
    boxes = tuple(
        Box(
            id_,
            one_line(str(fields.get("name") or id_)),
            str(fields.get("kind", "service")),
            tuple(filter(None, str(fields.get("group") or "").split("/"))),
            _place(fields.get("at")),
        )
        for id_, fields in components.items()
    )
    links = tuple(
        Link(
            id_,
            str(fields.get("from")),
            str(fields.get("to")),
            one_line(str(fields.get("carries") or "")),
            fields.get("mode") not in (None, "sync"),
        )
        for id_, fields in _tables(raw, "connections").items()
        if {str(fields.get("from")), str(fields.get("to"))} <= components.keys()
    )
    return Outline(boxes, links)


def _tables(raw: dict[str, Any], section: str) -> dict[str, dict[str, Any]]:
    found = raw.get(section)
    return {id_: fields for id_, fields in found.items() if isinstance(fields, dict)} if isinstance(found, dict) else {}


def _place(at: object) -> tuple[int, int] | None:
    if isinstance(at, list) and len(at) == 2 and all(isinstance(each, int) for each in at):
        return at[0], at[1]
    return None


def room_of(columns: int, rows: int) -> tuple[int, int, int, int]:
    """Where the canvas lies on a screen of that size: column, row, width and height of its inside.

    The stylesheet of the studio says the same to Textual.
    """
    if columns < 110:
        return 0, 1, columns, rows - 3
    left, right = (38, 50) if columns >= 160 else (27, 34)
    below = 17 if rows >= 50 else 13
    return left + 1, 2, columns - left - right - 2, rows - 3 - below - 2


def sketch(content: bytes, columns: int, rows: int, colours: str, charset: Charset) -> str:
    """The drawing as it will stand on the canvas, as what is to be written to the terminal; empty when there is none.

    `colours` is written first: the style of all that follows.
    """
    try:
        outline = outline_of(tomllib.loads(content.decode()))
    except (ValueError, RecursionError):
        return ""
    if not outline.boxes:
        return ""
    if len(outline.boxes) > FEW:
        return f"{colours}\x1b[2J{_names(outline, room_of(columns, rows), charset)}"
    from studio.diagrams.layout import laid_out
    from studio.diagrams.text import cells

    scene = laid_out(outline, direction="TB", width=None, compact=True, roomy=True)
    left, top, wide, high = room_of(columns, rows)
    across = left + _first_column(scene, wide, high)
    written = [f"{colours}\x1b[2J"]
    for number, row in enumerate(cells(scene, charset=charset)[: max(high - 1, 0)]):
        seen = row[max(left - across, 0) : max(left + wide - across, 0)]
        text = "".join(cell.glyph for cell in seen).rstrip()
        if text:
            written.append(f"\x1b[{top + number + 2};{max(across, left) + 1}H{text}")
    return "".join(written)


def _names(outline: Outline, room: tuple[int, int, int, int], charset: Charset) -> str:
    """What a large drawing will hold: how many boxes and lines, and the names of as many boxes as there is room for."""
    left, top, wide, high = room
    names = [shortened(box.name, NAME) for box in outline.boxes]
    each = max(map(width, names)) + APART
    across = max((wide - 4) // each, 1)
    padded = [name + " " * (each - width(name)) for name in names]
    rows = ("".join(padded[start : start + across]) for start in range(0, len(padded), across))
    lines = [f"{len(outline.boxes)} boxes, {len(outline.links)} lines", "", *rows]
    shown = [shortened(line.rstrip(), max(wide - 4, 1)) for line in lines[: max(high - 2, 0)]]
    written = "".join(f"\x1b[{top + number + 2};{left + 3}H{line}" for number, line in enumerate(shown) if line)
    return written.replace("…", ".") if charset == "ascii" else written


def _first_column(scene: Scene, wide: int, high: int) -> int:
    """Where the drawing's first column stands in a pane of that size: centred, or so that its first box is, as far as
    the pane can be scrolled. A drawing that is too high has a scroll bar at its right."""
    room = wide - (scene.height + 2 > high)
    if scene.width + 2 <= room:
        return max((room - scene.width) // 2, 2)
    first = min((box.rectangle for box in scene.boxes.values()), key=lambda area: (area.row, area.column))
    return 2 - min(max(2 + first.column + first.width // 2 - room // 2, 0), scene.width + 3 - room)
