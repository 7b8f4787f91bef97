"""What a pattern says it resolves is resolved: on a design that raises the flag, by the rules themselves."""

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import pytest

from studio.analysis import Analysis
from studio.applying import preview
from studio.catalogue.library import shipped
from studio.model.design import Design
from studio.red_flags.library import rules

TODAY = date(2026, 11, 21)
RULES = frozenset(rule.id for rule in rules())
CLAIMS = [(pattern.id, rule) for pattern in shipped().patterns() for rule in pattern.resolves]

SYSTEM = """
format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
reads_per_write = 4
growth = 10
[requirements.availability]
target = 0.999
[components.users]
kind = "client"
[components.api]
kind = "service"
managed = true
availability = 0.9999
latency = "1 ms"
{api}
[components.{other}]
{fields}
[connections.users-api]
from = "users"
to = "api"
[connections.api-{other}]
from = "api"
to = "{other}"
{call}
[journeys.buy]
share = 1
p99 = "200 ms"
availability = 0.999
{journey}
steps = ["users-api", "api-{other}"]
"""
"""A service and one thing it calls, asked for 240 reads/s and 60 writes/s at peak."""


GROWS = 'scaling = "another copy by hand"'
KNOWN_STORE = 'kind = "database"\nscaling = "larger machine"'


class Case(NamedTuple):
    """A design that raises a flag, and the application that takes it away."""

    system: Mapping[str, str]
    on: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Any] = {}

    @property
    def design(self) -> Design:
        """The system with these fields."""
        usual = {"api": GROWS, "call": 'timeout = "300 ms"', "journey": "", "other": "db", "fields": KNOWN_STORE}
        return Design.model_validate(tomllib.loads(SYSTEM.format(**{**usual, **self.system})))


def _store(capacity: int) -> dict[str, str]:
    return {"fields": f'kind = "database"\ncapacity_rps = {capacity}\nscaling = "larger machine"'}


def _callee(kind: str = "service", *, said: str = "", call: str = 'timeout = "300 ms"') -> dict[str, str]:
    return {"other": "stock", "fields": f'kind = "{kind}"\n{said}', "call": call}


DB, CALL = {"store": ("db",)}, {"call": ("api-stock",)}
BUSY = {"api": "capacity_rps = 200\ninstances = 2"}
SILENT = {"fields": 'kind = "database"\ncapacity_rps = 1000'}
SLOW = _callee(said='latency = "100 ms"\nmanaged = true\navailability = 0.9999')
WEAK = _callee(said="managed = true\navailability = 0.99")
UNTIMED = _callee(call="")
VENDOR = _callee("external")
READ = {"read": ("api-db",)}
READS_OF_A_SLOW_STORE = {
    "fields": 'kind = "database"\nlatency = "60 ms"\ncapacity_rps = 5000',
    "journey": 'traffic = "reads"',
    "call": 'timeout = "5 s"',
}
QUEUED, HANDED_OVER = {"producer": ("api",), "consumer": ("stock",)}, {"caller": ("api",), "callee": ("stock",)}
PUBLISHED = {"producer": ("api",), "consumers": ("stock",)}

