"""Letters on boxes: what leads to each of them in a jump."""

from collections.abc import Mapping

from studio.diagrams.scene import Scene
from studio.tui.canvas.ghosts import Overlay, Paint


def lettered(over: Overlay, scene: Scene, letters: Mapping[str, str]) -> Overlay:
    """What lies over the drawing, with its letters on the frame of each box that has some; the same where none has."""
    if not letters:
        return over
    painted = dict(over)
    for id_, label in letters.items():
        if id_ in scene.boxes:
            at = scene.boxes[id_].rectangle
            for offset, letter in enumerate(f" {label} "):
                painted[at.column + 1 + offset, at.row] = Paint(letter, "letter")
    return painted
