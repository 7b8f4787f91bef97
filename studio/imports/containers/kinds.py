"""What a service is: by its image, by being built, by being a job, by its command or its name."""

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from studio.imports.containers.services import Service
from studio.imports.frame.naming import kind_said
from studio.model.kinds import Kind

_FILE: Final = Path(__file__).with_name("images.toml")
_SAYING: Final = frozenset({"batch", "gateway", "load-balancer", "database"})
"""Kinds that the name of a service tells; «users» or «search» are as often a service of one's own."""
_JOBS: Final = frozenset({
    "bootstrap", "createbuckets", "init", "migrate", "migration", "migrations", "migrator", "seed", "seeder", "setup",
})  # fmt: skip
_ROLES: Final[dict[str, Kind]] = {
    "beat": "scheduler", "consumer": "worker", "cron": "scheduler", "scheduler": "scheduler", "sidekiq": "worker",
    "worker": "worker", "workers": "worker",
}  # fmt: skip
_PRODUCTS: Final = frozenset({
    "caddy", "cassandra", "clickhouse", "elasticsearch", "haproxy", "kafka", "mariadb", "memcached", "minio", "mongo",
    "mongodb", "mysql", "nats", "nginx", "opensearch", "postgres", "postgresql", "rabbitmq", "redis", "traefik",
    "valkey",
})  # fmt: skip
"""Names that tell what runs in an image somebody built upon it."""
_SEVERAL_ROLES: Final = frozenset({"service", "identity", "monitoring"})
"""Kinds of which one image serves requests, works in the background or keeps time, as it is started."""
_WORKER: Final = re.compile(
    r"\bcelery\b.*\bworker\b|\bsidekiq\b|\brq\s+worker\b|\bqueue:(work|listen)\b|\bdramatiq\b|\bhorizon\b"
)
_SCHEDULER: Final = re.compile(
    r"\bcelery\b.*\bbeat\b|\bschedule:(work|run)\b|\bcrond?\b|\bsupercronic\b|(^|[\"\s])([\d*/,-]+\s+){2}\*(\s+[\d*/,-]+){2}\s"
)
COMPLETED: Final = "service_completed_successfully"


class Nature(NamedTuple):
    """What a service is."""

    kind: Kind
    technology: str | None
    """None: nothing says it."""
    is_guessed: bool
    """Whether only its name or its command says the kind."""


@cache
def _images() -> dict[str, tuple[Kind, str]]:
    import tomllib

    return {name: (kind, technology) for name, (kind, technology) in tomllib.loads(_FILE.read_text("utf-8")).items()}


def image_name(image: str) -> str:
    """The name of an image without registry, tag and digest: `ghcr.io/a/b:1@sha256:…` is `a/b`."""
    parts = image.split("@", 1)[0].lower().split("/")
    if len(parts) > 1 and (re.search(r"[.:]", parts[0]) or parts[0] == "localhost" or "$" in parts[0]):
        parts = parts[1:]
    return "/".join([*parts[:-1], parts[-1].split(":", 1)[0]]).removeprefix("library/")


def known_image(image: str) -> tuple[Kind, str] | None:
    """Kind and technology of an image; None when nobody knows it."""
    name = image_name(image)
    words = name.split("/")
    for candidate in (name, "/".join(words[-2:]), words[-1]):
        if candidate in _images():
            return _images()[candidate]
    return None


def nature(service: Service, jobs: frozenset[str]) -> Nature:
    """What a service is; `jobs` are those others wait for to be done."""
    known = known_image(service.image) if service.image and not service.builds else None
    technology = known[1] if known else None
    if is_job(service, known, jobs):
        is_tool = known is not None and known[0] in ("service", "batch")
        return Nature("batch", technology if is_tool else None, is_guessed=False)
    if known and known[0] not in _SEVERAL_ROLES:
        return Nature(known[0], technology, is_guessed=False)
    said = _said_by_command(service) or _said_by_name(service, is_known=known is not None)
    return Nature(said or (known[0] if known else "service"), technology, is_guessed=said is not None)


def is_job(service: Service, known: tuple[Kind, str] | None, jobs: frozenset[str]) -> bool:
    """Whether a service runs once and is done: others wait for its end, or it is told not to start again."""
    if service.name in jobs:
        return True
    if service.ports:
        return False
    if known and known[0] not in ("service", "batch"):
        return _is_named_a_job(service.name) and bool(service.commands)
    told = service.restart in ("no", "none", "false") or (known is not None and known[0] == "batch")
    return told or _is_named_a_job(service.name)


def _is_named_a_job(name: str) -> bool:
    words = re.split(r"[^a-z0-9]+", name.casefold())
    return words[-1] in _JOBS or words[0] in ("migrate", "migrations", "init", "createbuckets")


def _said_by_command(service: Service) -> Kind | None:
    command = " ".join(said.text for said in service.commands)[:2_000]
    if _SCHEDULER.search(command):
        return "scheduler"
    return "worker" if _WORKER.search(command) else None


def _said_by_name(service: Service, *, is_known: bool) -> Kind | None:
    words = re.split(r"[^a-z0-9]+", service.name.casefold())
    if words[-1] in _ROLES:
        return _ROLES[words[-1]]
    if is_known:
        return None
    if words[-1] in _PRODUCTS:
        return _images()[words[-1]][0]
    said = kind_said(service.name)
    return said if said in _SAYING else None
