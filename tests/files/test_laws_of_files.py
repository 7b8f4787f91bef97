"""Laws of reading, writing, saving and formatting, over random designs in random handwriting.

- reading what is written gives the same design, however it is written;
- saving nothing changes nothing; saving a change gives the wanted design and loses no comment on a line of its own;
- taking the saved change back gives the old bytes, if the old text was canonical (see `test_a_change_taken_back…`);
- formatting keeps design and comments, and a second time changes nothing.
"""

import copy
import random
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import InvalidDesign, Problem
from studio.files.formatting import formatted
from studio.files.loading import parse, validated
from studio.files.saving import merged
from studio.files.source_map import Kind, statements
from studio.files.writing import inline_text, key_text, new_text
from studio.model.address import type_at
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.units import Dimension

EXAMPLE = Path(__file__).parents[1] / "data" / "format_example.toml"
Ids = dict[str, list[str]]
chances = st.integers(0, 2**32 - 1).map(random.Random)
laws = settings(max_examples=60, deadline=None)

SECTIONS = [key for key, shape in shapes(Design).items() if shape.keyed]
MEASURES: dict[Dimension, list[Any]] = {
    Dimension.DURATION: ["20 ms", "0.3 s", "5 min", "1 year", ["1 s", "3 s"], "1234567 us"],
    Dimension.SIZE: ["1 KB", "500 B", "1 GiB", ["1 KB", "3 KB"]],
    Dimension.RATIO: [0.5, "99.9%", 1, [0.1, 0.2]],
}
WORDS = ["plain", 'with "quotes"', "back\\slash", "# no comment", "[x]", "{a = 1}", "ünï – ✓", "'", "", "tail \\"]
PROSE = [*WORDS, "two\nlines", 'three\n"""\nquotes', "\n", "# a\n\n[b]\n  c = 1\n"]


def random_value(shape: FieldShape, chance: random.Random, ids: Ids) -> Any:
    if shape.measure is not None:
        return chance.choice(MEASURES.get(shape.measure.dimension, [1, 2.5, 1_000_000, [100, 300], 1e20]))
    if shape.refers:
        known = [named for section in shape.refers for named in ids[section]]
        if shape.key == "at_once":
            return [[named] for named in known]
        return known[:4] if shape.listed else next(iter(known), None)
    if shape.choices:
        return chance.choice(shape.choices)
    if shape.is_flag:
        return chance.random() < 0.5
    if shape.is_whole:
        return chance.randrange(1, 9)
    if shape.is_date:
        return date(2026, 1, chance.randrange(1, 29))
    return [chance.randrange(9), -3] if shape.words is None else random_words(shape, chance, ids)


def random_words(shape: FieldShape, chance: random.Random, ids: Ids) -> Any:
    if shape.key == "set":
        return [f"components.{named}.instances = {chance.randrange(1, 9)}" for named in ids["components"]]
    if shape.listed:
        return [chance.choice(PROSE) * chance.choice([1, 1, 9]) for _ in range(chance.randrange(4))]
    return "cache-aside" if shape.key == "use" else chance.choice(PROSE if shape.words and shape.words.lines else WORDS)


def random_part(part: type[Part], chance: random.Random, ids: Ids, share: float) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, shape in shapes(part).items():
        is_subject = key == "on" and not shape.refers and not shape.is_date
        if is_subject or (not shape.required and chance.random() > share):
            continue
        if shape.part is not None and shape.keyed:
            names = chance.sample(["a", "b-b", "0", "c_c"], chance.randrange(3))
            table[key] = {name: random_part(shape.part, chance, ids, share) for name in names}
        elif shape.part is not None:
            table[key] = random_part(shape.part, chance, ids, share)
        else:
            table[key] = random_value(shape, chance, ids)
    return {key: value for key, value in table.items() if value is not None}


def random_document(chance: random.Random) -> dict[str, Any]:
    """A design without dangling ids, as a document."""
    ids = {section: [f"{section[:2]}{n}" for n in range(chance.randrange(1, 4))] for section in SECTIONS}
    result: dict[str, Any] = {"format": 1}
    for key, shape in shapes(Design).items():
        if shape.keyed and shape.part is not None:
            result[key] = {named: random_part(shape.part, chance, ids, 0.2) for named in ids[key]}
        elif shape.part is not None and (shape.required or chance.random() < 0.5):
            result[key] = random_part(shape.part, chance, ids, 0.4)
    return document(validated(result))


