"""What the words of an `auth` say: nobody is asked, a secret somebody must keep, or an identity the platform gives."""

import re

from studio.model.connection import Connection
from studio.red_flags.facts import Facts

_NOBODY = re.compile(
    r"\s*(none|anonymous|public(?![ -]key)|open(?![ -]?id)|"
    r"no(?![ -]+(secrets?|passwords?|keys?|(shared|static|stored|long-lived|standing) \w+)\b))\b",
    re.IGNORECASE,
)
"""Not `public key`, `Open ID` nor `no shared secret: mTLS`: these say how somebody is asked."""
_SECRET = re.compile(
    r"\b(api[ -]?keys?|passwords?|shared secrets?|secrets?|basic( auth\w*)?|client credentials|connection strings?|"
    r"access keys?|static tokens?|credentials)\b",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"vault|secrets? (manager|store|service)|key (service|vault|management)|\bkms\b|\biam\b|workload identit|"
    r"managed identit|service account|\bissued\b|rotat|short-lived|\boidc\b|\bmtls\b|mutual tls",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"hard-?coded|in (the )?(code|repository|configuration|config|image)\b|inline|never rotated|long-lived|"
    r"environment variable",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\b(shared|admin|administrator|root|superuser|user'?s|personal|employee|my|human)\b", re.IGNORECASE
)
_ENCRYPTED = re.compile(
    r"\b(https|m?tls|mqtts|amqps|wss|sftp|ftps|ssh|ldaps|rediss|quic|http/3|wireguard)\b", re.IGNORECASE
)
_DENIED = re.compile(r"\b(no|none|never|not|nothing|without)\b", re.IGNORECASE)


def asks_nobody(auth: str | None) -> bool:
    """Whether it is said that anybody may call: `none: public by design`."""
    return auth is not None and _NOBODY.match(auth) is not None


def is_a_secret(auth: str | None) -> bool:
    """Whether it is something that must be kept somewhere: a key, a password, credentials."""
    return auth is not None and _SECRET.search(auth) is not None


def has_a_home(words: str | None) -> bool:
    """Whether the words say where secrets come from: a vault, a key service, an identity of the platform."""
    return words is not None and _HOME.search(words) is not None


def lies_bare(words: str | None) -> bool:
    """Whether the words say that a secret lies in code, in configuration, or never changes.

    An environment variable that a vault fills is none of these.
    """
    found = _BARE.search(words) if words else None
    if found is None or _DENIED.search(words[: found.start()] if words else "") is not None:
        return False
    return "environment" not in found[0].casefold() or not has_a_home(words)


def is_borrowed(auth: str | None) -> bool:
    """Whether it is a person's or everybody's account instead of one of its own; `no shared account` is not."""
    found = _SHARED.search(auth) if auth else None
    return found is not None and _DENIED.search(auth[: found.start()] if auth else "") is None


def is_encrypted(connection: Connection) -> bool | None:
    """Whether a link is encrypted: as it says, else as the name of its protocol does; None when neither tells."""
    if connection.encrypted is not None:
        return connection.encrypted
    protocol = connection.protocol or ""
    return True if _ENCRYPTED.search(protocol) and not _DENIED.search(protocol) else None


def has_a_secret_store(facts: Facts) -> bool:
    """Whether the design has a place for secrets: a component, a pattern, or words under data protection."""
    kept = any(component.kind == "secrets" for component in facts.design.components)
    said = has_a_home(facts.design.requirements.security.data_protection)
    return kept or said or facts.has_pattern("secrets-vault")
