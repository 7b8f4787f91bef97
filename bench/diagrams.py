"""How long a drawing takes, how good it is, and how much of it stays when a design grows a little.

Run it with `.venv/bin/python bench/diagrams.py`. Rows are our samples and generated systems of 40, 100 and 300 boxes,
with and without frames and labels. «Kept» is the share of links that our reader finds in the finished text (it wants
the tee at the box, the line and the arrowhead); «changed» the share of cells that differ after one box, one link or
one label was added (in brackets: when the old drawing is moved as most boxes moved); the link leads from the first
box to the last, so it is the worst case. Budgets: 0.05, 0.15 and 1.0 s. Machines are noisy: the best of three counts.

Others are measured in the same run when they are there, with their arrowheads and tees made ours first; it is still
our reader, so a line that it misses may be found by a patient person. They are no part of this project. Give them an
environment of their own, `python -m venv peers && peers/bin/pip install termaid netext`, and name its interpreter:
`bench/diagrams.py --peers peers/bin/python`.
"""

import argparse
import json
import subprocess
import sys
import time
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from studio.diagrams.from_design import outline as outline_of
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.proof import differences
from studio.diagrams.raster import line_cells
from studio.diagrams.reading import read_text
from studio.diagrams.scene import Scene
from studio.diagrams.text import render_text
from studio.model.design import Design
from tests.diagrams.graphs import layered

