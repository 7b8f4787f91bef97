"""The canvas pane: the drawing, and the lines in which a label is edited in its place and a box is found."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Region
from textual.widgets import Input

from studio.analysis import Analysis
from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Point
from studio.model.address import Address, part_at
from studio.model.design import Design
from studio.tui.canvas.finding import first_from, found
from studio.tui.canvas.look import Look
from studio.tui.canvas.picture import bare, picture
from studio.tui.canvas.view import CanvasView
from studio.tui.canvas.where import after, bounds_of, in_reading_order, is_drawn
from studio.tui.messages import CatalogueWanted, LabelGiven, SelectionWanted, Told
from studio.tui.panes.canvas_keys import KEYS
from studio.tui.panes.pane import Pane
from studio.tui.view import View

LABEL, FIND = "label-editor", "box-finder"


class CanvasPane(Pane):
    """The drawing of the design."""

    number = 2
    called = "Canvas"
    BINDINGS: ClassVar[list[BindingType]] = KEYS
    DEFAULT_CSS = "#box-finder { layer: over; position: absolute; width: 32; }"

    def __init__(self, *, identifier: str, charset: Charset = "unicode") -> None:
        super().__init__(identifier=identifier)
        self.charset: Charset = charset
        self._edited: Address | None = None
        self._near: Address | None = None
        self._design: Design | None = None
        self._names: tuple[tuple[str, str], ...] = ()
        self._places: dict[str, Point] = {}
        self._asked = ""
        self._found_from: Address | None = None

    def compose(self) -> ComposeResult:
        """The drawing, and over it the lines for a label and for finding."""
        yield CanvasView(charset=self.charset)
        for line in (Input(id=LABEL, select_on_focus=True), Input(id=FIND, placeholder="find a box")):
            line.cursor_blink = False
            line.display = False
            yield line

    @property
    def drawing(self) -> CanvasView:
        """The drawing."""
        return self.query_one(CanvasView)

    def show_first(self, analysis: Analysis, selection: Address | None, look: Look) -> None:
        """Shows the drawing before any figure is known."""
        self._take(analysis.design)
        self.drawing.show(bare(analysis, look, self.charset), selection)

    def show(self, view: View) -> None:
        """Shows the design with what its figures and flags say."""
        if view.design is not self._design:
            self._take(view.design)
        shown = picture(view.analysis, view.look, self.charset)
        ghosts = _moved(view, self._places)
        self.drawing.show(shown, view.selection, marked=view.marked, places=self._places, ghosts=ghosts)
        self.entitle(" · ".join((shown.title, *shown.key)) if shown.title else "")
        if self._edited is not None:
            self.call_after_refresh(self._place_label)

    def _take(self, design: Design) -> None:
        """Remembers what the boxes of a design are called and where they were put."""
        self._design = design
        self._names = tuple((c.id, c.label) for c in design.components)
        self._places = {c.id: c.at for c in design.components if c.at is not None}

    def take_focus(self) -> None:
        """To the drawing."""
        self.screen.set_focus(self.drawing)

    def step_out(self) -> bool:
        """Leaves the label as it was, the search where it began, a tool, the marks, a connection for its box."""
        if self._edited is not None:
            self._close()
        elif self.query_one(f"#{FIND}").display:
            self._close()
            self.post_message(SelectionWanted(self._found_from))
        else:
            return self.drawing.leaves()
        return True

    def _close(self) -> None:
        self._hide()
        self.screen.set_focus(self.drawing)

    def _hide(self) -> None:
        self._edited = None
        for name in (LABEL, FIND):
            self.query_one(f"#{name}").display = False

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A line that is left by the mouse closes; what was typed in it is not kept."""
        if isinstance(event.widget, Input) and not isinstance(self.screen.focused, Input):
            self._hide()

    def _open(self, name: str, text: str) -> Input:
        line = self.query_one(f"#{name}", Input)
        with line.prevent(Input.Changed):
            line.value = text
        line.display = True
        self.screen.set_focus(line)
        return line

    # Labels ----------------------------------------------------------------------------------------------------

    def edit_label(self, address: Address, text: str, *, near: Address | None = None) -> None:
        """Opens the line over the box, or over the middle of the line; over what it is near while it is not drawn."""
        self._edited, self._near = address, near
        self._place_label()
        self._open(LABEL, text)

    def _place_label(self) -> None:
        region = next((found for a in (self._edited, self._near) if (found := self._region_of(a))), Region())
        width, height = self.drawing.size
        line = self.query_one(f"#{LABEL}", Input)
        wide = min(max(region.width, 24), max(width, 1))
        line.styles.width = wide
        line.styles.offset = (
            min(max(region.x, 0), max(width - wide, 0)),
            min(max(region.y + region.height // 2, 0), max(height - 1, 0)),
        )

    def _region_of(self, address: Address | None) -> Region | None:
        scene = self.drawing.scene
        if address is None or not is_drawn(scene, address):
            return None
        return self.drawing.on_screen(bounds_of(scene, address))

    @on(Input.Submitted, f"#{LABEL}")
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        address = self._edited
        self._close()
        if address is not None:
            self.post_message(LabelGiven(address, event.value.strip()))

    # Finding ---------------------------------------------------------------------------------------------------

    def open_find(self, selection: Address | None) -> None:
        """Opens the line in which a box is found by its name or id."""
        self._found_from, self._asked = selection, ""
        line = self.query_one(f"#{FIND}", Input)
        line.styles.offset = (0, max(self.drawing.size.height - 1, 0))
        self._open(FIND, "")

    def _matches(self) -> tuple[str, ...]:
        known = dict(self._names)
        order = in_reading_order(self.drawing.scene)
        return found(self._asked, ((id_, known.get(id_, id_)) for id_ in order))

    @on(Input.Changed, f"#{FIND}")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._asked = event.value
        begin = self._found_from[1] if self._found_from and self._found_from[0] == "components" else None
        self._go(first_from(self._matches(), in_reading_order(self.drawing.scene), begin))

    @on(Input.Submitted, f"#{FIND}")
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self._close()
        if self._asked.strip() and not self._matches():
            self.post_message(CatalogueWanted(self._asked))

    def find_next(self, by: int, selection: Address | None) -> None:
        """Goes to the next or previous box that fits what was typed last."""
        matches = self._matches()
        if not matches:
            self.post_message(Told("/ finds a box by its name; n and N go on from there"))
            return
        here = selection[1] if selection and selection[0] == "components" else None
        self._go(after(matches, here, by))

    def _go(self, box: str | None) -> None:
        matches = self._matches()
        if box is not None:
            self.post_message(SelectionWanted(("components", box)))
            self.post_message(Told(f"box {matches.index(box) + 1} of {len(matches)} with “{self._asked.strip()}”   "
                                   "n next, N previous"))  # fmt: skip
        elif self._asked.strip():
            self.post_message(Told(f"no box is called “{self._asked.strip()}”; Enter looks in the catalogue"))


def label_of(view: View) -> str:
    """The label of the selection as it is written."""
    part = part_at(view.design, view.selection) if view.selection else None
    return str(getattr(part, "name", None) or getattr(part, "carries", None) or "")


def _moved(view: View, places: dict[str, Point]) -> dict[str, Point]:
    """Boxes that were put by hand since the drawing was made."""
    if view.is_current:
        return {}
    before = view.analysis.design.component
    return {id_: at for id_, at in places.items() if id_ in before and before[id_].at != at}
