"""Error handling that nobody designed is invented by whoever writes the code.

## Why it matters
The question «and when it is down?» has an answer for every component: the one somebody thought about, or the one that
a library's default, a tired colleague or a coding agent makes up. The second kind shows in the incident.

## What to do
One row for each way it fails: the mode, the effect users notice, how one finds out, what softens it. Two or three rows
are enough; slow, gone and wrong are the usual ones.

## When it is fine
Components of tier 3, and those no must journey waits for. Clients.
"""

from studio.model.component import Component, Failure
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

COLUMNS = ("mode", "effect", "detection", "mitigation")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails an important component with no row of failure handling, or with unfinished ones."""
    if component.kind == "client" or not (component.tier == 2 or facts.is_of_tier_one(component)):
        return not_applicable()
    if not component.failures:
        return failed(
            f"nothing says how {component.label} fails, who notices and what softens it",
            evidence={"failures": 0},
            fix=(
                f"components.{component.id}.failures.gone with mode, effect, detection, mitigation; then one for slow",
            ),
            field="failures",
        )
    unfinished = {failure.id: _empty(failure) for failure in component.failures if _empty(failure)}
    if not unfinished:
        return passed(failures=len(component.failures))
    rows = listed(f"“{name}” without {listed(columns)}" for name, columns in unfinished.items())
    return failed(
        f"failure handling of {component.label} is unfinished: {rows}",
        evidence={"failures": len(component.failures), "unfinished": list(unfinished)},
        fix=tuple(f"{listed(c)} in components.{component.id}.failures.{name}" for name, c in unfinished.items()),
        field="failures",
    )


def _empty(failure: Failure) -> tuple[str, ...]:
    return tuple(column for column in COLUMNS if not getattr(failure, column))


RULE = Rule(
    id="REL020",
    title="No failure modes written",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("graceful-degradation",),
    sources=(
        "Microsoft Azure Well-Architected Framework, RE:03, failure mode analysis (2024)",
        "IEC 60812, Failure modes and effects analysis (2018)",
    ),
)

_DATABASE = """
[components.db]
kind = "database"
tier = 1
{said}
"""

FLAGGED = _DATABASE.format(said="")

FINE = _DATABASE.format(
    said="""
[components.db.failures.gone]
mode = "the primary is gone"
effect = "creates fail for 30 s, reads go on"
detection = "error rate above 1 %"
mitigation = "automatic failover; callers retry with backoff"
"""
)
