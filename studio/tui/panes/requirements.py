"""Requirements: what the design must do and be, and what cannot be chosen."""

from collections.abc import Iterator
from typing import Final

from textual.app import ComposeResult

from studio.model.address import Address
from studio.model.design import Design
from studio.tui.forms.form import Form
from studio.tui.forms.known import Known, known_of
from studio.tui.forms.sheet import NOTHING, Item, Sheet, tables
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.panes.pane import Pane
from studio.tui.view import View

GROUPS: Final[tuple[tuple[str, tuple[Address, ...]], ...]] = (
    (
        "Numbers",
        (
            ("requirements", "scale"),
            ("requirements", "performance"),
            ("requirements", "availability"),
            ("requirements", "cost"),
            ("requirements", "ai"),
        ),
    ),
    (
        "Choices",
        (("requirements", "consistency"), ("requirements", "security"), ("constraints",)),
    ),
    ("Words", (("design",), ("requirements", "functional"))),
)
"""In the order in which they are asked for: how much, how fast, how surely, at what cost; then everything else."""
OPEN_AT_FIRST: Final = frozenset(
    f"table:requirements.{name}" for name in ("scale", "performance", "availability", "cost")
)


class RequirementsPane(Pane):
    """A form over everything that is wanted of the design."""

    number = 3
    called = "Requirements"

    def __init__(self, *, identifier: str) -> None:
        super().__init__(identifier=identifier)
        self._known = NOTHING

    def compose(self) -> ComposeResult:
        """The form."""
        yield Form(self._sheet, opened=OPEN_AT_FIRST)

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    def show(self, view: View) -> None:
        """Shows the requirements as they are written."""
        self._known = known_of(view)
        self.form.show(view.design, self._known)

    def take_focus(self) -> None:
        """To the rows of the form."""
        self.screen.set_focus(self.form.rows)

    def step_out(self) -> bool:
        """Leaves the field that is being edited."""
        return self.form.step_out()

    def _sheet(self, design: Design, opened: frozenset[str], columns: int) -> Sheet:
        return requirements_sheet(design, opened, columns, self._known)


def requirements_sheet(design: Design, opened: frozenset[str], columns: int, known: Known) -> Sheet:
    """All requirements in groups, under the question whose answer would settle most."""
    rows: list[Row] = []
    items: dict[str, Item] = {}
    for found, item in _question(known):
        rows.append(found)
        items[found.key] = item
    for name, sections in GROUPS:
        rows.append(words(f"group:{name}", Span(name, "title")))
        group = tables(design, sections, opened, columns=columns, known=known)
        rows += group.rows
        items |= group.items
    return Sheet(tuple(rows), items)


def _question(known: Known) -> Iterator[tuple[Row, Item]]:
    if known.question is not None:
        *place, key = known.question.field.split(".")
        asked = row("question", Span("? ", "accent"), f"next: {known.question.ask}", wraps=True, indent=2)
        yield asked, Item("question", tuple(place), key)
