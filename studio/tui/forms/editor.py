"""The place where one field is typed: what it means above, its text, what the model says to it below."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from studio.edits.edit import Change
from studio.errors import EditRefused
from studio.model.address import Address, type_at
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.text import nearest
from studio.tui.bindings import key
from studio.tui.forms.field_text import change, guidance, manner, offers, typed, value_in_file
from studio.tui.forms.sheet import words_of
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row

NOT_GIVEN = "(not given)"


class FieldEditor(Vertical):
    """Edits one field at a time; a value the model refuses never leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,ctrl+g", "leave", "leave", "field.leave", "Leave the field as it was", hint=True),
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
        self._address: Address = ()
        self._shape: FieldShape | None = None
        self._technologies: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Caption, text, offers, message."""
        yield Static(classes="caption", markup=False)
        yield Input(select_on_focus=True)
        yield LineList(classes="offers")
        yield Static(classes="message", markup=False)

    def on_mount(self) -> None:
        """Waits for a field, with a cursor that keeps still."""
        self.display = False
        self.query_one(Input).cursor_blink = False

    @property
    def is_open(self) -> bool:
        """Whether a field is being edited."""
        return self._shape is not None

    def open(self, design: Design, address: Address, name: str, technologies: tuple[str, ...]) -> None:
        """Begins to edit a field."""
        self._design, self._address, self._technologies = design, address, technologies
        shape = self._shape = shapes(type_at(address))[name]
        how = manner(shape)
        self.query_one(".caption", Static).update(f"{words_of(name)}: {shape.description}")
        self.display = True
        self.query_one(Input).display = how == "line"
        self.query_one(LineList).display = how in ("choice", "checklist") or bool(self._offers())
        self._open_area(shape, shown=how in ("text", "list"))
        self._say_guidance(shape)
        value = value_in_file(design, address, name)
        if how == "line":
            entry = self.query_one(Input)
            with entry.prevent(Input.Changed):
                entry.value = typed(shape, value)
            self._show_offers("")
            self.screen.set_focus(entry)
        elif how in ("choice", "checklist"):
            self._show_offers("", cursor=typed(shape, value).splitlines()[0] if value is not None else None)
            self.screen.set_focus(self.query_one(LineList))

    def follow(self, design: Design) -> None:
        """Goes on in the design as it is now."""
        self._design = design
        if self._shape is not None and manner(self._shape) == "checklist":
            self._show_offers("")

    def close(self) -> None:
        """Ends editing."""
        self._shape = None
        self.display = False

    def _open_area(self, shape: FieldShape, *, shown: bool) -> None:
        areas = self.query(TextArea)
        if areas:
            areas.first().display = shown
        if not shown or self._design is None:
            return
        text = typed(shape, value_in_file(self._design, self._address, shape.key))
        if areas:
            area = areas.first()
            area.load_text(text)
        else:
            area = TextArea(text, tab_behavior="focus", soft_wrap=True)
            area.cursor_blink = False
            self.mount(area, after=self.query_one(Input))
        area.move_cursor(area.document.end)
        self.screen.set_focus(area)

    def _say_guidance(self, shape: FieldShape) -> None:
        ways = {
            "line": "Enter keeps · Esc leaves",
            "choice": "Enter takes it · Esc leaves",
            "checklist": "Space takes or leaves an entry · Esc closes",
            "text": "Tab keeps · Esc leaves",
            "list": "Tab keeps · Esc leaves",
        }
        said, way = guidance(shape), ways[manner(shape)]
        self._say(f"{said}\n{way}" if said else way, bad=False)

    def _say(self, text: str, *, bad: bool) -> None:
        message = self.query_one(".message", Static)
        message.update(f"✗ {text}" if bad else text)
        message.set_class(bad, "-bad")

    # Offers ----------------------------------------------------------------------------------------------------

    def _offers(self) -> tuple[str, ...]:
        if self._design is None or self._shape is None:
            return ()
        return offers(self._design, self._shape, self._technologies)

    def _show_offers(self, begun: str, *, cursor: str | None = None) -> None:
        if self._shape is not None:
            rows = self._offer_rows(manner(self._shape), begun.strip().lower())
            self.query_one(LineList).show(rows, cursor=cursor)

    def _offer_rows(self, how: str, begun: str) -> list[Row]:
        found = self._offers()
        if how == "checklist":
            taken = self._taken()
            return [row(offer, Span("[x] " if offer in taken else "[ ] ", "accent"), offer) for offer in found]
        if how == "choice":
            empty = [] if self._shape is None or self._shape.required else [row("", Span(NOT_GIVEN, "faint"))]
            return [*(row(offer, offer) for offer in found), *empty]
        fitting = [offer for offer in found if begun in offer.lower()]
        near = nearest(begun, found) if begun and not fitting else None
        return [row(offer, offer) for offer in (fitting or ([near] if near else []))]

    def _taken(self) -> list[str]:
        if self._design is None or self._shape is None:
            return []
        value = value_in_file(self._design, self._address, self._shape.key)
        return [str(item) for item in value] if isinstance(value, list) else []

    # What was typed --------------------------------------------------------------------------------------------

    def _text(self) -> str:
        if self._shape is not None and manner(self._shape) in ("text", "list"):
            return self.query_one(TextArea).text
        return self.query_one(Input).value

    def _judged(self, text: str) -> Change | None:
        """The edit for a text, or None after saying what is wrong with it."""
        if self._design is None or self._shape is None:
            return None
        try:
            edit = change(self._design, self._address, self._shape, text)
        except EditRefused as error:
            self._say(str(error), bad=True)
            return None
        self._say_guidance(self._shape)
        return edit

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._shape is None:
            return
        self._judged(event.value)
        if self._offers():
            self._show_offers(event.value)

    @on(TextArea.Changed)
    def _typed_area(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._shape is not None:
            self._judged(event.text_area.text)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep(0)

    @on(LineList.Chosen)
    def _offer_taken(self, event: LineList.Chosen) -> None:
        event.stop()
        if self._shape is None:
            return
        how = manner(self._shape)
        if how == "checklist":
            self.action_take()
        elif how == "line":
            self.query_one(Input).value = event.key
            self.screen.set_focus(self.query_one(Input))
        else:
            self._finish(event.key, 0)

    def action_take(self) -> None:
        """Takes or leaves the entry under the cursor of a checklist; a blank is typed everywhere else."""
        offered = self.query_one(LineList)
        if self._shape is None or manner(self._shape) != "checklist" or offered.cursor is None:
            return
        taken = self._taken()
        now = [id_ for id_ in taken if id_ != offered.cursor] if offered.cursor in taken else [*taken, offered.cursor]
        edit = self._judged("\n".join(now))
        if edit is not None:
            self.post_message(self.Kept(edit, stays=True))

    def action_to_offers(self) -> None:
        """From the text to the offers below it."""
        if self._offers():
            self.screen.set_focus(self.query_one(LineList))

    def action_keep(self, step: int) -> None:
        """Keeps what was typed and goes on; stays when the model does not take it."""
        if self._shape is None:
            return
        if manner(self._shape) in ("choice", "checklist"):
            self.close()
            self.post_message(self.Kept(None, step))
            return
        self._finish(self._text(), step)

    def _finish(self, text: str, step: int) -> None:
        edit = self._judged(text)
        if edit is not None:
            same = self._design is not None and self._shape is not None and text == self._before()
            self.close()
            self.post_message(self.Kept(None if same else edit, step))

    def _before(self) -> str:
        if self._design is None or self._shape is None:
            return ""
        return typed(self._shape, value_in_file(self._design, self._address, self._shape.key))

    def action_leave(self) -> None:
        """Leaves the field as it was."""
        self.close()
        self.post_message(self.Left())
