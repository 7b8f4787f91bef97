"""A what-if that was kept as a test, and that the design no longer passes.

## Why it matters
«What if the cache is gone?» is asked once, answered for the design of that day, and forgotten. Kept as a scenario it is
asked again at every change, and the change that breaks the answer is the one under review.

## What to do
Read which expectation fails and by how much. Then change what the scenario strains: the copies that must carry more
when something is gone, the call that has no fallback. Or change the expectation, if it was too much to ask: it is a
requirement, so by decision.

## When it is fine
When every comparison holds at the scenario's load with its components gone. A figure that cannot be worked out makes
the answer unknown; one that has no value, because what it measures is down or overloaded, does not hold.
"""

from typing import TYPE_CHECKING, NamedTuple

from studio.edits.mend import Mend
from studio.estimates.conditions import conditions_of
from studio.estimates.engine import Estimates
from studio.estimates.what_breaks.remedies import Remedy, more_available, more_speed
from studio.model.behaviour import Scenario
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, passed, unknown
from studio.text import listed, one_line
from studio.units import grouped, point

if TYPE_CHECKING:
    from studio.comparisons import Comparison, Single, Term


class Answer(NamedTuple):
    """What became of one expectation; nothing at all when it holds."""

    words: str = ""
    """Why it does not hold."""
    missing: tuple[str, ...] = ()
    """Fields that would tell, where nobody knows."""
    fix: tuple[str, ...] = ()
    mends: tuple[Mend, ...] = ()


def check(scenario: Scenario, facts: Facts) -> Verdict:
    """Works the design out again at the scenario's load without what is down, and checks what is expected."""
    if not scenario.expect:
        return unknown(f"scenarios.{scenario.id}.expect")
    strained = _strained(scenario, facts)
    answers = [_answer(text, strained) for text in scenario.expect]
    broken = [answer for answer in answers if answer.words]
    if broken:
        fixes = (*(fix for answer in broken for fix in answer.fix), *_relief(strained))
        return failed(
            f"{_conditions(scenario, facts)}, {'; '.join(answer.words for answer in broken)}",
            evidence={"load": strained.estimates.load, "down": list(scenario.down), "broken": len(broken)},
            fix=(*dict.fromkeys(fixes), f"change what scenarios.{scenario.id} expects, by decision"),
            mends=broken[0].mends if len(broken) == 1 else (),
            field="expect",
        )
    silent = dict.fromkeys(field for answer in answers for field in answer.missing)
    return unknown(*silent) if silent else passed(expect=list(scenario.expect))


def _strained(scenario: Scenario, facts: Facts) -> Facts:
    """What is known of the design in the scenario."""
    from studio.estimates.engine import estimate

    technologies = facts.estimates.working.basis.technologies
    figures = estimate(facts.design, conditions_of(scenario), technologies=technologies)
    return Facts(facts.design, figures, today=facts.today, settings=facts.settings, technologies=facts.technologies)


def _conditions(scenario: Scenario, facts: Facts) -> str:
    gone = [facts.design.component[id_].label for id_ in scenario.down]
    load = None if scenario.load is None or point(scenario.load) == 1 else f"at {grouped(point(scenario.load))}× peak"
    cold = [facts.design.component[id_].label for id_ in scenario.cold]
    words = [
        *([f"without {listed(gone)}"] if gone else []),
        *([f"with {listed(cold)} empty"] if cold else []),
        *(["with one zone lost"] if scenario.zone_lost else []),
        *([load] if load else []),
    ]
    return " ".join(words) or "at today's peak"


