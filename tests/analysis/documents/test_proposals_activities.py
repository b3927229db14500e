"""Activities: found in the ways inspectorates write them, and not in what they say besides."""

from __future__ import annotations

import pytest

from zichtlijn.analysis.documents import reading
from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.proposals import propose
from zichtlijn.analysis.documents.proposals.reasons import SIGNS, in_words

from .made_programmes import CARE, FOOD, activities, proposed, read


@pytest.mark.parametrize(
    ("sentence", "kind", "status"),
    [
        (
            "De Inspectie volgt de invoering van het nieuwe registratiesysteem bij de politie.",
            "monitoring",
            "continuing",
        ),
        ("In 2025 onderzoeken we de wachttijden bij de gecertificeerde instellingen.", "investigation", "new"),
        ("Het rapport over vreemdelingenbewaring wordt in 2025 gepubliceerd.", "publication", "publishing"),
        ("In het voorjaar van 2025 verschijnt een tussenrapport over de meldkamers.", "publication", "publishing"),
        ("De inspectie rondt in 2025 het onderzoek naar agressie in inrichtingen af.", "investigation", "finishing"),
        ("Komend jaar starten we een onderzoek naar de noodopvang van kinderen.", "investigation", "starting"),
        ("Het toezicht op de brandweer zetten we in 2025 voort.", "monitoring", "continuing"),
        ("Wij stoppen met de jaarlijkse enquête onder directeuren.", "investigation", "stopped"),
        ("In 2025 ontwikkelen we een nieuw toetsingskader voor reclassering.", "development", "new"),
        ("De Inspectie blijft samenwerken met de Nederlandse Arbeidsinspectie.", "co-operation", "continuing"),
        ("Ook gaan we in 2025 in gesprek met gedetineerden over het dagprogramma.", "dialogue", "continuing"),
        ("Als niet aan de eisen wordt voldaan, kan de Inspectie handhavend optreden.", "enforcement", "continuing"),
        (
            "Het toezicht op de reclassering richt zich in 2025 op de overdracht van dossiers.",
            "monitoring",
            "continuing",
        ),
        ("Bij het toezicht op de opvang is er in 2025 extra aandacht voor minderjarigen.", "monitoring", "continuing"),
        ("In 2025 wordt onderzoek gedaan naar de nazorg voor ex-gedetineerden.", "investigation", "new"),
        ("We verwachten in 2025 veertig inrichtingen te bezoeken.", "monitoring", "continuing"),
        ("Nieuw in 2025 is het toezicht op gerechtelijke tolken.", "monitoring", "new"),
        ("Onze inspecteurs vergelijken in 2025 de aanpak in drie regio's.", "investigation", "new"),
        ("De Inspectie brengt in 2025 verslag uit over gedwongen terugkeer.", "publication", "publishing"),
        ("We houden de acht locaties in 2025 scherp in het oog.", "monitoring", "continuing"),
        ("In 2025 legt de Inspectie haar plannen voor aan een forum van burgers.", "dialogue", "continuing"),
        ("Onze handreiking krijgt in 2025 een nieuwe versie.", "publication", "publishing"),
        ("Bij de politie wordt getoetst of de aanbevelingen uit 2023 zijn opgevolgd.", "investigation", "new"),
        (
            "Tegen bedrijven die putten niet onderhouden, wordt in 2025 handhavend opgetreden.",
            "enforcement",
            "continuing",
        ),
    ],
)
def test_what_the_inspectorate_will_do_is_an_activity(sentence: str, kind: str, status: str) -> None:
    found = activities(sentence)
    assert [(a.kind, a.status) for a in found] == [(kind, status)]


