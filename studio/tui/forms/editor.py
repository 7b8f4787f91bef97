"""The place where one field is typed: what it means above, its text, what the model says to it below."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from studio.edits.edit import Change
from studio.errors import EditRefused
from studio.model.design import Design
from studio.tui.bindings import key
from studio.tui.forms.boxes import ControlsLeftOut, LineBox, OutsideFailed, TextBox
from studio.tui.forms.field_text import Manner, value_in_file
from studio.tui.forms.known import Known
from studio.tui.forms.offers import fitting
from studio.tui.forms.sheet import NOTHING
from studio.tui.forms.target import Target
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row

NOT_GIVEN: Final = "(not given)"
MOST_OFFERS: Final = 200
"""Offers shown at once; typing finds the others."""
_AREA: Final = "Ctrl+S or Esc Esc keeps · Tab keeps, next · Ctrl+E editor · Ctrl+G leaves it as it was"
_WAYS: Final = {
    "line": "Enter keeps · Esc leaves",
    "choice": "Enter takes it · Esc leaves",
    "checklist": "Space takes or leaves an entry · Esc closes",
    "text": _AREA,
    "list": _AREA,
}


class FieldEditor(Vertical):
    """Edits one field, or one item of a list; a value the model refuses never leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "escape", "leave", "field.leave", "Leave the field; Esc twice keeps a text", hint=True),
        key("ctrl+g", "leave", "Leave", "field.drop", "Leave the field as it was"),
        key("ctrl+s", "keep(0)", "Keep", "field.keep", "Keep the value"),
        key("tab", "keep(1)", "keep, next", "field.next", "Keep the value, go to the next field", hint=True),
        key("shift+tab", "keep(-1)", "Keep, previous", "field.previous", "Keep the value, go to the field before"),
        key("down", "to_offers", "Offers", "field.offers", "Go to what is offered below"),
        key("space", "take", "Take, leave", "field.take", "Take or leave this entry of a list"),
    ]

    class Kept(Message):
        """A valid value was entered; `step` says which field comes next (0: none), `stays` keeps the editor open."""

        def __init__(self, edit: Change | None, step: int = 0, *, stays: bool = False) -> None:
            super().__init__()
            self.edit = edit
            self.step = step
            self.stays = stays

    class Left(Message):
        """The field was left as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._design: Design | None = None
        self._target: Target | None = None
        self._known = NOTHING
        self._offered: tuple[str, ...] = ()
        self._area: TextBox | None = None
        self._escaped = False

    def compose(self) -> ComposeResult:
        """Caption, text, offers, message."""
        yield Static(classes="caption", markup=False)
        yield LineBox(select_on_focus=True)
        yield LineList(classes="offers")
        yield Static(classes="message", markup=False)

    def on_mount(self) -> None:
        """Waits for a field, with a cursor that keeps still."""
        self.display = False
        self.query_one(LineBox).cursor_blink = False

    @property
    def is_open(self) -> bool:
        """Whether a field is being edited."""
        return self._target is not None

    @property
    def manner(self) -> Manner:
        """How the open field is edited."""
        if self._target is None or self._design is None:
            return "line"
        return self._target.manner(self._design)

    def open(self, design: Design, target: Target, known: Known) -> None:
        """Begins to edit a field."""
        self._design, self._target, self._known = design, target, known
        self._escaped = False
        self._offered = target.offers(design, known)
        how, text = self.manner, target.text(design)
        self.query_one(".caption", Static).update(target.caption(design))
        self.display = True
        entry = self.query_one(LineBox)
        entry.display = how == "line"
        self.query_one(LineList).display = how in ("choice", "checklist") or (how == "line" and bool(self._offered))
        self._open_area(text, shown=how in ("text", "list"))
        self._say_guidance()
        if how == "line":
            with entry.prevent(Input.Changed):
                entry.value = text
            self._show_offers("")
            self.screen.set_focus(entry)
        elif how in ("choice", "checklist"):
            self._show_offers("", cursor=text.partition("\n")[0] or None)
            self.screen.set_focus(self.query_one(LineList))

    def follow(self, design: Design) -> None:
        """Goes on in the design as it is now."""
        self._design = design
        if self.is_open and self.manner == "checklist":
            self._show_offers("")

    def close(self) -> None:
        """Ends editing."""
        self._target = None
        self.display = False

    def _open_area(self, text: str, *, shown: bool) -> None:
        if not shown:
            if self._area is not None:
                self._area.display = False
            return
        area = self.prepared()
        area.display = True
        with area.prevent(TextArea.Changed):
            area.load_text(text)
        area.move_cursor(area.document.end)
        self.screen.set_focus(area)

    def prepared(self) -> TextBox:
        """The box for long texts; it takes long to make, so it is made when there is time, or when it is needed."""
        if self._area is None:
            self._area = TextBox(tab_behavior="focus", soft_wrap=True)
            self._area.cursor_blink = False
            self._area.display = False
            self.mount(self._area, after=self.query_one(LineBox))
        return self._area

    def _say_guidance(self) -> None:
        if self._target is not None and self._design is not None:
            said, way = self._target.guidance(self._design, self._known), _WAYS[self.manner]
            self._say(f"{said}\n{way}" if said else way, bad=False)

    def _say(self, text: str, *, bad: bool) -> None:
        message = self.query_one(".message", Static)
        message.update(f"✗ {text}" if bad else text)
        message.set_class(bad, "-bad")

    # Offers ----------------------------------------------------------------------------------------------------

    def _show_offers(self, begun: str, *, cursor: str | None = None) -> None:
        if self._target is not None:
            self.query_one(LineList).show(self._offer_rows(begun), cursor=cursor)

    def _offer_rows(self, begun: str) -> list[Row]:
        how, found = self.manner, self._offered
        if how == "checklist":
            taken = self._taken()
            return [row(offer, Span("[x] " if offer in taken else "[ ] ", "accent"), offer) for offer in found]
        if how == "choice":
            empty = [] if self._target is None or self._target.shape.required else [row("", Span(NOT_GIVEN, "faint"))]
            return [*(row(offer, offer) for offer in found), *empty]
        return [row(offer, offer) for offer in fitting(found, self._begun(begun))[:MOST_OFFERS]]

    def _begun(self, text: str) -> str:
        """What of a text is being completed: of a group of ids, the last."""
        grouped = self._target is not None and self._target.shape.nested
        return text.rpartition(",")[2] if grouped else text

    def _taken(self) -> list[str]:
        if self._design is None or self._target is None:
            return []
        value = value_in_file(self._design, self._target.address, self._target.shape.key)
        return [str(item) for item in value] if isinstance(value, list) else []

    # What was typed --------------------------------------------------------------------------------------------

    def _text(self) -> str:
        return self.prepared().text if self.manner in ("text", "list") else self.query_one(LineBox).value

    def _judged(self, text: str) -> Change | None:
        """The edit for a text, or None after saying what is wrong with it."""
        if self._design is None or self._target is None:
            return None
        try:
            edit = self._target.judged(self._design, text)
        except EditRefused as error:
            self._say(str(error), bad=True)
            return None
        self._say_guidance()
        return edit

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._target is not None and event.input.display:
            self._judged(event.value)
            if self._offered:
                self._show_offers(event.value)

    @on(TextArea.Changed)
    def _typed_area(self, event: TextArea.Changed) -> None:
        event.stop()
        self._escaped = False
        if self._target is not None and event.text_area.display:
            self._judged(event.text_area.text)

    @on(ControlsLeftOut)
    @on(OutsideFailed)
    def _told(self, event: ControlsLeftOut | OutsideFailed) -> None:
        event.stop()
        self.call_later(self._say, event.words, bad=True)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep(0)

    @on(LineList.Chosen)
    def _offer_taken(self, event: LineList.Chosen) -> None:
        event.stop()
        if self._target is None:
            return
        how = self.manner
        if how == "checklist":
            self.action_take()
        elif how == "line":
            entry = self.query_one(LineBox)
            before = entry.value[: len(entry.value) - len(self._begun(entry.value))]
            entry.value = f"{before}{' ' if before else ''}{event.key}"
            self.screen.set_focus(entry)
        else:
            self._finish(event.key, 0)

    def action_take(self) -> None:
        """Takes or leaves the entry under the cursor of a checklist; a blank is typed everywhere else."""
        offered = self.query_one(LineList)
        if self._target is None or self.manner != "checklist" or offered.cursor is None:
            return
        taken = self._taken()
        now = [id_ for id_ in taken if id_ != offered.cursor] if offered.cursor in taken else [*taken, offered.cursor]
        edit = self._judged("\n".join(now))
        if edit is not None:
            self.post_message(self.Kept(edit, stays=True))

    def action_to_offers(self) -> None:
        """From the text to the offers below it."""
        if self._offered and self.query_one(LineList).display:
            self.screen.set_focus(self.query_one(LineList))

    def action_keep(self, step: int) -> None:
        """Keeps what was typed and goes on; stays when the model does not take it."""
        if self._target is None:
            return
        if self.manner in ("choice", "checklist"):
            self.close()
            self.post_message(self.Kept(None, step))
            return
        self._finish(self._text(), step)

    def _finish(self, text: str, step: int) -> None:
        edit = self._judged(text)
        if edit is not None:
            same = self._design is not None and self._target is not None and text == self._target.text(self._design)
            self.close()
            self.post_message(self.Kept(None if same else edit, step))

    def action_escape(self) -> None:
        """Leaves the field; a text that was changed is kept by a second Escape."""
        if not self._is_changed_text():
            self.action_leave()
        elif self._escaped:
            self._finish(self._text(), 0)
        else:
            self._escaped = True
            self._say("Esc again keeps the text · Ctrl+G leaves it as it was", bad=False)

    def _is_changed_text(self) -> bool:
        if self._target is None or self._design is None or self.manner not in ("text", "list"):
            return False
        return self._text() != self._target.text(self._design)

    def action_leave(self) -> None:
        """Leaves the field as it was."""
        self.close()
        self.post_message(self.Left())
