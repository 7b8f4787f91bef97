"""The way to the records: journeys, decisions, scenarios, the plan, and everything else that is written down."""

from typing import TYPE_CHECKING

from textual import on

from studio.model.address import Address
from studio.tui.screens.base import StudioBase
from studio.tui.screens.showing import Showing

if TYPE_CHECKING:
    from studio.tui.screens.records import RecordsScreen


class RecordActions(StudioBase):
    """Opens the screen of records, and keeps it up to date while it is open."""

    _records: "RecordsScreen | None" = None
    _is_followed = False

    def action_records(self) -> None:
        """Shows the records."""
        self.show_records()

    def show_records(self, address: Address | None = None) -> None:
        """Shows the records; goes to a section, a record or a field when one is given."""
        if self._records is not None and address is not None:
            self._records.point(address)
            return
        from studio.tui.screens.records import RecordsScreen

        if not self._is_followed:
            self._is_followed = True
            self.session.on_change(self._follow_records)
        self._records = RecordsScreen(self, address)
        self.app.push_screen(self._records, self._records_left)

    def _records_left(self, _: None) -> None:
        self._records = None

    def _follow_records(self) -> None:
        if self._records is not None and self._records.is_mounted:
            self._records.show()

    @on(Showing.Analysed)
    def _records_analysed(self) -> None:
        self._follow_records()
