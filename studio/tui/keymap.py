"""A person's own keys: laid over the bindings, and judged against all of them. No screen is needed here."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from textual.binding import Binding, BindingsMap

from studio.configuration import Configuration
from studio.key_names import shown
from studio.text import listed, nearest

Keymap: TypeAlias = Mapping[str, tuple[str, ...]]
"""Keys by the id of an action; no keys at all take its keys away."""

CANVAS: Final = ("CanvasView", "CanvasPane")
"""Two widgets that are one pane to whoever presses a key."""
EVERYWHERE: Final = "StudioScreen"
NO_KEY: Final = ""
"""Under which an action without a key is kept: nobody can press it, and the palette still knows the action."""


class Bound(NamedTuple):
    """One action of one place."""

    place: str
    """Where it works: actions of the same place must not share a key."""
    id: str
    keys: tuple[str, ...]
    is_one: bool
    """Whether all its keys do the same; else they cannot be chosen."""


def rebound(bindings: BindingsMap, keymap: Keymap) -> BindingsMap:
    """The bindings of a widget with a person's own keys; the same object where none of them is meant."""
    ours = [binding for _, binding in bindings if binding.id in keymap and _is_one(bindings, binding.id)]
    if not ours:
        return bindings
    moved = {binding.id for binding in ours}
    first = {binding.id: binding for binding in reversed(ours)}
    found = BindingsMap()
    for id_, binding in reversed(first.items()):
        for name in keymap[str(id_)] or (NO_KEY,):
            found.key_to_bindings.setdefault(name, []).append(binding.with_key(name))
    for name, binding in bindings:
        if binding.id not in moved:
            found.key_to_bindings.setdefault(name, []).append(binding)
    return found


def _is_one(bindings: Iterable[tuple[str, Binding]], id_: str | None) -> bool:
    return len({binding.action for _, binding in bindings if binding.id == id_}) == 1


def known() -> tuple[Bound, ...]:
    """Every action of the studio that has an id. Loads all of its modules, which takes a moment."""
    from studio import tui
    from studio.discovery import modules

    found: dict[tuple[str, str], Bound] = {}
    for module in modules(tui):
        for place in vars(module).values():
            if isinstance(place, type) and place.__module__ == module.__name__ and "BINDINGS" in vars(place):
                for bound in _of_place(place.__name__, BindingsMap(vars(place)["BINDINGS"])):
                    found.setdefault((bound.place, bound.id), bound)
    return tuple(found.values())


def _of_place(name: str, bindings: BindingsMap) -> Iterator[Bound]:
    ids = dict.fromkeys(binding.id for _, binding in bindings if binding.id)
    for id_ in ids:
        own = [(key, binding) for key, binding in bindings if binding.id == id_]
        mode = id_.partition(".")[0] if own[0][1].priority else ""
        place = CANVAS[0] if name in CANVAS else f"{name} {mode}".strip()
        yield Bound(place, id_, tuple(key for key, _ in own), _is_one(own, id_))


def wrong(keymap: Keymap, actions: Iterable[Bound]) -> tuple[str, ...]:
    """What is wrong with a person's keys, each in one sentence: unknown ids, and keys that are taken."""
    every = tuple(actions)
    ids = dict.fromkeys(bound.id for bound in every)
    return (*_not_there(keymap, ids), *_not_one(keymap, every), *_taken(keymap, every))


def _not_there(keymap: Keymap, ids: Iterable[str]) -> Iterator[str]:
    known_ids = tuple(ids)
    for id_ in keymap:
        if id_ not in known_ids:
            near = nearest(id_, known_ids)
            yield f"{id_} is no action; {f'did you mean {near}?' if near else 'the help (?) and the palette name them'}"


def _not_one(keymap: Keymap, actions: Iterable[Bound]) -> Iterator[str]:
    for bound in actions:
        if bound.id in keymap and not bound.is_one:
            yield f"{bound.id} is several keys that each do something else; it keeps them"


def _taken(keymap: Keymap, actions: tuple[Bound, ...]) -> Iterator[str]:
    """Each key of one place that two actions want now and did not want before."""
    for place in dict.fromkeys(bound.place for bound in actions):
        around = [bound for bound in actions if bound.place == place]
        users: dict[str, list[str]] = {}
        for bound in around:
            for key in _now(bound, keymap):
                users.setdefault(key, []).append(bound.id)
        for key, ids in users.items():
            if len(ids) > 1 and any(id_ in keymap for id_ in ids):
                yield _conflict(key, ids, keymap)
    yield from _hidden(keymap, actions)


def _hidden(keymap: Keymap, actions: tuple[Bound, ...]) -> Iterator[str]:
    """Keys for everywhere that mean something else on the canvas."""
    on_canvas = {key: bound.id for bound in actions if bound.place == CANVAS[0] for key in _now(bound, keymap)}
    for bound in actions:
        if bound.place == EVERYWHERE and bound.id in keymap:
            for key in _now(bound, keymap):
                if key in on_canvas and key not in bound.keys:
                    yield f"{shown(key)} is {bound.id} everywhere but on the canvas, where it is {on_canvas[key]}"


def _now(bound: Bound, keymap: Keymap) -> tuple[str, ...]:
    return keymap.get(bound.id, bound.keys) if bound.is_one else bound.keys


def _conflict(key: str, ids: list[str], keymap: Keymap) -> str:
    winner = next(id_ for id_ in ids if id_ in keymap)
    others = [id_ for id_ in ids if id_ != winner]
    return f"{shown(key)} is wanted by {listed(ids)}; {winner} has it, give {listed(others)} another key or []"


def report(found: Configuration) -> tuple[str, ...]:
    """Everything that is wrong with a person's configuration, each in one sentence."""
    return (*found.problems, *(wrong(found.keys, known()) if found.keys else ()))
