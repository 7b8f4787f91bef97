"""The picture of an analysis: its drawing with everything that is written on it, made once for each way of looking."""

from functools import lru_cache
from typing import NamedTuple, cast

from studio.analysis import Analysis
from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Scene
from studio.diagrams.text import cells
from studio.exports.frame import overlays
from studio.tui.canvas.ghosts import Overlay
from studio.tui.canvas.look import Look
from studio.tui.canvas.marks import marks
from studio.tui.canvas.painting import Cells, marked, said


class Picture(NamedTuple):
    """What the canvas shows."""

    scene: Scene
    cells: Cells
    marks: Overlay
    title: str = ""
    """What is marked; empty for the usual marks."""
    key: tuple[str, ...] = ()


class _Drawn:
    """A scene and what it looks like as cells, told from others by being this very scene."""

    def __init__(self, scene: Scene, charset: Charset) -> None:
        self.scene, self.charset = scene, charset

    def __hash__(self) -> int:
        return hash((id(self.scene), self.charset))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawn) and other.scene is self.scene and other.charset == self.charset


@lru_cache(maxsize=4)
def _cells(drawn: _Drawn) -> Cells:
    return cells(drawn.scene, charset=drawn.charset)


def bare(analysis: Analysis, look: Look, charset: Charset) -> Picture:
    """The drawing before any figure is known: nothing is written on it."""
    scene = analysis.scene(full=look.full)
    return Picture(scene, _cells(_Drawn(scene, charset)), {})


@lru_cache(maxsize=4)
def picture(analysis: Analysis, look: Look, charset: Charset) -> Picture:
    """The drawing with what is said on it. Takes as long as figures and layout take; then the same is there at once."""
    drawn = bare(analysis, look, charset)
    if not look.overlay:
        return drawn._replace(marks=marked(drawn.cells, drawn.scene, marks(analysis, full=look.full)))
    found = overlays.overlay(cast("overlays.OverlayName", look.overlay), analysis)
    return drawn._replace(marks=said(drawn.scene, found), title=found.title, key=found.key)
