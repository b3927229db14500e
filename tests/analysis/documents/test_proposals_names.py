"""Names, goals, figures and notes."""

from __future__ import annotations

import pytest

from zichtlijn.analysis.documents.model import Proposal

from .made_programmes import CARE, proposed


def named(text: str, kind: str) -> dict[str, Proposal]:
    return {p.title: p for p in proposed(text, kind)}


def test_an_abbreviation_from_the_dictionary_gives_the_full_name() -> None:
    found = named("De IND en het COA werken samen.", "organisation")
    assert set(found) == {"Immigratie- en Naturalisatiedienst", "Centraal Orgaan opvang asielzoekers"}
    assert found["Immigratie- en Naturalisatiedienst"].abbreviation == "IND"
    assert (found["Immigratie- en Naturalisatiedienst"].identifier or "").startswith("https://identifier.overheid.nl/")


def test_an_abbreviation_that_the_text_explains_counts_further_on() -> None:
    text = "De Landelijke Dienst Voorbeeldzaken (LDV) groeit. Later bezoekt de LDV de regio's."
    found = named(text, "organisation")["Landelijke Dienst Voorbeeldzaken"]
    assert found.abbreviation == "LDV"
    assert [quote.quote for quote in found.quotes] == ["Landelijke Dienst Voorbeeldzaken", "LDV"]


def test_two_letters_without_explanation_are_not_an_organisation() -> None:
    assert named("De AP en de PA staan in een lijst.", "organisation") == {}
    explained = "De Autoriteit Persoonsgegevens (AP) adviseert. De AP besluit."
    assert len(named(explained, "organisation")["Autoriteit Persoonsgegevens"].quotes) == 2


def test_a_kind_of_organisation_with_a_name_is_that_organisation() -> None:
    found = named("Wij bezoeken de gemeente Breda, PI Vught en de Veiligheidsregio Utrecht.", "organisation")
    assert set(found) == {"Gemeente Breda", "Penitentiaire Inrichting Vught", "Veiligheidsregio Utrecht"}


def test_a_kind_of_organisations_in_no_activity_is_background() -> None:
    background = "Werkgevers maken zich zorgen over de kosten. Gecertificeerde instellingen (GI's) ook."
    assert set(named(background, "organisation")) == {"Gecertificeerde instellingen"}
    looked_at = "In 2025 bezoeken we veertig werkgevers in de bouw."
    assert set(named(looked_at, "organisation")) == {"Werkgevers"}


def test_a_web_address_names_no_organisation() -> None:
    assert named("Zie https://www.politie.nl/nieuws voor meer.", "organisation") == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Problemen in de asielketen en in de (jeugd)strafrechtketen.", {"Asielketen", "Jeugdstrafrechtketen"}),
        ("De aardappelketens zijn lang.", {"Aardappelketen"}),
        ("Organisaties werken in ketens en in de hele keten.", set()),
    ],
)
def test_chains_are_known_by_name_and_by_form(text: str, names: set[str]) -> None:
    assert set(named(text, "chain")) == names


@pytest.mark.parametrize(
    ("text", "name", "abbreviation", "identifier"),
    [
        ("Toezicht op grond van de Jeugdwet.", "Jeugdwet", None, "BWBR0034925"),
        (
            "De Wet kwaliteit incassodienstverlening (Wki) geldt.",
            "Wet kwaliteit incassodienstverlening",
            "Wki",
            "BWBR0046685",
        ),
        ("Zodra de Wet goed voorbeeld (Wgvb) in werking treedt.", "Wet goed voorbeeld", None, None),
        ("De Wet vrij en veilig onderwijs komt eraan.", "Wet vrij en veilig onderwijs", None, None),
        ("De nieuwe Kermiswet is aangenomen.", "Kermiswet", None, None),
        ("Verordening (EU) 2016/679 geldt overal.", "Verordening (EU) 2016/679", None, None),
        ("Wij letten op de AVG.", "Algemene verordening gegevensbescherming", "AVG", "32016R0679"),
    ],
)
def test_acts_are_known_by_name_and_by_form(
    text: str, name: str, abbreviation: str | None, identifier: str | None
) -> None:
    found = named(text, "act")
    assert set(found) == {name}
    assert (found[name].abbreviation, found[name].identifier) == (abbreviation, identifier)


