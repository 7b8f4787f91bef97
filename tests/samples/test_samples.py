"""Every sample design is one a newcomer may learn from: it holds together, meets its targets and says why."""

from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Literal

import pytest

from studio.analysis import Analysis
from studio.catalogue.application import apply
from studio.catalogue.library import shipped
from studio.comparisons import parse
from studio.diagrams.reading import read_text
from studio.diagrams.text import render_text
from studio.estimates.conditions import conditions_of
from studio.estimates.figures import figure
from studio.files.formatting import formatted
from studio.files.loading import read
from studio.model.design import Design
from studio.red_flags.rule import Severity
from studio.units import point

FOLDER = Path(__file__).parents[2] / "sample_designs"
SAMPLES = sorted(path.stem for path in FOLDER.glob("*.toml"))
TODAY = date(2026, 11, 21)
"""The samples were drilled and decided by this day; a check on any other day may find a drill too long ago."""

each_sample = pytest.mark.parametrize("sample", SAMPLES)


@cache
def analysis_of(sample: str) -> Analysis:
    return Analysis(design_of(sample), shipped(), today=TODAY)


@cache
def design_of(sample: str) -> Design:
    return read(FOLDER / f"{sample}.toml", shipped().pattern_ids).design


def test_there_are_samples() -> None:
    classics = {
        *("url_shortener", "notification_system", "global_rate_limiter", "realtime_chat", "social_feed"),
        *("video_streaming", "file_storage", "rag_support"),
    }
    assert classics <= set(SAMPLES)


# ------------------------------------------------------------------------------------------------------ the file


@each_sample
def test_a_sample_is_in_canonical_layout(sample: str) -> None:
    text = (FOLDER / f"{sample}.toml").read_text()
    assert formatted(text) == text


@each_sample
def test_a_sample_explains_itself_in_comments(sample: str) -> None:
    lines = (FOLDER / f"{sample}.toml").read_text().splitlines()
    assert sum("#" in line for line in lines) >= 30


@each_sample
def test_every_component_is_described(sample: str) -> None:
    for component in design_of(sample).components:
        assert all((component.purpose, component.why, component.owner, component.technology)), component.id
        assert component.kind == "client" or all((component.responsibilities, component.failures)), component.id


@each_sample
def test_every_connection_is_described_and_used(sample: str) -> None:
    design = design_of(sample)
    used = {step for journey in design.journeys for step in journey.steps}
    for connection in design.connections:
        assert all((connection.carries, connection.protocol, connection.mode, connection.data)), connection.id
        assert all((connection.encrypted, connection.auth)), connection.id
    assert {connection.id for connection in design.connections} == used


@each_sample
def test_every_step_of_a_journey_has_a_note_and_leaves_where_the_journey_has_been(sample: str) -> None:
    design = design_of(sample)
    for journey in design.journeys:
        assert len(journey.notes) == len(journey.steps), journey.id
        been: set[str] = set()
        for step in (design.connection[step] for step in journey.steps):
            assert not been or step.source in been, step.id
            been |= {step.source, step.target}


@each_sample
def test_shares_of_journeys_leave_nothing_to_speak_of(sample: str) -> None:
    shares = sum(point(journey.share or 0.0) for journey in design_of(sample).journeys)
    assert 0.999 <= shares <= 1 + 1e-9


@each_sample
def test_every_decision_has_alternatives_with_their_price(sample: str) -> None:
    for decision in design_of(sample).decisions:
        assert len(decision.options) >= 2, decision.id
        assert decision.chosen in {option.id for option in decision.options}, decision.id
        assert all(option.pros and option.cons for option in decision.options), decision.id
        assert all((decision.why, decision.revisit_when)), decision.id


@each_sample
def test_the_plan_fits_the_time(sample: str) -> None:
    design = design_of(sample)
    assert design.constraints.timeline is not None
    assert sum(point(phase.duration or 0.0) for phase in design.plan) <= point(design.constraints.timeline)


# --------------------------------------------------------------------------------------------------- the numbers


@each_sample
def test_every_figure_is_known(sample: str) -> None:
    design, estimates = design_of(sample), analysis_of(sample).estimates
    clients = tuple(f"components.{component.id}." for component in design.components if component.kind == "client")
    assert [path for path in estimates.unknown if not path.startswith(("ai.", *clients))] == []
    assert not estimates.errors


