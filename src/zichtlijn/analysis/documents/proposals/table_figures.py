"""Figures in tables: the unit stands in the label of the row, the head of the column or the corner, the year too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from zichtlijn.analysis.documents.model import Proposal, ReadDocument
from zichtlijn.analysis.documents.proposals import reasons
from zichtlijn.analysis.documents.proposals.keys import plain
from zichtlijn.analysis.documents.proposals.quotes import whole_quotes
from zichtlijn.analysis.documents.proposals.tables import YEAR, Cells, Table

UNITS = (
    ("fte", re.compile(r"\bfte['’]?s?\b|formatieplaatsen|arbeidsplaatsen", re.IGNORECASE)),
    ("EUR", re.compile(r"€|\beuro['’]?s?\b|\bEUR\b|\bbudget|begroting|kosten|middelen", re.IGNORECASE)),
    ("hours", re.compile(r"\b(?:\w*uren|uur)\b", re.IGNORECASE)),
    ("staff", re.compile(r"\b(?:medewerkers|personeelsleden|inspecteurs)\b", re.IGNORECASE)),
)
SCALES = (
    (re.compile(r"(?:[×x*]|maal|in)\s*(?:€\s*)?1\.000\.000|\bmln\b|miljoen", re.IGNORECASE), 1e6),
    (re.compile(r"(?:[×x*]|maal)\s*(?:€\s*)?1[.\s]?000|duizend|\bk€", re.IGNORECASE), 1e3),
)
VALUE = re.compile(
    r"^(?:€\s?)?(?P<number>\d{1,3}(?:[.\s]\d{3})+(?:,\d+)?|\d+(?:[,.]\d+)?)(?:,-)?\s*"
    r"(?P<unit>fte|uren|uur|euro)?\s*(?P<scale>mln\.?|miljoen)?(?:\s*euro)?$",
    re.IGNORECASE,
)
SPENT = re.compile(r"realisatie|gerealiseerd|werkelijk|stand\b", re.IGNORECASE)
NEEDED = re.compile(r"benodigd|nodig\b|behoefte|tekort", re.IGNORECASE)
UNIT_WORDS = {"EUR": "euro", "fte": "fte", "staff": "medewerkers", "hours": "uur"}
CERTAINTY = 0.86
IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")


def table_figures(
    document: ReadDocument, tables: Sequence[Table], year: int | None, told: Collection[tuple[str, float, int | None]]
) -> Iterator[Proposal]:
    """Every number with a unit that we know; not the ones ``told`` (unit, value, year) in the running text."""
    for table in tables:
        first = min(table.head)
        for row in table.rows:
            for column in sorted(row):
                if column == first and len(row) > 1:
                    continue
                proposal = _figure(document, table, row, column, year)
                if proposal is not None and (proposal.unit, proposal.value, proposal.year) not in told:
                    yield proposal


def _figure(document: ReadDocument, table: Table, row: Cells, column: int, year: int | None) -> Proposal | None:
    written = table.text(row, column)
    match = VALUE.match(written.strip())
    if match is None or YEAR.fullmatch(written.strip()):
        return None
    corner = table.head.get(min(table.head), "")
    label = table.text(row, min(row)) if min(row) != column else ""
    # The nearest words that name a unit count: the cell, the head of its column, the label of its row, the corner.
    texts = (written, table.head.get(column, ""), label, corner)
    unit = next((name for text in texts for name, words in UNITS if words.search(text)), None)
    if unit is None or "%" in f"{written}{table.head.get(column, '')}":
        return None
    named = next((int(found.group()) for text in texts if (found := YEAR.search(text))), year)
    value = _value(match, unit, texts)
    about = _about(texts, named, year)
    return Proposal(
        type="figure",
        key=f"figure:{unit}:{about}:{value:g}:{named or ''}:{plain(f'{corner} {label}').replace(' ', '-')[:60]}",
        title=_title(table.head.get(column, ""), label, corner, named, f"{written} {UNIT_WORDS[unit]}"),
        confidence=CERTAINTY,
        reason=reasons.FIGURE_IN_TABLE,
        reason_terms={"words": f"{label or corner}: {written}"},
        quotes=whole_quotes(document, [u for at in sorted({min(row), column}) for u in row[at]]),
        value=value,
        unit=unit,
        year=named,
        subject=about,
    )


def _value(match: re.Match[str], unit: str, texts: tuple[str, ...]) -> float:
    number = re.sub(r"\s", "", match["number"])
    if "," in number or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number):
        number = number.replace(".", "").replace(",", ".")
    scale = 1e6 if match["scale"] else 1.0
    if unit == "EUR" and scale == 1.0:
        scale = next((factor for text in texts[1:] for words, factor in SCALES if words.search(text)), 1.0)
    return round(float(number) * scale, 6)


def _about(texts: tuple[str, ...], named: int | None, year: int | None) -> str:
    said = " ".join(texts)
    if NEEDED.search(said):
        return "needed"
    earlier = named is not None and year is not None and named < year
    return "actual" if earlier or SPENT.search(said) else "available"


def _title(head: str, label: str, corner: str, year: int | None, written: str) -> str:
    """ "Capaciteit, Gevaarlijke stoffen, 2026: 46 fte"."""
    parts = [IN_BRACKETS.sub("", part).strip() for part in (label, corner, head)]
    words = list(dict.fromkeys(part for part in parts if part and not YEAR.fullmatch(part)))
    when = [str(year)] if year and not any(str(year) in word for word in words) else []
    title = f"{', '.join([*words, *when])}: {written}"
    return title[:1].upper() + title[1:]
