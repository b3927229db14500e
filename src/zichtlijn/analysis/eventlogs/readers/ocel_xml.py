"""OCEL 2.0 as XML, read as it comes by; document types and entities are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from zichtlijn.analysis.eventlogs.readers.broken import broken
from zichtlijn.analysis.eventlogs.readers.ocel_store import ObjectStore
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.unpacked import unpacked

_CHUNK = 1 << 18
_LONGEST = 1 << 20  # characters of one value


def read_xml(path: Path, store: ObjectStore, max_bytes: int | None) -> Iterator[float]:
    """Gives the share read, now and then. Raises LogError with the line where the XML is broken."""
    handler = _Handler(store)
    with unpacked(path, max_bytes) as file:
        try:
            while block := file.read(_CHUNK):
                handler.parser.Parse(block, False)
                yield file.raw.share  # type: ignore[attr-defined]
            handler.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise broken("xes-broken", error.lineno, reason=expat.ErrorString(error.code)) from error
    if not handler.sections >= {"events", "objects"}:
        raise refused("ocel-kind")


class _Handler:
    """``event`` and ``object`` elements hold ``attribute`` and ``relationship`` elements at any depth below them."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self.sections: set[str] = set()
        self._depth = 0
        self._owner: tuple[str, dict[str, str], int] | None = None  # the event or object that is open, and its line
        self._values: dict[str, str | None] = {}
        self._links: list[dict[str, str]] = []
        self._attribute: dict[str, str] | None = None
        self._text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_declared: object) -> None:
        raise broken("xes-entities", self.parser.CurrentLineNumber)

    def _start(self, name: str, values: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 2:
            self.sections.add(name)
        elif name in ("event", "object") and self._owner is None and self._depth == 3:
            self._owner, self._values, self._links = (name, values, self.parser.CurrentLineNumber), {}, []
            if name == "object":
                self._store.object(values.get("id"), values.get("type"), self.parser.CurrentLineNumber)
        elif self._owner is not None and name == "attribute":
            self._attribute, self._text = values, []
        elif self._owner is not None and name in ("relationship", "object"):
            self._links.append(values)

    def _characters(self, text: str) -> None:
        if self._attribute is not None:
            self._text.append(text)
            if sum(map(len, self._text)) > _LONGEST:
                raise broken("xes-broken", self.parser.CurrentLineNumber, reason="a value is too long")

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == "attribute" and self._attribute is not None and self._owner is not None:
            self._keep_attribute("".join(self._text))
        elif self._owner is not None and self._depth == 2:
            self._keep_owner(*self._owner)
            self._owner = None

    def _keep_attribute(self, text: str) -> None:
        kind, owner, _line = self._owner or ("", {}, 0)
        attribute, self._attribute = self._attribute or {}, None
        if kind == "object":
            self._store.attribute(owner.get("id"), attribute.get("name"), attribute.get("time"), text)
        else:
            self._values[attribute.get("name", "")] = text

    def _keep_owner(self, kind: str, owner: dict[str, str], line: int) -> None:
        if kind == "event":
            self._store.event(owner.get("id"), owner.get("type"), owner.get("time"), self._values, line)
        for link in self._links:
            key, qualifier = link.get("object-id"), link.get("qualifier")
            if kind == "event":
                self._store.relation(owner.get("id"), key, qualifier, line)
            else:
                self._store.link(owner.get("id"), key, qualifier)
