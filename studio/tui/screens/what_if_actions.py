"""What if: figures, flags and marks under a supposition, while the design stays as it is."""

from collections.abc import Iterator, Mapping
from typing import Final

from textual import on, work

from studio.analysis import Analysis
from studio.edits.edit import Add
from studio.edits.gestures import free_id
from studio.estimates.results import Target
from studio.tui.canvas.lights import Lights
from studio.tui.canvas.where import Direction
from studio.tui.lines.rows import Row, Span, words
from studio.tui.messages import FiguresWanted
from studio.tui.panes.ladder_rows import losses
from studio.tui.panes.signs import Signs, signs_of
from studio.tui.panes.target_rows import HEADLINE, changed, name_of
from studio.tui.screens.base import StudioBase
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.picker import Choice, Picker
from studio.tui.view import View
from studio.tui.what_if import WhatIf, can_be_cold, of_scenario

KEYS: Final = (
    ("←→", "load", "what-if.more"), ("x", "down", "what-if.down"), ("c", "cold", "what-if.cold"),
    ("l", "zone", "what-if.zone"), ("0", "reset", "what-if.reset"), ("s", "keep", "what-if.keep"),
    ("p", "pick", "what-if.pick"), ("w", "leave", "what-if.leave"), ("1-9", "factor", "what-if.type"),
    ("S-↑↓", "walk", "what-if.up"),
)  # fmt: skip
"""The line of keys while something is supposed."""
MOST_NAMES: Final = 3
"""Targets of journeys that are named; of more only the number is told."""
SLIDER: Final = 16
"""Cells of the slider."""


