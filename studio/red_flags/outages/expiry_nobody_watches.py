"""What has an end date ends on that date, on a Sunday, for everybody at once.

## Why it matters
Certificates, tokens, signing keys, licences, domains: one day after the last good one every copy in every zone fails in
the same second, and so does the tool that would replace it when it uses the same certificate. No load test, no replica
and no canary finds it. It is the one outage whose minute is known years before.

## What to do
Renew by machine, long before the end, and watch the thing itself from outside: an alert weeks before, on the date that
is really served, not on the job that should have renewed it. Then write watched = true.

## When it is fine
When somebody is told before. Within the last 30 days even that is not enough unless it is watched.
"""

from studio.model.component import Component, Expiry
from studio.model.kinds import ENTRANCES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted


def check(component: Component, facts: Facts) -> Verdict:
    """Fails what has expired, and what expires without an alert before."""
    if not component.expires:
        return unknown(f"components.{component.id}.expires") if _ends_encryption(component, facts) else not_applicable()
    gone = [thing for thing in component.expires if thing.on is not None and thing.on < facts.today]
    unwatched = [thing for thing in component.expires if thing.watched is False]
    if gone:
        return _failed(component, min(gone, key=_day), facts)
    if unwatched:
        return _failed(component, min(unwatched, key=_day), facts)
    silent = [
        f"components.{component.id}.expires.{thing.id}.{name}"
        for thing in component.expires
        for name in ("on", "watched")
        if getattr(thing, name) is None
    ]
    return unknown(*silent) if silent else passed(first=min(map(_day, component.expires)))


def _day(thing: Expiry) -> str:
    return thing.on.isoformat() if thing.on else "9999"


def _ends_encryption(component: Component, facts: Facts) -> bool:
    """Whether clients reach it encrypted, so that there is a certificate of the team's own."""
    calls = facts.design.callers_of[component.id] if component.kind in ENTRANCES else ()
    encrypted = any(call.encrypted and facts.design.component[call.source].kind == "client" for call in calls)
    return encrypted and not facts.is_managed(component)


def _failed(component: Component, thing: Expiry, facts: Facts) -> Verdict:
    days = None if thing.on is None else (thing.on - facts.today).days
    when = "expires" if days is None or thing.on is None else _when(days, thing.on.isoformat())
    soon = days is not None and days <= facts.thresholds.expires_soon_days
    told = "" if thing.watched else ", and nobody is told before"
    return failed(
        f"{thing.id} of {component.label} {when}{told if days is None or days >= 0 else ''}",
        evidence={"on": thing.on.isoformat() if thing.on else None, "days": days, "watched": thing.watched},
        fix=(
            f"renew {thing.id}, and the new date in expires.{thing.id}.on"
            if days is not None and days < 0
            else f"an alert weeks before; then watched = true in expires.{thing.id} on components.{component.id}",
        ),
        severity=Severity.ERROR if soon else None,
        field="expires",
    )


def _when(days: int, on: str) -> str:
    return (
        f"expired {counted(-days, 'day')} ago, on {on}" if days < 0 else f"expires in {counted(days, 'day')}, on {on}"
    )


RULE = Rule(
    id="OUT008",
    title="An expiry nobody watches",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("synthetic-probes", "secrets-vault"),
    sources=(
        "Microsoft, Summary of Windows Azure Service Disruption on Feb 29th, 2012 (2012)",
        "Mozilla, Add-ons outage post-mortem result (2019)",
        "Ericsson, Update on software issue impacting certain customers (2018)",
    ),
)

_EDGE = """
[components.edge]
kind = "gateway"
{said}
"""

FLAGGED = _EDGE.format(said="expires.certificate = { on = 2027-03-31, watched = false }")

FINE = _EDGE.format(said="expires.certificate = { on = 2027-03-31, watched = true }")

UNKNOWN = _EDGE.format(said="expires.certificate = { on = 2027-03-31 }")
