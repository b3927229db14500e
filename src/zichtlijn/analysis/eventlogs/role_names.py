"""What columns are usually called, in Dutch and English, for each role: patterns with how much such a name says."""

from __future__ import annotations

import re
import unicodedata

from zichtlijn.analysis.eventlogs.model import Level, Role

# the names that XES (IEEE 1849) gives, per level; also written before a dot or colon when a log was made a table
STANDARD: dict[tuple[Level, str], tuple[Role, float]] = {
    ("case", "concept:name"): ("case", 1.0),
    ("event", "case:concept:name"): ("case", 1.0),
    ("event", "concept:name"): ("activity", 1.0),
    ("event", "time:timestamp"): ("time", 1.0),
    ("event", "start_timestamp"): ("time", 1.0),
    ("event", "lifecycle:transition"): ("lifecycle", 1.0),
    ("event", "org:group"): ("organisation", 0.95),
    ("event", "org:role"): ("organisation", 0.7),
    ("event", "org:resource"): ("organisation", 0.6),
    ("event", "ocel:oid"): ("case", 1.0),
    ("case", "ocel:oid"): ("case", 1.0),
    ("event", "ocel:activity"): ("activity", 1.0),
    ("event", "ocel:timestamp"): ("time", 1.0),
}

_NUMBER = r"(nummer|nr|number|no|num|id|key|code|kenmerk)"
_NAMES: tuple[tuple[Role, float, str], ...] = (
    ("case", 0.95, rf"(zaak|case|dossier|trace|keten zaak|process instance) ?{_NUMBER}"),
    ("case", 0.9, r"zaak|case|dossier|trace"),
    (
        "case",
        0.85,
        rf"(parket|cjib|beschikking|v|client|patient|clienten|incident|aanvraag|melding|verzoek) ?{_NUMBER}",
    ),
    ("case", 0.6, r"kenmerk|zaakkenmerk|incident|aanvraag|object"),
    ("case", 0.4, r"id|nummer|nr"),
    ("activity", 0.95, r"activiteit|activity|activity name|handeling|gebeurtenis|processtap"),
    ("activity", 0.85, r"event|event name|event type|stap|actie|action|task|taak|taaknaam|step|handeling omschrijving"),
    ("activity", 0.6, r"fase|phase|status|statusnaam|omschrijving|description|activiteit code"),
    ("time", 0.95, r"tijdstip|timestamp|time stamp|datum ?tijd|date ?time|event time|gebeurtenis ?(datum|tijdstip)"),
    ("time", 0.9, r"time|tijd|datum|date|ts|moment|(start|begin) ?(tijd|datum|time|date|timestamp|tijdstip)?"),
    ("time", 0.6, r"(registratie|mutatie|invoer|status|activiteit|log) ?(datum|tijdstip|date|time)"),
    (
        "complete",
        0.95,
        r"complete ?(timestamp|time)?|completion ?(time|date)?|(end|eind) ?(tijd|datum|time|date|timestamp)",
    ),
    ("complete", 0.9, r"einde|end|eindtijdstip|gereed ?(datum|tijdstip)?|afgerond( op)?|datum gereed|completed( at)?"),
    (
        "organisation",
        0.95,
        r"organi[sz]atie|organi[sz]ation|organi[sz](atie|ation) (naam|name|involved|code)|ketenpartner",
    ),
    ("organisation", 0.9, r"instantie|instelling|uitvoerder|uitvoeringsorganisatie|aanbieder|agency|authority|org"),
    ("organisation", 0.75, r"afdeling|department|dienst|unit|organi[sz]ational ?(unit|entity)|kantoor|vestiging|team"),
    ("organisation", 0.6, r"rol|role|resource|behandelaar|medewerker|user|gebruiker|handler|owner|eigenaar"),
    ("region", 0.95, r"regio|region|regio ?(naam|code)|region ?(name|code)"),
    (
        "region",
        0.9,
        r"gemeente|provincie|arrondissement|veiligheidsregio|municipality|province|district|ressort|county",
    ),
    ("region", 0.7, r"(.* )?(land|country)|plaats|stad|city|woonplaats|locatie|location|gebied|area"),
    ("group", 0.95, r"doelgroep|target group"),
    ("group", 0.85, r"groep|group|zaak ?(type|soort|stroom)|case ?type|stroom"),
    (
        "group",
        0.7,
        r"categorie|category|soort|type|product|kanaal|channel|klasse|class|segment|.*class|impact|priority",
    ),
    ("citizen_group", 0.95, r"burger ?groep|citizen ?group|bevolkings ?groep|protected"),
    (
        "citizen_group",
        0.85,
        r"(lft|leeftijds?) ?(groep|klasse|categorie)|age ?(group|class|category)|geslacht|gender|sex",
    ),
    ("citizen_group", 0.8, r"nationaliteit|nationality|herkomst( land)?|migratie ?achtergrond|ethnicity|race|citizen"),
    ("citizen_group", 0.75, r"taal|language|.*speaking|beperking|disability|inkomens? ?(groep|klasse)|.*insurance"),
    ("outcome", 0.95, r"uitkomst|outcome|resultaat|result|afdoening( ?wijze)?|zaak ?resultaat"),
    ("outcome", 0.85, r"besluit|beslissing|decision|dictum|uitspraak|verdict|conclusie|disposition|afloop"),
    ("outcome", 0.6, r"dismissal|eind ?status|reden (einde|afsluiting)|resolution|beschikking"),
    (
        "term_date",
        0.95,
        r"deadline|uiterste ?(datum|termijn)|fatale ?(datum|termijn)|term ?date|termijn ?datum|due ?(date|by)?",
    ),
    (
        "term_date",
        0.9,
        r"wettelijke ?(termijn|einddatum)|termijn|verval ?datum|streef ?datum|beslis ?termijn|statutory.*",
    ),
    (
        "term_date",
        0.7,
        r"(end ?date|eind ?datum) ?(planned|gepland|verwacht)|(planned|geplande?|verwachte) ?(end|eind).*",
    ),
    ("lifecycle", 0.9, r"lifecycle|lifecycle transition|transition|transitie|levensloop"),
)
PATTERNS = tuple((role, score, re.compile(pattern)) for role, score, pattern in _NAMES)


def plain(name: str) -> str:
    """A name in small letters without accents, its words one space apart: ``case:ZaakNummer`` is ``zaak nummer``."""
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"^\(case\)_?|^(case|event):", "", text)
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def roles_by_name(name: str, level: Level) -> dict[Role, tuple[float, bool]]:
    """Per role that the name speaks for: how much (0 to 1), and whether it is a name of the XES standard."""
    if (level, name) in STANDARD:
        role, score = STANDARD[level, name]
        return {role: (score, True)}
    if level == "event" and name.startswith("case:"):
        return roles_by_name(name.removeprefix("case:"), "case")
    found: dict[Role, tuple[float, bool]] = {}
    words = plain(name)
    for role, score, pattern in PATTERNS:
        if role not in found and pattern.fullmatch(words):
            found[role] = (score, False)
    return found
