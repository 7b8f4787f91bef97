"""A change that reaches every copy in the same minute takes every copy with it.

## Why it matters
Redundancy protects from hardware; what takes whole systems down is the change that is wrong everywhere: a rule set, a
configuration, a certificate, a schema. If it is everywhere after a minute, the first alarm comes when nothing is left
that works, and the way back needs the system that is down.

## What to do
Let it pass through stages that grow (one copy, 5 %, half, all), long enough at each that the signals can turn bad, and
let bad signals stop it without asking anybody: deploy.automatic_halt. The same way for configuration and data as for
code. A fast way for emergencies may exist; make it loud.

## When it is fine
What no must journey needs, and what does not tell such parts what to do: a store of rules, a builder of configuration
or an updater is judged by what it feeds. A single copy has no stages (that is REL001). A vendor's own releases, unless
the design describes how you roll out to it.
"""

from studio.edits.mend import literal, mend
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.once import once_per_design
from studio.red_flags.rollouts import fed_by, goes_everywhere, governs, is_one_step
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted
from studio.text import listed
from studio.units import grouped

STAGES = ("one copy", "10 %", "all")
NAMED = 2


def check(component: Component, facts: Facts) -> Verdict:
    """Fails what a must journey needs, or is told what to do by, when a change reaches all of it at once or nothing
    stops a bad one."""
    if component.kind == "client":
        return not_applicable()
    deploy = component.deploy
    is_judged_itself = facts.is_of_tier_one(component) and _copies(component) > 1
    pushes = goes_everywhere(deploy) and not is_judged_itself and governs(component, facts)
    fed = fed_by(component, facts) if pushes else ()
    if fed:
        return _pushed(component, fed, halts=bool(deploy and deploy.automatic_halt))
    return _of_its_own(component, facts)


def _of_its_own(component: Component, facts: Facts) -> Verdict:
    """Judges the releases of the component itself."""
    deploy = component.deploy
    several = _copies(component) > 1
    if not facts.is_of_tier_one(component) or not (several or deploy):
        return not_applicable()
    if deploy is None and facts.is_managed(component):
        return not_applicable()
    if deploy is None and component.id == _first_by_the_plan(facts):
        return _everywhere(component, halts=False)
    stages, at_once = deploy.stages if deploy else (), goes_everywhere(deploy)
    halts = deploy.automatic_halt if deploy else None
    if at_once and not several:
        return not_applicable()
    if at_once:
        return _everywhere(component, halts=bool(halts))
    if not stages:
        return unknown(f"components.{component.id}.deploy.stages")
    if halts is None:
        return unknown(f"components.{component.id}.deploy.automatic_halt")
    if halts:
        return passed(stages=list(stages))
    return failed(
        f"a bad change of {component.label} goes from {stages[0]} to {stages[-1]} unless a person stops it in time",
        evidence={"stages": list(stages), "automatic_halt": False},
        fix=(f"deploy.automatic_halt = true on components.{component.id}: errors or latency of the new part stop it",),
        mends=(mend(f"components.{component.id}.deploy", automatic_halt=True),),
        field="deploy",
    )


def _everywhere(component: Component, *, halts: bool) -> Verdict:
    return _at_once(component, f"all of its {grouped(_copies(component))} copies", halts=halts)


def _copies(component: Component) -> int:
    return max(component.copies, most_instances(component))


@once_per_design
def _first_by_the_plan(facts: Facts) -> str | None:
    """The first component of which nothing is said but that the plan for all brings changes everywhere in one step."""
    if not is_one_step(facts.design.operations.rollout or ""):
        return None
    found = (c for c in facts.design.components if facts.is_of_tier_one(c) and c.kind != "client" and c.deploy is None)
    return next((c.id for c in found if _copies(c) > 1 and not facts.is_managed(c)), None)


def _pushed(component: Component, fed: tuple[Component, ...], *, halts: bool) -> Verdict:
    names = [part.label for part in fed[:NAMED]]
    others = [counted(len(fed) - NAMED, "other")] if len(fed) > NAMED else []
    return _at_once(component, f"every copy of {listed([*names, *others])}", halts=halts)


def _at_once(component: Component, reached: str, *, halts: bool) -> Verdict:
    return failed(
        f"a change of {component.label} reaches {reached} at once{'' if halts else ', and nothing stops it by itself'}",
        evidence={"stages": list(component.deploy.stages) if component.deploy else [], "automatic_halt": halts},
        fix=(
            f"deploy.stages = {literal(STAGES)} on components.{component.id}, with time between them",
            *(() if halts else ("and deploy.automatic_halt = true: bad signals stop it between stages",)),
        ),
        mends=(mend(f"components.{component.id}.deploy", stages=STAGES, automatic_halt=True),),
        severity=None if halts else Severity.ERROR,
        field="deploy",
    )


RULE = Rule(
    id="OUT003",
    title="Change everywhere at once",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("canary", "rolling-update", "blue-green", "feature-flags"),
    sources=(
        "Cloudflare, Details of the Cloudflare outage on July 2, 2019 (2019)",
        "CrowdStrike, External Technical Root Cause Analysis: Channel File 291 (2024)",
        "AWS Well-Architected, Operational Excellence Pillar, OPS06-BP03 (2024)",
    ),
)

_EDGE = """
[components.edge]
kind = "gateway"
tier = 1
instances = 40
{deploy}
"""

FLAGGED = _EDGE.format(deploy='deploy = { stages = ["all"], automatic_halt = false }')

FINE = _EDGE.format(deploy='deploy = { stages = ["1 %", "10 %", "all"], automatic_halt = true }')

UNKNOWN = _EDGE.format(deploy='deploy = { strategy = "rolling" }')
