"""What all actions of the studio stand on: the session, what is selected, and showing everything again."""

from textual.screen import Screen
from textual.widgets import Input, TextArea

from studio.analysis import Analysis
from studio.diagrams.glyphs import Charset
from studio.edits.edit import Edit
from studio.errors import EditRefused
from studio.model.address import Address, part_at
from studio.session import Session
from studio.tui.canvas.look import Look
from studio.tui.fence import compose_sparingly
from studio.tui.fixing import Fix
from studio.tui.lines.rows import Row, Span
from studio.tui.mode_bar import ModeBar
from studio.tui.panes.canvas import CanvasPane
from studio.tui.panes.catalogue import CataloguePane
from studio.tui.panes.estimates import EstimatesPane
from studio.tui.panes.inspector import InspectorPane
from studio.tui.panes.pane import Pane
from studio.tui.panes.requirements import RequirementsPane
from studio.tui.view import View


class StudioBase(Screen[int]):
    """The session and the five panes. Only here is the design changed, and every change is shown at once."""

    _charset: Charset = "unicode"

    def __init__(self, session: Session) -> None:
        super().__init__()
        compose_sparingly(self)
        self.session = session
        self.selection: Address | None = None
        self.marked: tuple[str, ...] = ()
        self.look = Look()
        self._analysed: Analysis | None = None
        self._said = ""
        session.on_change(self._changed)

    # Panes -----------------------------------------------------------------------------------------------------

    @property
    def catalogue(self) -> CataloguePane:
        """Pane 1."""
        return self.query_one(CataloguePane)

    @property
    def canvas(self) -> CanvasPane:
        """Pane 2."""
        return self.query_one(CanvasPane)

    @property
    def requirements(self) -> RequirementsPane:
        """Pane 3."""
        return self.query_one(RequirementsPane)

    @property
    def inspector(self) -> InspectorPane:
        """Pane 4."""
        return self.query_one(InspectorPane)

    @property
    def estimates(self) -> EstimatesPane:
        """Pane 5."""
        return self.query_one(EstimatesPane)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All panes in the order of their numbers."""
        return self.catalogue, self.canvas, self.requirements, self.inspector, self.estimates

    # The design ------------------------------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """Where the studio stands."""
        analysis = self._analysed or self.session.analysis
        technologies = self.session.library.technology_ids()
        return View(
            self.session.design, analysis, self.selection, technologies, self.compared, analysis is not self.wanted,
            marked=self.marked, look=self.look,
        )  # fmt: skip

    @property
    def wanted(self) -> Analysis:
        """What is to be shown: the design as it stands, or under what is supposed of it."""
        return self.session.analysis

    @property
    def compared(self) -> Analysis | None:
        """What figures are shown against; None when nothing is supposed."""
        return None

    def work_out_beside(self, analysis: Analysis) -> None:
        """Works out what else is shown of an analysis; called in the thread of the figures."""

    # Modes -----------------------------------------------------------------------------------------------------

    @property
    def keys_are_free(self) -> bool:
        """Whether keys are not being typed into a line or given to a tool of the canvas."""
        return not isinstance(self.focused, Input | TextArea) and not self.canvas.drawing.is_busy

    def leave_modes(self) -> None:
        """Leaves whatever mode is on."""

    def keys_of_mode(self) -> tuple[tuple[str, str, str], ...]:
        """The keys of the mode that is on, each with what it does and its id; none when no mode is on."""
        return ()

    def mode_rows(self) -> list[Row]:
        """What the mode that is on says; nothing when none is."""
        return []

    def show_mode(self) -> None:
        """Shows what the mode that is on says."""
        self.query_one(ModeBar).say(self.mode_rows())

    def do(self, edit: Edit, *, joins: bool = False) -> bool:
        """Makes an edit; says in words why not when it is refused."""
        try:
            self.session.do(edit, join=joins)
        except EditRefused as error:
            self.tell(f"✗ {error}")
            return False
        return True

    def select(self, address: Address | None) -> None:
        """Selects a component or connection, or nothing."""
        if address != self.selection:
            self.selection = address
            self.show_selection()

    def _changed(self) -> None:
        if self.selection is not None and part_at(self.session.design, self.selection) is None:
            self.selection = None
        self.marked = tuple(id_ for id_ in self.marked if id_ in self.session.design.component)
        self.analyse()

    def analyse(self) -> None:
        """Works out figures and flags of the design as it stands, and shows everything."""
        raise NotImplementedError

    def show_keys(self) -> None:
        """Shows the keys that work now."""
        raise NotImplementedError

    def explain(self, figure: str) -> None:
        """Shows where a figure comes from."""
        raise NotImplementedError

    def show_selection(self) -> None:
        """Shows what depends on the selection alone."""
        raise NotImplementedError

    @property
    def tour_line(self) -> tuple[Span, ...]:
        """What the tour asks for; nothing when there is none."""
        return ()

    def tell(self, text: str) -> None:
        """Says a sentence in the status line."""
        raise NotImplementedError

    def show_pane(self, number: int) -> None:
        """Goes to a pane."""
        raise NotImplementedError

    def go_to(self, address: Address) -> None:
        """Goes to whatever a finding or question is about."""
        raise NotImplementedError

    def offer_field(self, fix: Fix) -> None:
        """Shows what setting a field would do, and does it when it is accepted."""
        raise NotImplementedError

    def offer_pattern(self, pattern: str, on: Address | None) -> None:
        """Shows what a pattern would do, and does it when it is accepted."""
        raise NotImplementedError
