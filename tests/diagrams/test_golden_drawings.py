"""Drawings as text, each looked at by eye: what a change of the layout changes is seen in the diff."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Outline
from studio.diagrams.scene import Scene
from studio.diagrams.style import Direction
from studio.diagrams.text import render_text
from tests.diagrams.architectures import ARCHITECTURES, ODD_OUTLINES

GOLDEN = Path(__file__).parent / "golden"

ACCEPTED = ["url_shortener", "sharded_db", "cqrs", "nested_groups", "wide_characters", "apart"]
OUTLINES = {name: ARCHITECTURES[name].outline for name in ACCEPTED} | ODD_OUTLINES

CASES: list[tuple[str, Direction, Charset, int | None]] = [
    *((name, "TB", "unicode", None) for name in OUTLINES),
    ("url_shortener", "LR", "unicode", None),
    ("url_shortener", "TB", "ascii", None),
    ("cqrs", "LR", "ascii", None),
    ("sharded_db", "LR", "unicode", None),
    ("nested_groups", "TB", "ascii", None),
    ("cycles_and_loops", "LR", "unicode", None),
    ("cycles_and_loops", "TB", "ascii", None),
    ("fan_out_and_in", "LR", "ascii", None),
    ("fan_out_and_in", "LR", "unicode", 44),
    ("fan_out_and_in", "TB", "unicode", 40),
    ("wide_characters", "LR", "unicode", None),
]


def golden_path(name: str, direction: Direction, charset: Charset, width: int | None) -> Path:
    parts = [name, direction, charset, *([f"within {width}"] if width else [])]
    return GOLDEN / f"{'.'.join(parts).replace(' ', '_')}.txt"


def drawing(name: str, direction: Direction, charset: Charset, width: int | None) -> str:
    scene = lay_out(OUTLINES[name], direction=direction, width=width)
    return render_text(scene, charset=charset)


@pytest.mark.parametrize(("name", "direction", "charset", "width"), CASES)
def test_the_drawing_is_as_it_was_accepted(
    name: str, direction: Direction, charset: Charset, width: int | None
) -> None:
    accepted = golden_path(name, direction, charset, width).read_text(encoding="utf-8")
    assert drawing(name, direction, charset, width) == accepted


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("name", OUTLINES)
def test_the_drawing_can_be_read_back(name: str, direction: Direction, prove: Callable[[Outline, Scene], None]) -> None:
    prove(OUTLINES[name], lay_out(OUTLINES[name], direction=direction))


def test_every_golden_file_is_used() -> None:
    assert sorted(GOLDEN.glob("*.txt")) == sorted(golden_path(*case) for case in CASES)
