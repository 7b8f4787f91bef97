"""What must be painted again, and no more: Textual's compositor, sparing of rows and widgets.

Textual asks every widget within the rectangle around all that changed for all of its lines. A key that changes a line
in the middle and one at the right then costs nearly the whole screen. Here a widget is asked only when something under
it changed, and only for the rows between its first and its last change.
"""

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """Composes what is painted again. What is shown is the same as without it."""

    _changed: tuple[Region, ...] = ()
    """The regions of the screen that are painted again; empty while all of it is."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Each widget's region, what is seen of it, and those of its lines, front to back."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            rows = _rows(seen, self._changed)
            if rows:
                yield rows, rows, widget.render_lines(rows.translate(-region.offset))


def _rows(seen: Region, changed: Iterable[Region]) -> Region:
    """The rows of a region from the first change over it to the last, in its whole width; empty where there is none."""
    over = [found for region in changed if (found := region.intersection(seen))]
    if not over:
        return Region()
    top, bottom = min(found.y for found in over), max(found.bottom for found in over)
    return Region(seen.x, top, seen.width, bottom - top)
