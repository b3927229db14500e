"""Keys that stay the same over imports and editions: the type with the telling words of the title, sorted."""

from __future__ import annotations

import re
import unicodedata

from zichtlijn.analysis.documents.proposals.words import lowered

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
YEAR = re.compile(r"(?:19|20)\d\d$")


def plain(text: str) -> str:
    """Small letters, accents and punctuation taken off, one space between words: for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a title that tell what it is about, each once, without years."""
    words = [plain(word) for word in lowered(text)]
    kept = [word for word in words if len(word) > 2 and word not in STOP_WORDS and not YEAR.match(word)]
    return tuple(dict.fromkeys(kept or [word for word in words if word]))


def key_of(kind: str, title: str) -> str:
    """``activity:asielketen-effecten-problematiek``: the same whatever the order of the words or the year."""
    return f"{kind}:{'-'.join(sorted(telling_words(title)))}"


def name_key(kind: str, name: str) -> str:
    """``organisation:raad-voor-de-kinderbescherming``: the name itself."""
    return f"{kind}:{plain(name).replace(' ', '-')}"
