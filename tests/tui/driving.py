"""What the tests of the studio share: how an asynchronous test is run."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

Opened = Callable[..., Any]
"""Opens the studio on a file; the fixture says more."""
Test = Callable[..., Coroutine[Any, Any, None]]


def driven(test: Test) -> Callable[..., None]:
    """Runs an asynchronous test without a plugin."""

    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run
