from collections.abc import Callable

import pytest

from studio.estimates.basis import Basis
from studio.estimates.conditions import TODAY
from studio.estimates.independence import assumptions
from studio.estimates.journeys import way
from studio.model.design import Design

_DESIGN = """
[components.user]
kind = "client"
[components.api]
kind = "service"
[components.db]
kind = "database"
[connections.user-api]
from = "user"
to = "api"
[connections.read]
from = "api"
to = "db"
{read}
[connections.write]
from = "api"
to = "db"
{write}
[journeys.use]
steps = {steps}
"""


def _said(design: Callable[[str], Design], steps: str, read: str = "", write: str = "") -> tuple[str, ...]:
    subject = design(_DESIGN.format(steps=steps, read=read, write=write))
    journey = subject.journeys[0]
    return assumptions(journey, way(Basis(subject, {}, TODAY), journey))


def test_a_plain_journey_only_assumes_independence(design: Callable[[str], Design]) -> None:
    assert _said(design, '["user-api", "read"]') == ("hops are independent of each other",)


@pytest.mark.parametrize(
    ("steps", "read", "says"),
    [
        ('["user-api", "read", "write"]', "", "comes back to db"),
        ('["user-api", "read"]', "parallel = true\ncalls_per_request = 3", "17 % high"),
        ('["user-api", "read"]', "attempts = 3", "a try of read right after another"),
        ('["user-api", "read"]', 'attempts = 3\nbackoff = "none"', "a try of read right after another"),
    ],
)
def test_where_it_does_not_hold_the_explanation_says_how_far_it_is_off(
    design: Callable[[str], Design], steps: str, read: str, says: str
) -> None:
    said = _said(design, steps, read)
    assert len(said) == 2
    assert says in said[1]


def test_a_pause_before_the_next_try_lets_the_queue_change(design: Callable[[str], Design]) -> None:
    assert len(_said(design, '["user-api", "read"]', 'attempts = 3\nbackoff = "fixed"')) == 1
