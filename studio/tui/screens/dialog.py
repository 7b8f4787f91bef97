"""What opens over the studio: a frame with a title, its content, and a line of the keys that work in it."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from studio.text import one_line
from studio.tui.bars import Bar
from studio.tui.bindings import key
from studio.tui.lines.rows import Span

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A dialog; Escape and Ctrl+G leave it without a result."""

    AUTO_FOCUS = "Input, LineList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,ctrl+g", "leave", "leave", "dialog.leave", "Leave without doing anything", hint=True),
    ]
    heading = ""
    shape = ""
    """Further classes of the frame: `-wide`, `-tall`."""
    keys: tuple[tuple[str, str], ...] = (("Enter", "take"), ("Esc", "leave"))

    def content(self) -> ComposeResult:
        """What lies in the frame."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The frame."""
        frame = Vertical(classes=f"dialog {self.shape}")
        frame.border_title = Content(f" {one_line(self.heading)} ")
        with frame:
            yield from self.content()
            yield Bar(identifier="dialog-keys")

    def on_mount(self) -> None:
        """Shows the keys."""
        self.show_keys(self.keys)

    def show_keys(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Shows which keys do what."""
        spans = [span for name, words in keys for span in (Span(name, "key"), Span(f" {words}   ", "dim"))]
        self.query_one("#dialog-keys", Bar).show(spans)

    def action_leave(self) -> None:
        """Leaves without a result."""
        self.dismiss(None)
