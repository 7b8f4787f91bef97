"""Words of a person inside other languages: nothing in them acts there."""

import re

from studio.text import one_line, visible

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~]|&(?=#?\w+;)|\$(?!\d))")
"""Signs that act; of ampersands those of an entity, of dollar signs those that may begin or end a formula."""
_BLOCK_START = re.compile(r"^(\s*\d*)([.)]|[-+=])(?=\s|$)", re.MULTILINE)
"""A backslash escapes signs only: of `1.` it is the full stop that is escaped."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufffe\uffff]")
"""Characters outside of the production Char of XML 1.0."""


def markdown(text: str) -> str:
    """One line of plain words in Markdown, also inside a table."""
    return _BLOCK_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", one_line(text)))


def markdown_block(text: str) -> str:
    """Words on several lines in Markdown: paragraphs stay paragraphs, nothing else acts."""
    paragraphs = (" ".join(block.split()) for block in re.split(r"\n\s*\n", visible(text).strip()))
    return "\n\n".join(markdown(block) for block in paragraphs)


def fenced(text: str, language: str = "") -> str:
    """Text as a code block whose fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{visible(text).rstrip()}\n{fence}"


def dot_label(text: str) -> str:
    """Words as a label for the graphviz package: no escape sequence and no HTML of theirs acts."""
    from graphviz import escape

    return str(escape(one_line(text)))


def xml(text: str) -> str:
    """One line of plain words in XML, also inside an attribute; what no XML may hold is shown as `�`."""
    safe = _NO_XML.sub("\ufffd", one_line(text))
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#39")):
        safe = safe.replace(sign, f"&{name};")
    return safe
