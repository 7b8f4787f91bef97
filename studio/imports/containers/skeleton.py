"""What a compose file says, as components and connections."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from studio.imports.containers.calls import Call
from studio.imports.containers.kinds import COMPLETED, Nature, nature
from studio.imports.containers.project import Project
from studio.imports.containers.secrets import holds_secret, values
from studio.imports.containers.services import Mount, Service
from studio.imports.frame.naming import id_of
from studio.model.address import Address
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import DATA_HOLDERS, ENTRANCES
from studio.model.references import free_id
from studio.model.values import ID_PATTERN
from studio.text import listed, one_line, shortened

_LONGEST: Final = 120
"""Columns of words taken over."""
_ENTERED: Final = ENTRANCES | {"identity"}
"""Kinds whose published port somebody outside calls; that of a store is as often left open by mistake."""
_OWNER_LABELS: Final = ("owner", "team", "maintainer")
_DATA_FOLDERS: Final = re.compile(r"^/(var/lib|data|storage|srv|media|uploads|var/opt|usr/share/\w+/data)(/|$)")
_NO_DATA: Final = re.compile(r"docker\.sock|node_modules|\.(conf|cfg|ya?ml|json|toml|ini|env|sql|sh|crt|pem|key)$")


class Parts(NamedTuple):
    """What has become of the services."""

    components: tuple[Component, ...]
    connections: tuple[Connection, ...]
    natures: Mapping[str, Nature]
    """By the name of the service."""
    ids: Mapping[str, str]
    """Ids of components by the names of services."""
    keys: Mapping[Address, str]
    published_stores: tuple[str, ...]
    """Services that publish a port and are no entrance."""


def parts(project: Project, services: tuple[Service, ...], calls: tuple[Call, ...]) -> Parts:
    """Components for the services, in file order, and one for their users where a port is published."""
    taken: set[str] = set()
    ids = {service.name: _id(service.name, taken) for service in services}
    jobs = frozenset(
        name for service in services for name, (condition, _) in service.needs.items() if condition == COMPLETED
    )
    natures = {service.name: nature(service, jobs) for service in services}
    groups = _groups(services)
    hidden = values(services)
    components = [_component(project, each, natures[each.name], ids, groups, hidden) for each in services]
    keys: dict[Address, str] = {("components", ids[each.name]): f"services.{each.name}" for each in services}
    connections: list[Connection] = []
    used: set[str] = set()
    entered = [each for each in services if each.ports and natures[each.name].kind in _ENTERED]
    if entered:
        client = free_id("client", taken)
        components.insert(0, Component.model_validate({"id": client, "name": "Client", "kind": "client"}))
        keys["components", client] = "ports"
        for each in entered:
            found = _connection(client, ids[each.name], used, {"confidence": "likely"})
            connections.append(found)
            keys["connections", found.id] = f"ports -> services.{each.name}"
    for call in calls:
        found = _connection(ids[call.source], ids[call.target], used, _said(call))
        connections.append(found)
        keys["connections", found.id] = f"services.{call.source} -> services.{call.target}"
    stores = tuple(each.name for each in services if each.ports and each not in entered)
    return Parts(tuple(components), tuple(connections), natures, ids, keys, stores)


def _id(name: str, taken: set[str]) -> str:
    """The name itself where it can be an id."""
    if ID_PATTERN.fullmatch(name) and name not in taken:
        taken.add(name)
        return name
    return id_of(name, taken, "service")


def _connection(source: str, target: str, used: set[str], given: Mapping[str, Any]) -> Connection:
    id_ = free_id(f"{source}-{target}", used)
    used.add(id_)
    return Connection.model_validate({"id": id_, "from": source, "to": target, **given})


def _said(call: Call) -> dict[str, Any]:
    """The fields of a connection. No request goes to a job that has to be done before: it is only waited for."""
    if call.is_order_only:
        said: dict[str, Any] = {"carries": "waits until it is done", "mode": "batch", "calls_per_request": 0}
    else:
        said = {"protocol": call.protocol, "encrypted": True if call.encrypted else None}
    return {key: value for key, value in {**said, "confidence": call.confidence}.items() if value is not None}


def _component(
    project: Project,
    service: Service,
    found: Nature,
    ids: Mapping[str, str],
    groups: Mapping[str, str],
    hidden: frozenset[str],
) -> Component:
    id_ = ids[service.name]
    profiles = listed(service.profiles)
    said = {
        "name": one_line(service.name) if service.name != id_ else None,
        "technology": found.technology,
        "purpose": one_line(f"Runs only with the profile {profiles}") if profiles else None,
        "owner": _owner(service),
        "group": groups.get(service.name),
        "instances": service.replicas or None,
        "state": "disk" if any(_is_data(mount, found) for mount in service.mounts) else None,
        "needs_to_start": tuple(ids[name] for name in service.needs if name in ids and name != service.name) or None,
        "health_check": _health_check(project, service, hidden),
    }
    given = {field: value for field, value in said.items() if value is not None}
    return Component.model_validate({"id": id_, "kind": found.kind, **given})


def _owner(service: Service) -> str | None:
    for key, value in service.labels.items():
        if re.split(r"[._-]", key.casefold())[-1] in _OWNER_LABELS and value and not holds_secret(value):
            return shortened(one_line(value), _LONGEST)
    return None


def _groups(services: Iterable[Service]) -> dict[str, str]:
    """The network of each service that is in one only; none where all are in the same, which would say nothing."""
    known = tuple(services)
    alone = {each.name: next(iter(each.networks)) for each in known if len(each.networks) == 1}
    alone = {name: one_line(network).replace("/", "-") for name, network in alone.items() if network != "default"}
    counted = Counter(alone.values())
    if len(counted) == 1 and len(alone) == len(known):
        return {}
    return {name: network for name, network in alone.items() if network}


def _is_data(mount: Mount, found: Nature) -> bool:
    """Whether a mount holds what the service keeps, and not its code, its settings or somebody else's socket."""
    if mount.is_read_only or _NO_DATA.search(mount.target) or _NO_DATA.search(mount.source):
        return False
    if mount.is_named:
        return True
    return bool(mount.source) and (found.kind in DATA_HOLDERS or _DATA_FOLDERS.match(mount.target) is not None)


def _health_check(project: Project, service: Service, hidden: frozenset[str]) -> str | None:
    """The command as it is written; only its first word where it holds a secret."""
    check = service.node.get("healthcheck")
    test = check.get("test") if check is not None else None
    if check is None or test is None or project.words(check.get("disable")) == "true":
        return None
    words = [item.text or "" for item in test.items]
    if words and words[0] in ("CMD", "CMD-SHELL", "NONE"):
        words = words[1:] if words[0] != "NONE" else []
    text = one_line(" ".join(words))
    if text and (holds_secret(text, hidden) or holds_secret(" ".join(map(project.words, test.items)), hidden)):
        text = f"{text.split()[0]} …"
    return shortened(text.replace("$$", "$"), _LONGEST) or None
