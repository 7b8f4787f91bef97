"""Catalogue: patterns and technologies as a tree that can be searched, and the ways from here onto the canvas."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from studio.catalogue.library import Library
from studio.model.design import Design
from studio.text import one_line
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row
from studio.tui.messages import ApplyWanted, CarryWanted, PageWanted, Told
from studio.tui.panes.carrying import CarriedList
from studio.tui.panes.pane import Pane
from studio.tui.view import View

PATTERN, TECHNOLOGY, FAMILY = "pattern:", "technology:", "family:"


class CataloguePane(Pane):
    """The catalogue. Enter applies a pattern to the selection, Space or `m` picks it up, the mouse drags it."""

    number = 1
    called = "Catalogue"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "search", "search", "catalogue.search", "Search names, summaries and tags", hint=True),
        key("space,m", "carry", "pick up", "catalogue.carry", "Pick the pattern up and carry it", hint=True),
        key("i", "page", "read", "catalogue.page", "Read the page of this entry", hint=True),
        key("left,h", "fold", "Fold", "catalogue.fold", "Fold the family of this entry"),
        key("right,l", "unfold", "Unfold", "catalogue.unfold", "Unfold this family"),
        key("n", "step(1)", "Next found", "catalogue.next", "The next entry found"),
        key("N", "step(-1)", "Previous found", "catalogue.previous", "The entry found before"),
    ]

    def __init__(self, *, identifier: str) -> None:
        super().__init__(identifier=identifier)
        self._library: Library | None = None
        self._folded: frozenset[str] = frozenset()
        self._asked = ""
        self._applied: frozenset[str] = frozenset()

    def compose(self) -> ComposeResult:
        """Search line, tree, and a card about the entry under the cursor."""
        entry = Input(placeholder="search", id="search", select_on_focus=True)
        entry.cursor_blink = False
        entry.display = False
        yield entry
        entries = CarriedList(empty="…", carries=_pattern_of)
        entries.choosing = "apply"
        entries.follower = self._show_card
        yield entries
        yield Static(id="card", markup=False)

    @property
    def entries(self) -> CarriedList:
        """The list of entries."""
        return self.query_one(CarriedList)

    def take(self, library: Library) -> None:
        """Shows another catalogue."""
        self.entries.empty = "nothing fits"
        self._library = library
        self._folded = frozenset({f"{FAMILY}technology"}) if len(library.pattern_ids()) > 12 else frozenset()
        self._again()

    def show(self, view: View) -> None:
        """Marks the patterns that are applied."""
        applied = _uses(view.design)
        if applied != self._applied:
            self._applied = applied
            self._again()

    def take_focus(self) -> None:
        """To the tree."""
        self.screen.set_focus(self.entries)

    def step_out(self) -> bool:
        """Leaves the search."""
        if not self.query_one("#search").display:
            return False
        self._asked = ""
        with self.query_one(Input).prevent(Input.Changed):
            self.query_one(Input).value = ""
        self.query_one("#search").display = False
        self.entries.is_steered = False
        self._again()
        self.screen.set_focus(self.entries)
        return True

    # Rows ------------------------------------------------------------------------------------------------------

    def _again(self) -> None:
        if self._library is None:
            return
        rows = list(self._found() if self._asked.strip() else self._families())
        self.entries.show(rows, cursor=rows[0].key if self._asked.strip() and rows else None)

    def _families(self) -> Iterator[Row]:
        library = self._library
        if library is None:
            return
        patterns = library.pattern_headings()
        for family in dict.fromkeys(pattern.group for pattern in patterns):
            inside = [(f"{PATTERN}{p.id}", one_line(p.name), p.id) for p in patterns if p.group == family]
            yield from self._family(family, inside)
        technologies = [(f"{TECHNOLOGY}{t.id}", one_line(t.name), t.id) for t in library.technology_headings()]
        if technologies:
            yield from self._family("technology", technologies)

    def _family(self, family: str, inside: list[tuple[str, str, str]]) -> Iterator[Row]:
        name = f"{FAMILY}{family}"
        sign = "▸" if name in self._folded else "▾"
        right = (Span(str(len(inside)), "faint"),)
        yield row(name, Span(f"{sign} {family.replace('-', ' ')}", "title"), right=right)
        if name not in self._folded:
            for entry, called, id_ in inside:
                yield row(entry, f"  {called}", right=(Span("✓", "good"),) if id_ in self._applied else ())

    def _found(self) -> Iterator[Row]:
        library = self._library
        if library is None:
            return
        from studio.catalogue.search import search

        patterns = frozenset(library.pattern_ids())
        for hit in search(library, self._asked):
            sort = PATTERN if hit.id in patterns else TECHNOLOGY
            yield row(f"{sort}{hit.id}", hit.name, right=(Span("✓", "good"),) if hit.id in self._applied else ())

    # Searching -------------------------------------------------------------------------------------------------

    def action_search(self) -> None:
        """Opens the search line."""
        entry = self.query_one("#search", Input)
        entry.display = True
        self.entries.is_steered = True
        self.screen.set_focus(entry)

    def search_for(self, text: str) -> None:
        """Types this into the search line."""
        self.query_one("#search", Input).value = text

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._asked = event.value
        self._again()

    @on(Input.Submitted, "#search")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.set_focus(self.entries)
        self._choose(self.entries.cursor)

    def action_step(self, by: int) -> None:
        """The next or previous entry."""
        self.entries.action_cursor(by)

    # Choosing --------------------------------------------------------------------------------------------------

    def _show_card(self) -> None:
        self.query_one("#card", Static).update(self._card(self.entries.cursor or ""), layout=False)

    def _card(self, entry: str) -> str:
        if self._library is None:
            return ""
        sort, _, id_ = entry.partition(":")
        if sort == "pattern":
            pattern = self._library.pattern(id_)
            when = one_line(pattern.when_to_use[0]) if pattern.when_to_use else ""
            return f"{one_line(pattern.summary)}\nWhen: {when}"
        if sort == "technology":
            return one_line(self._library.technology(id_).summary)
        return "Enter folds and unfolds"

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._choose(event.key)

    def _choose(self, entry: str | None) -> None:
        if entry is None:
            return
        if entry.startswith(FAMILY):
            self._folded = self._folded ^ {entry}
            self._again()
        else:
            self.post_message(ApplyWanted(entry))

    def action_fold(self) -> None:
        """Folds the family the cursor is in."""
        rows = self.entries.rows
        here = next((place for place, found in enumerate(rows) if found.key == self.entries.cursor), 0)
        family = next((r.key for r in reversed(rows[: here + 1]) if r.key.startswith(FAMILY)), None)
        if family and family not in self._folded:
            self._folded |= {family}
            self.entries.point(family)
            self._again()

    def action_unfold(self) -> None:
        """Unfolds the family under the cursor."""
        if self.entries.cursor in self._folded:
            self._folded -= {str(self.entries.cursor)}
            self._again()

    def action_carry(self) -> None:
        """Picks up the pattern under the cursor."""
        pattern = _pattern_of(self.entries.cursor or "")
        self.post_message(CarryWanted(pattern) if pattern else Told("only patterns can be carried onto the canvas"))

    def action_page(self) -> None:
        """Shows the page of the entry."""
        sort, _, id_ = (self.entries.cursor or "").partition(":")
        if sort in ("pattern", "technology"):
            self.post_message(PageWanted(f"{sort}:{id_}"))


def _pattern_of(entry: str) -> str | None:
    return entry.removeprefix(PATTERN) if entry.startswith(PATTERN) else None


def _uses(design: Design) -> frozenset[str]:
    return frozenset(record.use for record in design.patterns) | frozenset(
        component.technology for component in design.components if component.technology
    )
