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
What no must journey needs. A single copy has no stages (that is REL001). A vendor's own releases, unless the design
describes how you roll out to it.
"""

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown

AT_ONCE = ("in-place", "in place", "all at once", "all-at-once", "big bang", "big-bang", "recreate", "global push")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails what a must journey needs when a change reaches all of it at once, or nothing stops a bad one."""
    deploy = component.deploy
    several = max(component.copies, most_instances(component)) > 1
    if not facts.is_of_tier_one(component) or component.kind == "client" or not (several or deploy):
        return not_applicable()
    if deploy is None and facts.is_managed(component):
        return not_applicable()
    stages, strategy = (deploy.stages, (deploy.strategy or "").casefold()) if deploy else ((), "")
    at_once = len(stages) == 1 or (not stages and any(word in strategy for word in AT_ONCE))
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
        field="deploy",
    )


def _everywhere(component: Component, *, halts: bool) -> Verdict:
    return failed(
        f"a change of {component.label} reaches all of its {max(component.copies, most_instances(component))} copies "
        f"at once{'' if halts else ', and nothing stops it by itself'}",
        evidence={"stages": list(component.deploy.stages) if component.deploy else [], "automatic_halt": halts},
        fix=(
            f'deploy.stages = ["one copy", "10 %", "all"] on components.{component.id}, with time between them',
            *(() if halts else ("and deploy.automatic_halt = true: bad signals stop it between stages",)),
        ),
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
