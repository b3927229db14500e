"""A strict reader of iCalendar (RFC 5545), for tests: anything the standard forbids raises ValueError."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<params>(?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(?P<value>.*)", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
MEANING = {"\\": "\\", ";": ";", ",": ",", "n": "\n", "N": "\n"}
TEXTS = {"SUMMARY", "UID", "X-WR-CALNAME", "NAME"}


@dataclass
class Component:
    name: str
    values: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)


def parse(data: bytes) -> Component:
    """The one calendar in ``data``."""
    if not data.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        raise ValueError("lines end with CR LF, every one")
    physical = data[:-2].split(b"\r\n")
    if any(len(line) > 75 for line in physical):
        raise ValueError("a line is longer than 75 octets")
    for line in physical:
        line.decode()  # a letter that is cut in two is no text
    stack = [Component("")]
    for line in re.sub(rb"\r\n[ \t]", b"", data[:-2]).decode().split("\r\n"):
        _take(line, stack)
    if len(stack) != 1 or len(stack[0].parts) != 1:
        raise ValueError("not exactly one whole calendar")
    return stack[0].parts[0]


def _take(line: str, stack: list[Component]) -> None:
    found = LINE.fullmatch(line)
    if found is None or re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line):
        raise ValueError(f"no content line: {line!r}")
    name, value = found["name"], found["value"]
    if name == "BEGIN":
        stack.append(Component(value))
        stack[-2].parts.append(stack[-1])
    elif name == "END":
        if stack.pop().name != value:
            raise ValueError(f"{value} ends what did not begin")
    elif name in stack[-1].values:
        raise ValueError(f"{name} stands there twice")
    else:
        stack[-1].values[name] = _text(value) if name in TEXTS else value
        stack[-1].params[name] = found["params"]


def _text(value: str) -> str:
    bare = ESCAPE.sub("", value)
    if re.search(r"[;,\\]", bare):
        raise ValueError(f"not escaped: {value!r}")
    return ESCAPE.sub(lambda each: MEANING[each[1]], value)
