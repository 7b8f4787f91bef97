"""What is done to the drawing: connections, labels, frames, places, and taking boxes away."""

from textual import on

from studio.edits.edit import Change
from studio.edits.gestures import RemoveAll, connect, give_back, group, places
from studio.model.address import Address, part_at
from studio.tui.canvas.words import Connect, Drop, MarkBoxes, Place, Places, PutBack, Say, Select, Wish
from studio.tui.messages import LabelGiven
from studio.tui.panes.canvas import label_of
from studio.tui.screens.adding_actions import AddingActions
from studio.tui.screens.copy_actions import CopyActions
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.look_actions import LookActions


class DrawingActions(AddingActions, CopyActions, LookActions):
    """Actions on what is chosen and on the canvas."""

    _walked: tuple[str, ...] = ()
    """The boxes of the last step by keys: further steps of the same boxes belong to it."""

    def grant(self, wish: Wish) -> None:
        """Does what the canvas wants."""
        match wish:
            case Select(address):
                self.select(address)
            case MarkBoxes(boxes):
                self.mark(boxes)
            case Connect(source, target):
                self.connect_boxes(source, target)
            case Place(wanted, joins):
                self._place(wanted, joins=joins)
            case Drop(pattern, on_):
                self.offer_pattern(pattern, on_)
            case PutBack(pattern):
                self.tell(f"{self.session.library.pattern(pattern).name} is back in the catalogue")
            case Say(text):
                self.tell(text)

    def connect_boxes(self, source: str, target: str) -> None:
        """A new connection, selected."""
        edit = connect(self.session.design, source, target)
        if self.do(edit):
            self.select(edit.address)

    def _place(self, wanted: Places, *, joins: bool) -> None:
        boxes = tuple(id_ for id_, _ in wanted)
        if wanted and self.do(places(wanted), joins=joins and boxes == self._walked):
            self._walked = boxes if joins else ()

    # Labels ----------------------------------------------------------------------------------------------------

    def action_label(self) -> None:
        """Edits the label of the selection in its place."""
        if self.selection is None:
            self.tell("select a box or a connection first")
        else:
            self.canvas.edit_label(self.selection, label_of(self.view))

    @on(LabelGiven)
    def _label_given(self, message: LabelGiven) -> None:
        if not self.named(message.address, message.text):
            field = "name" if message.address[0] == "components" else "carries"
            self.do(Change(message.address, field, message.text or None))

    # What is chosen --------------------------------------------------------------------------------------------

    def action_delete(self) -> None:
        """Deletes what is chosen, and with it what cannot be without it."""
        gone: tuple[Address, ...] = tuple(("components", id_) for id_ in self.chosen)
        if not gone and self.selection is not None:
            gone = (self.selection,)
        if not gone:
            self.tell("select a box or a connection first")
            return
        words, before = gone[0][-1] if len(gone) == 1 else f"{len(gone)} boxes", len(self.session.design.connections)
        if self.do(RemoveAll(gone)):
            calls = before - len(self.session.design.connections)
            with_it = f" and {calls} connection{'s' * (calls > 1)}" if gone[0][0] == "components" and calls else ""
            self.tell(f"deleted {words}{with_it}; u takes it back")

    def action_group(self) -> None:
        """Asks for the frame of the chosen boxes."""
        if not self.chosen:
            self.tell("select a box, or mark several with v: g puts them into a frame")
            return
        boxes = self.chosen
        known = tuple(dict.fromkeys(c.group for c in self.session.design.components if c.group))
        now = {getattr(part_at(self.session.design, ("components", id_)), "group", None) or "" for id_ in boxes}
        ask = f"Which frame for {self.chosen_words}? a/b nests; empty takes out"
        line = Line("group", ask, now.pop() if len(now) == 1 else "", known, may_be_empty=True)

        def answered(answers: dict[str, str] | None) -> None:
            if answers is not None:
                self.do(group(boxes, answers["group"] or None))

        self.app.push_screen(Entry("Frame", (line,)), answered)

    def action_release(self) -> None:
        """Gives the chosen boxes back to the layout."""
        self._give_back(self.chosen)

    def action_release_all(self) -> None:
        """Gives all boxes back to the layout."""
        self._give_back(tuple(component.id for component in self.session.design.components))

    def _give_back(self, boxes: tuple[str, ...]) -> None:
        known = self.session.design.component
        by_hand = tuple(id_ for id_ in boxes if id_ in known and known[id_].at is not None)
        if not by_hand:
            self.tell("the layout places it already" if len(boxes) == 1 else "the layout places all of them already")
        elif self.do(give_back(by_hand)):
            self.tell(f"the layout places {by_hand[0] if len(by_hand) == 1 else f'{len(by_hand)} boxes'} again")

    # Taking back -----------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Takes the last step back."""
        label = self.session.undo()
        self._walked = ()
        self.tell(f"took back: {label}" if label else "nothing to take back")

    def action_redo(self) -> None:
        """Does the last undone step again."""
        label = self.session.redo()
        self._walked = ()
        self.tell(f"did again: {label}" if label else "nothing to do again")
