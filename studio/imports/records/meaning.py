"""What a decision record says: MADR 2 to 4 and its kin by their headings, and the form of Michael Nygard.

Sources: Markdown Architectural Decision Records, adr.github.io/madr, versions 2.1 to 4.0 (2018 to 2024); Michael
Nygard, Documenting architecture decisions (2011).
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from studio.imports.frame.naming import id_of
from studio.imports.records.parsing import Record, Section, block, bullets, entries, plain
from studio.imports.records.wording import (
    EMPTY,
    before_bullets,
    edit_of,
    ours,
    said_in,
    unlinked,
    weighed_points,
    weight,
    weights_of,
)
from studio.model.records import Decision, Option
from studio.text import one_line

_CONTEXT: Final = ("context and problem statement", "context", "problem", "problem statement", "issue", "background")
_DRIVERS: Final = ("decision drivers", "driving forces", "forces")
_OPTIONS: Final = (
    "considered options",
    "options",
    "options considered",
    "alternatives",
    "considered alternatives",
    "alternatives considered",
)
_OUTCOME: Final = ("decision outcome", "decision", "outcome")
_CONSEQUENCES: Final = ("consequences", "positive consequences", "negative consequences")
_WEIGHED: Final = ("pros and cons of the options", "pros and cons")
_CONFIRMED: Final = ("confirmation", "validation")
_STATUSES: Final = {
    "accepted": "accepted", "approved": "accepted", "adopted": "accepted", "decided": "accepted", "done": "accepted",
    "implemented": "accepted", "proposed": "proposed", "draft": "proposed", "pending": "proposed", "open": "proposed",
    "rejected": "rejected", "declined": "rejected", "superseded": "superseded", "superceded": "superseded",
    "deprecated": "superseded", "obsolete": "superseded", "replaced": "superseded",
}  # fmt: skip
_CHOSEN: Final = re.compile(
    r"(?:Chosen option|Chosen|Decision|We (?:chose|choose|decided (?:on|for)))[: ]\s*"
    r"(?:\"((?:[^\"\\]|\\.)*)\"|'(.+?)'(?=,|\\.|$)|“([^”]*)”|"
    r"\*\*(.+?)\*\*|`([^`]+)`|([^,.;\n]+))"
    r"(?:,?\s+because\s+|[.,;]?\s*)(.*)",
    re.DOTALL,
)
_UNDECIDED: Final = re.compile(r"No option is chosen yet(?:: (.*)|\.)", re.DOTALL)
_AGAIN: Final = "Look at it again when: "
_NUMBER: Final = re.compile(r"(?:ADR[- ]?)?\d+\s*[.:)-]\s+|ADR[- ]?\d+\s+", re.IGNORECASE)


class Read(NamedTuple):
    """A decision, and what of the record has no place in a design, a few words each."""

    decision: Decision
    lost: tuple[str, ...]


def is_record(record: Record) -> bool:
    """Whether it has a title, which is no placeholder of a template, and a section every record has."""
    known = {*_CONTEXT, *_OUTCOME, *_OPTIONS}
    if record.title is None or re.fullmatch(r"[{\[<].*[}\]>]", record.title.title):
        return False
    return any(section.name in known for section in record.sections)


def decision_of(record: Record, stem: str, taken: set[str]) -> Read:
    """The decision in a record; `stem` is the name of its file without its end. `taken` gains its id."""
    return _Reader(record, stem).read(taken)


class _Reader:
    """One record under way."""

    def __init__(self, record: Record, stem: str) -> None:
        self.record = record
        self.stem = stem
        self.ours = ours(record.front.get("tenfold", ""))
        self.preamble = entries(record.title.lines) if record.title else {}
        self.lost: list[str] = []

    def read(self, taken: set[str]) -> Read:
        title = self._title()
        options = self._options()
        chosen, why = self._outcome(options)
        self._weigh_consequences(options, chosen)
        fields: dict[str, Any] = {
            "id": self._id(taken),
            "title": title,
            "status": self._status(),
            "about": tuple(self.ours.get("about", ())),
            "context": self._context(),
            "chosen": chosen,
            "why": self._with_prose(why),
            "revisit_when": self._revisit_when(),
            "decided": self._decided(),
            "decided_by": self._decided_by(),
            "weights": weights_of(self.ours),
            "options": tuple(_option(option, edit_of(self.ours, option["id"])) for option in options) or None,
        }
        self._note_what_is_left()
        decision = Decision(**{name: value for name, value in fields.items() if value not in (None, ())})
        return Read(decision, tuple(self.lost))

    def _id(self, taken: set[str]) -> str:
        own: str | None = self.ours.get("id")
        if own is not None and own not in taken:
            taken.add(own)
            return own
        name = re.sub(r"^(?:adr[-_ ]?)?(?:\d{8}|\d{4}-\d\d-\d\d|\d+)?[-_ .]*", "", self.stem, flags=re.IGNORECASE)
        return id_of(name or self.stem, taken, "decision")

    def _title(self) -> str | None:
        found = self.record.title.title if self.record.title else ""
        said = plain(found)
        if "id" in self.ours:
            own = self.ours.get("title")
            return own if one_line(own or self.ours["id"]) == said else said
        return plain(_NUMBER.sub("", found, count=1)) or None

    def _section(self, names: tuple[str, ...]) -> Section | None:
        return next((section for section in self.record.sections if section.name in names), None)

    def _context(self) -> str | None:
        found = self._section(_CONTEXT)
        said = said_in(found) if found else self._story()
        drivers = self._section(_DRIVERS)
        points = [plain(point) for point in bullets(drivers.lines)] if drivers else []
        forces = f"Decision drivers: {'; '.join(points)}." if points else ""
        return "\n\n".join(part for part in (said, forces) if part) or None

    def _story(self) -> str:
        """What stands between title and first section and is no entry: old records begin with their context."""
        lines = self.record.title.lines if self.record.title else ()
        return block("\n".join(line for line in lines if not entries((line,))))

    def _status(self) -> str | None:
        section = self._section(("status",))
        first = next((line for line in section.lines if line.strip()), "") if section else ""
        said = self.record.front.get("status") or self.preamble.get("status") or plain(first)
        word = re.match(r"[\W_]*([A-Za-z]+)", said)
        known = _STATUSES.get(word[1].lower()) if word else None
        if said and (known is None or (word and said.strip("*_ .").lower() != known)):
            self.lost.append(f"status «{one_line(said)}»{f' (read as {known})' if known else ''}")
        return known

    def _decided(self) -> date | None:
        section = self._section(("date",))
        said = self.record.front.get("date") or self.preamble.get("date") or (section.text if section else "")
        found = re.search(r"\d{4}-\d\d-\d\d", said)
        try:
            if found:
                return date.fromisoformat(found[0])
        except ValueError:
            pass
        if said.strip():
            self.lost.append(f"date «{one_line(said)}»")
        return None

    def _decided_by(self) -> tuple[str, ...]:
        keys = ("decision-makers", "deciders", "decision makers", "decider")
        said = next((found[key] for found in (self.record.front, self.preamble) for key in keys if found.get(key)), "")
        try:
            listed = json.loads(said)
        except ValueError:
            listed = None
        if isinstance(listed, list) and all(isinstance(name, str) for name in listed):
            return tuple(listed)
        return tuple(name.strip(" \"'[]") for name in plain(said).strip("[]").split(",") if name.strip(" \"'[]"))

    def _options(self) -> list[dict[str, Any]]:
        """Name, pros and cons of each, those weighed first, then those only named; with our ids where we wrote them."""
        found = [self._weighed(section) for names in (_WEIGHED, _OPTIONS) for section in self._children(names)]
        labels = {option["label"] for option in found}
        listed = self._section(_OPTIONS)
        names = [self._label(point) for point in bullets(listed.lines)] if listed else []
        unweighed = (name for name in dict.fromkeys(names) if name not in labels)
        found += [{"label": name, "pros": [], "cons": []} for name in unweighed]
        known = list(self.ours.get("options", {}).items())
        taken = {id_ for id_, _ in known}
        for option in found:
            own = next(((id_, name) for id_, name in known if one_line(name or id_) == option["label"]), None)
            if own is not None:
                known.remove(own)
            option["id"], option["name"] = own or (id_of(option["label"], taken, "option"), option["label"])
        return found

    def _children(self, names: tuple[str, ...]) -> Iterator[Section]:
        """The sections one level below those of these names, each with all that is below it."""
        inside = 0
        child: Section | None = None
        for section in self.record.sections:
            if child is not None and section.level > child.level:
                child = child._replace(lines=(*child.lines, *section.lines))
                continue
            if child is not None:
                yield child
            child = section if inside and section.level == inside + 1 else None
            if section.name in names:
                inside = section.level
            elif section.level <= inside:
                inside = 0
        if child is not None:
            yield child

    def _weighed(self, section: Section) -> dict[str, Any]:
        points, prose = weighed_points(section)
        name = self._label(section.title)
        if prose and prose not in EMPTY:
            self.lost.append(f"the words under option «{name}»")
        return {"label": name, **points}

    def _label(self, text: str) -> str:
        """The name of an option; in records of other people without its link and its number."""
        said = plain(text)
        return said if self.ours else re.sub(r"^(?:Option|Alternative) \w{1,3}[:.)-] +", "", unlinked(said))

    def _outcome(self, options: list[dict[str, Any]]) -> tuple[str | None, str | None]:
        section = self._section(_OUTCOME)
        said = section.text.strip() if section else ""
        undecided = _UNDECIDED.fullmatch(said)
        if undecided is not None or not said:
            return None, (block(undecided[1]) if undecided and undecided[1] else None)
        found = _CHOSEN.match(said)
        if found is None:
            return self._as_decided(options, said)
        label = self._label(next(group for group in found.groups()[:6] if group is not None))
        own = self.ours.get("chosen")
        ids = {option["label"]: option["id"] for option in reversed(options)}
        mine = {option["id"]: option["label"] for option in options}
        if isinstance(own, str) and one_line(mine.get(own, own)) == label:
            return own, block(found[7]) or None
        known = next((id_ for name, id_ in ids.items() if name.casefold() == label.casefold()), None)
        return known or label, block(found[7]) or None

    def _as_decided(self, options: list[dict[str, Any]], said: str) -> tuple[str, str]:
        """The form of Nygard: the decision is prose. An option it begins with is the chosen one, else it is its own."""
        words = block(said)
        for option in options:
            if words.casefold().startswith(option["label"].casefold()):
                return option["id"], words
        name = self._title() or "as decided"
        options.insert(0, {"id": "decided", "label": name, "name": name, "pros": [], "cons": []})
        return "decided", words

    def _weigh_consequences(self, options: list[dict[str, Any]], chosen: str | None) -> None:
        """Consequences are what speaks for and against the chosen option."""
        option = next((option for option in options if option["id"] == chosen), None)
        for section in self.record.sections:
            if section.name not in _CONSEQUENCES:
                continue
            usual = "cons" if section.name.startswith("negative") else "pros" if section.name.startswith("pos") else ""
            for point in bullets(section.lines):
                side, said = weight(point, usual)
                if option is not None and side and said not in option[side]:
                    option[side].append(said)
                elif option is None or not side:
                    self.lost.append(f"the consequence «{one_line(said)}»")

    def _with_prose(self, why: str | None) -> str | None:
        """The reason, and consequences that are no points of a list behind it."""
        prose = [before_bullets(section) for section in self.record.sections if section.name in _CONSEQUENCES]
        told = [f"Consequences: {said}" for said in prose if said]
        return "\n\n".join((*([why] if why else []), *told)) or None

    def _revisit_when(self) -> str | None:
        section = self._section(_CONFIRMED)
        said = section.text if section else ""
        if said.startswith(_AGAIN):
            words = said.split("\n")[0].removeprefix(_AGAIN)
            return words[1:-1] if re.fullmatch(r"`[^`]+`", words) else plain(words)
        if said:
            self.lost.append(f"«{plain(section.title) if section else ''}»")
        return None

    def _note_what_is_left(self) -> None:
        known = {*_CONTEXT, *_DRIVERS, *_OPTIONS, *_OUTCOME, *_CONSEQUENCES, *_WEIGHED, *_CONFIRMED, "status", "date"}
        options = 0
        for section in self.record.sections:
            if section.level <= options:
                options = 0
            if section.name in (*_WEIGHED, *_OPTIONS):
                options = section.level
            elif not options and section.name not in known and section.text:
                self.lost.append(f"the section «{plain(section.title)}»")


def _option(found: dict[str, Any], edit: dict[str, Any]) -> Option:
    given = {"id": found["id"], "name": found["name"], "pros": tuple(found["pros"]), "cons": tuple(found["cons"])}
    return Option(**edit, **{name: value for name, value in given.items() if value not in (None, ())})
