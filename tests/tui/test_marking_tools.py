"""Marking, rubber bands and moving by keys, as tables: a mode, an event, and what comes of it."""

import pytest

from studio.diagrams.scene import PlacedBox, Rectangle, Route, Scene
from studio.model.address import Address
from studio.tui.canvas.tools import step
from studio.tui.canvas.words import (
    Accept,
    Banding,
    Board,
    Cancel,
    Connecting,
    Drag,
    Event,
    Follow,
    Mark,
    MarkAll,
    MarkBoxes,
    Mode,
    Moving,
    Nudge,
    Place,
    Press,
    Pressed,
    Pulling,
    Release,
    Resting,
    Say,
    Select,
    Shifting,
    StartMoving,
    Walk,
    Wish,
    still_stands,
)

# ┌ a ┐        ┌ b ┐
#   │ ──────────►│
#   ▼
# ┌ c ┐
BOXES = {
    "a": PlacedBox("a", "service", Rectangle(0, 0, 7, 3), ("a",)),
    "b": PlacedBox("b", "service", Rectangle(20, 0, 7, 3), ("b",)),
    "c": PlacedBox("c", "database", Rectangle(0, 8, 7, 3), ("c",)),
}
ROUTES = {
    "a-b": Route("a-b", "a", "b", ((6, 1), (19, 1)), 0),
    "a-c": Route("a-c", "a", "c", ((3, 2), (3, 7)), 1),
}
SCENE = Scene(30, 12, BOXES, (), ROUTES)
A, B, C = ("components", "a"), ("components", "b"), ("components", "c")
AB, AC = ("connections", "a-b"), ("connections", "a-c")


def after(
    mode: Mode, event: Event, selection: Address | None = None, marked: tuple[str, ...] = ()
) -> tuple[Mode, tuple[Wish, ...]]:
    return step(mode, event, Board(SCENE, selection, {}, marked))


@pytest.mark.parametrize(
    ("selection", "marked", "event", "wishes"),
    [
        (A, (), Mark(), (MarkBoxes(("a",)),)),
        (B, ("a",), Mark(), (MarkBoxes(("a", "b")),)),
        (A, ("a", "b"), Mark(), (MarkBoxes(("b",)),)),
        (None, ("a",), MarkAll(), (MarkBoxes(("a", "b", "c")),)),
        (A, ("a", "b"), Cancel(), (MarkBoxes(()),)),
        (A, ("a",), Walk("right"), (Select(B),)),
    ],
)
def test_marks_are_kept_until_they_are_taken_away(
    selection: Address | None, marked: tuple[str, ...], event: Event, wishes: tuple[Wish, ...]
) -> None:
    assert after(Resting(), event, selection, marked) == (Resting(), wishes)


@pytest.mark.parametrize("selection", [None, AB, ("components", "gone")])
def test_only_a_box_that_is_drawn_can_be_marked(selection: Address | None) -> None:
    mode, wishes = after(Resting(), Mark(), selection)
    assert mode == Resting()
    assert isinstance(wishes[0], Say)


def test_an_empty_drawing_answers_every_key_of_marking_in_words() -> None:
    for event in (Mark(), MarkAll(), StartMoving()):
        mode, wishes = step(Resting(), event, Board(Scene()))
        assert mode == Resting()
        assert isinstance(wishes[0], Say)
    assert step(Resting(), Nudge(1, 0), Board(Scene())) == (Resting(), ())


@pytest.mark.parametrize(
    ("selection", "marked", "event", "mode", "wishes"),
    [
        (A, (), Press((21, 1), adds=True), Resting(), (Select(B), MarkBoxes(("a", "b")))),
        (A, ("a", "b"), Press((21, 1), adds=True), Resting(), (Select(B), MarkBoxes(("a",)))),
        (A, ("a", "b"), Press((1, 1)), Pressed("a", (1, 1), on_edge=False), (Select(A),)),
        (A, ("a", "b"), Press((1, 9)), Pressed("c", (1, 9), on_edge=False), (Select(C), MarkBoxes(()))),
        (A, ("a",), Press((28, 10)), Banding((28, 10), (28, 10)), (Select(None), MarkBoxes(()))),
        (A, ("a",), Press((28, 10), adds=True), Banding((28, 10), (28, 10), ("a",)), ()),
        (A, ("a",), Press((10, 1)), Resting(), (Select(AB),)),
    ],
)
def test_a_press_chooses(
    selection: Address, marked: tuple[str, ...], event: Event, mode: Mode, wishes: tuple[Wish, ...]
) -> None:
    assert after(Resting(), event, selection, marked) == (mode, wishes)


