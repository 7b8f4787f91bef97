"""The list of flags: order, filter, what is hidden; and fixes that are tried before they are done."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.edits.edit import applied
from studio.files.loading import parse
from studio.red_flags.report import Finding
from studio.red_flags.rule import Severity
from studio.tui.fixing import FieldFix, field_fixes
from studio.tui.lines.line_list import LineList
from studio.tui.panes.flag_rows import FlagBoard, family, flag_rows, is_wanted
from studio.tui.screens.applying import place_rows
from studio.tui.screens.fixes import Fixes
from studio.tui.trying import changed_lines, trial, trial_rows
from studio.tui.view import View

Opened = Callable[..., Any]
Test = Callable[..., Coroutine[Any, Any, None]]


def driven(test: Test) -> Callable[..., None]:
    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def analysed(text: str) -> Analysis:
    return Analysis(parse(text, "shop.toml"), shipped())


def shown(analysis: Analysis, board: FlagBoard) -> list[str]:
    rows = flag_rows(View(analysis.design, analysis, None, ()), board)
    return ["".join(span.text for span in row.spans) for row in rows]


def the_finding(analysis: Analysis, rule: str) -> Finding:
    return next(finding for finding in analysis.report.findings if finding.rule.id == rule)


# Rows ----------------------------------------------------------------------------------------------------------------


def test_the_best_question_and_how_much_is_known_come_first(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    lines = shown(analysis, FlagBoard())
    counted = analysis.report.coverage()
    could = counted["failed"] + counted["passed"]
    assert lines[0] == f"{could} of {could + counted['unknown']} checks could tell"
    assert lines[1].startswith("? ")


def test_flags_stand_by_severity_and_name_their_family(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    lines = shown(analysis, FlagBoard())
    first = analysis.report.findings[0]
    assert any(line.startswith(f"x {first.rule.id}") and line.endswith(family(first)) for line in lines)
    assert [s for s in Severity if any(s.value in line.split(" ", 2)[1:2] or s.value + "s" in line for line in lines)]


def test_flags_stand_by_what_they_are_on(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    lines = shown(analysis, FlagBoard(by_subject=True))
    subjects = dict.fromkeys(f.address[1] for f in analysis.report.findings if len(f.address) > 1)
    assert [line for line in lines if line in subjects] == list(subjects)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("timeout", True),
        ("TIMEOUT api-db", True),
        ("rel reliability", True),
        ("timeout mail-nothing", False),
        ("", True),
    ],
)
def test_a_filter_wants_every_word(shop: Path, typed: str, is_found: bool) -> None:
    analysis = analysed(shop.read_text())
    finding = next(f for f in analysis.report.findings if "timeout" in f.rule.title.lower() and "api-db" in f.on)
    assert is_wanted(finding, typed) is is_found


def test_hidden_notes_are_counted(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    notes = [f for f in analysis.report.findings if f.severity is Severity.NOTE]
    lines = shown(analysis, FlagBoard(with_notes=False))
    assert bool(notes) == any(line.endswith("notes hidden: n") for line in lines)
    assert not any(finding.rule.id in line for finding in notes for line in lines)


def test_a_filter_that_finds_nothing_says_so(shop: Path) -> None:
    assert "nothing fits" in shown(analysed(shop.read_text()), FlagBoard(wanted="zebra"))


# Fixes ---------------------------------------------------------------------------------------------------------------


def test_a_rule_proposes_fields_the_model_takes(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    found = [(f.rule.id, fix) for f in analysis.report.findings for fix in field_fixes(f, analysis.design)]
    assert any(fix.value is not None for _, fix in found)
    for _, fix in found:
        if fix.value is not None:
            assert applied(fix.edit, analysis.design) != analysis.design


def test_a_table_is_set_field_by_field(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    fix = FieldFix(("components", "db"), "backup", {"every": "1 h", "offsite": True})
    backup = applied(fix.edit, analysis.design).component["db"].backup
    assert backup is not None
    assert (backup.every, backup.offsite) == (3600, True)


def test_a_trial_says_what_changes_in_the_file_and_in_the_figures(shop: Path) -> None:
    text = shop.read_text()
    analysis = analysed(text)
    found = trial(analysis, FieldFix(("connections", "api-db"), "timeout", "300 ms").edit, text)
    assert found.lines == ('+timeout = "300 ms"',)
    assert any("components" not in flag and "api-db" in flag for flag in found.resolved)
    assert {figure.name for figure in found.figures} >= {"p99_ms", "availability", "cost_per_month", "complexity"}
    rows = ["".join(span.text for span in row.spans) for row in trial_rows(found)]
    assert '+ timeout = "300 ms"' in rows
    assert analysed(text).design == analysis.design


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [("a\nb\n", "a\nc\n", ["-b", "+c"]), ("a\n", "a\n", []), ("", "x\n", ["+x"]), ("-- a\n", "", ["--- a"])],
)
def test_only_lines_that_differ_are_shown(before: str, after: str, lines: list[str]) -> None:
    assert list(changed_lines(before, after)) == lines


# On the screen -------------------------------------------------------------------------------------------------------


@driven
async def test_a_fix_is_tried_before_it_is_done(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        finding = next(
            f for f in studio.screen.session.analysis.report.findings
            if "api-db" in f.on and f.verdict.field == "timeout"
        )  # fmt: skip
        await studio.press("5")
        studio.screen.estimates.flags.point(finding.fingerprint)
        await studio.press("f")
        assert type(studio.app.screen) is Fixes
        studio.app.screen.query_one(LineList).point("field:connections.api-db:timeout:None")
        await studio.press("enter")
        assert studio.app.screen.heading == "Set timeout of api-db"
        assert "a value is wanted" in studio.text
        await studio.press('"300"', "space", '"ms"')
        assert '+ timeout = "300 ms"' in studio.text
        assert "resolves" in studio.text
        assert not studio.screen.session.is_unsaved
        await studio.press("enter")
        assert studio.screen.session.design.connection["api-db"].timeout == pytest.approx(0.3)
        assert finding.fingerprint not in {row.key for row in studio.screen.estimates.flags.rows}
        await studio.press("u")
        assert not studio.screen.session.is_unsaved


@driven
async def test_leaving_a_trial_changes_nothing(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.offer_field(FieldFix(("connections", "api-db"), "circuit_breaker", True))
        await studio.settle()
        assert "circuit_breaker = true" in studio.text
        await studio.press("escape")
        assert not studio.screen.session.is_unsaved
        assert studio.screen.session.undo_label is None
        studio.screen.offer_field(FieldFix(("connections", "api-db"), "circuit_breaker", True))
        await studio.settle()
        await studio.press("enter")
        assert studio.screen.session.design.connection["api-db"].circuit_breaker is True


@driven
async def test_flags_are_filtered_while_one_types(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        flags = studio.screen.estimates.flags
        everything = {row.key for row in flags.rows if row.can_be_chosen}
        await studio.press("5", "slash", '"timeout"')
        fewer = {row.key for row in flags.rows if row.can_be_chosen}
        assert fewer < everything
        await studio.press("enter")
        assert studio.screen.focused is flags
        await studio.press("f3")
        assert "timeout" in studio.lines[-2].lower()
        await studio.press("5", "escape")
        assert {row.key for row in flags.rows if row.can_be_chosen} == everything


@driven
async def test_flags_are_grouped_and_notes_hidden_by_a_key(opened: Opened, shop: Path) -> None:
    async with opened(shop, (120, 60)) as studio:
        await studio.press("5", "g")
        rows = [row.key for row in studio.screen.estimates.flags.rows]
        assert "group:api-db" in rows
        await studio.press("g", "n")
        rows = [row.key for row in studio.screen.estimates.flags.rows]
        assert f"group:{Severity.ERROR}" in rows
        assert f"group:{Severity.NOTE}" not in rows


@driven
async def test_a_flag_is_accepted_by_a_decision_that_is_then_about_its_subject(opened: Opened, shop: Path) -> None:
    shop.write_text(f'{shop.read_text()}\n[decisions.d1]\ntitle = "No timeout?"\n')
    async with opened(shop) as studio:
        finding = next(f for f in studio.screen.session.analysis.report.findings if f.on == "connections.api-db")
        studio.screen.accept(finding.fingerprint)
        await studio.settle()
        await studio.press('"known"', "tab", '"Ada"', "tab", "tab", '"d1"', "enter")
        accepted = studio.screen.session.design.accepted[0]
        assert (accepted.why, accepted.by) == ("known (decision d1)", "Ada")
        assert studio.screen.session.design.decisions[0].about == ("api-db",)
        assert len(studio.screen.session._history) == 1


@driven
async def test_f_on_a_figure_says_what_it_is_for(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.set_focus(studio.screen.estimates.numbers)
        await studio.press("f")
        assert "f mends a flag" in studio.lines[-2]


def test_a_pattern_says_where_it_fits_and_what_it_wants_elsewhere(shop: Path) -> None:
    analysis = analysed(shop.read_text())
    rows = list(place_rows(shipped().pattern("retry-with-backoff"), analysis.design))
    text = "\n".join("".join(span.text for span in row.spans) for row in rows)
    assert "✓ client-api, api-db and api-mail" in text
    assert "it wants connection: not client (client), API (service), Orders (database)" in text
