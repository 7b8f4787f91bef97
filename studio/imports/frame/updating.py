"""A file imported once more: what it says now laid upon a design in which a person has gone on writing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from studio.imports.frame.imported import Imported
from studio.imports.frame.loops import unlooped
from studio.imports.frame.origins import SAID, digest, keys_of, said
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.records import Decision
from studio.model.references import free_id
from studio.text import one_line, shortened

_LONGEST = 60
_Part = Component | Connection
_Record = TypeVar("_Record", Journey, Decision)


class Update(NamedTuple):
    """The design with what is new in the file, and a sentence for each difference."""

    design: Design
    new: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    """What file and person say differently; the person's words stay."""
    vanished: tuple[str, ...]
    """What is no longer in the file; it stays until somebody deletes it."""
    same: int
    """Parts that are as they were."""


class _Merge:
    """One merge under way."""

    def __init__(self, design: Design, fresh: Design) -> None:
        self.design = design
        self.fresh = fresh
        self.old_keys = keys_of(design)
        self.fresh_keys = keys_of(fresh)
        self.ids: dict[str, str] = {}
        """Ids of the design by those the import gave."""
        self.new: list[str] = []
        self.changed: list[str] = []
        self.kept: list[str] = []
        self.same = 0

    def components(self) -> tuple[Component, ...]:
        found: dict[str, Component] = {part.id: part for part in self.design.components}
        taken = set(found)
        matched = {part.id: self._match(part) for part in self.fresh.components}
        for part in self.fresh.components:
            known = matched[part.id]
            self.ids[part.id] = known.id if known is not None else free_id(part.id, taken)
            taken.add(self.ids[part.id])
        for part in self.fresh.components:
            known, needs = matched[part.id], tuple(self.ids[id_] for id_ in part.needs_to_start) or None
            if known is None:
                found[self.ids[part.id]] = part.changed(id=self.ids[part.id], needs_to_start=needs)
                self.new.append(f"{self.ids[part.id]} ({part.kind})")
            else:
                found[known.id] = self._updated("components", known, part, needs)
        return tuple(found.values())

    def connections(self) -> tuple[Connection, ...]:
        found: dict[str, Connection] = {part.id: part for part in self.design.connections}
        for part in self.fresh.connections:
            source, target = self.ids[part.source], self.ids[part.target]
            known = self._between(part, source, target)
            if known is None:
                id_ = free_id(part.id if part.id == f"{part.source}-{part.target}" else f"{source}-{target}", found)
                found[id_] = part.changed(id=id_, source=source, target=target)
                self.new.append(f"{source} → {target}")
            else:
                found[known.id] = self._updated("connections", known, part, None)
        return tuple(found.values())

    def _match(self, part: Component) -> Component | None:
        for known in self.design.components:
            if known.origin and part.origin and _place(known) == _place(part):
                return known
        same = self.design.component.get(part.id)
        return same if same is not None and same.origin is None else None

    def _between(self, part: Connection, source: str, target: str) -> Connection | None:
        for known in self.design.connections:
            if known.origin and part.origin and _place(known) == _place(part):
                return known
        pairs = (known for known in self.design.connections if (known.source, known.target) == (source, target))
        return next((known for known in pairs if known.origin is None), None)

    def _updated(self, section: str, known: Any, part: Any, needs: tuple[str, ...] | None) -> Any:
        """The part as the file says it now, unless a person wrote something else."""
        mine, now = said(section, known, self.old_keys), said(section, part, self.fresh_keys)
        before = known.origin.hash if known.origin else None
        if part.origin is not None and part.origin.hash == before:
            self.same += 1
            return known
        shared = {key: value for key, value in mine.items() if key in now}
        untouched = digest(mine) == before
        if untouched or digest(shared) == before:
            keys = SAID[section] if untouched else tuple(now)
            self._tell(self.changed, known, _differences(mine, now, keys))
            return known.changed(**self._fields(section, part, keys, needs), origin=part.origin)
        differing = _differences(mine, now, tuple(now))
        self._tell(self.kept, known, differing)
        self.same += not differing
        return known.changed(origin=part.origin) if known.origin is not None else known

    def _fields(self, section: str, part: Any, keys: tuple[str, ...], needs: tuple[str, ...] | None) -> dict[str, Any]:
        known = shapes(Component if section == "components" else Connection)
        names = [known[key].name for key in keys]
        names += ["calls_per_request"] if getattr(part, "mode", None) == "batch" else []
        found = {name: getattr(part, name) if part.gives(name) else None for name in names}
        return found | ({"needs_to_start": needs} if "needs_to_start" in found else {})

    def _tell(self, sentences: list[str], part: _Part, differences: list[str]) -> None:
        if differences:
            sentences.append(f"{part.id}: {', '.join(differences)}")


def updated(design: Design, found: Imported) -> Update:
    """What the file says now laid upon the design. Nothing is deleted, and what a person wrote holds."""
    merge = _Merge(design, found.design)
    components, connections = merge.components(), merge.connections()
    steps = frozenset(part.id for part in connections)
    journeys = _beside(design.journeys, (part for part in found.design.journeys if steps.issuperset(part.steps)))
    decisions = _beside(design.decisions, found.design.decisions)
    merge.new += [f"journey {part.id}" for part in journeys] + [f"decision {part.id}" for part in decisions]
    grown = design.changed(
        components=components,
        connections=connections,
        journeys=(*design.journeys, *journeys),
        decisions=(*design.decisions, *decisions),
    )
    return Update(
        unlooped(grown, steps - design.connection.keys()).design,
        tuple(merge.new),
        tuple(merge.changed),
        tuple(merge.kept),
        _vanished(design, found.design),
        merge.same,
    )


def _beside(known: Iterable[_Record], fresh: Iterable[_Record]) -> tuple[_Record, ...]:
    """Those whose id is not there yet."""
    there = {part.id for part in known}
    return tuple(part for part in fresh if part.id not in there)


def _vanished(design: Design, fresh: Design) -> tuple[str, ...]:
    there = {_place(part) for part in _parts(fresh)}
    files = {place[:2] for place in there if place}
    gone = (part for part in _parts(design) if _place(part)[:2] in files and _place(part) not in there)
    return tuple(part.id for part in gone if part.origin)


def _parts(design: Design) -> Iterator[_Part]:
    yield from design.components
    yield from design.connections


def _place(part: _Part) -> tuple[str | None, ...]:
    return (part.origin.format, part.origin.path, part.origin.key) if part.origin else ()


def _differences(mine: Mapping[str, Any], now: Mapping[str, Any], keys: tuple[str, ...]) -> list[str]:
    return [f"{key} {_word(mine.get(key))} → {_word(now.get(key))}" for key in keys if mine.get(key) != now.get(key)]


def _word(value: object) -> str:
    if value is None:
        return "not said"
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return shortened(one_line(str(value)), _LONGEST)
