"""The design itself as JSON: what the file says, as the schema describes it."""

import json
from datetime import date

from studio.analysis import Analysis
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design
from studio.model.document import document
from studio.text import visible_json

SUFFIX = ".json"


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """JSON with two blanks of indent, dates as ISO texts, in the order of the model."""
    del analysis, options
    return visible_json(json.dumps(document(design), ensure_ascii=False, indent=2, default=_plain)) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
