"""Settings of a team for single parts of a design that none of the designs at hand has: mostly a misspelt id."""

from collections.abc import Iterable

from studio.cli.frame.reading import Opened
from studio.cli.frame.remarks import Remark
from studio.red_flags.settings import Mention
from studio.text import nearest


def idle_settings(opened: Iterable[Opened]) -> tuple[Remark, ...]:
    """A warning for each, at its line in the file of the settings."""
    under: dict[Mention, list[Opened]] = {}
    for one in opened:
        for mention in one.analysis.settings.mentions:
            under.setdefault(mention, []).append(one)
    judged = ((mention, _ids(mention, designs)) for mention, designs in under.items())
    return tuple(
        Remark(mention.file, mention.line, _why(mention, known), is_warning=True)
        for mention, known in judged
        if mention.address[1] not in known
    )


def _ids(mention: Mention, designs: list[Opened]) -> dict[str, None]:
    """The ids in the section it names, of all designs the settings are for."""
    return {part.id: None for one in designs for part in getattr(one.loaded.design, mention.address[0])}


def _why(mention: Mention, known: dict[str, None]) -> str:
    section, id_ = mention.address
    near = nearest(id_, known)
    advice = f"did you mean {near}?" if near else "correct the id, or take it out"
    return f"{section}.{id_} is in none of the designs checked here; {advice}"
