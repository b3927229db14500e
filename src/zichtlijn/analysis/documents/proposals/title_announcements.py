"""Titles of what is announced: attention, a publication, an end, a fine."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.phrases import ARTICLE, bare, first_clause, joined
from zichtlijn.analysis.documents.proposals.title_parts import OBJECT_OPENINGS, is_object
from zichtlijn.analysis.documents.proposals.units import Unit

ATTENTION = re.compile(
    r"\b(?:aandacht (?:voor|aan|uit naar)|oog voor|(?:nadruk|focus|accent|prioriteit|zwaartepunt) (?:op|bij)|"
    r"in het teken (?:staan )?van)\s+(.+)$",
    re.IGNORECASE,
)

WOUND_DOWN = re.compile(
    r"^(?P<what>(?:het|de|dit|deze|ons|onze) [^,;:]{5,90}?) (?:wordt|worden) (?:[^\s,;]+ ){0,4}"
    r"(?:afgebouwd|beëindigd|stopgezet|gestaakt|geschrapt|opgeheven)\b",
    re.IGNORECASE,
)


def of_announcement(unit: Unit, event: Event) -> str:
    match = ATTENTION.search(unit.text)
    comes = COMES.match(unit.text)
    if comes:
        return ARTICLE.sub("", first_clause(bare(comes["what"])))
    if event.status == "new":
        return ARTICLE.sub("", re.sub(r"^.*? (?:is|zijn)\s+", "", first_clause(bare(unit.text))))
    if event.status == "stopped":
        return f"Beëindiging van {_stopped(unit.text)}"
    appearing = APPEARS.search(unit.text)
    if event.status == "publishing" and appearing:
        return joined("Publicatie van", _with_front(bare(appearing["what"]), bare(unit.text[: appearing.start()])))
    fined = FINED.match(unit.text)
    if fined:
        return f"{ARTICLE.sub('', fined['what'].strip())} voor {fined['who'][:1].lower()}{fined['who'][1:]}"
    going_on = GOES_ON.match(unit.text)
    if going_on:
        return joined("Voortzetting van", bare(going_on["what"]))
    if match is None:
        return first_clause(bare(unit.text))
    about = first_clause(bare(match.group(1)))
    if match.group().lower().startswith(("aandacht", "oog")):
        return f"Aandacht voor {about}"
    return ARTICLE.sub("", about)


def _with_front(what: str, front: str) -> str:
    """ "Voor jonge ouders verschijnt een wegwijzer": the wegwijzer is for young parents."""
    front = " ".join(front.split())
    return f"{what.strip(' .')} {front[:1].lower()}{front[1:]}" if re.match(r"(?:voor|over) ", front, re.I) else what


APPEARS = re.compile(r"\bverschij(?:nt|nen)\s+(?P<what>.+)$", re.IGNORECASE | re.DOTALL)

FINED = re.compile(r"^(?P<who>[^,;]{5,70}?) (?:krijgt|krijgen) (?P<what>(?:een |de )?[^,;.]{4,60})")

TOGETHER = re.compile(r"^(?P<who>.{5,150}?) (?:komt|komen) (?:\S+ ){0,5}bijeen\b", re.IGNORECASE)

COMES = re.compile(r"^Er kom(?:t|en) (?P<what>.{5,})$", re.IGNORECASE | re.DOTALL)
GOES_ON = re.compile(r"^(?P<what>.{5,80}?) (?:gaat|gaan|loopt|lopen) (?:\S+ ){0,4}(?:door|verder)\b", re.IGNORECASE)


def _stopped(text: str) -> str:
    ended = ENDED.search(text)
    if ended and len(ended["what"].split()) <= LONGEST_ENDED and is_object(ended["what"]):
        what = first_clause(bare(ended["what"]))
        return what[:1].lower() + what[1:] if what.split(" ", 1)[0].lower() in OBJECT_OPENINGS else what
    match = re.search(
        r"\b((?:dit|deze|het|de|ons|onze) [^,.]+?)\s+(?:wordt |worden |zal |zullen )?niet\b", text, re.IGNORECASE
    )
    return match.group(1) if match else bare(text)


ENDED = re.compile(
    r"^(?P<what>.+?)\s(?:is|zijn|wordt|worden|komt|komen|valt|vallen|vervalt|vervallen|eindigt|eindigen|loopt|lopen)\b",
    re.IGNORECASE,
)

LONGEST_ENDED = 16
