"""Short Dutch titles for activities, made from the words of the sentence: what is looked at, told, built or ended."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.proposals.events import Event
from zichtlijn.analysis.documents.proposals.phrases import (
    ARTICLE,
    BETWEEN_COMMAS,
    LONGEST,
    RELATIVE,
    SHORTEST,
    WHEN,
    about_what,
    bare,
    first_clause,
    joined,
    phrase,
    shortened,
    tidied,
)
from zichtlijn.analysis.documents.proposals.units import Unit
from zichtlijn.analysis.documents.proposals.verbs import loose_part_at
from zichtlijn.analysis.documents.proposals.words import Word

HELPING = frozenset(
    ["zal", "zullen", "gaat", "gaan", "wil", "willen", "blijven", "blijft", "worden", "wordt", "kan", "kunnen", "er"]
)
QUESTION = re.compile(r"^(?:hoe|of|wat|dat|welke|waar|in hoeverre|er|wie|waarom)\b", re.IGNORECASE)
ATTENTION = re.compile(
    r"\b(?:aandacht (?:voor|aan|uit naar)|oog voor|(?:nadruk|focus|accent|prioriteit|zwaartepunt) (?:op|bij)|"
    r"in het teken (?:staan )?van)\s+(.+)$",
    re.IGNORECASE,
)
SUBJECT_ENDS = re.compile(r"\s(?:zich|gericht|in 20\d\d|ook|verder|met name)\b|,")
ABOUT = re.compile(r"\b(?:op|aan|naar|door)\s+(.+)$")
LIST_MARK = re.compile(r"^(?:\d+[.)]|[a-z][.)]|[-•*–])\s+")
PHASES = ("finishing", "starting", "stopped", "publishing", "continuing")


def title_of(unit: Unit, event: Event) -> str:
    """A title of at most 100 characters, cut between words."""
    ended = WOUND_DOWN.match(unit.text)
    if ended:
        return shortened(tidied(joined("Beëindiging van", first_clause(bare(ended["what"])))))
    together = TOGETHER.match(unit.text)
    if together and event.kind == "co-operation":
        return shortened(tidied(joined("Bijeenkomsten van", first_clause(bare(together["who"])))))
    if event.subject is None:
        raw = {"passive": _of_passive, "announced": _of_announcement}.get(event.mode, _of_line)(unit, event)
    elif event.mode == "supervision":
        raw = _of_supervision(unit, event)
    else:
        raw = _of_object(unit, event)
    title = shortened(tidied(raw))
    extra = about_what(_before_finite(unit, event))
    if extra and len(title) + len(extra) < LONGEST and extra.lower() not in title.lower():
        title = f"{title} {extra}"
    return title if len(title) >= SHORTEST else shortened(tidied(unit.text))


WOUND_DOWN = re.compile(
    r"^(?P<what>(?:het|de|dit|deze|ons|onze) [^,;:]{5,90}?) (?:wordt|worden) (?:[^\s,;]+ ){0,4}"
    r"(?:afgebouwd|beëindigd|stopgezet|gestaakt|geschrapt|opgeheven)\b",
    re.IGNORECASE,
)


def _before_finite(unit: Unit, event: Event) -> str:
    """What stands before the finite verb when the subject comes after it."""
    finite = event.finite_at if event.finite_at is not None else _helper_at(unit)
    if finite is None or finite == 0 or (event.subject is not None and finite > event.subject.first):
        return ""
    return unit.text[: unit.words[finite].start].strip(" ,")


def _helper_at(unit: Unit) -> int | None:
    return next((i for i, word in enumerate(unit.words) if word.low in FINITE_HELPERS), None)


def _of_passive(unit: Unit, event: Event) -> str:
    """The subject of the passive, without the verbs: "wordt onderzoek gedaan naar X" is "Onderzoek naar X"."""
    kept = [word for i, word in enumerate(unit.words) if word.low not in HELPING and i != event.verb_at]
    front = _before_finite(unit, event)
    if front and not _is_object(front):
        kept = [word for word in kept if word.start >= len(front)]
    end = unit.words[event.verb_at].end
    asked = ASKED_BEHIND.match(unit.text, end) or ASKED_BEHIND.match(unit.text, _end_of_helper(unit, end))
    if asked:
        return _question(event.words, asked["question"])
    text = first_clause(PURPOSE_FIRST.sub("", bare(_spaced(unit.text, kept)))).strip(" ,.")
    if QUESTION.match(text):
        return _question(event.words, text)
    text = _without_companion(text, event)
    if _noun_of(event) is None and not (event.verb and event.verb.companions):
        return _infinitive_phrase(text, event)
    if event.verb is not None and not event.verb.noun and not NOUN_FIRST.match(text):
        return _infinitive_phrase(text, event)
    return joined(_noun_of(event), _place_last(_plain_start(text)))


def _plain_start(text: str) -> str:
    """A plain noun that opened the sentence in small letters; a name keeps its capital."""
    first, _, rest = text.partition(" ")
    plain = first.endswith(("en", "s", "ing", "id")) and first[1:].islower() and rest[:1].islower()
    return text[:1].lower() + text[1:] if plain else text


def _end_of_helper(unit: Unit, end: int) -> int:
    """Where the helping verb right behind the participle ends: "Nagegaan wordt of …"."""
    following = next((word for word in unit.words if word.start >= end), None)
    return following.end if following is not None and following.low in HELPING else end


ASKED_BEHIND = re.compile(
    r"\s+(?P<question>(?:of|hoe|welke|wat|in hoeverre|waar|waarom)\s.+)$", re.IGNORECASE | re.DOTALL
)
PURPOSE_FIRST = re.compile(
    r"^\W*(?:ten behoeve van|op grond van|ter uitvoering van|met het oog op|naar aanleiding van|op basis van|"
    r"in verband met)\s[^,]*?(?:,[^,]*,\s*|\s(?=een\b)|,\s*)",
    re.IGNORECASE,
)


NOUN_FIRST = re.compile(r"^(?:onderzoek|toezicht|controles?|inspecties?)\b", re.IGNORECASE)


def _spaced(text: str, words: list[Word]) -> str:
    """These words with what stands between neighbours in the text."""
    parts = []
    for index, word in enumerate(words):
        after = words[index + 1].start if index + 1 < len(words) else len(text)
        gap = text[word.end : after]
        parts.append(text[word.start : word.end] + (gap if len(gap) <= GAP else " "))
    return "".join(parts)


GAP = 3


def _of_announcement(unit: Unit, event: Event) -> str:
    match = ATTENTION.search(unit.text)
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
GOES_ON = re.compile(r"^(?P<what>.{5,80}?) (?:gaat|gaan|loopt|lopen) (?:\S+ ){0,4}(?:door|verder)\b", re.IGNORECASE)


def _stopped(text: str) -> str:
    ended = ENDED.search(text)
    if ended and len(ended["what"].split()) <= LONGEST_ENDED and _is_object(ended["what"]):
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


def _of_line(unit: Unit, event: Event) -> str:
    """A line of a list: what stands before its colon, else its first clause."""
    line = LIST_MARK.sub("", unit.text)
    head, colon, _ = line.partition(": ")
    return head if colon and len(head) >= SHORTEST else first_clause(bare(line))


def _of_supervision(unit: Unit, event: Event) -> str:
    """ "Het toezicht op X richt zich op Y" is "Toezicht op X: Y"."""
    subject, finite = event.subject, unit.words[event.verb_at]
    if subject is None:
        return unit.text
    start = unit.words[subject.last].start
    if event.verb_at < subject.first:
        end = SUBJECT_ENDS.search(unit.text, start)
        head, rest = (unit.text[start : end.start()], unit.text[end.end() :]) if end else (unit.text[start:], "")
    else:
        head, rest = unit.text[start : finite.start], unit.text[finite.end :]
    head, rest = BETWEEN_COMMAS.sub(" ", head).strip(" ,"), re.split(r"[;:]", rest)[0]
    if event.kind == "publication" and event.verb is not None:
        return joined(event.verb.noun, _without_companion(_without_participle(head, event), event))
    if event.status in PHASES:
        rest = _without_particle(rest, event)
        has_object = re.match(r"\s*(?:de|het|een|zijn|haar)\s", rest) is not None
        plain = _without_participle(bare(rest if has_object else f"{first_clause(head)} {rest}"), event)
        return joined(event.verb.noun if event.verb else None, plain)
    about = ABOUT.search(bare(rest))
    if about is None:
        return _without_participle(bare(f"{head} {first_clause(bare(rest))}"), event)
    return f"{tidied(bare(head))}: {ARTICLE.sub('', first_clause(about.group(1)))}"


def _without_particle(text: str, event: Event) -> str:
    """Without the loose part that closes the clause: "zet de campagne voort"."""
    particle = event.verb.particle if event.verb else ""
    return re.sub(rf"\s{re.escape(particle)}[\s.]*$", "", text) if particle else text


def _without_participle(text: str, event: Event) -> str:
    forms = {form for form, _ in event.verb.forms} if event.verb else set()
    kept = [word for word in text.split() if word.strip(".,;").lower() not in forms | FINITE_HELPERS]
    return re.sub(r"\b(?:vóór|voor|per|op|uiterlijk)\s*$", "", " ".join(kept))


def _of_object(unit: Unit, event: Event) -> str:
    """The object of the verb of which the inspectorate is the subject."""
    if event.subject is None:
        return unit.text
    infinitive = _after_opening(unit, event)
    if infinitive:
        return joined(_noun_of(event), first_clause(bare(infinitive)))
    second = event.finite_at is None and event.verb_at > event.subject.last
    begin = unit.words[event.verb_at if second else event.subject.last].end
    text = _one_clause(_without_verbs(unit, begin, event))
    text = re.sub(r"^(?:zich|zelf|als \w+)\b\s*", "", bare(text).strip(" ,"))
    if event.subject.plural and unit.words[event.subject.last].low not in ("we", "wij"):
        text = re.sub(r"^van (?:de|het|onze) \w+\s+", "", text)
    text = IN_VIEW.sub("", text).strip(" ,")
    claim = THERE.match(text)
    if claim and event.verb is not None:
        return f"er{claim['on'] or claim['glued']} {event.words} {claim['clause']}"
    text = re.sub(r"^er\b\s*", "", text)
    means = BY_DOING.search(text) if event.words in ("inzetten", "doen") else None
    if means:
        rest = re.split(r"\s(?:en|om)\s", means["rest"])[0]
        return phrase(f"{means['what']} {rest}", f"{means['particle'] or ''}{means['verb']}")
    text = re.sub(r"^\w+(?:gewijs|lijks?|ens)\s+(?=(?:of|hoe|wat|welke)\b)", "", text)
    asked = ASKED.match(text)
    if event.verb is not None and (QUESTION.match(text) or asked):
        return _question(event.words, text)
    text = _without_companion(text, event)
    front = _object_in_front(unit, event, text)
    noun = _noun_of(event)
    if not noun and not front and event.verb is not None and not event.verb.noun:
        text = f"{_any_object_in_front(unit, event)} {text}"
    text = front or first_clause(_place_last(text.strip(" .,;")))
    if noun is not None and noun.lower() == event.words and not PREPOSITION.match(text):
        return _infinitive_phrase(text, event)
    if noun == "Aandacht voor":
        return _of_attention(text)
    if noun or event.verb is None or event.verb.noun:
        return joined(noun, text)
    return _infinitive_phrase(text, event)


def _of_attention(text: str) -> str:
    """ "richt haar toezicht op X" is "Toezicht op X", "richt zich op X" is "Aandacht voor X"."""
    text = " ".join(text.split())
    text = re.sub(r"^(?:haar|ons|onze|het|de) (?=(?:toezicht|aandacht|inzet|capaciteit)\b)", "", text)
    if re.match(r"toezicht (?:op|bij|in)\b", text):
        return text
    return joined("Aandacht voor", re.sub(r"^(?:(?:aandacht|inzet|capaciteit|pijlen) )?op\s+", "", text))


def _any_object_in_front(unit: Unit, event: Event) -> str:
    """What stands before the verb when it is an object, whatever follows: "Scholen en ouders brengen we in gesprek"."""
    front = _before_finite(unit, event)
    return bare(front) if _is_object(front) and not WHEN.match(front) else ""


def _infinitive_phrase(text: str, event: Event) -> str:
    """ "Het gehele systeem bezien", "Letten op de overdracht"."""
    short = RELATIVE.sub("", text)
    text = short if len(short) >= SHORTEST else text
    text = DOUBTFUL_START.sub("", text)
    return phrase(text, event.words, verb_first=event.words in WITH_PREPOSITION and bool(PREPOSITION.match(text)))


def _question(infinitive: str, text: str) -> str:
    """ "Nagaan of …"; a question that is too long loses its verb, so that only what it is about is told."""
    if text.startswith("of "):
        text = re.sub(r"\s+(?:die|waar\w*)\s[^,;]{3,90},\s*", " ", text)
    text = re.split(r";|,\s*(?:waarbij|zodat|waardoor|omdat|maar)\b", text)[0].strip(" .,?")
    if len(infinitive) + len(text) + 1 <= LONGEST or not re.match(r"(?:hoe|of) (?:de|het|een) ", text):
        return f"{infinitive} {text}"
    return f"{infinitive}: {re.split(r' ', text, maxsplit=1)[1]}"


def _place_last(text: str) -> str:
    """ "op 600 scholen een onderzoek" is "een onderzoek op 600 scholen"."""
    match = PLACE_FIRST.match(text)
    if (
        match is None
        or match["place"].rsplit(" ", 1)[-1] in LINKING
        or (" en " in match["place"] and not match["place"].startswith("samen"))
    ):
        return text
    return f"{match['what']} {match['place']}"


def _one_clause(text: str) -> str:
    """Up to "en" or "maar" with a verb behind it: "… en werft daarvoor", "… en praten bij elk bezoek"."""
    cut = SECOND_CLAUSE.search(text)
    return text[: cut.start()] if cut and cut.start() >= SHORTEST else text


IN_VIEW = re.compile(
    r"^in het (?:kader|licht) van (?:de |het |een |haar |ons )?[\w-]+(?: van (?:de |het |een |haar )?[\w-]+(?: [\w-]+)?)?\s*,?\s*"
    r"(?=(?:de|het|een|haar|hun|ons|onze)\b)"
)
THERE = re.compile(
    r"^(?:er\b.*?\b(?P<on>op|aan|voor|naar|toe|mee)|er(?P<glued>op|aan|voor|naar|toe|mee)) (?P<clause>(?:dat|of|hoe) .+)$",
    re.DOTALL,
)
BY_DOING = re.compile(
    r"\bdoor (?:onder andere |onder meer )?(?P<what>.+?)\s(?:(?P<particle>aan|op|uit|in|af|mee|voor|terug|na|bij|toe) )?"
    r"te (?P<verb>\w+en|\w*gaan|\w*zien|\w*doen)\b(?P<rest>[^,;]*)"
)
ASKED = re.compile(
    r"^(?:bij|op|in|onder|tussen|binnen) [^,;]{3,60}? (?:hoe|of|wat|welke|waarom|in hoeverre)\b", re.IGNORECASE
)
SECOND_CLAUSE = re.compile(
    r",?\s+(?:en|maar)\s+(?:(?:letten|praten|kijken|bezoeken|spreken|werken|doen|gaan|maken|geven|stellen|houden|"
    r"volgen|zetten|starten|publiceren|rapporteren|delen|brengen|bespreken|onderzoeken|toetsen|controleren)\b(?! van)|"
    r"(?:werft|rapporteert|verhuist|publiceert|bespreekt|deelt|let|praat|controleert|onderzoekt|toetst|bezoekt|legt|"
    r"ontwikkelt|organiseert|informeert|signaleert|adviseert|monitort|stuurt|vraagt|zorgt|draagt|ziet)\b).*$",
    re.DOTALL,
)
LINKING = frozenset(
    {"van", "in", "op", "aan", "met", "voor", "bij", "en", "of", "naar", "over", "door", "tot", "tussen"}
)
PREPOSITION = re.compile(
    r"^(?:op|met|naar|aan|in|over|bij|voor|door|onder|tussen|tegen|uit|van|tot|om)\b", re.IGNORECASE
)
WITH_PREPOSITION = frozenset(
    ["kijken", "letten", "toezien", "inzetten", "samenwerken", "spreken", "praten", "werken", "zien", "meewerken"]
    + ["participeren", "optreden", "reflecteren", "communiceren", "experimenteren", "meedenken", "surveilleren"]
)
DOUBTFUL_START = re.compile(r"^(?:wel|dan|nog|meer|al|er)\s+(?=(?:de|het|een|op|naar)\b)")


def _after_opening(unit: Unit, event: Event) -> str:
    """ "doen we door containers te controleren in de haven": "containers in de haven"."""
    if event.verb is None or unit.words[event.verb_at - 1].low != "te":
        return ""
    before = unit.text[: unit.words[event.verb_at - 1].start]
    opening = re.search(r".*\b(?:door|om)\s", before)
    return f"{before[opening.end() :]}{unit.text[unit.words[event.verb_at].end :]}" if opening else ""


def _noun_of(event: Event) -> str | None:
    """How the verb is called in a title: its own noun, else the infinitive where the object alone says too little."""
    if event.verb is None:
        return None
    if event.verb.noun:
        return event.verb.noun if event.verb.noun.lower() not in event.verb.companions else None
    return f"{event.words.capitalize()} van" if event.kind in BARE_KINDS else None


def _object_in_front(unit: Unit, event: Event, after: str) -> str:
    """The object before the verb ("Het project X ronden we af"); a plain noun only when little comes after it."""
    front = _before_finite(unit, event)
    if not _is_object(front) or WHEN.match(front):
        return ""
    if front.split(" ", 1)[0].lower() not in OBJECT_OPENINGS and len(after.split()) > FEW // 2:
        return ""
    words = first_clause(bare(re.split(r",? (?:dat|die|waar\w*) ", front)[0]))
    return words[:1].lower() + words[1:]


def _is_object(front: str) -> bool:
    """Begins with an article, or with a plain noun: not with a preposition, adverb or conjunction."""
    first, _, rest = front.partition(" ")
    if first.lower() in OBJECT_OPENINGS:
        return bool(rest)
    return bool(rest) and first.lower() not in NOT_OBJECTS and first.lower().endswith(("en", "s", "ing"))


# "op 600 scholen een onderzoek" is an "onderzoek op 600 scholen".
PLACE_FIRST = re.compile(
    r"^(?P<place>(?:bij|op|in|onder|binnen|over|samen met) [^,;:]{3,60}?) "
    r"(?P<what>(?:de|het|een|hun|haar|onaangekondigde?) [^,;:]+)$"
)
BARE_KINDS = frozenset({"enforcement", "publication"})
NOT_OBJECTS = frozenset(
    {
        "als",
        "steeds",
        "soms",
        "anders",
        "thans",
        "zodra",
        "indien",
        "binnen",
        "buiten",
        "reeds",
        "wegens",
        "naast",
        "sinds",
        "samen",
        "tevens",
        "volgens",
        "tussen",
        "tegen",
    }
)
OBJECT_OPENINGS = frozenset(["de", "het", "een", "onze", "ons", "deze", "dit", "die", "alle"])
FINITE_HELPERS = frozenset(["is", "zijn", "wordt", "worden", "zal", "zullen", "ligt", "gaat", "gaan"])


def _without_verbs(unit: Unit, begin: int, event: Event) -> str:
    """The text from ``begin`` without the verb, its loose part and helping verbs."""
    particle = event.verb.particle if event.verb else ""
    dropped = {event.verb_at, event.finite_at}
    if particle and not unit.words[event.verb_at].low.startswith(particle):
        dropped.add(loose_part_at(unit.words, event.verb_at, particle))
    parts, at = [], begin
    for index, word in enumerate(unit.words):
        if word.start < begin:
            continue
        if index in dropped or (word.low in HELPING and (word.start - begin < NEAR or index + 1 in dropped)):
            parts.append(unit.text[at : word.start])
            at = word.end
    parts.append(unit.text[at:])
    return " ".join(part.strip() for part in parts)


NEAR = 12


def _without_companion(text: str, event: Event) -> str:
    """ "aandacht voor X" with the title word "Aandacht voor" is X."""
    if event.verb is None or not event.verb.noun or not event.verb.companions:
        return text
    for companion in event.verb.companions:
        if companion == event.verb.noun.lower() or companion[:SAME_WORD] not in event.verb.noun.lower():
            continue
        if text.lower().endswith(f" {companion}"):
            return text[: -len(companion)]
        found = re.search(
            rf"^(?P<before>.*?)\b(?:in )?(?:het |een |de |haar |ons )?{re.escape(companion)}\b\s*(?:voor |aan )?",
            text,
            re.IGNORECASE,
        )
        if found and len(found["before"].split()) <= FEW:
            rest = text[found.end() :]
            return f"{found['before']} {rest}".strip() if rest or found["before"] else text
    return text


FEW, SAME_WORD = 6, 6
