"""A model that changes under you is a release you did not make.

## Why it matters
Behind a name like «latest» the vendor exchanges the model on a Tuesday. Prompts that were tuned for the old one answer
longer, refuse more, or leave a field out; nothing is red, and users notice first. Without a set of cases to measure on,
nobody can say whether it got worse, nor whether the change of a prompt made it better.

## What to do
Name the version, with its date. Keep a hundred real cases with what a good answer is, and run them before a new
version, a new prompt, a new provider; let a few percent of the traffic try it first. Note the day.

## When it is fine
Pinned and measured within half a year, or the pattern evaluation-set on the model or its callers. A prototype.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted
from studio.text import listed


def check(component: Component, facts: Facts) -> Verdict:
    """Warns about a model whose version is open, or that was not measured for half a year."""
    if (component.kind != "llm" and component.language_model is None) or facts.stage == "prototype":
        return not_applicable()
    model = component.language_model
    around = (component.id, *(call.source for call in facts.design.callers_of[component.id]))
    measured = any(facts.has_pattern("evaluation-set", on=id_) for id_ in around)
    age = None if model is None or model.evaluated is None else (facts.today - model.evaluated).days
    pinned = None if model is None else model.pinned
    place = f"components.{component.id}.model"
    faults, fixes = [], []
    if pinned is False:
        faults.append("is not fixed to a version")
        fixes.append(f"model = {{ name, pinned = true }} on components.{component.id}: a version with its date")
    if not measured and age is not None and age > facts.thresholds_for(component).drill_days:
        faults.append(f"was last measured {age} days ago")
        fixes.append(f"a run of the evaluation set, and the day in {place}.evaluated")
    if not measured and age is not None and age < 0:
        faults.append(f"is only to be measured, in {counted(-age, 'day')}")
        fixes.append(f"a run of the evaluation set now, and its day in {place}.evaluated")
    if faults:
        return failed(
            f"the model of {component.label} {listed(faults)}",
            evidence={"pinned": pinned, "days_since": age},
            fix=tuple(fixes),
            mends=(mend(place, pinned=True),) if pinned is False and len(faults) == 1 else (),
            field="model",
        )
    silent = (*([f"{place}.pinned"] if pinned is None else []),
              *([f"{place}.evaluated"] if age is None and not measured else []))  # fmt: skip
    return unknown(*silent) if silent else passed(pinned=True, days_since=age)


RULE = Rule(
    id="AIX009",
    title="Model not pinned or not measured",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("evaluation-set", "canary", "llm-gateway"),
    sources=(
        "Lingjiao Chen, Matei Zaharia and James Zou, How Is ChatGPT's Behavior Changing over Time? (2023)",
        "AWS Well-Architected, Generative AI Lens, GENOPS01-BP01 (2025)",
    ),
)

_MODEL = """
[components.model]
kind = "llm"
model = {{ name = "small", {said} }}
"""

FLAGGED = _MODEL.format(said="pinned = false, evaluated = 2026-10-01")

FINE = _MODEL.format(said="pinned = true, evaluated = 2026-10-01")

UNKNOWN = _MODEL.format(said="pinned = true")
