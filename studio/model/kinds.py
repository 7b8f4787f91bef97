"""The kinds of components, and what a kind implies."""

from typing import Final, Literal, TypeAlias, get_args

Kind: TypeAlias = Literal[
    "client", "cdn", "gateway", "load-balancer", "service", "worker", "function", "batch", "scheduler",
    "database", "cache", "queue", "stream", "object-store", "search", "vector-store",
    "llm", "agent", "identity", "secrets", "monitoring", "external",
]  # fmt: skip

KINDS: Final[tuple[str, ...]] = get_args(Kind)
DURABLE_STORES: Final = frozenset({"database", "object-store", "search", "vector-store"})
"""Kinds that keep data for good."""
MESSAGING: Final = frozenset({"queue", "stream"})
DATA_HOLDERS: Final = DURABLE_STORES | MESSAGING | {"cache"}
"""Kinds that hold data at all."""
OWN_CODE: Final = frozenset({"service", "worker", "function", "batch", "scheduler", "agent", "gateway"})
"""Kinds a team writes, deploys and is paged for, unless they are managed."""
ENTRANCES: Final = frozenset({"cdn", "gateway", "load-balancer", "service", "function", "agent"})
"""Kinds a client may rightly call."""
