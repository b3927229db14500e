"""The piece of a text that shows why it was found, with the words marked."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .asking import Question
from .words import Token, stem, tokens

LENGTH = 260  # signs
REACH = 60_000  # signs of a long text that are looked at


def highlighted(text: str, question: Question) -> SafeString:
    """The whole text, escaped, with what was asked for in ``<mark>``."""
    return _marked(text, 0, len(text), _hits(text, question))


def passage(text: str, question: Question) -> SafeString:
    """About 260 signs of the text, escaped and marked: where most of the different words asked for stand together."""
    text = text[:REACH]
    hits = _hits(text, question)
    start, end = _window(text, hits)
    inside = [hit for hit in hits if hit.start >= start and hit.end <= end]
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return format_html("{}{}{}", before, _marked(text, start, end, inside), after)


def _hits(text: str, question: Question) -> list[Token]:
    stems = {stem(word) for word in [*question.required_words, *question.prefixes]}
    words = list(tokens(text))
    found = [word for word in words if stem(word.word) in stems or word.word.startswith(question.prefixes)]
    # Common words are marked where they are part of a phrase.
    return sorted({*found, *_phrase_hits(words, question)}, key=lambda hit: hit.start)


def _phrase_hits(words: list[Token], question: Question) -> Iterable[Token]:
    for phrase in question.phrases:
        for place in range(len(words) - len(phrase) + 1):
            here = words[place : place + len(phrase)]
            if tuple(token.word for token in here) == phrase:
                yield from here


def _window(text: str, hits: list[Token]) -> tuple[int, int]:
    if len(text) <= LENGTH:
        return 0, len(text)
    if not hits:
        return 0, _word_end(text, LENGTH)
    first = max(hits, key=lambda hit: (_different_words(hits, hit.start), -hit.start))
    start = max(0, min(first.start - LENGTH // 5, len(text) - LENGTH))
    if start:
        start = text.find(" ", start, first.start) + 1 or first.start
    return start, _word_end(text, start + LENGTH)


def _different_words(hits: list[Token], start: int) -> int:
    return len({stem(hit.word) for hit in hits if start <= hit.start and hit.end <= start + LENGTH * 4 // 5})


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    cut = text.rfind(" ", 0, end)
    return cut if cut > end - LENGTH // 4 else end


def _marked(text: str, start: int, end: int, hits: list[Token]) -> SafeString:
    pieces: list[tuple[SafeString | str]] = []
    place = start
    for hit in hits:
        pieces += [(text[place : hit.start],), (format_html("<mark>{}</mark>", text[hit.start : hit.end]),)]
        place = hit.end
    pieces.append((text[place:end],))
    return format_html_join("", "{}", pieces)
