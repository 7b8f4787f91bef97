"""Journeys follow what applying a pattern does to the connections they take."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from studio.catalogue.draft import Draft, FieldChange
from studio.catalogue.entries import Step
from studio.catalogue.moving import Moved
from studio.model.behaviour import Journey

_CLASSES = {"reads": frozenset({"reads"}), "writes": frozenset({"writes"})}
_BOTH = frozenset({"reads", "writes"})


class Insertion(NamedTuple):
    """Connections that were brought, and the connections before or after which journeys take them."""

    ids: tuple[str, ...]
    step: Step
    at: tuple[str, ...]


def journey_changes(draft: Draft, moves: Sequence[Moved], insertions: Sequence[Insertion]) -> tuple[FieldChange, ...]:
    """What changes in the journeys: `steps`, with `notes` where there is one for each step, and `at_once`."""
    return tuple(change for journey in draft.design.journeys for change in _changes(draft, journey, moves, insertions))


def _changes(
    draft: Draft, journey: Journey, moves: Sequence[Moved], insertions: Sequence[Insertion]
) -> Iterator[FieldChange]:
    has_notes = bool(journey.notes) and len(journey.notes) == len(journey.steps)
    walk = _Walk(draft, journey, journey.notes if has_notes else ("",) * len(journey.steps))
    taken = (each for each in moves if each.id in journey.steps)
    for each in sorted(taken, key=lambda each: journey.steps.index(each.id)):
        walk.bridge(each)
    for insertion in insertions:
        for id_ in insertion.ids:
            walk.insert(id_, insertion)
    address = ("journeys", journey.id)
    if walk.steps == list(journey.steps):
        return
    yield FieldChange(address, "steps", list(journey.steps), walk.steps)
    if has_notes:
        yield FieldChange(address, "notes", list(journey.notes), walk.notes)
    at_once = [[walk.instead.get(id_, id_) for id_ in group] for group in journey.at_once]
    if walk.instead and at_once:
        yield FieldChange(address, "at_once", [list(group) for group in journey.at_once], at_once)


class _Walk:
    """The steps of one journey with their notes, while they change."""

    def __init__(self, draft: Draft, journey: Journey, notes: Iterable[str]) -> None:
        self.steps: list[str] = list(journey.steps)
        self.notes: list[str] = list(notes)
        self.instead: dict[str, str] = {}
        """Steps that took the place of others."""
        self._draft = draft
        self._classes = _CLASSES.get(journey.traffic or "", _BOTH)
        """The classes of requests it is made of."""

    def bridge(self, each: Moved) -> None:
        """Takes the connections that restore a moved one's path, each once: what comes over both ways meets there."""
        missing = [id_ for id_ in each.bridge if id_ not in self.steps]
        self._put(self.steps.index(each.id) + each.is_led_away, missing)

    def insert(self, id_: str, insertion: Insertion) -> None:
        """Takes a connection at each of its places, if it carries any of the journey's requests.

        A step that no longer carries any gives up its place instead.
        """
        carried = self._carried(id_)
        if not carried & self._classes:
            return
        for place in reversed(range(len(self.steps))):
            there = self.steps[place]
            if there == id_ or there not in insertion.at or not self._meet(id_, there):
                continue
            by_name = insertion.step.place.name is not None
            if by_name and not self._carried(there) & self._classes:
                self.steps[place] = self.instead[there] = id_
            elif by_name or carried & self._carried(there):
                self._put(place + (not insertion.step.is_before), [id_])

    def _put(self, place: int, ids: Sequence[str]) -> None:
        self.steps[place:place] = ids
        self.notes[place:place] = [self._note(id_) for id_ in ids]

    def _carried(self, id_: str) -> frozenset[str]:
        return _CLASSES.get(self._draft.traffic_of(id_), _BOTH)

    def _meet(self, one: str, other: str) -> bool:
        """Whether two connections have a component in common."""
        return bool(set(self._draft.ends_of(one)) & set(self._draft.ends_of(other)))

    def _note(self, id_: str) -> str:
        fields = self._draft.fields_of(id_)
        source, target = (self._label(end) for end in self._draft.ends_of(id_))
        return f"{source} → {target}" + (f": {fields['carries']}" if fields.get("carries") else "")

    def _label(self, id_: str) -> str:
        new = self._draft.components.get(id_)
        return str(new.get("name", id_)) if new is not None else self._draft.design.component[id_].label
