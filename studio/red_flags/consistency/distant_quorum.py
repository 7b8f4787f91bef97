"""A write that two regions must agree on takes at least one journey of light between them.

## Why it matters
A commit that waits for another region waits for the distance: tens of milliseconds within a continent, a tenth of a
second and more across an ocean, at every write, on the best of days. No hardware helps, and each lock is held that
much longer, so hot rows serve a handful of writes a second. A budget below the round trip cannot be met.

## What to do
Give each record a home region that decides alone, and let the others follow. Where every region must write: follow
asynchronously, with a rule for conflicts. Or give the write the time it needs, and tell the user at once that it is on
its way.

## When it is fine
Copies within one region: its zones are a millisecond apart. A budget with room for the round trip, which is guessed
from the names of the regions unless replication.round_trip says it.
"""

from studio.edits.mend import mend, together
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.model.design import Design
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.units import point


def check(subject: Journey | Design, facts: Facts) -> Verdict:
    """Fails a journey whose writes wait for another region longer than the journey may take."""
    if isinstance(subject, Design) or subject.traffic == "reads":
        return not_applicable()
    written = [store for store in _written(subject, facts) if len(store.regions) > 1]
    silent = [s for s in written if s.replication is None or s.replication.mode is None]
    agreeing = [s for s in written if s.replication and s.replication.mode in ("sync", "quorum")]
    if not agreeing:
        return unknown(*(f"components.{s.id}.replication.mode" for s in silent)) if silent else not_applicable()
    wanted = subject.p99 if subject.p99 is not None else _of_the_design(subject, facts)
    if wanted is None:
        return unknown(f"journeys.{subject.id}.p99")
    trips = {store.id: round_trip(store, facts) for store in agreeing}
    own = facts.estimates.journeys[subject.id].p50_ms or 0.0
    least, most = own + 1000 * sum(trips.values()), 1000 * point(wanted)
    evidence = {"round_trips_ms": {name: 1000 * trip for name, trip in trips.items()}, "p99_wanted_ms": most}
    if least <= most:
        return passed(**evidence)
    first = agreeing[0]
    return failed(
        f"{subject.label} waits for {' and '.join(first.regions)} to agree in {first.label}: at least "
        f"{duration(least)} of {duration(most)}",
        evidence=evidence,
        fix=(
            f"a home region for each record, and replication.mode = “async” on components.{first.id}",
            f"or a p99 above {duration(least)} for journeys.{subject.id}",
        ),
        mends=(together(*(mend(f"components.{s.id}.replication", mode="async") for s in agreeing)),),
        field="p99",
    )


def _of_the_design(journey: Journey, facts: Facts) -> float | None:
    wanted = facts.design.requirements.performance.p99
    return None if wanted is None or not facts.is_must(journey) else point(wanted)


def _written(journey: Journey, facts: Facts) -> list[Component]:
    """The stores the journey writes to and waits for."""
    steps = (facts.design.connection[step] for step in dict.fromkeys(journey.steps))
    waited = (step for step in steps if step.is_hard and step.mutating is not False and step.traffic != "reads")
    found = dict.fromkeys(step.target for step in waited if facts.design.component[step.target].kind in DATA_HOLDERS)
    return [facts.design.component[name] for name in found]


def round_trip(store: Component, facts: Facts) -> float:
    """Seconds that two of its regions need at least to agree: as said, else from their names: `eu-…` and `us-…` lie on
    two continents, everything else may be neighbours."""
    if store.replication is not None and store.replication.round_trip is not None:
        return point(store.replication.round_trip)
    continents = {region.strip().casefold().replace("_", "-").partition("-")[0] for region in store.regions}
    named = continents <= {"eu", "us", "ap", "sa", "af"} and len(continents) == len(set(store.regions))
    limits = facts.thresholds_for(store)
    return limits.continent_round_trip if named else limits.region_round_trip


RULE = Rule(
    id="CON003",
    title="Agreement across regions takes longer than allowed",
    severity=Severity.ERROR,
    scope="flows",
    check=check,
    patterns=("read-replicas", "global-load-balancing", "async-processing"),
    sources=(
        "Daniel J. Abadi, Consistency Tradeoffs in Modern Distributed Database System Design, IEEE Computer (2012)",
        "Peter Bailis and others, Highly Available Transactions: Virtues and Limitations, table 1 (2013)",
    ),
)

_ORDER = """
[components.shop]
kind = "service"
[components.db]
kind = "database"
regions = ["eu-west-1", "us-east-1"]
{replication}
[connections.shop-db]
from = "shop"
to = "db"
mutating = true
[journeys.order]
steps = ["shop-db"]
p99 = "{p99}"
"""

FLAGGED = _ORDER.format(replication='replication = { mode = "quorum" }', p99="50 ms")

FINE = _ORDER.format(replication='replication = { mode = "quorum" }', p99="300 ms")

UNKNOWN = _ORDER.format(replication="", p99="50 ms")
