"""The tools of the canvas as tables: a mode, an event, and what comes of it."""

import pytest

from studio.diagrams.scene import PlacedBox, Rectangle, Route, Scene
from studio.model.address import Address
from studio.tui.canvas.tools import step
from studio.tui.canvas.words import (
    Accept,
    Banding,
    Board,
    Cancel,
    Cargo,
    Carrying,
    Connect,
    Connecting,
    Drag,
    Drop,
    Event,
    Hop,
    Mode,
    Moving,
    Name,
    NextConnection,
    Nudge,
    PickUp,
    Place,
    Press,
    Pressed,
    Pulling,
    PutBack,
    Release,
    Resting,
    Say,
    Select,
    StartConnecting,
    Walk,
    Wish,
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
CACHE = Cargo("cache-aside", "Cache-aside", (A, B), {C: "it wants a service; c is database"})
ANYWHERE = Cargo("monolith", "Monolith", ())


def after(mode: Mode, event: Event, selection: Address | None = None) -> tuple[Mode, tuple[Wish, ...]]:
    return step(mode, event, Board(SCENE, selection))


@pytest.mark.parametrize(
    ("selection", "event", "selected"),
    [
        (None, Walk("down"), A),
        (A, Walk("right"), B),
        (A, Walk("down"), C),
        (B, Walk("left"), A),
        (C, Walk("up"), A),
        (A, Hop(1), B),
        (B, Hop(1), C),
        (C, Hop(1), A),
        (A, Hop(-1), C),
        (AB, Walk("right"), B),
        (AB, Walk("left"), A),
        (A, NextConnection(1), AB),
        (AB, NextConnection(1), AC),
        (AC, NextConnection(1), AB),
    ],
)
def test_walking_selects(selection: Address | None, event: Event, selected: Address) -> None:
    assert after(Resting(), event, selection)[1] == (Select(selected),)


def test_there_is_nothing_to_walk_to_beyond_the_last_box() -> None:
    assert after(Resting(), Walk("right"), B) == (Resting(), ())


def test_leaving_a_connection_goes_back_to_the_box_it_was_reached_from() -> None:
    mode, _ = after(Resting(), NextConnection(1), A)
    assert after(mode, Cancel(), AB)[1] == (Select(A),)
    assert after(Resting(), Cancel(), A)[1] == (Select(None),)
    assert after(Resting(), Cancel()) == (Resting(), ())


@pytest.mark.parametrize(
    ("mode", "event", "mode_after", "wishes"),
    [
        (Connecting("a"), Walk("right"), Connecting("a", "b"), ()),
        (Connecting("a", "b"), Hop(1), Connecting("a", "c"), ()),
        (Connecting("a", "b"), Accept(), Resting(), (Connect("a", "b"),)),
        (Connecting("a"), Name("c"), Resting(), (Connect("a", "c"),)),
        (Connecting("a"), Name("nobody"), Connecting("a"), ()),
        (Connecting("a"), Press((21, 1)), Resting(), (Connect("a", "b"),)),
        (Connecting("a"), Press((15, 10)), Resting(), ()),
        (Connecting("a", "b"), Cancel(), Resting(), ()),
    ],
)
def test_connecting(mode: Mode, event: Event, mode_after: Mode, wishes: tuple[Wish, ...]) -> None:
    assert after(mode, event, A) == (mode_after, wishes)


def test_a_connection_starts_at_the_selected_box_only() -> None:
    assert after(Resting(), StartConnecting(), A) == (Connecting("a"), ())
    mode, wishes = after(Resting(), StartConnecting(), AB)
    assert mode == Resting()
    assert isinstance(wishes[0], Say)


@pytest.mark.parametrize(
    ("mode", "event", "mode_after", "wishes"),
    [
        (Resting(), PickUp(CACHE), Carrying(CACHE, B), ()),
        (Carrying(CACHE, A), Hop(1), Carrying(CACHE, B), ()),
        (Carrying(CACHE, B), Hop(1), Carrying(CACHE, A), ()),
        (Carrying(CACHE, A), Walk("right"), Carrying(CACHE, B), ()),
        (Carrying(CACHE, A), Accept(), Resting(), (Drop("cache-aside", A),)),
        (Carrying(CACHE, A), Cancel(), Resting(), (PutBack("cache-aside"),)),
        (Carrying(ANYWHERE), Accept(), Resting(), (Drop("monolith", None),)),
        (Carrying(CACHE, by_mouse=True), Drag((21, 1)), Carrying(CACHE, B, by_mouse=True, at=(21, 1)), ()),
        (Carrying(CACHE, by_mouse=True), Release((1, 1)), Resting(), (Drop("cache-aside", A),)),
        (Carrying(CACHE, by_mouse=True), Release(None), Resting(), (PutBack("cache-aside"),)),
        (
            Carrying(CACHE, by_mouse=True),
            Release((1, 9)),
            Resting(),
            (PutBack("cache-aside"), Say("it wants a service; c is database")),
        ),
    ],
)
def test_carrying(mode: Mode, event: Event, mode_after: Mode, wishes: tuple[Wish, ...]) -> None:
    assert after(mode, event, B) == (mode_after, wishes)


@pytest.mark.parametrize(
    ("mode", "event", "mode_after", "wishes"),
    [
        (Resting(), Press((1, 1)), Pressed("a", (1, 1), on_edge=False), (Select(A),)),
        (Resting(), Press((6, 1)), Pressed("a", (6, 1), on_edge=True), (Select(A),)),
        (Resting(), Press((10, 1)), Resting(), (Select(AB),)),
        (Resting(), Press((28, 10)), Banding((28, 10), (28, 10)), (Select(None),)),
        (Pressed("a", (1, 1), on_edge=False), Release((1, 1)), Resting(), ()),
        (Pressed("a", (1, 1), on_edge=False), Drag((4, 3)), Moving("a", (1, 1), (4, 3)), ()),
        (Moving("a", (1, 1), (4, 3)), Release((4, 3)), Resting(), (Place((("a", (3, 2)),)),)),
        (Moving("a", (1, 1), (1, 1)), Release((1, 1)), Resting(), ()),
        (Moving("a", (1, 1), (0, 0)), Release((-9, -9)), Resting(), (Place((("a", (0, 0)),)),)),
        (Pressed("a", (6, 1), on_edge=True), Drag((21, 1)), Pulling("a", (21, 1), "b"), ()),
        (Pulling("a", (21, 1), "b"), Release((21, 1)), Resting(), (Connect("a", "b"),)),
        (Moving("a", (1, 1), (4, 3)), Cancel(), Resting(), ()),
    ],
)
def test_the_mouse(mode: Mode, event: Event, mode_after: Mode, wishes: tuple[Wish, ...]) -> None:
    assert after(mode, event) == (mode_after, wishes)


def test_a_box_is_nudged_from_where_it_will_stand() -> None:
    assert after(Resting(), Nudge(1, 0), A)[1] == (Place((("a", (1, 0)),), joins=True),)
    board = Board(SCENE, A, {"a": (5, 5)})
    assert step(Resting(), Nudge(0, -1), board)[1] == (Place((("a", (5, 4)),), joins=True),)


@pytest.mark.parametrize(
    "mode", [Connecting("a"), Carrying(CACHE, A), Moving("a", (1, 1), (2, 2)), Pulling("a", (9, 9))]
)
def test_everything_ends_with_escape(mode: Mode) -> None:
    assert after(mode, Cancel())[0] == Resting()
