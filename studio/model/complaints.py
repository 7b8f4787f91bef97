"""What pydantic found wrong, in our words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails


def complaint(error: "ValidationError") -> str:
    """The first thing wrong, as one sentence that names the field."""
    details = error.errors(include_url=False, include_input=False)[0]
    field = next((str(key) for key in reversed(details["loc"]) if isinstance(key, str)), "")
    said = words(details)
    return f"{field}: {said}" if field and field not in said else said


def words(details: "ErrorDetails") -> str:
    """One error of pydantic as a sentence without a full stop; our own checks already speak for themselves."""
    context: dict[str, Any] = details.get("ctx") or {}
    match details["type"]:
        case "missing":
            return f"{details['loc'][-1]} is required"
        case "extra_forbidden":
            return f"{details['loc'][-1]} is not known here"
        case "literal_error":
            return f"it must be {context['expected']}"
        case "model_type" | "model_attributes_type":
            return "a table is wanted here"
        case _:
            return details["msg"]
