"""What actions on the canvas are for: the boxes that are marked, else the one that is selected."""

from studio.edits.gestures import some
from studio.tui.screens.base import StudioBase


class Choosing(StudioBase):
    """Knows which boxes are chosen."""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the marked boxes, else that of the selected one; nothing where a connection is selected."""
        if self.marked:
            return self.marked
        is_box = self.selection is not None and self.selection[0] == "components"
        return (self.selection[1],) if is_box and self.selection is not None else ()

    @property
    def chosen_words(self) -> str:
        """The chosen boxes in a word or two."""
        return some(self.chosen)

    def mark(self, boxes: tuple[str, ...]) -> None:
        """Marks these boxes and no others."""
        if boxes != self.marked:
            self.marked = boxes
            self.show_selection()
            if boxes:
                self.tell(f"{len(boxes)} marked   Esc takes the marks away")
