"""Goals in the forms in which programmes give them, and nothing taken for a goal that is none; all fictional."""

from __future__ import annotations

import pytest

from zichtlijn.analysis.documents import reading
from zichtlijn.analysis.documents.proposals import propose

CHAPTERS = """
## {0}

De inspectie onderzoekt in 2031 hoe kwekers omgaan met afval.

## {1}

De inspectie bezoekt in 2031 veertig kassen in het westen.
"""


def goals_of(text: str, name: str = "plan.md") -> list[str]:
    return [each.title for each in propose(reading.read(text.encode(), name)) if each.type == "goal"]


def goals_by_activity(text: str, name: str = "plan.md") -> dict[str, tuple[str, ...]]:
    proposals = propose(reading.read(text.encode(), name))
    return {each.title: each.goals for each in proposals if each.type == "activity"}


START = "# Jaarplan 2031\n\nInspectie Tuinbouw (demo)\n\n## Waar het om gaat\n\nDe kassen zijn groot en licht.\n\n"


@pytest.mark.parametrize(
    ("told", "titles"),
    [
        (
            (
                "Tot en met 2033 gelden er twee speerpunten:\n\n| Speerpunt | Toelichting |\n|---|---|\n"
                "| S1 Zuinig met water | Minder verspilling |\n| S2 Veilig werk | Geen valpartijen |\n"
            ),
            ["Zuinig met water", "Veilig werk"],
        ),
        (
            (
                "Er zijn drie doelstellingen vastgesteld:\n\n| Code | Kern |\n|---|---|\n"
                "| D1 | Zuinig met water |\n| D2 | Veilig werk |\n| D3 | Eerlijke prijzen |\n"
            ),
            ["Zuinig met water", "Veilig werk", "Eerlijke prijzen"],
        ),
        (
            (
                "Het meerjarenplan kent twee ambities. De eerste is *zuinig met water*: geen druppel te veel. "
                "De tweede is *veilig werk*: iedereen komt heel thuis.\n"
            ),
            ["Zuinig met water", "Veilig werk"],
        ),
        (
            (
                "Er zijn drie opgaven: ten eerste zuinig met water, ten tweede veilig werk en ten derde een eerlijke "
                "prijs.\n"
            ),
            ["Zuinig met water", "Veilig werk", "Een eerlijke prijs"],
        ),
        (
            "Tot 2033 hebben wij twee prioriteiten: (1) zuinig met water en (2) veilig werk.\n",
            ["Zuinig met water", "Veilig werk"],
        ),
        (
            (
                "Wij doen de tuinders vier beloften. Dat zijn heldere regels, snelle antwoorden, gelijke behandeling "
                "en een open deur.\n"
            ),
            ["Heldere regels", "Snelle antwoorden", "Gelijke behandeling", "Een open deur"],
        ),
        (
            (
                "Drie dingen willen we bereiken:\n\n- **Zuinig.** We sparen water.\n- **Veilig.** Niemand valt.\n"
                "- **Eerlijk.** De prijs klopt.\n"
            ),
            ["Zuinig", "Veilig", "Eerlijk"],
        ),
        (
            "Deze speerpunten keren steeds terug:\n\n> **Kwekers**\n> **Kassen**\n",
            ["Kwekers", "Kassen"],
        ),
        (
            "Onze prioriteiten zijn kwekers en kassen.\n",
            ["Kwekers", "Kassen"],
        ),
        (
            "Onze twee thema's zijn zuinig met water en veilig werk.\n",
            ["Zuinig met water", "Veilig werk"],
        ),
    ],
)
def test_goals_are_found_in_the_form_the_programme_gives_them(told: str, titles: list[str]) -> None:
    assert goals_of(START + told + CHAPTERS.format("Kwekers", "Kassen")) == titles


def test_bare_lines_of_plain_text_after_an_announcement_are_goals() -> None:
    text = (
        "Jaarplan 2031\nInspectie Tuinbouw (demo)\n\n1 Koers\n\nDe kassen zijn groot en licht, en er werken mensen "
        "uit allerlei landen.\nTot 2033 staan twee doelen voorop:\n\nZuinig met water\n"
        "Kwekers gebruiken elk jaar minder grondwater dan het jaar ervoor.\n\n"
        "Veilig werk\nNiemand hoeft nog van een ladder te vallen, ook niet in de piek.\n\n"
        "2 Water\n\nDe inspectie onderzoekt in 2031 hoe kwekers omgaan met regenwater.\n"
    )
    assert goals_of(text, "plan.txt") == ["Zuinig met water", "Veilig werk"]


def test_numbered_chapters_that_call_themselves_goals_tie_their_activities() -> None:
    text = START + CHAPTERS.format("2 Doel 1: Zuinig met water", "3 Doel 2: Veilig werk")
    assert goals_of(text) == ["Zuinig met water", "Veilig werk"]
    assert set(goals_by_activity(text).values()) == {("Zuinig met water",), ("Veilig werk",)}


def test_codes_behind_the_goals_tie_the_chapters_that_name_them() -> None:
    told = "In vier jaar willen we twee dingen bereiken:\n\n- zuinig met water (SD1)\n- veilig werk (SD2)\n\n"
    chapter = "## Ladders (SD2)\n\n**Wat we doen**\n\n- In gesprek gaan met fabrikanten\n"
    assert goals_of(START + told + chapter) == ["Zuinig met water", "Veilig werk"]
    assert goals_by_activity(START + told + chapter) == {"In gesprek gaan met fabrikanten": ("Veilig werk",)}


def test_headings_under_the_question_what_to_reach_are_goals_when_they_return() -> None:
    told = "## Wat willen we bereiken?\n\n### Zuinig\n\nWater telt.\n\n### Veilig\n\nNiemand valt.\n"
    assert goals_of(START + told + CHAPTERS.format("Zuinig", "Veilig")) == ["Zuinig", "Veilig"]
    assert goals_of(START + told + CHAPTERS.format("Kwekers", "Kassen")) == []


