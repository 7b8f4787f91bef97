"""After an outage everybody comes back in the same second, and that second is the second outage.

## Why it matters
Users reload, apps reconnect, retries that were held back go out, and caches are cold: the first minute after an outage
asks for a multiple of the peak. A system sized for the peak falls over again, clears, falls over again. That is how a
cause of five minutes becomes an outage of five hours; and the usual cure, blocking most users by hand, is invented
while it burns.

## What to do
Admit what can be served and refuse the rest cheaply, at the front: recovery_admission = "limited". Let clients wait at
random before they come back (a few seconds per thousand of them), and tell them how long. Have the switch that lets in
ten percent, and try it.

## When it is fine
When load is shed at the entrance anyway (load-shedding, backpressure applied to it). Behind the entrance the question
need not be answered again. A vendor's entrance admits what the vendor decides. Where something behind the entrance is
said to let everybody in, and nothing before it holds them back, it is told there.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.kinds import ENTRANCES
from studio.red_flags.facts import Facts
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

SHEDDING = ("load-shedding", "backpressure")
PASSING_ON = frozenset({"cdn", "load-balancer"})


def check(component: Component, facts: Facts) -> Verdict:
    """Fails an entrance of a must journey that lets everybody back in at once after an outage, and what lies behind
    when that is said of it and nothing before it holds them back."""
    waited_for = component.id in facts.hard_path or any(is_hard(c) for c in facts.design.callers_of[component.id])
    if not waited_for or component.kind == "cache":
        return not_applicable()
    if component.id not in facts.hard_path or component.kind not in ENTRANCES or component.id not in facts.entrance_ids:
        return _behind(component, facts)
    gates = (component, *_right_behind(component, facts))
    if any(gate.recovery_admission == "limited" or facts.has_pattern(*SHEDDING, on=gate.id) for gate in gates):
        return passed()
    own = [gate for gate in gates if not facts.is_managed(gate)]
    callers = [facts.design.component[call.source] for call in facts.design.callers_of[component.id]]
    if not any(part.recovery_admission == "none" for part in (*gates, *callers)):
        return unknown(*(f"components.{gate.id}.recovery_admission" for gate in own)) if own else not_applicable()
    return _all_at_once(component, own[0] if own else component, facts)


def _behind(component: Component, facts: Facts) -> Verdict:
    """Judges what no client calls: by what is said of it, when no gate or flagged entrance stands before it."""
    if component.recovery_admission != "none":
        return not_applicable()
    before = _before(component, facts)
    if any(c.recovery_admission == "limited" or facts.has_pattern(*SHEDDING, on=c.id) for c in (component, *before)):
        return passed()
    told = any(c.recovery_admission == "none" and c.id in facts.entrance_ids for c in before)
    return not_applicable() if told else _all_at_once(component, component, facts)


def _before(component: Component, facts: Facts) -> tuple[Component, ...]:
    """All that leads to a component, by calls that are waited for."""
    seen, waiting = {component.id}, [component.id]
    while waiting:
        for call in facts.design.callers_of[waiting.pop()]:
            if call.is_synchronous and call.source not in seen:
                seen.add(call.source)
                waiting.append(call.source)
    return tuple(c for c in facts.design.components if c.id in seen and c is not component)


def _all_at_once(component: Component, gate: Component, facts: Facts) -> Verdict:
    stores = _warm(facts)
    cold = f", while {listed(stores)} {'is' if len(stores) == 1 else 'are'} still empty" if stores else ""
    return failed(
        f"after an outage {component.label} lets all clients back in at once{cold}",
        evidence={"recovery_admission": "none", "cold": stores},
        fix=(
            f'recovery_admission = "limited" on components.{gate.id}: a share of the clients, more as it warms up',
            f"or load shed by importance at {gate.label}: pattern load-shedding",
        ),
        mends=(mend(f"components.{gate.id}", recovery_admission="limited"),),
        field="recovery_admission",
    )


def _right_behind(component: Component, facts: Facts) -> tuple[Component, ...]:
    """What an entrance that only passes requests on passes them to."""
    if component.kind not in PASSING_ON:
        return ()
    called = (facts.design.component[c.target] for c in facts.design.calls_of[component.id] if c.is_synchronous)
    return tuple(c for c in called if c.kind in ENTRANCES and c.id != component.id)


def _warm(facts: Facts) -> list[str]:
    """The caches that hold back load as long as they are full."""
    caches = (c for c in facts.design.components if c.kind == "cache")
    return [cache.label for cache in caches if facts.numbers(cache).hit_ratio]


RULE = Rule(
    id="OUT005",
    title="Everybody returns at once",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("load-shedding", "backpressure", "rate-limiting-token-bucket"),
    sources=(
        "Nathan Bronson and others, Metastable Failures in Distributed Systems, HotOS (2021)",
        "Google, Site Reliability Engineering, chapter 22, Addressing Cascading Failures (2016)",
    ),
)

_SHOP = """
[components.app]
kind = "client"
[components.api]
kind = "service"
{said}
[connections.app-api]
from = "app"
to = "api"
"""

FLAGGED = _SHOP.format(said='recovery_admission = "none"')

FINE = _SHOP.format(said='recovery_admission = "limited"')

UNKNOWN = _SHOP.format(said="")
