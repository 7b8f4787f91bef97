"""A fix before it is done: what changes in the file, and what it does to figures and flags."""

from collections.abc import Callable, Iterable

from studio.edits.edit import Edit
from studio.tui.lines.rows import Row
from studio.tui.screens.effect import Answers, WithEffect
from studio.tui.screens.entry import Line
from studio.tui.trying import Trial, trial_rows

Try = Callable[[Edit], Trial]


class Mending(WithEffect[Trial]):
    """Tries an edit; with a line to fill in, the edit that what is typed makes."""

    def __init__(
        self, heading: str, about: str, attempt: Try, edit: Edit | Callable[[str], Edit], line: Line | None = None
    ) -> None:
        super().__init__(heading, (line,) if line is not None else (), about)
        self._attempt, self._edit = attempt, edit

    def attempt(self, answers: Answers) -> Trial:
        """What the edit would do."""
        edit = self._edit
        return self._attempt(edit(next(iter(answers.values()))) if callable(edit) else edit)

    def rows_of(self, effect: Trial) -> Iterable[Row]:
        """File, figures, flags."""
        return trial_rows(effect)

    def lacking(self, answers: Answers) -> str:
        """A value that is asked for."""
        return "" if all(answers.values()) else "a value is wanted"
