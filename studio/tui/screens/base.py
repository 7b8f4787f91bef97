"""What all actions of the studio stand on: the session, what is selected, and showing everything again."""

from textual.screen import Screen

from studio.analysis import Analysis
from studio.edits.edit import Edit
from studio.errors import EditRefused
from studio.model.address import Address, part_at
from studio.session import Session
from studio.tui.panes.canvas import CanvasPane
from studio.tui.panes.catalogue import CataloguePane
from studio.tui.panes.estimates import EstimatesPane
from studio.tui.panes.inspector import InspectorPane
from studio.tui.panes.pane import Pane
from studio.tui.panes.requirements import RequirementsPane
from studio.tui.view import View


class StudioBase(Screen[int]):
    """The session and the five panes. Only here is the design changed, and every change is shown at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.selection: Address | None = None
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
        return View(self.session.design, analysis, self.selection, self.session.library.technology_ids())

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
        self.analyse()

    def analyse(self) -> None:
        """Works out figures and flags of the design as it stands, and shows everything."""
        raise NotImplementedError

    def show_selection(self) -> None:
        """Shows what depends on the selection alone."""
        raise NotImplementedError

    def tell(self, text: str) -> None:
        """Says a sentence in the status line."""
        raise NotImplementedError

    def show_pane(self, number: int) -> None:
        """Goes to a pane."""
        raise NotImplementedError

    def go_to(self, address: Address) -> None:
        """Goes to whatever a finding or question is about."""
        raise NotImplementedError

    def offer_pattern(self, pattern: str, on: Address | None) -> None:
        """Shows what a pattern would do, and does it when it is accepted."""
        raise NotImplementedError