class WhatIfActions(StudioBase):
    """Actions on a supposition. It lives here only: neither the design nor its history knows of it."""

    _supposed: WhatIf | None = None
    _under: Analysis | None = None
    _are_sections_under_way = False

    @property
    def supposed(self) -> WhatIf | None:
        """What is supposed; None when the mode is off."""
        return self._supposed

    # What is worked out ----------------------------------------------------------------------------------------

    @property
    def wanted(self) -> Analysis:
        """The design under what is supposed; the same object as long as neither changes."""
        if self._supposed is None or self._supposed.is_today:
            return self.session.analysis
        design, conditions = self.session.design, self._supposed.conditions
        kept = self._under
        if kept is None or kept.design is not design or kept.conditions != conditions:
            self._under = kept = self.session.analysis.instead(conditions=conditions)
        return kept

    @property
    def compared(self) -> Analysis | None:
        """The design today, as soon as its figures are known, while something is supposed of it."""
        today = self.session.analysis
        is_supposing = self._supposed is not None and not self._supposed.is_today
        return today if is_supposing and is_known(today) else None

    def work_out_beside(self, analysis: Analysis) -> None:
        """Works out what is compared, and what a loss takes along; in the thread of the figures."""
        if analysis.conditions.down:
            _ = analysis.estimates.blast_radius, analysis.estimates.cascade
        if self._supposed is not None:
            today = self.session.analysis
            _ = today.estimates.targets, today.estimates.unknown, today.report

    @on(FiguresWanted)
    def _work_sections_out(self, message: FiguresWanted) -> None:
        message.stop()
        missing = self.estimates.board.missing(self.view)
        if missing and not self._are_sections_under_way:
            self._are_sections_under_way = True
            self._work_on_sections(self.view.analysis, missing)

    @work(thread=True, group="sections")
    def _work_on_sections(self, analysis: Analysis, names: tuple[str, ...]) -> None:
        for name in names:
            getattr(analysis.estimates, name)
        self.app.call_from_thread(self._sections_are_there)

    def _sections_are_there(self) -> None:
        self._are_sections_under_way = False
        if self.is_mounted:
            self.estimates.show(self.view)

    # The mode --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the mode work in the mode only, and never while somebody types or aims."""
        if action.startswith("suppose_"):
            return self._supposed is not None and self.keys_are_free
        return super().check_action(action, parameters)

    def keys_of_mode(self) -> tuple[tuple[str, str, str], ...]:
        """The line of keys."""
        return KEYS if self._supposed is not None else super().keys_of_mode()

    def action_what_if(self) -> None:
        """Begins to suppose; nothing of the design is changed by it."""
        self.leave_modes()
        self._suppose(WhatIf())

    def leave_modes(self) -> None:
        """Leaves the supposition."""
        if self._supposed is not None:
            self._supposed = self._under = None
            self.canvas.drawing.light(Lights())
            self._shown_again()
        super().leave_modes()

    def _suppose(self, what: WhatIf) -> None:
        self._supposed = what
        gone = signs_of(self._charset).missed
        down = dict.fromkeys(what.down, (f" {gone} down ", "down", gone))
        cold = dict.fromkeys(what.cold, (" cold ", "cold", "c"))
        self.canvas.drawing.light(Lights(signs={**cold, **down}))
        self._shown_again()

    def _shown_again(self) -> None:
        wanted = self.wanted
        if is_known(wanted):
            self._analysed = wanted
        self.analyse()
        self.show_keys()

    def _changed(self) -> None:
        if self._supposed is not None:
            self._supposed = self._supposed.still_in(self.session.design)
        super()._changed()

    # Its keys --------------------------------------------------------------------------------------------------

    def action_suppose_load(self, by: int) -> None:
        """Moves the slider of the load."""
        if self._supposed is not None:
            self._suppose(self._supposed.moved(by))

    def action_suppose_typed(self, character: str) -> None:
        """A digit or the point of a factor."""
        if self._supposed is not None:
            self._suppose(self._supposed.with_typed(character))

    def action_suppose_nothing(self) -> None:
        """Takes everything back; behind a digit it is one more digit."""
        self.action_suppose_typed("0")

    def action_suppose_less_typed(self) -> None:
        """Takes the last digit back."""
        if self._supposed is not None:
            self._suppose(self._supposed.with_less_typed())

    def action_suppose_zone(self) -> None:
        """A zone is lost, or found again: the engine takes the one with the largest share of every component."""
        if self._supposed is not None:
            self._suppose(self._supposed.with_zone())

    def action_suppose_down(self) -> None:
        """The selected box is gone, or back."""
        box = self._box()
        if self._supposed is not None and box is not None:
            self._suppose(self._supposed.with_down(box))

    def action_suppose_cold(self) -> None:
        """The selected cache is empty, or warm."""
        box = self._box()
        if self._supposed is None or box is None:
            return
        if can_be_cold(self.session.design, box):
            self._suppose(self._supposed.with_cold(box))
        else:
            self.tell(f"{box} is no cache: x takes it away")

    def _box(self) -> str | None:
        if self.selection is not None and self.selection[0] == "components":
            return self.selection[1]
        self.tell("select a box first: Tab, or Shift and an arrow")
        return None

    def action_suppose_walk(self, direction: Direction) -> None:
        """Walks to the box that way: the arrows alone are the slider."""
        self.canvas.drawing.action_walk(direction)

    def action_suppose_leave(self) -> None:
        """Leaves the mode; the design is as it was."""
        self.leave_modes()
        self.tell("back to today; nothing was changed")

    # Scenarios -------------------------------------------------------------------------------------------------

    def action_suppose_keep(self) -> None:
        """Keeps what is supposed as a scenario of the design."""
        what = self._supposed
        if what is None or what.is_today:
            self.tell("nothing is supposed yet: arrows for the load, x takes the selected box away")
            return
        taken = [scenario.id for scenario in self.session.design.scenarios]
        line = Line("id", "What is it called?", free_id(what.words().replace("×", ""), taken))
        screen = Entry("Keep as a scenario", (line,), text=what.words())
        self.app.push_screen(screen, lambda answers: self._keep(what, answers))

    def _keep(self, what: WhatIf, answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        id_ = free_id(answers["id"], [scenario.id for scenario in self.session.design.scenarios])
        if self.do(Add(("scenarios", id_), what.scenario(id_))):
            self.tell(f"kept as scenarios.{id_}; p looks at it again")

    def action_suppose_kept(self) -> None:
        """Looks at a scenario that is kept in the design."""
        kept = {scenario.id: of_scenario(scenario) for scenario in self.session.design.scenarios}
        if not kept:
            self.tell("the design keeps no scenario yet: s keeps this one")
            return
        choices = [Choice(id_, id_, what.words()) for id_, what in kept.items()]
        self.app.push_screen(Picker("Look at a scenario", choices), lambda id_: self._look_at(kept, id_))

    def _look_at(self, kept: dict[str, WhatIf], id_: str | None) -> None:
        if id_ is not None:
            self._suppose(kept[id_])

    # The bar ---------------------------------------------------------------------------------------------------

    def mode_rows(self) -> list[Row]:
        """What the lines of the mode say."""
        if self._supposed is None:
            return super().mode_rows()
        slider = self._supposed.slider(SLIDER, ascii_only=self._charset == "ascii")
        return list(what_if_rows(self.view, self._supposed, slider, signs_of(self._charset)))


def is_known(analysis: Analysis) -> bool:
    """Whether figures and flags of an analysis have been worked out: asking for them costs nothing then."""
    found = vars(analysis)
    return "report" in found and "estimates" in found and "unknown" in vars(found["estimates"])


def what_if_rows(view: View, what: WhatIf, slider: str, signs: Signs) -> Iterator[Row]:
    """What is supposed, what becomes of the targets, and what a loss takes along."""
    right = (Span(f"0.1 {slider} 100", "dim"),)
    yield words("what", Span("what if: ", "accent"), Span(what.words(), "strong"), right=right)
    if what.is_today:
        yield words("none", Span("nothing is supposed: more load, or the selected box gone", "faint"))
        return
    if view.is_pending or view.today is None:
        yield words("changes", Span("being worked out …", "faint"))
        return
    spans = list(_changes(view, signs))
    yield words("changes", *(spans or [Span("no target changes", "dim")]), wraps=True)
    for number, text in enumerate(losses(view.analysis.estimates)):
        yield words(f"loss:{number}", Span(f"{signs.missed} ", "bad"), text, wraps=True, indent=2)


def _changes(view: View, signs: Signs) -> Iterator[Span]:
    """Figures of the whole that become others, and targets of journeys that are missed now."""
    today, now = (view.today or view.analysis).estimates, view.analysis.estimates
    met = {target.target: target.met for target in now.targets}
    was_met = {target.target: target.met for target in today.targets}
    for name in HEADLINE:
        text = changed(name, getattr(today, name), getattr(now, name), signs, is_missed=met.get(name) is False)
        if signs.becomes in text or met.get(name) != was_met.get(name):
            sign, role = signs.mark(met[name]) if name in met else ("", "")
            yield Span(f"{name_of(name)} ", "dim")
            yield Span(f"{text} ", "strong")
            yield Span(f"{sign}   ", role)
    missed = [target.target for target in now.targets if _is_missed_newly(target, was_met)]
    if missed:
        names = [name_of(name) for name in missed[:MOST_NAMES]]
        more = len(missed) - len(names)
        yield Span(f"{signs.missed} {', '.join(names)}{f' and {more} more' if more else ''}", "bad")


def _is_missed_newly(target: Target, was_met: Mapping[str, bool | None]) -> bool:
    """Whether a target of a journey is missed, and was not before."""
    is_of_journey = target.target.startswith("journeys.")
    return is_of_journey and target.met is False and was_met.get(target.target) is not False
