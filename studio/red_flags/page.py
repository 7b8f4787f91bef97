"""The page of a rule as text."""

from studio.red_flags.library import RulePage


def text(page: RulePage) -> str:
    """Title, words, patterns that mend it, sources: Markdown that also reads well in a terminal."""
    rule = page.rule
    parts = [f"# {rule.id} {rule.title} ({rule.severity.value})", page.words]
    if rule.patterns:
        parts.append("## Patterns that mend it\n" + "\n".join(f"- {pattern}" for pattern in rule.patterns))
    if page.flagged:
        example = "\n".join(f"    {line}".rstrip() for line in page.flagged.strip().splitlines())
        parts.append(f"## An example it flags\n{example}")
    parts.append("## Sources\n" + "\n".join(f"- {source}" for source in rule.sources))
    if not rule.may_be_accepted:
        parts.append("This flag cannot be accepted.")
    return "\n\n".join(parts)
