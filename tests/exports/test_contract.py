"""contract.json against its schema: everything allowed, nothing invented, unknowns with their reasons."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from studio.analysis import Analysis
from studio.exports.agreement.facts import model_hash
from studio.exports.frame.formats import rendered
from tests.exports.analyses import SAMPLES, analysed, sample
from tests.exports.test_agents import HEAD, SHOP, large

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "contract.schema.json").read_text())


def contract(analysis: Analysis) -> dict[str, Any]:
    text = rendered("contract", analysis)
    assert isinstance(text, str)
    found: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


@pytest.fixture(scope="module")
def shop() -> dict[str, Any]:
    return contract(analysed(SHOP))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_valid_and_allows_exactly_its_connections(path: Path) -> None:
    analysis = sample(path)
    found = contract(analysis)
    calls = {(c.id, c.source, c.target) for c in analysis.design.connections}
    assert {(id_, call["from"], call["to"]) for id_, call in found["allowed_calls"].items()} == calls
    assert list(found)[:4] == ["format", "design", "model_hash", "calls_not_listed"]
    assert found["model_hash"] == model_hash(analysis.design)
    assert "NaN" not in json.dumps(found)


def test_the_smallest_and_a_large_design_are_valid() -> None:
    assert contract(analysed(HEAD))["allowed_calls"] == {}
    assert len(contract(analysed(large(200, 400)))["allowed_calls"]) == 400


def test_a_queue_is_opened_by_its_reader(shop: dict[str, Any]) -> None:
    opened = {id_: call["opened_by"] for id_, call in shop["allowed_calls"].items()}
    assert opened == {"web-api": "web", "api-orders": "api", "orders-worker": "worker", "worker-db": "worker"}


def test_what_nobody_decided_is_null_and_named(shop: dict[str, Any]) -> None:
    assert shop["allowed_calls"]["web-api"]["timeout_ms"] is None
    assert "connections.web-api.timeout" in shop["undecided"]
    assert "connections.worker-db.timeout" not in shop["undecided"]
    assert "components.api.endpoints.buy.response" in shop["undecided"]
    assert "data.order.retention" in shop["undecided"]
    assert shop["decisions"]["vendor"]["standing"] == "open"
    assert shop["decisions"]["queue"]["standing"] == "decided"


def test_a_budget_that_cannot_be_known_has_its_reason(shop: dict[str, Any]) -> None:
    assert shop["components"]["api"]["budget"]["p99_ms"] is None
    assert shop["unknown"]["components.api.p99_ms"]
    assert shop["components"]["web"]["budget"] is None


def test_settings_are_names_of_the_environment_with_the_values_that_are_known(shop: dict[str, Any]) -> None:
    assert shop["settings"]["worker"] == {
        "ORDERS_WORKER_URL": None, "ORDERS_WORKER_TIMEOUT_MS": None, "ORDERS_WORKER_ATTEMPTS": None,
        "WORKER_DB_URL": None, "WORKER_DB_TIMEOUT_MS": 200, "WORKER_DB_ATTEMPTS": 3,
    }  # fmt: skip
    assert "web" not in shop["settings"]


def test_settings_of_ids_that_differ_by_a_sign_differ() -> None:
    ends = 'from = "a"\nto = "b"\n'
    parts = '[components.a]\nkind = "service"\n[components.b]\nkind = "service"\n'
    calls = "".join(f"[connections.{id_}]\n{ends}" for id_ in ("x-y", "x_y", "1x"))
    names = [name for name in contract(analysed(HEAD + parts + calls))["settings"]["a"] if name.endswith("_URL")]
    assert names == ["X_Y_URL", "X_Y_2_URL", "CALL_1X_URL"]


def test_who_may_touch_data_is_its_store_and_who_carries_it(shop: dict[str, Any]) -> None:
    assert shop["data"]["order"]["may_be_touched_by"] == ["worker", "db"]


def test_tests_and_rules_come_from_the_applied_patterns() -> None:
    text = SHOP + '[patterns.p]\nuse = "cache-aside"\non = ["api", "db"]\n'
    found = contract(analysed(text))
    assert found["patterns"][0]["always_holds"]
    assert any(test["kind"] == "Cache-aside" for test in found["tests"])