class Hand:
    """Writes a document the way some person might: styles mixed, comments everywhere."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.count = chance, 0
        self.lines: list[str] = []

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def note(self) -> str:
        self.count += 1
        return f"# note {self.count}"

    def between(self) -> None:
        while self.maybe(0.25):
            self.lines.append(self.note() if self.maybe(0.6) else "")

    def behind(self) -> str:
        return self.chance.choice([" ", "  ", "\t"]) + self.note() if self.maybe(0.2) else ""

    def key(self, key: str) -> str:
        return self.chance.choice([key_text(key)] * 4 + [f'"{key}"', f"'{key}'"])

    def value(self, value: Any) -> str:
        if isinstance(value, list) and value and self.maybe(0.3):
            rows = [f"  {inline_text(item)},{self.behind()}" for item in value]
            return "\n".join(["[" + self.behind(), *rows, *([f"  {self.note()}"] if self.maybe(0.2) else []), "]"])
        if type(value) is int and value > 999:
            return f"{value:_}"
        if isinstance(value, str) and "'" not in value and "\n" not in value and self.maybe(0.3):
            return f"'{value}'"
        return inline_text(value)

    def entry(self, keys: tuple[str, ...], value: Any) -> None:
        self.between()
        equals = self.chance.choice([" = ", "=", "   =  "])
        self.lines.append(f"{'.'.join(map(self.key, keys))}{equals}{self.value(value)}{self.behind()}")

    def table(self, path: tuple[str, ...], table: dict[str, Any]) -> None:
        later: list[tuple[tuple[str, ...], dict[str, Any]]] = []
        style = self.chance.choice(["headers", "headers", "headers", "dotted", "inline"]) if path else "headers"
        plain = {key: value for key, value in table.items() if not isinstance(value, dict)}
        if path and (plain or len(plain) == len(table) or style != "headers"):
            self.between()
            self.lines.append(f"[{'.'.join(map(self.key, path))}]{self.behind()}")
        for key, value in plain.items():
            self.entry((key,), value)
        for key, value in table.items():
            if not isinstance(value, dict):
                continue
            if style == "headers":
                later.append(((*path, key), value))
            elif style == "dotted" and value:
                self.dotted((key,), value)
            else:
                self.entry((key,), value)
        for inner, value in later:
            self.table(inner, value)

    def dotted(self, keys: tuple[str, ...], table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict) and value and self.maybe(0.7):
                self.dotted((*keys, key), value)
            else:
                self.entry((*keys, key), value)

    def text(self, table: dict[str, Any]) -> str:
        self.table((), table)
        self.between()
        text = "\n".join(self.lines) + self.chance.choice(["\n", "\n", ""])
        return text.replace("\n", "\r\n") if self.maybe(0.15) else text


def handwritten(table: dict[str, Any], chance: random.Random) -> str:
    text = Hand(chance).text(table)
    assert list(tomllib.loads(text)["components"]) == list(table["components"])
    return text


def tables_in(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for key, value in table.items():
        if isinstance(value, dict):
            yield from tables_in(value, (*path, key))


def at(table: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    for key in path:
        table = table[key]
    return table


def changed(table: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The document after some random changes: values, keys, tables, names and order."""
    result = copy.deepcopy(table)
    ids = {section: list(result.get(section, {})) for section in SECTIONS}
    for _ in range(chance.randrange(1, 6)):
        path = chance.choice(list(tables_in(result))[1:])
        try:
            change_part(at(result, path), type_at(path), chance, ids)
        except LookupError:
            change_tables(at(result, path), type_at((*path, "x")), chance, ids)
    return document(validated(result))


def change_part(table: dict[str, Any], part: type[Part], chance: random.Random, ids: Ids) -> None:
    fresh = random_part(part, chance, ids, 0.3)
    known = shapes(part)
    gone = [key for key in table if not known[key].required and chance.random() < 0.2]
    for key in gone:
        del table[key]
    for key, value in fresh.items():
        if known[key].part is None or key not in table:
            table[key] = value


def change_tables(table: dict[str, Any], part: type[Part], chance: random.Random, ids: Ids) -> None:
    items = list(table.items())
    what = chance.choice(["rename", "remove", "add", "add", "swap"])
    if what == "add" or not items:
        items.insert(
            chance.randint(0, len(items)), (f"n{chance.randrange(10**6)}", random_part(part, chance, ids, 0.2))
        )
    elif what == "rename":
        n = chance.randrange(len(items))
        items[n] = (f"r{chance.randrange(10**6)}", items[n][1])
    elif what == "remove":
        items.pop(chance.randrange(len(items)))
    else:
        chance.shuffle(items)
    table.clear()
    table.update(items)


