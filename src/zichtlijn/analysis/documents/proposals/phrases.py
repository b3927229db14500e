"""Cutting Dutch phrases to a title: without times, fillers and dependent clauses, never within a word."""

from __future__ import annotations

import re

LONGEST = 100
SHORTEST = 12
SHORTEST_CLAUSE = 9
MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
ORDINAL = "(?:eerste|tweede|derde|vierde)"
WHEN = re.compile(
    rf"\b(?:ook )?(?:(?:in|voor|vanaf|sinds|gedurende|medio|begin|eind|per|najaar) )?"
    rf"(?:de periode |de loop van |het jaar |schooljaar |het schooljaar |het najaar van |het voorjaar van )?"
    rf"(?:\d{{1,2}} )?(?:(?:{MONTH}) )?(?<!Natura )20\d\d(?:\s?[-/–]\s?\d{{2,4}})?\b(?!-)"
    rf"|\b(?:in|eind|begin|medio|vanaf) (?:{MONTH})\b|\b(?:na|voor) de zomer(?:vakantie)?\b|\bin het (?:na|voor)jaar\b"
    r"|\b(?:in )?(?:het |de )?(?:komende?|volgend|dit) (?:jaar|schooljaar|najaar|voorjaar|periode)\b"
    rf"|\b(?:in|vanaf|voor) (?:het |de )?{ORDINAL} (?:kwartaal|halfjaar|helft)(?: van)?(?: 20\d\d| het jaar)?\b",
    re.IGNORECASE,
)
FILLERS = re.compile(
    r"\b(?:daarom|daarnaast|tevens|ook|verder|eveneens|onder andere|onder meer|o\.a\.|met name|in het bijzonder|"
    r"specifiek|extra|gezamenlijk|nadrukkelijk|nauwgezet|nauw|intensief|bovendien|tot slot|ten slotte|tenslotte|"
    r"vooral|steeds meer|in toenemende mate|waar nodig|waar relevant|zo nodig|hiervoor|daarbij|hierbij|hierin|weer|"
    r"wederom|opnieuw|onverminderd|daarover|hierover|hiervan|daarvan|in d(?:at|it) (?:kader|verband)|"
    r"op dit (?:thema|vlak)|jaarlijks|"
    r"naar verwachting|voortaan|eerst|wekelijks|maandelijks|dagelijks|viermaal|tweemaal|"
    r"elk (?:halfjaar|jaar|kwartaal)|ieder jaar|(?:in|met|door|bij|binnen) (?:haar|ons|zijn|het) (?:hele |gehele )?"
    r"toezicht(?! (?:op|aan)\b))(?![\w-])",
    re.IGNORECASE,
)
IN_VIEW_OF = re.compile(
    r"^\W*(?:in het (?:licht|kader) van|naar aanleiding van|op basis van|aan de hand van) [^,–]+[,–]\s*", re.IGNORECASE
)
# "…, die in 2027 is begonnen, …": a clause between commas says too much for a title.
BETWEEN_COMMAS = re.compile(
    r"\s*,\s*(?:die|dat|waar\w*|begonnen|gestart|aangevangen|ook|mede)\b[^,;]{2,90},(?!\s+en\b)\s*", re.IGNORECASE
)
RELATIVE = re.compile(r"\s+(?:waarin|waarop|waarmee|waarvan|waaraan|waarover|waar)\s.*$", re.DOTALL)
CLAUSES = re.compile(
    r"\s*(?:[;:]|\s[–-]\s|,\s*(?:nu|door|met (?:nadruk|aandacht|focus)|begonnen|gestart|tot|ter uitvoering|ten behoeve|"
    r"mits|tenzij|in elk geval|waarbij|waardoor|waarvoor|waarmee|waarin|waar|zodat|zoals|die|dat|om|onder|"
    r"met name|omdat|bijvoorbeeld|maar|dit|daar|hetgeen|signaleert|en (?:\w+t|zij|we|wij)\b)"
    r"|\b(?:wanneer|indien|waarbij|waardoor|zodat|omdat|doordat|terwijl|zoals)\b"
    r"|\bdie (?:zij|we|wij|de inspectie|hierdoor)\b"
    r"|\ben (?:heeft|houdt|stemt|past|brengt|gaat|zet|werkt|kijkt|richt|stelt|geeft|neemt|doet|voert|volgt) ).*$",
    re.IGNORECASE | re.DOTALL,
)
AIM = re.compile(r"\s+(?:om|teneinde) (?=.* te \w+)[^,]*$", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:de|het|een|haar|hun|onze|ons|zijn|die|dat|deze|dit|alle)\s+", re.IGNORECASE)
OWN = re.compile(r"^(?:haar|hun|ons|onze|zijn)\s+")
DANGLING = re.compile(
    r"[\s,;:(–-]+(?:en|of|en/of|van|de|het|een|in|op|voor|met|om|te|door|die|dat|aan|bij|naar|als|tot|hun|haar|zijn|"
    r"zich|ten|ter|over|uit|om te|zoals|waar|er|niet|meer|tussen|onder|per|gevolg|als gevolg|nieuwe|andere)$",
    re.IGNORECASE,
)
DASHED = re.compile(r"\s[–-]\s[^–-]{1,40}\s[–-]\s")
ABOUT_WHAT = re.compile(
    r"(?:(?:op|in|onder) \d[\d.]*|ten aanzien van|bij het toezicht op|op het (?:gebied|terrein|vlak) van|"
    r"binnen|rondom|rond|over|bij|met|samen met)\s"
    r"[^;:]{3,70}$",
    re.IGNORECASE,
)
NOT_ABOUT = re.compile(r"^(?:met|bij) (?:ons|haar|dit|deze|het oog|name|ingang)\b", re.IGNORECASE)


