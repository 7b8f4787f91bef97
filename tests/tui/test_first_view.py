"""What stands where when the studio opens, and what a person types is shown as typed."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from studio.files.starting import sample_text
from studio.tui.canvas.where import in_reading_order

HOSTILE = (
    "[/", "[/foo]", "[@click=app.quit]x[/]", "[type=x, v={'a[0]'}]", "{}", "{0!r}", "%s %d %n", "\\", "a\\nb", '"',
    "'''", '"""', "<b>&amp;", "$(id)", "`x`",
    "日本語", "e\u0301", "👩\u200d👩\u200d👧 ❤\ufe0f", "שלום", "a" * 10_000,
)  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_first_box_is_whole_in_the_first_view(opened: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "url_shortener.toml"
    path.write_text(sample_text("url_shortener"), encoding="utf-8")

    async def run() -> None:
        async with opened(path, size) as studio:
            drawing = studio.screen.drawing
            place = drawing.place_of(in_reading_order(drawing.scene)[0])
            assert drawing.scroll_offset.y == 0
            assert place.x >= 0
            assert place.right <= drawing.size.width

    asyncio.run(run())


def test_a_flag_that_comes_back_is_shown_from_the_top(opened: Any, shop: Path) -> None:
    async def run() -> None:
        async with opened(shop) as studio:
            flags = studio.screen.estimates.flags
            await studio.press("5", "end", "2")
            assert flags.scroll_offset.y > 0
            studio.screen.select(("components", "mail"))
            await studio.press("d", "u")
            assert flags.scroll_offset.y == 0

    asyncio.run(run())


def test_the_complexity_is_said_in_points(opened: Any, shop: Path) -> None:
    async def run() -> None:
        async with opened(shop) as studio:
            points = studio.screen.session.analysis.complexity
            assert f"{points} points" in studio.lines[-2]

    asyncio.run(run())


def test_hostile_text_put_into_names_and_labels_is_kept_or_refused_in_words(opened: Any, shop: Path) -> None:
    async def run() -> None:
        async with opened(shop) as studio:
            for text in HOSTILE:
                for address, field in (("components", "api"), "name"), (("connections", "api-db"), "carries"):
                    studio.screen.select(address)
                    await studio.press("2", "f2")
                    studio.screen.query_one("#label-editor", Input).value = text
                    await studio.press("enter")
                    collection = getattr(studio.screen.session.design, address[0])
                    part = next(found for found in collection if found.id == address[1])
                    kept = getattr(part, field)
                    assert kept == text or "✗" in studio.lines[-2]
                    assert studio.app.return_code is None
                    if kept == text and text.isascii():
                        studio.screen.select(("components", "api"))
                        await studio.settle()
                        assert field != "name" or text[:8] in studio.lines[-2]

    asyncio.run(run())
