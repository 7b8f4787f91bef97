"""Everything that can be done, as one list: actions with their keys, patterns, boxes, flags."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

from studio.tui.fence import bindings_of
from studio.tui.screens.base import StudioBase
from studio.tui.screens.picker import Choice

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


def key_names(keys: Iterable[str]) -> str:
    """Keys as a person reads them: `ctrl+s` → `^s`, `question_mark` → `?`."""
    return " ".join(dict.fromkeys(_name(key) for key in keys))


def _name(key: str) -> str:
    known = {
        "question_mark": "?", "slash": "/", "colon": ":", "delete": "Del", "enter": "Enter", "escape": "Esc",
        "space": "Space", "tab": "Tab", "shift+tab": "S-Tab", "left": "←", "right": "→", "up": "↑", "down": "↓",
        "pageup": "PgUp", "pagedown": "PgDn", "backspace": "⌫", "home": "Home", "end": "End",
    }  # fmt: skip
    if key in known:
        return known[key]
    modifiers, _, last = key.rpartition("+")
    last = known.get(last, last.upper() if last[:1] == "f" and last[1:].isdigit() else last)
    return modifiers.replace("ctrl", "^").replace("shift", "S-").replace("alt", "M-").replace("+", "") + last


def choices(screen: StudioBase) -> list[Choice]:
    """The entries of the palette."""
    return list(_choices(screen))


def _choices(screen: StudioBase) -> Iterator[Choice]:
    for id_, command in commands(screen).items():
        keys = [key for key, binding in bindings_of(command.node) if binding.id == id_]
        yield Choice(f"do:{id_}", _sentence(command.binding), key_names(keys))
    for component in screen.session.design.components:
        yield Choice(f"go:{component.id}", f"go to {component.label}", component.kind)
    for pattern in screen.session.library.patterns():
        yield Choice(f"apply:{pattern.id}", f"apply {pattern.name}", pattern.family)
    for finding in screen.view.analysis.report.findings:
        if finding.accepted is None:
            text = f"{finding.rule.id} {finding.verdict.message or finding.rule.title}"
            yield Choice(f"flag:{finding.fingerprint}", text, finding.severity.value)


def _sentence(binding: Binding) -> str:
    """`Zoom · give this pane the whole screen`."""
    name, about = binding.description, binding.tooltip
    return f"{name[:1].upper()}{name[1:]} · {about[:1].lower()}{about[1:]}"


def help_choices(active: Iterable[ActiveBinding]) -> list[Choice]:
    """The keys that work now, each once, those of the focused pane first."""
    keys: dict[str, list[str]] = {}
    known: dict[str, Binding] = {}
    for found in active:
        id_ = found.binding.id or found.binding.action
        keys.setdefault(id_, []).append(found.binding.key)
        known.setdefault(id_, found.binding)
    return [
        Choice(f"do:{id_}", f"{key_names(keys[id_]):<12} {binding.tooltip or binding.description}")
        for id_, binding in known.items()
        if binding.tooltip or binding.description
    ]
