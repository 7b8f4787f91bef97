"""From the catalogue onto the canvas: quick, carried by keys, dragged by mouse; each ends in a preview and one edit."""

from studio.edits.edit import Change
from studio.edits.gestures import add_component
from studio.model.address import Address
from studio.tui.canvas.words import Cancel, Carrying, Drag, Release
from studio.tui.screens.base import StudioBase
from studio.tui.screens.picker import Choice, Picker


class PatternActions(StudioBase):
    """Applying patterns and technologies."""

    def action_apply(self) -> None:
        """Picks a pattern for the selection; those that fit come first."""
        from studio.tui.canvas.cargo import role_for

        fitting: list[Choice] = []
        others: list[Choice] = []
        for pattern in self.session.library.patterns():
            can = self.selection is not None and role_for(pattern, self.session.design, self.selection) is not None
            (fitting if can else others).append(Choice(pattern.id, pattern.name, "fits" if can else pattern.family))
        self.app.push_screen(Picker("Apply a pattern", [*fitting, *others]), self._picked)

    def _picked(self, pattern: str | None) -> None:
        if pattern is not None:
            self.offer_pattern(pattern, self.selection)

    def apply_entry(self, entry: str) -> None:
        """Applies an entry of the catalogue, `pattern:id` or `technology:id`, to the selection."""
        sort, _, id_ = entry.partition(":")
        if sort == "pattern":
            self.offer_pattern(id_, self.selection)
        else:
            self._apply_technology(id_)

    def _apply_technology(self, id_: str) -> None:
        technology = self.session.library.technology(id_)
        design = self.session.design
        chosen = design.component.get(self.selection[1]) if self.selection else None
        if chosen is not None and chosen.kind == technology.kind:
            self.do(Change(("components", chosen.id), "technology", id_))
            return
        edit = add_component(design, technology.name, technology.kind, technology=id_)
        if self.do(edit):
            self.select(edit.address)

    def offer_pattern(self, pattern: str, on: Address | None) -> None:
        """Shows what a pattern would do, and does it when it is accepted."""
        from studio.applying import preview
        from studio.tui.canvas.cargo import roles_for
        from studio.tui.screens.applying import ApplyPattern

        entry = self.session.library.pattern(pattern)
        design, before = self.session.design, self.wanted
        screen = ApplyPattern(
            entry, design, roles_for(entry, design, on), lambda ids, values: preview(before, entry, ids, values)
        )

        def answered(answers: dict[str, str] | None) -> None:
            self.canvas.take_focus()
            if answers is None or screen.preview is None:
                self.tell(f"{entry.name} was not applied")
            elif self.do(screen.preview.edit):
                self._select_brought(screen.preview.components, on)
                self.tell(f"applied {entry.name}; u takes it back")

        self.app.push_screen(screen, answered)

    def _select_brought(self, components: tuple[str, ...], on: Address | None) -> None:
        self.select(("components", components[0]) if components else on)

    # Carrying --------------------------------------------------------------------------------------------------

    def carry(self, pattern: str, at: tuple[int, int] | None) -> None:
        """Begins to carry a pattern: by keys, or by the mouse that is at a place of the screen."""
        from studio.tui.canvas.cargo import cargo_of

        cargo = cargo_of(self.session.library.pattern(pattern), self.session.design)
        drawing = self.canvas.drawing
        drawing.pick_up(cargo, by_mouse=at is not None)
        if at is None:
            self.show_pane(2)
        else:
            self.carry_to(at)

    def carry_to(self, at: tuple[int, int]) -> None:
        """The mouse that carries a pattern came to a place of the screen."""
        drawing = self.canvas.drawing
        cell = drawing.cell_at(at)
        if cell is not None and isinstance(drawing.mode, Carrying):
            drawing.feed(Drag(cell))
            drawing.scroll_near(at)

    def carry_ends(self, at: tuple[int, int], *, cancelled: bool) -> None:
        """The mouse that carries a pattern let it go."""
        drawing = self.canvas.drawing
        drawing.stop_scrolling()
        if isinstance(drawing.mode, Carrying):
            drawing.feed(Cancel() if cancelled else Release(drawing.cell_at(at)))
