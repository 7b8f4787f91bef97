"""What can be done, by letters: the groups behind Space, and what stands first in the line of keys. No screen here."""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

NOTHING, BOX, LINK, SEVERAL = "nothing", "box", "link", "several"
CHOSEN: Final = (NOTHING, BOX, LINK, SEVERAL)
"""What can be chosen on the canvas."""


class Entry(NamedTuple):
    """A letter that runs an action."""

    letter: str
    id: str
    chosen: tuple[str, ...] = CHOSEN
    """What must be chosen for it to be offered."""


class Group(NamedTuple):
    """A letter that leads to further letters."""

    letter: str
    name: str
    entries: tuple[Entry, ...]


_BOXES: Final = (BOX, SEVERAL)
_ONE: Final = (BOX, LINK)
_SOME: Final = (BOX, LINK, SEVERAL)

GROUPS: Final = (
    Group("a", "add", (
        Entry("b", "canvas.box"),
        Entry("r", "canvas.add-right", (BOX,)),
        Entry("d", "canvas.add-below", (BOX,)),
        Entry("l", "canvas.add-left", (BOX,)),
        Entry("u", "canvas.add-above", (BOX,)),
        Entry("D", "canvas.duplicate", _BOXES),
        Entry("p", "canvas.paste"),
        Entry("/", "studio.search"),
    )),
    Group("c", "connect", (
        Entry("a", "canvas.connect", (BOX,)),
        Entry("e", "canvas.connection", _ONE),
        Entry("E", "canvas.connection-back", _ONE),
    )),
    Group("e", "edit", (
        Entry("l", "canvas.label", _ONE),
        Entry("i", "canvas.inspect", _ONE),
        Entry("m", "canvas.move", _BOXES),
        Entry("g", "canvas.group", _BOXES),
        Entry("y", "canvas.copy", _BOXES),
        Entry("r", "canvas.release", _BOXES),
        Entry("R", "canvas.release-all", (NOTHING,)),
        Entry("v", "canvas.mark", _BOXES),
        Entry("A", "canvas.mark-all"),
        Entry("d", "canvas.delete", _SOME),
        Entry("u", "studio.undo"),
        Entry("U", "studio.redo"),
    )),
    Group("p", "patterns", (Entry("x", "canvas.apply"), Entry("/", "studio.search"), Entry("c", "studio.pane-1"))),
    Group("v", "view", (
        Entry("0", "canvas.fit"),
        Entry("c", "canvas.centre", _SOME),
        Entry("+", "canvas.full"),
        Entry("-", "canvas.compact"),
        Entry("o", "canvas.pick-overlay"),
        Entry("z", "studio.zoom"),
        Entry("t", "studio.theme"),
        Entry("l", "studio.redraw"),
    )),
    Group("g", "go", (
        Entry("/", "canvas.find"),
        Entry("o", "studio.jump"),
        Entry("2", "studio.pane-2"),
        Entry("3", "studio.pane-3"),
        Entry("4", "studio.pane-4"),
        Entry("5", "studio.pane-5"),
    )),
    Group("f", "flags", (
        Entry("n", "studio.flag"),
        Entry("p", "studio.flag-back"),
        Entry("f", "estimates.fix"),
        Entry("a", "estimates.accept"),
        Entry("w", "estimates.filter"),
    )),
    Group("w", "what if", (
        Entry("w", "studio.what-if"),
        Entry("j", "studio.walk"),
        Entry("=", "studio.explain"),
        Entry("r", "studio.review"),
    )),
    Group("r", "records", (Entry("r", "studio.records"), Entry("v", "studio.review"))),
    Group("s", "files", (
        Entry("s", "studio.save"),
        Entry("a", "studio.save-as"),
        Entry("x", "studio.export"),
        Entry("e", "studio.edit-text"),
        Entry("r", "studio.reload"),
        Entry("q", "studio.quit"),
    )),
    Group("h", "help", (
        Entry("k", "studio.keys"),
        Entry("p", "studio.palette"),
        Entry("t", "studio.tour"),
        Entry("n", "studio.key-names"),
    )),
)  # fmt: skip
"""The groups behind Space."""

FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    NOTHING: ("canvas.box", "canvas.find", "canvas.overlay"),
    BOX: ("canvas.label", "canvas.connect", "canvas.apply", "canvas.delete", "canvas.mark", "canvas.connection",
          "canvas.group"),
    LINK: ("canvas.label", "canvas.connection", "canvas.apply", "canvas.delete"),
    SEVERAL: ("canvas.group", "canvas.delete", "canvas.mark"),
}  # fmt: skip
"""What stands first in the line of keys of the canvas, by what is chosen."""
Hint: TypeAlias = tuple[str, str, str]
"""A key, what it does in a word, and the id of its action."""
ABOUT_CHOICE: Final = frozenset(id_ for ids in FIRST.values() for id_ in ids)
"""Actions that are left out of that line where they are not named for what is chosen."""


def groups(chosen: str) -> tuple[Group, ...]:
    """The groups that offer something for what is chosen, with those entries only."""
    found = (
        group._replace(entries=tuple(entry for entry in group.entries if chosen in entry.chosen)) for group in GROUPS
    )
    return tuple(group for group in found if group.entries)


def chosen_first(hints: Mapping[str, Hint], chosen: str) -> list[Hint]:
    """The keys of a pane by the ids of their actions: first what is meant for what is chosen, without what is not."""
    first = FIRST[chosen]
    here = [hints[id_] for id_ in first if id_ in hints]
    return [*here, *(hint for id_, hint in hints.items() if id_ not in ABOUT_CHOICE)]


class Situation(NamedTuple):
    """What decides whether an action can do anything now."""

    chosen: str = NOTHING
    boxes: int = 0
    undo: str | None = None
    redo: str | None = None
    flags: int = 0
    clipboard: bool = False
    is_supposing: bool = False
    is_walking: bool = False
    journeys: int = 0


_NEEDS: Final = {
    entry.id: entry.chosen
    for group in GROUPS
    for entry in group.entries
    if entry.chosen != CHOSEN and NOTHING not in entry.chosen
}
_WORDS: Final = {
    (BOX,): "select a box first",
    _BOXES: "select or mark a box first",
    _ONE: "select a box or a connection first",
    _SOME: "select something first",
}


def why_not(id_: str, now: Situation) -> str:
    """Why an action can do nothing now, in a few words; nothing when it can."""
    needs = _NEEDS.get(id_)
    if needs is not None and now.chosen not in needs:
        return _WORDS[needs]
    mode = id_.partition(".")[0]
    table = (
        (mode == "what-if" and not now.is_supposing, "w supposes first"),
        (mode == "walk" and not now.is_walking, "s walks a journey first"),
        (id_ == "studio.walk" and not now.journeys, "there is no journey yet"),
        (id_ == "studio.undo" and now.undo is None, "nothing to take back"),
        (id_ == "studio.redo" and now.redo is None, "nothing to do again"),
        (id_ == "canvas.paste" and not now.clipboard, "nothing was copied yet"),
        (id_ in ("studio.flag", "studio.flag-back", "estimates.fix") and not now.flags, "no open flags"),
        (id_ in ("canvas.find", "canvas.mark-all") and not now.boxes, "there are no boxes yet"),
    )
    return next((words for is_so, words in table if is_so), "")
