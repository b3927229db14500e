"""Organisations that no dictionary holds, by their form: "Stichting …", "Raad voor …", "Instituut …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zichtlijn.analysis.documents.dictionaries import Name
from zichtlijn.analysis.documents.proposals.words import Word

HEADS = frozenset(
    {
        *("Inspectie", "Rijksinspectie", "Autoriteit", "Raad", "Adviesraad", "Bureau", "Stichting", "Vereniging"),
        *("Instituut", "Kennisinstituut", "Centrum", "Expertisecentrum", "Kenniscentrum", "Dienst", "Rijksdienst"),
        *("Agentschap", "College", "Commissariaat", "Federatie", "Ministerie", "Meldpunt", "Fonds", "Unie"),
    }
)
SUPERVISORS = frozenset({"Inspectie", "Rijksinspectie", "Autoriteit", "Commissariaat"})
LINKING = frozenset({"van", "voor", "de", "het", "der", "en", "op", "tot", "ter"})
LONGEST = 9


def organisation_names_in(text: str, words: Sequence[Word]) -> Iterator[tuple[Name, int, int]]:
    """Names with their first and last word: a head with a capital and at least one more word with a capital."""
    for first, word in enumerate(words):
        if word.written not in HEADS:
            continue
        last = _last_word(text, words, first)
        if last > first:
            kind = "inspectorate" if word.written in SUPERVISORS else "organisation"
            name = " ".join(text[word.start : words[last].end].split())
            yield Name(name, kind=kind), first, last


def _another_begins(words: Sequence[Word], position: int) -> bool:
    """Behind "en" an article or another head begins a name of its own."""
    following = words[position].written if position < len(words) else ""
    return following in HEADS or following.lower() in ("de", "het")


def _last_word(text: str, words: Sequence[Word], first: int) -> int:
    """The last word with a capital that only linking words part from the head."""
    last = first
    for position in range(first + 1, min(first + LONGEST, len(words))):
        word = words[position]
        if text[words[position - 1].end : word.start] not in (" ", "\n", "-", "- "):
            break
        if word.written[0].isupper():
            last = position
        elif word.low not in LINKING or (word.low == "en" and _another_begins(words, position + 1)):
            break
    return last