ROOT = Path(__file__).resolve().parents[1]
TURNS = 3
PATIENCE = 60
"""Seconds that a peer gets for one drawing."""
MEMORY = 3 * 2**30
"""Bytes that a peer gets."""
BENDS = "╭╮╰╯"
OURS = str.maketrans("▶▸◀◂▴▾→←↑↓", "►►◄◄▲▼►◄▲▼")
"""Arrowheads of others, as our reader knows them."""
PEERS = {
    "termaid": """
lines = ["graph TD"] + [f'{b["id"]}["{b["name"]}"]' for b in boxes]
for l in links:
    arrow = "-.->" if l["asynchronous"] else "-->"
    label = f'|"{l["label"]}"|' if l["label"] else ""
    lines.append(f'{l["source"]} {arrow}{label} {l["target"]}')
groups = {}
for b in boxes:
    if b["group"]:
        groups.setdefault(b["group"][0], []).append(b["id"])
for number, (title, members) in enumerate(groups.items()):
    lines += [f'subgraph frame{number} ["{title}"]', *members, "end"]
import termaid
drawn = lambda: termaid.render("\\n".join(lines))
""",
    "netext": """
import io
from netext import ArrowTip, ConsoleGraph, EdgeRoutingMode, EdgeSegmentDrawingMode
from rich.box import SQUARE
from rich.console import Console
nodes = {b["id"]: {"$content-renderer": lambda *_, name=b["name"]: name, "$box-type": SQUARE} for b in boxes}
style = {
    "$end-arrow-tip": ArrowTip.ARROW,
    "$edge-segment-drawing-mode": EdgeSegmentDrawingMode.BOX_ROUNDED,
    "$edge-routing-mode": EdgeRoutingMode.ORTHOGONAL,
}
edges = [(l["source"], l["target"], {"$label": l["label"] or None, **style}) for l in links]
def drawn():
    console = Console(file=io.StringIO(), width=4000, color_system=None)
    console.print(ConsoleGraph(nodes, edges, console=console))
    return console.file.getvalue()
""",
}
RUNNER = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
given = json.load(sys.stdin)
boxes, links = given["boxes"], given["links"]
{program}
start = time.perf_counter()
text = drawn()
json.dump([time.perf_counter() - start, text], sys.stdout)
"""


class Row(NamedTuple):
    """One drawing of one renderer; a figure that cannot be had is None."""

    renderer: str
    graph: str
    seconds: float | None = None
    text: str = ""
    crossings: int | None = None
    kept: float | None = None
    proved: str = ""


def graphs() -> dict[str, Outline]:
    samples = sorted((ROOT / "sample_designs").glob("*.toml"))
    found = {path.stem: outline_of(Design.model_validate(tomllib.loads(path.read_text("utf-8")))) for path in samples}
    for count in (40, 100, 300):
        found[f"layered {count}"] = layered(count)
        found[f"layered {count} labels"] = layered(count, labels=True)
        found[f"layered {count} frames"] = layered(count, groups=True)
    return found


def kept(outline: Outline, text: str) -> float:
    """The share of links that our reader finds between boxes of the right names."""
    names = {box.id: box.name for box in outline.boxes}
    reading = read_text("\n".join(line.rstrip() for line in text.split("\n")))
    found = [" ".join(box.lines) for box in reading.boxes]
    wanted = Counter((names[link.source], names[link.target]) for link in outline.links)
    there = Counter((found[link.source], found[link.target]) for link in reading.links)
    return (wanted & there).total() / max(wanted.total(), 1)


def with_tees(text: str) -> str:
    """The text with a tee wherever an upright line begins at a border without one, as our reader wants it."""
    rows = text.split("\n")
    upright = [{column for column, glyph in enumerate(row) if glyph == "│"} for row in ["", *rows, ""]]
    return "\n".join(
        "".join(
            glyph if glyph != "─" else "┬" if column in below else "┴" if column in above else glyph
            for column, glyph in enumerate(row)
        )
        for row, above, below in zip(rows, upright, upright[2:], strict=False)
    )


def ours(name: str, outline: Outline) -> Row:
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        scene = lay_out(outline)
        times.append(time.perf_counter() - start)
    text = render_text(scene)
    crossings = sum(len(cell.arms) > 1 for cell in line_cells(scene).values())
    start = time.perf_counter()
    lost = differences(outline, scene)
    proof = f"{'proved' if not lost else f'{len(lost)} differences'} in {time.perf_counter() - start:.2f} s"
    return Row("tenfold", name, min(times), text, crossings, kept(outline, text), proof)


def theirs(peer: str, python: str, name: str, outline: Outline) -> Row:
    given = {"boxes": [_fields(box) for box in outline.boxes], "links": [_fields(link) for link in outline.links]}
    program = RUNNER.format(memory=MEMORY, program=PEERS[peer])
    command = [python, "-c", program]
    try:
        run = subprocess.run(
            command, input=json.dumps(given), capture_output=True, text=True, timeout=PATIENCE, check=True
        )
        seconds, text = json.loads(run.stdout)
    except subprocess.TimeoutExpired:
        return Row(peer, name, proved=f"gave up after {PATIENCE} s")
    except (subprocess.CalledProcessError, ValueError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().split("\n")[-1]
        return Row(peer, name, proved=f"failed: {said[:60]}")
    text = with_tees(text.translate(OURS))
    return Row(peer, name, seconds, text, None if "frames" in name else text.count("┼"), kept(outline, text))


def _fields(thing: Box | Link) -> dict[str, object]:
    return {name: getattr(thing, name) for name in type(thing).__slots__}


def shown(row: Row) -> str:
    if row.seconds is None:
        return f"{row.renderer:<9}{row.graph:<24}{row.proved}"
    lines = row.text.rstrip().split("\n")
    width, height = max(map(len, lines)), len(lines)
    bends = sum(map(row.text.count, BENDS))
    crossings = "-" if row.crossings is None else str(row.crossings)
    share = f"{100 * (row.kept or 0):.0f}%"
    size = f"{width}×{height}"
    return (
        f"{row.renderer:<9}{row.graph:<24}{row.seconds:8.3f}{crossings:>10}{bends:>7}{size:>11}{share:>6}  {row.proved}"
    )


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


def missing(python: str) -> list[str]:
    return [
        peer
        for peer in PEERS
        if subprocess.run([python, "-c", f"import {peer}"], capture_output=True, check=False).returncode
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable, help="an interpreter that has others")
    python = parser.parse_args().peers
    absent = missing(python)
    known = graphs()
    print(f"{'':<9}{'':<24}{'seconds':>8}{'crossings':>10}{'bends':>7}{'size':>11}{'kept':>6}")
    for name, outline in known.items():
        print(shown(ours(name, outline)))
        for peer in PEERS:
            if peer not in absent:
                print(shown(theirs(peer, python, name, outline)), flush=True)
    print(f"\n{'changed (moved along) by one more':<33}{'box':>13}{'link':>13}{'label':>13}")
    for name, outline in known.items():
        if len(outline.boxes) <= 100:
            scene = lay_out(outline)
            shares = [changed_cells(scene, lay_out(grown)) for grown in growth(outline).values()]
            print(f"{name:<33}" + "".join(f"{f'{plain:.0%} ({moved:.0%})':>13}" for plain, moved in shares))
    if absent:
        print(f"\nnot there: {', '.join(absent)}. To have them measured:")
        print(f"python -m venv peers && peers/bin/pip install {' '.join(absent)}")
        print("bench/diagrams.py --peers peers/bin/python")


if __name__ == "__main__":
    main()
