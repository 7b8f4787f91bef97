"""Lines round boxes that a person placed: one at a time, by A*, over whatever is free.

A line crosses others only straight, bends only where nothing is near, and stays a blank away from them, so the
drawing can be followed like one that the pipeline made.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from studio.diagrams.assemble import corners
from studio.diagrams.glyphs import DOWN, HORIZONTAL, LEFT, OPPOSITE, RIGHT, STEPS, UP, VERTICAL
from studio.diagrams.measure import columns_of
from studio.diagrams.raster import steps
from studio.diagrams.scene import Frame, Point, Rectangle, Route

_STEP, _BEND, _CROSSING, _NEAR, _OFF_CENTRE = 10, 40, 60, 30, 3
_PATIENCE = 40_000
"""Cells looked at before a drawing is given up."""
_HASTE = 2
_AROUND = 2
End = tuple[Point, int]
"""A cell where a line begins or ends, and its way there."""
State = tuple[Point, int, bool]
"""A cell, the way into it, and whether a line that lies has just bent there: between bends it wants a cell."""


@dataclass(slots=True)
class Board:
    """What lies where: cells that no line may enter, and lines and frames that may be crossed."""

    area: Rectangle
    solid: set[Point] = field(default_factory=set)
    near: set[Point] = field(default_factory=set)
    """Cells round boxes: allowed, but dearer."""
    beside: Counter[Point] = field(default_factory=Counter)
    """Cells right beside boxes, and beside how many: there lines only end."""
    crossable: dict[Point, int] = field(default_factory=dict)
    """Straight cells of lines and frames, with their arms."""
    borders: dict[Point, int] = field(default_factory=dict)
    """Cells of frames, with their arms."""
    lines: set[Point] = field(default_factory=set)
    patience: int = _PATIENCE

    def add_box(self, box: Rectangle) -> None:
        """A box blocks its cells."""
        for column in range(box.column - _AROUND, box.right + _AROUND + 1):
            for row in range(box.row - _AROUND, box.bottom + _AROUND + 1):
                inside = box.contains((column, row))
                (self.solid if inside else self.near).add((column, row))
                if not inside and _gap(box, column, row) == 1:
                    self.beside[column, row] += 1

    def add_frame(self, frame: Frame) -> None:
        """A frame may be crossed on its sides, not at its corners and not in its title."""
        area = frame.rectangle
        for column in range(area.column, area.right + 1):
            self.borders.update({(column, row): HORIZONTAL for row in (area.row, area.bottom)})
        for row in range(area.row, area.bottom + 1):
            self.borders.update({(column, row): VERTICAL for column in (area.column, area.right)})
        self.crossable.update(self.borders)
        title = range(frame.title_column - 1, frame.title_column + columns_of(frame.title) + 1)
        self.solid.update((column, area.row) for column in title)
        self.solid.update((c, r) for c in (area.column, area.right) for r in (area.row, area.bottom))

    def allows(self, route: Route, zones: Sequence[Rectangle]) -> bool:
        """Whether a line and its label can stay, given the boxes and frames on the board and zones to keep out of."""
        cells = list(steps(route))[1:]
        written: list[Point] = [cell for row in _label_rows(route) for cell in row]
        passes = all(
            point not in self.solid and self.crossable.get(point, 0) in (0, (HORIZONTAL | VERTICAL) - arms)
            for point, arms in cells
        )
        clear = not any(zone.contains(point) for zone in zones for point, _ in cells)
        return clear and passes and self.solid.isdisjoint(written) and self.crossable.keys().isdisjoint(written)

    def add_route(self, route: Route) -> None:
        """A line may be crossed where it is straight, not at its ends and bends; its label keeps others off.

        The first cell beside its box is an end too: crossed there, an ASCII line would not be seen to begin.
        """
        cells = list(steps(route))
        for point, arms in cells[2:-1]:
            if arms in (HORIZONTAL, VERTICAL) and point not in self.crossable:
                self.crossable[point] = arms
            else:
                self.solid.add(point)
        self.solid.update((cells[0][0], cells[1][0], cells[-1][0]))
        self.lines.update(point for point, _ in cells)
        for row in _label_rows(route):
            self.solid.update(row)

    def is_free(self, point: Point) -> bool:
        """Whether nothing at all is drawn in the cell."""
        return self.area.contains(point) and point not in self.solid and point not in self.crossable


def _gap(box: Rectangle, column: int, row: int) -> int:
    across = max(box.column - column, column - box.right, 0)
    return max(across, box.row - row, row - box.bottom, 0)


def _label_rows(route: Route) -> Iterator[list[Point]]:
    """The cells of each line of a label, with the blanks around it: two at the end, where a line must not come."""
    if route.label_at is None:
        return
    column, row = route.label_at
    for index, line in enumerate(route.label_lines):
        columns = range(column - 1, column + columns_of(line) + 2)
        yield [(each, row + index) for each in columns]


def cells_of(points: tuple[Point, ...]) -> Iterator[tuple[Point, int]]:
    """Every cell of a polyline with its arms."""
    return steps(Route("", "", "", points, 0))


def labelled_way(
    board: Board, source: Rectangle, target: Rectangle, *, least: int, width: int
) -> tuple[tuple[Point, ...], Point | None] | None:
    """The cheapest line with room for a label of that width beside or in it, and the place of the label.

    Without a label (width 0) the place is None. Where the cheapest line has no room, others are tried that leave
    or arrive on given sides. `least` is the number of cells that the line must have between the boxes.
    """
    sides = [(0, 0), *((0, way) for way in STEPS), *((way, 0) for way in STEPS)]
    if source == target:
        sides = [(leave, arrive) for leave in STEPS for arrive in STEPS if leave != arrive]
        sides.sort(key=lambda pair: pair != (RIGHT, DOWN))
    for leave, arrive in sides:
        points = way_round(board, source, target, least=least, leave=leave, arrive=arrive)
        if points is None and (leave, arrive) == (0, 0):
            return None
        if points is None or not _can_be_followed(board, points, straight=least > 1):
            continue
        at = label_place(board, points, width) if width else None
        if at or not width:
            return points, at
    return None


def _can_be_followed(board: Board, points: tuple[Point, ...], *, straight: bool) -> bool:
    """Whether the line never crosses itself and, if asked for, has a straight cell of its own that can be a dash."""
    cells = list(cells_of(points))
    plain = [arms for point, arms in cells[1:-1] if point not in board.crossable]
    return len(dict(cells)) == len(cells) and (not straight or bool({HORIZONTAL, VERTICAL}.intersection(plain)))


def way_round(
    board: Board, source: Rectangle, target: Rectangle, *, least: int, leave: int, arrive: int
) -> tuple[Point, ...] | None:
    """The cheapest line from a border cell of the source to a cell beside the target, or None.

    `leave` and `arrive` name sides of the source and the target (0: any).
    """
    goals = dict(_beside(board, target, incoming=True, only=arrive))
    best: dict[State, int] = {}
    came: dict[State, State | None] = {}
    queue: list[tuple[int, int, int, State]] = []
    ticket = 0
    for end, cost in _beside(board, source, incoming=False, only=leave):
        state = (*end, False)
        best[state], came[state] = cost, None
        heapq.heappush(queue, (cost + _guess(state[0], target), ticket, cost, state))
        ticket += 1
    while queue:
        _, _, cost, state = heapq.heappop(queue)
        if cost > best[state]:
            continue
        board.patience -= 1
        if board.patience < 0:
            return None
        if state[:2] in goals and _length(came, state, least) >= least:
            return _traced(came, state)
        for follower, price in _moves(board, state, goals):
            total = cost + price
            if total < best.get(follower, total + 1):
                best[follower], came[follower] = total, state
                ticket += 1
                heapq.heappush(queue, (total + _guess(follower[0], target), ticket, total, follower))
    return None


def _beside(board: Board, box: Rectangle, *, incoming: bool, only: int) -> Iterator[tuple[End, int]]:
    """Free cells beside a box with the way of a line there; the middle of a side is cheapest.

    A line that leaves sideways is met a cell further out: next to the border it must be a dash, or nobody could
    tell in ASCII that it begins there.
    """
    inset = 2 if box.width > 4 else 1
    out = 1 if incoming else 2
    columns = range(box.column + inset, box.right + 1 - inset)
    rows = range(box.row + 1, box.bottom)
    sides = [
        *(((column, box.row - 1), UP, abs(2 * column - box.column - box.right)) for column in columns),
        *(((column, box.bottom + 1), DOWN, abs(2 * column - box.column - box.right)) for column in columns),
        *(((box.column - out, row), LEFT, abs(2 * row - box.row - box.bottom)) for row in rows),
        *(((box.right + out, row), RIGHT, abs(2 * row - box.row - box.bottom)) for row in rows),
    ]
    for point, way, off in sides:
        if only in (0, way) and _can_end(board, point, way, sideways=out):
            yield (point, OPPOSITE[way] if incoming else way), off * _OFF_CENTRE


def _can_end(board: Board, point: Point, way: int, *, sideways: int) -> bool:
    cells = [point, _next(point, OPPOSITE[way])] if sideways == 2 and way in (LEFT, RIGHT) else [point]
    return all(board.is_free(cell) and board.beside[cell] <= 1 and not _lines_near(board, cell, way) for cell in cells)


def _lines_near(board: Board, point: Point, way: int) -> bool:
    """Whether another line, or a frame's border, runs right beside a cell passed that way."""
    sideways, along = ((LEFT, RIGHT), VERTICAL) if way in (UP, DOWN) else ((UP, DOWN), HORIZONTAL)
    beside = [_next(point, side) for side in sideways]
    return any(cell in board.lines or board.borders.get(cell) == along for cell in beside)


