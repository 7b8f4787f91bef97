"""The only calls of Textual that are not published, each with its reason; written against Textual 8.2.8."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from rich.text import Text
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget

from studio.tui.keymap import Keymap, rebound


def bindings_of(node: DOMNode) -> Iterator[tuple[str, Binding]]:
    """Keys and bindings of one widget. The published `active_bindings` knows only the chain of the focus."""
    yield from node._bindings


def resize_content(view: ScrollView, size: Size) -> None:
    """Tells a view how large its content is. The published way lays the whole screen out again, and paints it all;
    here only the scroll bars follow, unless the view takes its own height from its content."""
    if view.styles.auto_dimensions:
        view.virtual_size = size
    elif view.virtual_size != size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)


def compose_sparingly(screen: Screen[Any]) -> None:
    """Has a new screen paint only what changed. Textual has no published way to choose the compositor."""
    from studio.tui.terminal.composing import SparingCompositor

    screen._compositor = SparingCompositor()


def forget_screen(app: App[int]) -> None:
    """Paints everything again, after something else has written on the terminal. There is no published full repaint."""
    forget = getattr(app._driver, "forget", None)
    if forget is not None:
        forget()
    app.screen.refresh(layout=True)
    app.refresh(layout=True)


class Rebinding(App[int]):
    """Lays a person's own keys over the bindings of every widget as it starts. The published keymap of an application
    cannot take a key away, takes other actions of the same key along, and is laid over again at every key."""

    keymap: Keymap = MappingProxyType({})

    def lay_over(self, node: DOMNode) -> None:
        """Gives a widget the person's own keys."""
        if self.keymap:
            node._bindings = rebound(node._bindings, self.keymap)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        self.lay_over(child)
        super()._register_child(parent, child, before, after)


class Failing(App[int]):
    """Ends with a sentence when something of ours is wrong. Textual prints a traceback with everything it holds, words
    of the design among it, and has no published way to say something else."""

    def told_of_failure(self, error: Exception) -> str:
        """What the person is told."""
        raise NotImplementedError

    def _fatal_error(self) -> None:
        error = self._exception
        if error is None or self.is_headless:
            super()._fatal_error()
            return
        self._exit_renderables.append(Text(self.told_of_failure(error)))
        self._close_messages_no_wait()