@pytest.mark.parametrize("text", ["Wet- en regelgeving is nodig.", "Bij wet geregeld.", "Het wetsvoorstel komt."])
def test_the_word_wet_alone_is_no_act(text: str) -> None:
    assert named(text, "act") == {}


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "year", "subject"),
    [
        ("Het beschikbare budget voor 2025 is 15,5 miljoen euro.", 15_500_000, "EUR", 2025, "available"),
        ("Voor deze taken is € 1.250.000 nodig in 2025.", 1_250_000, "EUR", 2025, "needed"),
        ("De inspectie ontvangt in 2026 3 mln euro extra.", 3_000_000, "EUR", 2026, "additional"),
        ("De inspectie groeit naar 138,8 fte.", 138.8, "fte", None, "target"),
        ("Er werkten 106 medewerkers in 2021 bij de inspectie.", 106, "staff", 2021, "actual"),
        ("Wij besteden in 2025 65.000 uur aan toezicht.", 65_000, "hours", 2025, "actual"),
    ],
)
def test_a_figure_has_value_unit_year_and_subject(
    sentence: str, value: float, unit: str, year: int | None, subject: str
) -> None:
    figures = proposed(f"# Plan\n\n{sentence}\n", "figure")
    assert [(f.value, f.unit, f.year, f.subject) for f in figures] == [(value, unit, year, subject)]


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        *((f"12 {staff}", "staff") for staff in ("medewerkers", "personeelsleden", "inspecteurs", "collega’s")),
        *((f"12 {staff}", "staff") for staff in ("werknemers in dienst", "arbeidsplaatsen", "formatieplaatsen")),
        *((f"12 {fte}", "fte") for fte in ("fte", "FTE", "fte's")),
        *((money, "EUR") for money in ("€ 500", "EUR 500", "500euro", "500 Euro", "5 mln euro")),
        *((hours, "hours") for hours in ("500 uur", "500 uren", "500 inspectie-uren", "500 directe uren")),
    ],
)
def test_every_unit_is_known_as_it_is_written(written: str, unit: str) -> None:
    figures = proposed(f"# Plan\n\nOnze inspectie heeft {written}.\n", "figure")
    assert [figure.unit for figure in figures] == [unit]


@pytest.mark.parametrize(
    "sentence",
    ["In 10 gemeenten start de proef.", "Meld dit binnen 24 uur.", "Artikel 15 geldt.", "In 2025 zijn er 3 doelen."],
)
def test_other_numbers_are_no_figures(sentence: str) -> None:
    assert proposed(f"# Plan\n\n{sentence}\n", "figure") == []


def test_listed_goals_are_goals() -> None:
    assert [goal.title for goal in proposed(CARE, "goal")] == [
        "Veilige zorg dicht bij huis",
        "Betrouwbaar gebruik van digitale zorg",
        "Passende hulp voor kwetsbare jongeren",
    ]


def test_a_goal_that_returns_as_heading_is_one_goal_with_its_description() -> None:
    text = """# Programma 2025

## Focus

Er zijn twee doelen voor het toezicht geformuleerd:

### Sterke schakels

Schakels moeten sterk zijn.

### Open oog

Kijken naar mensen.

### Sterke schakels

In 2025 volgen we de schakels in de keten.
"""
    goals = proposed(text, "goal")
    assert [goal.title for goal in goals] == ["Sterke schakels", "Open oog"]
    assert goals[0].description == "Schakels moeten sterk zijn."
    assert len([quote for quote in goals[0].quotes if quote.quote == "Sterke schakels"]) == 2


def test_goals_numbered_in_their_headings_are_goals() -> None:
    text = "# Plan\n\n## Doel 1: Veilige scholen\n\nTekst.\n\n## Doel 2: Sterke besturen\n\nTekst.\n"
    assert [goal.title for goal in proposed(text, "goal")] == ["Veilige scholen", "Sterke besturen"]


def test_a_note_has_its_mark_and_addresses() -> None:
    text = "# Plan\n\nHet jaarbericht verscheen.¹ Nog een zin.\n\n¹ <https://www.voorbeeld.nl/jaarbericht>\n"
    notes = proposed(text, "footnote")
    assert [(note.mark, note.urls) for note in notes] == [("1", ("https://www.voorbeeld.nl/jaarbericht",))]


def test_an_act_takes_the_number_of_the_address_in_its_note() -> None:
    text = (
        "# Plan\n\nDit volgt uit de Kermiswet.¹ Nog een zin.\n\n¹ https://wetten.overheid.nl/BWBR0099999/2024-01-01\n"
    )
    assert named(text, "act")["Kermiswet"].identifier == "BWBR0099999"
