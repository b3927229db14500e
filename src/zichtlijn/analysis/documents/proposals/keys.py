"""Keys that stay the same over imports and editions: the type with the telling words of the title, sorted."""

from __future__ import annotations

import re
import unicodedata

STOP_WORDS = frozenset(
    [
        "de",
        "het",
        "een",
        "en",
        "of",
        "van",
        "voor",
        "op",
        "in",
        "aan",
        "met",
        "bij",
        "naar",
        "over",
        "door",
        "om",
        "te",
        "ten",
        "ter",
        "tot",
        "uit",
        "als",
        "dat",
        "die",
        "dit",
        "deze",
        "is",
        "zijn",
        "haar",
        "hun",
        "onze",
        "ons",
        "zich",
        "daarom",
        "ook",
        "niet",
        "meer",
        "worden",
        "wordt",
        "zal",
        "zullen",
        "onder",
        "tussen",
        "binnen",
        "onderzoek",
        "toezicht",
        "volgen",
        "publicatie",
        "afronding",
        "voortzetting",
    ]
)
NO_LETTERS = re.compile(r"[^a-z0-9]+")
YEAR = re.compile(r"(?:19|20)\d\d$")


def plain(text: str) -> str:
    """Small letters, accents and punctuation taken off, one space between words: for comparing names."""
    low = text.casefold()
    if not low.isascii():
        low = unicodedata.normalize("NFKD", low).encode("ascii", "ignore").decode()
    return NO_LETTERS.sub(" ", low).strip()


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a title that tell what it is about, each once, without years."""
    words = plain(text).split()
    kept = [word for word in words if len(word) > 2 and word not in STOP_WORDS and not YEAR.match(word)]
    return tuple(dict.fromkeys(kept or words))


def key_of(kind: str, title: str) -> str:
    """``activity:asielketen-effecten-problematiek``: the same whatever the order of the words or the year."""
    return f"{kind}:{'-'.join(sorted(telling_words(title)))}"


def name_key(kind: str, name: str) -> str:
    """``organisation:raad-voor-de-kinderbescherming``: the name itself."""
    return f"{kind}:{plain(name).replace(' ', '-')}"
