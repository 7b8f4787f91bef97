"""A list drawn line by line: moving the cursor repaints two lines and nothing else."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studio.tui.bindings import key
from studio.tui.fence import resize_content
from studio.tui.lines.rows import Row, ScreenLine, fallen
from studio.tui.roles import Roled


class LineList(ScrollView, Roled, can_focus=True):
    """Rows, one of them under the cursor. It keeps the cursor and the scroll offset, and nothing else.

    `wants` picks rows by their key when a person chooses; `marker` stands before the row under the cursor.
    """

    ALLOW_SELECT = False
    MARKER: ClassVar[str] = "›"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up,k", "cursor(-1)", "Up", "list.up", "The row above"),
        key("down,j", "cursor(1)", "Down", "list.down", "The row below"),
        key("pageup", "page(-1)", "Page up", "list.page-up", "One page up"),
        key("pagedown", "page(1)", "Page down", "list.page-down", "One page down"),
        key("home,g", "edge(-1)", "First", "list.first", "The first row"),
        key("end,G", "edge(1)", "Last", "list.last", "The last row"),
        key("enter", "choose", "Choose", "list.choose", "Take the row under the cursor"),
    ]

    class Pointed(Message):
        """The cursor came to a row."""

        def __init__(self, line_list: "LineList", row: str) -> None:
            super().__init__()
            self.line_list = line_list
            self.key = row

        @property
        def control(self) -> "LineList":
            """The list it happened in."""
            return self.line_list

    class Chosen(Pointed):
        """A row was chosen with Enter or a click on the row under the cursor."""

    def __init__(self, *, identifier: str | None = None, classes: str | None = None, empty: str = "") -> None:
        super().__init__(id=identifier, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._lines: list[ScreenLine] = []
        self.empty = empty
        self._cursor: str | None = None
        self._letters: dict[str, str] = {}
        self._fallen_to = 0

    # What it shows ---------------------------------------------------------------------------------------------

    def show(self, rows: Sequence[Row], *, cursor: str | None = None) -> None:
        """Shows these rows; the cursor goes to `cursor`, else stays on its row, else near its old place."""
        found = tuple(rows)
        place = self._index(self._cursor)
        before = self._cursor
        if found == self._rows and (cursor or before) == before:
            return
        painted, offset = self._painted(), self.scroll_offset
        was_first = place is not None and place == self._first()
        self._rows = found
        self._cursor = self._kept(cursor or self._cursor, place)
        if self.stays_at_top and was_first and (first := self._first()) is not None:
            self._cursor = found[first].key
        self._fall()
        if self.stays_at_top and not self.has_focus:
            self.scroll_to(0, 0, animate=False, force=True, immediate=True)
        else:
            self._follow()
        if offset == self.scroll_offset:
            self._repaint(painted)
        else:
            self.refresh()
        if self._cursor != before:
            self._tell()

    def _painted(self) -> list[tuple[ScreenLine, bool]]:
        return [(line, self._rows[line.row].key == self._cursor) for line in self._lines]

    def _repaint(self, before: list[tuple[ScreenLine, bool]]) -> None:
        """Paints the lines again that are no longer what they were."""
        now = self._painted()
        for place in range(max(len(before), len(now))):
            one, other = before[place : place + 1], now[place : place + 1]
            if not one or not other or (one[0][0].spans, one[0][1]) != (other[0][0].spans, other[0][1]):
                self.refresh_lines(place)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as shown."""
        return self._rows

    @property
    def cursor(self) -> str | None:
        """The key of the row under the cursor."""
        return self._cursor

    def point(self, row: str) -> None:
        """Brings the cursor to a row; nothing happens when there is no such row."""
        place = self._index(row)
        if place is None or not self._rows[place].can_be_chosen or row == self._cursor:
            return
        self._dirty(self._cursor)
        self._cursor = row
        self._dirty(row)
        self._follow()
        self._tell()

    def _tell(self) -> None:
        if self.follower is not None:
            self.follower()
        if self._cursor is not None:
            self.post_message(self.Pointed(self, self._cursor))

    def _index(self, row: str | None) -> int | None:
        return next((place for place, found in enumerate(self._rows) if found.key == row), None)

    def _first(self) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.can_be_chosen), None)

    def _kept(self, wanted: str | None, place: int | None) -> str | None:
        index = self._index(wanted)
        if index is not None and self._rows[index].can_be_chosen:
            return wanted
        can = [index for index, row in enumerate(self._rows) if row.can_be_chosen]
        if not can:
            return None
        return self._rows[min(can, key=lambda index: abs(index - (place or 0)))].key

    # Geometry --------------------------------------------------------------------------------------------------

    @property
    def columns(self) -> int:
        """How many columns its rows may take, with one always kept for the scroll bar; a guess before it has a size."""
        return max(self.size.width - 3, 1) if self.size.width else 40

    def _fall(self) -> None:
        self._fallen_to = self.columns
        self._lines = fallen(self._rows, self._fallen_to)
        resize_content(self, Size(0, len(self._lines)))

    def on_resize(self) -> None:
        """Wraps the rows anew."""
        self._fall()
        self._follow()
        self.refresh()

    def _span_of(self, row: str | None) -> tuple[int, int] | None:
        places = [place for place, line in enumerate(self._lines) if self._rows[line.row].key == row]
        return (places[0], len(places)) if places else None

    def _dirty(self, row: str | None) -> None:
        span = self._span_of(row)
        if span is not None:
            self.refresh_lines(*span)

    def _follow(self) -> None:
        span = self._span_of(self._cursor)
        if span is None or not self.size.height:
            return
        first = self._first()
        if first is not None and self._rows[first].key == self._cursor:
            span = (0, span[0] + span[1])  # headings above the first row come into view with it
        self.scroll_to_region(Region(0, span[0], 1, span[1]), animate=False, force=True)

    # Drawing ---------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        if self._fallen_to != self.columns:  # painted before the news of its size has arrived
            self._fallen_to = self.columns
            self._lines = fallen(self._rows, self._fallen_to)
        place = y + round(self.scroll_y)
        columns = self.scrollable_content_region.width
        if not self._rows and place == 0 and self.empty:
            return Strip([Segment(f" {self.empty}", self.role("faint"))]).adjust_cell_length(columns, self.plain)
        if not 0 <= place < len(self._lines):
            return Strip.blank(columns, self.plain)
        return self._lettered(place, self._strip(place, columns))

    def _lettered(self, place: int, strip: Strip) -> Strip:
        """The line with the letters of its row over its beginning."""
        line = self._lines[place]
        letters = self._letters.get(self._rows[line.row].key, "") if self._letters else ""
        if not letters or (place and self._lines[place - 1].row == line.row):
            return strip
        label = Strip([Segment(letters, self.role("letter"))])
        return Strip.join([label, strip.crop(len(letters), strip.cell_length)])

    def lettered_rows(self) -> list[str]:
        """The rows in view that a jump can go to."""
        top = round(self.scroll_y)
        seen = self._lines[top : top + self.size.height]
        rows = dict.fromkeys(line.row for line in seen)
        return [self._rows[row].key for row in rows if self._rows[row].can_be_chosen]

    @property
    def letters(self) -> dict[str, str]:
        """The letters over its rows now, by their keys."""
        return self._letters

    def show_letters(self, letters: dict[str, str]) -> None:
        """Writes letters over the beginning of rows, by their keys, until other letters come."""
        before, self._letters = self._letters, letters
        for row in {**before, **letters}:
            if before.get(row) != letters.get(row):
                self._dirty(row)

    def _strip(self, place: int, columns: int) -> Strip:
        line = self._lines[place]
        if self._rows[line.row].key != self._cursor or self._cursor is None:
            segments = [Segment(span.text, self.role(span.role)) for span in line.spans]
            return Strip([Segment(" ", self.plain), *segments]).adjust_cell_length(columns, self.plain)
        under = "cursor" if self.has_focus else "cursor-away" if self.is_steered else ""
        first = place == 0 or self._lines[place - 1].row != line.row
        marker = self.MARKER if first and under else " "
        segments = [Segment(span.text, self.role_over(span.role, under)) for span in line.spans]
        start = Segment(marker, self.role_over("accent", under))
        return Strip([start, *segments]).adjust_cell_length(columns, self.role(under))

    def on_focus(self) -> None:
        """Shows the cursor as the one keys act on."""
        if self.stays_at_top:
            self._follow()
        self._dirty(self._cursor)

    def on_blur(self) -> None:
        """Shows the cursor as a mere mark."""
        self._dirty(self._cursor)

    # Keys and mouse --------------------------------------------------------------------------------------------

    def action_cursor(self, step: int) -> None:
        """Moves the cursor by rows that can be chosen."""
        can = [index for index, row in enumerate(self._rows) if row.can_be_chosen]
        here = self._index(self._cursor)
        if not can:
            self.scroll_relative(y=step, animate=False)
            return
        place = can.index(here) if here in can else 0
        self.point(self._rows[can[min(max(place + step, 0), len(can) - 1)]].key)

    def action_page(self, direction: int) -> None:
        """Moves the cursor by about one page."""
        self.action_cursor(direction * max(self.size.height - 2, 1))

    def action_edge(self, direction: int) -> None:
        """Moves the cursor to the first or the last row."""
        self.action_cursor(direction * len(self._rows))

    def action_choose(self) -> None:
        """Takes the row under the cursor."""
        if self._cursor is not None:
            self.post_message(self.Chosen(self, self._cursor))

    def row_at(self, event: events.MouseEvent) -> Row | None:
        """The row under the mouse, or None."""
        place = event.y + round(self.scroll_y)
        return self._rows[self._lines[place].row] if 0 <= place < len(self._lines) else None

    def on_click(self, event: events.Click) -> None:
        """Puts the cursor on the row; a click on the row that has it chooses it."""
        found = self.row_at(event)
        if found is None or not found.can_be_chosen:
            return
        if found.key == self._cursor and (event.chain > 1 or self.chooses_on_click):
            self.post_message(self.Chosen(self, found.key))
        self.point(found.key)

    empty: str
    """What stands there when there are no rows."""
    follower: Callable[[], None] | None = None
    """Called when the cursor came to another row, in time to be painted together with it."""
    choosing = ""
    """What Enter does here, in a word or two, for the line of keys."""
    is_steered = False
    """Whether its cursor is moved from elsewhere, and is shown though the list has not the keys."""
    stays_at_top = False
    """Whether what comes first is what counts: new rows are shown from the top unless the cursor is further down."""
    chooses_on_click = False
    """Whether one click on the row under the cursor chooses it; else it takes a double click."""
