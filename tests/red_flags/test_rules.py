"""Every rule, on its own three examples: the page of a rule is its test."""

from datetime import date

import pytest

from studio.estimates.engine import estimate
from studio.files.loading import parse
from studio.red_flags.facts import Facts
from studio.red_flags.library import RulePage, pages
from studio.red_flags.report import Report, report
from studio.red_flags.rule import Outcome

HEAD = 'format = 1\n[design]\nname = "Example"\n'
PAGES = pages()
WORDS = ("## Why it matters", "## What to do", "## When it is fine")


def judged(page: RulePage, example: str) -> Report:
    text = example if "[design]" in example else HEAD + example
    design = parse(text if text.lstrip().startswith("format") else "format = 1\n" + text, f"{page.rule.id}.toml")
    facts = Facts(design, estimate(design), today=date(2026, 11, 21))
    return report(facts, [page.rule])


def named(page: RulePage) -> str:
    return page.rule.id


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_flagged_example_fails_with_a_message_and_a_fix(page: RulePage) -> None:
    found = judged(page, page.flagged)
    assert found.outcomes[page.rule.id] is Outcome.FAILED
    for finding in found.findings:
        assert finding.verdict.message
        assert not finding.verdict.message.endswith(".")
        assert finding.verdict.fix


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_fine_example_passes(page: RulePage) -> None:
    assert judged(page, page.fine).outcomes[page.rule.id] is Outcome.PASSED


@pytest.mark.parametrize("page", [page for page in PAGES if page.unknown], ids=named)
def test_the_unknown_example_names_the_missing_field(page: RulePage) -> None:
    found = judged(page, page.unknown)
    assert found.outcomes[page.rule.id] is Outcome.UNKNOWN
    assert found.next_question is not None
    assert all(unknown.missing for unknown in found.unknown)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_page_says_why_what_and_when_not(page: RulePage) -> None:
    assert tuple(line for line in page.words.splitlines() if line.startswith("## ")) == WORDS
    assert page.words.splitlines()[0].endswith((".", "?"))
    assert page.rule.sources


def test_ids_are_unique() -> None:
    found = [page.rule.id for page in PAGES]
    assert len(found) == len(set(found))
