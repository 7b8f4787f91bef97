"""Requirements: what the design must do and be, and what cannot be chosen."""

from typing import Final

from textual.app import ComposeResult

from studio.model.address import Address
from studio.model.design import Design
from studio.tui.forms.form import Form
from studio.tui.forms.sheet import Sheet, tables
from studio.tui.panes.pane import Pane
from studio.tui.view import View

SECTIONS: Final[tuple[Address, ...]] = (
    ("design",),
    ("requirements", "scale"),
    ("requirements", "performance"),
    ("requirements", "availability"),
    ("requirements", "cost"),
    ("requirements", "consistency"),
    ("requirements", "functional"),
    ("requirements", "security"),
    ("requirements", "ai"),
    ("constraints",),
)
"""In the order in which numbers are asked for: how much, how fast, how surely, at what cost."""
OPEN_AT_FIRST: Final = frozenset(
    f"table:requirements.{name}" for name in ("scale", "performance", "availability", "cost")
)


class RequirementsPane(Pane):
    """A form over everything that is wanted of the design."""

    number = 3
    called = "Requirements"

    def compose(self) -> ComposeResult:
        """The form."""
        yield Form(_sheet, opened=OPEN_AT_FIRST)

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    def show(self, view: View) -> None:
        """Shows the requirements as they are written."""
        self.form.show(view.design, view.technologies)

    def take_focus(self) -> None:
        """To the rows of the form."""
        self.screen.set_focus(self.form.rows)

    def step_out(self) -> bool:
        """Leaves the field that is being edited."""
        return self.form.step_out()


def _sheet(design: Design, opened: frozenset[str], columns: int) -> Sheet:
    return tables(design, SECTIONS, opened, columns=columns)
