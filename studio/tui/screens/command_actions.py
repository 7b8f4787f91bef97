"""The palette and the help: picking an action, a place, a pattern, a file; and doing what was picked."""

from pathlib import Path

from studio.tui.bars import Keys
from studio.tui.lines.line_list import LineList
from studio.tui.opened import Opens
from studio.tui.panes.pane import Pane
from studio.tui.screens.commands import commands, help_choices
from studio.tui.screens.export_actions import ExportActions
from studio.tui.screens.file_actions import FileActions
from studio.tui.screens.flag_actions import FlagActions
from studio.tui.screens.look_actions import LookActions
from studio.tui.screens.palette import RECENT, address_of, choices
from studio.tui.screens.pattern_actions import PatternActions
from studio.tui.screens.picker import Picker
from studio.tui.screens.question import Question


class CommandActions(FileActions, ExportActions, LookActions, PatternActions, FlagActions):
    """Everything that can be done, found by typing."""

    _used: tuple[str, ...] = ()
    """What was picked in the palette, the latest first."""

    def action_palette(self) -> None:
        """Everything that can be done, in one list."""
        self.app.push_screen(Picker("Commands", choices(self, self._used)), self._picked_command)

    def action_keys(self) -> None:
        """The keys of the focused pane."""
        found = help_choices(self.active_bindings.values())
        name = next((pane.called for pane in self.panes if pane.has_focus_within), "Studio")
        self.app.push_screen(Picker(f"Keys: {name}", found, asks="type to search, Enter does it"), self.obey)

    def action_key_names(self) -> None:
        """Shows what the terminal sends for each key."""
        from studio.tui.screens.key_names import KeyNames

        self.app.push_screen(KeyNames())

    async def _picked_command(self, command: str | None) -> None:
        if command is not None:
            self._used = (command, *(other for other in self._used if other != command))[:RECENT]
        await self.obey(command)

    async def obey(self, command: str | None) -> None:
        """Does what was picked in the palette or in the help."""
        sort, _, what = (command or "").partition(":")
        if sort == "do":
            await self.run_command(what)
        elif sort == "go":
            self.go_to(address_of(what))
        elif sort == "apply":
            self.apply_entry(what)
        elif sort == "flag":
            finding = self.finding(what)
            if finding is not None:
                self.go_to(finding.address)
        else:
            self._obey_further(sort, what)

    def _obey_further(self, sort: str, what: str) -> None:
        if sort == "theme":
            self.app.theme = what
        elif sort == "overlay":
            self.show_overlay(what)
        elif sort == "export":
            self.export_as(what)
        elif sort == "open":
            self.open_another(Path(what))

    async def run_command(self, id_: str) -> None:
        """Runs the action of a binding, in its own pane."""
        if id_ == "list.choose" and isinstance(self.focused, LineList):
            self.focused.action_choose()
            return
        found = commands(self).get(id_)
        if found is None:
            return
        pane = next((node for node in found.node.ancestors_with_self if isinstance(node, Pane)), None)
        if pane is not None and not pane.has_focus_within:
            self.show_pane(pane.number)
        await self.app.run_action(found.binding.action, found.node)

    async def on_keys_pressed(self, message: Keys.Pressed) -> None:
        """A key of the line at the bottom was clicked."""
        await self.run_command(message.action)

    # Another design --------------------------------------------------------------------------------------------

    def open_another(self, path: Path) -> None:
        """Opens another design in place of this one; asks when something is not saved."""
        if not self.session.has_work:
            self._leave_for(path)
            return
        answers = (("s", "save, then open it"), ("k", "open it; the changes wait in the journal"), ("c", "stay here"))
        text = f"{self.session.path.name} has changes that are not saved."

        def decide(answer: str | None) -> None:
            if answer == "s":
                self.save_then(lambda: self._leave_for(path))
            elif answer == "k":
                self._leave_for(path)

        self.app.push_screen(Question(f"Open {path.name}", text, answers), decide)

    def _leave_for(self, path: Path) -> None:
        app = self.app
        if isinstance(app, Opens):
            self.session.close()
            app.pop_screen()
            app.open(path)
