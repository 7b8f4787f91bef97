"""The export dialog: format, options and place at the left, what it looks like at the right."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from studio.analysis import Analysis
from studio.tui.bindings import key
from studio.tui.exporting import CHOICES, Export, offered
from studio.tui.lines.drawn import drawn
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.screens.dialog import Dialog


class Wanted(NamedTuple):
    """What is to be written, and where."""

    export: Export
    path: Path


class ExportDialog(Dialog[Wanted]):
    """Chooses what is exported; nothing is written here."""

    AUTO_FOCUS = "#formats"
    shape = "-tall -widest"
    keys = (("↑↓", "choose"), ("←→", "change"), ("Enter", "write"), ("Tab", "path, preview"), ("Esc", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,space", "turn(1)", "next value", "dialog.next-value", "The next value of the option"),
        key("left", "turn(-1)", "value before", "dialog.value-before", "The value of the option before"),
    ]

    class Seen(Message):
        """A preview is ready."""

        def __init__(self, export: Export, lines: list[str]) -> None:
            super().__init__()
            self.export = export
            self.lines = lines

    def __init__(self, design: Path, analysis: Analysis, last: Export | None = None) -> None:
        super().__init__()
        self.heading = "Export"
        self._design = design
        self._analysis = analysis
        self._offered = offered()
        self._export = last or Export("unicode" if "unicode" in dict(self._offered) else self._offered[0][0])
        self._is_proposed = True

    def content(self) -> ComposeResult:
        """Formats and options, the path, the preview."""
        with Horizontal(classes="sides"):
            with Vertical(id="choice"):
                yield LineList(identifier="formats")
                yield Static("Where to", markup=False, classes="ask")
                place = Input(str(self._export.path(self._design)), id="place")
                place.cursor_blink = False
                yield place
            yield LineList(identifier="seen", empty="…")

    def on_mount(self) -> None:
        """Shows the choice as it is."""
        super().on_mount()
        self._show(cursor=f"format:{self._export.format}")
        self._preview(self._export)

    def _show(self, cursor: str | None = None) -> None:
        self.query_one("#formats", LineList).show(list(self._rows()), cursor=cursor)

    def _rows(self) -> Iterator[Row]:
        for name, about in self._offered:
            sign = Span("● " if name == self._export.format else "  ", "accent")
            yield row(f"format:{name}", sign, f"{name:<9}", Span(about, "dim"))
        takes = self._export.takes
        yield words("options", Span("How it is drawn" if takes else f"{self._export.format} has no options", "title"))
        for option in takes:
            yield row(f"option:{option}", f"  {option:<10}", Span(self._export.said(option), "strong"))

    # Choosing --------------------------------------------------------------------------------------------------

    @on(LineList.Pointed, "#formats")
    def _pointed(self, event: LineList.Pointed) -> None:
        event.stop()
        sort, _, name = event.key.partition(":")
        if sort == "format" and name != self._export.format:
            self._take(self._export._replace(format=name))

    def action_turn(self, by: int) -> None:
        """Another value of the option under the cursor."""
        sort, _, option = (self.query_one("#formats", LineList).cursor or "").partition(":")
        if sort == "option" and option in CHOICES:
            self._take(self._export.next(option, by))

    def _take(self, export: Export) -> None:
        self._export = export
        place = self.query_one("#place", Input)
        if self._is_proposed:
            with place.prevent(Input.Changed):
                place.value = str(export.path(self._design))
        self._show()
        self._preview(export)

    @on(Input.Changed, "#place")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._is_proposed = event.value.strip() in ("", str(self._export.path(self._design)))

    # Looking ---------------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="preview")
    def _preview(self, export: Export) -> None:
        self.post_message(self.Seen(export, export.seen(self._analysis)))

    @on(Seen)
    def _seen(self, message: Seen) -> None:
        if message.export == self._export and self.is_mounted:
            lines = (row(str(number), *drawn(line)) for number, line in enumerate(message.lines))
            self.query_one("#seen", LineList).show(list(lines))

    # Taking ----------------------------------------------------------------------------------------------------

    @on(LineList.Chosen)
    @on(Input.Submitted)
    def _chosen(self, event: Message) -> None:
        event.stop()
        text = self.query_one("#place", Input).value.strip()
        path = Path(text).expanduser() if text else self._export.path(self._design)
        self.dismiss(Wanted(self._export, path))