def _moves(board: Board, state: State, goals: Container[End]) -> Iterator[tuple[State, int]]:
    point, way, has_bent = state
    crossing = point in board.crossable
    can_bend = not crossing and not has_bent and not any(_next(point, each) in board.lines for each in STEPS)
    for onward in STEPS:
        if onward == OPPOSITE[way] or (onward != way and not can_bend):
            continue
        goal = _next(point, onward)
        if not board.area.contains(goal) or goal in board.solid:
            continue
        if goal in board.beside and (goal, onward) not in goals:
            continue
        price = _STEP + (_BEND if onward != way else 0) + (_NEAR if goal in board.near else 0)
        if goal in board.crossable:
            along = VERTICAL if onward in (UP, DOWN) else HORIZONTAL
            if board.crossable[goal] == along or (crossing and goal in board.lines):
                continue
            price += _CROSSING
        elif _lines_near(board, goal, onward):
            continue
        yield (goal, onward, onward != way and onward in (LEFT, RIGHT)), price


def _next(point: Point, way: int) -> Point:
    across, down = STEPS[way]
    return point[0] + across, point[1] + down


def _guess(point: Point, box: Rectangle) -> int:
    """The steps still needed to come beside the box, exaggerated: a good way soon beats the best way late."""
    across = max(box.column - point[0], point[0] - box.right, 0)
    down = max(box.row - point[1], point[1] - box.bottom, 0)
    return max(across + down - 1, 0) * _STEP * _HASTE


