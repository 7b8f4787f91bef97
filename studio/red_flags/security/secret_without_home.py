"""A secret that has no place of its own lies in a file, and files are copied.

## Why it matters
Keys end in the repository, in the image, in the chat where somebody asked for them. They work for years, from
everywhere, for whoever has them, and nobody can say who that is. On the day one leaks, changing it means finding all
its copies at night.

## What to do
Better no secret at all: an identity the platform gives to each workload, for an hour. Where a vendor wants a key, a
secret store that hands it out at start, notes who took it, and changes it by itself.

## When it is fine
Certificates and identities the platform issues. A store of secrets among the components, the pattern secrets-vault, or
a sentence in requirements.security.data_protection that says where they come from.
"""

from studio.model.connection import Connection
from studio.model.design import Design
from studio.red_flags.credentials import has_a_home, has_a_secret_store, is_a_secret, lies_bare
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

WANT_A_SECRET = frozenset({"external", "llm", "database"})
"""Callees that usually want to know who calls by something one must keep."""
SHOWN = 3


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design that uses keys, passwords or secret data and does not say where they are kept."""
    calls = [c for c in design.connections if design.component[c.source].kind != "client"]
    bare = [call for call in calls if lies_bare(call.auth)]
    if bare:
        return _failed(bare, [], bare=True)
    kept = has_a_secret_store(facts)
    homeless = [call for call in calls if is_a_secret(call.auth) and not has_a_home(call.auth)]
    secret: list[str] = [
        data.id for data in design.data if data.classification == "secret" and _is_in_the_open(data.store, facts)
    ]
    if not kept and (homeless or secret):
        return _failed(homeless, secret, bare=False)
    silent = [call for call in calls if not call.auth and design.component[call.target].kind in WANT_A_SECRET]
    if silent and not kept:
        return unknown(*(f"connections.{call.id}.auth" for call in silent))
    if not homeless and not any(is_a_secret(call.auth) or has_a_home(call.auth) for call in calls):
        return not_applicable()
    return passed(secrets=[call.id for call in calls if is_a_secret(call.auth)])


def _is_in_the_open(store: str | None, facts: Facts) -> bool:
    return store is None or facts.design.component[store].kind not in ("secrets", "identity")


def _failed(calls: list[Connection], secret: list[str], *, bare: bool) -> Verdict:
    shown = [f"{call.id} ({call.auth})" for call in calls[:SHOWN]]
    more = [f"{len(calls) - SHOWN} more"] if len(calls) > SHOWN else []
    what = listed((*shown, *more, *secret))
    where = "lie in code or configuration, or never change" if bare else "have no place of their own"
    first = f"connections.{calls[0].id}.auth" if calls else f"data.{secret[0]}"
    return failed(
        f"the credentials of {what} {where}",
        evidence={"connections": [call.id for call in calls], "data": secret},
        fix=(
            "an identity of the platform (workload identity) instead, where the callee takes one",
            "or a component of kind secrets that hands them out and changes them",
        ),
        field=first,
    )


RULE = Rule(
    id="SEC005",
    title="Secrets without a home",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("secrets-vault", "mutual-tls", "zero-trust"),
    sources=(
        "OWASP, Secrets Management Cheat Sheet (2024)",
        "Michael Meli, Matthew McNiece and Bradley Reaves, How Bad Can It Git?, NDSS (2019)",
    ),
)

_KEY = """
[components.shop]
kind = "service"
[components.tax]
kind = "external"
[connections.shop-tax]
from = "shop"
to = "tax"
{auth}
{vault}
"""

FLAGGED = _KEY.format(auth='auth = "API key"', vault="")

FINE = _KEY.format(auth='auth = "API key"', vault='[components.vault]\nkind = "secrets"')

UNKNOWN = _KEY.format(auth="", vault="")
