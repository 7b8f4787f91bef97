"""The fields of components and connections by what they are about, in the order in which they are asked for."""

from typing import Final, NamedTuple


class Group(NamedTuple):
    """Fields that belong together."""

    name: str
    keys: tuple[str, ...]
    usual: frozenset[str] = frozenset()
    """Those that stand in the form even when nothing is said; the others wait below «more»."""


GROUPS: Final[dict[str, tuple[Group, ...]]] = {
    "components": (
        Group(
            "What it is",
            ("name", "kind", "technology", "purpose", "why", "owner", "group", "tier", "responsibilities", "managed",
             "at"),
            frozenset({"name", "kind", "technology", "group"}),
        ),
        Group(
            "Load and speed",
            ("instances", "capacity_rps", "latency", "workers", "pooled", "blocking", "service_variation",
             "contention", "coherence", "autoscale", "scaling", "generates_rps", "share", "rate_limit", "quota_rps",
             "max_connections", "pool_size"),
            frozenset({"instances", "capacity_rps", "latency"}),
        ),
        Group(
            "Failures and recovery",
            ("zones", "availability", "zone_availability", "time_between_failures", "time_to_repair", "common_cause",
             "error_ratio", "failover", "needs_to_start", "shares_fate_with", "recovery_admission", "health_check",
             "guard", "failures"),
            frozenset({"zones", "availability"}),
        ),
        Group("Cost and effort", ("cost_per_month", "cost_per_million_requests", "free_requests_per_month", "effort"),
              frozenset({"cost_per_month"})),
        Group(
            "Data it holds",
            ("state", "read_replicas", "shards", "hot_share", "replication", "keys", "holds", "skew", "hit_ratio",
             "ttl", "ttl_jitter", "invalidation", "max_length", "max_age", "encrypted_at_rest", "backup", "tenancy",
            "regions",
             "schema"),
        ),
        Group("What it offers", ("endpoints", "publishes", "consumes", "limits_of_agent", "model")),
        Group("How it is run", ("deploy", "observe", "limits", "expires")),
        Group("Where it was imported from", ("origin",)),
    ),
    "connections": (
        Group(
            "What flows",
            ("from", "to", "carries", "protocol", "data", "mode", "traffic", "calls_per_request", "on_miss_of",
             "per_item", "parallel", "answers_needed"),
            frozenset({"from", "to", "carries", "mode", "traffic"}),
        ),
        Group(
            "When it is slow or fails",
            ("hard", "network", "timeout", "attempts", "backoff", "jitter", "retry_budget", "hedge_after",
             "circuit_breaker", "bulkhead", "fallback"),
            frozenset({"timeout", "attempts", "circuit_breaker", "bulkhead", "fallback"}),
        ),
        Group("What it changes", ("mutating", "idempotent", "delivery", "dead_letter")),
        Group("Who may", ("auth", "encrypted", "validated")),
        Group("Where it was imported from", ("confidence", "origin")),
    ),
}  # fmt: skip
