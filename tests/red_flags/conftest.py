"""What the tests of the rules share: a design in a few lines, judged by some rules on a fixed day."""

from collections.abc import Callable
from datetime import date

import pytest

from studio.estimates.engine import estimate
from studio.files.loading import parse
from studio.red_flags.facts import Facts
from studio.red_flags.library import rules
from studio.red_flags.report import Finding, Report, report

TODAY = date(2026, 11, 21)
HEAD = 'format = 1\n[design]\nname = "Example"\n'

Judge = Callable[..., Report]


@pytest.fixture
def facts_of() -> Callable[..., Facts]:
    """What is known of a design: `facts_of(text)`."""

    def known(text: str, **technologies: object) -> Facts:
        design = parse(text if "[design]" in text else HEAD + text, "example.toml")
        return Facts(design, estimate(design), today=TODAY, technologies=technologies)

    return known


@pytest.fixture
def judge(facts_of: Callable[..., Facts]) -> Judge:
    """The report of the rules with these ids, all when none is named: `judge(text, "REL001")`."""

    def judged(text: str, *ids: str, **technologies: object) -> Report:
        return report(facts_of(text, **technologies), [rule for rule in rules() if not ids or rule.id in ids])

    return judged


@pytest.fixture
def answer(judge: Judge) -> Callable[..., str]:
    """One rule's answer in a word: a severity and its subject (`error components.db`), the missing fields of an
    unknown (`? components.db.zones`), `passed` or `-`; several are joined by commas."""

    def said(text: str, rule_id: str, **technologies: object) -> str:
        found = judge(text, rule_id, **technologies)
        if found.findings:
            return ", ".join(sorted(f"{finding.severity} {finding.on}" for finding in found.findings))
        if found.unknown:
            return "? " + " ".join(sorted({field for unknown in found.unknown for field in unknown.missing}))
        return {"not_applicable": "-"}.get(found.outcomes[rule_id].value, found.outcomes[rule_id].value)

    return said


@pytest.fixture
def finding(judge: Judge) -> Callable[[str, str], Finding]:
    """The only finding of one rule."""

    def only(text: str, rule_id: str) -> Finding:
        (found,) = judge(text, rule_id).findings
        return found

    return only
