"""What is painted sparingly is what Textual itself would paint."""

from pathlib import Path

from textual._compositor import ChopsUpdate, Compositor

from studio.tui.terminal.composing import SparingCompositor
from tests.tui.driving import Opened, driven


def seen(update: ChopsUpdate | None) -> dict[tuple[int, int], str]:
    """The text of every part that is painted, by its row and first column."""
    if update is None:
        return {}
    found = {}
    for row, first, last in update.spans:
        ends = update.chop_ends[row]
        for end, (column, strip) in zip(ends, update.chops[row].items(), strict=False):
            if strip is not None and column < last and end > first:
                found[row, column] = repr(strip)
    return found


class Watched(SparingCompositor):
    """Composes each update both ways."""

    compared = 0

    def render_partial_update(self) -> ChopsUpdate | None:
        dirty = set(self._dirty_regions)
        sparing = super().render_partial_update()
        self._dirty_regions = dirty
        assert seen(sparing) == seen(Compositor.render_partial_update(self))
        Watched.compared += bool(seen(sparing))
        return sparing


@driven
async def test_every_update_is_the_one_textual_would_make(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        assert type(studio.screen._compositor) is SparingCompositor
        studio.screen._compositor.__class__ = Watched
        Watched.compared = 0
        await studio.press(
            "down", "down", "right", "up", "tab", "3", "down", "2", "b", "escape", "w", "escape", "5", "j"
        )
        assert Watched.compared > 10
