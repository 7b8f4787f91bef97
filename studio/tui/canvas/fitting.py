"""Which kinds of components stand before and behind one of a kind, the usual ones first."""

from collections.abc import Mapping
from typing import Final

from studio.model.kinds import KINDS

_OWN: Final = ("database", "service", "cache", "queue", "external")
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "client": ("service", "gateway", "load-balancer", "cdn"),
    "cdn": ("load-balancer", "gateway", "object-store", "service"),
    "gateway": ("service", "load-balancer", "function", "identity"),
    "load-balancer": ("service", "gateway", "function"),
    "service": _OWN,
    "worker": ("database", "external", "object-store", "queue", "service"),
    "function": ("database", "object-store", "queue", "external", "service"),
    "batch": ("database", "object-store", "external"),
    "scheduler": ("worker", "batch", "function", "queue"),
    "database": ("stream", "database"),
    "cache": ("database",),
    "queue": ("worker", "function", "service"),
    "stream": ("worker", "function", "search", "object-store"),
    "object-store": ("function", "queue"),
    "search": ("object-store",),
    "vector-store": ("object-store",),
    "llm": ("vector-store",),
    "agent": ("llm", "vector-store", "service", "external"),
    "identity": ("database", "external"),
    "external": ("service",),
}
"""What a component usually calls or feeds."""
_CALLING: Final[Mapping[str, tuple[str, ...]]] = {
    "service": ("client", "gateway", "load-balancer", "service", "queue"),
    "cdn": ("client",),
    "gateway": ("client", "load-balancer", "cdn"),
    "load-balancer": ("client", "cdn", "gateway"),
    "worker": ("queue", "stream", "scheduler"),
    "function": ("gateway", "queue", "stream", "object-store"),
    "batch": ("scheduler",),
    "queue": ("service", "worker", "function", "scheduler"),
    "stream": ("service", "database", "worker"),
    "llm": ("agent", "service"),
    "vector-store": ("agent", "service", "worker"),
    "agent": ("client", "service", "gateway"),
    "client": ("service", "external"),
}
"""What usually calls or feeds it; services stand before everything else."""


def fitting_kinds(kind: str, *, calls: bool) -> tuple[str, ...]:
    """All kinds, those first that a component of this kind usually calls, or that usually call it."""
    usual = (_CALLED if calls else _CALLING).get(kind, ("service", "worker", "function"))
    return (*usual, *(other for other in KINDS if other not in usual))


def is_usual(kind: str, other: str, *, calls: bool) -> bool:
    """Whether the other kind is one of those."""
    return other in (_CALLED if calls else _CALLING).get(kind, ("service", "worker", "function"))
