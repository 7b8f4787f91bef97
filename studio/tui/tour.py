"""The tour of six steps: what each asks for, and how it is seen that it was done. No screen is needed here."""

from collections.abc import Callable
from typing import Final, NamedTuple

from studio.model.design import Design


class Facts(NamedTuple):
    """What the tour looks at."""

    design: Design
    is_saved: bool
    flags_read: int


class TourStep(NamedTuple):
    """One step of the tour."""

    asks: str
    is_done: Callable[[Facts, Facts], bool]
    """Of how it was when the step began, and how it is now."""


def _has_more_boxes(before: Facts, now: Facts) -> bool:
    return not set(now.design.component) <= set(before.design.component)


def _has_more_lines(before: Facts, now: Facts) -> bool:
    return not set(now.design.connection) <= set(before.design.connection)


def _has_moved(before: Facts, now: Facts) -> bool:
    was = before.design.component
    return any(c.at is not None and c.id in was and was[c.id].at != c.at for c in now.design.components)


def _is_saved(before: Facts, now: Facts) -> bool:
    return now.is_saved and before is not now


STEPS: Final = (
    TourStep("b adds a box: give it a name and a kind", _has_more_boxes),
    TourStep("a connects the selected box: type the letter of another", _has_more_lines),
    TourStep("Shift+arrows move the selected box", _has_moved),
    TourStep(
        "3, then Enter: set a requirement, such as p99",
        lambda before, now: before.design.requirements != now.design.requirements,
    ),
    TourStep("F3 goes to a red flag: read what it says", lambda before, now: now.flags_read > before.flags_read),
    TourStep("Ctrl+S saves it as a file of your own", _is_saved),
)


class Tour(NamedTuple):
    """Where the tour stands."""

    number: int
    """Of the step, from 0."""
    since: Facts
    """How it was when the step began."""

    @property
    def is_over(self) -> bool:
        """Whether all steps are done."""
        return self.number >= len(STEPS)

    @property
    def words(self) -> str:
        """What is to be done now."""
        if self.is_over:
            return "That was the tour. F1 lists the keys; x applies a pattern."
        return f"Tour {self.number + 1} of {len(STEPS)}: {STEPS[self.number].asks}   Esc skips"

    def after(self, now: Facts) -> "Tour":
        """The tour once things are as they are now: at most one step further."""
        if self.is_over or not STEPS[self.number].is_done(self.since, now):
            return self
        return Tour(self.number + 1, now)
