"""All files of a compose project as one tree: several laid over each other, included ones, services extended."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from studio.errors import TenfoldError
from studio.imports.containers.overriding import laid_over
from studio.imports.containers.tree import Node, documents
from studio.imports.containers.variables import interpolated
from studio.imports.frame.imported import Defect, Source
from studio.imports.frame.reading import is_inside, text_of
from studio.text import nearest, one_line, shortened

MOST_FILES: Final = 50
_DEEPEST: Final = 20
"""Services that extend one another."""
_LONGEST: Final = 60


class Project:
    """A compose project: its tree, and what in it was not understood."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.defects: list[Defect] = []
        self.is_old = False
        """Whether it is of the first version, without `services`."""
        self._read: dict[str, Node | None] = {}
        self._open: list[str] = []
        root: Node | None = None
        for each in (source, *source.also):
            found = self._file(each.text, each.file)
            root = found if root is None or found is None else laid_over(root, found)
        if root is None:
            raise TenfoldError(f"{source.file}:1: the file says nothing; name a compose file")
        self.root = root
        services = root.get("services")
        if services is None or not services.table:
            raise TenfoldError(f"{source.file}:{root.line}: it has no services, so it is no compose file; name another")
        self._own = services
        self.services: Mapping[str, Node] = {
            name: self._extended(node, services.line_of(name), name, services) for name, node in services.table.items()
        }
        self.lines: Mapping[str, int] = services.lines

    def words(self, node: Node | None) -> str:
        """A text with its variables put in; empty when there is none."""
        return interpolated(node.text, self.source.variables) if node is not None and node.text else ""

    def defect(self, node: Node, what: str, advice: str) -> None:
        """Something that was not understood, at the place of a value."""
        self.defects.append(Defect(node.file, node.line, node.column, what, advice))

    def _file(self, text: str, file: str) -> Node | None:
        """The documents of a file laid over each other, upon what they include."""
        found: Node | None = None
        for document in documents(text, file):
            if not isinstance(document.value, Mapping):
                raise TenfoldError(
                    f"{file}:{document.line}: it is no table of services, so no compose file; name another"
                )
            found = document if found is None else laid_over(found, document)
        if found is None:
            return None
        found = self._with_services(found)
        for item in self._included(found):
            found = laid_over(item, found)
        return found

    def _with_services(self, root: Node) -> Node:
        """A file of the first version has its services at the top."""
        looks_old = any(node.get("image") or node.get("build") for node in root.table.values())
        if "services" in root.table or not looks_old:
            return root
        self.is_old = True
        return replace(root, value={"services": root}, lines={"services": root.line})

    def _included(self, root: Node) -> list[Node]:
        found = []
        include = root.get("include")
        for item in include.items if include is not None else ():
            paths = item.get("path") if item.table else item
            for path in paths.items if paths is not None else ():
                node = self._other(path)
                if node is not None:
                    found.append(node)
        return found

    def _other(self, path: Node) -> Node | None:
        """Another file that this one names, only from inside the folder; None, with a defect, when that cannot be."""
        name = self.words(path)
        said = shortened(one_line(name), _LONGEST)
        target = Path(path.file).parent / name
        if self.source.folder is None or not is_inside(self.source.folder, target):
            self.defect(
                path, f"{said} lies outside of the folder and is not read", "import it by itself, or copy it in"
            )
            return None
        key = str(target.resolve())
        if key in self._open:
            self.defect(path, f"{said} includes itself", "take one of the two away")
            return None
        if key not in self._read:
            self._read[key] = None
            if len(self._read) > MOST_FILES:
                raise TenfoldError(f"{path.file}:{path.line}: it includes more than {MOST_FILES} files; import fewer")
            self._open.append(key)
            self._read[key] = self._opened(target, path)
            self._open.pop()
        return self._read[key]

    def _opened(self, target: Path, path: Node) -> Node | None:
        try:
            return self._file(text_of(str(target)), str(target))
        except TenfoldError as error:
            _, _, what = str(error).rpartition(f"{target}:")
            reason, _, advice = what.partition("; ")
            self.defect(path, f"{path.text} is not read: line {reason}", advice or "mend that file")
            return None

    def _extended(self, node: Node, line: int, name: str, services: Node, depth: int = 0) -> Node:
        """A service upon the one it extends."""
        extends = node.get("extends")
        if extends is None:
            return node
        base = extends if extends.text else extends.get("service")
        named = self.words(base)
        file = extends.get("file")
        there = self._services_of(file) if file is not None else services
        found = there.table.get(named) if there is not None else None
        if found is None or depth > _DEEPEST or (found is node):
            if there is not None:
                near = nearest(named, there.table)
                advice = f"did you mean {near}?" if near and near != named else "name a service that is there"
                what = "extends itself" if found is not None else f"extends {one_line(named)}, which is not there"
                self.defect(extends, f"the service {one_line(name)} {what}", advice)
            return node
        lower = self._extended(found, line, named, there or services, depth + 1)
        own = {key: value for key, value in node.table.items() if key != "extends"}
        return laid_over(lower, replace(node, value=own))

    def _services_of(self, file: Node) -> Node | None:
        root = self._other(file)
        return root.get("services") if root is not None else None