def bare(text: str) -> str:
    """Without times and little words that do not belong in a title."""
    return FILLERS.sub(" ", WHEN.sub(" ", DASHED.sub(" ", text)))


def about_what(front: str) -> str:
    """What stands before the verb when it says about what or with whom: "ten aanzien van X", "met de politie"."""
    about = " ".join(bare(front).split()).strip(" ,")
    if not ABOUT_WHAT.match(about) or NOT_ABOUT.match(about):
        return ""
    return about[:1].lower() + about[1:]


def first_clause(text: str) -> str:
    """The first clause; the aim (om … te) is left out when enough remains."""
    text = BETWEEN_COMMAS.sub(" ", re.sub(r"^[\s,;:–-]+", "", text))
    without = IN_VIEW_OF.sub("", text)
    text = without if len(without.split()) >= 2 else text
    short = CLAUSES.sub("", text).strip(" ,")
    text = short if len(short) >= SHORTEST_CLAUSE else text
    aim = AIM.sub("", text)
    return aim if len(aim) >= SHORTEST * 2 else text


def phrase(middle: str, infinitive: str, *, verb_first: bool = False) -> str:
    """An infinitive phrase: "de textielketen in de analyse" + "betrekken"; "Letten op …" for a verb with "op"."""
    middle = " ".join(middle.split()).strip(" ,.;")
    room = LONGEST - len(infinitive) - 1
    if len(middle) > room:
        middle = _cut(middle, room)
    if verb_first:
        return f"{infinitive} {middle}"
    aim = re.search(r"\s(?:om|teneinde|door)\s.*\ste\s.*$", middle)
    if aim:
        return f"{middle[: aim.start()]} {infinitive}{aim.group()}"
    return f"{middle} {infinitive}"


def _cut(text: str, room: int) -> str:
    """At most ``room`` characters: cut at a comma or "en" in the second half, else between words."""
    cut = text[: room + 1]
    at = max(cut.rfind(", "), cut.rfind(" en "), cut.rfind(" ("))
    text = cut[:at] if at > room // 2 else cut.rsplit(" ", 1)[0]
    text = re.sub(r"[\s,]+\S+-$", "", text)
    while DANGLING.search(text):
        text = DANGLING.sub("", text)
    return text


def joined(noun: str | None, text: str) -> str:
    """A noun and what it is of: "Publicatie van" + "het onderzoek" is "Publicatie van het onderzoek"."""
    text = " ".join(text.split()).strip(" ,")
    text = re.sub(r"^(?:De|Het|Een|Dit|Deze|Ons|Onze|Alle)(?= )", lambda match: match.group().lower(), text)
    if not noun:
        return ARTICLE.sub("", text)
    text = (
        re.sub(r"^met (?=(?:de|het|een|onze|ons|haar|deze|dit)\b)", "", text) if noun.startswith(ENDING_NOUNS) else text
    )
    text = re.sub(r"^met ", "", text) if noun.startswith("Publicatie") else text
    last = noun.split()[-1]
    if last in PREPOSITIONS and re.match(rf"(?:{'|'.join(PREPOSITIONS)})\b", text):
        noun = noun.rsplit(" ", 1)[0]
    return f"{noun} {OWN.sub('', text)}"


ENDING_NOUNS = ("Beëindiging", "Afronding", "Voortzetting", "Start")
PREPOSITIONS = ("van", "naar", "aan", "voor", "op", "over", "in", "met", "bij", "onder", "tussen", "door")


def tidied(text: str) -> str:
    """Spaces and punctuation in order, one capital at the beginning."""
    text = re.sub(r"\s+", " ", re.sub(r"\(\s*\)|\[\s*\]", "", text)).strip(" .,;:–-?!•")
    text = re.sub(r"\s+([,;:.])", r"\1", re.sub(r"[,;]\s*(?=[,;])", "", text))
    text = text if text.count("(") == text.count(")") else re.sub(r"\s*\([^()]*$|\)", "", text)
    text = _quotes_closed(text)
    return text[:1].upper() + text[1:]


def _quotes_closed(text: str) -> str:
    """Without the mark of a quotation that is not closed (an apostrophe inside a word is none)."""
    if not any(mark in text for mark in "'‘’"):
        return text
    opening = list(re.finditer(r"(?<!\w)['‘](?=\w{2})", text))
    closing = list(re.finditer(r"(?<=\w)['’](?!\w)", text))
    if len(opening) == len(closing):
        return text
    loose = (opening or closing)[-1]
    return text[: loose.start()] + text[loose.end() :]


def shortened(text: str) -> str:
    """At most 100 characters: cut at a clause, else at a word, without a dangling little word."""
    if len(text) > LONGEST:
        text = _cut(text, LONGEST)
    while DANGLING.search(text):
        text = DANGLING.sub("", text)
    return tidied(text)
