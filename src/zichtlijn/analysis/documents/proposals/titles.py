"""Short Dutch titles for activities, made from the words of the sentence: what is looked at, told, built or ended."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.dictionaries import ActivityWords
from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.units import Unit

LONGEST = 100
SHORTEST = 12
MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
WHEN = re.compile(
    rf"\b(?:ook )?(?:(?:in|voor|vanaf|sinds|gedurende|medio|begin|eind|per) )?(?:de periode |het jaar |schooljaar |het schooljaar )?"
    rf"(?:\d{{1,2}} )?(?:(?:{MONTH}) )?20\d\d(?:\s?[-/–]\s?\d{{2,4}})?\b"
    r"|\b(?:in )?(?:het )?(?:komende?|volgend|dit) (?:jaar|schooljaar|najaar|voorjaar|periode)\b"
    rf"|\b(?:in|vanaf|voor) (?:het )?(?:eerste|tweede|derde|vierde) (?:kwartaal|halfjaar|helft)(?: van)?(?: 20\d\d)?\b",
    re.IGNORECASE,
)
FILLERS = re.compile(
    r"\b(?:daarom|daarnaast|tevens|ook|verder|eveneens|onder andere|onder meer|o\.a\.|met name|in het bijzonder|specifiek|"
    r"nadrukkelijk|nauwgezet|nauw|intensief|extra|bovendien|tot slot|ten slotte|vooral|steeds meer|in toenemende mate|"
    r"waar nodig|waar relevant|zo nodig|hiervoor|daarbij|hierbij|weer|wederom|opnieuw|erop|"
    r"(?:in|met|door|bij|binnen) (?:haar|ons|zijn|het) (?:hele |gehele )?toezicht(?= (?!op)))\b",
    re.IGNORECASE,
)
IN_VIEW_OF = re.compile(
    r"\b(?:in het (?:licht|kader) van|naar aanleiding van|op basis van|aan de hand van) [^,]+,\s*", re.IGNORECASE
)
CLAUSES = re.compile(
    r"\s*(?:[;:]|\s[–-]\s|,\s*(?:nu|waarbij|waardoor|waarvoor|waarmee|waarin|waar|zodat|zoals|die|dat|om|onder|met name|omdat|"
    r"onafhankelijk|bijvoorbeeld|maar|dit|daar|hetgeen|en (?:\w+t|zij|we|wij)\b)|\b(?:waarbij|waardoor|zodat|omdat|doordat|terwijl)\b|"
    r"\ben (?:heeft|houdt|stemt|past|brengt|gaat|zet|werkt|kijkt|richt|stelt|geeft|neemt|doet|voert|volgt|bezoekt) ).*$",
    re.IGNORECASE,
)
AIM = re.compile(r"\s+(?:om|teneinde|door) (?=.* te \w+|\w+ )[^,]*$", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:de|het|een|haar|hun|onze|ons|zijn|die|dat|deze|dit|alle)\s+", re.IGNORECASE)
OWN = re.compile(r"^(?:haar|hun|ons|onze|zijn)\s+")
DANGLING = re.compile(
    r"[\s,;:(–-]+(?:en|of|en/of|van|de|het|een|in|op|voor|met|om|te|door|die|dat|aan|bij|naar|als|tot|hun|haar|zijn|zich|"
    r"ten|ter|over|uit|om te|zoals|waar|is|er|niet|meer|meer op)$",
    re.IGNORECASE,
)
QUESTION_WORDS = ("hoe", "of", "wat", "dat", "welke", "waar", "in hoeverre", "er", "wie", "waarom")
KIND_WORDS = {
    "publication": "Publicatie",
    "co-operation": "Samenwerking",
    "dialogue": "Gesprek",
    "enforcement": "Handhaving",
}


def title_of(unit: Unit, event: Event, known: ActivityWords) -> str:
    """A title of at most 100 characters, cut between words."""
    if event.mode in ("item", "announced", "passive") and event.subject is None:
        raw = _of_line(unit, event, known)
    elif event.mode == "supervision":
        raw = _of_supervision(unit, event)
    else:
        raw = _of_object(unit, event)
    title = shortened(tidied(raw))
    return title if len(title) >= SHORTEST else shortened(tidied(unit.text))


def tidied(text: str) -> str:
    """Spaces and punctuation in order, one capital at the beginning."""
    text = re.sub(r"\s+", " ", re.sub(r"\(\s*\)|\[\s*\]", "", text)).strip(" .,;:–-?!•")
    text = re.sub(r"\s+([,;:.])", r"\1", text)
    text = text if text.count("(") == text.count(")") else re.sub(r"\s*\([^()]*$", "", text)
    return text[:1].upper() + text[1:]


def shortened(text: str) -> str:
    """At most 100 characters: cut at a clause, else at a word, without a dangling little word."""
    if len(text) > LONGEST:
        cut = text[: LONGEST + 1]
        comma = max(cut.rfind(", "), cut.rfind(" en "), cut.rfind(" ("))
        text = cut[:comma] if comma > LONGEST // 2 else cut.rsplit(" ", 1)[0]
    while DANGLING.search(text):
        text = DANGLING.sub("", text)
    return tidied(text)


def _bare(text: str) -> str:
    return FILLERS.sub(" ", WHEN.sub(" ", text))


def _of_line(unit: Unit, event: Event, known: ActivityWords) -> str:
    """Of a line of a list: the line itself; of a passive: its subject, without the verbs."""
    text = unit.text
    if event.mode == "passive" and event.verb is not None:
        words = [
            w
            for i, w in enumerate(unit.words)
            if w.low not in ("wordt", "worden", "zal", "zullen", "er") and i != event.verb_at
        ]
        text = " ".join(text[w.start : w.end] for w in words)
        noun = event.verb.noun if event.kind == "publication" or event.status else None
        return _joined(noun, _cut(_bare(text)))
    if event.mode == "announced":
        match = re.search(
            r"\b(?:aandacht (?:voor|aan|uit naar)|nadruk (?:op|bij)|focus (?:op|bij)|in het teken van)\s+(.+)$",
            text,
            re.IGNORECASE,
        )
        return (
            f"Aandacht voor {_cut(match.group(1))}"
            if match and "aandacht" in match.group()
            else _cut(_bare(match.group(1) if match else text))
        )
    line = re.sub(r"^(?:\d+[.)]|[a-z][.)]|[-•*–])\s+", "", text)
    head, colon, rest = line.partition(": ")
    return head if colon and SHORTEST <= len(head) <= LONGEST else _cut(_bare(line))


def _of_supervision(unit: Unit, event: Event) -> str:
    """ "Het toezicht op X richt zich op Y": X and Y."""
    subject, finite = event.subject, unit.words[event.verb_at]
    if subject is None:
        return unit.text
    start = unit.words[subject.last].start
    inverted = event.verb_at < subject.first
    text = unit.text[start:]
    if inverted:
        head, rest = _split_at(text, r"\s(?:zich|gericht|in 20\d\d|ook|verder|met name)\b|,")
    else:
        head, rest = unit.text[start : finite.start], unit.text[finite.end :]
    if event.kind == "publication" and event.verb is not None:
        return _joined(event.verb.noun, head)
    about = re.search(r"\b(?:op|aan|naar|door)\s+(.+)$", _bare(rest))
    if event.status in ("finishing", "starting", "stopped", "publishing") or about is None:
        return _joined(
            event.verb.noun if event.verb and event.status else None,
            f"{_bare(head)} {'' if event.status else _cut(_bare(rest))}",
        )
    return f"{tidied(_bare(head))}: {ARTICLE.sub('', _cut(about.group(1)))}"


def _split_at(text: str, pattern: str) -> tuple[str, str]:
    match = re.search(pattern, text)
    return (text[: match.start()], text[match.end() :]) if match else (text, "")


def _of_object(unit: Unit, event: Event) -> str:
    """The object of the verb of which the inspectorate is the subject."""
    if event.subject is None:
        return unit.text
    begin = unit.words[event.subject.last].end
    dropped = {event.verb_at}
    if event.verb is not None and event.verb.particle:
        dropped |= {i for i, word in enumerate(unit.words) if word.low == event.verb.particle and i > event.verb_at}
    kept = _without(unit, begin, dropped)
    text = IN_VIEW_OF.sub("", kept) if len(IN_VIEW_OF.sub("", kept).split()) > 3 else kept
    text = _bare(text).strip(" ,")
    text = re.sub(r"^(?:zich|zelf|er)\b\s*", "", text.strip(" ,"))
    text = _cut(text)
    return _phrased(event, text)


def _without(unit: Unit, begin: int, dropped: set[int]) -> str:
    """The text from ``begin`` without the dropped words and helping verbs directly at the beginning."""
    parts, at = [], begin
    for index, word in enumerate(unit.words):
        if word.start < begin:
            continue
        if index in dropped or (
            word.low in ("zal", "zullen", "gaat", "gaan", "wil", "blijven", "worden") and word.start - begin < 12
        ):
            parts.append(unit.text[at : word.start])
            at = word.end
    parts.append(unit.text[at:])
    return " ".join(part.strip() for part in parts)


def _cut(text: str) -> str:
    """The first clause; the aim (om … te) is dropped when enough is left."""
    text = re.sub(r"^\s*[,;:]\s*", "", text)
    short = CLAUSES.sub("", text).strip(" ,")
    text = short if len(short) >= SHORTEST else text
    aim = AIM.sub("", text)
    return aim if len(aim) >= SHORTEST * 2 else text


def _phrased(event: Event, text: str) -> str:
    text = (
        re.sub(r"^(?:zich\s+)?op\s+(?=\S)", "", text)
        if event.kind in ("monitoring", "development", "investigation")
        else text
    )
    if text.lower().startswith(QUESTION_WORDS) and event.verb is not None:
        return f"{event.words} {text}"
    noun = event.verb.noun if event.verb is not None else None
    if event.kind in ("co-operation", "dialogue") and text.startswith("met "):
        return f"{KIND_WORDS[event.kind]} {text}"
    if noun and (event.kind not in ("monitoring", "investigation") or event.status or noun.startswith("Aandacht")):
        return _joined(noun, text)
    return ARTICLE.sub("", text)


def _joined(noun: str | None, text: str) -> str:
    """A noun and what it is of: "Publicatie van" + "het onderzoek" is "Publicatie van het onderzoek"."""
    text = text.strip(" ,")
    if not noun:
        return ARTICLE.sub("", text)
    last = noun.split()[-1]
    if last in ("van", "naar", "aan", "voor", "op", "over", "in", "met") and re.match(
        rf"(?:{last}|met|aan|naar|voor|in|over)\b", text
    ):
        noun = noun.rsplit(" ", 1)[0]
    return f"{noun} {OWN.sub('', text)}"
