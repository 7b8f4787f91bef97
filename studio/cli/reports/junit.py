"""JUnit XML, for every CI that shows tests: a case is one rule on one part of the design, or one target."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from studio.cli.frame.remarks import Remark
from studio.cli.frame.words import shown_target
from studio.cli.reports.frame import wording
from studio.cli.reports.frame.inspection import Checked, Inspection, Manner
from studio.cli.reports.frame.places import place_of
from studio.cli.reports.frame.rule_pages import category
from studio.estimates.results import Target
from studio.estimates.wording import titled
from studio.red_flags.report import Finding
from studio.red_flags.rule import Rule
from studio.text import one_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NO_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold, beside the control characters that no text shown holds."""

WANTED_IN: Final = {
    "p50_ms": ("performance", "p50"),
    "p99_ms": ("performance", "p99"),
    "availability": ("availability", "target"),
    "recovery_time_minutes": ("availability", "recovery_time"),
    "recovery_point_minutes": ("availability", "recovery_point"),
    "cost_per_month": ("cost", "budget_per_month"),
}
"""The table and key of the requirements that asks for a figure of the whole design."""


class Case(NamedTuple):
    """One case: passed when nothing else is said of it."""

    suite: str
    name: str
    line: int
    outcome: str = ""
    """`failure`, `error`, `skipped`, or nothing."""
    message: str = ""
    kind: str = ""
    """How bad a failure is, or what kind of error it is."""
    more: tuple[str, ...] = ()
    """What follows the message, a line each."""


def render(inspection: Inspection, manner: Manner) -> str:  # noqa: ARG001 (a case that nobody can tell is always there)
    """A suite for each design and topic. What a rule does not apply to is no case.

    A finding fails; one that is accepted or held back, and what nobody can tell, is skipped with its reason.
    """
    from xml.etree.ElementTree import Element, indent, tostring

    root = Element("testsuites", name="tenfold check")
    for file, remarks in _by_file(inspection.broken).items():
        root.append(_suite(file, place_of(file).path, [_broken(remark) for remark in remarks]))
    for checked in inspection.checked:
        for suite, cases in _suites(checked).items():
            root.append(_suite(f"{checked.name} ({checked.place.path}): {suite}", checked.place.path, cases))
    for element in (root, *root):
        _count(element)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _by_file(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    found: dict[str, list[Remark]] = {}
    for remark in remarks:
        found.setdefault(remark.file, []).append(remark)
    return found


def _broken(remark: Remark) -> Case:
    return Case("", f"line {remark.line}: can be judged", remark.line, "error", remark.text, "cannot be judged")


def _suites(checked: Checked) -> dict[str, list[Case]]:
    """The cases of a design by topic, the topics by name; within one by rule and subject."""
    cases = sorted((*_findings(checked), *_unknown(checked), *_passed(checked)), key=lambda case: case.name)
    loops = (_broken(loop)._replace(suite="load") for loop in checked.loops)
    found: dict[str, list[Case]] = {}
    for case in (*loops, *sorted(cases, key=lambda case: case.suite), *_targets(checked)):
        found.setdefault(case.suite, []).append(case)
    return found


def _name(rule: Rule, on: str) -> str:
    return f"{rule.id} {rule.title}: {on}"


def _findings(checked: Checked) -> Iterator[Case]:
    for finding in checked.report.findings:
        case = Case(category(finding.rule), _name(finding.rule, finding.on), checked.line(finding))
        if finding.accepted is not None:
            yield case._replace(outcome="skipped", message=wording.acceptance(finding))
        elif checked.is_held_back(finding):
            said = f"held back by the baseline: {finding.verdict.message}"
            yield case._replace(outcome="skipped", message=said)
        else:
            yield _failed(case, finding, checked)


def _failed(case: Case, finding: Finding, checked: Checked) -> Case:
    state = wording.state(checked, finding)
    more = [f"{checked.place.path}:{case.line}", *([f"since the baseline: {state}"] if state else [])]
    more += [f"→ {fix}" for fix in finding.verdict.fix]
    if finding.rule.patterns:
        more.append(f"patterns: {', '.join(finding.rule.patterns)}")
    said = finding.verdict.message
    return case._replace(outcome="failure", message=said, kind=finding.severity.value, more=tuple(more))


def _unknown(checked: Checked) -> Iterator[Case]:
    for found in checked.report.unknown:
        line = checked.opened.lines.line(found.address)
        name = _name(found.rule, ".".join(found.address))
        yield Case(category(found.rule), name, line, "skipped", f"cannot tell: {wording.needs(found)}")


def _passed(checked: Checked) -> Iterator[Case]:
    for found in checked.report.passed:
        line = checked.opened.lines.line(found.address)
        yield Case(category(found.rule), _name(found.rule, ".".join(found.address)), line)


def _targets(checked: Checked) -> Iterator[Case]:
    estimates = checked.opened.analysis.estimates
    for target in estimates.targets:
        line = checked.opened.lines.line(_field(target))
        case = Case("targets", titled(target.target), line)
        wanted, got = shown_target(target)[1:3]
        if target.met is None:
            why = estimates.unknown.get(target.target)
            yield case._replace(outcome="skipped", message=f"cannot tell, {wanted}{f': {why}' if why else ''}")
        elif not target.met:
            more = (f"{checked.place.path}:{line}", *([f"→ {target.to_meet}"] if target.to_meet else []))
            yield case._replace(outcome="failure", message=f"{wanted}, {got}", kind="target", more=more)
        else:
            yield case


def _field(target: Target) -> tuple[str, ...]:
    """Where in the file a target is asked for."""
    place, _, figure = target.target.rpartition(".")
    if place:
        return *place.split("."), figure.removesuffix("_ms")
    return "requirements", *WANTED_IN.get(figure, ())


def _suite(name: str, file: str, cases: list[Case]) -> "Element":
    from xml.etree.ElementTree import Element

    suite = Element("testsuite", name=_lawful(name))
    suite.extend(_case(case, file, name) for case in cases)
    return suite


def _case(case: Case, file: str, suite: str) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    place = {"classname": _lawful(suite), "name": _lawful(case.name), "file": _lawful(file), "line": str(case.line)}
    element = Element("testcase", place)
    if case.outcome:
        said = {"message": _lawful(case.message), "type": case.kind}
        inner = SubElement(element, case.outcome, {name: text for name, text in said.items() if text})
        inner.text = "\n".join(map(_lawful, (case.message, *case.more))) if case.more else None
    return element


def _count(element: "Element") -> None:
    """Writes the numbers of cases by what became of them, as JUnit has them: on each suite, and on all of them."""
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    for outcome, called in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        element.set(called, str(sum(case.find(outcome) is not None for case in cases)))


def _lawful(text: str) -> str:
    return _NO_XML.sub("\ufffd", one_line(text))
