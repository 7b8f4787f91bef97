"""Sections, their records, and the form of one: what is on the screen of records, and how it is shown."""

from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from studio.analysis import Analysis
from studio.model.address import Address, dotted, part_at
from studio.model.design import Design
from studio.tui.bars import Bar, Keys
from studio.tui.bindings import key
from studio.tui.forms.form import Form
from studio.tui.forms.known import known_of
from studio.tui.forms.sheet import Item, Sheet, sheet
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span
from studio.tui.records.about import about, marks, troubles
from studio.tui.records.sections import ALONE, KNOWN, address_of, record_rows, section_rows, unfolded
from studio.tui.screens.base import StudioBase
from studio.tui.screens.commands import key_names
from studio.tui.status import figures_line

COLUMNS: Final = ("sections", "records", "record")


class RecordList(LineList):
    """The records of a section."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("d,delete,backspace", "screen.delete", "delete", "records.delete", "Delete this record", hint=True),
        key("D", "screen.copy", "duplicate", "records.copy", "A copy of this record, right behind it", hint=True),
        key("f2", "screen.rename", "rename", "records.rename", "Another id; all mentions follow", hint=True),
        key("shift+up,K", "screen.move(-1)", "Move up", "records.up", "Move this record up"),
        key("shift+down,J", "screen.move(1)", "Move down", "records.down", "Move this record down"),
        key("right,l,space", "screen.column(1)", "Fields", "records.fields", "Go to the fields of this record"),
        key("left,h", "screen.column(-1)", "Sections", "records.sections", "Go back to the sections"),
    ]


class SectionList(LineList):
    """The sections of records."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,l,space", "screen.column(1)", "Records", "records.list", "Go to the records of this section"),
    ]


