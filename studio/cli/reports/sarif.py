"""SARIF 2.1.0, for code scanning, editors and dashboards."""

from collections.abc import Iterable
from typing import Any, Final

from studio import __version__
from studio.cli.frame.remarks import Remark
from studio.cli.reports.frame.inspection import Inspection, Manner
from studio.cli.reports.frame.places import Place, place_of
from studio.cli.reports.frame.rule_pages import category, description, pages_asked, whole
from studio.cli.reports.frame.sarif_results import artifact, level, plain_text, results
from studio.cli.reports.frame.values import as_text
from studio.red_flags.library import RulePage

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(inspection: Inspection, manner: Manner) -> str:
    """One run over all designs; files that cannot be judged are notifications of its invocation."""
    pages = pages_asked(inspection)
    run = {
        "tool": {"driver": {"name": "tenfold", "version": __version__, "rules": [_rule(page) for page in pages]}},
        "invocations": [_invocation(inspection)],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The top of the work tree."}}},
        "artifacts": [_artifact(one.place) for one in inspection.checked],
        "columnKind": "utf16CodeUnits",
        "results": list(results(inspection, [page.rule.id for page in pages], unknown=manner.unknown)),
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return as_text(document)


def _rule(page: RulePage) -> dict[str, Any]:
    rule = page.rule
    return {
        "id": rule.id,
        "name": _in_pascal_case(rule.title) or rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": description(page)},
        "help": {"text": whole(page), "markdown": whole(page)},
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [category(rule)]},
    }


def _in_pascal_case(title: str) -> str:
    """Words as one: viewers use it as an identifier."""
    words = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in title).split()
    return "".join(word[0].upper() + word[1:] for word in words)


def _artifact(place: Place) -> dict[str, Any]:
    return {"location": artifact(place), "roles": ["analysisTarget"], "sourceLanguage": "toml"}


def _invocation(inspection: Inspection) -> dict[str, Any]:
    remarks: Iterable[Remark] = (*inspection.broken, *inspection.unsolved, *inspection.idle)
    return {
        "executionSuccessful": inspection.is_complete,
        "toolExecutionNotifications": [_notification(remark) for remark in remarks],
    }


def _notification(remark: Remark) -> dict[str, Any]:
    where = {"artifactLocation": artifact(place_of(remark.file)), "region": {"startLine": remark.line}}
    return {
        "level": "warning" if remark.is_warning else "error",
        "message": {"text": plain_text(f"{remark.text}.")},
        "locations": [{"physicalLocation": where}],
    }
