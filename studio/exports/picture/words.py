"""Words in a picture: escaped for XML, and never wider than the place that is theirs."""

from studio.exports.frame.escaping import xml
from studio.exports.picture.grid import widest


def words(at: tuple[int, int], text: str, kind: str, *, size: int, room: int, anchor: str = "") -> str:
    """A `<text>` whose base line begins at a place, or is centred on it with the anchor `middle`.

    Where the face might make it wider than its room, in pixels, it is drawn exactly that wide.
    """
    if not text:
        return ""
    fit = f' textLength="{room}" lengthAdjust="spacingAndGlyphs"' if widest(text, size) > room else ""
    classes = f"{kind} {anchor}" if anchor else kind
    return f'<text class="{classes}" x="{at[0]}" y="{at[1]}"{fit}>{xml(text)}</text>'


def spoken(text: str) -> str:
    """A `<title>`: what is read out, and shown while the pointer rests on the thing."""
    return f"<title>{xml(text)}</title>"
