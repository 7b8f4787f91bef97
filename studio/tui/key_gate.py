"""Keys one after the other: a key that follows closely waits until everything the last one set off has happened.

Without it, keys that come faster than the screen changes (typed ahead, pasted, sent by a script, held back by a slow
line) reach the pane that had the focus before. A token travels the way of a key: from the focused widget up to the
application, behind every message that is already waiting there. It goes twice, because what an action posts takes the
same way again, and further for as long as the focus or the screen keeps changing. It is sent soon after each key, when
what the key shows is painted: a person's next key finds it arrived and does not wait for it.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen

CLOSELY = 0.25
"""Seconds after a key within which the next one waits for the token."""
SOON = 0.02
"""Seconds after a key at which the token sets out by itself; a key that comes sooner sends it at once."""
ROUNDS = 2
MOST_ROUNDS = 6
LONGEST = 0.5
"""Seconds after which a lost token is no longer waited for."""


class Handed(Protocol):
    """What the gate needs of the application."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    def call_later(self, callback: Callable[[], Awaitable[None]]) -> bool:
        """Calls back when all that waits has been done."""

    async def hand_on(self, event: events.Key) -> None:
        """Hands a key on."""


class KeyGate:
    """Holds keys back while the last one is still at work."""

    def __init__(self, app: Handed) -> None:
        self._app = app
        self._waiting: deque[events.Key] = deque()
        self.handed_on_at = 0.0
        """When the last key was handed on, by the monotonic clock."""
        self._has_arrived = True
        self._token_since: float | None = None
        self._way: deque[MessagePump] = deque()
        self._rounds = 0
        self._seen: tuple[object, object] = (None, None)

    def holds(self, event: events.Key) -> bool:
        """Whether a key has to wait; it is kept then, and handed on when its time has come."""
        now = time.monotonic()
        is_at_work = not self._has_arrived and now - self.handed_on_at < CLOSELY
        if self._travels or self._waiting or is_at_work:
            self._waiting.append(event)
            if not self._travels:
                self._send_token()
            return True
        self._handed_on(now)
        return False

    @property
    def _travels(self) -> bool:
        return self._token_since is not None and time.monotonic() - self._token_since < LONGEST

    def _handed_on(self, now: float) -> None:
        self.handed_on_at, self._has_arrived = now, False
        asyncio.get_running_loop().call_later(SOON, self._look, now)

    def _look(self, since: float) -> None:
        """Sends the token after a key, unless another key or the token itself was quicker."""
        if since == self.handed_on_at and not self._has_arrived and not self._travels:
            self._send_token()

    def _send_token(self) -> None:
        self._token_since = time.monotonic()
        self._rounds = 0
        self._begin()

    def _begin(self) -> None:
        self._rounds += 1
        screen = self._app.screen
        self._seen = (screen, screen.focused)
        start = screen.focused or screen
        self._way = deque(node for node in start.ancestors_with_self if isinstance(node, MessagePump))
        self._hop()

    def _hop(self) -> None:
        while self._way:
            # Not call_later: that looks the signature of its callback up each time, which costs more than the hop.
            if self._way.popleft().post_message(events.Callback(callback=_Hop(self))):
                return
        self._arrive()

    def _arrive(self) -> None:
        screen = self._app.screen
        moved = self._seen != (screen, screen.focused)
        if self._rounds < ROUNDS or (moved and self._rounds < MOST_ROUNDS):
            self._begin()
            return
        self._token_since = None
        self._has_arrived = True
        if self._waiting:
            self._app.call_later(self._release)

    async def _release(self) -> None:
        if not self._waiting or self._token_since is not None:
            return
        event = self._waiting.popleft()
        self._handed_on(time.monotonic())
        await self._app.hand_on(event)
        if self._waiting:
            self._send_token()


class _Hop:
    """One hop of the token, as a callback that takes nothing."""

    _param_count = 0

    def __init__(self, gate: KeyGate) -> None:
        self._gate = gate

    def __call__(self) -> None:
        self._gate._hop()