def _length(came: dict[State, State | None], state: State, enough: int) -> int:
    length = 0
    current: State | None = state
    while current and length < enough:
        current, length = came[current], length + 1
    return length


def _traced(came: dict[State, State | None], state: State) -> tuple[Point, ...]:
    points: list[Point] = []
    current: State | None = state
    first = state
    while current:
        points.append(current[0])
        first, current = current, came[current]
    back = _next(first[0], OPPOSITE[first[1]])
    points.append(_next(back, OPPOSITE[first[1]]) if first[1] in (LEFT, RIGHT) else back)
    return corners(points[::-1])


def label_place(board: Board, points: tuple[Point, ...], width: int) -> Point | None:
    """Where a label of that width fits: right of the arrowhead or of a column, else within a row of the line.

    Before: the line itself is not yet on the board.
    """
    return next(_beside_columns(board, points, width), None) or next(_in_rows(board, points, width), None)


def _beside_columns(board: Board, points: tuple[Point, ...], width: int) -> Iterator[Point]:
    cells = list(cells_of(points))
    own = {point for point, _ in cells}
    for (column, row), arms in reversed(cells[1:]):
        needed = [(each, row) for each in range(column + 1, column + width + 4)]
        if not arms & HORIZONTAL and all(board.is_free(cell) and cell not in own for cell in needed):
            yield column + 2, row


def _in_rows(board: Board, points: tuple[Point, ...], width: int) -> Iterator[Point]:
    for one, other in pairwise(points):
        low, high = sorted((one[0], other[0]))
        if one[1] == other[1]:
            for column in range(low + 3, high - width - 1):
                needed = range(column - 2, column + width + 2)
                if all(board.is_free((each, one[1])) for each in needed):
                    yield column, one[1]
