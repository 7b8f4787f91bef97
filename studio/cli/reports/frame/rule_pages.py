"""What a report may say of a rule itself: its words, its page, and what it is about."""

from typing import Final

from studio.cli.reports.frame.inspection import Inspection
from studio.red_flags.library import RulePage
from studio.red_flags.page import text
from studio.red_flags.rule import Rule

_PACKAGE: Final = "studio.red_flags."
OF_A_TEAM: Final = "team rules"
"""The category of a rule that lies in no topic."""


def pages_asked(inspection: Inspection) -> tuple[RulePage, ...]:
    """The page of every rule that was asked about one of the designs, by id."""
    found: dict[str, RulePage] = {}
    for checked in inspection.checked:
        known = {page.rule.id: page for page in checked.opened.analysis.facts.settings.all_pages()}
        for rule in checked.report.rules:
            found.setdefault(rule.id, known.get(rule.id) or RulePage(rule, rule.title, "", "", ""))
    return tuple(found[id_] for id_ in sorted(found))


def category(rule: Rule) -> str:
    """What the rule is about: the folder its file lies in, in words."""
    module = str(getattr(rule.check, "__module__", ""))
    topic, _, inside = module.removeprefix(_PACKAGE).partition(".")
    is_shipped = module.startswith(_PACKAGE) and inside and topic != "team_rules"
    return topic.replace("_", " ") if is_shipped else OF_A_TEAM


def description(page: RulePage) -> str:
    """The first paragraph of a page; the title of a rule without words."""
    return " ".join(page.words.split("\n\n")[0].split()) or page.rule.title


def whole(page: RulePage) -> str:
    """The page as `tenfold explain` shows it."""
    return text(page)
