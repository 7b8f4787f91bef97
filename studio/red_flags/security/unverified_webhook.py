"""Who calls from outside and says it is the bank must prove it.

## Why it matters
The address of a webhook is in a dozen consoles and in every log of the vendor. Whoever knows it can send «paid», and
whoever recorded a true one can send it again. The receiver changes state on it, with no person in between.

## What to do
Check the signature over the raw body before anything is parsed, with the vendor's key. Refuse what is older than five
minutes, and take each event's id once. Then ask the vendor's interface whether it is so, where money moves.

## When it is fine
Calls that change nothing. Vendors that come with a certificate or over a private link, said in auth.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.red_flags.credentials import asks_nobody
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed


def check(connection: Connection, facts: Facts) -> Verdict:
    """Warns about a call from a vendor that is not verified, or that does harm when it comes twice."""
    caller, callee = (facts.design.component[end] for end in (connection.source, connection.target))
    if caller.kind != "external" or callee.kind in ("external", "client") or connection.mutating is False:
        return not_applicable()
    if connection.traffic == "reads":
        return not_applicable()
    unproven = asks_nobody(connection.auth) or connection.validated is False
    again = connection.mutating is True and connection.idempotent is False
    place = f"connections.{connection.id}"
    if unproven or again:
        faults = [*(["is not verified"] if unproven else []), *(["does harm when it comes twice"] if again else [])]
        return failed(
            f"what {caller.label} sends to {callee.label} {listed(faults)}",
            evidence={"auth": connection.auth, "validated": connection.validated, "idempotent": connection.idempotent},
            fix=(
                *([f"auth on {place}: a signature over the body, checked before it is parsed"] if unproven else []),
                *(
                    [f"idempotent = true on {place}: each event's id once, none older than five minutes"]
                    if again
                    else []
                ),
            ),
            mends=() if unproven else (mend(place, idempotent=True),),
            field="auth" if unproven else "idempotent",
        )
    silent = (*([] if connection.auth else [f"{place}.auth"]),
              *([f"{place}.idempotent"] if connection.idempotent is None else []))  # fmt: skip
    return unknown(*silent) if silent else passed(auth=connection.auth)


RULE = Rule(
    id="SEC007",
    title="Incoming call of a vendor not verified",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("webhooks", "idempotency-key"),
    sources=(
        "Standard Webhooks, specification 1.0 (2023)",
        "OWASP API Security Top 10, API10: Unsafe Consumption of APIs (2023)",
    ),
)

_HOOK = """
[components.bank]
kind = "external"
[components.shop]
kind = "service"
[connections.bank-shop]
from = "bank"
to = "shop"
mutating = true
{said}
"""

FLAGGED = _HOOK.format(said='auth = "none: the address is secret"\nidempotent = true')

FINE = _HOOK.format(said='auth = "HMAC-SHA256 over the body, five minutes"\nidempotent = true')

UNKNOWN = _HOOK.format(said="")
