"""The JSON Schema of the design file: for editors that complete and check TOML."""

import json
from typing import Any

from studio.analysis import Analysis
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.model.values import ID_PATTERN

SUFFIX = ".schema.json"


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """The schema (draft 2020-12); the same for every design."""
    del design, analysis, options
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The schema as data, made from the model: keyed tables are objects whose keys are ids."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tenfold design file",
        **_table(Design),
    }


def _table(part: type[Part]) -> dict[str, Any]:
    known = shapes(part)
    found: dict[str, Any] = {
        "type": "object",
        "properties": {key: _field(part, shape) for key, shape in known.items()},
        "additionalProperties": False,
    }
    required = [key for key, shape in known.items() if shape.required]
    return found | ({"required": required} if required else {})


def _field(part: type[Part], shape: FieldShape) -> dict[str, Any]:
    described = {"description": shape.description} if shape.description else {}
    if shape.part is not None:
        inner = _table(shape.part)
        if shape.keyed:
            inner = {
                "type": "object",
                "propertyNames": {"pattern": f"^{ID_PATTERN.pattern}$"},
                "additionalProperties": inner,
            }
        return described | inner
    if shape.choices:
        return described | {"enum": list(shape.choices)}
    if shape.is_date:
        return described | {"type": "string", "format": "date"}
    checks = [item for item in part.model_fields[shape.name].metadata if hasattr(item, "json_schema")]
    return described | (checks[0].json_schema() if checks else {})
