"""Step 3, nets: which links may run on one line.

Two links share a line only when they have the source in common, or, both without a label, the target; so every
link can be followed from end to end. Joining saves room where many links leave or reach one box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH_TO_JOIN = 4
"""Fewer links than this get a line each: it is straighter and no longer."""


@dataclass(frozen=True, slots=True)
class Course:
    """A link as the layers see it: from an upper to a lower box, by index."""

    upper: int
    lower: int
    label: str
    asynchronous: bool
    reversed: bool
    """Whether the arrowhead is at the upper end."""


def nets_of(courses: Sequence[Course]) -> list[int]:
    """The net of each course, numbered in order of first use.

    After: the courses of one net all share their upper end, or all share their lower end and have no label; all
    are synchronous or all are not; none is reversed; no two have both ends in common.
    """
    leader = list(range(len(courses)))
    for members in _sharing(courses, range(len(courses)), at_upper_end=True):
        for member in members:
            leader[member] = members[0]
    alone = [index for index in range(len(courses)) if leader.count(leader[index]) == 1]
    for members in _sharing(courses, alone, at_upper_end=False):
        for member in members:
            leader[member] = members[0]
    number = {first: index for index, first in enumerate(dict.fromkeys(leader))}
    return [number[first] for first in leader]


def _sharing(courses: Sequence[Course], among: Sequence[int], *, at_upper_end: bool) -> list[list[int]]:
    found: dict[tuple[int, bool], dict[int, int]] = {}
    for index in among:
        course = courses[index]
        if course.reversed or (course.label and not at_upper_end):
            continue
        here, there = (course.upper, course.lower) if at_upper_end else (course.lower, course.upper)
        found.setdefault((here, course.asynchronous), {}).setdefault(there, index)
    return [list(by_end.values()) for by_end in found.values() if len(by_end) >= ENOUGH_TO_JOIN]