@each_sample
def test_every_target_is_met(sample: str) -> None:
    targets = analysis_of(sample).estimates.targets
    assert targets
    assert not [target for target in targets if not target.met]


@each_sample
def test_every_journey_has_targets_of_its_own(sample: str) -> None:
    targets = {target.target for target in analysis_of(sample).estimates.targets}
    for journey in design_of(sample).journeys:
        assert {f"journeys.{journey.id}.p99_ms", f"journeys.{journey.id}.availability"} <= targets


@each_sample
def test_something_breaks_first_between_three_and_six_times_the_peak(sample: str) -> None:
    first = analysis_of(sample).estimates.breaks_first
    assert first is not None
    assert 3 <= first.at <= 6


@each_sample
def test_every_scenario_holds(sample: str) -> None:
    design = design_of(sample)
    assert design.scenarios
    for scenario in design.scenarios:
        then = Analysis(design, shipped(), today=TODAY, conditions=conditions_of(scenario)).estimates
        for text in scenario.expect:
            assert parse(text).holds(partial(figure, then)), f"{scenario.id}: {text}"


@each_sample
def test_a_decision_is_not_yet_due_to_be_looked_at_again(sample: str) -> None:
    estimates = analysis_of(sample).estimates
    for decision in design_of(sample).decisions:
        text = decision.revisit_when or ""
        if any(sign in text for sign in "<>"):
            assert parse(text).holds(partial(figure, estimates)) is False, decision.id


# ----------------------------------------------------------------------------------------------------- the rules


@each_sample
def test_a_sample_raises_no_error(sample: str) -> None:
    found = analysis_of(sample).report.findings
    assert not [f"{finding.rule.id} {finding.on}" for finding in found if finding.severity is Severity.ERROR]


@each_sample
def test_every_acceptance_covers_a_finding(sample: str) -> None:
    used = {finding.accepted.id for finding in analysis_of(sample).report.findings if finding.accepted}
    assert {accepted.id for accepted in design_of(sample).accepted} == used


@each_sample
def test_every_acceptance_runs_out_in_2027(sample: str) -> None:
    accepted = design_of(sample).accepted
    assert 1 <= len(accepted) <= 2
    assert {acceptance.until.year for acceptance in accepted} == {2027}


def test_a_bulkhead_on_the_link_check_answers_its_red_flag() -> None:
    before = analysis_of("url_shortener")
    flag = ("REL009", "connections.shortener-safety")
    application = apply(shipped().pattern("bulkhead"), before.design, ["shortener-safety"])
    after = Analysis(application.applied_to(before.design), shipped(), today=TODAY)
    assert flag in {(finding.rule.id, finding.on) for finding in before.report.open(Severity.WARNING)}
    assert flag not in {(finding.rule.id, finding.on) for finding in after.report.findings}


# --------------------------------------------------------------------------------------------------- the drawing


@each_sample
@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_the_drawing_of_a_sample_can_be_read_back(sample: str, charset: Literal["unicode", "ascii"]) -> None:
    analysis = analysis_of(sample)
    reading = read_text(render_text(analysis.scene(), charset=charset))
    names = [" ".join(box.lines) for box in reading.boxes]
    label = {component.id: component.label for component in analysis.design.components}
    drawn = {(names[link.source], names[link.target], link.label) for link in reading.links}
    assert sorted(names) == sorted(label.values())
    assert drawn == {(label[c.source], label[c.target], c.carries) for c in analysis.design.connections}
    assert not reading.unread


@each_sample
def test_the_frames_of_a_sample_are_drawn(sample: str) -> None:
    analysis = analysis_of(sample)
    titles = {frame.title for frame in read_text(render_text(analysis.scene())).frames}
    assert titles == {group for component in analysis.design.components for group in component.groups}


@each_sample
def test_labels_are_short_enough_to_draw(sample: str) -> None:
    design = design_of(sample)
    assert all(len(component.label) <= 18 for component in design.components)
    assert all(len(connection.carries or "") <= 14 for connection in design.connections)
