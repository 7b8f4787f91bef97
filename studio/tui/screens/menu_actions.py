"""Space and the right mouse button: what can be done here, by letters."""

from typing import ClassVar, Final

from textual import events, on
from textual.timer import Timer

from studio.tui.menu_box import MenuBox, MenuLine
from studio.tui.messages import MenuWanted
from studio.tui.own_keys import OwnKeys
from studio.tui.screens.command_actions import CommandActions
from studio.tui.screens.commands import chosen_sort, commands, keys_of, situation
from studio.tui.which_key import Group, groups, why_not

LEAVES: Final = ("escape", "ctrl+g", "q", "space")


class MenuActions(CommandActions):
    """Letters that lead to letters that run actions; who is quick never sees the pop-up."""

    MENU_AFTER: ClassVar[float] = 0.3
    """Seconds after Space until the pop-up is shown."""
    _groups: tuple[Group, ...] = ()
    _group: Group | None = None
    _menu_timer: Timer | None = None
    _menu_at: tuple[int, int] | None = None

    def action_menu(self) -> None:
        """Waits for a letter, and shows which there are when none comes."""
        if self.canvas.drawing.is_busy:
            return
        self._begin_menu(None)
        self._menu_timer = self.set_timer(self.MENU_AFTER, self._show_menu)

    @on(MenuWanted)
    async def _menu_wanted(self, message: MenuWanted) -> None:
        message.stop()
        self._begin_menu(message.at)
        await self._show_menu()

    def _begin_menu(self, at: tuple[int, int] | None) -> None:
        self._groups, self._group, self._menu_at = groups(chosen_sort(self)), None, at
        if isinstance(self.app, OwnKeys):
            self.app.give_keys_to(self)

    def _leave_menu(self) -> None:
        if self._menu_timer is not None:
            self._menu_timer.stop()
            self._menu_timer = None
        if isinstance(self.app, OwnKeys):
            self.app.give_keys_to(None)
        for box in self.query(MenuBox):
            box.hide()

    # The pop-up ------------------------------------------------------------------------------------------------

    async def _show_menu(self) -> None:
        found = self.query(MenuBox)
        box = found.first() if found else MenuBox()
        if not found:
            await self.mount(box)
        title = self._group.name if self._group is not None else self._menu_title()
        box.show(title, self._menu_lines(), self._menu_at)

    def _menu_title(self) -> str:
        sort = chosen_sort(self)
        return {"nothing": "Do", "several": f"{len(self.marked)} boxes"}.get(sort, (self.selection or ("", ""))[-1])

    def _menu_lines(self) -> list[MenuLine]:
        if self._group is None:
            return [MenuLine(group.letter, group.name, "…") for group in self._groups]
        known, now = commands(self), situation(self)
        entries = [(entry, known[entry.id]) for entry in self._group.entries if entry.id in known]
        return [
            MenuLine(
                entry.letter, found.binding.tooltip or found.binding.description, keys_of(found), why_not(entry.id, now)
            )
            for entry, found in entries
        ]

    @on(MenuBox.Picked)
    def _menu_picked(self, message: MenuBox.Picked) -> None:
        message.stop()
        self._menu_letter(message.letter)

    # Keys ------------------------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> None:
        """A letter of the menu, or the way out of it."""
        if event.key in LEAVES:
            self._leave_menu()
        elif event.key == "backspace" and self._group is not None:
            self._group = None
            self.call_later(self._show_menu)
        else:
            self._menu_letter(event.character or event.key)

    def take_press(self, at: tuple[int, int]) -> bool:
        """A press beside the pop-up leaves it."""
        if not any(box.display and box.region.contains(*at) for box in self.query(MenuBox)):
            self._leave_menu()
        return False

    def _menu_letter(self, letter: str) -> None:
        if self._group is None:
            self._group = next((group for group in self._groups if group.letter == letter), None)
            if self._group is None:
                self._no_such_letter(letter)
            elif any(box.display for box in self.query(MenuBox)):
                self.call_later(self._show_menu)
            return
        entry = next((entry for entry in self._group.entries if entry.letter == letter), None)
        if entry is None:
            self._no_such_letter(letter)
            return
        self._leave_menu()
        why = why_not(entry.id, situation(self))
        if why:
            self.tell(why)
        else:
            self.call_later(self.run_command, entry.id)

    def _no_such_letter(self, letter: str) -> None:
        self._leave_menu()
        after = f" {self._group.letter}" if self._group is not None else ""
        self.tell(f"nothing is behind Space{after} {letter}; Space and a moment's rest shows the letters")
