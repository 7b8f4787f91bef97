"""The whole picture: paper, frames, wires, boxes, marks; a title and a description for whoever cannot see it."""

from typing import Final

from studio.diagrams.overlays import Overlay, placed, unplaced
from studio.diagrams.scene import Scene
from studio.exports.frame.escaping import xml
from studio.exports.picture.boxes import box, frame
from studio.exports.picture.grid import MARGIN, widest, x, y
from studio.exports.picture.marks import legend, mark
from studio.exports.picture.sheet import sheet
from studio.exports.picture.wires import wires

LEAST_WIDTH: Final = 240
"""Pixels; a legend needs some room even under a small drawing."""


def picture(scene: Scene, name: str, overlay: Overlay | None = None) -> str:
    """A scene as an SVG document of its own, `name` its title: no script, nothing from outside, the same each time.

    Boxes, frames and wires lie where the text drawing has them. A wire is one `<path>` of class `wire`.
    """
    marks = placed(scene, overlay) if overlay else ()
    wide, high = max(x(scene.width), LEAST_WIDTH), y(scene.height)
    below = ""
    if overlay:
        more = unplaced(scene, overlay, marks)
        needed = max(widest(line, 12) for line in (overlay.title, *overlay.key, *more))
        wide = max(wide, int(needed) + 1)
        below, high = legend(overlay, more, high + MARGIN, wide)
    parts = [
        *map(frame, scene.frames),
        *wires(scene),
        *map(box, scene.boxes.values()),
        *(mark(each, scene) for each in marks),
        below,
    ]
    size = (wide + 2 * MARGIN, high + 2 * MARGIN)
    return "\n".join([*_head(name, scene, size), *filter(None, parts), "</svg>"]) + "\n"


def _head(name: str, scene: Scene, size: tuple[int, int]) -> list[str]:
    edge = f'x="{-MARGIN}" y="{-MARGIN}" width="{size[0]}" height="{size[1]}"'
    view = f'width="{size[0]}" height="{size[1]}" viewBox="{-MARGIN} {-MARGIN} {size[0]} {size[1]}"'
    spoken = 'role="img" aria-labelledby="drawing-title drawing-description"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} {spoken}>',
        f'<title id="drawing-title">{xml(name)}</title>',
        f'<desc id="drawing-description">{xml(described(scene))}</desc>',
        f"<style>\n{sheet()}\n</style>",
        f'<rect class="paper" {edge}/>',
    ]


def described(scene: Scene) -> str:
    """The drawing in words: how much there is, then who calls or feeds whom."""
    parts = (("component", scene.boxes), ("connection", scene.routes), ("group", scene.frames))
    counted = ", ".join(f"{len(found)} {word}{'s' if len(found) != 1 else ''}" for word, found in parts) + "."
    names = {id_: " ".join(box.lines) for id_, box in scene.boxes.items()}
    calls = (
        f"{names[route.source]} to {names[route.target]}{f': {route.label}' if route.label else ''}."
        for route in scene.routes.values()
    )
    return " ".join((counted, *calls))
