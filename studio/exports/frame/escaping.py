"""Words of a person inside other languages: nothing in them acts there."""

import re

from studio.text import one_line, visible

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#~]|&(?=#?\w+;)|\$(?!\d))")
"""Signs that act; of ampersands those of an entity, of dollar signs those that may begin or end a formula."""
_BLOCK_START = re.compile(r"^(\s*\d*)([.)]|[-+=])(?=\s|$)", re.MULTILINE)
"""A backslash escapes signs only: of `1.` it is the full stop that is escaped."""

_MERMAID = re.compile(
    r"""["#&<>`{}\[\]|\\;%$@*~^ﬂ¶]|(?<![^\W_])_|_(?![^\W_])"""
    r"|(?<=^\d)[.)]|(?<=^\d\d)[.)]|^[-+=]|(?i:style|classdef|:fa|://|www\.)"
)
"""Signs that act in a label of Mermaid: quotes, entities, directives (`%%{`), Markdown, formulas; what begins a list;
words and signs its preprocessor looks for; icons (`:fa-…`) and addresses it would link."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufffe\uffff]")
"""Characters outside of the production Char of XML 1.0."""


def markdown(text: str) -> str:
    """One line of plain words in Markdown, also inside a table."""
    return _BLOCK_START.sub(r"\1\\\2", markdown_inside(text))


def markdown_inside(text: str) -> str:
    """The same behind other words of a line, where nothing begins a list or a heading."""
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def markdown_block(text: str) -> str:
    """Words on several lines in Markdown: paragraphs stay paragraphs, nothing else acts."""
    return "\n\n".join(markdown(block) for block in prose_paragraphs(text))


def prose_paragraphs(text: str) -> list[str]:
    """The paragraphs of a person's text, each on one line; they are blank lines apart."""
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n", visible(text).strip())]


def fenced(text: str, language: str = "") -> str:
    """Text as a code block whose fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{visible(text).rstrip()}\n{fence}"


def mermaid(text: str) -> str:
    """One line of plain words inside the quotes of a Mermaid label, or of an argument of its C4 diagrams.

    Every sign that Mermaid, its directives, Markdown, formulas, icons or HTML could act on becomes an entity.
    """
    found = _MERMAID.sub(lambda match: f"#{ord(match[0][0])};{match[0][1:]}", one_line(text))
    return found or "#8203;"


def dot_label(text: str) -> str:
    """Words as a label for the graphviz package: no escape sequence, entity or HTML of theirs acts.

    What is returned is marked as no HTML; a plain `str` of it would lose the mark.
    """
    from graphviz import escape

    found: str = escape(re.sub(r"&(?=#?\w+;)", "&amp;", one_line(text)))
    return found


def xml(text: str) -> str:
    """One line of plain words in XML, also inside an attribute; what no XML may hold is shown as `�`."""
    return xml_lines(one_line(text))


def xml_lines(text: str) -> str:
    """The same for text that keeps its lines and blanks."""
    safe = _NO_XML.sub("\ufffd", visible(text))
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#39")):
        safe = safe.replace(sign, f"&{name};")
    return safe
