"""How the drawing is looked at: full or compact boxes, what is marked on them, which box is searched for."""

from typing import Final

from textual import on, work
from textual.message import Message

from studio.analysis import Analysis
from studio.tui.canvas.look import Look
from studio.tui.canvas.picture import picture
from studio.tui.messages import CatalogueWanted
from studio.tui.screens.choosing import Choosing
from studio.tui.screens.picker import Choice, Picker

OVERLAYS: Final = {
    "": "none: load and red flags, as usual",
    "load": "load: how much of its capacity each part uses",
    "risk": "risk: the worst red flag of each part",
    "cost": "cost: each part's share of the bill",
    "data": "data: the most sensitive that is kept or carried",
    "owner": "owner: who answers for each part",
    "kind": "kind: what each part is",
}
"""What can be marked, in the order of stepping, and in words."""


class LookActions(Choosing):
    """Ways of looking at the drawing; none of them changes the design."""

    class Looked(Message):
        """The picture for a way of looking is ready."""

        def __init__(self, analysis: Analysis, look: Look) -> None:
            super().__init__()
            self.analysis = analysis
            self.look = look

    _wanted: Look | None = None
    """The way of looking that is being made ready."""

    def action_boxes(self, full: bool) -> None:  # noqa: FBT001 (Textual passes what a binding says by position)
        """Shows full boxes or compact ones."""
        self._want((self._wanted or self.look)._replace(full=full))

    def action_overlay(self) -> None:
        """Marks the next thing on the boxes."""
        names = list(OVERLAYS)
        look = self._wanted or self.look
        self._want(look._replace(overlay=names[(names.index(look.overlay) + 1) % len(names)]))

    def action_pick_overlay(self) -> None:
        """Asks what is to be marked on the boxes."""
        offered = [Choice(name or "none", words) for name, words in OVERLAYS.items()]
        self.app.push_screen(Picker("Marks on the boxes", offered), self._picked_overlay)

    def _picked_overlay(self, name: str | None) -> None:
        self.canvas.take_focus()
        if name is not None:
            self.show_overlay("" if name == "none" else name)

    def show_overlay(self, name: str) -> None:
        """Marks this on the boxes; nothing for the usual marks."""
        self._want(self.look._replace(overlay=name))

    def _want(self, look: Look) -> None:
        if self._analysed is None:
            self.tell("figures are being worked out; try again in a moment")
            return
        self._wanted = look
        self._make_ready(self.view.analysis, look)

    @work(thread=True, group="look")
    def _make_ready(self, analysis: Analysis, look: Look) -> None:
        picture(analysis, look, self.canvas.charset)
        self.post_message(self.Looked(analysis, look))

    @on(Looked)
    def _show_look(self, message: Looked) -> None:
        """Shows what was made ready; where the design has moved on since, its picture has to be made first."""
        if message.look != self._wanted:
            return
        if message.analysis is not self.view.analysis:
            self._make_ready(self.view.analysis, message.look)
            return
        before, self.look, self._wanted = self.look, message.look, None
        self.show_selection()
        self.tell(self._words(before))

    def _words(self, before: Look) -> str:
        look = self.look
        if look.overlay == before.overlay:
            return (
                "boxes say kind and technology; - back to names" if look.full else "boxes say their name; + says more"
            )
        shown = picture(self.view.analysis, look, self.canvas.charset)
        if not look.overlay:
            return "the usual marks: load and red flags; o marks something else"
        return " · ".join((shown.title, *shown.key, "o next, O picks"))

    # Finding ---------------------------------------------------------------------------------------------------

    def action_find(self) -> None:
        """Finds a box as one types; on an empty canvas the catalogue is searched."""
        if self.session.design.components:
            self.canvas.open_find(self.selection)
        else:
            self._search_catalogue("")

    def action_find_next(self, by: int) -> None:
        """Goes on to the next box that fits."""
        self.canvas.find_next(by, self.selection)

    @on(CatalogueWanted)
    def _catalogue_wanted(self, message: CatalogueWanted) -> None:
        self._search_catalogue(message.text)

    def _search_catalogue(self, text: str) -> None:
        self.show_pane(1)
        self.catalogue.action_search()
        if text:
            self.catalogue.search_for(text)
