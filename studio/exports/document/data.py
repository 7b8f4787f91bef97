"""Sections 6 and 7: what is kept, where and how long, and what is answered to whom."""

import re
from collections.abc import Iterator
from typing import Final

from studio.exports.document.blocks import Block, Code, Heading, Paragraph, Span, Words, joined, missing, points, table
from studio.exports.document.subject import Subject, in_own_unit, named, yes_no
from studio.model.behaviour import Data
from studio.model.component import Component, Endpoint
from studio.text import one_line

_SQL: Final = re.compile(r"\s*(create|alter|--|/\*)", re.IGNORECASE)


def data_model(subject: Subject) -> Iterator[Block]:
    """6: kinds of data with class, retention and residency, how caches forget, the schemas."""
    header = (
        "Data", "System of record", "Classification", "Owner", "Retention", "Partition key", "Consistency",
        "Belongs to users", "Belongs to tenants", "Residency",
    )  # fmt: skip
    rows = [_data(subject, data) for data in subject.design.data]
    yield from table(header, rows) or missing("data.ID.store", "data.ID.classification")
    yield from _open_columns(subject)
    caches = [
        (subject.component(c.id), in_own_unit(c.ttl), c.invalidation or "")
        for c in subject.served
        if c.ttl or c.invalidation
    ]
    if caches:
        yield Heading("Cached copies")
        yield from table(("Cache", "Lives for", "Removed early by"), caches)
    for component in subject.design.components:
        if component.schema_text:
            yield Heading(f"Schema of {component.label}")
            yield Code(component.schema_text, "sql" if _SQL.match(component.schema_text) else "")


def _data(subject: Subject, data: Data) -> tuple[Words, ...]:
    return (
        named("data", data.id, data.id),
        subject.component(data.store),
        data.classification or "",
        data.owner or "",
        in_own_unit(data.retention),
        data.partition_key or "",
        data.consistency or "",
        yes_no(data.user_owned),
        yes_no(data.tenant_scoped),
        ", ".join(data.residency),
    )


def _open_columns(subject: Subject) -> Iterator[Block]:
    """What nobody said of any kind of data, though a reader will ask."""
    for field, about in (
        ("classification", "How much harm a leak does"),
        ("retention", "How long data are kept"),
        ("residency", "Where data may lie"),
    ):
        silent = [data.id for data in subject.design.data if not getattr(data, field)]
        if silent:
            words = f"{about} is not stated of {', '.join(silent)}: "
            yield Paragraph((words, Span(f"data.ID.{field}", "code"), " says it."), "note")


def interfaces(subject: Subject) -> Iterator[Block]:
    """7: endpoints and events."""
    found = [block for component in subject.design.components for block in _interface(component)]
    yield from found or missing("components.ID.endpoints.NAME")


def _interface(component: Component) -> Iterator[Block]:
    if not (component.endpoints or component.publishes or component.consumes):
        return
    yield Heading(component.label)
    if component.rate_limit:
        yield Paragraph(f"Rate limit: {component.rate_limit}.")
    header = (
        "Endpoint", "Purpose", "Request", "Response", "Authentication", "Authorisation", "Idempotent", "Pages",
        "Errors",
    )  # fmt: skip
    yield from table(header, map(_endpoint, component.endpoints))
    for verb, events in (("Publishes", component.publishes), ("Consumes", component.consumes)):
        if events:
            yield Paragraph(f"{verb}:")
            yield from points(events)


def _endpoint(endpoint: Endpoint) -> tuple[Words, ...]:
    pages = yes_no(endpoint.paginated) if endpoint.returns_collection else ""
    return (
        called(endpoint),
        endpoint.purpose or "",
        endpoint.request or "",
        endpoint.response or "",
        endpoint.auth or "",
        endpoint.authorization or "",
        yes_no(endpoint.idempotent),
        pages,
        "; ".join(endpoint.errors),
    )


def called(endpoint: Endpoint) -> str:
    """An endpoint as a caller writes it: `POST /links`."""
    return one_line(f"{endpoint.method or ''} {endpoint.path or endpoint.id}")


def carried(subject: Subject, ids: tuple[str, ...]) -> Words:
    """Kinds of data with their classes: `link (personal)`."""
    classes: dict[str, str | None] = {data.id: data.classification for data in subject.design.data}
    return joined(f"{id_} ({classes[id_]})" if classes.get(id_) else id_ for id_ in ids)
