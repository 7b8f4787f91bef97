"""Step 6, labels: at which end of its line each label stands."""

from __future__ import annotations

from studio.diagrams.measure import columns_of
from studio.diagrams.style import Style
from studio.diagrams.weave import LabelPlace, Thread, Weave

_AT_THE_TAIL = 1
_ON_THE_WAY = 3
_PER_NEIGHBOUR = 2


def place_labels(weave: Weave, style: Style) -> None:
    """Set the place of every label: by its arrowhead, unless other labels already crowd that side of the box.

    Along a flow to the right labels lie in the gaps between layers: each goes to the end where it widens its gap least.
    After: a label of a net joined at one end stands at the other; a place on the way names the bend it stands at.
    """
    joined = _joined_at_upper_end(weave)
    labelled = [thread for thread in weave.threads if thread.course.label]
    if not style.downwards:
        _place_in_gaps(weave, labelled, joined)
        return
    crowd: dict[tuple[LabelPlace, int], int] = {}
    for thread in labelled:
        _place(weave, thread, crowd, at_the_end=thread.net in joined)


def _place_in_gaps(weave: Weave, labelled: list[Thread], joined: set[int]) -> None:
    room: dict[tuple[LabelPlace, int], int] = {}
    for thread in sorted(labelled, key=lambda thread: -columns_of(thread.course.label)):
        course = thread.course
        ends: list[tuple[LabelPlace, int]] = [
            ("lower", weave.items[course.lower].layer),
            ("upper", weave.items[course.upper].layer),
        ]
        if course.reversed:
            ends.reverse()
        if thread.net in joined:
            ends = ends[:1]
        width = columns_of(course.label)
        chosen = min(ends, key=lambda end: max(0, width - room.get(end, 0)))
        room[chosen] = max(width, room.get(chosen, 0))
        thread.label_place = chosen[0]


def _joined_at_upper_end(weave: Weave) -> set[int]:
    nets = [thread.net for thread in weave.threads]
    return {net for net in nets if nets.count(net) > 1}


def _place(weave: Weave, thread: Thread, crowd: dict[tuple[LabelPlace, int], int], *, at_the_end: bool) -> None:
    course = thread.course
    head: LabelPlace = "upper" if course.reversed else "lower"
    tail: LabelPlace = "lower" if course.reversed else "upper"
    box = {"upper": course.upper, "lower": course.lower}
    costs: dict[LabelPlace, int] = {head: crowd.get((head, box[head]), 0) * _PER_NEIGHBOUR}
    if not at_the_end:
        costs[tail] = crowd.get((tail, box[tail]), 0) * _PER_NEIGHBOUR + _AT_THE_TAIL
        if len(thread.strands) > 1:
            costs["bend"] = _ON_THE_WAY
    chosen = min(costs, key=lambda place: costs[place])
    thread.label_place = chosen
    if chosen == "bend":
        thread.label_item = weave.strands[thread.strands[(len(thread.strands) - 1) // 2]].lower
    else:
        crowd[chosen, box[chosen]] = crowd.get((chosen, box[chosen]), 0) + 1
