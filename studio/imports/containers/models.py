"""Language models that a compose file names: components of their own, called by the services that name them."""

from studio.imports.containers.overriding import as_table
from studio.imports.containers.project import Project
from studio.imports.containers.services import Service
from studio.imports.containers.skeleton import Parts
from studio.imports.frame.naming import id_of
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.references import free_id
from studio.text import one_line


def with_models(project: Project, services: tuple[Service, ...], parts: Parts) -> Parts:
    """The parts, and those of the section `models` (Compose Specification, §Models)."""
    section = project.root.get("models")
    if section is None:
        return parts
    taken: set[str] = {component.id for component in parts.components}
    ids = {name: id_of(name, taken, "model") for name in section.table}
    used: set[str] = {connection.id for connection in parts.connections}
    keys = dict(parts.keys)
    components, connections = list(parts.components), list(parts.connections)
    for name, node in section.table.items():
        model = one_line(project.words(node.get("model"))) or None
        given = {"id": ids[name], "kind": "llm", "name": one_line(name) if name != ids[name] else None}
        given = {key: value for key, value in given.items() if value}
        language_model = {"model": {"name": model}} if model else {}
        components.append(Component.model_validate({**given, **language_model}))
        keys["components", ids[name]] = f"models.{name}"
    for service in services:
        named = service.node.get("models")
        for name in as_table(named).table if named is not None else ():
            if name in ids:
                id_ = free_id(f"{parts.ids[service.name]}-{ids[name]}", used)
                used.add(id_)
                call = {"id": id_, "from": parts.ids[service.name], "to": ids[name], "confidence": "certain"}
                connections.append(Connection.model_validate(call))
                keys["connections", id_] = f"services.{service.name} -> models.{name}"
    return parts._replace(components=tuple(components), connections=tuple(connections), keys=keys)
