"""Reduced frames show the same as whole ones, cell by cell, and write less."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.diagrams.measure import clusters, is_plain
from studio.tui.terminal.frames import Shown

STYLES = ["", "1", "31", "1;38;2;9;9;9;48;2;1;2;3", "38;5;7", "4;48;2;1;2;3", "48;2;1;2;3"]
PIECES = st.tuples(
    st.integers(1, 6),
    st.integers(1, 16),
    st.sampled_from(STYLES),
    st.text(alphabet="ab │─▼é用", min_size=1, max_size=6),
)
FRAMES = st.lists(st.lists(PIECES, min_size=1, max_size=6), min_size=1, max_size=6)


def written(pieces: list[tuple[int, int, str, str]]) -> str:
    return "".join(f"\x1b[{row};{column}H\x1b[{style}m{text}\x1b[0m" for row, column, style, text in pieces)


def looked_at(data: str) -> list[list[tuple[object, ...]]]:
    screen = pyte.Screen(40, 8)
    pyte.Stream(screen).feed(data)
    return [
        [(c.data, c.fg, c.bg, c.bold, c.underscore) for c in (screen.buffer[y][x] for x in range(40))] for y in range(8)
    ]


def is_torn(frames: list[list[tuple[int, int, str, str]]]) -> bool:
    return any("用" in text for frame in frames for *_, text in frame)


@given(FRAMES)
def test_reduced_frames_show_the_same(frames: list[list[tuple[int, int, str, str]]]) -> None:
    if is_torn(frames):
        frames = [[(row, 1, style, text) for row, (_, _, style, text) in enumerate(frame, 1)] for frame in frames]
        frames = [[(row, column, style, text.ljust(6)) for row, column, style, text in frame] for frame in frames]
    whole = [written(frame) for frame in frames]
    shown = Shown()
    reduced = [shown.reduced(frame) for frame in whole]
    assert None not in reduced
    assert looked_at("".join(map(str, reduced))) == looked_at("".join(whole))


def test_what_is_shown_already_is_not_written() -> None:
    shown = Shown()
    frame = written([(1, 1, "1;31", "hello")])
    assert shown.reduced(frame)
    assert shown.reduced(frame) == ""
    shown.forget()
    assert shown.reduced(frame)


def test_only_the_part_of_a_style_that_differs_is_written() -> None:
    shown = Shown()
    assert shown.reduced(written([(1, 1, "38;2;1;1;1;48;2;2;2;2", "a"), (1, 2, "38;2;3;3;3;48;2;2;2;2", "b")])) == (
        "\x1b[1;1H\x1b[38;2;1;1;1;48;2;2;2;2ma\x1b[38;2;3;3;3mb\x1b[0m\x1b[1;3H"
    )


@pytest.mark.parametrize("data", ["\x1b[?1049h", "\x1b]0;title\x07", "\a", "\x1b[2J", "plain", "\x1b[1;1Hx\ty"])
def test_what_is_no_frame_goes_through_as_it_is(data: str) -> None:
    assert Shown().reduced(data) is None


@given(st.characters(min_codepoint=0x20, exclude_characters="\x7f"))
def test_a_plain_character_takes_one_column(character: str) -> None:
    assert not is_plain(character) or clusters(character) == ((character, 1),)
