"""Acts that no dictionary holds, by their form: "Wet …", "Jeugdwet", "Verordening (EU) 2016/679"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zichtlijn.analysis.documents.dictionaries import Name
from zichtlijn.analysis.documents.proposals.words import Word

OPENING = frozenset({"Wet", "Wetboek", "Rijkswet", "Kaderwet", "Uitvoeringswet", "Invoeringswet", "Beginselenwet"})
LOWER_RULES = frozenset({"Besluit", "Regeling"})
COMPOUND_ENDS = ("wet", "verordening")
COMPOUND = re.compile(r"[A-Z][^\W\d_]{3,}(?:wet|verordening)$")
EUROPEAN = re.compile(
    r"(?:[Vv]erordening|[Rr]ichtlijn) (?:\((?:EU|EG|EEG)\) )?(?:nr\.? )?\d{2,4}/\d{2,4}(?:/(?:EU|EG))?"
)
JOINING = frozenset(
    {"op", "de", "het", "van", "inzake", "ter", "tot", "voor", "tegen", "houdende", "bij", "der", "over"}
)
BETWEEN = frozenset({"en"})
STOPS = frozenset(
    [
        "in",
        "is",
        "zijn",
        "wordt",
        "worden",
        "zal",
        "zullen",
        "die",
        "dat",
        "deze",
        "dit",
        "als",
        "aan",
        "met",
        "om",
        "door",
        "per",
        "sinds",
        "vanaf",
        "uit",
        "naar",
        "ook",
        "nog",
        "niet",
        "heeft",
        "hebben",
        "treedt",
        "treden",
        "geldt",
        "gelden",
        "biedt",
        "bieden",
        "regelt",
        "regelen",
        "moet",
        "moeten",
        "kan",
        "kunnen",
        "gaat",
        "gaan",
        "wil",
        "maar",
        "of",
        "stelt",
        "vereist",
        "vraagt",
        "verplicht",
        "waarin",
        "waarmee",
        "waardoor",
        "blijft",
        "onder",
        "na",
        "binnen",
        "tijdens",
        "zoals",
        "was",
        "waren",
        "komt",
        "maakt",
        "werd",
        "werden",
        "krijgt",
        "vormt",
        "bevat",
        "brengt",
        "wij",
        "we",
        "toe",
    ]
)
NO_ACTS = frozenset({"Wetswet", "Nieuwewet"})
LONGEST = 12
ADJECTIVES = (
    "aire",
    "ieve",
    "iele",
    "uele",
    "eerde",
    "sche",
    "ige",
    "lijke",
    "ale",
    "ele",
    "ende",
    "ig",
    "isch",
    "lijk",
    "baar",
    "zaam",
    "vrij",
    "goed",
)


def act_names_in(text: str, words: Sequence[Word]) -> Iterator[tuple[Name, int, int]]:
    """Names of acts with their first and last word."""
    for match in EUROPEAN.finditer(text) if "/" in text else ():
        inside = [i for i, word in enumerate(words) if match.start() <= word.start < match.end()]
        if inside:
            yield Name(match.group()[0].upper() + match.group()[1:], kind="act"), inside[0], inside[-1]
    for position, word in enumerate(words):
        if word.written in OPENING or word.written in LOWER_RULES:
            last = _last_word(text, words, position)
            if last > position and (word.written in OPENING or words[position + 1].written[0].islower()):
                yield _name(text, words, position, last), position, last
        elif word.low.endswith(COMPOUND_ENDS) and COMPOUND.match(word.written) and word.written not in NO_ACTS:
            last = position + 1 if _is_year(words, position + 1) else position
            yield _name(text, words, position, last), position, last


def _name(text: str, words: Sequence[Word], first: int, last: int) -> Name:
    return Name(" ".join(text[words[first].start : words[last].end].split()), kind="act")


def _is_year(words: Sequence[Word], position: int) -> bool:
    return position < len(words) and bool(re.fullmatch(r"(?:19|20)\d\d", words[position].written))


def _last_word(text: str, words: Sequence[Word], first: int) -> int:
    """Where the name ends: before the brackets with its abbreviation, else after its first noun group."""
    bracket = _before_bracket(text, words, first)
    if bracket is not None:
        return bracket
    position, last, content = first + 1, first, False
    while position < len(words) and position - first < LONGEST:
        word = words[position]
        if (not word.written[0].isalpha() and not _is_year(words, position)) or word.low in STOPS:
            break
        if _gap(text, words, position) not in ((" ", "\n", "- ") if content else (" ", "\n")):
            break
        if word.low in JOINING or word.low in BETWEEN:
            if content and word.low not in ("van", "op", "en"):
                break
        elif content and not _continues(words, position):
            break
        else:
            content, last = True, position
        position += 1
    return last


def _continues(words: Sequence[Word], position: int) -> bool:
    """A further word belongs to the name after an adjective, after "van", "op" or "en", or when it is a year."""
    before = words[position - 1].low
    if before.endswith(ADJECTIVES):
        return True
    return before in ("van", "op", "en") or _is_year(words, position)


def _before_bracket(text: str, words: Sequence[Word], first: int) -> int | None:
    for position in range(first + 1, min(first + LONGEST, len(words))):
        gap = text[words[position - 1].end : words[position].start]
        if "(" in gap and position - 1 > first:
            return position - 1 if re.fullmatch(r"[A-Z][A-Za-z]{1,9}", words[position].written) else None
        if (words[position].low in STOPS and words[position].low not in ("om", "in", "met", "aan", "door")) or words[
            position
        ].low in ".;:?!":
            return None
    return None


def _gap(text: str, words: Sequence[Word], position: int) -> str:
    return text[words[position - 1].end : words[position].start]
