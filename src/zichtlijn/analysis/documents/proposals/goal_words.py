"""The words by which goals are known: what announces them, what heads them, and how they are written."""

from __future__ import annotations

import re

# Words that announce goals, the strictest first: when a document has "doelen" its "thema's" are not goals.
RANKS = (
    re.compile(r"\b(?:doelen|doelstellingen|strategische doelen|hoofddoelen)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:ambities|speerpunten|prioriteiten|(?:strategische|programma|hoofd|kern)\s?(?:lijnen|opgaven|thema['’]?s)|"
        r"pijlers|opgaven|kernopgaven|focusgebieden|aandachtsgebieden)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:thema['’]?s|lijnen|koers|beloften?s?|dingen|wat (?:we|wij) willen bereiken|"
        r"wat willen (?:we|wij) bereiken|"
        r"waar (?:we|wij) (?:voor gaan|naartoe werken|heen willen|naar streven))\b",
        re.IGNORECASE,
    ),
)
# Text in small letters of which one must be there, or the words of the rank cannot be: quicker to ask first.
SIGNS = {
    RANKS[0]: ("doel",),
    RANKS[1]: ("ambities", "speerpunten", "prioriteiten", "lijnen", "opgaven", "thema", "pijlers", "gebieden"),
    RANKS[2]: ("thema", "lijnen", "koers", "belofte", "dingen", "wat ", "waar "),
}
# "Over drie thema's publiceren we" announces what is done, not why.
ANNOUNCES_WORK = re.compile(
    r"\b(?:onderzoek(?:en|t)|controle(?:ren|ert)|kijk(?:en|t)|bezoek(?:en|t)|publice(?:ren|ert)|organise(?:ren|ert)|"
    r"onderzoeken|activiteiten|projecten)\b",
    re.IGNORECASE,
)
# A word of the rank of "thema's" counts where the programme speaks of itself.
OURS = re.compile(
    r"\b(?:we|wij|ons|onze|inspectie|autoriteit|dienst|bureau|koers|toezicht|(?:jaar|werk|meerjaren)?(?:plan|programma)|"
    r"periode|20[0-4]\d)\b",
    re.IGNORECASE,
)
NOUN = (
    r"(?:strategische? |maatschappelijke? |hoofd|kern)?"
    r"(?:doel(?:stelling)?|ambitie|speerpunt|pijler|prioriteit|opgave|belofte)"
)
TITLED = re.compile(
    rf"^(?:{NOUN}|programmalijn)"
    r"(?:(?:\s+(?P<number>\d{1,2}|[A-E]|[IVX]+))?\s*[:.–-]\s*|\s+(?P<bare>\d{1,2})\s+(?=(?-i:[A-ZÀ-Ý])))(?P<title>\S.{2,})$",
    re.IGNORECASE,
)
COUNTS = "(?:twee|drie|vier|vijf|zes|zeven|acht|[2-8])"
ANNOUNCED = re.compile(
    rf"\b(?P<count>{COUNTS})\b(?: (?!{COUNTS}\b)\S+){{0,3}} (?:hoofd|kern)?"
    r"(?:doelen|doelstellingen|ambities|speerpunten|prioriteiten|pijlers|(?:programma)?lijnen|opgaven|thema['’]?s|"
    r"beloften|beloftes|dingen|focusgebieden|aandachtsgebieden)\b",
    re.IGNORECASE,
)
# "SD1 Eerlijk werk": a code before the title, by which the rest of the document names the goal.
CODE = re.compile(r"^(?P<code>[A-Z]{1,3}\s?\d{1,2})\s*[:.)–-]?\s+(?=[^\W\d_]{2})")
# "schoon water (SD2)", "eerlijke clubs (doel B)".
CODE_BEHIND = re.compile(r"\s*\((?:doel )?(?:(?P<code>[A-Z]{1,3}\s?\d{1,2})|[A-E1-8])\)[.;,]?$")
LATER_CLAUSE = re.compile(r",\s+(?:opdat|zodat|waarbij|waardoor|waarmee|want|omdat)\b.*$", re.IGNORECASE | re.DOTALL)
ARTICLE_OF_VERB = re.compile(r"^het (?=\w+en (?:van|aan|op|in|voor|dat)\b)", re.IGNORECASE)
NOT_OURS = re.compile(r"\b(?:van de minister|van het kabinet|kabinetsdoelen|beleidsdoelen)\b", re.IGNORECASE)
