"""A journey walked on the canvas, call by call."""

from typing import Final

from textual import work

from studio.analysis import Analysis
from studio.model.address import Address
from studio.tui.canvas.lights import Lights
from studio.tui.lines.rows import Row
from studio.tui.screens.base import StudioBase
from studio.tui.screens.picker import Choice, Picker
from studio.tui.stepping import Hop, Walk, hop_of, walk_rows, walks

KEYS: Final = (
    ("→", "next", "walk.next"), ("←", "back", "walk.back"), ("=", "explain", "walk.explain"),
    ("s", "other journey", "walk.other"), ("Esc", "leave", "walk.leave"),
)  # fmt: skip
"""The line of keys on a walk."""


class WalkActions(StudioBase):
    """Actions on a walk; the selection follows it, and goes back where it was."""

    _walk: Walk | None = None
    _selected_before: Address | None = None
    _hops: tuple[Analysis, dict[tuple[str | None, int], Hop]] | None = None
    _is_hop_under_way = False

    @property
    def walk(self) -> Walk | None:
        """The walk and where one is on it; None when nobody walks."""
        return self._walk

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the walk work on a walk only, and never while somebody types."""
        if action.startswith("hop_"):
            return self._walk is not None and self.keys_are_free
        return super().check_action(action, parameters)

    def keys_of_mode(self) -> tuple[tuple[str, str, str], ...]:
        """The line of keys."""
        return KEYS if self._walk is not None else super().keys_of_mode()

    def leave_modes(self) -> None:
        """Leaves the walk; what was selected before is selected again."""
        if self._walk is not None:
            self._walk = None
            self.canvas.drawing.light(Lights())
            self.select(self._selected_before)
            self.show_mode()
            self.show_keys()
        super().leave_modes()

    def action_walk_journey(self) -> None:
        """Walks a journey: the only one at once, else the one that is picked."""
        self._choose(walks(self.session.design))

    def _choose(self, found: tuple[Walk, ...]) -> None:
        if not found:
            self.tell("there is nothing to walk: connect two boxes first")
        elif len(found) == 1:
            self._begin(found[0])
        else:
            choices = [Choice(walk.journey or "", walk.name, f"{len(walk.steps)} calls") for walk in found]
            by_id = {walk.journey or "": walk for walk in found}
            self.app.push_screen(Picker("Walk a journey", choices), lambda id_: self._picked_walk(by_id, id_))

    def _picked_walk(self, by_id: dict[str, Walk], id_: str | None) -> None:
        if id_ is not None:
            self._begin(by_id[id_])

    def _begin(self, walk: Walk) -> None:
        before = self.selection if self._walk is None else self._selected_before
        if self._walk is None:
            self.leave_modes()
        self._selected_before = before
        self.show_pane(2)
        self._go(walk)
        self.show_keys()

    def _go(self, walk: Walk) -> None:
        self._walk = walk
        call = self.session.design.connection[walk.here]
        self.canvas.drawing.light(Lights(walk.here, (call.source, call.target)))
        if self.selection == ("connections", walk.here):
            self.show_mode()
        else:
            self.select(("connections", walk.here))

    def _changed(self) -> None:
        if self._walk is not None:
            self._walk = self._walk.still_in(self.session.design)
            if self._walk is None:
                self.canvas.drawing.light(Lights())
        super()._changed()

    # Its keys --------------------------------------------------------------------------------------------------

    def action_hop_walk(self, by: int) -> None:
        """To the next call, or the one before."""
        if self._walk is not None:
            self._go(self._walk.moved(by))

    def action_hop_other(self) -> None:
        """Another journey."""
        found = walks(self.session.design)
        if len(found) == 1:
            self.tell("there is no other journey")
        else:
            self._choose(found)

    def action_hop_explain(self) -> None:
        """Where the time of the journey comes from."""
        journey = self._walk.journey if self._walk is not None else None
        self.explain("p99_ms" if journey is None else f"journeys.{journey}.p99_ms")

    def action_hop_leave(self) -> None:
        """Leaves the walk."""
        self.leave_modes()

    # What it says ----------------------------------------------------------------------------------------------

    def mode_rows(self) -> list[Row]:
        """What the lines of the mode say; what is missing of it is worked out beside the keys."""
        walk, view = self._walk, self.view
        if walk is None:
            return super().mode_rows()
        if walk.here not in view.analysis.design.connection or self._analysed is None:
            return []
        if self._hops is None or self._hops[0] is not view.analysis:
            self._hops = view.analysis, {}
        hop = self._hops[1].get((walk.journey, walk.at))
        if hop is None and not self._is_hop_under_way:
            self._is_hop_under_way = True
            self._work_on_hop(view.analysis, walk)
        return walk_rows(view.analysis, walk, hop)

    @work(thread=True, group="hop")
    def _work_on_hop(self, analysis: Analysis, walk: Walk) -> None:
        self.app.call_from_thread(self._hop_is_there, analysis, walk, hop_of(analysis, walk))

    def _hop_is_there(self, analysis: Analysis, walk: Walk, hop: Hop) -> None:
        self._is_hop_under_way = False
        if self._hops is not None and self._hops[0] is analysis:
            self._hops[1][walk.journey, walk.at] = hop
        if self.is_mounted and self._walk is not None:
            self.show_mode()
