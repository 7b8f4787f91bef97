"""The tour in the status line."""

from studio.tui.lines.rows import Span
from studio.tui.screens.flag_actions import FlagActions
from studio.tui.tour import Facts, Tour


class TourActions(FlagActions):
    """Leads through six steps, and notices when each is done."""

    _tour: Tour | None = None
    _flags_read = 0

    def begin_tour(self) -> None:
        """Begins with the first step; nothing is changed by it."""
        self._tour = Tour(0, self._facts())

    def action_tour(self) -> None:
        """Begins the tour again."""
        self.begin_tour()
        self.show_pane(2)
        self.tell("")

    def skip_tour(self) -> bool:
        """Ends the tour; whether there was one."""
        was = self._tour is not None
        self._tour = None
        if was:
            self.tell("")
        return was

    @property
    def tour_line(self) -> tuple[Span, ...]:
        """What the tour asks for; nothing when there is none."""
        if self._tour is None:
            return ()
        head, _, asks = self._tour.words.partition(": ")
        return (Span(f"{head}: ", "accent"), Span(asks, "strong")) if asks else (Span(head, "strong"),)

    def analyse(self) -> None:
        """Looks whether the step was done, before everything is shown."""
        self._look_at_tour()
        super().analyse()

    def action_flag(self, by: int) -> None:
        """Goes to a flag, which the tour wants to be read."""
        self._flags_read += 1
        super().action_flag(by)
        self._look_at_tour()

    def _look_at_tour(self) -> None:
        if self._tour is None:
            return
        self._tour = None if self._tour.is_over else self._tour.after(self._facts())

    def _facts(self) -> Facts:
        return Facts(self.session.design, not self.session.is_unsaved, self._flags_read)
