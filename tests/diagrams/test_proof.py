"""The proof finds whatever is lost or invented between an outline and its drawing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.proof import differences

OUTLINE = Outline(
    (Box("a", "Api", group=("eu",)), Box("b", "Store", group=("eu", "data")), Box("c", "Store")),
    (Link("1", "a", "b", "reads"), Link("2", "a", "c", asynchronous=True)),
)


def test_a_good_drawing_differs_in_nothing() -> None:
    assert differences(OUTLINE, lay_out(OUTLINE)) == ()
    assert differences(OUTLINE, lay_out(OUTLINE, direction="LR"), charset="ascii") == ()


def test_notes_in_boxes_are_not_compared() -> None:
    noted = Outline((Box("a", "Api", note="×3"),))
    assert differences(noted, lay_out(noted, compact=False)) == ()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (replace(OUTLINE, boxes=(*OUTLINE.boxes, Box("d", "Queue"))), "the box 'd' with the name 'Queue' is missing"),
        (replace(OUTLINE, links=OUTLINE.links[:1]), "the asynchronous line from 'a' to 'c' is too much"),
        (
            replace(OUTLINE, links=(Link("1", "b", "a", "reads"), OUTLINE.links[1])),
            "the line from 'b' to 'a' with the label 'reads' is missing",
        ),
        (
            replace(OUTLINE, links=(Link("1", "a", "b", "writes"), OUTLINE.links[1])),
            "the line from 'a' to 'b' with the label 'writes' is missing",
        ),
        (replace(OUTLINE, links=(OUTLINE.links[0], Link("2", "a", "c"))), "the line from 'a' to 'c' is missing"),
        (
            replace(OUTLINE, boxes=(*OUTLINE.boxes[:2], replace(OUTLINE.boxes[2], group=("eu",)))),
            "the box 'c' with the name 'Store' in 'eu' is missing",
        ),
    ],
)
def test_what_differs_is_named(changed: Outline, found: str) -> None:
    assert found in differences(changed, lay_out(OUTLINE))


def test_two_boxes_of_one_name_are_told_apart() -> None:
    other = replace(OUTLINE, links=(Link("1", "a", "c", "reads"), Link("2", "a", "b", asynchronous=True)))
    assert len(differences(other, lay_out(OUTLINE))) == 4


def test_lines_over_each_other_are_told_and_do_not_raise() -> None:
    scene = lay_out(OUTLINE)
    first, second = scene.routes.values()
    twice = replace(scene, routes={"1": first, "2": replace(first, id="2", net=second.net)})
    (said,) = differences(OUTLINE, twice)
    assert "run over each other" in said
