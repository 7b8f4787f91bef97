"""The proof of a drawing: read back and held against what was to be drawn, so that nothing gets lost unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from studio.diagrams.glyphs import Charset
from studio.diagrams.measure import harmless
from studio.diagrams.outline import Outline
from studio.diagrams.raster import DrawingError
from studio.diagrams.reading import Reading, read_text
from studio.diagrams.scene import Rectangle, Scene
from studio.diagrams.text import render_text


def differences(outline: Outline, scene: Scene, *, charset: Charset = "unicode") -> tuple[str, ...]:
    """What a reader of the drawing would miss or find too much, a few words each; empty for a proved drawing.

    Compared are boxes with their names, frames with their titles and members, and links with ends, direction, label
    and dashes. The reader knows nothing but the text. Notes in boxes are not compared.
    """
    try:
        text = render_text(scene, charset=charset)
    except DrawingError as error:
        return (str(error),)
    reading = read_text(text)
    wanted, found = Counter(_wanted(outline, scene)), Counter(_found(scene, reading))
    missing = [f"{thing} is missing" for thing in wanted - found]
    return tuple(missing + [f"{thing} is too much" for thing in found - wanted])


def _wanted(outline: Outline, scene: Scene) -> Iterator[str]:
    ids = {box.id for box in outline.boxes}
    for box in outline.boxes:
        lines = scene.boxes[box.id].lines if box.id in scene.boxes else ()
        name = harmless(box.name) or harmless(box.id) or "?"
        note = harmless(box.note)
        written = " ".join(lines)
        shown = note and written == f"{name} {note}"
        path = [harmless(part) or "?" for part in box.group]
        yield _box(box.id, f"{name} {note}" if shown else name, path)
    titles = {box.group[: depth + 1] for box in outline.boxes for depth in range(len(box.group))}
    yield from (f"the frame {(harmless(path[-1]) or '?')!r}" for path in titles)
    for link in outline.links:
        if {link.source, link.target} <= ids:
            yield _link(link.source, link.target, harmless(link.label), asynchronous=link.asynchronous)


def _found(scene: Scene, reading: Reading) -> Iterator[str]:
    at = {box.rectangle: box.id for box in scene.boxes.values()}
    ids = [at.get(box.rectangle, "?") for box in reading.boxes]
    for id_, box in zip(ids, reading.boxes, strict=True):
        frames = [frame for frame in reading.frames if _within(box.rectangle, frame.rectangle)]
        frames.sort(key=lambda frame: -frame.rectangle.width * frame.rectangle.height)
        yield _box(id_, " ".join(box.lines), [frame.title for frame in frames])
    yield from (f"the frame {frame.title!r}" for frame in reading.frames)
    for link in reading.links:
        yield _link(ids[link.source], ids[link.target], link.label, asynchronous=link.asynchronous)
    yield from (f"something in column {column + 1} of line {row + 1}" for column, row in reading.unread)


def _within(inner: Rectangle, outer: Rectangle) -> bool:
    corners = ((inner.column, inner.row), (inner.right, inner.bottom))
    return all(map(outer.contains, corners))


def _box(id_: str, name: str, path: Iterable[str]) -> str:
    return f"the box {id_!r} with the name {name!r}" + "".join(f" in {title!r}" for title in path)


def _link(source: str, target: str, label: str, *, asynchronous: bool) -> str:
    way = "asynchronous line" if asynchronous else "line"
    return f"the {way} from {source!r} to {target!r}" + (f" with the label {label!r}" if label else "")