def own_line_comments(text: str) -> list[str]:
    return sorted(s.comment.of(text) for s in statements(text) if s.kind is Kind.COMMENT and s.comment is not None)


def all_comments(text: str) -> list[str]:
    return sorted(line[line.index("# note") :].strip() for line in text.splitlines() if "# note" in line)


@given(chances)
@laws
def test_the_statements_of_a_text_cover_it_exactly(chance: random.Random) -> None:
    text = handwritten(random_document(chance), chance)
    found = list(statements(text))
    assert "".join(s.whole.of(text) for s in found) == text
    assert [s.line for s in found] == [text.count("\n", 0, s.whole.start) + 1 for s in found]


@given(chances)
@laws
def test_every_handwriting_reads_as_the_same_design(chance: random.Random) -> None:
    table = random_document(chance)
    assert parse(handwritten(table, chance), "x") == validated(table)


@given(chances)
@laws
def test_a_new_text_reads_as_its_design_and_is_canonical(chance: random.Random) -> None:
    design = validated(random_document(chance))
    text = new_text(design)
    assert parse(text, "x") == design
    assert new_text(parse(text, "x")) == text
    assert formatted(text) == text


@given(chances)
@laws
def test_saving_nothing_changes_nothing(chance: random.Random) -> None:
    text = handwritten(random_document(chance), chance)
    assert merged(text, parse(text, "x"), parse(text, "y")) == text


@given(chances)
@settings(max_examples=150, deadline=None)
def test_a_saved_change_reads_as_the_wanted_design_and_loses_no_comment(chance: random.Random) -> None:
    table = random_document(chance)
    text = handwritten(table, chance)
    wanted = validated(changed(table, chance))
    saved = merged(text, validated(table), wanted)
    assert validated(tomllib.loads(saved)) == wanted
    lost = set(own_line_comments(text)) - set(all_comments(saved))
    assert not lost
    assert ("\r\n" in saved) == ("\r\n" in text)
    assert saved.count("\r\n") in (0, saved.count("\n"))


@given(chances)
@settings(max_examples=150, deadline=None)
def test_a_change_taken_back_gives_the_old_bytes_of_a_canonical_text(chance: random.Random) -> None:
    """Not of every text: a value in a handwriting of its own (`1_000`, `'x'`) comes back canonically, a removed key
    comes back behind the last of its table, and what stood behind a removed key is gone.
    """
    table = random_document(chance)
    old = validated(table)
    text = new_text(old)
    added = copy.deepcopy(table)
    change_tables(added["components"], type_at(("components", "x")), chance, {key: [] for key in SECTIONS})
    new = validated(added)
    assert merged(merged(text, old, new), new, old) == text


@given(chances)
@laws
def test_formatting_keeps_the_design_and_every_comment_and_is_stable(chance: random.Random) -> None:
    text = handwritten(random_document(chance), chance)
    once = formatted(text)
    assert parse(once, "x") == parse(text, "x")
    assert all_comments(once) == all_comments(text)
    assert formatted(once) == once


def problems_of(text: str) -> tuple[Problem, ...]:
    try:
        parse(text, "any.toml")
    except InvalidDesign as error:
        return error.problems
    return ()


DAMAGE = [
    "",
    "[",
    "]",
    "{",
    "}",
    '"',
    "\n",
    "#",
    "=",
    ".",
    ",",
    "\\",
    "\x00",
    "0",
    "-1",
    '"""',
    "[[x]]\n",
    "9" * 400,
    "a.b=1\n",
]


@given(st.integers(0), st.integers(0, 3), st.sampled_from(DAMAGE))
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_is_a_design_or_a_list_of_problems(offset: int, length: int, damage: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    start = offset % len(text)
    text = text[:start] + damage + text[start + length :]
    problems = problems_of(text)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
    assert problems or parse(text, "x") == parse(formatted(text), "x")


@given(st.text(alphabet="[]{}=.#\"'\\\n\r\t ab1,-:\x00\ufeff\ud800é", max_size=40))
@settings(max_examples=300, deadline=None)
def test_a_text_of_odd_characters_is_a_list_of_problems(text: str) -> None:
    problems = problems_of(text)
    assert problems
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
