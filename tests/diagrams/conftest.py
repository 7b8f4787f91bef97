from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import get_args

import pytest

from studio.diagrams.glyphs import Charset
from studio.diagrams.measure import harmless
from studio.diagrams.outline import Outline
from studio.diagrams.reading import read_text
from studio.diagrams.scene import Scene
from studio.diagrams.text import render_text


@pytest.fixture(scope="session")
def prove() -> Callable[[Outline, Scene], None]:
    """Reads a drawing in both character sets and compares all that is found with the outline."""
    return _prove


def _prove(outline: Outline, scene: Scene) -> None:
    names = {box.id: harmless(box.name) or box.id for box in outline.boxes}
    groups = {names[box.id]: sorted(box.group) for box in outline.boxes}
    wanted = Counter((names[link.source], names[link.target], link.label, link.asynchronous) for link in outline.links)
    for charset in get_args(Charset):
        reading = read_text(render_text(scene, charset=charset))
        found = [" ".join(box.lines) for box in reading.boxes]
        assert Counter(found) == Counter(names.values())
        assert wanted == Counter(
            (found[link.source], found[link.target], link.label, link.asynchronous) for link in reading.links
        )
        assert not reading.unread
        for box, name in zip(reading.boxes, found, strict=True):
            corner = (box.rectangle.column, box.rectangle.row)
            around = [frame.title for frame in reading.frames if frame.rectangle.contains(corner)]
            assert sorted(around) == groups[name]
