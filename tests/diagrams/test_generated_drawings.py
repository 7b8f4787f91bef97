"""Architectures made by a seed are drawn, read back, and found whole in both character sets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.proof import differences
from tests.diagrams.graphs import Case, case, layered


def _lost(drawn: Case) -> list[str]:
    scene = lay_out(drawn.outline, direction=drawn.direction, width=drawn.width, compact=drawn.compact)
    return [
        *differences(drawn.outline, scene, charset="unicode"),
        *differences(drawn.outline, scene, charset="ascii"),
    ]


@pytest.mark.parametrize("tens", range(4))
def test_generated_architectures_are_found_whole(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        assert not _lost(case(seed)), seed


def test_names_and_labels_made_of_drawing_characters_are_found_whole() -> None:
    for seed in range(20_000, 20_040):
        assert not _lost(case(seed, most=7, signs=True)), seed


def test_boxes_placed_by_hand_are_found_whole_with_all_their_lines() -> None:
    for seed in range(10_000, 10_012):
        drawn = case(seed, most=5, by_hand=True)
        alone = tuple(replace(box, group=()) for box in drawn.outline.boxes)
        assert not _lost(replace(drawn, outline=Outline(alone, drawn.outline.links))), seed


@pytest.mark.parametrize("groups", [False, True])
def test_a_hundred_boxes_are_found_whole(groups: bool) -> None:
    outline = layered(100, groups=groups, labels=True)
    assert differences(outline, lay_out(outline)) == ()


def test_a_dozen_lines_out_and_a_dozen_in_are_found_whole() -> None:
    boxes = tuple(Box(f"b{i}", f"Box {i}") for i in range(25))
    links = tuple(
        Link(f"l{i}", *(("b0", f"b{i}") if i <= 12 else (f"b{i}", "b0")), f"call {i}" if i % 3 else "", i % 2 == 0)
        for i in range(1, 25)
    )
    assert not _lost(Case(Outline(boxes, links)))
    assert not _lost(Case(Outline(boxes, links), direction="LR", width=80))
