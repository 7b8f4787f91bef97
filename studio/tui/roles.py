"""The parts a text can play on the screen. Each is a component class whose colours the theme decides; none of them
carries a meaning that is not also said by a sign or a word."""

from typing import ClassVar, Final

from rich.style import Style
from textual.widget import Widget

ROLES: Final = (
    "dim",
    "faint",
    "strong",
    "title",
    "accent",
    "good",
    "warning",
    "bad",
    "cursor",
    "cursor-away",
    "box",
    "selected",
    "target",
    "ghost",
    "frame",
    "line",
    "label",
    "key",
)


COMPONENTS: Final = {f"role--{name}" for name in ROLES}


class Roled(Widget):
    """A widget that draws its own lines and asks for styles by role. A class with another base before this one names
    `COMPONENTS` itself: Textual looks for them along the first bases only."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    _plain: Style | None = None

    def notify_style_update(self) -> None:
        """Forgets what the colours were."""
        self._plain = None
        super().notify_style_update()

    @property
    def plain(self) -> Style:
        """The widget's own style; remembered, because working it out walks up to the screen."""
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def role(self, name: str) -> Style:
        """The style of a role over this widget's background; the widget's own style for the empty role."""
        return self.get_component_rich_style(f"role--{name}") if name else self.plain

    def role_over(self, name: str, under: str) -> Style:
        """The style of a role on the background of another: a coloured word on the cursor line."""
        below = self.role(under)
        if not name:
            return below
        return Style(bgcolor=below.bgcolor, bold=below.bold) + self._foreground(name)

    def _foreground(self, name: str) -> Style:
        style = self.role(name)
        return Style(color=style.color, bold=style.bold, italic=style.italic, underline=style.underline)