def test_the_sentence_that_announces_the_goals_is_not_an_activity() -> None:
    told = "Dit jaar richten we ons op drie thema's: water, werk en prijs.\n\n## Water\n\nWe controleren 40 putten.\n"
    assert [title for title in goals_by_activity(START + told) if "thema" in title] == []


def test_a_bold_line_directly_under_a_list_does_not_go_on_with_it() -> None:
    text = START + "**Agenda**\n- Keuringen van ladders\n**Wat het moet opleveren**\n- Minder valpartijen\n"
    assert list(goals_by_activity(text)) == ["Keuringen van ladders"]


def test_a_line_under_a_chapter_ties_its_activities_to_the_coded_goals() -> None:
    told = (
        "Tot 2033 gelden twee prioriteiten:\n\n| Prioriteit | Toelichting |\n|---|---|\n"
        "| P1 Zuinig met water | Minder verspilling |\n| P2 Veilig werk | Geen valpartijen |\n\n"
        "## Kwekers\n\n*Draagt bij aan P2*\n\n**Wij gaan**\n\n- Audits bij drie telers van rozen.\n"
        "- Nagaan of ladders worden gekeurd.\n"
    )
    assert set(goals_by_activity(START + told).values()) == {("Veilig werk",)}


@pytest.mark.parametrize(
    "told",
    [
        "In 2031 gelden drie prioriteiten:\n\n- Onderzoek naar ladders\n- Controles van kassen\n- Audits bij telers\n",
        "Over drie thema's publiceren we een rapport: water, werk en prijs.\n",
        "**Beoogd resultaat**\n\n- Alle ladders zijn gekeurd.\n- Het verbruik daalt met 10%.\n",
        (
            "De kwekers noemen drie dingen. Dat zijn regen, zon en wind die niemand kent.\n\nDe minister heeft "
            "twee doelen van het kabinet: minder gas en meer licht.\n"
        ),
        "Voor de doelen van 2031:\n\n- 90% van de ladders is gekeurd\n- 40 fte aan inzet\n",
    ],
)
def test_activities_results_and_what_others_want_are_no_goals(told: str) -> None:
    assert goals_of(START + told + CHAPTERS.format("Kwekers", "Kassen")) == []


@pytest.mark.parametrize("lead", ["**Wat doen we in 2031**", "**Wij gaan:**", "__Onze aanpak__", "**Agenda**"])
def test_lines_under_a_bold_line_about_work_are_activities_and_results_are_not(lead: str) -> None:
    chapter = (
        f"{lead}\n\n- Audits bij drie telers van rozen.\n- Doorgaan met steekproeven op bestrijdingsmiddelen.\n"
        "- Nagaan of ladders worden gekeurd.\n- De proef met drones boven kassen wordt niet verlengd.\n\n"
        "**Beoogd resultaat**\n\n- Iedere kweker weet wat de norm is.\n- Het aantal valpartijen daalt van 40 naar 20.\n"
    )
    text = START + "".join(f"## Teelt {name}\n\nHet gaat goed.\n\n{chapter}\n" for name in ("een", "twee", "drie"))
    proposals = [each for each in propose(reading.read(text.encode(), "plan.md")) if each.type == "activity"]
    quotes = " ".join(quote.quote for each in proposals for quote in each.quotes)
    assert all(words in quotes for words in ("Audits", "steekproeven", "Nagaan", "drones"))
    assert "norm" not in quotes
    assert "valpartijen" not in quotes
    assert {each.status for each in proposals if "drones" in each.title.lower()} == {"stopped"}


@pytest.mark.parametrize(
    "sentence",
    [
        "De inspectie bewaakt dat kassen schoon blijven en dat niemand ziek wordt van zijn werk.",
        "Toezicht is nooit doel op zich: tuinders maken het verschil.",
        "De inspectie zorgt ervoor dat iedereen op gezonde groente kan rekenen.",
    ],
)
def test_what_the_inspectorate_is_for_is_not_an_activity(sentence: str) -> None:
    text = f"# Jaarplan 2031\n\nInspectie Tuinbouw (demo)\n\n## 1. Opdracht en koers\n\n{sentence}\n" + CHAPTERS
    assert not any(sentence[:20] in title for title in goals_by_activity(text.format("Kwekers", "Kassen")))
    assert len(goals_by_activity(text.format("Kwekers", "Kassen"))) == 2


def test_numbered_themes_are_the_goals_that_were_counted() -> None:
    text = START + "Dit programma bestaat uit twee thema's. Per thema volgt een lijst.\n"
    text += "\n| Thema | Naam |\n|---|---|\n| 1 | Zuinig met water |\n| 2 | Veilig werk |\n"
    text += CHAPTERS.format("Thema 1: Zuinig met water", "Thema 2: Veilig werk")
    assert goals_of(text) == ["Zuinig met water", "Veilig werk"]
    assert set(goals_by_activity(text).values()) == {("Zuinig met water",), ("Veilig werk",)}


def test_what_is_chosen_for_in_a_sentence_are_goals_when_all_are_chapters() -> None:
    told = "Tot en met 2033 kiezen we voor zuinig water, voor veilig werk en voor een rustige buurt.\n"
    chapters = CHAPTERS.format("Zuinig water", "Veilig werk") + "\n## Een rustige buurt\n\nWe volgen de lampen.\n"
    assert goals_of(START + told + chapters) == ["Zuinig water", "Veilig werk", "Een rustige buurt"]
    assert goals_of(START + told + CHAPTERS.format("Zuinig water", "Veilig werk")) == []
