"""All that is wrong with a document that is TOML and no valid design, with the line of each."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from studio.errors import Problem
from studio.files.loading import KnownPatterns, unknown_patterns, validated
from studio.files.sketch import sketch
from studio.files.source_map import Lines
from studio.files.wording import Wording, key_path, kind_of_value, no_such_id, no_such_pattern, worded
from studio.model.address import Address
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.model.references import dangling, ids

_MOST: Final = 1000
"""Problems named one by one; whoever has more corrects these first."""
_LARGEST: Final = 2**63 - 1
"""The largest whole number every reader of TOML understands."""


class Flaw(NamedTuple):
    """One thing wrong at one key."""

    path: Address
    wording: Wording


def design_problems(
    document: dict[str, Any], text: str, name: str, known_patterns: KnownPatterns | None
) -> list[Problem]:
    """What is wrong with a document that does not validate, or names ids that are nowhere; never empty."""
    flaws: list[Flaw] = []
    sound = _sound(document, Design, (), flaws)
    for more in (_invalid(sound), _dangling(sound, flaws), _patterns(sound, known_patterns)):
        known = {flaw.path for flaw in flaws}
        flaws += [flaw for flaw in more if not any(flaw.path[:n] in known for n in range(1, len(flaw.path) + 1))]
    lines = Lines(text)
    problems = [Problem(name, lines.line(flaw.path), *flaw.wording) for flaw in dict.fromkeys(flaws)]
    return _limited(problems, name) or [Problem(name, 1, "the design cannot be read", "compare it with “tenfold new”")]


def _limited(problems: list[Problem], name: str) -> list[Problem]:
    problems.sort()
    rest = len(problems) - _MOST
    if rest <= 0:
        return problems
    last = problems[_MOST - 1].line
    return [*problems[:_MOST], Problem(name, last, f"there are {rest:,} problems more", "correct these first")]


def _sound(table: dict[str, Any], part: type[Part], path: Address, flaws: list[Flaw]) -> dict[str, Any]:
    """The table without what would keep the rest from being looked at; each such thing becomes a flaw."""
    kept: dict[str, Any] = {}
    for key, value in table.items():
        shape, here = shapes(part).get(key), (*path, key)
        if shape is not None and shape.part is not None:
            _keep_part(kept, here, value, shape, flaws)
        elif _is_beyond_numbers(value, shape):
            what = f"{key_path(here)} is a number too large to be meant"
            flaws.append(Flaw(here, Wording(what, "write a smaller one")))
        elif here == ("format",) and not (type(value) is int and value == 1):
            flaws.append(Flaw(here, _other_format(value)))
        else:
            kept[key] = value
    return kept


def _keep_part(kept: dict[str, Any], path: Address, value: Any, shape: FieldShape, flaws: list[Flaw]) -> None:
    part = shape.part or Part
    if not isinstance(value, dict):
        table = key_path(path)
        wanted = f"[{table}.ID], one table for each id" if shape.keyed else f"[{table}] once, its keys below it"
        flaws.append(Flaw(path, _no_table(path, value, wanted)))
    elif not shape.keyed:
        kept[shape.key] = _sound(value, part, path, flaws)
    else:
        kept[shape.key] = {named: _sound_item(inner, part, (*path, named), flaws) for named, inner in value.items()}


def _sound_item(value: Any, part: type[Part], path: Address, flaws: list[Flaw]) -> dict[str, Any]:
    if not isinstance(value, dict):
        flaws.append(Flaw(path, _no_table(path, value, f"[{key_path(path)}] once, its keys below it")))
        return {}
    if "id" in value:
        what = f"{key_path(path)} repeats its id; the id is the name of the table"
        flaws.append(Flaw((*path, "id"), Wording(what, "remove the key “id”")))
    return _sound({key: inner for key, inner in value.items() if key != "id"}, part, path, flaws)


def _no_table(path: Address, value: Any, wanted: str) -> Wording:
    table = key_path(path)
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return Wording(f"“{table}” is an array of tables ([[…]]), and a design has none", f"write {wanted}")
    return Wording(f"“{table}” is {kind_of_value(value)}, and a table is wanted there", f"write {wanted}")


def _other_format(value: Any) -> Wording:
    shown = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else kind_of_value(value)
    advice = "write format = 1; a file of a later format needs a later tenfold"
    return Wording(f"the format is {shown}, and this version reads format 1", advice)


def _is_beyond_numbers(value: Any, shape: FieldShape | None) -> bool:
    """Whether a value holds a number no computer can reckon with."""
    if isinstance(value, list):
        return any(_is_beyond_numbers(item, shape) for item in value)
    if isinstance(value, int):
        return abs(value) > _LARGEST
    if isinstance(value, str) and shape is not None and shape.measure is not None:
        try:
            shape.measure.check(value)
        except ArithmeticError:
            return True
        except ValueError:
            return False
    return False


def _invalid(sound: dict[str, Any]) -> Iterator[Flaw]:
    """What the model refuses."""
    try:
        validated(sound)
    except ValidationError as error:
        order: dict[int, tuple[str, ...]] = {}
        for entry in error.errors(include_url=False, include_input=False):
            path = _path(sound, entry["loc"], order)
            yield Flaw(path, worded(entry, path, _value_at(sound, path)))


def _path(sound: dict[str, Any], location: tuple[int | str, ...], order: dict[int, tuple[str, ...]]) -> Address:
    """The keys behind a place in the model, where the parts of a section are counted."""
    path: list[str] = []
    table: Any = sound
    for step in location:
        if isinstance(step, int):
            if id(table) not in order:
                order[id(table)] = tuple(table)
            step = order[id(table)][step]
        path.append(step)
        table = table.get(step) if isinstance(table, dict) else None
        if not isinstance(table, dict):
            break
    return tuple(path)


def _value_at(sound: dict[str, Any], path: Address) -> Any:
    value: Any = sound
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _dangling(sound: dict[str, Any], flaws: list[Flaw]) -> Iterator[Flaw]:
    """Ids named somewhere that no part has; sections that could not be read may have any."""
    unread = {flaw.path[0] for flaw in flaws if len(flaw.path) == 1}
    design = sketch(sound)
    for reference in dangling(design):
        if unread.isdisjoint(reference.sections):
            path = (*reference.address, reference.key)
            yield Flaw(path, no_such_id(path, reference.id, reference.sections, ids(design, reference.sections)))


def _patterns(sound: dict[str, Any], known_patterns: KnownPatterns | None) -> Iterator[Flaw]:
    """Applied patterns that the catalogue does not have."""
    design = sketch(sound)
    for applied in unknown_patterns(design, known_patterns):
        path = ("patterns", applied.id, "use")
        if known_patterns is not None and isinstance(applied.use, str):
            yield Flaw(path, no_such_pattern(path, applied.use, known_patterns()))