@pytest.mark.parametrize(
    "sentence",
    [
        "De politie onderzoekt in 2025 de herkomst van de wapens.",
        "De minister zal in 2025 een wetsvoorstel indienen over toezicht.",
        "Gemeenten moeten in 2025 zorgen voor voldoende opvangplekken.",
        "In 2024 heeft de Inspectie onderzoek gedaan naar de opvang van kinderen.",
        "De Inspectie constateerde vorig jaar dat dossiers niet op orde waren.",
        "De Inspectie constateert dat organisaties kampen met problemen.",
        "De Inspectie wil bijdragen aan een rechtvaardige samenleving.",
        "De Inspectie kent diverse vormen van toezicht.",
        "Goed toezicht is van belang voor het vertrouwen van burgers.",
        "Het wetsvoorstel toezicht tolken ligt in 2025 nog bij de Tweede Kamer.",
        "Een eigen onderzoek van de Inspectie ligt alleen voor de hand als dat iets toevoegt.",
        "Aan schoolbezoek geven we 310 fte uit.",
        "Een keten is een reeks organisaties die zaken aan elkaar overdragen.",
        "Doen de organisaties in 2025 wat zij moeten doen?",
        "In dit hoofdstuk beschrijven we het toezicht in 2025.",
        "Over vuurwapengebruik stelt de Inspectie dit jaar geen onderzoek in.",
        "Wij zijn trots op onze medewerkers.",
    ],
)
def test_background_praise_history_and_others_are_not_activities(sentence: str) -> None:
    assert activities(sentence) == []


def test_sentences_that_go_on_about_an_activity_are_quotes_of_it() -> None:
    found = activities(
        "De Inspectie richt haar toezicht in 2025 op de overdracht van zaken.",
        "Dit doet zij door dossiers te volgen van begin tot eind.",
        "Daarbij let zij op de tijd tussen twee organisaties.",
        "Rechters oordelen zelfstandig over zaken.",
    )
    assert len(found) == 1
    assert [quote.quote.split()[0] for quote in found[0].quotes] == ["De", "Dit", "Daarbij"]


def test_a_sentence_with_a_beginning_and_an_end_gives_two_activities() -> None:
    found = activities("In 2025 ronden we het onderzoek naar verlof af en starten we een onderzoek naar arbeid.")
    assert {activity.status for activity in found} == {"finishing", "starting"}


def test_what_is_stopped_is_named_by_the_sentence_before_it() -> None:
    found = activities(
        "In 2024 heeft de Inspectie toezicht uitgevoerd op de noodopvang van gezinnen.",
        "Voor 2025 is besloten dit toezicht niet voort te zetten.",
    )
    assert [activity.status for activity in found] == ["stopped"]
    assert "noodopvang van gezinnen" in found[0].title
    assert len(found[0].quotes) == 2


def test_the_same_activity_in_two_sections_serves_both_goals() -> None:
    text = """# Jaarplan 2025

De Inspectie heeft twee doelen:

- Sterke ketens
- Lerende organisaties

## Sterke ketens

Samenwerken is nodig.

In 2025 bezoekt de Inspectie de regionale meldkamers.

## Lerende organisaties

Leren kost tijd.

De Inspectie bezoekt in 2025 de regionale meldkamers.
"""
    found = proposed(text, "activity")
    assert len(found) == 1
    assert set(found[0].goals) == {"Sterke ketens", "Lerende organisaties"}
    assert len(found[0].quotes) == 2


def test_each_line_of_a_list_of_activities_is_one() -> None:
    lines = [a for a in proposed(CARE, "activity") if a.quotes[0].quote.startswith(("Onderz", "Toez", "Publ", "Voort"))]
    assert [a.kind for a in lines] == ["investigation", "monitoring", "publication", "dialogue"]


def test_the_rows_of_a_planning_are_activities_and_its_head_is_not() -> None:
    titles = [activity.title for activity in proposed(FOOD, "activity")]
    assert "Nalevingsmeting rookwaren" in titles
    assert "Onderzoek allergenen in de horeca" in titles
    assert not any(title.startswith(("Project", "Start", "Januari")) for title in titles)


def test_an_inspectorate_is_known_by_its_own_name() -> None:
    titles = {activity.title: activity for activity in proposed(FOOD, "activity")}
    assert "Beëindiging van de jaarlijkse controle van hobbydierhouders" in titles
    assert all("Nederlandse Voedsel- en Warenautoriteit" not in a.organisations for a in titles.values())