class RecordsShowing(Screen[None]):
    """Lays out sections, records and form, and shows the design in them."""

    AUTO_FOCUS = None
    CSS = """
    #columns { height: 1fr; layout: horizontal; }
    #columns > Vertical { border: solid $border; border-title-color: $text-dim; border-title-align: left; }
    #columns > Vertical:focus-within {
        border: solid $accent; border-title-color: $accent; border-title-style: bold;
    }
    #sections { width: 25; }
    #records { width: 2fr; }
    #record { width: 3fr; }
    #record TextArea { height: 10; }
    #columns > .alone { width: 1fr; }
    #columns > .alone TextArea { height: 6; }
    """

    class Ready(Message):
        """The figures of the journeys are worked out."""

        def __init__(self, analysis: Analysis) -> None:
            super().__init__()
            self.analysis = analysis

    def __init__(self, studio: StudioBase, address: Address | None = None) -> None:
        super().__init__()
        self._studio = studio
        self._section = "journeys"
        self._wanted = address
        self._shown: Address | None = None
        self._unfolded: set[Address] = set()
        self._column = 0
        self._said = ""
        self._ready: Analysis | None = None
        self._working: Analysis | None = None

    def compose(self) -> ComposeResult:
        """Title, three columns, status, keys."""
        yield Bar(identifier="title")
        with Horizontal(id="columns"):
            with Vertical(id="sections"):
                sections = SectionList()
                sections.choosing, sections.is_steered = "records", True
                sections.follower = self._section_pointed
                yield sections
            with Vertical(id="records"):
                records = RecordList(empty="nothing here yet; n makes one")
                records.choosing, records.is_steered = "fields", True
                records.follower = self._record_pointed
                yield records
            with Vertical(id="record"):
                yield Form(self._sheet, empty="")
        yield Bar(identifier="status")
        yield Keys(identifier="keys")

    @property
    def sections(self) -> SectionList:
        """The list of sections."""
        return self.query_one(SectionList)

    @property
    def records(self) -> RecordList:
        """The list of records."""
        return self.query_one(RecordList)

    @property
    def form(self) -> Form:
        """The form of one record."""
        return self.query_one(Form)

    @property
    def design(self) -> Design:
        """The design as it stands."""
        return self._studio.session.design

    @property
    def record(self) -> Address | None:
        """The record under the cursor."""
        return address_of(self._section, self.records.cursor)

    def on_mount(self) -> None:
        """Shows the records; goes to the one that was asked for."""
        self.set_class(self._studio.has_class("-narrow"), "-narrow")
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            self._go(0)
            self.show()
        else:
            self.point(wanted)

    # Showing ---------------------------------------------------------------------------------------------------

    def show(self, *, record: str | None = None) -> None:
        """Shows the design as it stands; the cursor goes to `record`, else stays."""
        view = self._studio.view
        self.sections.show(section_rows(view.design, troubles(view)), cursor=self._section)
        rows = record_rows(view.design, self._section, marks(view, self._section))
        self.records.show(rows, cursor=record)
        self._show_record()
        self._show_lines()
        self._work_out_journeys()

    def _show_record(self) -> None:
        address = self.record
        if address != self._shown:
            self.form.step_out_quietly()
            self._shown = address
        if address is not None and address not in self._unfolded:
            self._unfolded.add(address)
            self.form.unfold(*unfolded(address))
        self.form.show(self.design, known_of(self._studio.view))
        self._entitle()

    def _sheet(self, design: Design, opened: frozenset[str], columns: int) -> Sheet:
        address = self.record
        if address is None or part_at(design, address) is None:
            return Sheet((), {})
        view = self._studio.view
        pairs: list[tuple[Row, Item | None]] = list(about(view, address, journeys_ready=self._ready is view.analysis))
        form = sheet(design, address, opened, columns=columns, known=known_of(view))
        items = {found.key: item for found, item in pairs if item is not None}
        return Sheet((*(found for found, _ in pairs), *form.rows), {**items, **form.items})

    def _entitle(self) -> None:
        names = ("Records", KNOWN[self._section].name, dotted(self._shown) if self._shown else "")
        for name, title in zip(COLUMNS, names, strict=True):
            self.query_one(f"#{name}").border_title = Content(f" {title} " if title else "")

    def _show_lines(self) -> None:
        session = self._studio.session
        name = f"{session.path.name}{' *' if session.is_unsaved else ''}"
        self.query_one("#title", Bar).show((Span("Records", "strong"), Span(f"  {name}", "dim")), (Span("F4", "key"),))
        undo = f"undo: {session.undo_label}" if session.undo_label else ""
        narrow = self.has_class("-narrow")
        view = self._studio.view
        figures = figures_line(view, narrow=narrow) if "report" in vars(view.analysis) and not self._said else ()
        self.query_one("#status", Bar).show((Span(self._said or undo, "" if self._said else "dim"),), figures)
        here: dict[str, tuple[str, str, str]] = {}
        focused = self.focused
        if isinstance(focused, LineList) and focused.choosing:
            here["list.choose"] = ("Enter", focused.choosing, "list.choose")
        for found in self.active_bindings.values():
            if found.binding.show and found.binding.id:
                hint = (key_names([found.binding.key]), found.binding.description, found.binding.id)
                here.setdefault(found.binding.id, hint)
        self.query_one(Keys).show_keys(here.values(), ())

    def tell(self, text: str) -> None:
        """Says a sentence in the status line, until something else happens."""
        self._said = text
        self._show_lines()

    def _work_out_journeys(self) -> None:
        analysis = self._studio.view.analysis
        if self._section != "journeys" or analysis in (self._ready, self._working):
            return
        if "estimates" in vars(analysis):
            self._working = analysis
            self._journeys(analysis)

    @work(thread=True, group="journeys")
    def _journeys(self, analysis: Analysis) -> None:
        _ = list(analysis.estimates.journeys.values())
        self.post_message(self.Ready(analysis))

    def on_records_showing_ready(self, message: Ready) -> None:
        """Shows the figures of the journeys."""
        self._ready, self._working = message.analysis, None
        self._show_record()

    # Columns ---------------------------------------------------------------------------------------------------

    def _widgets(self) -> tuple[Widget, ...]:
        return self.sections, self.records, self.form.rows

    def _go(self, column: int) -> None:
        self._column = min(max(column, 0), 2)
        self._arrange()
        self.set_focus(self._widgets()[self._column])

    def _arrange(self) -> None:
        narrow = self.has_class("-narrow")
        for place, name in enumerate(COLUMNS):
            column = self.query_one(f"#{name}")
            column.set_class(narrow, "alone")
            column.display = not narrow or place == self._column

    def on_resize(self, event: events.Resize) -> None:
        """Shows the columns there is room for."""
        del event
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self._arrange()
        self.show()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follows the focus, however it came."""
        ids = [node.id for node in event.widget.ancestors_with_self]
        self._column = next((place for place, name in enumerate(COLUMNS) if name in ids), self._column)
        self.call_after_refresh(self._show_lines)

    def action_column(self, by: int) -> None:
        """Goes to another column."""
        self._go((self._column + by) % 3)

    def action_back(self) -> None:
        """Back a column; from the sections to the canvas."""
        if self._column == 2 and self.form.step_out():
            return
        if self._column == 0:
            self.action_leave()
        else:
            self._go(self._column - 1)

    def action_leave(self) -> None:
        """Back to the canvas."""
        self.dismiss()

    def point(self, address: Address) -> None:
        """Goes to a section, a record or a field of one."""
        self._section = address[0]
        self._arrange()
        self.show(record=address[1] if len(address) > 1 else None)
        if len(address) > (1 if address[0] == ALONE else 2):
            self.form.point(address)
        self._go(2 if len(address) > 1 or address[0] == ALONE else 1)

    def _section_pointed(self) -> None:
        section = self.sections.cursor
        if section is not None and section != self._section:
            self._section, self._said = section, ""
            self.show()

    def _record_pointed(self) -> None:
        if self.record != self._shown:
            self._said = ""
            self._show_record()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._go(self._column + 1)
