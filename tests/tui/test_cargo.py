"""Where patterns fit, and why they do not fit elsewhere."""

import tomllib

import pytest

from studio.model.address import Address
from studio.model.design import Design
from studio.opening import library_for
from studio.tui.canvas.cargo import asked_of, cargo_of, roles_for

DESIGN = Design.model_validate(
    tomllib.loads("""
format = 1
[design]
name = "Shop"
[components.user]
kind = "client"
[components.api]
kind = "service"
[components.db]
kind = "database"
[components.bank]
kind = "external"
[connections.user-api]
from = "user"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[connections.api-bank]
from = "api"
to = "bank"
""")
)
LIBRARY = library_for(None)


def test_a_pattern_for_calls_fits_connections_and_nothing_else() -> None:
    cargo = cargo_of(LIBRARY.pattern("bulkhead"), DESIGN)
    assert cargo.fits == (("connections", "user-api"), ("connections", "api-db"), ("connections", "api-bank"))
    assert "api is service" in cargo.why_not["components", "api"]


def test_every_place_either_fits_or_has_a_reason() -> None:
    for pattern in LIBRARY.patterns():
        cargo = cargo_of(pattern, DESIGN)
        everything = {("components", c.id) for c in DESIGN.components} | {
            ("connections", c.id) for c in DESIGN.connections
        }
        assert set(cargo.fits) | set(cargo.why_not) == everything
        assert not set(cargo.fits) & set(cargo.why_not)


@pytest.mark.parametrize(
    ("pattern", "on", "roles"),
    [
        ("bulkhead", ("connections", "api-bank"), {"call": "api-bank"}),
        ("bulkhead", ("components", "bank"), {"call": "api-bank"}),
        ("cache-aside", ("components", "api"), {"caller": "api", "store": "db"}),
        ("bulkhead", None, {}),
    ],
)
def test_roles_follow_from_where_a_pattern_is_dropped(pattern: str, on: Address | None, roles: dict[str, str]) -> None:
    assert roles_for(LIBRARY.pattern(pattern), DESIGN, on) == roles


def test_nobody_is_asked_for_the_ends_of_a_connection() -> None:
    bulkhead = LIBRARY.pattern("bulkhead")
    assert [target.role for target in asked_of(bulkhead, {"call": "api-bank"})] == ["call"]
