"""Titles read as noun phrases or infinitive phrases: nothing left over from a split verb, nothing dangling."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from zichtlijn.analysis.documents import reading
from zichtlijn.analysis.documents.proposals import propose
from zichtlijn.analysis.documents.proposals.phrases import LONGEST
from zichtlijn.analysis.documents.proposals.title_fitness import is_fit

from .made_programmes import activities

HERE = Path(__file__).parent
TEXTS = sorted(
    path for folder in ("heldout", "styles") for path in (HERE / folder).glob("*_20*.*") if path.suffix != ".yaml"
)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_titles_of_a_programme_read_well(path: Path) -> None:
    titles = [p.title for p in propose(reading.read(path.read_bytes(), path.name)) if p.type == "activity"]
    assert [title for title in titles if not is_fit(title) or len(title) > LONGEST] == []


@pytest.mark.needs_shared
def test_the_titles_of_the_labelled_programme_read_well(shared: Path) -> None:
    about = yaml.safe_load((HERE / "labels" / "programme_2024.yaml").read_text(encoding="utf-8"))["document"]
    document = reading.read((shared / about["text"]).read_bytes(), about["text"])
    titles = [p.title for p in propose(document) if p.type == "activity"]
    assert [title for title in titles if not is_fit(title) or len(title) > LONGEST] == []


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "In dat kader zet de inspectie, ook in 2025, in op het versterken van het toezicht.",
            "Inzetten op het versterken van het toezicht",
        ),
        ("De inspectie ziet in 2025 erop toe dat scholen zich melden.", "Erop toezien dat scholen zich melden"),
        (
            "De inspectie ziet ook toe op het resultaat van de het werk van scholen.",
            "Toezien op het resultaat van de het werk van scholen",
        ),
        ("Als een aanbieder blijft zwijgen, leggen we een boete op.", "Opleggen van een boete (Thema)"),
        ("Nagegaan wordt in 2025 of scholen hun leerlingen horen.", "Nagaan of scholen hun leerlingen horen"),
        ("In mei 2025 verschijnt een wegwijzer voor jonge ouders.", "Publicatie van een wegwijzer voor jonge ouders"),
        (
            "Het toezicht op de kleine havens wordt in 2025 afgebouwd.",
            "Beëindiging van het toezicht op de kleine havens",
        ),
        ("De inspectie richt zich in 2025 op de veiligheid van tunnels.", "Aandacht voor de veiligheid van tunnels"),
        ("Overtreders van de Drinkwaterwet krijgen een boete.", "Boete voor overtreders van de Drinkwaterwet"),
        ("De werving van analisten gaat in 2025 door.", "Voortzetting van de werving van analisten"),
    ],
)
def test_a_title_is_made_of_what_is_done(sentence: str, title: str) -> None:
    assert [activity.title for activity in activities(sentence)] == [title]


@pytest.mark.parametrize(
    "title",
    [
        "Op het resultaat van de inspanningen",
        "In op het versterken van het toezicht",
        "Dan alleen naar de werking van regels",
        "Door het betrekken van de sturingsrelatie of de opgave",
        "Opleggen van als een aanbieder zwijgt",
        "Gesprek met betreft in haar toezicht niet alleen",
        "Voorbereiding van het nieuwe stelsel en",
        "Staan er 310 gepland",
    ],
)
def test_a_title_left_over_from_a_split_verb_is_not_fit(title: str) -> None:
    assert not is_fit(title)
