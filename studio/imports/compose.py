"""A compose file of Docker or Podman: its services, and the calls that dependencies, addresses and ports tell of."""

from dataclasses import replace
from typing import Final

from studio.imports.containers.calls import calls_of
from studio.imports.containers.models import with_models
from studio.imports.containers.project import Project
from studio.imports.containers.services import Service, services_of
from studio.imports.containers.skeleton import parts
from studio.imports.containers.telling import remarks, unknown
from studio.imports.frame.imported import Imported, Source
from studio.model.design import Design
from studio.model.requirements import About
from studio.text import nearest, one_line

SUFFIXES: Final = (".yml", ".yaml")


def read(source: Source) -> Imported:
    """The services as components, what they call as connections. Raises TenfoldError when it is no compose file."""
    project = Project(source)
    services = services_of(project)
    _check(project, services)
    found = parts(project, services, calls_of(services))
    found = with_models(project, services, found)
    title = one_line(project.words(project.root.get("name"))) or source.title
    design = Design(
        format=1,
        design=About.model_validate({"name": title}),
        components=found.components,
        connections=found.connections,
    )
    return Imported(
        design,
        tuple(unknown(project, services, found)),
        tuple(sorted(project.defects, key=lambda defect: (defect.file, defect.line, defect.column))),
        keys=found.keys,
        remarks=tuple(remarks(project, services)),
    )


def _check(project: Project, services: tuple[Service, ...]) -> None:
    """Services that cannot run as they stand, and dependencies on services that are not there."""
    names = {service.name for service in services}
    for service in services:
        if not service.image and not service.builds and service.node.table and service.node.get("provider") is None:
            place = replace(service.node, line=service.line, column=1)
            project.defect(place, f"the service {one_line(service.name)} has neither image nor build", "give it one")
        wanted = [(name, node) for name, (_, node) in service.needs.items()]
        wanted += [(said.text, said.node) for said in service.links.values()]
        for name, node in wanted:
            if name not in names:
                near = nearest(name, names)
                advice = f"did you mean {near}?" if near else "name a service of the file"
                what = f"{one_line(service.name)} depends on {one_line(name)}, which is no service"
                project.defect(node, what, advice)
