"""How good drawings are, how long they take, and how much of one stays when a design grows a little.

Run it with `.venv/bin/python bench/diagrams.py`. Three tables are printed:

1. The hand-written architectures of `tests/diagrams/architectures.py`, a row for each renderer. A drawing is perfect
   when a reader finds every box, link, label, frame and member, and nothing more. The same reader reads everybody
   (`bench/reading_patiently.py` says what it puts up with); ours are also proved by the strict one that the tests use,
   in both character sets. Bends, crossings and line are counted over the links that were found: of a drawing that lost
   some they say little. «Fit» counts drawings of at most so many columns; others are drawn as wide as they come.
2. Our samples and generated systems of 40, 100 and 300 boxes. Budgets: 0.05, 0.15 and 1.0 s. Machines are noisy: the
   best of three counts. Others draw the plain ones, once.
3. The share of cells that differ after one box, one link or one label was added (in brackets: when the old drawing is
   moved as most boxes moved); the link leads from the first box to the last, so it is the worst case.

Others are measured in the same run when they are there: `bench/diagrams.py --others FOLDER`. At the end it says which
are not, and how to get them; they are no part of this project.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.diagrams_of_others import OTHERS, Drawing, Place, drawing, how_to_get
from bench.reading_patiently import OUTLINE
from bench.scoring_drawings import Score, score
from studio.diagrams.from_design import outline as outline_of
from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.proof import differences
from studio.diagrams.scene import Scene
from studio.diagrams.style import Direction
from studio.diagrams.text import render_text
from studio.model.design import Design
from tests.diagrams.architectures import ARCHITECTURES
from tests.diagrams.graphs import layered

ROOT = Path(__file__).resolve().parents[1]
TURNS = 3
US = "tenfold"
SIZES = (40, 100, 300)
WIDTHS = (80, 120)
HEADING = (
    f"{'':<25}{'perfect':>8}{'links kept':>14}{'invented':>9}{'bends':>7}{'crossings':>10}{'line':>7}{'area':>7}"
    f"{'fit 80':>7}{'fit 120':>8}{'seconds':>9}   of 100 boxes"
)


class Row(NamedTuple):
    """One drawing of one renderer; without a score there is none, and `remark` says why."""

    seconds: float | None = None
    score: Score | None = None
    remark: str = ""


def samples() -> dict[str, Outline]:
    paths = sorted((ROOT / "sample_designs").glob("*.toml"))
    return {path.stem: outline_of(Design.model_validate(tomllib.loads(path.read_text("utf-8")))) for path in paths}


def systems() -> dict[str, Outline]:
    found = {}
    for count in SIZES:
        found[f"layered {count}"] = layered(count)
        found[f"layered {count} labels"] = layered(count, labels=True)
        found[f"layered {count} frames"] = layered(count, groups=True)
    return found


def ours(outline: Outline, direction: Direction = "TB", width: int | None = None) -> Row:
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        scene = lay_out(outline, direction=direction, width=width)
        times.append(time.perf_counter() - start)
    start = time.perf_counter()
    lost = differences(outline, scene)
    took = time.perf_counter() - start
    lost += differences(outline, scene, charset="ascii")
    remark = f"{len(lost)} differences" if lost else f"proved in {took:.2f} s"
    return Row(min(times), score(outline, render_text(scene)), remark)


def theirs(name: str, place: Place, outline: Outline, direction: Direction = "TB") -> Row:
    made: Drawing = drawing(name, place, outline, direction)
    text = made.text.translate(OUTLINE) if name == "Graph::Easy" else made.text
    return Row(made.seconds, score(outline, text) if text.strip() else None, made.failure)


def architectures(draw: Callable[[Outline, Direction], Row]) -> list[Row]:
    return [draw(outline, direction) for outline, direction in ARCHITECTURES.values()]


def summary(renderer: str, rows: list[Row], hundred: Row) -> str:
    """A row of the first table; what was not drawn is lost, and as for its size left out."""
    scores = [row.score for row in rows if row.score]
    total = Counter[str]()
    for each in scores:
        total.update({field: int(getattr(each, field)) for field in Score._fields})
    wanted = sum(len(outline.links) for outline, _ in ARCHITECTURES.values())
    kept = max(total["kept"], 1)
    area = statistics.median(each.width * each.height for each in scores) if scores else 0
    fitting = [sum(each.width <= width for each in scores) for width in WIDTHS]
    seconds = statistics.median(row.seconds for row in rows if row.seconds is not None) if scores else 0
    large = f"{hundred.seconds:.2f} s, {share(hundred.score)} kept" if hundred.score else hundred.remark
    return (
        f"{renderer:<25}{total['perfect']:>5}/{len(rows)}{total['kept']:>10}/{wanted}{total['invented']:>9}"
        f"{total['bends'] / kept:>7.2f}{total['crossings']:>10}{total['line_cells'] / kept:>7.1f}{area:>7.0f}"
        f"{fitting[0]:>7}{fitting[1]:>8}{seconds:>9.3f}   {large}"
    )


def first_table(others: Iterable[str], place: Place) -> Iterator[str]:
    yield HEADING
    system = layered(100)
    hundred = ours(system)
    yield summary(US, architectures(ours), hundred)
    for width in WIDTHS:

        def within(outline: Outline, direction: Direction, width: int = width) -> Row:
            return ours(outline, direction, width)

        yield summary(f"{US}, asked for {width}", architectures(within), hundred)
    for name in others:

        def their(outline: Outline, direction: Direction, name: str = name) -> Row:
            return theirs(name, place, outline, direction)

        rows = architectures(their)
        yield summary(name, rows, theirs(name, place, system))
        yield from (
            f"{'':<25}{graph}: {row.remark}" for graph, row in zip(ARCHITECTURES, rows, strict=True) if row.remark
        )
    yield proofs()


def proofs() -> str:
    proved = {
        charset: sum(
            not differences(outline, lay_out(outline, direction=direction), charset=charset)
            for outline, direction in ARCHITECTURES.values()
        )
        for charset in get_args(Charset)
    }
    return "ours proved by the strict reader: " + ", ".join(f"{count} in {name}" for name, count in proved.items())


def share(kept: Score) -> str:
    return f"{100 * kept.kept / max(kept.wanted, 1):.0f}%"


def shown(renderer: str, graph: str, row: Row) -> str:
    if row.score is None:
        return f"{renderer:<18}{graph:<24}{row.remark}"
    size = f"{row.score.width}×{row.score.height}"
    return (
        f"{renderer:<18}{graph:<24}{row.seconds or 0:8.3f}{row.score.crossings:>10}{row.score.bends:>7}{size:>11}"
        f"{share(row.score):>6}  {row.remark}"
    )


def second_table(others: list[str], place: Place) -> Iterator[str]:
    yield f"{'':<18}{'':<24}{'seconds':>8}{'crossings':>10}{'bends':>7}{'size':>11}{'kept':>6}"
    for graph, outline in (samples() | systems()).items():
        yield shown(US, graph, ours(outline))
        plain = graph in {f"layered {count}" for count in SIZES}
        for name in others if plain else ():
            yield shown(name, graph, theirs(name, place, outline))


def third_table() -> Iterator[str]:
    yield f"{'changed (moved along) by one more':<33}{'box':>13}{'link':>13}{'label':>13}"
    for graph, outline in (samples() | systems()).items():
        if len(outline.boxes) <= 100:
            scene = lay_out(outline)
            shares = [changed_cells(scene, lay_out(grown)) for grown in growth(outline).values()]
            yield f"{graph:<33}" + "".join(f"{f'{plain:.0%} ({moved:.0%})':>13}" for plain, moved in shares)


def changed_cells(before: Scene, after: Scene) -> tuple[float, float]:
    """The share of cells written in either drawing that differ: as they stand, and moved as most boxes moved."""
    moves = Counter(_move(before, after, box) for box in before.boxes)
    (across, down), _ = moves.most_common(1)[0]
    one, other = _written(before, 0, 0), _written(after, 0, 0)
    return _differing(one, other), _differing(_written(before, across, down), other)


def _move(before: Scene, after: Scene, box: str) -> tuple[int, int]:
    old, new = before.bounds(box), after.bounds(box)
    return new.column - old.column, new.row - old.row


def _written(scene: Scene, across: int, down: int) -> dict[tuple[int, int], str]:
    rows = enumerate(render_text(scene).split("\n"))
    return {(r + down, c + across): glyph for r, row in rows for c, glyph in enumerate(row) if glyph != " "}


def _differing(one: dict[tuple[int, int], str], other: dict[tuple[int, int], str]) -> float:
    places = one.keys() | other.keys()
    return sum(one.get(place) != other.get(place) for place in places) / max(len(places), 1)


def growth(outline: Outline) -> dict[str, Outline]:
    """The outline with one thing more: a box called by its last, a link from first to last, a label on its first."""
    boxes, links = outline.boxes, outline.links
    last = boxes[-1]
    box = Box("one more", "One more", group=last.group)
    called = Link("to one more", last.id, box.id)
    direct = Link("one more link", boxes[0].id, last.id)
    plain = next((link for link in links if not link.label), links[0])
    labelled = tuple(replace(link, label="one more") if link == plain else link for link in links)
    return {
        "box": Outline((*boxes, box), (*links, called)),
        "link": Outline(boxes, (*links, direct)),
        "label": Outline(boxes, labelled),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--others", metavar="FOLDER", type=Path, default=Path("others"), help="where others are")
    place = Place(parser.parse_args().others)
    there = [name for name, other in OTHERS.items() if place.has(other)]
    for table in (first_table(there, place), second_table(there, place), third_table()):
        for line in table:
            print(line, flush=True)
        print()
    absent = [name for name in OTHERS if name not in there]
    if absent:
        print(f"not there: {', '.join(absent)}. To have them measured:", *how_to_get(absent), sep="\n")
        print("bench/diagrams.py --others others")


if __name__ == "__main__":
    main()
