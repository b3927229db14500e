"""Where sentences end, in Dutch: full stops of abbreviations, initials, numbers and addresses do not count."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from .readers.markup import SUPERSCRIPTS

_RAISED = rf"(?:[{SUPERSCRIPTS}]{{1,3}}|\[\^[^\]\s]{{1,40}}\])"
_BOUNDARY = re.compile(
    # mark, closing quotes and brackets, footnote marks, white space, and the first character of what follows
    rf"(?<![.?!…])(?P<stop>[.?!…]++)(?P<tail>(?:[)\]'\"”’»*_]|{_RAISED})*)(?P<space>\s++)(?=(?P<open>[('‘\"“„«\[*_–-]*\s?)(?P<next>\S))"
)
_WORD_BEFORE = re.compile(r"[^\s('‘\"“„\[/*]+$")
_TRAILING_STOP = re.compile(r"([^\s('‘\"“„\[/*]+\.)[\s*_'\"”’)\]]*$")
_INITIAL = re.compile(r"(?:[A-Z]|Th|Ch|Ph|Chr|IJ)(?:\.-?[A-Z])*$")
_LABELLED = re.compile(
    r"(?:bijlage|categorie|klasse|groep|variant|optie|type|deel|vitamine|hepatitis|fase|onderdeel|punt) $",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"[^\W\d_][^\W\d_]+ $")
# After a name with an initial ("Jan B."), these words begin a new sentence.
_STARTERS = re.compile(
    r"(?:het|een|in|dit|deze|die|dat|zij|hij|we|wij|er|ook|daarnaast|daarom|daarbij|bij|om|op|voor|met|uit|na|naar|"
    r"tijdens|zo|hierbij|hiermee|hierdoor|toen|volgens|als)$",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"['‘\"“„(*]*([^\W\d_]+)")
_APOSTROPHE_START = re.compile(r"['’‘][st] ")
# A bracket that closes within this many characters belongs to the same sentence.
_LONGEST_ASIDE, _FURTHEST_BACK = 400, 2_000


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence, and those that may, from ``data/abbreviations.txt``."""
    lines = resources.files(__package__).joinpath("data/abbreviations.txt").read_text("utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    never = frozenset(name for name in names if not name.startswith("?"))
    return never, frozenset(name[1:] for name in names if name.startswith("?"))


def ends_with_abbreviation(text: str) -> bool:
    """Whether the full stop at the end of ``text`` is that of an abbreviation that asks for more."""
    word = _TRAILING_STOP.search(text[-60:])
    return word is not None and word.group(1).casefold() in _abbreviations()[0]


def split(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of one block of text, without the white space in between."""
    sentences: list[tuple[int, int]] = []
    start = _skip_space(text, 0)
    for match in _BOUNDARY.finditer(text):
        if match.start() >= start and _is_boundary(text, start, match):
            sentences.append((start, match.end("tail")))
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        sentences.append((start, end))
    return sentences


def _skip_space(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def _is_boundary(text: str, start: int, match: re.Match[str]) -> bool:
    following = match.group("next")
    if following.islower() and not _APOSTROPHE_START.match(text, match.end()):
        return False
    if _inside_aside(text, start, match):
        return False
    return match.group("stop") != "." or _ends_at_stop(text, start, match)


def _ends_at_stop(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a single full stop ends a sentence, given the word before it and what follows."""
    before = text[max(start, match.start() - 40) : match.start()]
    word = _WORD_BEFORE.search(before)
    if word is None:
        return True
    name = word.group(0)
    never, sometimes = _abbreviations()
    lowered = f"{name.casefold()}."
    if lowered in never:
        return False
    if lowered in sometimes:
        return match.group("next").isupper() or bool(match.group("open").strip())
    if _INITIAL.match(name):
        return _ends_at_initial(text, before[: word.start()], match)
    # "1. Titel": the number of a list item or heading.
    return not (name.isdigit() and len(name) <= 3 and match.start() - len(name) == start)


def _ends_at_initial(text: str, before: str, match: re.Match[str]) -> bool:
    if match.group("next").isdigit() or _LABELLED.search(before):
        return True
    word = _NEXT_WORD.match(text, match.end())
    return bool(_NAME_BEFORE.search(before) and word and _STARTERS.match(word.group(1)))


def _inside_aside(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the mark stands between brackets that were opened in this sentence and close soon."""
    at = match.end("tail")
    for opening, closing in (("(", ")"), ("[", "]")):
        opened = text.rfind(opening, max(start, at - _FURTHEST_BACK), at)
        if opened >= 0 and text.rfind(closing, opened, at) < 0:
            close = text.find(closing, at, at + _LONGEST_ASIDE)
            reopened = text.find(opening, at, at + _LONGEST_ASIDE)
            if close >= 0 and (reopened < 0 or close < reopened):
                return True
    return False