CASES: dict[tuple[str, str], Case] = {
    ("horizontal-scaling", "CAP001"): Case(BUSY, {"service": ("api",)}),
    ("horizontal-scaling", "CAP002"): Case(BUSY, {"service": ("api",)}),
    ("horizontal-scaling", "CAP003"): Case(BUSY, {"service": ("api",)}, {"most": 20}),
    ("horizontal-scaling", "CAP004"): Case(BUSY, {"service": ("api",)}),
    ("vertical-scaling", "CAP001"): Case(_store(350), {"machine": ("db",)}),
    ("vertical-scaling", "CAP003"): Case(_store(1000), {"machine": ("db",)}),
    ("vertical-scaling", "CAP004"): Case(SILENT, {"machine": ("db",)}),
    ("read-replicas", "CAP001"): Case(_store(350), DB),
    ("read-replicas", "CAP003"): Case(_store(1000), DB, {"replicas": 6}),
    ("read-replicas", "CAP004"): Case(SILENT, DB),
    ("sharding", "CAP001"): Case(_store(350), DB),
    ("sharding", "CAP003"): Case(_store(1000), DB, {"hot_share": 0.3}),
    ("sharding", "CAP004"): Case(SILENT, DB),
    ("cache-aside", "CAP001"): Case(_store(350), READ),
    ("cache-aside", "CAP003"): Case(_store(1500), READ),
    ("cache-aside", "CAP010"): Case(READS_OF_A_SLOW_STORE, READ, {"hit_ratio": 0.97}),
    ("cqrs", "CAP001"): Case(_store(350), {"commands": ("api-db",)}),
    ("cqrs", "CAP003"): Case(_store(700), {"commands": ("api-db",)}),
    ("message-queue", "CAP010"): Case(SLOW, QUEUED),
    ("message-queue", "REL002"): Case(WEAK, QUEUED),
    ("message-queue", "REL004"): Case(UNTIMED, QUEUED),
    ("event-driven", "CAP010"): Case(SLOW, PUBLISHED),
    ("event-driven", "REL002"): Case(WEAK, PUBLISHED),
    ("event-driven", "REL004"): Case(UNTIMED, PUBLISHED),
    ("async-processing", "CAP010"): Case(SLOW, HANDED_OVER),
    ("async-processing", "REL004"): Case(UNTIMED, HANDED_OVER),
    ("async-processing", "REL009"): Case(VENDOR, HANDED_OVER),
    ("api-gateway", "REL018"): Case({}, {"client": ("users",), "services": ("api",)}),
    ("rate-limiting-token-bucket", "REL018"): Case({}, {"entry": ("api",)}),
    ("retry-with-backoff", "REL004"): Case(UNTIMED, CALL),
    ("retry-with-backoff", "REL007"): Case(
        _callee(call='timeout = "300 ms"\nattempts = 4\nbackoff = "fixed"\njitter = false'), CALL
    ),
    ("circuit-breaker", "REL004"): Case(UNTIMED, CALL),
    ("circuit-breaker", "REL009"): Case(VENDOR, CALL),
    ("bulkhead", "REL004"): Case(UNTIMED, CALL),
    ("bulkhead", "REL009"): Case(VENDOR, CALL),
    ("horizontal-scaling", "REL021"): Case(BUSY, {"service": ("api",)}),
    ("load-balancer-l7", "REL021"): Case(BUSY, {"service": ("api",), "callers": ("users",)}),
    ("microservices", "REL021"): Case(BUSY, {"service": ("api",)}),
    ("microservices", "OPS004"): Case({"api": "tier = 1"}, {"service": ("api",)}),
    ("monolith", "OPS004"): Case({"api": "tier = 1"}, {"app": ("api",)}),
    ("api-gateway", "SEC002"): Case({}, {"client": ("users",), "services": ("api",)}),
}


def test_every_claim_has_a_case_and_every_case_a_claim() -> None:
    assert sorted(CASES) == sorted(CLAIMS)


@pytest.mark.parametrize(("pattern", "rule"), [claim for claim in sorted(CASES) if claim[1] in RULES])
def test_a_pattern_resolves_what_it_says(pattern: str, rule: str) -> None:
    case = CASES[pattern, rule]
    before = Analysis(case.design, shipped(), today=TODAY)
    raised = [finding.on for finding in before.report.findings if finding.rule.id == rule]
    assert raised, "the design does not raise the flag"
    seen = preview(before, shipped().pattern(pattern), case.on, case.parameters)
    assert [finding.on for finding in seen.after.report.findings if finding.rule.id == rule] == []
    assert {f"{rule} {on}" for on in raised} <= set(seen.resolved)
