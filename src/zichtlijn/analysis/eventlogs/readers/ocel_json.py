"""OCEL 2.0 as JSON, read element by element: a file of any size takes the memory of one of its events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from zichtlijn.analysis.eventlogs.readers.ocel_store import ObjectStore
from zichtlijn.analysis.eventlogs.readers.refused import refused
from zichtlijn.analysis.eventlogs.readers.unpacked import unpacked

_CHUNK = 1 << 20
_LONGEST = 64 << 20  # characters of one element
_SPACE = " \t\r\n"


def read_json(path: Path, store: ObjectStore, max_bytes: int | None) -> Iterator[float]:
    """Gives the share read, now and then. Raises LogError with the line where the JSON is broken."""
    with unpacked(path, max_bytes) as file:
        text = _Text(file)
        seen = set()
        for key in text.keys_of_object():
            seen.add(key)
            if key.startswith("ocel:"):
                raise refused("ocel-version", text.line)
            if key not in ("events", "objects"):
                text.value()
                continue
            for number, (element, line) in enumerate(text.elements_of_array()):
                (_event if key == "events" else _object)(element, line, store)
                if number % 10_000 == 0:
                    yield file.raw.share  # type: ignore[attr-defined]
        if not {"events", "objects"} <= seen:
            raise refused("ocel-kind")


class _Text:
    """Text of which the values are taken off at the front; ``line`` is that of what comes next."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
        self._undecoded, self._text, self._at, self._end = b"", "", 0, False
        self.line = 1

    def keys_of_object(self) -> Iterator[str]:
        """The caller takes the value of each key before asking for the next."""
        self._expect("{")
        while self._peek() != "}":
            key = self.value()
            if not isinstance(key, str):
                raise self._broken("a name was expected")
            self._expect(":")
            yield key
            self._comma("}")
        self._expect("}")

    def elements_of_array(self) -> Iterator[tuple[Any, int]]:
        """Each with its line."""
        self._expect("[")
        while self._peek() != "]":
            line = self.line
            yield self.value(), line
            self._comma("]")
        self._expect("]")

    def value(self) -> Any:
        """The next value. Numbers come as text."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._more():
                    continue
                self._advance(min(error.pos, len(self._text)))
                raise self._broken(error.msg) from error
            except RecursionError as error:
                raise self._broken("it is nested too deep") from error
            if end == len(self._text) and self._more():
                continue
            self._advance(end)
            return value

    def _comma(self, closing: str) -> None:
        if self._peek() != closing:
            self._expect(",")

    def _expect(self, sign: str) -> None:
        if self._peek() != sign:
            raise self._broken(f"{sign} was expected")
        self._advance(self._at + 1)

    def _peek(self) -> str:
        while True:
            end = self._at
            while end < len(self._text) and self._text[end] in _SPACE:
                end += 1
            self._advance(end)
            if end < len(self._text):
                return self._text[end]
            if not self._more():
                return ""

    def _advance(self, end: int) -> None:
        self.line += self._text.count("\n", self._at, end)
        self._at = end

    def _more(self) -> bool:
        if self._end or len(self._text) - self._at > _LONGEST:
            return False
        block = self._file.read(_CHUNK)
        self._end = not block
        try:
            text, self._undecoded = _decoded(self._undecoded + block, last=self._end)
        except UnicodeDecodeError as error:
            raise refused("encoding-broken", self.line, encoding="utf-8") from error
        if not block:
            return False  # places in the text stay what they are
        self._text = self._text[self._at :] + text
        self._at = 0
        return True

    def _broken(self, reason: str) -> Exception:
        return refused("json-broken", self.line, reason=reason)


def _decoded(data: bytes, *, last: bool) -> tuple[str, bytes]:
    """What is whole, and the bytes of a letter that is cut in two."""
    cut = len(data)
    while not last and cut > max(len(data) - 4, 0) and data[cut - 1] & 0xC0 == 0x80:
        cut -= 1
    cut -= not last and cut > 0 and data[cut - 1] >= 0xC0
    return data[:cut].decode("utf-8").removeprefix("\ufeff"), data[cut:]


def _event(element: Any, line: int, store: ObjectStore) -> None:
    values = _dict(element, line)
    key = _text(values.get("id"))
    attributes = {str(each.get("name")): _text(each.get("value")) for each in _list(values, "attributes", line)}
    store.event(key, _text(values.get("type")), _text(values.get("time")), attributes, line)
    for each in _list(values, "relationships", line):
        store.relation(key, _text(each.get("objectId")), _text(each.get("qualifier")), line)


def _object(element: Any, line: int, store: ObjectStore) -> None:
    values = _dict(element, line)
    key = _text(values.get("id"))
    store.object(key, _text(values.get("type")), line)
    for each in _list(values, "attributes", line):
        store.attribute(key, _text(each.get("name")), _text(each.get("time")), _text(each.get("value")))
    for each in _list(values, "relationships", line):
        store.link(key, _text(each.get("objectId")), _text(each.get("qualifier")))


def _dict(element: Any, line: int) -> dict[str, Any]:
    if not isinstance(element, dict):
        raise refused("ocel-incomplete", line, name="id")
    return element


def _list(values: dict[str, Any], name: str, line: int) -> list[dict[str, Any]]:
    found = values.get(name) or []
    if not isinstance(found, list):
        raise refused("ocel-incomplete", line, name=name)
    return [_dict(each, line) for each in found]


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None
