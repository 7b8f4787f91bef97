"""What has an end date ends on that date, on a Sunday, for everybody at once.

## Why it matters
Certificates, tokens, signing keys, licences, domains: one day after the last good one every copy in every zone fails in
the same second, and so does the tool that would replace it when it uses the same certificate. No load test, no replica
and no canary finds it. It is the one outage whose minute is known years before.

## What to do
Renew by machine, long before the end, and watch the thing itself from outside: an alert weeks before, on the date that
is really served, not on the job that should have renewed it. Then write watched = true.

## When it is fine
When somebody is told before. Within the last 30 days silence about that counts as no. What renews itself (renewed_by)
needs no date, and no error when the date is near; it still needs somebody who is told when the renewal fails.
"""

from studio.edits.mend import Mend, mend, together
from studio.model.component import Component, Expiry
from studio.model.kinds import ENTRANCES
from studio.red_flags.credentials import is_encrypted
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted


def check(component: Component, facts: Facts) -> Verdict:
    """Fails what has expired, and what expires without an alert before."""
    if not component.expires:
        return unknown(f"components.{component.id}.expires") if _ends_encryption(component, facts) else not_applicable()
    gone = [thing for thing in component.expires if thing.on is not None and thing.on < facts.today]
    unwatched = [thing for thing in component.expires if thing.watched is False or _is_near(thing, facts)]
    if gone:
        return _failed(component, min(gone, key=_day), facts)
    if unwatched:
        return _failed(component, min(unwatched, key=_day), facts)
    silent = [
        f"components.{component.id}.expires.{thing.id}.{name}"
        for thing in component.expires
        for name in ("on", "watched")
        if getattr(thing, name) is None and not (name == "on" and thing.renewed_by)
    ]
    return unknown(*silent) if silent else passed(first=min(map(_day, component.expires)))


def _is_near(thing: Expiry, facts: Facts) -> bool:
    """Whether it ends within the days in which nobody may be unaware of it, and nobody says that somebody is told."""
    near = thing.on is not None and (thing.on - facts.today).days <= facts.thresholds.expires_soon_days
    return near and thing.watched is None and not thing.renewed_by


def _day(thing: Expiry) -> str:
    return thing.on.isoformat() if thing.on else "9999"


def _ends_encryption(component: Component, facts: Facts) -> bool:
    """Whether clients reach it encrypted, so that there is a certificate of the team's own."""
    calls = facts.design.callers_of[component.id] if component.kind in ENTRANCES else ()
    encrypted = any(is_encrypted(call) and facts.design.component[call.source].kind == "client" for call in calls)
    return encrypted and not facts.is_managed(component)


def _failed(component: Component, thing: Expiry, facts: Facts) -> Verdict:
    days = None if thing.on is None else (thing.on - facts.today).days
    when = "expires" if days is None or thing.on is None else _when(days, thing.on.isoformat())
    sure = thing.watched is False or (days is not None and days < 0)
    soon = days is not None and days <= facts.thresholds_for(component).expires_soon_days
    known = "nobody is told before" if thing.watched is False else "nobody says that somebody is told before"
    told = "" if thing.watched else f", and {known}"
    told += f" when {thing.renewed_by} does not renew it" if told and thing.renewed_by else ""
    return failed(
        f"{thing.id} of {component.label} {when}{told if days is None or days >= 0 else ''}",
        evidence={"on": thing.on.isoformat() if thing.on else None, "days": days, "watched": thing.watched},
        fix=(
            f"renew {thing.id}, and the new date in expires.{thing.id}.on"
            if days is not None and days < 0
            else f"an alert weeks before; then watched = true in expires.{thing.id} on components.{component.id}",
        ),
        mends=() if days is not None and days < 0 else (_watched(component),),
        severity=Severity.ERROR if soon and sure and not _renews(thing, days) else None,
        field="expires",
    )


def _watched(component: Component) -> Mend:
    place = f"components.{component.id}.expires"
    return together(*(mend(f"{place}.{thing.id}", watched=True) for thing in component.expires if not thing.watched))


def _renews(thing: Expiry, days: int | None) -> bool:
    """Whether something is said to renew it and is not late yet: most renewals come in the last 30 days."""
    return bool(thing.renewed_by) and days is not None and days >= 0


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
