"""Marks on a finished drawing: where they stand, and what is said of those that find no room."""

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.overlays import Mark, Overlay, marked_text, placed, unplaced

PAIR = Outline((Box("a", "Web shop"), Box("b", "DB")), (Link("a-b", "a", "b", "rows"),))


def overlay(**boxes: Mark) -> Overlay:
    return Overlay("Load", ("a key",), boxes)


def test_marks_stand_on_the_border_and_move_nothing() -> None:
    scene = lay_out(PAIR)
    text = marked_text(scene, overlay(a=Mark("26%", 0)))
    assert text.splitlines() == [
        "┌──────────┐",
        "│ Web shop │",
        "└────┬─26%─┘",
        "     ▼ rows",
        "  ┌────┐",
        "  │ DB │",
        "  └────┘",
        "",
        "Load",
        "  a key",
    ]


def test_a_sign_stands_for_a_mark_that_is_too_long_and_the_rest_is_listed() -> None:
    scene = lay_out(PAIR)
    shown = overlay(a=Mark("112% over", 3, "x"), b=Mark("100%", 3))
    shown = shown._replace(routes={"a-b": Mark("personal", 3)})
    marks = placed(scene, shown)
    assert [(mark.owner, mark.written) for mark in marks] == [("a", "x")]
    assert unplaced(scene, shown, marks) == ("DB: 100%", "Web shop → DB (rows): personal")
    assert "Web shop -> DB (rows): personal" in marked_text(scene, shown, charset="ascii")


def test_marks_on_lines_stand_on_a_plain_piece_that_is_theirs_alone() -> None:
    boxes = (Box("s", "Some Source Of Much"), Box("a", "First Target"), Box("b", "Second Target"))
    scene = lay_out(Outline(boxes, (Link("one", "s", "a", "w"), Link("two", "s", "b", "r"))))
    for mark in placed(scene, Overlay("Data", (), {}, {"one": Mark("x1", 3, "x"), "two": Mark("x1", 3, "x")})):
        points = scene.routes[mark.owner].points
        assert min(column for column, _ in points) <= mark.at[0] <= max(column for column, _ in points)
        assert mark.at[1] in range(min(row for _, row in points), max(row for _, row in points) + 1)


def test_what_is_not_drawn_has_no_mark_and_no_line() -> None:
    scene = lay_out(PAIR)
    gone = Overlay("Load", (), {"z": Mark("1%", 0)}, {"z-a": Mark("1", 0)})
    assert placed(scene, gone) == ()
    assert unplaced(scene, gone, ()) == ()


def test_an_overlay_without_marks_says_so() -> None:
    assert marked_text(lay_out(PAIR), Overlay("Risk", ("a key",))).endswith("\nRisk\n  nothing is marked\n")


def test_ascii_has_its_marks_where_unicode_has_them() -> None:
    scene, shown = lay_out(PAIR), overlay(a=Mark("26%", 0), b=Mark("?", None))
    plain = marked_text(scene, shown, charset="ascii")
    assert plain.isascii()
    for one, other in zip(plain.splitlines(), marked_text(scene, shown).splitlines(), strict=True):
        assert ("26%" in one) == ("26%" in other)
        assert one.find("26%") == other.find("26%")
