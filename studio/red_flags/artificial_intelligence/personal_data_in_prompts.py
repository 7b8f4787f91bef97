"""What goes into a prompt has left the house.

## Why it matters
A prompt with a name, a diagnosis or a card number is a disclosure to the vendor, to its logs, to whoever reads them for
abuse, and, without terms that say otherwise, to the next training run. It happens with every call and cannot be taken
back.

## What to do
Mask before the call: names and numbers become tokens, and are put back into the answer. Send the few fields the task
needs. Where that is not enough: a model of your own, or an endpoint in your region under terms without training and
without retention, and an acceptance of this flag that names them.

## When it is fine
A model that runs on your own instances. Public and internal data.
"""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.red_flags.facts import PRIVATE, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a call of a vendor's language model that carries private data with nothing that masks them."""
    model = facts.design.component[connection.target]
    if not _is_a_vendors_model(model, facts):
        return not_applicable()
    if not connection.data:
        return unknown(f"connections.{connection.id}.data")
    carried = facts.data_on(connection)
    private = [data for data in carried if data.classification in PRIVATE]
    if private and any(
        facts.has_pattern("pii-masking", on=id_) for id_ in (connection.id, connection.source, model.id)
    ):
        return passed(masked=[data.id for data in private])
    if not private:
        unclassified = tuple(f"data.{data.id}.classification" for data in carried if data.classification is None)
        return unknown(*unclassified) if unclassified else passed(data=list(connection.data))
    what = listed(f"{data.id} ({data.classification})" for data in private)
    return failed(
        f"{facts.design.component[connection.source].label} sends {what} to {model.label} unmasked",
        evidence={"data": [data.id for data in private]},
        fix=(
            f'the pattern pii-masking on "{connection.id}": mask before the call, put back after it',
            f"or take {listed(data.id for data in private)} out of what the prompt carries",
            f"or run the model yourself: managed = false on components.{model.id}",
        ),
        field="data",
    )


def _is_a_vendors_model(component: Component, facts: Facts) -> bool:
    has_model = component.kind == "llm" or component.language_model is not None
    return has_model and facts.is_managed(component)


RULE = Rule(
    id="AIX002",
    title="Personal data in prompts",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("pii-masking", "llm-gateway", "guardrails"),
    sources=(
        "OWASP Top 10 for LLM Applications, LLM02: Sensitive Information Disclosure (2025)",
        "NIST AI 600-1, Generative Artificial Intelligence Profile (2024)",
    ),
)

_PROMPT = """
[components.support]
kind = "service"
[components.model]
kind = "llm"
managed = true
[data.ticket]
{classified}
[connections.support-model]
from = "support"
to = "model"
data = ["ticket"]
{masked}
"""

FLAGGED = _PROMPT.format(classified='classification = "personal"', masked="")

FINE = _PROMPT.format(
    classified='classification = "personal"', masked='[patterns.mask]\nuse = "pii-masking"\non = ["support-model"]'
)

UNKNOWN = _PROMPT.format(classified="", masked="")
