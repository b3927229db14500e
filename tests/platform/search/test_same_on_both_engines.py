"""One table of texts and queries that both engines must answer alike (run with either ``--engine``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from zichtlijn.platform.search.stop_words import STOP_WORDS
from zichtlijn.platform.search.words import fold, singular, stem

TEXTS = {
    "COA": "Centraal Orgaan opvang asielzoekers, vangt asielzoekers op",
    "Gevangenis": "De penitentiaire inrichting in Nieuwersluis; één gevangenis van meer gevangenissen",
    "Jeugdbescherming": "Kinderen wachten te lang op een maatregel. De Raad voor de Kinderbescherming onderzoekt.",
    "Wachtlijst": "Hoe lang kinderen op de wachtlijst staan, per instantie",
    "Veiligheid": "Onderzoek naar de veiligheid van medewerkers in 2024",
    "Café": "Coffeeshops en cafés in België, zoölogie en reünie",
    "J&V": "Inspectie Justitie en Veiligheid (C.O.A. en d.w.z. meer)",
    "Raad": "Raad van de straf; ook de bescherming van het kind",
    "Foto's": "Foto's, auto's en taxi's: e-mail van 's-Gravenhage",
    "Brieven": "brieven aan huizen; taken in zaken",
}
QUERIES = {
    "coa": ["COA", "J&V"],
    "C.O.A.": ["COA", "J&V"],
    "asielzoeker": ["COA"],
    "opvang asielzoekers": ["COA"],
    "asielzoekers kinderen": [],
    "gevangenissen": ["Gevangenis"],
    "gevangenis": ["Gevangenis"],
    "gevang*": ["Gevangenis"],
    "gev* nieuwersluis": ["Gevangenis"],
    "inspecties": ["J&V"],
    "instanties": ["Wachtlijst"],
    "brief": ["Brieven"],
    "huis": ["Brieven"],
    "taak zaak": ["Brieven"],
    "kind": ["Jeugdbescherming", "Raad", "Wachtlijst"],
    "kinderen": ["Jeugdbescherming", "Wachtlijst"],
    "kinderen wachtlijst": ["Wachtlijst"],
    "jeugdbesch": ["Jeugdbescherming"],
    "onderzoeken": ["Veiligheid"],
    "onderzoek": ["Jeugdbescherming", "Veiligheid"],
    "veilighei": ["J&V", "Veiligheid"],
    "veiligheid van de medewerkers": ["Veiligheid"],
    "2024": ["Veiligheid"],
    "20": ["Veiligheid"],
    '"raad voor de kinderbescherming"': ["Jeugdbescherming"],
    '"raad van de"': ["Raad"],
    '"raad voor de bescherming"': [],
    "raad bescherming": ["Raad"],
    "“Raad voor de Kinderbescherming” maatregel": ["Jeugdbescherming"],
    '"kinderen wachten" lang': ["Jeugdbescherming"],
    '"wachten kinderen"': [],
    '"kind"': ["Raad"],
    "cafe": ["Café"],
    "CAFÉS": ["Café"],
    "belgie": ["Café"],
    "zoologie reunie": ["Café"],
    "zo\u0308ologie": ["Café"],
    "cafe\u0301": ["Café"],
    "j&v": ["J&V"],
    "dwz": ["J&V"],
    "foto": ["Foto's"],
    "foto's": ["Foto's"],
    "e-mail": ["Foto's"],
    "'s-gravenhage": ["Foto's"],
    "één": [],
    "de het een": [],
    "van*": ["COA", "Foto's", "Gevangenis", "Raad", "Veiligheid"],
    "xyz": [],
    "": [],
    "*": [],
    '"': [],
    '"" "': [],
    "(((": [],
    "& | ! :* <->": [],
    "AND OR NOT NEAR": [],
    "title_terms:coa": [],
    "coa AND": [],
    "coa)": ["COA", "J&V"],
    "coa' OR 1=1 --": [],
    "coa\x00": ["COA", "J&V"],
    "coa -veiligheid": ["J&V"],
    "coa^2": [],
    "{coa}": ["COA", "J&V"],
    "\\": [],
    "%": [],
    "_": [],
    "coa" + " en" * 500: ["COA", "J&V"],
    "x" * 5000: [],
    "🙂": [],
}


@pytest.mark.parametrize("query", list(QUERIES), ids=lambda query: query[:40])
def test_a_query_finds_the_same_records(text: Callable[..., Any], found: Callable[..., list[str]], query: str) -> None:
    for title, body in TEXTS.items():
        text(title, body)
    assert sorted(found(query)) == sorted(QUERIES[query])


WORDS = """
    aanbeveling aanbevelingen aanwijzingen adressen asielzoekers bevindingen bezwaar boetes bureaus capaciteit
    dwangsommen effectiviteit evaluaties gedetineerden gemeenten gevangenissen handhaving huizen incidenten inrichtingen
    inspecteurs jeugdbeschermingsmaatregelen jongeren kinderen klachten leerlingen maatregelen meldingen migranten
    onafhankelijkheid onderzoeken onderzocht opvolging oordelen organisaties overdrachten politie publicaties
    rechtmatigheid rechtsgelijkheid regio risicos samenwerkingen slachtoffers toezichthouders uitvoeringsorganisaties
    veiligheid verbeteringen vreemdelingen wachtlijsten werkprogramma zaken zichtlijnen lopend gelopen mogelijkheden
    heden baarheid dagelijks schuldeisers incassodienstverleners coffeeshops telers 2024 h2o wki
""".split()  # noqa: SIM905 - reads better than sixty strings


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="compares with the server")
class TestPostgreSQL:
    """What is done in Python for SQLite is what the server does."""

    def test_endings_are_taken_off_alike(self) -> None:
        with connection.cursor() as cursor:
            for word in WORDS:
                cursor.execute("SELECT to_tsvector('dutch', %s)::text", [singular(fold(word))])
                assert cursor.fetchone()[0].split(":")[0] == f"'{stem(fold(word))}'"

    def test_the_same_words_are_left_out(self) -> None:
        with connection.cursor() as cursor:
            for word in STOP_WORDS:
                cursor.execute("SELECT ts_lexize('dutch_stem', %s) = '{}'", [word])
                assert cursor.fetchone()[0], word
            cursor.execute("SELECT ts_lexize('dutch_stem', 'toezicht') = '{}'")
            assert not cursor.fetchone()[0]

    def test_both_indexes_are_used(self, text: Callable[..., Any]) -> None:
        text("Titel", "tekst")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM search_searchentry "
                "WHERE forms @@ to_tsquery('dutch', 'a') OR plain @@ to_tsquery('simple', 'b:*')"
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "search_forms" in plan
        assert "search_plain" in plan
