"""What a drawing of an outline is worth, whoever drew it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from bench.reading_patiently import Read, Sheet, Walker, holds
from studio.diagrams.outline import Outline
from studio.diagrams.scene import Point


class Score(NamedTuple):
    """What a reader got out of a drawing, and what the drawing took."""

    wanted: int
    kept: int
    """Links found between the right boxes in the right direction."""
    invented: int
    perfect: bool
    """Whether boxes, links, labels, frames and members are all there, and nothing more."""
    bends: int
    crossings: int
    line_cells: int
    width: int
    height: int


def near(line: Read, label: frozenset[Point]) -> bool:
    around = {(c + across, r + down) for c, r in label for across in range(-2, 3) for down in (-1, 0, 1)}
    return bool(line.cells & around)


def score(outline: Outline, text: str) -> Score:
    """What is found of the outline in the text."""
    sheet = Sheet(outline, text)
    lines = Walker(sheet).lines()
    wanted = Counter((link.source, link.target) for link in outline.links)
    found = Counter((line.source, line.target) for line in lines)
    labelled = all(
        any(
            near(line, cells)
            for line in lines
            if (line.source, line.target) == (link.source, link.target)
            for label, cells in sheet.labels
            if label == link.label
        )
        for link in outline.links
        if link.label
    )
    counts = Counter(link.label for link in outline.links if link.label)
    whole = counts <= Counter(label for label, _ in sheet.labels)
    perfect = wanted == found and labelled and whole and _placed(outline, sheet)
    upright = set().union(*(line.cells - line.flat - line.turns for line in lines))
    flat = set().union(*(line.flat for line in lines))
    return Score(
        wanted.total(),
        (wanted & found).total(),
        (found - wanted).total(),
        perfect,
        len(set().union(*(line.turns for line in lines))),
        len(upright & flat),
        len(set().union(*(line.cells for line in lines))),
        sheet.width,
        sheet.height,
    )


def _placed(outline: Outline, sheet: Sheet) -> bool:
    """Whether every box is there, in its frames and in no other."""
    return all(
        box.id in sheet.boxes
        and {title for title, area in sheet.frames.items() if holds(area, sheet.boxes[box.id])} == set(box.group)
        for box in outline.boxes
    )
