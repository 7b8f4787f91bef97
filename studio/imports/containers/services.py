"""One service of a compose file, its short and long forms read alike."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from studio.imports.containers.overriding import as_table
from studio.imports.containers.project import Project
from studio.imports.containers.tree import Node, walk

_LOCAL = re.compile(r"^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$")


class Said(NamedTuple):
    """A text of the file, its variables put in, with its place."""

    text: str
    node: Node


class Mount(NamedTuple):
    """What a service keeps on a disk or is given to read."""

    source: str
    target: str
    is_named: bool
    """Whether it is a volume, not a folder or file of the machine."""
    is_read_only: bool


class Service(NamedTuple):
    """What a compose file says of one service."""

    name: str
    node: Node
    line: int
    image: str
    builds: bool
    needs: Mapping[str, tuple[str, Node]]
    """The services it depends on, with the condition, which may be empty."""
    links: Mapping[str, Said]
    """Services it links to, by the name it gives them."""
    environment: Mapping[str, Said]
    commands: tuple[Said, ...]
    """Words of command, entrypoint and what configurations written in the file say."""
    labels: Mapping[str, str]
    ports: tuple[Said, ...]
    """Ports published beyond the machine itself."""
    local_ports: tuple[Said, ...]
    """Ports published on the machine only."""
    networks: Mapping[str, tuple[str, ...]]
    """Networks, with the further names it has there."""
    mounts: tuple[Mount, ...]
    names: tuple[str, ...]
    """What others may call it."""
    replicas: int | None
    profiles: tuple[str, ...]
    restart: str


def services_of(project: Project) -> tuple[Service, ...]:
    """All services, in the order of the file."""
    found = []
    for name, node in project.services.items():
        if not node.table:
            project.defect(node, f"the service {name} says nothing", "give it an image or a build")
        found.append(_service(project, name, node))
    return tuple(found)


def _service(project: Project, name: str, node: Node) -> Service:
    networks = _networks(project, node)
    said = project.words
    called = (name, said(node.get("container_name")), said(node.get("hostname")))
    ports = tuple(_ports(project, node))
    aliases = tuple(alias for names in networks.values() for alias in names)
    return Service(
        name=name,
        node=node,
        line=project.lines.get(name, node.line),
        image=said(node.get("image")),
        builds=node.get("build") is not None or node.get("develop") is not None,
        needs=_needs(project, node),
        links=_links(project, node),
        environment=_environment(project, node),
        commands=_commands(project, node),
        labels={key: said(value) for key, value in _labels(node)},
        ports=tuple(port for port, is_local in ports if not is_local),
        local_ports=tuple(port for port, is_local in ports if is_local),
        networks=networks,
        mounts=tuple(_mounts(project, node)),
        names=tuple(dict.fromkeys(word for word in (*called, *aliases) if word)),
        replicas=_replicas(project, node),
        profiles=tuple(said(item) for item in _items(node, "profiles")),
        restart=said(node.get("restart")) or said(node.get("deploy", "restart_policy", "condition")),
    )


def _items(node: Node, key: str) -> tuple[Node, ...]:
    found = node.get(key)
    return found.items if found is not None else ()


def _table(node: Node, key: str) -> Mapping[str, Node]:
    found = node.table.get(key)
    return as_table(found).table if found is not None else {}


def _needs(project: Project, node: Node) -> dict[str, tuple[str, Node]]:
    return {name: (project.words(value.get("condition")), value) for name, value in _table(node, "depends_on").items()}


def _links(project: Project, node: Node) -> dict[str, Said]:
    found = {}
    for item in _items(node, "links"):
        service, _, alias = project.words(item).partition(":")
        found[alias or service] = Said(service, item)
    return found


def _environment(project: Project, node: Node) -> dict[str, Said]:
    return {key: Said(project.words(value), value) for key, value in _table(node, "environment").items()}


def _commands(project: Project, node: Node) -> tuple[Said, ...]:
    """Entry point and command as one line each, for an option and its value may be two items; then configurations."""
    found = []
    for key in ("entrypoint", "command"):
        said = node.get(key)
        if said is not None:
            found.append(Said(" ".join(map(project.words, walk(said))), said))
    for item in _items(node, "configs"):
        name = project.words(item.get("source") if item.table else item)
        content = project.root.get("configs", name, "content")
        if content is not None:
            found.append(Said(project.words(content), content))
    return tuple(found)


def _labels(node: Node) -> Iterator[tuple[str, Node]]:
    yield from _table(node, "labels").items()
    deploy = node.get("deploy")
    if deploy is not None:
        yield from _table(deploy, "labels").items()


def _ports(project: Project, node: Node) -> Iterator[tuple[Said, bool]]:
    """Published ports, and whether each is bound to the machine itself."""
    for item in _items(node, "ports"):
        if item.table:
            host, port = project.words(item.get("host_ip")), project.words(item.get("published"))
            text = port or project.words(item.get("target"))
        else:
            text = project.words(item)
            host = text.rsplit(":", 2)[0] if text.count(":") >= 2 else ""
        if text:
            yield Said(text, item), _LOCAL.match(host) is not None


def _networks(project: Project, node: Node) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(project.words(alias) for alias in _items(value, "aliases"))
        for name, value in _table(node, "networks").items()
    }


def _mounts(project: Project, node: Node) -> Iterator[Mount]:
    for item in _items(node, "volumes"):
        if item.table:
            source, target = project.words(item.get("source")), project.words(item.get("target"))
            kind = project.words(item.get("type")) or "volume"
            if kind in ("volume", "bind"):
                read_only = project.words(item.get("read_only")) == "true"
                yield Mount(source, target, kind == "volume" and bool(source), read_only)
            continue
        parts = re.split(r":(?![\\/]{2}|\\)", project.words(item))
        source, target = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
        is_named = bool(source) and re.match(r"[./~\\$]|[A-Za-z]:", source) is None
        yield Mount(source, target, is_named, "ro" in (parts[2].split(",") if len(parts) > 2 else ()))


def _replicas(project: Project, node: Node) -> int | None:
    text = project.words(node.get("deploy", "replicas")) or project.words(node.get("scale"))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
