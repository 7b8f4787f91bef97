"""The lines above and below the panes: each one widget of its own that paints one line."""

from collections.abc import Iterable

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from studio.text import width
from studio.tui.lines.rows import Span, columns_of, cut, safe
from studio.tui.roles import Roled


class Bar(Roled):
    """One line: something at the left, something at the right. What does not fit at the left is cut."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, identifier: str | None = None) -> None:
        super().__init__(id=identifier)
        self._left: tuple[Span, ...] = ()
        self._right: tuple[Span, ...] = ()

    def show(self, left: Iterable[Span], right: Iterable[Span] = ()) -> None:
        """Shows these spans; nothing is painted when nothing changed."""
        found = tuple(Span(safe(s.text), s.role) for s in left), tuple(Span(safe(s.text), s.role) for s in right)
        if found != (self._left, self._right):
            self._left, self._right = found
            self.refresh()

    @property
    def text(self) -> str:
        """What stands on it, without colours."""
        return "".join(span.text for span in (*self._left, *self._right))

    def render_line(self, y: int) -> Strip:
        """The line."""
        columns = self.size.width
        if y > 0:
            return Strip.blank(columns, self.plain)
        right = cut(self._right, max(columns - 2, 0))
        left = cut(self._left, max(columns - columns_of(right) - 3, 0))
        gap = max(columns - 2 - columns_of(left) - columns_of(right), 0)
        spans = (Span(" "), *left, Span(" " * gap), *right)
        return Strip([Segment(s.text, self.role(s.role)) for s in spans]).adjust_cell_length(columns, self.plain)

    def span_at(self, column: int) -> Span | None:
        """The left span at a column, or None."""
        at = 1
        for span in self._left:
            if at <= column < at + width(span.text):
                return span
            at += width(span.text)
        return None


class Keys(Bar):
    """The keys of the focused pane, as many as fit; a click presses one."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, *, identifier: str | None = None) -> None:
        super().__init__(identifier=identifier)
        self._hints: tuple[tuple[str, str, str], ...] = ()
        self._always: tuple[tuple[str, str, str], ...] = ()

    def show_keys(self, hints: Iterable[tuple[str, str, str]], right: Iterable[tuple[str, str, str]]) -> None:
        """Shows (key, what it does, action) triples; those at the right stand there as far as they leave room."""
        kept_left, kept_right = tuple(hints), tuple(right)
        self._hints, self._always = kept_left, kept_right
        self.show(_spans(kept_left), _spans(kept_right))

    def render_line(self, y: int) -> Strip:
        """The line, without a key that would be cut in two."""
        self._right = _spans(_fitting(self._always, self.size.width * 2 // 5))
        self._left = _spans(_fitting(self._hints, self.size.width - columns_of(self._right) - 3))
        return super().render_line(y)

    def on_click(self, event: events.Click) -> None:
        """Presses the key under the mouse."""
        for start, hints in ((1, self._hints), (self.size.width - 1 - columns_of(self._right), self._always)):
            at = start
            for key, words, action in hints:
                columns = width(f"{key} {words}  ")
                if at <= event.x < at + columns:
                    self.post_message(self.Pressed(action))
                    return
                at += columns


def _fitting(hints: Iterable[tuple[str, str, str]], columns: int) -> tuple[tuple[str, str, str], ...]:
    """As many keys as have room, from the first on."""
    kept = list(hints)
    while kept and columns_of(_spans(kept)) > columns:
        kept.pop()
    return tuple(kept)


def _spans(hints: Iterable[tuple[str, str, str]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for key, words, _ in hints:
        spans += [Span(key, "key"), Span(f" {words}  ", "dim")]
    return tuple(spans)
