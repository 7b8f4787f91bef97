"""Data that may lie in one region only must not travel to another with a replica, a queue or a vendor.

## Why it matters
It takes one copy: the log that is shipped to the head office, the model that is called across the ocean, the bucket
that somebody made in the default region. The promise was given to customers or to a law, and a copy that was made
cannot be taken back.

## What to do
Name the regions of everything that receives the data, vendors included, and keep each within those allowed. Where a
service exists in one region only: replace what identifies people before it is sent, or choose another vendor.

## When it is fine
Data without a residency. A region inside the one allowed: eu-west-1 is in eu. Where backups lie is not in the model;
keep them in mind.
"""

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

RECEIVING = DATA_HOLDERS | {"external", "llm", "monitoring"}
"""Kinds that keep what they get, or of which nobody knows."""
CONTINENTS = {"europe": "eu", "european-union": "eu", "eea": "eu", "usa": "us", "united-states": "us", "germany": "de"}
"""Words people use, and how regions begin there."""
PREFIXES = {
    "eu": ("eu-", "europe", "westeurope", "northeurope", "germany", "france", "sweden", "switzerland", "de-", "fr-"),
    "us": ("us-", "northamerica", "eastus", "westus", "centralus", "us"),
    "de": ("eu-central-1", "europe-west3", "germany", "de-"),
}
"""How the regions of large areas are called by vendors."""


def check(data: Data, facts: Facts) -> Verdict:
    """Fails data that reach something in a region they may not lie in."""
    if not data.residency:
        return not_applicable()
    receivers = _receivers(data, facts)
    outside = ((c.label, [r for r in c.regions if not _is_within(r, data.residency)]) for c in receivers)
    broken = {label: regions for label, regions in outside if regions}
    if broken:
        allowed = listed(data.residency, "or")
        where = listed(f"{label} in {listed(regions)}" for label, regions in broken.items())
        return failed(
            f"{data.id} may lie in {allowed} only, and reaches {where}",
            evidence={"residency": list(data.residency), "outside": broken},
            fix=(
                f"regions within {allowed} for {listed(broken)}",
                f"or what identifies people taken out of {data.id} before it is sent there",
            ),
            field="residency",
        )
    silent = tuple(f"components.{component.id}.regions" for component in receivers if not component.regions)
    return unknown(*silent) if silent else passed(receivers=[component.id for component in receivers])


def _receivers(data: Data, facts: Facts) -> list[Component]:
    reached = {call.target for call in facts.carrying[data.id]} | {data.store}
    return [c for c in facts.design.components if c.id in reached and (c.kind in RECEIVING or c.id == data.store)]


def _is_within(region: str, allowed: tuple[str, ...]) -> bool:
    return any(_lies_in(_plain(region), _plain(area)) for area in allowed)


def _lies_in(region: str, area: str) -> bool:
    short = CONTINENTS.get(area, area)
    return region in (area, short) or region.startswith((f"{area}-", *PREFIXES.get(short, ())))


def _plain(region: str) -> str:
    return "-".join(region.casefold().replace("_", " ").split())


RULE = Rule(
    id="DAT008",
    title="Residency broken",
    severity=Severity.ERROR,
    scope="data",
    check=check,
    patterns=("pii-masking", "global-load-balancing", "tenant-isolation"),
    sources=(
        "Regulation (EU) 2016/679, chapter V, transfers to third countries (2016)",
        "AWS Well-Architected, Security Pillar, SEC07-BP02 (2024)",
    ),
)

_LOG = """
[components.api]
kind = "service"
[components.db]
kind = "database"
regions = ["eu-west-1"]
[components.mail]
kind = "external"
{regions}
[data.address]
store = "db"
residency = ["EU"]
[connections.api-mail]
from = "api"
to = "mail"
data = ["address"]
"""

FLAGGED = _LOG.format(regions='regions = ["us-east-1"]')

FINE = _LOG.format(regions='regions = ["eu-central-1"]')

UNKNOWN = _LOG.format(regions="")
