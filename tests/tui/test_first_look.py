"""What is on the screen before Textual: the person's drawing where it will stand, or the screen as it was."""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.diagrams.from_design import outline
from studio.diagrams.glyphs import Charset
from studio.files.loading import parse
from studio.files.starting import sample_ids, sample_text
from studio.tui.first_look import looks, pictures
from studio.tui.first_look.sketch import outline_of, room_of, sketch
from studio.tui.terminal.frames import Curtain, Shown
from studio.tui.theme import THEMES

SIZES = [(80, 24), (120, 40), (200, 60)]

ODD = """
format = 1
[design]
name = "Odd"
[components.a]
kind = "client"
group = "eu//west/"
at = [4, 2]
[components.b]
kind = "queue"
name = "A [/] B"
[connections.a-b]
from = "a"
to = "b"
mode = "async"
carries = "x  y"
"""


def shown(data: str, columns: int, rows: int) -> list[str]:
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(data)
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize("text", [*map(sample_text, sample_ids()), ODD])
def test_the_outline_is_that_of_the_model(text: str) -> None:
    assert outline_of(tomllib.loads(text)) == outline(parse(text, "design.toml"))


@given(
    st.dictionaries(
        st.sampled_from(["components", "connections", "design"]),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=4),
            lambda inner: (
                st.dictionaries(
                    st.sampled_from(["a", "b", "from", "to", "at", "group", "name", "kind"]), inner, max_size=4
                )
                | st.lists(inner, max_size=3)
            ),
            max_leaves=12,
        ),
    )
)
def test_nothing_in_a_broken_file_stops_it(raw: dict[str, Any]) -> None:
    outline_of(raw)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sample", sample_ids())
def test_the_drawing_stands_where_the_studio_will_show_it(
    opened: Any, tmp_path: Path, sample: str, size: tuple[int, int]
) -> None:
    path = tmp_path / f"{sample}.toml"
    path.write_text(sample_text(sample), encoding="utf-8")
    first = shown(sketch(path.read_bytes(), *size, "\x1b[0m", "unicode"), *size)

    async def run() -> None:
        async with opened(path, size) as studio:
            region = studio.screen.drawing.region
            left, top, wide, high = room_of(*size)
            assert (region.x, region.y, region.width, region.height) == (left, top, wide, high)
            drawing = studio.screen.drawing
            seen = drawing._map_region(drawing._map).x if drawing._map else wide - 2  # the map lies over the drawing
            above = slice(left, left + min(wide - 2, seen))
            for number in range(top, top + high - 2):
                plain = studio.lines[number][above].rstrip()
                for sketched, drawn in zip(first[number][above].ljust(len(plain)), plain, strict=False):
                    assert sketched == drawn or sketched in "─│ ", f"row {number}: {first[number]!r} {plain!r}"

    asyncio.run(run())


def test_a_design_that_is_broken_or_empty_is_not_sketched() -> None:
    assert sketch(b"[components", 80, 24, "", "unicode") == ""
    assert sketch(b"\xff\xfe", 80, 24, "", "unicode") == ""
    assert sketch(b"", 80, 24, "", "unicode") == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_of_a_large_design_the_names_stand_inside_the_canvas(size: tuple[int, int], charset: Charset) -> None:
    long = "a name that is far too long to be shown whole"
    many = "\n".join(f'[components.c{n}]\nname = "{long if n == 7 else f"Box {n}"}"' for n in range(400))
    rows = shown(sketch(many.encode(), *size, "\x1b[0m", charset), *size)
    left, top, wide, high = room_of(*size)
    assert rows[top + 1][left + 2 :].startswith("400 boxes, 0 lines")
    assert rows[top + 3][left + 2 :].startswith("Box 0")
    assert all(not row.strip() for row in (*rows[: top + 1], *rows[top + high :]))
    assert max(len(row.rstrip()) for row in rows) <= left + wide
    assert charset == "unicode" or "".join(rows).isascii()


def test_escape_codes_of_a_file_do_not_act() -> None:
    text = 'format = 1\n[components.a]\nkind = "service"\nname = "x\\u001b[2Jy\\u0007"\n'
    drawn = sketch(text.encode(), 80, 24, "", "unicode")
    assert drawn.count("\x1b[2J") == 1
    assert "\x07" not in drawn


def test_its_colours_are_those_of_the_theme() -> None:
    for theme in THEMES:
        assert looks.INK[theme.name] == (theme.variables["text-dim"], theme.background)


def test_a_picture_is_for_one_content_one_size_and_one_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = pictures.key(b"one", ("dark", "80x24"))
    assert name == pictures.key(b"one", ("dark", "80x24"))
    assert len({name, pictures.key(b"two", ("dark", "80x24")), pictures.key(b"one", ("dark", "120x40"))}) == 3
    monkeypatch.setattr("time.strftime", lambda _: "tomorrow")
    assert name != pictures.key(b"one", ("dark", "80x24"))


def test_only_the_newest_pictures_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    for number in range(pictures.MOST + 5):
        pictures.keep(folder, f"{number}", f"picture {number}")
    assert len(list(folder.iterdir())) == pictures.MOST
    assert pictures.kept(folder, f"{pictures.MOST + 4}") == f"picture {pictures.MOST + 4}"
    assert pictures.kept(folder, "none") == ""


def test_a_picture_that_cannot_be_kept_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    pictures.keep(tmp_path / "file", "name", "picture")
    assert pictures.kept(tmp_path / "file", "name") == ""


def frame(row: int, column: int, text: str) -> str:
    return f"\x1b[{row};{column}H{text}"


def test_frames_behind_the_curtain_are_shown_at_once_and_only_where_they_differ() -> None:
    terminal, curtain = Shown(), Curtain()
    terminal.takes_for_shown(frame(1, 1, "the drawing") + frame(2, 1, "figures 12"))
    for data in (
        frame(1, 1, "           "),
        frame(2, 1, "figures …  "),
        frame(1, 1, "the drawing"),
        frame(2, 9, "13 "),
    ):
        assert curtain.took(data)
    assert not curtain.took("\x1b[?1049h")
    lifted = terminal.brought(curtain.rows, curtain.cursor)
    assert "drawing" not in lifted
    assert "3" in lifted


def test_a_picture_shows_what_was_shown() -> None:
    terminal = Shown()
    data = "\x1b[1;1H\x1b[31mred\x1b[0m\x1b[3;2Hplain ▼"
    terminal.reduced(data)
    assert shown(terminal.picture(), 20, 4) == shown(data, 20, 4)
    again = Shown()
    again.takes_for_shown(terminal.picture())
    assert again.reduced(data) == ""
