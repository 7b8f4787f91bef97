"""What the tests of the studio share: how an asynchronous test is run."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

Opened = Callable[..., Any]
"""Opens the studio on a file; the fixture says more."""
Test = Callable[..., Coroutine[Any, Any, None]]
ONE_OF_EACH = """
format = 1
[design]
name = "Shop"
[requirements.functional.x]
[components.x]
kind = "service"
[components.x.limits.x]
[components.x.expires.x]
[components.x.endpoints.x]
[components.x.failures.x]
[connections.x]
from = "x"
to = "x"
[data.x]
[journeys.x]
[patterns.x]
use = "cache-aside"
[decisions.x]
[decisions.x.options.x]
[scenarios.x]
[accepted.x]
flag = "REL001"
why = "known"
by = "Ada"
until = 2027-01-01
[plan.x]
[assumptions.x]
[questions.x]
[risks.x]
"""
"""A design with one of everything that has an id."""


def driven(test: Test) -> Callable[..., None]:
    """Runs an asynchronous test without a plugin."""

    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run
