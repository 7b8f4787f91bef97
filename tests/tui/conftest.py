"""A small design, the studio on it, and what the screen says."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studio.tui.application import StudioApp
from studio.tui.screens import showing
from studio.tui.screens.studio import StudioScreen

SHOP = """\
# The shop, as discussed on Monday.
format = 1

[design]
name = "Shop"

[requirements.scale]
daily_active_users = 100_000   # from the campaign
requests_per_user_per_day = 20
reads_per_write = 10

[requirements.performance]
p99 = "200 ms"

[components.client]
kind = "client"

[components.api]
name = "API"
kind = "service"
instances = 2
capacity_rps = 200
latency = "20 ms"
workers = 8

[components.db]
name = "Orders"   # one primary
kind = "database"
capacity_rps = 900
latency = "5 ms"

[components.mail]
name = "Mail sender"
kind = "external"
latency = "40 ms"

[connections.client-api]
from = "client"
to = "api"

[connections.api-db]
from = "api"
to = "db"
carries = "orders"

[connections.api-mail]
from = "api"
to = "mail"
"""


class Studio:
    """The studio under test, driven by keys and mouse."""

    def __init__(self, app: StudioApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> StudioScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, StudioScreen))

    async def press(self, *keys: str) -> None:
        """Presses keys; a key in quotes is typed letter by letter."""
        for key in keys:
            if key.startswith('"'):
                await self.pilot.press(*({" ": "space", "-": "minus"}.get(c, c) for c in key.strip('"')))
            else:
                await self.pilot.press(key)
        await self.settle()

    async def settle(self) -> None:
        """Waits until everything is worked out and shown."""
        await self.pilot.pause()
        for screen in self.app.screen_stack:
            if isinstance(screen, StudioScreen):
                screen.show_rest()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """The screen as text."""
        screen = self.app.screen
        strips = screen._compositor.render_strips()
        below = [s for s in self.app.screen_stack if s is not screen]
        del below
        return [strip.text for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def selected(self) -> str:
        return ".".join(self.screen.selection or ())

    def flags(self) -> set[str]:
        return {f"{f.rule.id} {f.on}" for f in self.screen.session.analysis.report.findings if f.accepted is None}


Opened = Callable[..., AbstractAsyncContextManager[Studio]]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP, encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TENFOLD_STATE", str(tmp_path / "state"))
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "recent.json").write_text("[]")  # not the first time the studio is started
    monkeypatch.setattr(showing, "LATER", 3600.0)  # what is read ahead is read when it is asked for
    monkeypatch.chdir(tmp_path)

    @asynccontextmanager
    async def studio(path: Path | None, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Studio]:
        app = StudioApp(path)
        async with app.run_test(size=size) as pilot:
            found = Studio(app, pilot)
            await found.settle()
            yield found

    return studio
