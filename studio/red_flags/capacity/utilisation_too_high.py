"""A component busy most of the time makes everybody wait, and one that is asked for more than it has never catches up.

## Why it matters
Waiting grows with 1 ÷ (1 − utilisation). With four workers at 70 % a request waits a third of its service time, at
90 % two service times, at 95 % four and a half. At 100 % there is no steady state: the queue grows for as long as the
peak lasts. The last tenth of the capacity is the dearest thing one can use.

## What to do
Stay below 70 % at peak: more instances, a cache before it, fewer calls for each request, a queue for what nobody waits
for. Shed what is left over.

## When it is fine
Work nobody waits for may run hotter: accept it with a reason. Autoscaling counts with the instances it may reach,
provided it has a maximum. A managed service without a stated capacity is its vendor's to size.
"""

from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import Peak, at_peak, enough_for, has_size, raised
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, percent, rate


def check(component: Component, facts: Facts) -> Verdict:
    """Warns above 70 % of the capacity at peak; an error from 100 % on."""
    if not has_size(component, facts) or facts.estimates.components[component.id].peak_rps == 0:
        return not_applicable()
    peak = at_peak(component, facts)
    if peak is None:
        return unknown(*missing.of_utilisation(component, facts))
    evidence = {"utilisation": peak.utilisation, "peak_rps": peak.load, "instances": peak.instances}
    if peak.utilisation <= facts.thresholds_for(component).utilisation_warning:
        return passed(**evidence)
    return failed(
        _message(component, peak),
        evidence=evidence,
        fix=_fixes(component, peak, facts),
        mends=raised(component, peak, facts.thresholds_for(component).utilisation_warning, facts),
        severity=Severity.ERROR if peak.utilisation >= 1 else None,
        field="autoscale" if component.autoscale else "instances" if component.instances else "capacity_rps",
    )


def _message(component: Component, peak: Peak) -> str:
    running = counted(peak.instances, "instance")
    if peak.utilisation >= 1:
        return (
            f"{component.label} is asked for {rate(peak.load)} at peak and serves {rate(peak.capacity)} with "
            f"{running}: {percent(peak.utilisation)}, its queue grows without end"
        )
    return f"{component.label} runs at {percent(peak.utilisation)} of its capacity at peak, with {running}"


def _fixes(component: Component, peak: Peak, facts: Facts) -> tuple[str, ...]:
    limit = facts.thresholds_for(component).utilisation_warning
    below = peak.load * limit / peak.utilisation
    return (
        enough_for(component, peak, limit, facts),
        f"or less load: at most {rate(below)}, by a cache, fewer calls for each request, or a queue",
    )


RULE = Rule(
    id="CAP001",
    title="Utilisation too high at peak",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("horizontal-scaling", "cache-aside", "async-processing", "load-shedding"),
    sources=(
        "Edward D. Lazowska and others, Quantitative System Performance, chapter 3 (1984)",
        "Agner Krarup Erlang, Solution of some problems in the theory of probabilities (1917)",
        "AWS Well-Architected, Reliability Pillar, REL07-BP01 (2024)",
    ),
)

_SERVICE = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 300
peak_factor = 3
[components.web]
kind = "client"
[components.api]
kind = "service"
{said}
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _SERVICE.format(said="instances = 4\ncapacity_rps = 250")

FINE = _SERVICE.format(said="instances = 6\ncapacity_rps = 250")

UNKNOWN = _SERVICE.format(said="instances = 4")
