"""Other people's programs that draw boxes and lines as text, each given the same outline in its own language.

They are no part of this project. `bench/diagrams.py` measures those that are there and says how to get the rest.
Every drawing is made by a process of its own within 60 s and 3 GB (Node's heap has that limit, not its code); the time
counts from the outline in the program's language to the text, without start-up, except for Graph::Easy, which is timed
with it. All are asked for box-drawing characters and else left as they come: no spacing is tuned.

What a language cannot say is left out: netext has no frames and no direction, Graph::Easy no frames in frames (the
outermost is drawn).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from studio.diagrams.outline import Box, Outline
from studio.diagrams.style import Direction

PATIENCE = 60
"""Seconds that a program gets for one drawing."""
MEMORY = 3 * 2**30
"""Bytes that it gets."""


class Drawing(NamedTuple):
    """A text, or why there is none."""

    seconds: float | None
    text: str
    failure: str = ""


class Frame:
    """A frame with the boxes and frames in it, in the order in which the outline names them."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.boxes: list[Box] = []
        self.frames: dict[str, Frame] = {}


def nested(outline: Outline) -> Frame:
    page = Frame("")
    for box in outline.boxes:
        frame = page
        for title in box.group:
            frame = frame.frames.setdefault(title, Frame(title))
        frame.boxes.append(box)
    return page


def mermaid(outline: Outline, direction: Direction) -> str:
    lines = [f"graph {'TD' if direction == 'TB' else 'LR'}"]
    numbers = iter(range(len(outline.boxes) * 9))

    def write(frame: Frame) -> None:
        lines.extend(f'n_{box.id}["{box.name}"]' for box in frame.boxes)
        for inner in frame.frames.values():
            lines.append(f'subgraph frame{next(numbers)} ["{inner.title}"]')
            write(inner)
            lines.append("end")

    write(nested(outline))
    for link in outline.links:
        label = f'|"{link.label}"|' if link.label else ""
        lines.append(f"n_{link.source} {'-.->' if link.asynchronous else '-->'}{label} n_{link.target}")
    return "\n".join(lines)


def d2(outline: Outline, direction: Direction) -> str:
    lines = [f"direction: {'down' if direction == 'TB' else 'right'}"]
    key: dict[str, str] = {}
    numbers = iter(range(len(outline.boxes) * 9))

    def write(frame: Frame, path: str) -> None:
        for box in frame.boxes:
            key[box.id] = f"{path}n_{box.id}"
            lines.append(f"{key[box.id]}: {json.dumps(box.name, ensure_ascii=False)}")
        for inner in frame.frames.values():
            inside = f"{path}frame{next(numbers)}"
            lines.append(f"{inside}: {json.dumps(inner.title, ensure_ascii=False)}")
            write(inner, f"{inside}.")

    write(nested(outline), "")
    for link in outline.links:
        label = f": {json.dumps(link.label, ensure_ascii=False)}" if link.label else ""
        dashed = " {style.stroke-dash: 3}" if link.asynchronous else ""
        lines.append(f"{key[link.source]} -> {key[link.target]}{label}{dashed}")
    return "\n".join(lines)


def graph_easy(outline: Outline, direction: Direction) -> str:
    lines = [f"graph {{ flow: {'down' if direction == 'TB' else 'right'}; }}"]
    lines += [f"[n_{box.id}]" for box in outline.boxes if not box.group]
    for title in dict.fromkeys(box.group[0] for box in outline.boxes if box.group):
        members = " ".join(f"[n_{box.id}]" for box in outline.boxes if box.group[:1] == (title,))
        lines.append(f"( {title}: {members} )")
    lines += [f"[n_{box.id}] {{ label: {box.name}; }}" for box in outline.boxes]
    for link in outline.links:
        arrow, half = ("..>", "..") if link.asynchronous else ("-->", "--")
        arrow = f"{half} {link.label} {arrow}" if link.label else arrow
        lines.append(f"[n_{link.source}] {arrow} [n_{link.target}]")
    return "\n".join(lines)


def as_data(outline: Outline, direction: Direction) -> str:
    fields = {
        "direction": direction,
        "boxes": [{"id": box.id, "name": box.name} for box in outline.boxes],
        "links": [{"source": link.source, "target": link.target, "label": link.label} for link in outline.links],
    }
    return json.dumps(fields)


