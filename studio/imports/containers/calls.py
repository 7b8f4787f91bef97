"""Who calls whom in a compose file, what says so, and how sure that is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from studio.imports.containers.hosts import Named, hosts_of_command, hosts_of_variable
from studio.imports.containers.kinds import COMPLETED, image_name
from studio.imports.containers.services import Service
from studio.model.origin import Confidence

_SURENESS: Final[tuple[Confidence, ...]] = ("certain", "likely", "guess")

_FINDING: Final = frozenset({"caddy-docker-proxy", "nginx-proxy", "traefik"})


class Call(NamedTuple):
    """One service that needs another."""

    source: str
    target: str
    confidence: Confidence
    protocol: str | None = None
    encrypted: bool = False
    is_order_only: bool = False
    """Whether the one only waits until the other is done; no request goes there."""


def calls_of(services: Iterable[Service]) -> tuple[Call, ...]:
    """All calls, one for each pair, in the order of the file; the surest word about a pair holds."""
    known = tuple(services)
    names = _names(known)
    fronts = _fronts(known)
    found: dict[tuple[str, str], Call] = {}
    for service in known:
        for call in _said(service, names, fronts):
            if call.source == call.target:
                continue
            pair = (call.source, call.target)
            found[pair] = _surer(found[pair], call) if pair in found else call
    return tuple(found.values())


def _names(services: Iterable[Service]) -> Mapping[str, str]:
    """Which service a host name means, in any case; its own name goes before the further names of another."""
    found: dict[str, str] = {}
    for service in services:
        for name in service.names:
            found.setdefault(name.casefold(), service.name)
    found |= {service.name.casefold(): service.name for service in services}
    return found | {service.name: service.name for service in services}


def _surer(one: Call, other: Call) -> Call:
    first, second = sorted((one, other), key=lambda call: (call.is_order_only, _SURENESS.index(call.confidence)))
    return first._replace(protocol=first.protocol or second.protocol, encrypted=first.encrypted or second.encrypted)


def _said(service: Service, names: Mapping[str, str], fronts: Mapping[str, str]) -> Iterator[Call]:
    for name, (condition, _) in service.needs.items():
        if _is_service(name, names):
            is_order_only = condition == COMPLETED
            yield Call(service.name, name, "certain" if is_order_only else "likely", is_order_only=is_order_only)
    for said in service.links.values():
        if _is_service(said.text, names):
            yield Call(service.name, said.text, "likely")
    own = {alias.casefold(): said.text for alias, said in service.links.items() if _is_service(said.text, names)}
    for key, value in service.environment.items():
        yield from _named(service, hosts_of_variable(key, value.text), {**names, **own}, "certain")
    for command in service.commands:
        yield from _named(service, hosts_of_command(command.text), {**names, **own}, "likely")
    yield from _routed(service, fronts)


def _named(
    service: Service, hosts: Iterable[Named], names: Mapping[str, str], confidence: Confidence
) -> Iterator[Call]:
    for found in hosts:
        host = found.host.rstrip(".")
        target = names.get(host) or names.get(host.casefold())
        if target is not None:
            yield Call(
                service.name, target, confidence if found.is_plain else "likely", found.protocol, found.encrypted
            )


def _is_service(name: str, names: Mapping[str, str]) -> bool:
    return names.get(name) == name


def _fronts(services: Iterable[Service]) -> Mapping[str, str]:
    """The proxies that find their targets by themselves, by the name of their image; none of which there are two."""
    found: dict[str, list[str]] = {}
    for service in services:
        found.setdefault(image_name(service.image).rsplit("/", 1)[-1], []).append(service.name)
    return {image: names[0] for image, names in found.items() if image in _FINDING and len(names) == 1}


def _routed(service: Service, fronts: Mapping[str, str]) -> Iterator[Call]:
    """The proxy that finds its targets by their labels or variables calls this service."""
    tells = {
        "traefik": any(key.startswith(("traefik.http.", "traefik.tcp.")) for key in service.labels),
        "nginx-proxy": "VIRTUAL_HOST" in service.environment and bool(service.environment["VIRTUAL_HOST"].text),
        "caddy-docker-proxy": any(key == "caddy" or key.startswith("caddy.reverse_proxy") for key in service.labels),
    }
    for image, front in fronts.items():
        if tells[image]:
            yield Call(front, service.name, "likely")
