"""Architectures made by a seed: every shape that a design can have, so that drawings meet all of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from studio.diagrams.glyphs import Charset
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.style import Direction

PLAIN_WORDS = [
    "api",
    "user",
    "cache",
    "store",
    "write-behind",
    "x",
    "a.b",
    "save",
    "events",
    "order",
    "void",
    "POST /:id",
]
WIDE_WORDS = ["用户", "キャッシュ", "🚀", "Ω", "données", "сервис", "👩‍💻", "é"]
SIGNS = ["[x]", "(a|b)", "<b>", "a->b", "+", "-", "|", "=", "v", "^", "::", "..", "├", "─", "┌─┐", "│", "►", "╌", "┼"]


@dataclass(frozen=True)
class Case:
    """An outline and how it is to be drawn."""

    outline: Outline
    direction: Direction = "TB"
    width: int | None = None
    compact: bool = True
    charset: Charset = "unicode"


class _Maker:
    def __init__(self, seed: int, signs: bool) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing is secret: the same seed must give the same case
        self.signs = signs and self.random.random() < 0.25

    def words(self, most: int) -> str:
        pool = PLAIN_WORDS * 2 + WIDE_WORDS + (SIGNS * 2 if self.signs else [])
        if self.random.random() < 0.05:
            return "".join(self.random.choice("abcdefghij") for _ in range(self.random.randint(1, 40)))
        return " ".join(self.random.choice(pool) for _ in range(self.random.randint(1, most)))

    def label(self) -> str:
        return "" if self.random.random() < 0.4 else self.words(self.random.choice([1, 2, 5]))[:40].strip()

    def group(self, depth: int) -> tuple[str, ...]:
        if self.random.random() < 0.35:
            return ()
        names = [f"{level}{self.random.randint(1, 3)} zone" for level in "abc"]
        return tuple(names[: self.random.randint(0, depth)])

    def pairs(self, count: int) -> list[tuple[int, int]]:
        pick, shape = (
            self.random.randrange,
            self.random.choice(["any", "dag", "chain", "fan", "ring", "tree", "layers"]),
        )
        some = [(pick(count), pick(count)) for _ in range(self.random.randint(0, count))]
        if shape == "any":
            return some + [(pick(count), pick(count)) for _ in range(count // 2)]
        if shape == "dag":
            return [(min(pair), max(pair)) for pair in some]
        if shape == "chain":
            return [(i, i + 1) for i in range(count - 1)] + some[: count // 5]
        if shape == "ring":
            return [(i, (i + 1) % count) for i in range(count)] + some[: count // 4]
        if shape == "tree":
            return [(pick(i), i) for i in range(1, count)] + some[: count // 6]
        if shape == "layers":
            step = max(count // 5, 1)
            return [(i, min(i + step + pick(3) - 1, count - 1)) for i in range(count - step) for _ in range(2)]
        hub = pick(count)
        ends = [i for i in range(count) if i != hub]
        return [(hub, i) for i in ends[:12]] + [(i, hub) for i in ends[8:20]] + some[: count // 4]

    def links(self, count: int) -> tuple[Link, ...]:
        pairs = self.pairs(count)
        for source, target in list(pairs):
            chance = self.random.random()
            if chance < 0.08:
                pairs.append((target, source))
            elif chance < 0.14:
                pairs.append((source, target))
            elif chance < 0.18:
                pairs.append((source, source))
        dashed = self.random.choice([0.0, 0.3, 0.8])
        return tuple(
            Link(f"l{i}", f"b{s}", f"b{t}", self.label(), self.random.random() < dashed)
            for i, (s, t) in enumerate(pairs)
        )


def case(seed: int, *, most: int = 14, signs: bool = False, by_hand: bool = False) -> Case:
    """The case of that number; `signs` lets names and labels hold what drawings are made of."""
    make = _Maker(seed, signs)
    choose = make.random.choice
    count = make.random.randint(1, most)
    depth = choose([0, 0, 1, 2, 3])
    boxes = [Box(f"b{i}", f"{make.words(choose([1, 2, 6]))} {i}", group=make.group(depth)) for i in range(count)]
    links = make.links(count)
    if by_hand:
        far = (make.random.choice([40, 90]), make.random.choice([20, 50]))
        boxes = [
            replace(box, at=(make.random.randint(0, far[0]), make.random.randint(0, far[1])))
            if make.random.random() < 0.5
            else box
            for box in boxes
        ]
    return Case(
        Outline(tuple(boxes), links),
        choose(["TB", "LR"]),
        choose([None, None, 40, 80, 120]),
        choose([True, True, False]),
        choose(["unicode", "ascii"]),
    )


def layered(count: int, *, groups: bool = False, labels: bool = False, seed: int = 1) -> Outline:
    """A system in five or more rows, some 1.4 links to a box, as big ones are."""
    rng = random.Random(seed)  # noqa: S311 - as above
    rows = max(5, count // 12)
    row = [i * rows // count for i in range(count)]
    boxes = tuple(
        Box(f"b{i}", f"service {i}", group=(f"zone {i * 4 // count}",) if groups and i % 5 else ())
        for i in range(count)
    )
    pairs: dict[tuple[int, int], None] = {}
    for i in range(count):
        below = [j for j in range(count) if 1 <= row[j] - row[i] <= (3 if rng.random() < 0.1 else 1)]
        for j in rng.sample(below, min(len(below), rng.choice([1, 1, 2]))):
            pairs[i, j] = None
    links = tuple(
        Link(f"l{n}", f"b{i}", f"b{j}", f"call {n}" if labels else "", n % 4 == 0) for n, (i, j) in enumerate(pairs)
    )
    return Outline(boxes, links)
