"""A drawing is read back before it leaves the program: what cannot be read is drawn again with more room, or told."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from studio.analysis import Analysis
from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Outline
from studio.diagrams.proof import differences
from studio.diagrams.scene import Scene
from studio.exports.frame.options import Options
from studio.text import visible

_UNPLACED = (
    "boxes placed by hand stand elsewhere in this drawing, since where they were put frames or lines have no room; "
    "move them apart and out of foreign frames, or leave out «at»"
)


def proved_scene(analysis: Analysis, options: Options, charset: Charset) -> Scene:
    """The scene in which a reader of the text finds the whole design and nothing else.

    Before: options and charset as asked for. After: the first of these that is proved: as asked, with more air, with
    no box placed by hand (told on stderr). When none is, the one with fewest differences, and stderr tells the first.
    """
    outline = analysis.full_outline if options.boxes == "full" else analysis.outline
    attempts: list[tuple[int, Scene, str]] = []
    for draw, remark in _attempts(analysis, outline, options):
        scene = draw()
        lost = differences(outline, scene, charset=charset)
        if not lost:
            _tell(remark or ("" if _is_as_placed(outline, scene) else _UNPLACED))
            return scene
        attempts.append((len(lost), scene, f"{remark}; {_sentence(lost)}" if remark else _sentence(lost)))
    _, scene, said = min(attempts, key=lambda attempt: attempt[0])
    _tell(said)
    return scene


def _attempts(analysis: Analysis, outline: Outline, options: Options) -> Iterator[tuple[Callable[[], Scene], str]]:
    """Ways to draw, each with what is to be said when it is taken."""
    direction, width = options.direction, options.width
    full = options.boxes == "full"
    yield lambda: analysis.scene(direction=direction, width=width, full=full, roomy=False), ""
    yield lambda: lay_out(outline, direction=direction, width=width, compact=False), ""
    if any(box.at is not None for box in outline.boxes):
        unplaced = Outline(tuple(replace(box, at=None) for box in outline.boxes), outline.links)
        yield lambda: lay_out(unplaced, direction=direction, width=width, compact=not full), _UNPLACED
        yield lambda: lay_out(unplaced, direction=direction, width=width, compact=False), _UNPLACED


def _is_as_placed(outline: Outline, scene: Scene) -> bool:
    """Whether the boxes placed by hand stand to each other as they were put."""
    placed = [(box.at, scene.bounds(box.id)) for box in outline.boxes if box.at is not None]
    return len({(area.column - column, area.row - row) for (column, row), area in placed}) <= 1


def _sentence(lost: tuple[str, ...]) -> str:
    more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
    return f"this drawing cannot be read back without doubt: {lost[0]}{more}; plainer names and labels help"


def _tell(sentence: str) -> None:
    if sentence:
        sys.stderr.write(f"warning: {visible(sentence)}\n")
