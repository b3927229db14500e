"""Recognising a record of a register by how a document writes it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

Found = TypeVar("Found")

_ARTICLE = re.compile(r"^(de|het|een|the) ")
_IN_BRACKETS = re.compile(r"^(?P<outside>.+?)\s*\((?P<inside>[^()]+)\)$")


def is_abbreviation(text: str) -> bool:
    """True for one word with two or more capitals or digits: IND, RvdK, TA2. Its capitals count."""
    return " " not in text and sum(sign.isupper() or sign.isdigit() for sign in text) >= 2


def plain(text: str) -> str:
    """The text without capitals, accents, punctuation and leading article: "De Raad" and "raad" are one."""
    text = unicodedata.normalize("NFKD", text.replace("&", " en ")).casefold()
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return _ARTICLE.sub("", re.sub(r"[^\w]+", " ", text).strip())


class NameIndex(Generic[Found]):
    """Names and what they stand for, in tiers: a name in a lower tier counts before one in a higher tier.

    A name that stands for several records within the first tier that has it stands for none: better no match than a
    wrong one.
    """

    def __init__(self) -> None:
        self._tiers: dict[int, dict[str, set[Found]]] = defaultdict(lambda: defaultdict(set))

    def put(self, found: Found, names: Iterable[str], *, tier: int = 0) -> None:
        """Enter the names of a record; empty ones are passed over."""
        for name in names:
            if key := _key(name):
                self._tiers[tier][key].add(found)

    def find(self, text: str) -> Found | None:
        """The one record that ``text`` stands for: as a whole, else without or within its last brackets."""
        for way in _ways(text.strip()):
            for tier in sorted(self._tiers):
                if candidates := self._tiers[tier].get(_key(way)):
                    return next(iter(candidates)) if len(candidates) == 1 else None
        return None


def _ways(text: str) -> list[str]:
    ways = [text]
    if match := _IN_BRACKETS.match(text):
        ways += [match["outside"], match["inside"]]
    return ways


def _key(text: str) -> str:
    text = text.strip()
    return f"={text}" if is_abbreviation(text) else plain(text)
