"""Copying boxes: to the clipboard, from it, and beside the ones that are there."""

from textual import on

from studio.edits.edit import Several
from studio.errors import EditRefused
from studio.tui.messages import PasteWanted
from studio.tui.screens.choosing import Choosing


class CopyActions(Choosing):
    """Copy, paste and duplicate what is chosen."""

    def action_copy(self) -> None:
        """Copies the chosen boxes and the connections between them, for `p` and for other programs."""
        from studio.tui.canvas.clip import clip_text

        if not self.chosen:
            self.tell("select a box, or mark several with v: y copies them")
            return
        self.app.copy_to_clipboard(clip_text(self.session.design, self.chosen))
        self.tell(f"copied {self.chosen_words}; p puts a copy in")

    def action_paste(self) -> None:
        """Puts in what was copied last."""
        if self.app.clipboard.strip():
            self.paste(self.app.clipboard)
        else:
            self.tell("nothing was copied yet; y copies the chosen boxes")

    @on(PasteWanted)
    def _pasted(self, message: PasteWanted) -> None:
        self.paste(message.text)

    def paste(self, text: str) -> None:
        """Puts the boxes and connections of a text in, with ids of their own."""
        from studio.edits.copies import pasted
        from studio.tui.canvas.clip import clipped

        try:
            clip = clipped(text)
        except EditRefused as error:
            self.tell(f"✗ {error}")
            return
        self._put(pasted(self.session.design, clip.components, clip.connections, "paste"), "pasted")

    def action_duplicate(self) -> None:
        """Copies the chosen boxes together with all their connections."""
        from studio.edits.copies import pasted, touching

        if not self.chosen:
            self.tell("select a box, or mark several with v: D duplicates them")
            return
        design = self.session.design
        components = tuple(component for component in design.components if component.id in self.chosen)
        self._put(pasted(design, components, touching(design, self.chosen), "duplicate"), "duplicated")

    def _put(self, edit: Several, done: str) -> None:
        """Makes the edit; what it brought is chosen then."""
        from studio.edits.copies import added

        new = added(edit)
        if self.do(edit):
            self.select(("components", new[0]))
            self.mark(new if len(new) > 1 else ())
            self.tell(f"{done} {new[0] if len(new) == 1 else f'{len(new)} boxes'}; u takes it back")
