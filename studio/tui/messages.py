"""What panes ask for. Only the studio answers: it changes the session and shows everything again."""

from typing import TYPE_CHECKING

from textual.message import Message

from studio.edits.edit import Edit
from studio.model.address import Address

if TYPE_CHECKING:
    from studio.tui.canvas.words import Wish


class EditWanted(Message):
    """The design is to be changed. `joins` makes it part of the same step as the last edit of that name."""

    def __init__(self, edit: Edit, *, joins: bool = False) -> None:
        super().__init__()
        self.edit = edit
        self.joins = joins


class SelectionWanted(Message):
    """This component or connection is to be selected, or nothing; `go` brings the canvas to it and the focus too."""

    def __init__(self, address: Address | None, *, go: bool = False) -> None:
        super().__init__()
        self.address = address
        self.go = go


class CanvasWish(Message):
    """The canvas wants something done."""

    def __init__(self, wish: "Wish") -> None:
        super().__init__()
        self.wish = wish


class ApplyWanted(Message):
    """A pattern is to be applied to the selection, after its preview."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.pattern = pattern


class CarryWanted(Message):
    """A pattern was picked up, by key or by mouse (then at this place of the screen)."""

    def __init__(self, pattern: str, at: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.pattern = pattern
        self.at = at


class CarriedByMouse(Message):
    """The mouse that carries a pattern came to a place of the screen, or let go there."""

    def __init__(self, at: tuple[int, int], *, let_go: bool = False, cancelled: bool = False) -> None:
        super().__init__()
        self.at = at
        self.let_go = let_go
        self.cancelled = cancelled


class PageWanted(Message):
    """The page of a pattern, technology or rule is to be shown."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id = id_


class FixesWanted(Message):
    """The fixes of a finding are to be shown: its fingerprint."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__()
        self.fingerprint = fingerprint


class AcceptanceWanted(Message):
    """A finding is to be accepted: its fingerprint."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__()
        self.fingerprint = fingerprint


class ExplanationWanted(Message):
    """A figure is to be explained: its path, as in `tenfold estimate --explain`."""

    def __init__(self, figure: str) -> None:
        super().__init__()
        self.figure = figure


class FiguresWanted(Message):
    """Figures that are shown now have to be worked out first."""


class RungWanted(Message):
    """What mends a rung of the ladder is to be tried: its number, from 0."""

    def __init__(self, rung: int) -> None:
        super().__init__()
        self.rung = rung


class TargetMendWanted(Message):
    """What makes a target pass is to be tried: the target by its name."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target


class MenuWanted(Message):
    """What can be done here is to be offered, beside a place of the screen where the mouse is."""

    def __init__(self, at: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.at = at


class PasteWanted(Message):
    """The terminal pasted a text onto the canvas."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LabelGiven(Message):
    """What a box or connection is to be called; an empty text takes the label away."""

    def __init__(self, address: Address, text: str) -> None:
        super().__init__()
        self.address = address
        self.text = text


class CatalogueWanted(Message):
    """The catalogue is to be searched for this."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class CameToRest(Message):
    """A key found nothing further to walk to: what waits for the selection to rest can be shown."""


class Told(Message):
    """A sentence for the status line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
