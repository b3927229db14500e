"""What lets most sentences be passed over quickly never passes over one that tells something."""

from __future__ import annotations

from pathlib import Path

import pytest

from zichtlijn.analysis.documents.dictionaries import Dictionaries
from zichtlijn.analysis.documents.proposals import events, traits
from zichtlijn.analysis.documents.proposals.act_names import act_names_in
from zichtlijn.analysis.documents.proposals.goal_words import RANKS, SIGNS
from zichtlijn.analysis.documents.proposals.organisation_names import organisation_names_in
from zichtlijn.analysis.documents.proposals.setting import setting_of
from zichtlijn.analysis.documents.proposals.words import words_of
from zichtlijn.analysis.documents.reading import read

HERE = Path(__file__).parent
PROGRAMMES = sorted([*HERE.glob("heldout/*_20??.md"), *HERE.glob("unseen/*_20??.md"), *HERE.glob("final/*_20??.*")])


def traits_of(text: str) -> int:
    return traits.Traits(Dictionaries.load().words).of(words_of(text))


@pytest.mark.parametrize("path", [path for path in PROGRAMMES if path.suffix != ".yaml"], ids=lambda path: path.stem)
def test_a_sentence_without_the_trait_has_nothing_of_the_kind(path: Path) -> None:
    setting = setting_of(read(path.read_bytes(), path.name), Dictionaries.load(), None)
    known = setting.dictionaries.words
    for unit in setting.units:
        found = {
            traits.ACTIVITY_NOUN: events._by_supervision(unit, known),
            traits.PASSIVE: events._passive(unit, setting.mentions.by_unit.get(unit.index, ()), setting.own, known),
            traits.ANNOUNCES: events._announced(unit, known),
            traits.ORGANISATION: organisation_names_in(unit.text, unit.words),
            traits.ACT: () if "/" in unit.text else act_names_in(unit.text, unit.words),
        }
        assert [trait for trait, each in found.items() if not unit.traits & trait and list(each)] == [], unit.text


@pytest.mark.parametrize(
    ("sentence", "trait"),
    [
        ("De bevindingen worden in mei gepubliceerd.", traits.PASSIVE),
        ("Het themaonderzoek begint in maart.", traits.ACTIVITY_NOUN),
        ("Wie niet meewerkt riskeert een last onder dwangsom.", traits.ANNOUNCES),
        ("De Jeugdwet blijft van kracht.", traits.ACT),
        ("De Stichting Staal doet mee.", traits.ORGANISATION),
        ("De vleesketens krijgen bezoek.", traits.CHAIN),
        ("Daarnaast kijkt zij mee.", traits.SPEAKER),
    ],
)
def test_a_word_gives_its_sentence_the_trait(sentence: str, trait: int) -> None:
    assert traits_of(sentence) & trait


def test_a_sentence_of_nothing_but_background_has_no_traits() -> None:
    assert traits_of("Vorig jaar liep de wachttijd op tot veertig dagen.") == 0


@pytest.mark.parametrize(
    "words",
    [
        *(
            "hoofddoelen",
            "ambities",
            "programma opgaven",
            "kernthema’s",
            "focusgebieden",
            "koers",
            "beloftes",
            "dingen",
        ),
        *("wat we willen bereiken", "wat willen wij bereiken", "waar we heen willen", "waar wij voor gaan"),
    ],
)
def test_words_that_announce_goals_are_never_passed_over(words: str) -> None:
    ranks = [rank for rank in RANKS if rank.search(words)]
    assert ranks
    assert all(any(sign in words for sign in SIGNS[rank]) for rank in ranks)
