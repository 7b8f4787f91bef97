"""Sections written anew as a whole, their comments kept: the way when a change does not fit in piece by piece."""

from collections.abc import Mapping
from typing import Any

from studio.files.outline import Block, Entry, Outline, Remark
from studio.files.placing import section_place
from studio.files.remarks import remarks_of, with_comments_inside
from studio.files.writing import section_text
from studio.model.design import Design
from studio.model.fields import shapes

Table = Mapping[str, Any]


def rewrite(outline: Outline, old: Table, new: Table) -> None:
    """Writes every section that changed canonically, with its comments; the others stay as they are."""
    for key in shapes(Design):
        if _ordered(old.get(key)) != _ordered(new.get(key)):
            _rewrite_section(outline, key, new.get(key, {}))


def _ordered(table: Any) -> Any:
    """A value in which the order of tables counts."""
    return [(key, _ordered(inner)) for key, inner in table.items()] if isinstance(table, Mapping) else table


def _rewrite_section(outline: Outline, key: str, table: Table) -> None:
    places = [n for n, block in enumerate(outline.blocks) if n and block.path[0] == key]
    taken = [outline.blocks[n] for n in places]
    top = outline.blocks[0]
    stray = Block((), body=[line for line in top.body if isinstance(line, Entry) and line.path[0] == key])
    top.body = [line for line in top.body if not any(line is entry for entry in stray.body)]
    remarks, rest = remarks_of([stray, *taken])
    remarks = with_comments_inside(remarks, [stray, *taken])
    outline.blocks = [block for block in outline.blocks if not any(block is gone for gone in taken)]
    text = outline.lines(section_text(key, table, remarks))
    new = Outline.of(text).blocks
    place = places[0] if places else section_place(outline, key)
    before = outline.blocks[place - 1]
    if before.text and not before.tail():
        before.body.append(outline.blank())
    new[-1].body += [Remark(outline.lines(f"{line}\n")) for line in rest]
    if place < len(outline.blocks) and not new[-1].tail():
        new[-1].body.append(outline.blank())
    before.body += new[0].body
    outline.blocks[place:place] = new[1:]
