"""What no journey runs over and no requirement names has to say what it is for.

## Why it matters
Every box is something to patch, to pay, to secure and to be woken by. The one nobody uses any more is the one nobody
watches, and it still has credentials. And in a design that is not built yet, such a box is often where a journey was
forgotten.

## What to do
Add the journey that runs over it, or name it in realised_by of the requirement it serves, or write the decision that
keeps it. Otherwise take it out.

## When it is fine
Monitoring, identity and secrets serve everything. Work that starts by itself (a scheduler, a nightly batch, whatever
generates load) needs no user, nor does what it calls, nor what goes on behind a queue after a journey has ended.
As long as a requirement has no journey yet, nobody can tell which boxes it will need.
"""

from collections.abc import Iterable

from studio.model.component import Component
from studio.model.kinds import MESSAGING
from studio.model.values import ComponentId
from studio.red_flags.deliveries import takes_out
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown

SERVES_ALL = frozenset({"monitoring", "identity", "secrets"})
BY_ITSELF = frozenset({"scheduler", "batch"})


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component that no journey reaches, no requirement or decision names, and no work of its own explains."""
    if component.kind in SERVES_ALL:
        return not_applicable()
    if component.id in _needed(facts) or facts.decisions_about(component.id):
        return passed()
    if not any(journey.steps for journey in facts.design.journeys):
        silent = tuple(f"journeys.{journey.id}.steps" for journey in facts.design.journeys)
        return unknown(*(silent or ("journeys",)))
    waiting = [r.id for r in facts.design.requirements.functional if r.priority != "wont" and not r.realised_by]
    if waiting:
        return unknown(*(f"requirements.functional.{id_}.realised_by" for id_ in waiting))
    return failed(
        f"no journey runs over {component.label}, and no requirement names it",
        evidence={"journeys": 0},
        fix=(
            f"the journey that needs {component.label}, or its id in realised_by of the requirement it serves",
            f"or a decision about {component.id} that says why it stays",
            "or take it out",
        ),
    )


@once_per_design
def _needed(facts: Facts) -> frozenset[str]:
    design = facts.design
    steps = [design.connection[step] for journey in design.journeys for step in journey.steps]
    used: set[str] = {end for call in steps for end in (call.source, call.target)}
    used |= {call.on_miss_of for call in steps if call.on_miss_of}
    named = {id_ for requirement in design.requirements.functional for id_ in requirement.realised_by}
    named |= set(design.operations.runs_on)
    own_work = {c.id for c in design.components if c.kind in BY_ITSELF or c.generates_rps is not None}
    return _with_what_follows(facts, used, (named & set(design.component)) | own_work)


def _with_what_follows(facts: Facts, used: set[str], freely: Iterable[str]) -> frozenset[str]:
    """What journeys use, what they hand work over to, and all that such work, or work of its own, calls.

    A call somebody waits for, from a component on a journey, belongs on the journey: it is not followed.
    """
    found = used | set(freely)
    waiting = sorted(found)
    while waiting:
        name = waiting.pop()
        component = facts.design.component.get(name)
        follows = list(component.needs_to_start) if component else []
        calls = facts.design.calls_of.get(name, ())
        follows += (c.target for c in calls if not c.is_synchronous or name not in used)
        follows += _readers(component, facts) if component and component.kind in MESSAGING else []
        for target in follows:
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def _readers(queue: Component, facts: Facts) -> list[ComponentId]:
    """What takes messages out of a queue over an arrow drawn towards it."""
    return [call.source for call in facts.design.callers_of[queue.id] if takes_out(call, facts)]


RULE = Rule(
    id="REQ004",
    title="Element nobody needs",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    sources=("Threagile, risk rules unnecessary-technical-asset and unnecessary-communication-link (2020)",),
)

_SHOP = """
[components.web]
kind = "client"
[components.shop]
kind = "service"
[components.legacy]
kind = "service"
[connections.web-shop]
from = "web"
to = "shop"
[connections.legacy-shop]
from = "legacy"
to = "shop"
{journeys}
"""

FLAGGED = _SHOP.format(journeys='[journeys.buy]\nsteps = ["web-shop"]')

FINE = _SHOP.format(
    journeys="""
[requirements.functional.partners]
realised_by = ["legacy"]
[journeys.buy]
steps = ["web-shop"]
"""
)

UNKNOWN = _SHOP.format(journeys="")
