"""Every entry that is shipped: readable, complete, its ids known, and fit to be applied."""

import re
from collections.abc import Iterator

import pytest

from studio.catalogue.application import apply
from studio.catalogue.entries import Pattern, Target
from studio.catalogue.library import shipped
from studio.catalogue.pages import COLUMNS, pattern_page, technology_page
from studio.catalogue.search import search
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.references import dangling
from studio.paths import shipped_catalogue
from studio.text import width

PATTERNS = shipped().pattern_ids()
TECHNOLOGIES = shipped().technology_ids()
RULE = re.compile(r"[A-Z]{3}\d{3}")
EMPTY = Design.model_validate({"format": 1, "design": {"name": "Nothing yet"}})


def test_every_file_is_an_entry() -> None:
    assert [str(problem) for problem in shipped().problems()] == []


def test_every_file_lies_where_entries_are_found() -> None:
    files = [path for path in shipped_catalogue().rglob("*") if path.is_file()]
    assert len(files) == len(PATTERNS) + len(TECHNOLOGIES)
    assert len({path.stem for path in files if "patterns" in path.parts}) == len(PATTERNS)


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_is_complete(id_: str) -> None:
    pattern = shipped().pattern(id_)
    assert 2 <= len(pattern.when_to_use) <= 5
    assert 2 <= len(pattern.when_not_to_use) <= 5
    assert pattern.failure_modes
    assert pattern.tags
    assert pattern.targets or pattern.components
    assert all(source.author and 1950 < source.year < 2100 for source in pattern.sources)


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_names_only_patterns_that_exist(id_: str) -> None:
    pattern = shipped().pattern(id_)
    named = (*pattern.requires, *pattern.conflicts_with, *pattern.related)
    assert [other for other in named if other not in PATTERNS or other == id_] == []
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_names_red_flags_by_their_id(id_: str) -> None:
    pattern = shipped().pattern(id_)
    flags = (*pattern.resolves, *pattern.introduces)
    assert [flag for flag in flags if RULE.fullmatch(flag) is None] == []
    assert len(set(flags)) == len(flags)


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_brings_technologies_that_exist(id_: str) -> None:
    for added in shipped().pattern(id_).components:
        technology = added.fields.get("technology", "")
        are_free_words = " " in technology or technology != technology.lower()
        assert technology.startswith("$") or technology == "" or are_free_words or technology in TECHNOLOGIES


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_drawn_onto_nothing_is_a_valid_design(id_: str) -> None:
    application = apply(shipped().pattern(id_), EMPTY)
    result = application.applied_to(EMPTY)
    assert dangling(result) == ()
    assert result.components
    assert result.patterns[0].use == id_


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_fits_every_kind_its_roles_name(id_: str) -> None:
    pattern = shipped().pattern(id_)
    for design, on in _fitting(pattern):
        application = apply(pattern, design, on)
        result = application.applied_to(design)
        assert dangling(result) == ()
        assert [id_ for role in on.values() for id_ in role] == list(result.patterns[-1].on)
        told = {(change.address[1], change.key) for change in (*application.moves, *application.changes)}
        for component in design.components:
            assert _said(component, told) <= _said(result.component[component.id], told)
        for connection in design.connections:
            assert _said(connection, told) <= _said(result.connection[connection.id], told)


def _said(part: Component | Connection, told: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What a part says, without what the application tells that it changes."""
    ends = {"source": "from", "target": "to"}
    names = (name for name in part.model_fields_set if (part.id, ends.get(name, name)) not in told)
    return {(name, repr(getattr(part, name))) for name in names}


def _fitting(pattern: Pattern) -> Iterator[tuple[Design, dict[str, tuple[str, ...]]]]:
    """For each kind some role names: a design with a component of it in that role, all roles filled, all joined."""
    most = max((len(target.kinds) for target in pattern.targets), default=1)
    for number in range(most):
        components: dict[str, dict[str, str]] = {}
        on: dict[str, tuple[str, ...]] = {}
        for target in pattern.targets:
            if not target.is_connection:
                on[target.role] = tuple(_added(target, number, components))
        connections = {
            f"{one}-{other}": {"from": one, "to": other} for one in components for other in components if one != other
        }
        for place, target in enumerate(pattern.targets):
            if target.is_connection:
                on[target.role] = tuple(_joined(target, place, on, components, connections))
        head = {"format": 1, "design": {"name": "Fitting"}, "components": components, "connections": connections}
        order = (target.role for target in pattern.targets)
        yield Design.model_validate(head), {role: on[role] for role in order}


def _added(target: Target, number: int, components: dict[str, dict[str, str]]) -> Iterator[str]:
    for copy in range(2 if target.several else 1):
        id_ = f"{target.role}-{copy}"
        components[id_] = {"kind": target.kinds[number % len(target.kinds)]}
        yield id_


def _joined(
    target: Target,
    place: int,
    on: dict[str, tuple[str, ...]],
    components: dict[str, dict[str, str]],
    connections: dict[str, dict[str, str]],
) -> Iterator[str]:
    """A connection between the roles its skeleton names, else between two services of its own."""
    ends = [str((target.skeleton or {}).get(key, "")).removeprefix("$") for key in ("from", "to")]
    for copy in range(2 if target.several else 1):
        source, other = (
            on[end][0] if end in on and end not in connections else f"{target.role}-{side}-{place}"
            for side, end in zip(("from", "to"), ends, strict=True)
        )
        for end in (source, other):
            components.setdefault(end, {"kind": "service"})
        connections[f"{target.role}-{copy}"] = {"from": source, "to": other}
        yield f"{target.role}-{copy}"


@pytest.mark.parametrize("id_", PATTERNS)
def test_a_pattern_is_found_by_its_own_words(id_: str) -> None:
    pattern = shipped().pattern(id_)
    for words in (pattern.id, pattern.name, *pattern.aliases):
        found = [hit.id for hit in search(shipped(), words)]
        assert id_ in found[:3], words


@pytest.mark.parametrize("id_", PATTERNS)
def test_the_page_of_a_pattern_stays_within_its_columns(id_: str) -> None:
    page = pattern_page(shipped().pattern(id_))
    assert max(map(width, page.split("\n"))) <= COLUMNS


@pytest.mark.parametrize("id_", TECHNOLOGIES)
def test_a_technology_is_complete(id_: str) -> None:
    technology = shipped().technology(id_)
    assert technology.tags
    assert all(source.author and 1950 < source.year < 2100 for source in technology.sources)
    used = {figure.source.id for figure in technology.figures.values()}
    assert used <= {source.id for source in technology.sources}
    page = technology_page(technology)
    assert max(map(width, page.split("\n"))) <= COLUMNS


@pytest.mark.parametrize("id_", TECHNOLOGIES)
def test_the_figures_of_a_technology_are_values_a_component_may_have(id_: str) -> None:
    technology = shipped().technology(id_)
    known = {name: figure for name, figure in technology.figures.items() if name in Component.model_fields}
    counted = {name: int(figure.point) for name, figure in known.items() if name in ("workers", "max_connections")}
    measured = {name: figure.value for name, figure in known.items()}
    Component.model_validate({"id": "x", "kind": technology.kind, **measured, **counted})
    assert all(figure.point >= 0 for figure in technology.figures.values())


def test_the_catalogue_lies_beside_the_code_or_in_the_package() -> None:
    assert (shipped_catalogue() / "patterns").is_dir()