def _answer(text: str, facts: Facts) -> Answer:
    from studio.comparisons import ComparisonError, parse
    from studio.estimates.figures import UnknownFigure, figure, full_path

    try:
        comparison = parse(text)
        holds = comparison.holds(lambda name: figure(facts.estimates, name))
    except (ComparisonError, UnknownFigure) as error:
        return Answer(str(error), fix=("an expectation such as availability >= 99.9% or p99_ms <= 400",))
    if holds:
        return Answer()
    nameless = [name for name in comparison.names if figure(facts.estimates, name) is None]
    silent = tuple(field for name in nameless for field in missing.of_figure(full_path(name), facts))
    if holds is None and silent:
        return Answer(missing=silent)
    remedies = [[_remedy(single, facts) for single in alternative] for alternative in comparison.alternatives]
    return Answer(
        f"{one_line(text)} does not hold: {_given(comparison, facts)}",
        fix=tuple(remedy.words for parts in remedies for remedy in parts if remedy),
        mends=tuple(mend for parts in remedies if len(parts) == 1 and parts[0] for mend in parts[0].mends),
    )


def _given(comparison: "Comparison", facts: Facts) -> str:
    """What the figures are, or why they have no value."""
    return listed(_one(name, facts.estimates) for name in comparison.names)


def _one(name: str, estimates: Estimates) -> str:
    from studio.estimates.figures import figure, full_path
    from studio.estimates.wording import worded

    value = figure(estimates, name)
    reason = estimates.unknown.get(full_path(name))
    return f"{name} has no value ({reason})" if value is None and reason else f"{name} is {worded(name, value)}"


def _remedy(single: "Single", facts: Facts) -> Remedy | None:
    """What would make one comparison about a journey hold, in instances."""
    journey, name = _journey(single.left, facts)
    if journey is None or not isinstance(single.right, float) or single.left.factor != 1.0:
        return None
    working = facts.estimates.working
    if name == "availability" and single.operator in (">", ">="):
        return more_available(working, journey, single.right)
    if name in ("p50_ms", "p99_ms") and single.operator in ("<", "<="):
        return more_speed(working, journey, name, single.right / 1000)
    return None


def _journey(term: "Term", facts: Facts) -> tuple[str | None, str]:
    """The journey a figure is about and its plain name; the worst must journey for the design's own figures."""
    section, _, rest = term.name.partition(".")
    if section == "journeys":
        journey, _, name = rest.partition(".")
        return journey, name
    figures = {journey.id: facts.estimates.journeys[journey.id] for journey in facts.must_journeys}
    if term.name == "availability":
        known = {id_: f.availability for id_, f in figures.items() if f.availability is not None}
        return min(known, key=lambda id_: known[id_], default=None), term.name
    if term.name in ("p50_ms", "p99_ms"):
        times = {id_: f.p99_ms if f.p99_ms is not None else float("inf") for id_, f in figures.items()}
        return max(times, key=lambda id_: times[id_], default=None), term.name
    return None, term.name


def _relief(facts: Facts) -> tuple[str, ...]:
    """What is overloaded in the scenario, with the instances it would need."""
    found = ((c, facts.estimates.components[c.id]) for c in facts.design.components)
    return tuple(
        f"{c.label} is overloaded: {figures.instances_needed} instances at least instead of {figures.instances}"
        for c, figures in found
        if figures.utilisation is not None and figures.utilisation >= 1
    )


RULE = Rule(
    id="SCN001",
    title="Scenario not met",
    severity=Severity.ERROR,
    scope="scenarios",
    check=check,
    patterns=("redundancy-across-zones", "graceful-degradation", "load-shedding"),
    sources=(
        "Len Bass, Paul Clements and Rick Kazman, Software Architecture in Practice, 4th edition, chapter 3 (2021)",
        "Ali Basiri and others, Chaos Engineering, IEEE Software (2016)",
    ),
)

_CACHE_LOSS = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 4
capacity_rps = 200
[components.cache]
kind = "cache"
hit_ratio = 0.9
[components.db]
kind = "database"
{capacity}
[connections.web-api]
from = "web"
to = "api"
[connections.api-cache]
from = "api"
to = "cache"
hard = false
[connections.api-db]
from = "api"
to = "db"
on_miss_of = "cache"
[scenarios.cache-loss]
down = ["cache"]
expect = ["components.db.utilisation < 0.9"]
"""

FLAGGED = _CACHE_LOSS.format(capacity="capacity_rps = 100")

FINE = _CACHE_LOSS.format(capacity="capacity_rps = 400")

UNKNOWN = _CACHE_LOSS.format(capacity="")
