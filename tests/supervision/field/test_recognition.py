from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zichtlijn.supervision.field import actions
from zichtlijn.supervision.field.models import Organisation
from zichtlijn.supervision.field.queries import (
    find_chain,
    find_domain,
    find_group,
    find_organisation,
    organisation_index,
)

Make = Callable[..., Organisation]


@pytest.fixture
def rvdk(organisation: Make) -> Organisation:
    return organisation(
        "Raad voor de Kinderbescherming",
        abbreviation="RvdK",
        tooi_id="https://identifier.overheid.nl/tooi/id/oorg/oorg12374",
        other_spellings="Kinderbescherming\nde Raad",
    )


@pytest.mark.parametrize(
    "written",
    [
        "Raad voor de Kinderbescherming",
        "de raad voor de kinderbescherming",
        "  Raad  voor de\nKinderbescherming ",
        "RvdK",
        "Raad voor de Kinderbescherming (RvdK)",
        "Raad voor de Kinderbescherming (de RvdK-vestiging)",
        "kinderbescherming",
        "https://identifier.overheid.nl/tooi/id/oorg/oorg12374",
    ],
)
def test_an_organisation_is_recognised(rvdk: Organisation, written: str) -> None:
    assert find_organisation(written) == rvdk


@pytest.mark.parametrize("written", ["", "rvdk", "RVDK", "Kinderombudsman", "(", "https://identifier.overheid.nl"])
def test_what_is_not_written_so_is_not_recognised(rvdk: Organisation, written: str) -> None:
    assert find_organisation(written) is None


def test_accents_and_ampersands_make_no_difference(organisation: Make) -> None:
    dji = organisation("Dienst Justitiële Inrichtingen")
    dtv = organisation("Dienst Terugkeer en Vertrek", abbreviation="DT&V")
    assert find_organisation("dienst justitiele inrichtingen") == dji
    assert find_organisation("Dienst Terugkeer & Vertrek") == dtv
    assert find_organisation("DT&V") == dtv


def test_an_abbreviation_of_two_organisations_stands_for_neither(organisation: Make) -> None:
    organisation("First", abbreviation="VR")
    organisation("Second", abbreviation="VR")
    assert find_organisation("VR") is None
    assert find_organisation("First") is not None


def test_a_former_name_is_recognised(organisation: Make) -> None:
    made = organisation("Inspectie SZW")
    actions.rename_organisation(actor=None, organisation=made, name="Arbeidsinspectie", valid_from=date(2022, 1, 1))
    assert find_organisation("Inspectie SZW") == made
    assert find_organisation("Arbeidsinspectie", date(2015, 1, 1)) == made


def test_the_day_decides_between_two_bearers_of_a_name(organisation: Make) -> None:
    former, latter = organisation("Old agency"), organisation("Young agency")
    actions.rename_organisation(actor=None, organisation=former, name="Agency", valid_from=date(2000, 1, 1))
    actions.rename_organisation(actor=None, organisation=former, name="Elder", valid_from=date(2010, 1, 1))
    actions.rename_organisation(actor=None, organisation=latter, name="Agency", valid_from=date(2010, 1, 1))
    assert find_organisation("Agency", date(2009, 12, 31)) == former
    assert find_organisation("Agency", date(2010, 1, 1)) == latter
    assert find_organisation("Agency") == latter


def test_the_index_takes_the_same_queries_for_one_and_five(organisation: Make, django_assert_num_queries: Any) -> None:
    organisation("First")
    with django_assert_num_queries(2):
        organisation_index()
    for number in range(4):
        organisation(f"More {number}")
    with django_assert_num_queries(2):
        organisation_index()


@pytest.mark.django_db
def test_chains_groups_and_domains_are_recognised() -> None:
    chain = actions.register_chain(actor=None, name="Migratieketen", other_spellings="vreemdelingenketen")
    group = actions.register_group(actor=None, name="Gedetineerden", other_spellings="gevangenen")
    domain = actions.register_domain(actor=None, name="Nationale veiligheid")
    assert find_chain("de Vreemdelingenketen") == chain
    assert find_group("gevangenen") == group
    assert find_domain("nationale-veiligheid") == domain
    assert find_chain("Asielketen") is None
