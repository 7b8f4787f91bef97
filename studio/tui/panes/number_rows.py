"""Figures as rows: the targets, one line for each component with a bar of its load, and what folds out below."""

from typing import NamedTuple

from studio.tui.lines.rows import Row
from studio.tui.panes.component_rows import component_rows
from studio.tui.panes.ladder_rows import SECTIONS, is_worked_out, section_rows
from studio.tui.panes.signs import UNICODE, Signs
from studio.tui.panes.target_rows import target_rows
from studio.tui.view import View


class Board(NamedTuple):
    """How a person wants the figures shown."""

    by_load: bool = False
    """The fullest component first; else as in the file."""
    unfolded: frozenset[str] = frozenset()
    """Sections, and components by their id, whose rows are shown."""
    signs: Signs = UNICODE

    def toggled(self, what: str) -> "Board":
        """With a section or component folded or unfolded."""
        return self._replace(unfolded=self.unfolded ^ {what})

    def missing(self, view: View) -> tuple[str, ...]:
        """The figures that unfolded sections need and nobody has worked out yet."""
        needed = (SECTIONS[section] for section in SECTIONS if f"section:{section}" in self.unfolded)
        return tuple(figure for figure in needed if not is_worked_out(view.analysis.estimates, figure))


def judged_rows(view: View, columns: int, board: Board) -> list[Row]:
    """What is asked for and what it comes to."""
    return list(target_rows(view, columns, board.signs))


def part_rows(view: View, columns: int, board: Board) -> list[Row]:
    """The table of components, and what folds out below it."""
    components = frozenset(what.removeprefix("component:") for what in board.unfolded if what.startswith("component:"))
    sections = frozenset(what.removeprefix("section:") for what in board.unfolded if what.startswith("section:"))
    table = component_rows(view, columns, board.signs, by_load=board.by_load, unfolded=components)
    return [*section_rows(view, sections, board.signs), *table]


def number_rows(view: View, columns: int, board: Board = Board()) -> list[Row]:  # noqa: B008 (a frozen value)
    """The rows of the whole board, for a list of so many columns."""
    return [*judged_rows(view, columns, board), *part_rows(view, columns, board)]
