"""Tables: a row per activity, figures with their unit from row, head or corner, goals with their number."""

from __future__ import annotations

import pytest

from .made_programmes import proposed

ACTIVITIES = """# Jaarplan 2026 Inspectie Haven

## Doelen

| Nr. | Doel |
|---|---|
| 1 | Veilige kades |
| 2 | Schone lucht |

## Aanpak

| Activiteit | Doel | Wanneer | Fte | Stand |
|---|---|---|---|---|
| Controles op kranen | 1 | tweede kwartaal | 4,5 | doorlopend |
| Onderzoek naar roet | 2 | mei 2026 | 2 | nieuw |
| Enquête schippers | 2 | | | vervalt |
| Totaal | | | 6,5 | |
"""

FIGURES = """# Jaarplan 2026

## Middelen

| Bedragen × € 1.000 | 2025 | 2026 |
|---|---|---|
| Personeel | 4.100 | 4.250 |
| Formatie (fte) | 41 | 42,5 |
| Handhavingspercentage | 52% | – |
"""


def test_each_row_is_an_activity_with_what_its_columns_tell() -> None:
    found = {a.title: a for a in proposed(ACTIVITIES, "activity")}
    assert list(found) == ["Controles op kranen", "Onderzoek naar roet", "Enquête schippers"]
    assert [a.status for a in found.values()] == ["continuing", "new", "stopped"]
    assert [a.goals for a in found.values()] == [("Veilige kades",), ("Schone lucht",), ("Schone lucht",)]
    assert [a.dates for a in found.values()] == [("2026-Q2",), ("2026-05",), ()]


def test_goals_in_a_table_are_goals() -> None:
    assert [goal.title for goal in proposed(ACTIVITIES, "goal")] == ["Veilige kades", "Schone lucht"]


def test_the_capacity_of_a_row_is_a_figure() -> None:
    assert [(f.value, f.unit, f.year) for f in proposed(ACTIVITIES, "figure")] == [
        (4.5, "fte", 2026),
        (2, "fte", 2026),
        (6.5, "fte", 2026),
    ]


def test_unit_and_year_stand_in_corner_row_and_head() -> None:
    found = {(f.value, f.unit, f.year, f.subject) for f in proposed(FIGURES, "figure")}
    assert found == {
        (4_100_000, "EUR", 2025, "actual"),
        (4_250_000, "EUR", 2026, "available"),
        (41, "fte", 2025, "actual"),
        (42.5, "fte", 2026, "available"),
    }


def test_a_table_of_figures_has_no_activities() -> None:
    assert proposed(FIGURES, "activity") == []


@pytest.mark.parametrize("lead", ["Beoogde resultaten:", "Indicatoren:", "Beoogd resultaat"])
def test_intended_results_are_not_activities(lead: str) -> None:
    lines = "- 90% van de kades voldoet aan de norm\n- het aantal meldingen daalt\n"
    text = f"# Jaarplan 2026\n\n## Havens\n\n{lead}\n{lines}"
    assert proposed(text, "activity") == []
