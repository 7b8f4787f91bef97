"""Fixes that are fields of the design, tried before they are done; and the figures of what is selected."""

from collections.abc import Callable

from textual import on

from studio.edits.edit import Edit
from studio.model.address import part_at
from studio.model.document import document
from studio.tui.fixing import FieldFix, Fix, MendFix, of_rung, of_target, shape_of
from studio.tui.forms.field_text import change, guidance, written
from studio.tui.messages import RungWanted, TargetMendWanted
from studio.tui.screens.base import StudioBase
from studio.tui.screens.entry import Line
from studio.tui.screens.mending import Mending
from studio.tui.trying import Trial, trial


class MendingActions(StudioBase):
    """Actions that try an edit and do it when it is wanted."""

    def trier(self) -> Callable[[Edit], Trial]:
        """What tries an edit on the design as it stands now; not for the event loop. Raises `EditRefused`."""
        before, session = self.wanted, self.session
        return lambda edit: trial(before, edit, session.text())

    def offer_field(self, fix: Fix) -> None:
        """Shows what setting a field would do, and does it when it is wanted."""
        if isinstance(fix, FieldFix) and fix.value is None:
            self._offer(self._asking(fix))
        else:
            about = fix.mend.because if isinstance(fix, MendFix) else ""
            self._offer(Mending(f"Set {fix.label}", about, self.trier(), fix.edit))

    def _asking(self, fix: FieldFix) -> Mending:
        shape = shape_of(fix.address, fix.key)
        if shape is None:
            raise LookupError(fix.label)
        part = part_at(self.session.design, fix.address)
        now = "" if part is None else written(shape, document(part).get(fix.key))
        offers = tuple(str(choice) for choice in shape.choices) or (("yes", "no") if shape.is_flag else ())
        line = Line(fix.key, f"{shape.description} ({guidance(shape)})", now, offers)

        def typed(text: str) -> Edit:
            return change(self.session.design, fix.address, shape, text)

        return Mending(f"Set {fix.label}", f"now: {now or 'nothing'}", self.trier(), typed, line)

    def _offer(self, screen: Mending) -> None:
        def answered(answers: dict[str, str] | None) -> None:
            if answers is None or screen.effect is None:
                self.tell("nothing was changed")
            elif self.do(screen.effect.edit):
                self.tell(f"{screen.effect.edit.label} set; u takes it back")

        self.app.push_screen(screen, answered)

    @on(RungWanted)
    def _mend_rung(self, message: RungWanted) -> None:
        message.stop()
        ladder = self.view.analysis.estimates.ladder
        rung = ladder[message.rung] if message.rung < len(ladder) else None
        edit = of_rung(rung) if rung is not None else None
        if rung is None or edit is None:
            self.tell(rung.fix if rung is not None else "that rung is gone")
            return
        self._offer(Mending(f"Mend {rung.subject}", f"{rung.why}: {rung.fix}", self.trier(), edit))

    @on(TargetMendWanted)
    def _mend_target(self, message: TargetMendWanted) -> None:
        message.stop()
        fix = of_target(message.target, self.view.analysis.estimates)
        if fix is None:
            self.tell("no field alone makes that target pass")
        else:
            self.offer_field(fix)

    def action_explain_selection(self) -> None:
        """Explains the main figure of what is selected: of the whole design when nothing is."""
        selected = self.selection
        if selected is None:
            self.explain("p99_ms")
        elif selected[0] == "components":
            self.explain(f"components.{selected[1]}.{self._main_figure(selected[1])}")
        else:
            self.explain(f"connections.{selected[1]}.peak_rps")

    def _main_figure(self, component: str) -> str:
        """How full a box is; how long it takes, where that is not known."""
        found = self.view.analysis.estimates.components.get(component)
        return "utilisation" if found is None or found.utilisation is not None else "p99_ms"
