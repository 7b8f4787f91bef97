"""Data that may lie in one region only must not travel to another with a replica, a queue or a vendor.

## Why it matters
It takes one copy: the log that is shipped to the head office, the model that is called across the ocean, the bucket
that somebody made in the default region. The promise was given to customers or to a law, and a copy that was made
cannot be taken back.

## What to do
Name the regions of everything that receives the data, vendors included, and keep each within those allowed. Where a
service exists in one region only: replace what identifies people before it is sent, or choose another vendor.

## When it is fine
Data without a residency. A region inside the one allowed: eu-west-1 is in eu, eu-west-2 (London) is not. What says no
regions lies in those of constraints.regions, unless a vendor runs it. Backups in the same place as their store: where
others lie, backup.regions says.
"""

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

RECEIVING = DATA_HOLDERS | {"external", "llm", "monitoring"}
"""Kinds that keep what they get, or of which nobody knows."""
CONTINENTS = {"european-union": "eu", "usa": "us", "united-states": "us", "germany": "de"}
"""Words people use, and how regions begin there."""
UNION = (
    "eu-", "europe", "westeurope", "northeurope", "germany", "france", "sweden", "italy", "spain", "poland", "austria",
    "belgium", "denmark", "finland", "greece", "ireland", "de-", "fr-",
)  # fmt: skip
PREFIXES = {
    "eu": UNION,
    "eea": ("eu", *UNION, "norway"),
    "europe": ("eu", *UNION, "norway", "switzerland", "uk"),
    "us": ("us-", "northamerica", "eastus", "westus", "centralus", "us"),
    "de": ("eu-central-1", "europe-west3", "germany", "de-"),
}
"""How the regions of large areas are called by vendors."""
NOT_OF_THE_UNION = frozenset({"eu-west-2", "eu-central-2", "europe-west2", "europe-west6"})
"""London and Zurich, as Amazon and Google call their regions there: in Europe, in no union."""
BOUGHT = frozenset({"external", "llm", "monitoring"})
"""Kinds of which constraints.regions say nothing: their vendor decides."""


def check(data: Data, facts: Facts) -> Verdict:
    """Fails data that reach something in a region they may not lie in."""
    if not data.residency:
        return not_applicable()
    receivers = _receivers(data, facts)
    places = [(c.label, _regions(c, data, facts)) for c in receivers] + _backups(receivers)
    outside = ((label, [r for r in regions if not _is_within(r, data.residency)]) for label, regions in places)
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
    silent = tuple(
        f"components.{component.id}.regions" for component in receivers if not _regions(component, data, facts)
    )
    silent += tuple(f"components.{c.id}.backup.regions" for c in receivers if _lies_somewhere(c))
    return unknown(*silent) if silent else passed(receivers=[component.id for component in receivers])


def _regions(component: Component, data: Data, facts: Facts) -> tuple[str, ...]:
    """Where it lies: as it says, else where all of the design may; empty where that is here or there."""
    named = () if component.kind in BOUGHT else facts.design.constraints.regions
    here_or_there = len({_is_within(region, data.residency) for region in named}) > 1
    return component.regions or (() if here_or_there else named)


def _backups(holders: list[Component]) -> list[tuple[str, tuple[str, ...]]]:
    return [(f"the backups of {holder.label}", holder.backup.regions) for holder in holders if holder.backup]


def _lies_somewhere(holder: Component) -> bool:
    """Whether its backups are said to lie elsewhere, and nobody says where."""
    return holder.backup is not None and bool(holder.backup.offsite) and not holder.backup.regions


def _receivers(data: Data, facts: Facts) -> list[Component]:
    reached = {call.target for call in facts.carrying[data.id]} | {data.store}
    return [c for c in facts.design.components if c.id in reached and (c.kind in RECEIVING or c.id == data.store)]


def _is_within(region: str, allowed: tuple[str, ...]) -> bool:
    return any(_lies_in(_plain(region), _plain(area)) for area in allowed)


def _lies_in(region: str, area: str) -> bool:
    short = CONTINENTS.get(area, area)
    if short in ("eu", "eea") and region in NOT_OF_THE_UNION:
        return False
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
