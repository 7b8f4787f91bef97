"""What the overlays say of a design, from its figures, flags and data."""

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.diagrams.overlays import Level, Overlay
from studio.exports.frame.formats import rendered
from studio.exports.frame.options import Options
from studio.exports.frame.overlays import KIND_SIGNS, OVERLAYS, OverlayName, cost_mark, load_mark, overlay
from studio.files.loading import parse
from studio.model.kinds import KINDS

SHOP = """
format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 864_000
requests_per_user_per_day = 10
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 50
instances = 4
cost_per_month = 25
[components.store]
kind = "database"
capacity_rps = 80
cost_per_month = 300
[components.idle]
kind = "service"
[connections.web-api]
from = "web"
to = "api"
data = ["carts"]
[connections.api-store]
from = "api"
to = "store"
data = ["carts", "cards"]
[data.carts]
store = "store"
[data.cards]
classification = "payment"
[data.notes]
store = "store"
classification = "internal"
"""


@pytest.fixture(scope="module")
def shop() -> Analysis:
    return Analysis(parse(SHOP, "shop.toml"), shipped())


def said(found: Overlay) -> dict[str, tuple[str, Level | None]]:
    return {id_: (mark.text, mark.level) for id_, mark in (*found.boxes.items(), *found.routes.items())}


def test_load_is_the_share_of_capacity_in_use(shop: Analysis) -> None:
    found = said(overlay("load", shop))
    assert found["api"] == ("50%", 0)
    assert found["store"] == ("125% over", 3)
    assert found["idle"] == ("?", None)
    assert "web" not in found


def test_data_are_as_sensitive_as_the_worst_of_them(shop: Analysis) -> None:
    found = overlay("data", shop)
    assert said(found) == {"store": ("payment", 3), "web-api": ("?", None), "api-store": ("payment", 3)}
    assert found.routes["api-store"].sign == "$"
    assert "cards" in found.boxes["store"].about


def test_every_kind_has_a_sign_of_its_own(shop: Analysis) -> None:
    found = overlay("kind", shop)
    kinds = {"web": "client", "api": "service", "store": "database", "idle": "service"}
    assert said(found) == {component: (kind, 0) for component, kind in kinds.items()}
    assert found.key == ("in short: u client, s service, d database",)
    assert set(KIND_SIGNS) == set(KINDS)
    assert len(set(KIND_SIGNS.values())) == len(KINDS)


def test_owners_are_named_in_short_and_who_is_missing_is_said() -> None:
    owned = """
format = 1
[design]
name = "Owned"
[components.web]
kind = "client"
[components.api]
kind = "service"
owner = "Web"
[components.store]
kind = "database"
owner = "The team that runs the stores"
[components.queue]
kind = "queue"
"""
    found = overlay("owner", Analysis(parse(owned, "owned.toml"), shipped()))
    assert said(found) == {"api": ("Web", 0), "store": ("b", 0), "queue": ("?", None)}
    assert found.key == ("a: Web", "b: The team that runs the stores", "?: no owner")


def test_risk_is_the_worst_open_flag(shop: Analysis) -> None:
    found = overlay("risk", shop)
    errors = {f.address[1] for f in shop.report.findings if f.severity == "error" and f.address[0] == "connections"}
    assert errors
    assert {id_ for id_, mark in found.routes.items() if mark.level == 3} == errors
    assert all(mark.text.startswith("x") for mark in found.routes.values() if mark.level == 3)
    assert all(mark.about for mark in (*found.boxes.values(), *found.routes.values()))


def test_cost_is_a_share_of_what_is_known_and_says_so(shop: Analysis) -> None:
    found = overlay("cost", shop)
    assert "is known" in found.title
    assert said(found) == {"api": ("25%!", 2), "store": ("75%!!", 3), "idle": ("?", None)}


@pytest.mark.parametrize(
    ("used", "text", "level"), [(0.0, "0%", 0), (0.6, "60%", 1), (0.71, "71%!", 2), (1.0, "100% over", 3)]
)
def test_levels_of_load(used: float, text: str, level: int) -> None:
    assert load_mark(used)[:2] == (text, level)


def test_a_bill_of_nothing_has_shares_of_nothing() -> None:
    assert cost_mark(0.0, 0.0)[:2] == ("0%", 0)


@pytest.mark.parametrize("name", OVERLAYS)
@pytest.mark.parametrize("format_", ["unicode", "ascii", "svg"])
def test_a_mark_says_without_colour_what_its_level_says(shop: Analysis, name: OverlayName, format_: str) -> None:
    found = overlay(name, shop)
    by_text: dict[str, set[Level | None]] = {}
    for mark in (*found.boxes.values(), *found.routes.values()):
        by_text.setdefault(mark.text, set()).add(mark.level)
        assert mark.text.isascii()
        assert len(mark.sign) <= 1
    assert all(len(levels) == 1 for levels in by_text.values())
    text = rendered(format_, shop, Options(overlay=name))
    assert isinstance(text, str)
    assert found.title in text