PYTHON = """
import json, sys, time
given = sys.stdin.read()
{program}
start = time.perf_counter()
text = drawn()
json.dump([time.perf_counter() - start, text], sys.stdout)
"""
NETEXT = """
import io
from netext import ArrowTip, ConsoleGraph, EdgeRoutingMode, EdgeSegmentDrawingMode
from rich.box import SQUARE
from rich.console import Console
data = json.loads(given)
nodes = {b["id"]: {"$content-renderer": lambda *_, name=b["name"]: name, "$box-type": SQUARE} for b in data["boxes"]}
style = {
    "$end-arrow-tip": ArrowTip.ARROW,
    "$edge-segment-drawing-mode": EdgeSegmentDrawingMode.BOX_ROUNDED,
    "$edge-routing-mode": EdgeRoutingMode.ORTHOGONAL,
}
edges = [(l["source"], l["target"], {"$label": l["label"] or None, **style}) for l in data["links"]]
def drawn():
    console = Console(file=io.StringIO(), width=4000, color_system=None)
    console.print(ConsoleGraph(nodes, edges, console=console))
    return console.file.getvalue()
"""
NODE = """
const given = require("node:fs").readFileSync(0, "utf8");
(async () => {{
  {program}
  const start = performance.now();
  const text = await drawn();
  process.stdout.write(JSON.stringify([(performance.now() - start) / 1000, text]), () => process.exit(0));
}})();
"""
D2 = """
  const { D2 } = await import("@terrastruct/d2");
  const d2 = new D2();
  await d2.compile("a");
  const drawn = async () => {
    const made = await d2.compile(given, { layout: "elk", ascii: true });
    return d2.render(made.diagram, { ...made.renderOptions, ascii: true, asciiMode: "extended" });
  };
"""
BEAUTIFUL_MERMAID = """
  const { renderMermaidASCII } = await import("beautiful-mermaid");
  const drawn = () => renderMermaidASCII(given, { colorMode: "none" });
"""
MERMAID_TERM = 'import mermaid_term\ndrawn = lambda: "\\n".join(mermaid_term.render(given).plain_lines)'


class Other(NamedTuple):
    """A program: its language, who runs it, and what is asked of it."""

    language: Callable[[Outline, Direction], str]
    runs_in: str
    """`python`, `node` or `perl`."""
    program: str
    package: str
    """What its packager calls it."""


OTHERS = {
    "D2": Other(d2, "node", D2, "@terrastruct/d2"),
    "Graph::Easy": Other(graph_easy, "perl", "", "libgraph-easy-perl"),
    "termaid": Other(mermaid, "python", "import termaid\ndrawn = lambda: termaid.render(given)", "termaid"),
    "mermaid-term": Other(mermaid, "python", MERMAID_TERM, "mermaid-term"),
    "beautiful-mermaid": Other(mermaid, "node", BEAUTIFUL_MERMAID, "beautiful-mermaid"),
    "netext": Other(as_data, "python", NETEXT, "netext"),
}
LIMITED = (
    f"import os, resource, sys; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY})); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


class Place(NamedTuple):
    """Where the others are: a folder that is a Python environment and has the `node_modules` of the rest."""

    folder: Path

    @property
    def python(self) -> str:
        return str((self.folder / "bin" / "python").absolute())

    def command(self, other: Other) -> list[str]:
        if other.runs_in == "node":
            script = NODE.format(program=other.program)
            return ["node", f"--max-old-space-size={MEMORY // 2**20}", "-e", script]
        command = ["graph-easy", "--as=boxart"]
        if other.runs_in == "python":
            command = [self.python, "-c", PYTHON.format(program=other.program)]
        return [sys.executable, "-c", LIMITED, *command]

    def has(self, other: Other) -> bool:
        if other.runs_in == "node":
            return shutil.which("node") is not None and (self.folder / "node_modules" / other.package).is_dir()
        if other.runs_in == "perl":
            return shutil.which("graph-easy") is not None
        if not Path(self.python).exists():
            return False
        module = f"import {other.package.replace('-', '_')}"
        return subprocess.run([self.python, "-c", module], capture_output=True, check=False).returncode == 0


def drawing(name: str, place: Place, outline: Outline, direction: Direction) -> Drawing:
    other = OTHERS[name]
    given = other.language(outline, direction)
    folder = place.folder if other.runs_in == "node" else None
    start = time.perf_counter()
    try:
        run = subprocess.run(
            place.command(other),
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
            cwd=folder,
        )
        elapsed = time.perf_counter() - start
        seconds, text = (elapsed, run.stdout) if other.runs_in == "perl" else json.loads(run.stdout)
    except subprocess.TimeoutExpired:
        return Drawing(None, "", f"gave up after {PATIENCE} s")
    except (subprocess.CalledProcessError, ValueError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().split("\n")
        return Drawing(None, "", f"failed: {next((line for line in said if 'rror' in line), said[-1])[:60]}")
    return Drawing(seconds, text)


def how_to_get(absent: list[str]) -> list[str]:
    """The commands that bring those names here."""
    by_packager: dict[str, list[str]] = {}
    for name in absent:
        by_packager.setdefault(OTHERS[name].runs_in, []).append(OTHERS[name].package)
    ways = {
        "python": "python -m venv others && others/bin/pip install",
        "node": "npm install --prefix others",
        "perl": "apt-get install",
    }
    return [f"{ways[packager]} {' '.join(packages)}" for packager, packages in by_packager.items()]
