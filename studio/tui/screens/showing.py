"""The five panes on the screen: which are shown, and what they show."""

import gc

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from studio.analysis import Analysis
from studio.catalogue.library import Library
from studio.diagrams.glyphs import Charset
from studio.session import Session
from studio.tui.bars import Bar, Keys
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Span
from studio.tui.panes.canvas import CanvasPane, scene_of
from studio.tui.panes.catalogue import CataloguePane
from studio.tui.panes.estimates import EstimatesPane
from studio.tui.panes.inspector import InspectorPane
from studio.tui.panes.pane import Pane
from studio.tui.panes.requirements import RequirementsPane
from studio.tui.screens.base import StudioBase
from studio.tui.screens.commands import key_names
from studio.tui.status import figures_line, title_line, where_line


class Showing(StudioBase):
    """Lays the panes out, has figures and flags worked out, and shows them."""

    AUTO_FOCUS = None

    class Analysed(Message):
        """Figures, flags and drawing of a design are ready."""

        def __init__(self, analysis: Analysis) -> None:
            super().__init__()
            self.analysis = analysis

    def __init__(self, session: Session, *, charset: Charset = "unicode") -> None:
        super().__init__(session)
        self._charset = charset
        self._pane = 2
        self._is_ready = False
        self._is_zoomed = False
        self._is_working = False

    def compose(self) -> ComposeResult:
        """Title, panes, status, keys."""
        yield Bar(identifier="title")
        with Container(id="body"):
            yield CataloguePane(identifier="catalogue")
            yield CanvasPane(identifier="canvas", charset=self._charset)
            yield RequirementsPane(identifier="requirements")
            yield InspectorPane(identifier="inspector")
            yield EstimatesPane(identifier="estimates")
        yield Bar(identifier="status")
        yield Keys(identifier="keys")

    def on_mount(self) -> None:
        """Shows the design; the canvas is home."""
        for pane in self.panes:
            pane.set_class(pane.number != 2, "drawer")
        self.canvas.take_focus()
        self._is_ready = True
        self._show_first()

    def on_drawing_seen(self) -> None:
        """The drawing is on its way to the screen; everything else comes after it."""
        self.call_after_refresh(self._begin_work)

    def _begin_work(self) -> None:
        """Has everything else worked out: earlier, threads would have made the drawing wait."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        self._read_catalogue(self.session.library)
        if self._analysed is None and not self._is_working:
            self._is_working = True
            self._work_out(self.session.analysis)

    # Showing ---------------------------------------------------------------------------------------------------

    def analyse(self) -> None:
        """Shows the design at once, and has figures, flags and drawing worked out beside the keys.

        One is worked out at a time: what was overtaken by further edits is dropped, and the newest comes next.
        """
        if not self._is_ready:
            return
        if self._analysed is None:
            self._show_first()
        else:
            self._show_all()
        if self._analysed is not self.session.analysis and not self._is_working:
            self._is_working = True
            self._work_out(self.session.analysis)

    def _show_first(self) -> None:
        """The drawing and what is wanted, before any figure is known."""
        self.canvas.drawing.show(scene_of(self.session.analysis), self.selection, {}, {})
        self.requirements.show(self.view)
        self.query_one("#title", Bar).show(*title_line(self.session, self.view, self._pane, narrow=False))

    @work(thread=True, group="catalogue")
    def _read_catalogue(self, library: Library) -> None:
        import studio.catalogue.search
        import studio.tui.screens.applying  # noqa: F401 (loaded before a pattern is chosen)

        _ = library.patterns(), library.technologies()
        self.app.call_from_thread(self.catalogue.take, library)

    @work(thread=True, group="analysis")
    def _work_out(self, analysis: Analysis) -> None:
        figures = analysis.estimates
        _ = figures.targets, figures.breaks_first, figures.unknown  # all that is shown: nothing is left for the screen
        _ = analysis.report, analysis.complexity, scene_of(analysis)
        self.post_message(self.Analysed(analysis))

    def on_showing_analysed(self, message: Analysed) -> None:
        """Shows what was worked out, unless the design has moved on."""
        self._is_working = False
        if message.analysis is self.session.analysis:
            self._analysed = message.analysis
            self._show_all(keeps_message=True)
        else:
            self.analyse()

    def _show_all(self, *, keeps_message: bool = False) -> None:
        view = self.view
        if not keeps_message:
            self._said = ""
        for pane in self.panes:
            pane.show(view)
        self._show_lines()

    def show_selection(self) -> None:
        """Shows what depends on the selection."""
        self._said = ""
        if self._analysed is None:
            self.canvas.drawing.show(self.canvas.drawing.scene, self.selection, {}, {})
            return
        view = self.view
        self.canvas.show(view)
        self.inspector.show(view)
        self._show_lines()

    def _show_lines(self) -> None:
        if self._analysed is None:
            return
        view = self.view
        narrow = self.has_class("-narrow")
        self.query_one("#title", Bar).show(*title_line(self.session, view, self._pane, narrow=narrow))
        where = (Span(self._said),) if self._said else where_line(view, self.session)
        figures = () if narrow and self._said else figures_line(view, narrow=narrow)
        self.query_one("#status", Bar).show(where, figures)

    def _show_keys(self) -> None:
        here: dict[str, tuple[str, str, str]] = {}
        everywhere: dict[str, tuple[str, str, str]] = {}
        if isinstance(self.focused, LineList) and self.focused.choosing:
            here["list.choose"] = ("Enter", self.focused.choosing, "list.choose")
        for found in self.active_bindings.values():
            binding = found.binding
            if binding.show and binding.id is not None:
                hints = everywhere if found.node is self else here
                hints.setdefault(binding.id, (key_names([binding.key]), binding.description, binding.id))
        self.query_one(Keys).show_keys(here.values(), everywhere.values())

    def tell(self, text: str) -> None:
        """Says a sentence in the status line, until something else happens."""
        self._said = text
        if self._is_ready:
            self._show_lines()

    def on_resize(self, event: events.Resize) -> None:
        """Sets the lines anew."""
        del event
        if self._is_ready:
            self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self._arrange()
        self._show_around()

    # Panes -----------------------------------------------------------------------------------------------------

    def show_pane(self, number: int) -> None:
        """Goes to a pane; on a narrow screen it opens as a drawer over the canvas."""
        self._pane = number
        self._arrange()
        self.panes[number - 1].take_focus()

    def _arrange(self) -> None:
        """Shows the panes there is room for: all, the canvas with one drawer, or one that is zoomed."""
        narrow = self.has_class("-narrow")
        for pane in self.panes:
            here = pane.number == self._pane
            pane.display = here if self._is_zoomed else here or not narrow or pane.number == 2
        self.query_one("#body").set_class(self._is_zoomed, "-zoomed")

    def action_pane(self, number: int) -> None:
        """Goes to a pane by its number; a drawer that is open closes."""
        if self._pane == number and number != 2 and self.has_class("-narrow"):
            number = 2
        self.show_pane(number)

    def action_pane_step(self, by: int) -> None:
        """Goes to the next or the previous pane."""
        self.show_pane((self._pane - 1 + by) % 5 + 1)

    def action_zoom(self) -> None:
        """Gives one pane the whole screen, or takes it back."""
        self._is_zoomed = not self._is_zoomed
        self._arrange()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follows the focus, however it came."""
        found = next((node for node in event.widget.ancestors_with_self if isinstance(node, Pane)), None)
        if found is not None and found.number != self._pane:
            self._pane = found.number
            self._arrange()
        self.call_after_refresh(self._show_around)

    def _show_around(self) -> None:
        self._show_lines()
        self._show_keys()
