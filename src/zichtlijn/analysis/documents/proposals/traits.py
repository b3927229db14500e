"""What the words of a sentence can be part of, asked once for every word that a document uses.

Most sentences hold no passive, no act and no announcement: with the traits they are passed over at once, and the
closer look, at every word with those around it, is for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from zichtlijn.analysis.documents.dictionaries import ActivityWords
from zichtlijn.analysis.documents.proposals.act_names import COMPOUND_ENDS, LOWER_RULES, OPENING
from zichtlijn.analysis.documents.proposals.organisation_names import HEADS
from zichtlijn.analysis.documents.proposals.words import Word

PASSIVE, ACTIVITY_NOUN, ANNOUNCES, ACT, ORGANISATION, CHAIN, SPEAKER = (1 << bit for bit in range(7))

# An inspectorate is grammatically a woman: "Dit doet zij". With a plural verb it is not she.
SHE = frozenset({"zij", "ze"})
LETTERS = re.compile(r"[^\W\d_]+")
ACT_WORDS = frozenset(word.lower() for word in OPENING | LOWER_RULES)
ORGANISATION_WORDS = frozenset(word.lower() for word in HEADS)


class Traits(dict[str, int]):
    """The traits of words in small letters, each found when it is first asked for. Made for one document."""

    def __init__(self, known: ActivityWords) -> None:
        super().__init__()
        self._known = known
        self._speakers = speakers(known)
        signs = [_longest_word(sign) for announcement in known.announcements for sign in announcement.signs]
        self._signs = tuple(dict.fromkeys(signs))
        # A sign without a letter can stand in a sentence without words.
        self._always = 0 if all(signs) else ANNOUNCES

    def of(self, words: Iterable[Word]) -> int:
        """What these words together can be part of."""
        traits = self._always
        for word in words:
            traits |= self[word[1]]
        return traits

    def __missing__(self, low: str) -> int:
        known = self._known
        traits = PASSIVE if known.helpers.get(low) == "passive" else 0
        traits |= ACTIVITY_NOUN if known.is_activity_noun(low) else 0
        traits |= ANNOUNCES if any(sign in low for sign in self._signs) else 0
        traits |= ACT if low in ACT_WORDS or low.endswith(COMPOUND_ENDS) else 0
        traits |= ORGANISATION if low in ORGANISATION_WORDS else 0
        traits |= CHAIN if "keten" in low else 0
        traits |= SPEAKER if low in self._speakers else 0
        self[low] = traits
        return traits


def speakers(known: ActivityWords) -> frozenset[str]:
    """The words by which an inspectorate can speak of itself in any document: we, she, the inspectorate."""
    return known.pronouns | known.nouns | known.own | SHE


def _longest_word(sign: str) -> str:
    return max(LETTERS.findall(sign), key=len, default="")
