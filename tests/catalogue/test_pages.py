"""Pages: what a person reads about an entry."""

from dataclasses import replace
from pathlib import Path

import pytest

from studio.catalogue.library import Library
from studio.catalogue.pages import COLUMNS, pattern_page, technology_page
from studio.text import width

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("id_", ["cache-aside", "circuit-breaker", "balancer", "relay"])
def test_the_page_of_a_pattern_says_everything(library: Library, id_: str) -> None:
    assert pattern_page(library.pattern(id_)) == (GOLDEN / f"{id_}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", ["postgresql"])
def test_the_page_of_a_technology_says_everything(library: Library, id_: str) -> None:
    assert technology_page(library.technology(id_)) == (GOLDEN / f"{id_}.md").read_text(encoding="utf-8")


def test_nothing_in_an_entry_acts_on_the_terminal_or_widens_the_page(library: Library) -> None:
    hostile = "\x1b[31mred\u202e " + "数据" * 20 + " word" * 60
    pattern = library.pattern("cache-aside")
    page = pattern_page(replace(pattern, summary=hostile, pros=(hostile,), sketch="a\x1b[2J\nb"))
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert max(map(width, page.split("\n"))) <= COLUMNS


def test_a_section_without_points_is_left_out(library: Library) -> None:
    page = pattern_page(replace(library.pattern("cache-aside"), needs=(), resolves=(), introduces=()))
    assert "## Check before" not in page
    assert "## Red flags" not in page
    assert "\n\n\n" not in page
