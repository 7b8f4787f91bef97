"""How keys are bound: each binding has an id, a description and a tooltip, and help is made of these."""

from textual.binding import Binding


def key(keys: str, action: str, description: str, identifier: str, tooltip: str, *, hint: bool = False) -> Binding:
    """A binding; `hint` puts it into the line of keys at the bottom."""
    return Binding(keys, action, description, show=hint, id=identifier, tooltip=tooltip)
