"""The drawing on the screen: what is painted where, which part of it is seen."""

from collections.abc import Mapping

from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Point, Rectangle, Scene
from studio.diagrams.text import cells
from studio.model.address import Address
from studio.tui.canvas.marks import Marks
from studio.tui.canvas.painting import Cells, Overlay, differing_rows, marked, overlay, painted_row
from studio.tui.canvas.where import in_reading_order, is_drawn, middle
from studio.tui.canvas.words import (
    Mode,
    Resting,
)
from studio.tui.fence import resize_content
from studio.tui.roles import Roled

MARGIN = (1, 1)
"""Blank columns and rows kept at the right and below, so that a box can be moved there."""


class Drawing(ScrollView, Roled, can_focus=True):
    """Paints the scene and what lies over it. It keeps the scroll offset; everything else is told to it."""

    class Seen(Message):
        """It is painted for the first time."""

    ALLOW_SELECT = False

    def __init__(self, *, charset: Charset = "unicode") -> None:
        super().__init__()
        self._charset = charset
        self._scene = Scene()
        self._cells: Cells = ()
        self._over: Overlay = {}
        self._selection: Address | None = None
        self._marks: Mapping[Address, Marks] = {}
        self._marked: Overlay = {}
        self._places: dict[str, Point] = {}
        self._mode: Mode = Resting()
        self._origin = Offset(2, 1)
        self._panned_from: Offset | None = None
        self._is_seen = False
        self._looked_at: Offset | None = None

    # What it shows ---------------------------------------------------------------------------------------------

    def show(
        self, scene: Scene, selection: Address | None, marks: Mapping[Address, Marks], places: dict[str, Point]
    ) -> None:
        """Shows a drawing; only what changed is painted again. `places` are those of boxes it does not know yet."""
        self._places = places
        follows = selection != self._selection or scene is not self._scene
        is_marked = marks is self._marks and scene is self._scene
        self._selection, self._marks = selection, marks
        if scene is not self._scene:
            self._take(scene)
        if not is_marked:
            self._marked = marked(self._cells, scene, marks)
        self._paint_over()
        if follows:
            self.reveal(selection)
        self._look_first()

    def _look_first(self) -> None:
        """Begins at the top, with the first box in the middle of a pane that the drawing is too wide for; stays there
        until somebody looks elsewhere."""
        is_elsewhere = self._looked_at is not None and self._looked_at != self.scroll_offset
        if is_elsewhere or not self.size.width or not self._scene.boxes or self._selection is not None:
            return
        first = self._scene.boxes[in_reading_order(self._scene)[0]].rectangle
        left = self._origin.x + middle(first)[0] - self.scrollable_content_region.width // 2
        fits = self._origin.x + self._scene.width <= self.scrollable_content_region.width
        self.scroll_to(0 if fits else max(left, 0), 0, animate=False, force=True, immediate=True)
        self._looked_at = self.scroll_offset

    def _take(self, scene: Scene) -> None:
        before, self._scene = self._cells, scene
        self._cells = cells(scene, charset=self._charset)
        if not self._fits_in_place():
            self._settle()
            self.refresh()
        else:
            for row in range(max(len(before), len(self._cells))):
                if before[row : row + 1] != self._cells[row : row + 1]:
                    self._dirty(Region(0, row, max(self.size.width, scene.width), 1))
        self._measure()

    def _measure(self) -> None:
        scene = self._scene
        wide, high = self._origin.x + scene.width + MARGIN[0], self._origin.y + scene.height + MARGIN[1]
        resize_content(self, Size(wide, high))

    def _fits_in_place(self) -> bool:
        return self._origin.x + self._scene.width <= self.size.width or self._origin.x == 2

    def _settle(self) -> None:
        """Puts the drawing into the middle of the pane, or to its left edge when it is wider."""
        spare = self.scrollable_content_region.width - self._scene.width
        self._origin = Offset(max(spare // 2, 2), 1)

    def on_resize(self) -> None:
        """Settles the drawing in the new width."""
        self._settle()
        self._measure()
        self.refresh()
        self.reveal(self._selection)
        self._look_first()

    @property
    def mode(self) -> Mode:
        """What is under way."""
        return self._mode

    @property
    def scene(self) -> Scene:
        """The drawing."""
        return self._scene

    def _paint_over(self) -> None:
        before = self._over
        self._over = overlay(self._cells, self._scene, self._selection, self._mode, self._marked, self._places)
        for row, (first, last) in differing_rows(before, self._over).items():
            self._dirty(Region(first, row, last - first + 1, 1))

    def _dirty(self, region: Region) -> None:
        """Paints a region of the drawing again."""
        self.refresh(region.translate(self._origin - self.scroll_offset))

    def reveal(self, address: Address | None) -> None:
        """Scrolls as little as is needed to show a component or connection."""
        if address is None or not is_drawn(self._scene, address):
            return
        found = self._scene.bounds(address[1])
        region = Region(found.column - 2, found.row - 1, found.width + 4, found.height + 2).translate(self._origin)
        self.scroll_to_region(region, animate=False, force=True)

    def place_of(self, component: str) -> Region | None:
        """Where a box lies in the pane, as a region of this widget."""
        box = self._scene.boxes.get(component)
        if box is None:
            return None
        return self.on_screen(box.rectangle)

    def on_screen(self, at: Rectangle) -> Region:
        """Cells of the drawing as a region of this widget."""
        return Region(at.column, at.row, at.width, at.height).translate(self._origin - self.scroll_offset)

    def cell_at(self, screen: tuple[int, int]) -> Point | None:
        """The cell of the drawing under a place of the screen; None outside the pane."""
        region = self.region
        if not region.contains(*screen):
            return None
        at = Offset(*screen) - region.offset + self.scroll_offset - self._origin
        return at.x, at.y

    def render_line(self, y: int) -> Strip:
        """One row of the pane."""
        width = self.scrollable_content_region.width
        if not self._is_seen:
            self._is_seen = True
            self.post_message(self.Seen())
        if not self._scene.boxes:
            return self._welcome(y, width)
        row = y + self.scroll_offset.y - self._origin.y
        start = self.scroll_offset.x - self._origin.x
        segments: list[Segment] = []
        run, run_role = "", ""
        for paint in painted_row(self._cells, self._over, row, range(start, start + width)):
            if paint.role != run_role:
                if run:
                    segments.append(Segment(run, self.role(run_role)))
                run, run_role = "", paint.role
            run += paint.glyph
        segments.append(Segment(run, self.role(run_role)))
        return Strip(segments, width)

    def _welcome(self, y: int, width: int) -> Strip:
        text = (
            "An empty canvas. Three ways to begin:",
            "",
            "b    a new box",
            "/    find a pattern, Enter applies it",
            "^p   every command",
        )
        place = y - max((self.size.height - len(text)) // 2, 0)
        line = text[place] if 0 <= place < len(text) else ""
        left = max((width - 38) // 2, 1)
        return Strip([Segment(" " * left + line, self.role("dim"))]).adjust_cell_length(width, self.plain)