@pytest.mark.parametrize(
    ("mode", "event", "mode_after", "wishes"),
    [
        (Banding((28, 5), (28, 5)), Drag((22, 1)), Banding((28, 5), (22, 1)), ()),
        (Banding((28, 5), (22, 1)), Release((22, 1)), Resting(), (Select(B), MarkBoxes(("b",)))),
        (Banding((12, 11), (5, 1)), Release((5, 1)), Resting(), (Select(A), MarkBoxes(("a", "c")))),
        (Banding((12, 11), (5, 1), ("b",)), Release(None), Resting(), (Select(A), MarkBoxes(("b", "a", "c")))),
        (Banding((12, 5), (14, 6)), Release((14, 6)), Resting(), ()),
        (Banding((12, 5), (12, 5)), Release((12, 5)), Resting(), ()),
        (Banding((28, 5), (22, 1)), Cancel(), Resting(), ()),
    ],
)
def test_a_rubber_band_marks_what_it_touches(
    mode: Mode, event: Event, mode_after: Mode, wishes: tuple[Wish, ...]
) -> None:
    assert after(mode, event) == (mode_after, wishes)


@pytest.mark.parametrize(
    ("mode", "event", "mode_after", "wishes"),
    [
        (Resting(), StartMoving(), Shifting(("a", "c")), ()),
        (Shifting(("a", "c")), Walk("right"), Shifting(("a", "c"), (1, 0)), ()),
        (Shifting(("a", "c"), (1, 0)), Nudge(0, 1), Shifting(("a", "c"), (1, 5)), ()),
        (Shifting(("a", "c")), Walk("left"), Shifting(("a", "c"), (0, 0)), ()),
        (
            Shifting(("a", "c"), (2, 1)),
            Accept(),
            Resting(),
            (Place((("a", (2, 1)), ("c", (2, 9)))),),
        ),
        (Shifting(("a", "c")), Accept(), Resting(), ()),
        (Shifting(("a", "c"), (2, 1)), Cancel(), Resting(), ()),
    ],
)
def test_boxes_follow_the_arrows_until_enter(
    mode: Mode, event: Event, mode_after: Mode, wishes: tuple[Wish, ...]
) -> None:
    assert after(mode, event, B, ("a", "c")) == (mode_after, wishes)


def test_marked_boxes_are_moved_together_and_stop_together_at_the_edge() -> None:
    together = Place((("b", (19, 0)), ("c", (0, 8))), joins=True)
    assert after(Resting(), Nudge(-1, 0), B, ("b",))[1] == (Place((("b", (19, 0)),), joins=True),)
    assert after(Resting(), Nudge(-1, 0), B, ("b", "c"))[1] != (together,)
    assert after(Resting(), Nudge(-1, 0), B, ("b", "c")) == (Resting(), ())
    assert after(Resting(), Nudge(1, 0), B, ("b", "c"))[1] == (Place((("b", (21, 0)), ("c", (1, 8))), joins=True),)


def test_dragging_a_marked_box_takes_the_others_along() -> None:
    marked = ("a", "c")
    mode, _ = after(Pressed("a", (1, 1), on_edge=False), Drag((4, 3)), A, marked)
    assert mode == Moving("a", (1, 1), (4, 3), ("c",))
    assert after(mode, Drag((5, 3)), A, marked)[0] == Moving("a", (1, 1), (5, 3), ("c",))
    assert after(mode, Release((4, 3)), A, marked)[1] == (Place((("a", (3, 2)), ("c", (3, 10)))),)
    alone, _ = after(Pressed("b", (21, 1), on_edge=False), Drag((24, 3)), B, marked)
    assert alone == Moving("b", (21, 1), (24, 3))


def test_boxes_put_by_hand_go_on_from_where_they_were_put() -> None:
    board = Board(SCENE, A, {"a": (10, 4)})
    assert board.moved(("a", "b"), (1, 1)) == (("a", (11, 5)), ("b", (21, 1)))
    assert board.moved(("gone",), (1, 1)) == ()


def test_following_goes_through_the_connections_of_that_box() -> None:
    mode, wishes = after(Resting(), Follow("a"))
    assert (mode, wishes) == (Resting("a"), (Select(AB),))
    assert after(mode, Follow("a"), AB)[1] == (Select(AC),)


@pytest.mark.parametrize(
    "mode",
    [
        Connecting("gone"),
        Pulling("gone", (1, 1)),
        Pressed("gone", (1, 1), on_edge=False),
        Moving("gone", (1, 1), (2, 2)),
        Shifting(("a", "gone")),
    ],
)
def test_nothing_goes_on_about_a_box_that_is_gone(mode: Mode) -> None:
    assert still_stands(mode, SCENE) == Resting()


def test_a_tool_goes_on_while_its_boxes_are_drawn() -> None:
    for mode in (Connecting("a"), Shifting(("a", "b")), Banding((0, 0), (1, 1)), Resting("gone")):
        assert still_stands(mode, SCENE) == mode
