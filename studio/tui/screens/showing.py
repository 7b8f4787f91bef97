"""The five panes on the screen: which are shown, and what they show."""

import gc
import time
from contextlib import suppress

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from studio.analysis import Analysis
from studio.catalogue.library import Library
from studio.catalogue.reading import InvalidEntry
from studio.diagrams.glyphs import Charset
from studio.session import Session
from studio.tui.bars import Bar, Keys
from studio.tui.canvas.picture import picture
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Span
from studio.tui.mode_bar import ModeBar
from studio.tui.own_keys import keymap_of
from studio.tui.panes.canvas import CanvasPane
from studio.tui.panes.catalogue import CataloguePane
from studio.tui.panes.estimates import EstimatesPane
from studio.tui.panes.inspector import InspectorPane
from studio.tui.panes.pane import Pane
from studio.tui.panes.requirements import RequirementsPane
from studio.tui.panes.signs import signs_of
from studio.tui.screens.base import StudioBase
from studio.tui.screens.commands import chosen_sort, key_names
from studio.tui.status import figures_line, title_line, where_line
from studio.tui.view import View
from studio.tui.which_key import chosen_first

REST = 0.16
"""Seconds without a further key after which the name and the fields of the selection are shown."""

LATER = 3.0
"""Seconds after everything is shown until what may be wanted next is read."""
QUIET = 1.0
"""Seconds without a key after which it may be read."""
BREATH = 0.03
"""Seconds between two entries that are read ahead."""


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
        self._charset: Charset = charset
        self._pane = 2
        self._is_ready = False
        self._is_zoomed = False
        self._is_working = False
        self._has_catalogue = False
        self._is_told = False
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, panes, status, keys."""
        yield Bar(identifier="title")
        with Container(id="body"):
            yield CataloguePane(identifier="catalogue")
            yield CanvasPane(identifier="canvas", charset=self._charset)
            yield RequirementsPane(identifier="requirements")
            yield InspectorPane(identifier="inspector")
            yield EstimatesPane(identifier="estimates", charset=self._charset)
        yield ModeBar()
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
        self.call_after_refresh(self._tell_shown, "drawing_is_shown")

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
        if self._analysed is not self.wanted and not self._is_working:
            self._is_working = True
            self._work_out(self.wanted)

    def _show_first(self) -> None:
        """The drawing and what is wanted, before any figure is known."""
        self.canvas.show_first(self.session.analysis, self.selection, self.look)
        self.requirements.show(self.view)
        self.query_one("#title", Bar).show(*title_line(self.session, self.view, self._pane, narrow=False))

    @work(thread=True, group="catalogue")
    def _read_catalogue(self, library: Library) -> None:
        _ = library.pattern_headings(), library.technology_headings()
        self.app.call_from_thread(self._take_catalogue, library)

    @work(thread=True, group="catalogue")
    def _read_whole_catalogue(self, library: Library) -> None:
        """Reads every entry before somebody searches; keys come between any two."""
        import studio.catalogue.search
        import studio.tui.screens.applying  # noqa: F401 (loaded before a pattern is chosen)

        worker = get_current_worker()
        for id_ in library.pattern_ids():
            while self._is_at_work() and not worker.is_cancelled:
                time.sleep(BREATH)
            if worker.is_cancelled:
                return
            with suppress(InvalidEntry):
                library.pattern(id_)
            time.sleep(BREATH)
        _ = library.technologies()

    def _is_at_work(self) -> bool:
        """Whether keys come, so that what is only read ahead had better wait."""
        last = getattr(self.app, "last_key_at", None)
        return last is not None and time.monotonic() - last < QUIET

    def _take_catalogue(self, library: Library) -> None:
        self.catalogue.take(library)
        self._has_catalogue = True
        self._tell_completed()

    def _tell_completed(self) -> None:
        if self._has_catalogue and self._analysed is not None and not self._is_told:
            self._is_told = True
            self.call_after_refresh(self._tell_shown, "all_is_shown")
            self.set_timer(LATER, lambda: self._read_whole_catalogue(self.session.library))

    def _tell_shown(self, what: str) -> None:
        told = getattr(self.app, what, None)
        if told is not None:
            told()

    @property
    def is_untouched(self) -> bool:
        """Whether the screen shows the design as it was opened, and nothing else."""
        at_home = self._pane == 2 and not self._is_zoomed and self.selection is None and not self._said
        return at_home and not self.session.is_unsaved and self.session.undo_label is None

    @work(thread=True, group="analysis")
    def _work_out(self, analysis: Analysis) -> None:
        figures = analysis.estimates
        _ = figures.targets, figures.breaks_first, figures.unknown  # all that is shown: nothing is left for the screen
        _ = analysis.report, analysis.complexity, picture(analysis, self.look, self._charset)
        self.work_out_beside(analysis)
        self.post_message(self.Analysed(analysis))

    def on_showing_analysed(self, message: Analysed) -> None:
        """Shows what was worked out, unless the design has moved on."""
        self._is_working = False
        if message.analysis is self.wanted:
            self._analysed = message.analysis
            self._show_all(keeps_message=True)
            self._tell_completed()
        else:
            self.analyse()

    def _show_all(self, *, keeps_message: bool = False) -> None:
        view = self.view
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if not keeps_message:
            self._said = ""
        for pane in self.panes:
            pane.show(view)
        self._show_lines()

    def show_selection(self) -> None:
        """Shows what depends on the selection."""
        self._said = ""
        if self._analysed is None:
            self.canvas.drawing.show_selection(self.selection)
            return
        self.canvas.show(self.view)
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.show_rest)

    def show_rest(self) -> None:
        """Shows what comes when the selection has come to rest: while it walks, lines and fields would only flicker,
        and a key that repaints nothing but the drawing is answered several times as fast."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
            self.inspector.show(self.view)
            self._show_lines()
            self.show_keys()

    def _show_lines(self) -> None:
        if self._analysed is None:
            return
        view = self.view
        narrow = self.has_class("-narrow")
        self.query_one("#title", Bar).show(*title_line(self.session, view, self._pane, narrow=narrow))
        said = (Span(self._said),) if self._said else self.tour_line
        where = said or where_line(view, self.session)
        figures = () if (narrow and said) or said == self.tour_line != () else self._figures(view, narrow=narrow)
        self.query_one("#status", Bar).show(where, figures)
        self.show_mode()

    def _figures(self, view: View, *, narrow: bool) -> tuple[Span, ...]:
        return figures_line(view, narrow=narrow, signs=signs_of(self._charset))

    def show_keys(self) -> None:
        """Shows the keys of the mode that is on, else those of the focused pane."""
        if self.keys_of_mode():
            own = keymap_of(self)
            told = self.keys_of_mode()
            of_mode = ((key_names(own[id_]) if own.get(id_) else key, text, id_) for key, text, id_ in told)
            self.query_one(Keys).show_keys(of_mode, ())
            return
        here: dict[str, tuple[str, str, str]] = {}
        everywhere: dict[str, tuple[str, str, str]] = {}
        if isinstance(self.focused, LineList) and self.focused.choosing:
            here["list.choose"] = ("Enter", self.focused.choosing, "list.choose")
        for found in self.active_bindings.values():
            binding = found.binding
            if binding.show and binding.id is not None and binding.key:
                hints = everywhere if found.node is self else here
                hints.setdefault(binding.id, (key_names([binding.key]), binding.description, binding.id))
        self.query_one(Keys).show_keys(chosen_first(here, chosen_sort(self)), everywhere.values())

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
        self.show_rest()
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
        self.show_keys()
