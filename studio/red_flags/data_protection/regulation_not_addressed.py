"""A law that stands under constraints and nowhere else is a law that somebody will add later.

## Why it matters
«We will add compliance later» is the dearest plan there is: it moves data that are already stored, renames what clients
already call, and asks vendors for terms they did not sign. What a regulation asks of a design is mostly a handful of
fields, cheap on the day the boxes are drawn.

## What to do
For each regulation go through what it asks, and let each point name the field, component or decision that answers it.
The finding lists the points nothing answers yet. The auditor will ask for exactly this table.

## When it is fine
GDPR, HIPAA, PCI DSS and SOC 2 are looked at by what a design can show of them, which is less than they ask. Of others
it is only seen whether anything mentions them: a requirement, a decision, a plan. No lawyer is replaced by this.
"""

from collections.abc import Iterator

from studio.model.design import Design
from studio.red_flags.controls import Control, controls_of
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed, one_line


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design that names a regulation and leaves open what it asks for; warns where nothing else mentions it."""
    regulations = design.constraints.regulations
    if not regulations:
        return not_applicable()
    missing = {name: _missing(name, facts) for name in regulations}
    open_ = {name: lacking for name, lacking in missing.items() if lacking}
    silent = [name for name in regulations if not controls_of(name) and not _is_mentioned(name, design)]
    if not open_ and not silent:
        return passed(regulations=list(regulations))
    asked = [f"{one_line(name)} asks for {listed(c.asks for c in lacking)}" for name, lacking in open_.items()]
    unheard = [f"{one_line(name)} is mentioned nowhere else" for name in silent]
    advice = dict.fromkeys(control.advice for lacking in open_.values() for control in lacking)
    return failed(
        f"{'; '.join((*asked, *unheard))}{', and nothing answers it' if asked and not unheard else ''}",
        evidence={"open": {name: [c.asks for c in lacking] for name, lacking in open_.items()}, "unmentioned": silent},
        fix=(
            *advice,
            *(f"a requirement, a decision or a plan that says what {one_line(n)} means here" for n in silent),
        ),
        severity=None if open_ else Severity.WARNING,
        field="constraints.regulations",
    )


def _missing(regulation: str, facts: Facts) -> list[Control]:
    return [control for control in controls_of(regulation) if not control.is_there(facts)]


def _is_mentioned(regulation: str, design: Design) -> bool:
    name = regulation.casefold()
    return any(name in words.casefold() for words in _words(design))


def _words(design: Design) -> Iterator[str]:
    security = design.requirements.security
    found = (
        *(requirement.text for requirement in design.requirements.functional),
        *(security.authentication, security.authorization, security.data_protection, security.threat_model),
        *(words for d in design.decisions for words in (d.title, d.context, d.why)),
        *(words for phase in design.plan for words in (phase.goal, *phase.milestones)),
        *(words for risk in design.risks for words in (risk.text, risk.mitigation)),
        *(words for component in design.components for words in (component.purpose, *component.responsibilities)),
    )
    return (words for words in found if words)


RULE = Rule(
    id="DAT007",
    title="Regulation not addressed",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("audit-log", "encryption-at-rest", "retention-and-tiering"),
    sources=(
        "Regulation (EU) 2016/679, General Data Protection Regulation (2016)",
        "45 CFR Part 164, Security and Privacy (2013)",
        "PCI DSS, version 4.0.1 (2024)",
        "AICPA, Trust Services Criteria (2017, points of focus of 2022)",
    ),
)

_CLINIC = """
[constraints]
regulations = ["GDPR"]
[requirements.security]
authorization = "a doctor sees the patients of the ward"
data_protection = "TLS 1.3, AES-256 at rest"
[operations]
alerting = "exports of more than 100 records wake the officer"
[components.db]
kind = "database"
[data.patient]
store = "db"
classification = "health"
{kept}
"""

FLAGGED = _CLINIC.format(kept="")

FINE = _CLINIC.format(kept='retention = "10 years"')
