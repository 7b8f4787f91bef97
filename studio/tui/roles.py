"""The parts a text can play on the screen. The theme decides their colours; none of them carries a meaning that is
not also said by a sign or a word.

They are worked out here and not by the stylesheet: as component classes each part would be matched against every rule
for every list, at start-up and whenever the focus moves, which took longer than everything else together.
"""

from typing import Final, NamedTuple

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.widget import Widget


class Part(NamedTuple):
    """How a part looks: variables of the theme for its colours, empty where the widget's own colour stands."""

    front: str = ""
    back: str = ""
    is_bold: bool = False


ROLES: Final = {
    "dim": Part("text-dim"),
    "faint": Part("text-faint"),
    "strong": Part(is_bold=True),
    "title": Part("text-dim", is_bold=True),
    "accent": Part("accent"),
    "good": Part("success"),
    "warning": Part("warning"),
    "bad": Part("error", is_bold=True),
    "cursor": Part(back="cursor-line", is_bold=True),
    "cursor-away": Part(back="cursor-away"),
    "box": Part("foreground"),
    "selected": Part("accent", is_bold=True),
    "target": Part("success", is_bold=True),
    "ghost": Part("accent"),
    "frame": Part("text-faint"),
    "line": Part("text-dim"),
    "label": Part("text-dim"),
    "key": Part("accent"),
    "letter": Part("background", "accent", is_bold=True),
}


class Roled(Widget):
    """A widget that draws its own lines and asks for styles by role."""

    _styles_by_role: dict[str, Style] | None = None

    def notify_style_update(self) -> None:
        """Forgets what the colours were."""
        self._styles_by_role = None
        super().notify_style_update()

    @property
    def plain(self) -> Style:
        """The widget's own style; remembered, because working it out walks up to the screen."""
        return self.role("")

    def role(self, name: str) -> Style:
        """The style of a role over this widget's background; the widget's own style for the empty role."""
        known = self._styles_by_role
        if known is None:
            known = self._styles_by_role = {}
        if name not in known:
            known[name] = self.rich_style + self._own(ROLES[name]) if name else self.rich_style
        return known[name]

    def _own(self, part: Part) -> Style:
        """What a part sets itself."""
        return Style(color=self._colour(part.front), bgcolor=self._colour(part.back), bold=part.is_bold or None)

    def _colour(self, variable: str) -> RichColor | None:
        return Color.parse(self.app.theme_variables[variable]).rich_color if variable else None

    def role_over(self, name: str, under: str) -> Style:
        """The style of a role on the background of another: a coloured word on the cursor line."""
        below = self.role(under)
        if not name:
            return below
        return Style(bgcolor=below.bgcolor, bold=below.bold) + self._foreground(name)

    def _foreground(self, name: str) -> Style:
        style = self.role(name)
        return Style(color=style.color, bold=style.bold, italic=style.italic, underline=style.underline)
