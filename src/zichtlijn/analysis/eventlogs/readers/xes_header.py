"""What an XES log says about itself: version, extensions, classifiers, globals and attributes of the whole log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from zichtlijn.analysis.eventlogs.readers.broken import broken

MOST_KEPT = 1000
Attributes = Mapping[str, str]


@dataclass
class Header:
    """Filled in element by element. Values of globals are defaults that were never filled in: they are only kept."""

    root: str = ""
    version: str = ""
    extensions: list[dict[str, str]] = field(default_factory=list)
    classifiers: list[dict[str, str]] = field(default_factory=list)
    default_values: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    _path: list[str] = field(default_factory=list)

    def start(self, raw_name: str, given: Attributes) -> None:
        """The start of an element: of the log, or of one in it that is no trace or event."""
        name, path = local(raw_name), self._path
        if not path:
            self.root, self.version = raw_name, given.get("xes.version", "")
        elif len(path) == 1:
            self._of_log(name, given)
        elif len(path) == 2 and path[1].startswith("global "):
            values = self.default_values.setdefault(path[1].removeprefix("global "), [])
            _keep(values, {"type": name, "key": given.get("key", ""), "value": given.get("value", "")})
        path.append(f"global {given.get('scope', 'event')}" if name == "global" else name)

    def end(self) -> None:
        """The end of the element that was started last."""
        self._path.pop()

    @property
    def is_inside(self) -> bool:
        """Whether an element in the log is open."""
        return len(self._path) > 1

    def _of_log(self, name: str, given: Attributes) -> None:
        if name == "extension":
            _keep(self.extensions, {key: given.get(key, "") for key in ("name", "prefix", "uri")})
        elif name == "classifier":
            _keep(self.classifiers, {key: given[key] for key in ("name", "scope", "keys") if key in given})
        elif name != "global" and "key" in given and len(self.attributes) < MOST_KEPT:
            self.attributes[given["key"]] = given.get("value", "")

    def details(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "version": self.version,
            "extensions": self.extensions,
            "classifiers": self.classifiers,
            "globals": self.default_values,
            "attributes": self.attributes,
        }


def local(name: str) -> str:
    """An element's name without the prefix of its namespace."""
    return name.rpartition(":")[2]


def _keep(values: list[dict[str, str]], value: dict[str, str]) -> None:
    if len(values) < MOST_KEPT:
        values.append(value)


def new_parser() -> expat.XMLParserType:
    """For text that is UTF-8 by now, whatever it declares. A document type, and so any entity, is refused."""
    parser = expat.ParserCreate(encoding="UTF-8")

    def refuse(*_about: object) -> None:
        raise broken("xes-entities", parser.CurrentLineNumber)

    parser.StartDoctypeDeclHandler = refuse
    return parser


def fed(parser: expat.XMLParserType, block: bytes, *, is_last: bool = False) -> None:
    """Parse a block. Raises LogError with the line number when the XML is broken."""
    try:
        parser.Parse(block, is_last)
    except expat.ExpatError as error:
        raise broken("xes-broken", error.lineno, reason=expat.errors.messages[error.code]) from error


def checked_root(name: str, line: int) -> None:
    """Raises LogError when the outermost element is not that of a log."""
    if local(name) != "log":
        raise broken("xes-root", line, name=name[:50])


@dataclass(frozen=True)
class Start:
    """Where the first trace starts: its line, and the text from there that was read already."""

    header: Header
    line: int
    text: bytes


class _FirstTrace(Exception):
    """Raised where it starts, at this byte and line."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.byte, self.line = parser.CurrentByteIndex, parser.CurrentLineNumber


def read_header(blocks: Iterator[bytes]) -> Start:
    """Read up to the first trace; the rest of the text is still to come from ``blocks``.

    Raises LogError for broken XML, another root, a document type, and a log without traces ("log-empty").
    """
    parser, header = new_parser(), Header()

    def start(name: str, given: dict[str, str]) -> None:
        if not header.root:
            checked_root(name, parser.CurrentLineNumber)
        elif not header.is_inside and local(name) in ("trace", "event"):
            raise _FirstTrace(parser)
        header.start(name, given)

    def end(_name: str) -> None:
        header.end()

    parser.StartElementHandler, parser.EndElementHandler = start, end
    read, before = 0, b""
    for block in blocks:
        try:
            fed(parser, block)
        except _FirstTrace as found:
            text = before + block  # the tag may have begun in the block before
            return Start(header, found.line, text[found.byte - read + len(before) :])
        read, before = read + len(block), block
    fed(parser, b"", is_last=True)
    raise broken("log-empty")
