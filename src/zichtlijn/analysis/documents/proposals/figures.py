"""Figures of capacity and budget: money, staff, fte and hours, with the year and what they are the figure of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zichtlijn.analysis.documents.model import Proposal, ReadDocument
from zichtlijn.analysis.documents.proposals import reasons
from zichtlijn.analysis.documents.proposals.quotes import whole_quotes
from zichtlijn.analysis.documents.proposals.table_figures import table_figures
from zichtlijn.analysis.documents.proposals.tables import Table, cells_of
from zichtlijn.analysis.documents.proposals.units import Unit

DIGIT = re.compile(r"\d")
NUMBER = r"(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
SCALES = {"duizend": 1e3, "miljoen": 1e6, "mln": 1e6, "mio": 1e6, "m": 1e6, "miljard": 1e9, "mld": 1e9, "k": 1e3}
SCALE = r"(?P<scale>duizend|miljoen|miljard|mln|mld|mio)\.?"
MONEY = re.compile(
    rf"(?:€|\bEUR|\beuro)\s?{NUMBER}(?:,-)?(?:\s?{SCALE})?|(?<![\d.,]){NUMBER.replace('number', 'plain')}"
    rf"\s?(?:{SCALE.replace('scale', 'plain_scale')}\s+)?(?:euro\b|EUR\b)",
    re.IGNORECASE,
)
STAFF_WORDS = (
    r"medewerkers|personeelsleden|inspecteurs|werknemers in dienst|collega['’]?s|arbeidsplaatsen|formatieplaatsen"
)
STAFF = re.compile(rf"(?<![\d.,]){NUMBER}\s+(?:\w+e\s+)?(?P<unit>fte['’]?s?|{STAFF_WORDS})\b(?!-)", re.IGNORECASE)
HOURS = re.compile(
    rf"(?<![\d.,]){NUMBER}(?:\s?{SCALE})?\s+(?:directe\s+|productieve\s+|inspectie-?|toezicht-?)*(?P<unit>uren|uur|inspectie-?uren)\b",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(?:inspectie|formatie|fte|capaciteit|bezetting|begroting|budget\w*|middelen|personeel|medewerkers|inzet|kosten|"
    r"uren|toezicht\w*|ons|onze|wij|we|beschikbaar|beschikbare|begroot|raming)\b",
    re.IGNORECASE,
)
# Without one of these in small letters there is no staff: quicker to ask first.
STAFF_SIGNS = ("fte", "medewerkers", "personeelsleden", "inspecteurs", "werknemers", "collega", "plaatsen")
EURO = re.compile(r"(?<![^\W\d_])eur")
OTHERS_MONEY = re.compile(
    r"\b(?:boetes? van|schade van|omzet|schuld(?:en)? van|subsidie aan|dwangsom van)\b", re.IGNORECASE
)
CASE_HOURS = re.compile(r"\b(?:binnen|per dag|per week|24 uur|48 uur|72 uur)\b", re.IGNORECASE)
SUBJECTS = (
    ("needed", re.compile(r"\b(?:nodig|benodigd\w*|noodzakelijk\w*|behoefte|tekort)\b", re.IGNORECASE)),
    (
        "target",
        re.compile(r"\b(?:groei(?:en|t)? naar|toegroeien|streef\w*|ambitie|doelformatie|gewenste)\b", re.IGNORECASE),
    ),
    (
        "additional",
        re.compile(r"\b(?:extra|aanvullend\w*|additione\w+|structureel erbij|uitbreiding)\b", re.IGNORECASE),
    ),
    (
        "available",
        re.compile(
            r"\b(?:beschikbaar|beschikbare|bedraagt|bedragen|begroot|begroting|budget|toegekend)\b", re.IGNORECASE
        ),
    ),
)
YEAR_AFTER = re.compile(
    r"^[^\w;:.]*(?:\w+\s+){0,2}?(?:in|medio|eind|begin|per|over|ultimo|voor)?\s*(?:\d{1,2}\s+\w+\s+)?(20\d\d)(?!\s*:)"
)
YEAR = re.compile(r"\b20[0-4]\d\b")


# "Budget (× € 1.000)": how the numbers of a table are to be read.
SCALED = re.compile(r"(?:[×x*]|maal|in)\s*(?:€\s*)?1\.000", re.IGNORECASE)


def figure_proposals(
    document: ReadDocument, units: Sequence[Unit], tables: Sequence[Table], year: int | None
) -> list[Proposal]:
    """Every figure with unit, year and subject (available, needed, target, additional, actual), each once."""
    found: dict[str, Proposal] = {}
    in_tables = cells_of(tables)
    for unit in units:
        if unit.kind in ("footnote", "heading") or not DIGIT.search(unit.text):
            continue
        if unit.kind == "table_cell" and (unit.index in in_tables or SCALED.search(unit.text)):
            continue
        for proposal in _figures_of(document, unit, year):
            found.setdefault(proposal.key, proposal)
    told = {(p.unit, p.value, p.year) for p in found.values() if p.unit is not None and p.value is not None}
    for proposal in table_figures(document, tables, year, told):
        found.setdefault(proposal.key, proposal)
    return list(found.values())


def _figures_of(document: ReadDocument, unit: Unit, year: int | None) -> Iterator[Proposal]:
    for match, value, kind in _numbers(unit.text):
        about = _subject(unit.text, match, kind)
        named = _year(unit.text, match, year if about != "target" else None)
        written = match.group().strip()
        yield Proposal(
            type="figure",
            key=f"figure:{kind}:{about}:{value:g}:{named or ''}",
            title=_title(kind, about, written, named),
            confidence=0.93 if kind != "hours" else 0.75,
            reason=reasons.FIGURE,
            reason_terms={"words": written},
            quotes=whole_quotes(document, [unit]),
            value=value,
            unit=kind,
            year=named,
            subject=about,
        )


def _numbers(text: str) -> Iterator[tuple[re.Match[str], float, str]]:
    low = text.lower()
    if ("€" in text or ("eur" in low and EURO.search(low))) and not OTHERS_MONEY.search(text):
        for match in MONEY.finditer(text):
            number, scale = match["number"] or match["plain"], match["scale"] or match["plain_scale"]
            yield match, _value(number, scale), "EUR"
    for match in STAFF.finditer(text) if any(map(low.__contains__, STAFF_SIGNS)) else ():
        unit = "fte" if match["unit"].lower().startswith("fte") else "staff"
        if unit == "fte" or OWN.search(text):
            yield match, _value(match["number"], None), unit
    if ("uur" in low or "uren" in low) and OWN.search(text) and not CASE_HOURS.search(text):
        for match in HOURS.finditer(text):
            yield match, _value(match["number"], match["scale"]), "hours"


def _value(number: str, scale: str | None) -> float:
    value = float(number.replace(".", "").replace(",", "."))
    return round(value * SCALES.get((scale or "").lower().strip("."), 1.0), 6)


def _subject(text: str, match: re.Match[str], kind: str) -> str:
    """The word nearest to the number tells what it is the figure of."""
    best, distance = "available" if kind == "EUR" else "actual", 10_000
    for subject, pattern in SUBJECTS:
        if subject == "available" and kind != "EUR" and "beschikba" not in text.lower():
            continue
        for word in pattern.finditer(text):
            away = min(abs(match.start() - word.end()), abs(word.start() - match.end()))
            if away < distance:
                best, distance = subject, away
    return best


def _year(text: str, match: re.Match[str], year: int | None) -> int | None:
    after = YEAR_AFTER.match(text[match.end() : match.end() + 40])
    if after:
        return int(after.group(1))
    before = YEAR.findall(text[: match.start()])
    return int(before[-1]) if before else year


SUBJECT_WORDS = {
    "available": "Beschikbaar",
    "needed": "Benodigd",
    "target": "Beoogd",
    "additional": "Extra",
    "actual": "Aantal",
}
UNIT_WORDS = {"EUR": "budget", "fte": "formatie", "staff": "medewerkers", "hours": "uren"}


def _title(kind: str, about: str, written: str, year: int | None) -> str:
    opening = f"{SUBJECT_WORDS[about]} {UNIT_WORDS[kind]}" if about != "actual" else UNIT_WORDS[kind].capitalize()
    when = f" in {year}" if year else ""
    return f"{opening}{when}: {written}"
