"""Where an imported part came from, and how sure it is: what nobody confirmed yet is not sold as a fact."""

from typing import Literal

from pydantic import Field

from studio.model.part import Part
from studio.model.values import Line

Confidence = Literal["certain", "likely", "guess"]


class Origin(Part):
    """The place in another file that a part was imported from."""

    format: Line = Field(None, description="The format it was imported from: compose, mermaid, dot, structurizr")
    path: Line = Field(None, description="The file, as seen from the folder of the design")
    key: Line = Field(None, description="What it is called in that file")
    hash: Line = Field(None, description="A digest of what that file said, so that a later import knows what changed")
