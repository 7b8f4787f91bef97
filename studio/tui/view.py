"""What panes are shown: one frozen picture of where the studio stands."""

from typing import NamedTuple

from studio.analysis import Analysis
from studio.model.address import Address
from studio.model.design import Design
from studio.tui.canvas.look import Look


class View(NamedTuple):
    """Everything a pane may show."""

    design: Design
    analysis: Analysis
    """Figures and flags; of an earlier design for as long as those of this one are being worked out."""
    selection: Address | None
    technologies: tuple[str, ...]
    """Ids of the technologies of the catalogue."""
    today: Analysis | None = None
    """The design as it is, to compare with, while something is supposed of it."""
    is_pending: bool = False
    """Whether figures of something newer are being worked out."""
    marked: tuple[str, ...] = ()
    """Boxes that are marked, in the order of marking."""
    look: Look = Look()
    """How the drawing is looked at."""

    @property
    def is_current(self) -> bool:
        """Whether figures and flags are those of the design as it stands."""
        return self.analysis.design is self.design
