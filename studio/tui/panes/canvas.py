"""The canvas pane: the drawing, and the line in which a label is edited in its place."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from studio.analysis import Analysis
from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Point, Scene
from studio.edits.edit import Change
from studio.model.address import Address, part_at
from studio.tui.bindings import key
from studio.tui.canvas.marks import marks
from studio.tui.canvas.view import CanvasView
from studio.tui.messages import EditWanted
from studio.tui.panes.pane import Pane
from studio.tui.view import View


class CanvasPane(Pane):
    """The drawing of the design."""

    number = 2
    called = "Canvas"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,f2", "screen.label", "label", "canvas.label", "Edit the label in its place", hint=True),
        key("b", "screen.new_box", "box", "canvas.box", "Add a box", hint=True),
        key("x", "screen.apply", "pattern", "canvas.apply", "Apply a pattern to the selection", hint=True),
        key("d,delete", "screen.delete", "delete", "canvas.delete", "Delete the selection", hint=True),
        key("g", "screen.group", "group", "canvas.group", "Put the box into a frame", hint=True),
        key("i", "screen.inspect", "inspect", "canvas.inspect", "Go to the fields of the selection"),
        key("r", "screen.release", "Give back", "canvas.release", "Let the layout place this box again"),
    ]

    def __init__(self, *, identifier: str, charset: Charset = "unicode") -> None:
        super().__init__(identifier=identifier)
        self._charset = charset
        self._edited: Address | None = None

    def compose(self) -> ComposeResult:
        """The drawing, and over it the line for a label."""
        yield CanvasView(charset=self._charset)
        label = Input(id="label-editor", select_on_focus=True)
        label.cursor_blink = False
        label.display = False
        yield label

    @property
    def drawing(self) -> CanvasView:
        """The drawing."""
        return self.query_one(CanvasView)

    def show(self, view: View) -> None:
        """Shows the design with what its figures and flags say."""
        scene = scene_of(view.analysis)
        self.drawing.show(scene, view.selection, marks(view.analysis), _places(view))

    def take_focus(self) -> None:
        """To the drawing."""
        self.screen.set_focus(self.drawing)

    # Labels ----------------------------------------------------------------------------------------------------

    def edit_label(self, address: Address, text: str) -> None:
        """Opens the line over the box, or over the middle of the line."""
        self._edited = address
        entry = self.query_one("#label-editor", Input)
        entry.value = text
        region = self.drawing.place_of(address[1]) if address[0] == "components" else None
        width, height = self.drawing.size
        if region is None:
            bounds = self.drawing.scene.bounds(address[1])
            region = self.drawing.on_screen(bounds)
        wide = max(region.width, 24)
        entry.styles.width = wide
        entry.styles.offset = (
            min(max(region.x, 0), max(width - wide, 0)),
            min(max(region.y + region.height // 2, 0), height - 1),
        )
        entry.display = True
        self.screen.set_focus(entry)

    @on(Input.Submitted, "#label-editor")
    def _kept(self, event: Input.Submitted) -> None:
        event.stop()
        address, text = self._edited, event.value.strip()
        self.step_out()
        if address is not None:
            field = "name" if address[0] == "components" else "carries"
            self.post_message(EditWanted(Change(address, field, text or None)))

    def step_out(self) -> bool:
        """Leaves the label as it was."""
        if self._edited is None:
            return False
        self._edited = None
        self.query_one("#label-editor").display = False
        self.screen.set_focus(self.drawing)
        return True


def label_of(view: View) -> str:
    """The label of the selection as it is written."""
    part = part_at(view.design, view.selection) if view.selection else None
    return str(getattr(part, "name", None) or getattr(part, "carries", None) or "")


def _places(view: View) -> dict[str, Point]:
    """Boxes that were put by hand since the drawing was made."""
    if view.is_current:
        return {}
    before = view.analysis.design.component
    now = ((c.id, c.at, before.get(c.id)) for c in view.design.components)
    return {id_: at for id_, at, was in now if at is not None and was is not None and was.at != at}


def scene_of(analysis: Analysis) -> Scene:
    """The drawing of a design."""
    return analysis.scene()
