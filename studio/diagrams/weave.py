"""Step 4, weave: long links cut into strands of one layer each, so that every later step sees neighbours only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from studio.diagrams.nets import Course

Path = tuple[str, ...]
LabelPlace = Literal["upper", "lower", "bend"]


@dataclass(slots=True)
class Item:
    """Something with a place in a layer: a box, a bend where a long link passes, or a spacer.

    A spacer keeps a group's place in a layer between its members; it has neither box nor net.
    """

    layer: int
    path: Path
    box: int | None = None
    net: int | None = None


@dataclass(frozen=True, slots=True)
class Strand:
    """The piece of a net between an item and an item of the next layer."""

    net: int
    upper: int
    lower: int


@dataclass(slots=True)
class Thread:
    """A whole course: its strands from top to bottom, and where its label stands."""

    course: Course
    net: int
    strands: list[int] = field(default_factory=list)
    label_place: LabelPlace = "lower"
    label_item: int | None = None


@dataclass(slots=True)
class Weave:
    """Items by layer (in the order in which they were made), strands and threads."""

    items: list[Item] = field(default_factory=list)
    strands: list[Strand] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    layers: list[list[int]] = field(default_factory=list)
    spans: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """First and last layer of every group."""


def woven(layers: Sequence[int], paths: Sequence[Path], courses: Sequence[Course], nets: Sequence[int]) -> Weave:
    """The proper layered graph.

    Before: every course leads from a smaller to a greater layer. After: box b is item b; every strand joins
    neighbouring layers; a joined net has one bend per layer; in each layer of its span a group has an item.
    """
    weave = Weave(layers=[[] for _ in range(max(layers, default=-1) + 1)], spans=_spans(layers, paths))
    for box, (layer, path) in enumerate(zip(layers, paths, strict=True)):
        _add(weave, Item(layer, path, box=box))
    bends: dict[tuple[int, int], int] = {}
    strands: dict[Strand, int] = {}
    shared = _shared_ends(courses, nets)
    for course, net in zip(courses, nets, strict=True):
        thread = Thread(course, net)
        stops = [course.upper, *_bends(weave, thread, bends, shared[net]), course.lower]
        for upper, lower in pairwise(stops):
            strand = Strand(net, upper, lower)
            if strand not in strands:
                strands[strand] = len(weave.strands)
                weave.strands.append(strand)
            thread.strands.append(strands[strand])
        weave.threads.append(thread)
    _add_spacers(weave)
    return weave


def _add(weave: Weave, item: Item) -> int:
    weave.items.append(item)
    weave.layers[item.layer].append(len(weave.items) - 1)
    return len(weave.items) - 1


def _spans(layers: Sequence[int], paths: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    spans: dict[Path, tuple[int, int]] = {}
    for layer, path in zip(layers, paths, strict=True):
        for prefix in prefixes(path):
            first, last = spans.get(prefix, (layer, layer))
            spans[prefix] = (min(first, layer), max(last, layer))
    return spans


def prefixes(path: Path) -> Iterator[Path]:
    """The group itself and all groups round it, outermost first."""
    return (path[:depth] for depth in range(1, len(path) + 1))


def _shared_ends(courses: Sequence[Course], nets: Sequence[int]) -> dict[int, set[int]]:
    """For each net the boxes that all its courses have in common: both ends of a lone course."""
    shared: dict[int, set[int]] = {}
    for course, net in zip(courses, nets, strict=True):
        shared[net] = shared.get(net, {course.upper, course.lower}) & {course.upper, course.lower}
    return shared


def _bends(weave: Weave, thread: Thread, bends: dict[tuple[int, int], int], shared: set[int]) -> Iterator[int]:
    course = thread.course
    ends = [weave.items[end].path for end in (course.upper, course.lower) if end in shared]
    for layer in range(weave.items[course.upper].layer + 1, weave.items[course.lower].layer):
        key = (thread.net, layer)
        if key not in bends:
            path = max((_path_at(weave, path, layer) for path in ends), key=len)
            bends[key] = _add(weave, Item(layer, path, net=thread.net))
        yield bends[key]


def _path_at(weave: Weave, path: Path, layer: int) -> Path:
    """The innermost group of the path that reaches the layer."""
    reaching = [group for group in prefixes(path) if weave.spans[group][0] <= layer <= weave.spans[group][1]]
    return reaching[-1] if reaching else ()


def _add_spacers(weave: Weave) -> None:
    present = {(item.layer, group) for item in weave.items for group in prefixes(item.path)}
    for group, (first, last) in sorted(weave.spans.items(), key=lambda span: -len(span[0])):
        for layer in range(first, last + 1):
            if (layer, group) not in present:
                _add(weave, Item(layer, group))
                present.update((layer, around) for around in prefixes(group))
