"""The studio raises a team's flags, shows their pages, and goes on where the team's file cannot be used."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

Opened = Callable[..., Any]
Test = Callable[..., Coroutine[Any, Any, None]]


def driven(test: Test) -> Callable[..., None]:
    """A test that drives the studio, run to its end."""

    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


RULE = """
[rules.TEAM-OWNER]
title = "No owner"
why = "Somebody is called at night."
check = "required-field"
field = "owner"
"""


def _set(design: Path, text: str) -> None:
    (design.parent / ".tenfold").mkdir()
    (design.parent / ".tenfold" / "rules.toml").write_text(text)


@driven
async def test_a_flag_of_a_team_is_raised_and_has_a_page(opened: Opened, shop: Path) -> None:
    _set(shop, RULE)
    async with opened(shop) as studio:
        assert "TEAM-OWNER components.api" in studio.flags()
        studio.screen.show_page("rule:TEAM-OWNER")
        await studio.settle()
        assert "Somebody is called at night." in studio.text


@driven
async def test_a_file_that_cannot_be_used_is_told_and_the_design_is_worked_on(opened: Opened, shop: Path) -> None:
    _set(shop, f"{RULE}extra = 1\n")
    async with opened(shop) as studio:
        (told,) = [note.message for note in studio.app._notifications]
        assert told.startswith(".tenfold/rules.toml:7: extra is not known here")
        assert told.endswith("The team's rules are not used.")
        assert "TEAM-OWNER components.api" not in studio.flags()
        assert studio.flags()
