"""The dictionaries: complete enough to use, extensible, and clear about mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.analysis.documents.dictionaries import Dictionaries, DictionaryError
from zichtlijn.analysis.documents.dictionaries_conjugation import forms_of, stem_of


@pytest.mark.parametrize(
    ("infinitive", "stem"),
    [("volgen", "volg"), ("maken", "maak"), ("zetten", "zet"), ("streven", "streef"), ("voeren", "voer")],
)
def test_the_stem_of_a_verb_follows_the_spelling_rules(infinitive: str, stem: str) -> None:
    assert stem_of(infinitive) == stem


def test_the_stem_of_evalueren_keeps_its_long_vowel() -> None:
    assert stem_of("evalueren") == "evalueer"


@pytest.mark.parametrize(
    ("infinitive", "form", "tense"),
    [
        ("publiceren", "publiceert", "present"),
        ("publiceren", "gepubliceerd", "participle"),
        ("toetsen", "toetste", "past"),
        ("volgen", "volgden", "past"),
        ("beoordelen", "beoordelen", "infinitive"),
        ("af|ronden", "rondt", "present"),
        ("af|ronden", "afronden", "infinitive"),
        ("af|ronden", "afgerond", "participle"),
        ("besteden", "besteed", "participle"),
    ],
)
def test_the_forms_of_a_verb_tell_their_tense(infinitive: str, form: str, tense: str) -> None:
    assert (form, tense) in forms_of(infinitive)


def test_a_strong_verb_takes_its_own_past() -> None:
    forms = forms_of("onderzoeken", past=("onderzocht", "onderzochten"), participle="onderzocht")
    assert ("onderzochten", "past") in forms
    assert ("onderzoekte", "past") not in forms


def test_every_identifier_has_the_form_of_its_register() -> None:
    dictionaries = Dictionaries.load()
    tooi = re.compile(r"https://identifier\.overheid\.nl/tooi/id/[a-z]+/[a-z]+\d+$")
    act = re.compile(r"BWB[RV]\d{7}$|\d{5}[LR]\d{4}$")
    wrong = [name.name for name in dictionaries.organisations if name.identifier and not tooi.match(name.identifier)]
    wrong += [name.name for name in dictionaries.acts if name.identifier and not act.match(name.identifier)]
    assert not wrong


def test_no_identifier_stands_for_two_acts() -> None:
    identifiers = [name.identifier for name in Dictionaries.load().acts if name.identifier]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.needs_shared
def test_the_tooi_identifiers_are_those_of_the_published_lists(shared: Path) -> None:
    folder = shared / "standards" / "diwoo" / "tooi"
    published = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*lijst.csv"))
    missing = [
        n.name for n in Dictionaries.load().organisations if n.identifier and f"{n.identifier}," not in published
    ]
    assert not missing


def test_the_dictionaries_are_loaded_once() -> None:
    assert Dictionaries.load() is Dictionaries.load()


def test_an_installation_adds_its_own_names_and_replaces_ours(tmp_path: Path) -> None:
    (tmp_path / "organisations.yaml").write_text(
        "organisations:\n"
        "  - {name: Bureau Voorbeeld, abbreviations: [BVb], kind: organisation}\n"
        "  - {name: Politie, domain: veiligheid, kind: organisation}\n"
    )
    names = {name.name: name for name in Dictionaries.load(tmp_path).organisations}
    assert names["Bureau Voorbeeld"].abbreviations == ("BVb",)
    assert names["Politie"].domain == "veiligheid"
    assert len(names) == len(Dictionaries.load().organisations) + 1


def test_an_installation_adds_a_verb_and_changes_a_weight(tmp_path: Path) -> None:
    (tmp_path / "activity_words.yaml").write_text("verbs:\n  - {verb: schouwen, kind: investigation}\n")
    (tmp_path / "weights.yaml").write_text("weights:\n  acts: 3.5\n")
    dictionaries = Dictionaries.load(tmp_path)
    assert "schouwt" in dictionaries.words.by_form
    assert dictionaries.weights["acts"] == 3.5
    assert dictionaries.weights["base"] == Dictionaries.load().weights["base"]


@pytest.mark.parametrize(
    ("filename", "content", "line", "words"),
    [
        (
            "acts.yaml",
            "acts:\n  - {name: Eerste wet}\n  - {name: Tweede wet, bwb: x}\n",
            3,
            "Tweede wet: unknown field bwb",
        ),
        ("groups.yaml", "groups:\n  - {aliases: [x]}\n", 2, "needs name"),
        ("chains.yaml", "chains:\n  - {name: Keten, aliases: keten}\n", 2, "aliases must be a list"),
        ("activity_words.yaml", "verbs:\n  - {verb: dansen, kind: party}\n", 2, "kind must be one of"),
        ("activity_words.yaml", "verbs:\n  - {verb: a, kind: none, status: maybe}\n", 2, "status must be one of"),
        ("organisations.yaml", "organisations:\n  - {name: [\n", 3, "not valid YAML"),
        ("domains.yaml", "- just a list\n", 1, "must hold a mapping"),
        ("acts.yaml", "acts: Grondwet\n", None, "acts must be a list"),
        ("weights.yaml", "weights:\n  acts: heavy\n", None, "acts must be a number"),
        ("activity_words.yaml", 'coming_time: "("\n', None, "not a regular expression"),
    ],
)
def test_a_mistake_in_a_dictionary_is_named_with_its_place(
    tmp_path: Path, filename: str, content: str, line: int | None, words: str
) -> None:
    (tmp_path / filename).write_text(content)
    with pytest.raises(DictionaryError) as caught:
        Dictionaries.load(tmp_path)
    assert words in str(caught.value)
    assert caught.value.path.name == filename
    assert caught.value.line == line


def test_a_directory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="is not a directory"):
        Dictionaries.load(tmp_path / "missing")


@given(data=st.data())
@pytest.mark.parametrize("number", range(len(Dictionaries.load().words.announcements)))
def test_a_phrase_that_announces_is_never_passed_over_for_its_signs(number: int, data: st.DataObject) -> None:
    announcement = Dictionaries.load().words.announcements[number]
    ascii_only = re.compile(announcement.words.pattern, re.IGNORECASE | re.ASCII)
    text = data.draw(st.from_regex(ascii_only, alphabet=st.characters(codec="ascii")))
    assert any(sign in text.lower() for sign in announcement.signs)
