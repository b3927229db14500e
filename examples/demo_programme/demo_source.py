"""The source of the demo programme: blocks of text, footnotes and labels, read from ``programme.yaml``.

A block is a heading, a paragraph, a list, a signature or the colophon. Footnotes are referred to as ``[^n]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import yaml

FOLDER = Path(__file__).resolve().parent
REFERENCE = re.compile(r"\[\^(\d+)\]")
# A full stop after these does not end a sentence, although a capital follows.
TITLES_AND_INITIALS = ("drs.", "dr.", "Prof.", "J.A.", "A.B.")

BlockKind = Literal["heading", "text", "item", "signature", "colophon"]


@dataclass(frozen=True)
class Block:
    """One heading, paragraph or list item; ``level`` and ``number`` only for headings."""

    kind: BlockKind
    text: str
    level: int = 0
    number: str | None = None
    name: str | None = None

    @property
    def numbered(self) -> str:
        """The text as printed: a heading with its number before it."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True)
class Programme:
    """One edition of the demo programme, with its labels as written in the source (without pages)."""

    title: str
    publisher: str
    notice: str
    blocks: tuple[Block, ...]
    footnotes: dict[int, str]
    document: dict[str, Any]
    labels: dict[str, Any]
    mistakes: tuple[tuple[str, str], ...]


def one_line(text: str) -> str:
    """The text with every run of white space made one space."""
    return " ".join(text.split())


def without_references(text: str) -> str:
    """The text without footnote references."""
    return REFERENCE.sub("", text)


def _blocks(entry: dict[str, Any]) -> list[Block]:
    name = entry.get("id")
    if "heading" in entry:
        return [Block("heading", entry["heading"], entry["level"], entry.get("number"), name)]
    if "list" in entry:
        return [Block("item", one_line(item), name=name) for item in entry["list"]]
    if "signature" in entry:
        return [Block("signature", f"{entry['signature']}, {entry['role']}", name=name)]
    if "colophon" in entry:
        return [Block("colophon", one_line(entry["colophon"]), name=name)]
    return [Block("text", one_line(entry["text"]), name=name)]


def load(path: Path = FOLDER / "programme.yaml") -> Programme:
    """The first edition."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = [entry for entry in raw["blocks"] if entry.get("edition", 1) == 1]
    return _programme(raw, first, raw["document"]["notice"])


def load_second_edition(path: Path = FOLDER / "programme.yaml") -> Programme:
    """The second edition: one activity new, one gone, one changed."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    change = raw["edition_2"]
    kept = [entry for entry in raw["blocks"] if entry.get("id") not in change["gone"]]
    programme = _programme(raw, kept, change["notice"])
    changed = {name: one_line(text) for name, text in change["changed"].items()}
    blocks = tuple(
        replace(block, text=changed[block.name]) if block.name in changed else block for block in programme.blocks
    )
    return replace(programme, blocks=blocks)


def _programme(raw: dict[str, Any], entries: list[dict[str, Any]], notice: str) -> Programme:
    document = raw["document"]
    return Programme(
        title=document["title"],
        publisher=document["publisher"],
        notice=notice,
        blocks=tuple(block for entry in entries for block in _blocks(entry)),
        footnotes=raw["footnotes"],
        document=document,
        labels=raw["labels"],
        mistakes=tuple((right, wrong) for right, wrong in raw["mistakes"]),
    )


def sentences(block: Block) -> list[str]:
    """The sentences of a paragraph, by a rule that is right for this text only."""
    found: list[str] = []
    start = 0
    text = without_references(block.text)
    for match in re.finditer(r"[.?!]\s+(?=[A-Z])", text):
        if not text[: match.start() + 1].endswith(TITLES_AND_INITIALS):
            found.append(text[start : match.start() + 1])
            start = match.end()
    return [*found, text[start:]]
