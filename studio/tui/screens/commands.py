"""The actions of the studio with their keys, and what decides whether they can do anything now."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from textual.app import App
from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.screen import Screen

from studio.key_names import shown
from studio.tui.fence import bindings_of
from studio.tui.lines.line_list import LineList
from studio.tui.panes.pane import Pane
from studio.tui.screens.base import StudioBase
from studio.tui.screens.picker import Choice
from studio.tui.which_key import BOX, LINK, NOTHING, SEVERAL, Situation

IN_MODE: Final = "In this mode"

HIDDEN = frozenset({"list", "picker", "entry", "dialog", "page", "field"})
"""Groups of bindings that only make sense where the cursor is."""


class Command(NamedTuple):
    """A binding together with the widget whose action it is."""

    binding: Binding
    node: DOMNode


def commands(screen: StudioBase) -> dict[str, Command]:
    """Every action of the studio and its panes, by the id of its binding."""
    nodes: list[DOMNode] = [screen]
    for pane in screen.panes:
        nodes += [pane, *(child for child in pane.walk_children() if getattr(child, "BINDINGS", ()))]
    found: dict[str, Command] = {}
    for node in nodes:
        for _, binding in bindings_of(node):
            if binding.id and binding.id not in found and binding.id.partition(".")[0] not in HIDDEN:
                found[binding.id] = Command(binding, node)
    return found


def _works_now(node: DOMNode, binding: Binding) -> bool:
    """Whether a key of a mode works: whether that mode is on."""
    return bool(node.check_action(binding.action.partition("(")[0], ()))


def key_names(keys: Iterable[str]) -> str:
    """Keys as a person reads them: `ctrl+s` → `^s`, `question_mark` → `?`."""
    return " ".join(dict.fromkeys(shown(key) for key in keys))


def keys_of(command: Command) -> str:
    """The keys of an action as a person reads them."""
    return key_names(key for key, binding in bindings_of(command.node) if binding.id == command.binding.id)


def chosen_sort(screen: StudioBase) -> str:
    """What is chosen on the canvas: nothing, a box, a link, or several boxes."""
    if screen.marked:
        return SEVERAL if len(screen.marked) > 1 else BOX
    if screen.selection is None:
        return NOTHING
    return {"components": BOX, "connections": LINK}.get(screen.selection[0], NOTHING)


def situation(screen: StudioBase) -> Situation:
    """What decides which actions can do anything now."""
    session, view = screen.session, screen.view
    modes = {binding.id for _, binding in bindings_of(screen) if binding.priority and _works_now(screen, binding)}
    return Situation(
        chosen_sort(screen),
        len(session.design.components),
        session.undo_label,
        session.redo_label,
        sum(finding.accepted is None for finding in view.analysis.report.findings),
        bool(screen.app.clipboard.strip()),
        "what-if.leave" in modes,
        "walk.leave" in modes,
        len(session.design.journeys),
    )


def sentence(binding: Binding) -> str:
    """`Zoom · give this pane the whole screen`."""
    name, about = binding.description, binding.tooltip
    return f"{name[:1].upper()}{name[1:]} · {about[:1].lower()}{about[1:]}"


def help_choices(active: Iterable[ActiveBinding]) -> list[Choice]:
    """The keys that work now, each once: those of a mode, of the focused place, and those that work everywhere."""
    keys: dict[str, list[str]] = {}
    known: dict[str, ActiveBinding] = {}
    for found in active:
        id_ = found.binding.id
        if not id_:
            continue  # of Textual itself: scrolling, which needs no help
        keys.setdefault(id_, []).append(found.binding.key)
        known.setdefault(id_, found)
    choices = [
        Choice(
            f"do:{id_}",
            f"{key_names(keys[id_]):<12} {found.binding.tooltip or found.binding.description}",
            group=_place(found),
        )
        for id_, found in known.items()
        if found.binding.tooltip or found.binding.description
    ]
    order = list(dict.fromkeys(choice.group for choice in choices))
    return sorted(choices, key=lambda choice: (choice.group != IN_MODE, order.index(choice.group)))


def _place(found: ActiveBinding) -> str:
    if found.binding.priority and isinstance(found.node, Screen):
        return IN_MODE
    if isinstance(found.node, Screen | App):
        return "Everywhere here"
    if isinstance(found.node, LineList) and (found.binding.id or "").startswith("list."):
        return "In every list"
    pane = next((node for node in found.node.ancestors_with_self if isinstance(node, Pane)), None)
    return f"In this pane: {pane.called}" if pane is not None else "Here"
