"""Every architecture written by hand is drawn so that a reader finds all of it again, however it is to be drawn."""

from __future__ import annotations

from typing import get_args

import pytest

from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Outline
from studio.diagrams.proof import differences
from studio.diagrams.style import Direction
from tests.diagrams.architectures import ARCHITECTURES, ODD_OUTLINES

OUTLINES = {name: architecture.outline for name, architecture in ARCHITECTURES.items()} | ODD_OUTLINES


@pytest.mark.parametrize("width", [None, 80, 120])
@pytest.mark.parametrize("direction", get_args(Direction))
@pytest.mark.parametrize("outline", OUTLINES.values(), ids=OUTLINES)
def test_a_reader_finds_everything_in_either_character_set(
    outline: Outline, direction: Direction, width: int | None
) -> None:
    scene = lay_out(outline, direction=direction, width=width)
    assert {charset: differences(outline, scene, charset=charset) for charset in get_args(Charset)} == dict.fromkeys(
        get_args(Charset), ()
    )


@pytest.mark.parametrize("outline", OUTLINES.values(), ids=OUTLINES)
def test_every_link_of_an_architecture_has_both_ends(outline: Outline) -> None:
    ids = {box.id for box in outline.boxes}
    assert all({link.source, link.target} <= ids for link in outline.links)
