"""Mends on the screen: offered where a rule or a target knows them, tried before they are done, undone in one step."""

from pathlib import Path
from typing import Any

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.edits.mend import mend
from studio.files.loading import parse
from studio.tui.fixing import FieldFix, MendFix, field_fixes, of_target
from studio.tui.lines.line_list import LineList
from studio.tui.screens.fixes import Fixes
from studio.tui.screens.mending import Mending
from tests.tui.driving import Opened, driven

SLOW = """
[requirements.cost]
budget_per_month = 100_000

[journeys.buy]
share = 1
steps = ["client-api", "api-db"]
p99 = "200 ms"
"""


def analysed(text: str) -> Analysis:
    return Analysis(parse(text, "shop.toml"), shipped())


def shown(studio: Any) -> object:
    """The screen that is on top."""
    return studio.app.screen


def test_what_a_finding_offers_comes_from_its_rule_and_the_field_can_still_be_typed(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    finding = next(f for f in analysis.report.findings if f.rule.id == "REL004" and "api-db" in f.on)
    offer, asked = field_fixes(finding, analysis.design)
    assert isinstance(offer, MendFix)
    assert offer.mend in finding.verdict.mends
    assert offer.value == offer.mend.does
    assert isinstance(asked, FieldFix)
    assert (asked.key, asked.value) == ("timeout", None)


def test_a_mend_the_model_does_not_take_is_not_offered(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    finding = next(f for f in analysis.report.findings if f.rule.id == "REL004" and "api-db" in f.on)
    there = (mend("components.db", latency="5 ms"), mend("components.nowhere", instances=2), mend("components.db", x=1))
    changed = finding._replace(verdict=finding.verdict._replace(mends=there))
    assert [fix for fix in field_fixes(changed, analysis.design) if isinstance(fix, MendFix)] == []


@driven
async def test_a_mend_is_previewed_done_and_undone(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        session = studio.screen.session
        finding = next(f for f in session.analysis.report.findings if f.rule.id == "REL004" and "api-db" in f.on)
        (offer,) = finding.verdict.mends
        await studio.press("5")
        studio.screen.estimates.flags.point(finding.fingerprint)
        await studio.press("f")
        assert isinstance(shown(studio), Fixes)
        assert offer.does in studio.text
        assert studio.app.screen.query_one(LineList).cursor == f"mend:{offer.does}"
        await studio.press("enter")
        assert isinstance(shown(studio), Mending)
        assert offer.because in studio.text
        assert f'+ timeout = "{offer.settings[0].value}"' in studio.text
        assert "resolves REL004" in studio.text
        assert not session.is_unsaved
        await studio.press("enter")
        assert session.design.connection["api-db"].timeout is not None
        await studio.press("u")
        assert not session.is_unsaved


@pytest.mark.parametrize("key", ["enter", "f"])
@driven
async def test_a_missed_target_is_mended_from_its_own_line(opened: Opened, shop: Path, key: str) -> None:
    shop.write_text(shop.read_text().replace("= 100_000", "= 550_000") + SLOW)
    async with opened(shop) as studio:
        session = studio.screen.session
        name = "journeys.buy.p99_ms"
        fix = of_target(name, session.analysis.estimates)
        assert fix is not None
        numbers = studio.screen.estimates.numbers
        studio.screen.set_focus(numbers)
        numbers.point(f"meet:{name}")
        await studio.press(key)
        assert isinstance(shown(studio), Mending)
        assert f"Set {fix.label}" in studio.text
        assert not session.is_unsaved
        await studio.press("enter")
        assert next(t for t in session.analysis.estimates.targets if t.target == name).met
        await studio.press("u")
        assert not session.is_unsaved


def test_a_target_that_is_met_or_wants_more_than_fields_offers_nothing(shop: Path) -> None:
    estimates = analysed(shop.read_text() + SLOW.replace("200 ms", "1 ms").replace("100_000", "1")).estimates
    assert of_target("journeys.buy.p99_ms", estimates) is None
    assert of_target("nothing", estimates) is None
