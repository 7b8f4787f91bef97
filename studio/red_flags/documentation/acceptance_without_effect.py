"""An acceptance holds for one flag, one place and a time; after that it is only a text that looks like care.

## Why it matters
«We accept this until June» is a decision. In July it is the same words with nobody behind them, and the flag is open
again without anybody having said so. One that names a flag which is not raised covers nothing, and will cover
something else on the day it comes back, for a reason that was never meant for it.

## What to do
When the day comes, look again: mend it, or accept it anew with a new day and a reason that is true now. Take out what
no longer matches anything.

## When it is fine
Never for an error; this flag itself cannot be accepted. An acceptance of a flag that cannot be judged yet, because a
field is missing, waits.
"""

from studio.model.records import Acceptance
from studio.red_flags.acceptances import covers, is_expired
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Outcome, Rule, Severity, Verdict, failed, passed, unknown
from studio.text import nearest, one_line


def check(accepted: Acceptance, facts: Facts) -> Verdict:
    """Fails an acceptance that has expired, names no flag, or covers nothing."""
    place, known = f"accepted.{accepted.id}", {rule.id: rule for rule in facts.settings.rules()}
    rule = known.get(accepted.flag)
    if rule is None or not rule.may_be_accepted:
        return _names_nothing(accepted, rule, nearest(accepted.flag.upper(), known))
    if is_expired(accepted, facts.today):
        days = (facts.today - accepted.until).days
        return failed(
            f"the acceptance of {rule.id} by {one_line(accepted.by)} ended on {accepted.until.isoformat()}",
            evidence={"until": accepted.until.isoformat(), "days": days},
            fix=("look again: mend the flag, or accept it with a new day and a reason that is true now",),
            field="until",
        )
    subjects = [subject for subject in facts.subjects(rule.scope) if covers(accepted, rule, subject.address)]
    verdicts = [rule.check(subject.part, facts) for subject in subjects]
    if any(verdict.outcome is Outcome.FAILED for verdict in verdicts):
        return passed(covers=[".".join(subject.address) for subject in subjects])
    silent = tuple(field for verdict in verdicts for field in verdict.missing)
    if silent:
        return unknown(*silent)
    where = f"on “{one_line(accepted.on)}”" if accepted.on else "on the whole design"
    return failed(
        f"{rule.id} is not raised {where}: this acceptance covers nothing",
        evidence={"flag": rule.id, "on": accepted.on},
        fix=(f"take {place} out", f"or {place}.on: the id of what the flag is raised on"),
        field="on",
    )


def _names_nothing(accepted: Acceptance, rule: Rule | None, near: str | None) -> Verdict:
    word = one_line(accepted.flag)
    what = "cannot be accepted" if rule else "is no red flag"
    advice = f"accepted.{accepted.id}.flag = “{near}”, or take it out" if near and not rule else "take it out"
    return failed(f"{word} {what}", evidence={"flag": accepted.flag}, fix=(advice,), field="flag")


RULE = Rule(
    id="DOC008",
    title="Acceptance without effect",
    severity=Severity.ERROR,
    scope="accepted",
    check=check,
    sources=(
        "Threagile, risk tracking: orphaned tracking entries (2020)",
        "Google, Building Secure and Reliable Systems, chapter 21, exceptions that expire (2020)",
    ),
    may_be_accepted=False,
)

_ACCEPTED = """
[components.db]
kind = "database"
{backup}
[accepted.later]
flag = "DAT001"
on = "db"
why = "test data until the launch"
by = "Ada"
until = {until}
"""

FLAGGED = _ACCEPTED.format(backup="", until="2026-06-30")

FINE = _ACCEPTED.format(backup="", until="2027-06-30")

UNKNOWN = _ACCEPTED.format(backup="backup = { offsite = true }", until="2027-06-30")
