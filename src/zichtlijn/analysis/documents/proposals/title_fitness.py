"""Whether a title reads as a Dutch noun phrase or infinitive phrase that a programme manager would accept."""

from __future__ import annotations

import re

from zichtlijn.analysis.documents.proposals.keys import telling_words

# What is left over when a verb is split wrongly, or a clause is taken for a phrase.
LEFT_OVER = re.compile(
    r"^(?:dan|door|uit|af|om|te|dat|die|waar\w*|omdat|als|indien|niet|wel|ook|er|en|of|maar|zij|ze|hij|wij|we|ik|men|dit|"
    r"deze|daar\w*|hier\w*|zo|toch|ten|ter|is|zijn|wordt|worden|heeft|hebben|zal|zullen|kan|kunnen|moet|moeten|gaat|"
    r"gaan|komt|komen|staat|staan|ligt|liggen|betreft|geldt|blijft|blijven)\b",
    re.IGNORECASE,
)
PREPOSITION_FIRST = re.compile(
    r"^(?:op|in|met|naar|aan|over|bij|voor|onder|tussen|tegen|van|tot|per|na|vanaf|binnen|tijdens)\b", re.IGNORECASE
)
INFINITIVE_LAST = re.compile(r"\b(?!\w*(?:ingen|heden|teiten)$)(?:[a-z]{2,}en|\w*(?:gaan|staan|doen|zien))$")

NOUN_WITHOUT_OBJECT = re.compile(
    r"^\w+ (?:van|aan|naar) (?:als|dat|door|of|in|op|bij|met|tussen|binnen|na|tijdens)\b|"
    r"^(?:\w+ ){1,2}(?:op|over|voor|aan|van|naar)$",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"\b(?:wordt|worden|betreft)\b|\bniet alleen\b|[;?]", re.IGNORECASE)
DEPENDENT = re.compile(r"\b(?:dat|die|hoe|of|wat|welke|waar\w*|zoals|als)\b", re.IGNORECASE)
DANGLING_END = re.compile(r"\b(?:of|en|de|het|een|van|om|te|niet alleen|dat|die|als|hun|haar)$", re.IGNORECASE)
# Words that tell too little when a title has nothing else.
EMPTY_WORDS = frozenset(
    [
        "vervolgstappen",
        "rapport",
        "rapportage",
        "openbare",
        "uitkomsten",
        "resultaten",
        "bevindingen",
        "project",
        "programma",
        "maatregelen",
        "stappen",
        "betrekken",
        "ontwikkelingen",
        "volgen",
        "meer",
        "handhavend",
        "optreden",
        "opleggen",
        "boete",
        "boetes",
        "kwaliteitsonderzoek",
        "uitvoeren",
        "voortzetting",
        "beeindiging",
        "waarschuwing",
        "inspecties",
        "controles",
        "bezoeken",
        "geven",
        "afgeven",
        "rapporteren",
        "publiceren",
        "informeren",
    ]
)


def is_fit(title: str) -> bool:
    """No bad opening, no loose verb of a main clause, nothing dangling at the end."""
    if LEFT_OVER.match(title) or NOUN_WITHOUT_OBJECT.search(title) or DANGLING_END.search(title):
        return False
    if PREPOSITION_FIRST.match(title) and not INFINITIVE_LAST.search(title):
        return False
    clause = CLAUSE.search(title)
    return clause is None or DEPENDENT.search(title[: clause.start()]) is not None


def says_little(title: str) -> bool:
    """A title that needs the heading above it to be understood: "Vervolgstappen", "Opleggen van een boete"."""
    return all(word in EMPTY_WORDS for word in telling_words(title)) or bool(re.search(r"\b(?:dit|hiervan)$", title))
