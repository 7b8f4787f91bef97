"""What laws and standards ask of a design, as far as a design can show it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from studio.model.behaviour import Data
from studio.red_flags.facts import Facts
from studio.text import says_something


class Control(NamedTuple):
    """One thing a regulation asks for."""

    asks: str
    """In words, with the article."""
    is_there: Callable[[Facts], bool]
    """Whether the design shows it."""
    advice: str
    """Where to say it."""


def controls_of(regulation: str) -> tuple[Control, ...]:
    """The controls of a law or standard by any usual name of it; none for one that is not known here."""
    name = "".join(character for character in regulation.casefold() if character.isalnum())
    return next((controls for known, controls in _KNOWN.items() if known in name), ())


def _of(*classes: str) -> Callable[[Facts], tuple[Data, ...]]:
    return lambda facts: tuple(data for data in facts.design.data if data.classification in classes)


def _is_kept(data: Data, _: Facts) -> bool:
    return data.store is None or data.retention is not None


def _lies_encrypted(data: Data, facts: Facts) -> bool:
    return data.store is None or bool(facts.design.component[data.store].encrypted_at_rest)


def _is_backed_up(data: Data, facts: Facts) -> bool:
    return data.store is None or facts.design.component[data.store].backup is not None


def _all(chosen: Callable[[Facts], tuple[Data, ...]], holds: Callable[[Data, Facts], bool]) -> Callable[[Facts], bool]:
    return lambda facts: all(holds(data, facts) for data in chosen(facts))


def _names(chosen: Callable[[Facts], tuple[Data, ...]]) -> Callable[[Facts], bool]:
    return lambda facts: bool(chosen(facts))


def _says(section: str, field: str) -> Callable[[Facts], bool]:
    def said(facts: Facts) -> bool:
        design = facts.design
        part = design.operations if section == "operations" else design.requirements.security
        return says_something(getattr(part, field))

    return said


def _audits(facts: Facts) -> bool:
    return facts.has_pattern("audit-log") or any("audit" in words.casefold() for words in _words(facts))


def _words(facts: Facts) -> Iterator[str]:
    security = facts.design.requirements.security
    yield from (word or "" for word in (security.authorization, security.data_protection, security.threat_model))
    for component in facts.design.components:
        yield from (component.purpose or "", *component.responsibilities)


_PERSONAL, _HEALTH, _PAYMENT = _of("personal", "health", "payment"), _of("health"), _of("payment")
_AUDIT = "the pattern audit-log, or the responsibility of a component"

_KNOWN: dict[str, tuple[Control, ...]] = {
    "gdpr": (
        Control("a record of personal data (article 30)", _names(_PERSONAL), "data.ID with their classification"),
        Control("an end of storage (articles 5 and 17)", _all(_PERSONAL, _is_kept), "retention on all personal data"),
        Control(
            "protection of what is stored and sent (article 32)",
            _says("security", "data_protection"),
            "requirements.security.data_protection",
        ),
        Control(
            "access by need only (article 25)",
            _says("security", "authorization"),
            "requirements.security.authorization",
        ),
        Control(
            "breaches noticed within 72 hours (article 33)", _says("operations", "alerting"), "operations.alerting"
        ),
    ),
    "hipaa": (
        Control("a record of health data (§ 164.308)", _names(_HEALTH), 'data.ID with classification = "health"'),
        Control("encryption (§ 164.312(a))", _all(_HEALTH, _lies_encrypted), "encrypted_at_rest on their stores"),
        Control("an audit trail (§ 164.312(b))", _audits, _AUDIT),
        Control(
            "authentication (§ 164.312(d))", _says("security", "authentication"), "requirements.security.authentication"
        ),
        Control("backups (§ 164.308(a)(7))", _all(_HEALTH, _is_backed_up), "backup on their stores"),
        Control(
            "a contingency plan (§ 164.308(a)(7))",
            _says("operations", "disaster_recovery"),
            "operations.disaster_recovery",
        ),
    ),
    "pcidss": (
        Control("a record of card data (requirement 3)", _names(_PAYMENT), 'data.ID with classification = "payment"'),
        Control("an end of storage (requirement 3.2)", _all(_PAYMENT, _is_kept), "retention on payment data"),
        Control("encryption (requirement 3.5)", _all(_PAYMENT, _lies_encrypted), "encrypted_at_rest on their stores"),
        Control(
            "access by need only (requirement 7)",
            _says("security", "authorization"),
            "requirements.security.authorization",
        ),
        Control("an audit trail (requirement 10)", _audits, _AUDIT),
    ),
    "soc2": (
        Control("logical access (CC6)", _says("security", "authorization"), "requirements.security.authorization"),
        Control("monitoring (CC7.2)", _says("operations", "monitoring"), "operations.monitoring"),
        Control("recovery from incidents (CC7.5)", _says("operations", "disaster_recovery"),
                "operations.disaster_recovery"),
        Control("managed changes (CC8.1)", _says("operations", "rollout"), "operations.rollout"),
    ),
}  # fmt: skip
