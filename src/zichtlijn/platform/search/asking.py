"""What somebody asked for: words, beginnings of words, and phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .stop_words import STOP_WORDS
from .words import tidy, words_of

LONGEST_QUERY = 300
MOST_WORDS = 16
SHORTEST_PREFIX = 2
_PART = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "＂": '"'})


@dataclass(frozen=True)
class Question:
    """A query taken apart; all words folded. Everything in it must be found.

    ``words`` are found in any of their forms, ``prefixes`` by their beginning too, ``phrases`` word for word.
    """

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    only_stop_words: bool = False

    @property
    def asks_something(self) -> bool:
        """True when there is a word to look for."""
        return bool(self.words or self.prefixes or self.phrases)

    @property
    def required_words(self) -> list[str]:
        """Words that must occur in one of their forms: those asked for, and those of the phrases."""
        in_phrases = [word for phrase in self.phrases for word in phrase if word not in STOP_WORDS]
        return list(dict.fromkeys([*self.words, *in_phrases]))


def understand(asked: str) -> Question:
    """Take a query apart; no text is an error.

    ``"raad voor de kinderbescherming"`` is a phrase, ``toezicht*`` a beginning, and so is the last word. Common words
    count in phrases only.
    """
    parts = [part for part in _parts(asked) if part.words]
    words: list[str] = []
    prefixes: list[str] = []
    for part in (part for part in parts if not part.quoted):
        *before, last = part.words
        opens = part.starred or (part is parts[-1] and last not in STOP_WORDS)
        words += before
        (prefixes if opens and len(last) >= SHORTEST_PREFIX else words).append(last)
    phrases = [part.words for part in parts if part.quoted and not STOP_WORDS.issuperset(part.words)]
    wanted = [word for word in words if word not in STOP_WORDS]
    question = Question(_unique(wanted), _unique(prefixes), tuple(phrases[:MOST_WORDS]))
    return question if question.asks_something or not parts else Question(only_stop_words=True)


@dataclass(frozen=True)
class _Part:
    words: tuple[str, ...]
    quoted: bool
    starred: bool


def _parts(asked: str) -> list[_Part]:
    found = _PART.findall(tidy(asked).translate(_QUOTES)[:LONGEST_QUERY])
    return [_Part(tuple(words_of(quoted or plain)), bool(quoted), plain.endswith("*")) for quoted, plain in found]


def _unique(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:MOST_WORDS]