def test_what_another_supervisor_does_is_not_ours() -> None:
    quotes = [quote.quote for text in (CARE, FOOD) for a in proposed(text, "activity") for quote in a.quotes]
    assert not any("COKZ" in quote or "zorgplicht" in quote for quote in quotes)


def test_titles_are_short_and_made_of_whole_words_of_the_text() -> None:
    for text in (CARE, FOOD):
        words = set(read(text).text.lower().replace("\n", " ").split())
        plain = {word.strip(".,;:()") for word in words}
        for activity in proposed(text, "activity"):
            assert 5 <= len(activity.title) <= 100
            assert activity.title[0].isupper() or activity.title[0].isdigit()
            last = activity.title.split()[-1].lower().strip(".,;:()")
            assert last in plain or last == activity.reason_terms["words"]


def test_whom_and_what_an_activity_concerns_is_told() -> None:
    found = activities(
        "De Inspectie volgt vanaf 1 maart 2025 hoe het COA en de IND in de asielketen "
        "de Spreidingswet uitvoeren voor minderjarigen."
    )[0]
    assert found.organisations == ("Centraal Orgaan opvang asielzoekers", "Immigratie- en Naturalisatiedienst")
    assert found.chains == ("Asielketen",)
    assert found.acts == ("Spreidingswet",)
    assert found.groups == ("minderjarigen",)
    assert found.dates == ("2025-03-01",)
    assert found.domain == "migratie"


def test_the_reason_names_the_verb_and_the_signs_in_plain_words() -> None:
    found = activities("In 2025 onderzoeken we vaak de wachttijden bij de instellingen.")[0]
    assert found.reason_terms["words"] == "onderzoeken"
    told = in_words(found.reason, found.reason_terms, str)
    assert "“onderzoeken”" in told
    assert "the year of the programme is named" in told
    assert "against it: it speaks in general" in told
    assert "_" not in told


def test_every_weight_has_words_for_the_reader() -> None:
    assert set(Dictionaries.load().weights) - {"threshold", "base"} <= set(SIGNS)


def test_a_sentence_about_the_programme_year_counts_more_than_one_without() -> None:
    with_year = activities("In 2025 volgt de Inspectie de herziening van het stelsel.")[0]
    without = activities("De Inspectie volgt de herziening van het stelsel.")[0]
    assert with_year.confidence > without.confidence


@pytest.mark.parametrize(
    "following",
    [
        "We praten met hen over hun dossiers.",
        "We testen het bij zes scholen.",
        "Zij vergelijkt daarvoor vier arrondissementen.",
        "We vragen daarover gegevens op bij vijftig instellingen.",
    ],
)
def test_a_sentence_that_points_back_goes_on_about_the_activity_before(following: str) -> None:
    found = activities(f"In 2025 start de Inspectie een onderzoek naar de nazorg voor ex-gedetineerden. {following}")
    assert len(found) == 1
    assert any(following in quote.quote for quote in found[0].quotes)


def test_a_further_sentence_of_a_line_in_a_list_belongs_to_that_line() -> None:
    found = activities("Dit doen we in 2025:\n\n- We bezoeken zestig scholen. We praten met leerlingen en ouders.")
    assert len(found) == 1


def test_the_title_of_the_document_makes_no_chapter_one_of_activities() -> None:
    chapters = "".join(f"\n\n## {name}\n\nBij ons werken 640 mensen." for name in ("Welkom", "Mensen", "Geld", "Slot"))
    assert not [each for each in proposed("# Wat we doen in 2028" + chapters) if each.type == "activity"]


def test_every_line_of_a_planning_in_plain_text_is_looked_at() -> None:
    text = "Werkprogramma 2027\n\nPlanning\n\nMei: rapport over opvang\nJuni: symposium over gezond werk\n"
    found = [each for each in propose(reading.read(text.encode(), "plan.txt")) if each.type == "activity"]
    assert [each.kind for each in found] == ["publication", "dialogue"]
