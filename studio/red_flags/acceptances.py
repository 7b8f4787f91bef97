"""Which findings an acceptance covers."""

from datetime import date

from studio.model.address import Address, dotted
from studio.model.records import Acceptance
from studio.red_flags.rule import Rule


def covers(accepted: Acceptance, rule: Rule, address: Address) -> bool:
    """Whether an acceptance is about this rule and this subject, expired or not."""
    whole = accepted.on is None and address == ("design",)
    return (
        accepted.flag == rule.id and rule.may_be_accepted and (whole or accepted.on in (dotted(address), address[-1]))
    )


def is_expired(accepted: Acceptance, today: date) -> bool:
    """Whether its last day is over."""
    return accepted.until < today
