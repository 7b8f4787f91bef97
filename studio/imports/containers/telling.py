"""What a compose file does not say, and what a person should know of it."""

from collections.abc import Iterator
from typing import Final

from studio.imports.containers.hosts import open_hosts
from studio.imports.containers.project import Project
from studio.imports.containers.secrets import places
from studio.imports.containers.services import Service
from studio.imports.containers.skeleton import Parts
from studio.imports.frame.graph import some
from studio.model.kinds import MESSAGING

_SETTINGS: Final = (".conf", ".cfg", ".yml", ".yaml", ".toml", ".ini", ".properties", ".json", "Caddyfile")


def unknown(project: Project, services: tuple[Service, ...], parts: Parts) -> Iterator[str]:
    """What this file does not say, that which may hide connections first."""
    yield from _hidden_connections(project, services)
    likely = [c.id for c in parts.connections if c.confidence == "likely" and c.calls_per_request is None]
    if likely:
        yield (
            f"whether requests flow along {some(likely)}: the file says that the one needs, publishes or starts before "
            "the other; take confidence = \"likely\" away from those you confirm (connections.ID.confidence)"
        )  # fmt: skip
    yield from _kinds(services, parts)
    if parts.published_stores:
        yield f"who uses the published ports of {some(parts.published_stores)} (a connection from a client)"
    local = [each.name for each in services if each.local_ports and not each.ports]
    if local:
        yield f"who uses the ports of {some(local)}, which only their machine can reach (a connection to them)"
    brokers = [c.id for c in parts.components if c.kind in MESSAGING]
    if brokers:
        yield (
            f"who publishes to {some(brokers)} and who consumes: the file says only who connects "
            "(components.ID.publishes, consumes)"
        )
    yield from _running(project, services)


def _hidden_connections(project: Project, services: tuple[Service, ...]) -> Iterator[str]:
    open_ = [
        name
        for each in services
        for key, said in each.environment.items()
        for name in open_hosts(key, None if said.node.is_null else said.text)
    ]
    if open_:
        yield f"which hosts {some(open_)} name: give their values with --env-file"
    named = [node for each in services if (node := each.node.get("env_file")) is not None]
    items = [item for node in named for item in (node.items or (node,))]
    files = [project.words(item.get("path") if item.table else item) or "a file" for item in items]
    if files:
        yield f"which services {some(files)} name: files of variables hold secrets and are not read"
    settings = [
        mount.source.rsplit("/", 1)[-1]
        for each in services
        for mount in each.mounts
        if not mount.is_named and mount.source.endswith(_SETTINGS)
    ]
    if settings:
        yield f"which services {some(settings)} name: settings in other files are not read"


def _kinds(services: tuple[Service, ...], parts: Parts) -> Iterator[str]:
    natures = [(each.name, parts.natures[each.name]) for each in services]
    guessed = [f"{name} ({found.kind})" for name, found in natures if found.is_guessed]
    if guessed:
        yield f"whether the kinds are right that names and commands say: {some(guessed)}"
    silent = [name for name, found in natures if found.technology is None]
    if silent:
        yield f"what {some(silent)} is made of (components.ID.technology)"


def _running(project: Project, services: tuple[Service, ...]) -> Iterator[str]:
    chosen = [each.name for each in services if each.profiles]
    if chosen:
        yield f"whether {some(chosen)} belong to the design: they run only with a profile"
    none = [each.name for each in services if each.replicas == 0]
    if none:
        yield f"how many copies of {some(none)} run: the file says 0"
    everywhere = [each.name for each in services if project.words(each.node.get("deploy", "mode")) == "global"]
    if everywhere:
        yield f"how many copies of {some(everywhere)} run: one on each machine, and the file does not say how many"


def remarks(project: Project, services: tuple[Service, ...]) -> Iterator[str]:
    """Secrets in plain text, and that the file is of the first version."""
    found = places(services)
    if found:
        where = some(f"{file}:{line}" for file, line in found)
        plural = "s stand" if len(found) > 1 else " stands"
        yield (
            f"{len(found)} secret{plural} in plain text, at {where}; nothing of it was copied: "
            "keep them in a secret store, and change those that were ever committed"
        )
    if project.is_old:
        yield "the file is of the first version of compose: its services stand at the top and are read as such"
