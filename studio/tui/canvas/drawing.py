"""The drawing on the screen: what is painted where, which part of it is seen."""

from collections.abc import Iterable, Mapping

from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Point, Rectangle, Scene
from studio.model.address import Address
from studio.tui.canvas.ghosts import Overlay, Paint
from studio.tui.canvas.lettering import lettered
from studio.tui.canvas.lights import Lights, lit
from studio.tui.canvas.overview import OverviewMap, overview
from studio.tui.canvas.painting import Cells, differing_rows, overlay, painted, painted_over
from studio.tui.canvas.picture import Picture
from studio.tui.canvas.where import bounds_of, in_reading_order, is_drawn, middle
from studio.tui.canvas.words import Board, Mode, Resting, still_stands
from studio.tui.fence import resize_content
from studio.tui.roles import Roled

MARGIN = (1, 1)
"""Blank columns and rows kept at the right and below, so that a box can be moved there."""
MAP_FROM = (160, 20)
"""Columns of the screen and rows of the pane from which a large drawing has a map in its corner."""


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
        self._base: dict[int, tuple[Paint, ...]] = {}
        self._over: Overlay = {}
        self._selection: Address | None = None
        self._picture: Picture | None = None
        self._marks: Overlay = {}
        self._board = Board(Scene())
        self._ghosts: dict[str, Point] = {}
        self._map: OverviewMap | None = None
        self._mode: Mode = Resting()
        self._lights = Lights()
        self._letters: Mapping[str, str] = {}
        self._origin = Offset(2, 1)
        self._panned_from: Offset | None = None
        self._is_seen = False
        self._looked_at: Offset | None = None

    # What it shows ---------------------------------------------------------------------------------------------

    def show(
        self,
        picture: Picture,
        selection: Address | None,
        *,
        marked: tuple[str, ...] = (),
        places: dict[str, Point] | None = None,
        ghosts: dict[str, Point] | None = None,
    ) -> None:
        """Shows a drawing; only what changed is painted again.

        `places` are all boxes put by hand, `ghosts` those the drawing does not show there yet.
        """
        scene = picture.scene
        follows = selection != self._selection or scene is not self._scene
        self._selection, self._ghosts, self._marks = selection, ghosts or {}, picture.marks
        if scene is not self._scene:
            self._take(scene, picture.cells)
        self._board = Board(scene, selection, places or {}, marked)
        self._mode = still_stands(self._mode, scene)
        self._paint_over()
        if follows:
            self.reveal(selection)
        self._look_first()
        self._draw_map()

    def show_selection(self, selection: Address | None) -> None:
        """Shows another selection on the same drawing."""
        board = self._board
        self._selection, self._board = selection, board._replace(selection=selection)
        self._paint_over()
        self.reveal(selection)
        self._draw_map()

    def _look_first(self) -> None:
        """Begins at the top, with the first box in the middle of a pane that the drawing is too wide for; stays there
        until somebody looks elsewhere."""
        is_elsewhere = self._looked_at is not None and self.scroll_offset != self._reachable(self._looked_at)
        if is_elsewhere or not self.size.width or not self._scene.boxes or self._selection is not None:
            return
        self._show_beginning()
        self._looked_at = self.scroll_offset

    def _reachable(self, looked_at: Offset) -> Offset:
        """Where that look is in a pane that has grown since: nobody scrolled, there is only less to scroll."""
        return Offset(min(looked_at.x, self.max_scroll_x), min(looked_at.y, self.max_scroll_y))

    def _show_beginning(self) -> None:
        if not self._scene.boxes:
            return
        first = self._scene.boxes[in_reading_order(self._scene)[0]].rectangle
        left = self._origin.x + middle(first)[0] - self.scrollable_content_region.width // 2
        fits = self._origin.x + self._scene.width <= self.scrollable_content_region.width
        self.scroll_to(0 if fits else max(left, 0), 0, animate=False, force=True, immediate=True)

    def _take(self, scene: Scene, cells: Cells) -> None:
        before, self._scene, self._cells, self._base = self._cells, scene, cells, {}
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
        across = self._origin.x + self._scene.width <= self.size.width or self._origin.x == 2
        return across and (self._origin.y + self._scene.height <= self.size.height or self._origin.y == 1)

    def _settle(self, *, upright: bool = False) -> None:
        """Puts the drawing into the middle of the pane, or to its left edge when it is wider; at the top, or upright
        into the middle too."""
        room = self.scrollable_content_region
        across, down = room.width - self._scene.width, room.height - self._scene.height
        self._origin = Offset(max(across // 2, 2), max(down // 2, 1) if upright else 1)

    def fit(self) -> None:
        """A small drawing in the middle of the pane, a large one with its first box in view."""
        self._settle(upright=True)
        self._measure()
        self.refresh()
        self._show_beginning()
        self._draw_map()

    def centre(self, at: Point) -> None:
        """Brings a cell of the drawing to the middle of the pane, as far as there is something to scroll."""
        column, row = at[0] + self._origin.x - self.size.width // 2, at[1] + self._origin.y - self.size.height // 2
        self.scroll_to(max(column, 0), max(row, 0), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Settles the drawing in the new width."""
        self._settle()
        self._measure()
        self.refresh()
        self.reveal(self._selection)
        self._look_first()
        self._draw_map()

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
        self._over = overlay(
            self._cells, self._scene, self._selection, self._mode, self._marks, self._ghosts,
            marked_boxes=self._board.marked, charset=self._charset,
        )  # fmt: skip
        self._over = lit(self._over, self._cells, self._scene, self._lights)
        self._over = lettered(self._over, self._scene, self._letters)
        for row, (first, last) in differing_rows(before, self._over).items():
            self._dirty(Region(first, row, last - first + 1, 1))

    def light(self, lights: Lights) -> None:
        """Lights up what a mode is about, until other lights come."""
        if lights != self._lights:
            self._lights = lights
            self._paint_over()

    @property
    def letters(self) -> Mapping[str, str]:
        """The letters on boxes now, by the box."""
        return self._letters

    def show_letters(self, letters: Mapping[str, str]) -> None:
        """Writes letters on boxes, by the box, until other letters come."""
        if letters != self._letters:
            self._letters = letters
            self._paint_over()

    def _dirty(self, region: Region) -> None:
        """Paints a region of the drawing again."""
        self.refresh(region.translate(self._origin - self.scroll_offset))

    def reveal(self, address: Address | None) -> None:
        """Scrolls as little as is needed to show a component or connection."""
        if address is None or not is_drawn(self._scene, address):
            return
        found = bounds_of(self._scene, address)
        self.reveal_cells(Region(found.column - 2, found.row - 1, found.width + 4, found.height + 2))

    def reveal_cells(self, cells: Region) -> None:
        """Scrolls as little as is needed to show cells of the drawing, before anything is painted."""
        self.scroll_to_region(cells.translate(self._origin), animate=False, force=True, immediate=True)

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

    # The map -------------------------------------------------------------------------------------------------------

    @property
    def seen(self) -> Rectangle:
        """The cells of the drawing that are in view."""
        at, room = self.scroll_offset - self._origin, self.scrollable_content_region
        return Rectangle(at.x, at.y, room.width, room.height)

    def _draw_map(self) -> None:
        before = self._map
        is_wide = self.app.size.width >= MAP_FROM[0] and self.size.height >= MAP_FROM[1]
        selection, marked = self._selection, self._board.marked
        self._map = overview(self._scene, self.seen, selection, marked, self._charset) if is_wide else None
        if self._map != before:
            for shown in (before, self._map):
                if shown is not None:
                    self.refresh(self._map_region(shown))

    def _map_region(self, shown: OverviewMap) -> Region:
        return Region(self.scrollable_content_region.width - shown.width, 0, shown.width, shown.height)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        """Moves the frame of the map."""
        super().watch_scroll_x(old_value, new_value)
        self._draw_map()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Moves the frame of the map."""
        super().watch_scroll_y(old_value, new_value)
        self._draw_map()

    def in_map(self, at: Point) -> Point | None:
        """The cell of the drawing that a place of this widget stands for on the map; None beside it."""
        if self._map is None:
            return None
        region = self._map_region(self._map)
        return self._map.place((at[0] - region.x, at[1] - region.y)) if region.contains(*at) else None

    # Painting ------------------------------------------------------------------------------------------------------

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
        shown = self._map if self._map is not None and y < self._map.height else None
        stop = start + width - (shown.width if shown else 0)
        if row not in self._base:
            self._base[row] = painted(self._cells, row)
        segments = list(self._segments(painted_over(self._base[row], self._over, row, range(start, stop))))
        if shown:
            segments += self._segments(shown.row(y))
        return Strip(segments, width)

    def _segments(self, paints: Iterable[Paint]) -> Iterable[Segment]:
        run, run_role = "", ""
        for paint in paints:
            if paint.role != run_role:
                if run:
                    yield Segment(run, self.role(run_role))
                run, run_role = "", paint.role
            run += paint.glyph
        yield Segment(run, self.role(run_role))

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
