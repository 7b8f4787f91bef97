"""The model: closed, frozen, exact; it knows its own fields, and what names what."""

import tomllib
from pathlib import Path

import pytest
from pydantic import ValidationError

from studio.model.address import dotted, part_at, type_at, walk, with_part
from studio.model.component import Component
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import shapes
from studio.model.part import Part
from studio.model.references import dangling

HEAD = {"format": 1, "design": {"name": "X"}}
EXAMPLE = Path(__file__).parent.parent / "data" / "format_example.toml"


def every_part_type() -> list[type[Part]]:
    found: dict[type[Part], None] = {}
    waiting: list[type[Part]] = [Design]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found[part] = None
            waiting += [shape.part for shape in shapes(part).values() if shape.part is not None]
    return list(found)


def test_the_smallest_design_has_a_name_and_a_format() -> None:
    assert Design.model_validate(HEAD).components == ()


def test_a_file_that_says_everything_is_read_and_written_without_loss() -> None:
    raw = tomllib.loads(EXAMPLE.read_text())
    design = Design.model_validate(raw)
    assert Design.model_validate(document(design)) == design
    assert dangling(design) == ()


@pytest.mark.parametrize("part", every_part_type(), ids=lambda part: part.__name__)
def test_every_part_is_frozen_closed_and_described(part: type[Part]) -> None:
    assert part.model_config.get("frozen")
    assert part.model_config.get("extra") == "forbid"
    assert all(shape.description for shape in shapes(part).values())


@pytest.mark.parametrize("part", every_part_type(), ids=lambda part: part.__name__)
def test_every_field_says_what_kind_of_value_it_holds(part: type[Part]) -> None:
    for shape in shapes(part).values():
        kinds = (shape.part, shape.measure, shape.words, shape.choices, shape.is_flag, shape.is_whole, shape.is_date)
        assert any(kinds) or shape.key == "at", shape.key


def test_a_changed_part_is_validated_and_leaves_the_first_alone() -> None:
    api = Component.model_validate({"id": "api", "kind": "service", "instances": 2})
    more = api.changed(instances=3)
    assert (api.instances, more.instances) == (2, 3)
    with pytest.raises(ValidationError):
        api.changed(instances="many")
    with pytest.raises(ValidationError):
        api.instances = 4  # type: ignore[misc] # that it cannot be assigned is the fact


def test_nothing_said_and_false_are_two_things() -> None:
    silent = Component.model_validate({"id": "a", "kind": "service"})
    said = Component.model_validate({"id": "a", "kind": "service", "managed": False})
    assert not silent.gives("managed")
    assert said.gives("managed")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tier", True),
        ("tier", 1.0),
        ("tier", 4),
        ("instances", 2.0),
        ("instances", True),
        ("managed", 1),
        ("at", [1.5, 2]),
    ],
)
def test_what_merely_looks_like_a_value_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValidationError):
        Component.model_validate({"id": "a", "kind": "service", key: value})


@pytest.mark.parametrize("value", [0, 1.5, True, "tomorrow", "2027-13-01", "20270131"])
def test_a_day_is_a_date_and_nothing_near_it(value: object) -> None:
    with pytest.raises(ValidationError):
        Component.model_validate({"id": "a", "kind": "database", "backup": {"restore_tested": value}})


def test_every_part_is_found_at_its_own_address() -> None:
    design = Design.model_validate(tomllib.loads(EXAMPLE.read_text()))
    for address, part in walk(design):
        assert part_at(design, address) is part
        assert type_at(address) is type(part)
        assert with_part(design, address, part) == design


@pytest.mark.parametrize("address", [("components",), ("nonsense",), ("design", "name"), ("components", "a", "b")])
def test_an_address_no_design_can_have_is_refused(address: tuple[str, ...]) -> None:
    with pytest.raises(LookupError):
        type_at(address)


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"connections": {"a-b": {"from": "a", "to": "b"}}}, {"a", "b"}),
        ({"data": {"d": {"store": "s"}}}, {"s"}),
        ({"journeys": {"j": {"steps": ["x"], "at_once": [["y"]]}}}, {"x", "y"}),
        ({"scenarios": {"s": {"down": ["z"]}}}, {"z"}),
        ({"operations": {"runs_on": ["m"]}}, {"m"}),
        ({"accepted": {"a": {"flag": "F", "on": "q", "why": "w", "by": "b", "until": "2027-01-01"}}}, {"q"}),
        ({"accepted": {"a": {"flag": "F", "on": "design", "why": "w", "by": "b", "until": "2027-01-01"}}}, set()),
    ],
)
def test_dangling_ids_are_found(table: dict[str, object], named: set[str]) -> None:
    design = Design.model_validate({**HEAD, **table})
    assert {reference.id for reference in dangling(design)} == named
    assert all(dotted(reference.address) for reference in dangling(design))
