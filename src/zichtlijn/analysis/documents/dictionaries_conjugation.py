"""The forms of a Dutch verb, as far as a work programme needs them: present, infinitive, past, participle.

Spelling rules of the Woordenlijst: an open syllable loses one vowel (maken, maak), v and z harden at the end
(streven, streef), a stem on one of the consonants of 't kofschip takes -te and -t.
"""

from __future__ import annotations

from typing import Literal

Tense = Literal["present", "infinitive", "past", "participle"]

VOWELS = "aeiou"
HARD = ("t", "k", "f", "s", "ch", "p", "x")
INSEPARABLE = ("be", "ge", "ver", "ont", "her", "er")


def stem_of(infinitive: str) -> str:
    """The first person singular by the spelling rules: volgen, volg; maken, maak; zetten, zet; streven, streef."""
    stem = infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive.removesuffix("n")
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        return stem[:-1]
    if infinitive.endswith("eren") and len(stem) > 3 and stem[-3] == "u":
        return stem[:-1] + "er"
    if len(stem) > 2 and stem[-1] not in VOWELS and stem[-2] in "aeou" and stem[-3] not in VOWELS:
        stem = stem[:-1] + stem[-2] + stem[-1]
    return {"v": stem[:-1] + "f", "z": stem[:-1] + "s"}.get(stem[-1], stem)


def _second(stem: str) -> str:
    return stem if stem.endswith("t") else stem + "t"


def _weak_past(stem: str, infinitive: str) -> list[str]:
    root = infinitive.removesuffix("en")
    hard = root.endswith(HARD) and not root.endswith(("v", "z"))
    ending = "te" if hard else "de"
    return [stem + ending, stem + ending + "n"]


def _weak_participle(stem: str, infinitive: str) -> str:
    root = infinitive.removesuffix("en")
    ending = "t" if root.endswith(HARD) else "d"
    joined = stem if stem.endswith(("t", "d")) else stem + ending
    return joined if infinitive.startswith(INSEPARABLE) else "ge" + joined


def forms_of(
    infinitive: str,
    *,
    stem: str | None = None,
    present: tuple[str, ...] = (),
    past: tuple[str, ...] | None = None,
    participle: str | None = None,
) -> tuple[tuple[str, Tense], ...]:
    """Every form of a verb with its tense; the part that comes loose (``af|ronden``) is taken off in finite forms.

    A form that is both present plural and infinitive is given as infinitive; one that is present and participle
    (besteed) is given as both.
    """
    particle, _, root = infinitive.rpartition("|")
    stem = stem or stem_of(root)
    finite = present or (stem, _second(stem))
    pasts = past if past is not None else tuple(_weak_past(stem, root))
    forms: list[tuple[str, Tense]] = [(participle or particle + _weak_participle(stem, root), "participle")]
    for before in dict.fromkeys(("", particle)):
        forms += [(before + form, "past") for form in pasts]
        forms += [(before + form, "present") for form in finite]
        forms.append((before + root, "infinitive"))
    return tuple(dict.fromkeys(forms))
