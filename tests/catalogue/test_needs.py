"""Needs: met, not met, or unknown, with the advice that belongs to them."""

import pytest

from studio.catalogue.library import Library
from studio.catalogue.needs import needs_of

Figures = dict[str, float | str | bool]


@pytest.mark.parametrize(
    ("figures", "met"),
    [
        ({"reads_per_write": 5, "store.utilisation": 0.6}, (True, True)),
        ({"reads_per_write": 4, "store.utilisation": 0.4, "store.p99_ms": 25}, (False, True)),
        ({"reads_per_write": 4, "store.utilisation": 0.4, "store.p99_ms": 15}, (False, False)),
        ({"store.utilisation": 0.4}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_needs_are_answered_from_the_figures(library: Library, figures: Figures, met: tuple[bool | None, ...]) -> None:
    results = needs_of(library.pattern("cache-aside"), figures.get)
    assert tuple(result.met for result in results) == met
    assert [result.need.id for result in results] == ["read-heavy", "headroom"]
    assert all(bool(result.advice) is not (result.met is True) for result in results)


@pytest.mark.parametrize(
    ("calls", "figures", "met"),
    [
        (["a-b"], {"connections.a-b.mode": "sync"}, True),
        (["a-b"], {"connections.a-b.mode": "async"}, False),
        (["a-b", "a-c"], {"connections.a-b.mode": "sync", "connections.a-c.mode": "sync"}, True),
        (["a-b", "a-c"], {"connections.a-b.mode": "sync", "connections.a-c.mode": "async"}, False),
        (["a-b", "a-c"], {"connections.a-b.mode": "sync"}, None),
        (["a-b", "a-c"], {"connections.a-b.mode": "async"}, False),
        ([], {"connections.a-b.mode": "sync"}, None),
    ],
)
def test_every_id_of_a_role_must_meet_a_need(
    library: Library, calls: list[str], figures: Figures, met: bool | None
) -> None:
    results = needs_of(library.pattern("circuit-breaker"), figures.get, {"call": calls})
    assert [result.met for result in results] == [met]


def test_a_component_in_a_role_is_asked_for_by_its_id(library: Library) -> None:
    figures: Figures = {"reads_per_write": 9, "components.db.utilisation": 0.9}
    results = needs_of(library.pattern("cache-aside"), figures.get, {"caller": ("api",), "store": ("db",)})
    assert [result.met for result in results] == [True, True]
